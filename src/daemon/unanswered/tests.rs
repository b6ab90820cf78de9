use tempfile::TempDir;
use time::macros::{date, utc_datetime};

use super::*;

const NOW: UtcDateTime = utc_datetime!(2026-11-25 12:00:00.5);
const TODAY: Date = date!(2026 - 11 - 25);

fn store(home: &TempDir) -> Store {
    Store { directory: home.path().join("state"), most: 3, days: 90 }
}

fn home() -> TempDir {
    tempfile::tempdir().expect("a directory")
}

fn asked(text: &str) -> Asked {
    Asked { text: text.into(), guild: Some("1".into()), sees: Vec::new() }
}

fn add(store: &Store, text: &str, at: UtcDateTime) -> Vec<Question> {
    store.add(&[(asked(text), at)], TODAY).expect("kept")
}

fn texts(questions: &[Question]) -> Vec<(&str, u32)> {
    questions.iter().map(|question| (&*question.asked.text, question.times)).collect()
}

#[test]
fn the_same_question_is_kept_once_and_counted() {
    let home = home();
    let store = Store { most: 9, ..store(&home) };
    add(&store, "Tape robot", NOW);
    add(&store, "tape robot?", NOW);
    let kept = add(&store, "jukebox", NOW);
    assert_eq!(texts(&kept), [("Tape robot", 2), ("jukebox", 1)]);
    assert_eq!(store.read(TODAY).expect("kept"), kept);
    let elsewhere = Asked { guild: None, ..asked("jukebox") };
    let seeing = Asked { sees: vec!["vault".into()], ..asked("jukebox") };
    let kept = store.add(&[(elsewhere, NOW)], TODAY).expect("kept");
    assert_eq!(kept.len(), 3, "the same words in another server are another question");
    store.add(&[(seeing.clone(), NOW)], TODAY).expect("kept");
    let kept = store.add(&[(seeing, NOW)], TODAY).expect("kept");
    assert!(kept.iter().any(|question| question.asked.sees == ["vault"] && question.times == 2));
}

#[test]
fn the_oldest_go_when_there_are_too_many_and_when_they_are_too_old() {
    let home = home();
    let store = store(&home);
    for (day, text) in [(20, "a"), (22, "b"), (21, "c"), (23, "d")] {
        add(&store, text, NOW - Duration::days(25 - day));
    }
    let kept = store.read(TODAY).expect("kept");
    assert_eq!(texts(&kept), [("d", 1), ("b", 1), ("c", 1)]);
    let later = date!(2027 - 02 - 21);
    assert_eq!(texts(&store.read(later).expect("kept")), [("d", 1)]);
    store.add(&[], later).expect("pruned");
    let file = fs::read_to_string(store.directory.join(FILE)).expect("the file");
    assert!(!file.contains("\"b\""), "what is too old is gone from the disk: {file}");
}

#[test]
fn clearing_forgets_also_what_was_asked_before_and_comes_late() {
    let home = home();
    let store = store(&home);
    assert_eq!(store.clear(NOW).expect("cleared"), 0);
    add(&store, "tape robot", NOW);
    assert_eq!(store.clear(NOW).expect("cleared"), 1);
    assert_eq!(add(&store, "late", NOW), []);
    let kept = add(&store, "new", NOW + Duration::seconds(2));
    assert_eq!(texts(&kept), [("new", 1)]);
    for entry in fs::read_dir(&store.directory).expect("the directory").flatten() {
        let text = fs::read_to_string(entry.path()).expect("text");
        assert!(!text.contains("tape"), "{:?}", entry.path());
    }
}

#[test]
fn a_broken_file_is_put_aside_and_cleared_with_the_rest() {
    let home = home();
    let store = store(&home);
    fs::create_dir_all(&store.directory).expect("a directory");
    fs::write(store.directory.join(FILE), "{\"questions\": [{\"te").expect("a file");
    assert!(store.read(TODAY).is_err());
    assert_eq!(texts(&add(&store, "new", NOW)), [("new", 1)]);
    assert!(store.directory.join(BROKEN).exists());
    store.clear(NOW).expect("cleared");
    assert!(!store.directory.join(BROKEN).exists());
}

#[test]
fn a_full_or_unusable_disk_is_an_error_and_loses_nothing() {
    let home = home();
    let store = store(&home);
    add(&store, "tape robot", NOW);
    let new = store.directory.join(NEW);
    remove(&new).expect("gone");
    std::os::unix::fs::symlink("/dev/full", &new).expect("a link");
    assert!(store.add(&[(asked("x"), NOW)], TODAY).is_err());
    assert_eq!(texts(&store.read(TODAY).expect("kept")), [("tape robot", 1)]);
    let file = home.path().join("a-file");
    fs::write(&file, "").expect("a file");
    let nowhere = Store { directory: file.join("state"), ..store };
    assert!(nowhere.add(&[(asked("x"), NOW)], TODAY).is_err());
}

#[test]
fn only_we_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let home = home();
    let store = store(&home);
    add(&store, "tape robot", NOW);
    let about = fs::metadata(store.directory.join(FILE)).expect("the file");
    assert_eq!(about.permissions().mode() & 0o777, 0o600);
}
