//! Matrix files: what is read from good ones, and every fault with its place, message and hint.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use raci_bot::domain::matrix::{Activity, Party, Section, Service, Source};
use raci_bot::domain::problem::Excerpt;
use raci_bot::domain::{
    ActivityId, Allowance, Matrix, Participation, Participations, Place, Problem, Scheme, Scope,
    Severity, checks,
};
use raci_bot::import::{self, Loaded};

fn fixtures(kind: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/matrix").join(kind)
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

/// Compares with a file that `BLESS=1` rewrites.
fn expect_file(path: &Path, found: &str) {
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, found).expect("the expected text can be written");
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert_eq!(found, expected, "{} differs; BLESS=1 rewrites it", path.display());
}

fn read(text: &str) -> Loaded {
    import::yaml::read(Path::new("x.yaml"), text.as_bytes())
}

fn one(loaded: Loaded) -> Matrix {
    assert_eq!(loaded.matrices.len(), 1, "{}", import::render(&loaded.problems, false));
    loaded.matrices.into_iter().next().expect("one matrix")
}

fn kms() -> Matrix {
    one(import::builtin())
}

#[test]
fn a_section_whose_number_is_dots_alone_has_none_and_is_written_again() {
    let text = "service: x\nparties: [A]\nsections:\n  - number: .\n    title: T\n    activities: [{ name: a, assignments: { A: RA } }]\n";
    let first = read(text);
    let [matrix] = first.matrices.as_slice() else { panic!("{:?}", first.problems) };
    assert_eq!(matrix.sections[0].number, None);
    let again = read(&import::yaml::write(matrix));
    assert_eq!(again.matrices, first.matrices);
}

#[test]
fn every_fault_is_told_with_its_line_a_caret_and_a_hint() {
    let mut files: Vec<PathBuf> = fs::read_dir(fixtures("bad"))
        .expect("fixtures")
        .map(|e| e.expect("entry").path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    assert!(files.len() > 30, "the fixtures are there");
    for path in files {
        let name = PathBuf::from(path.file_name().expect("a name"));
        let loaded = import::yaml::read(&name, &fs::read(&path).expect("a fixture"));
        let errors = loaded.problems.iter().any(|p| p.severity == Severity::Error);
        assert_eq!(loaded.matrices.is_empty(), errors, "errors and a matrix: {}", name.display());
        expect_file(&path.with_extension("txt"), &import::render(&loaded.problems, false));
    }
}

#[test]
fn a_file_that_uses_every_key_becomes_the_matrix_it_says() {
    let text = fs::read_to_string(fixtures("good/full.yaml")).expect("the fixture");
    let matrix = one(read(&text));
    expect_file(&fixtures("good/full.txt"), &format!("{matrix:#?}\n"));
}

#[test]
fn a_short_file_is_enough() {
    let text = fs::read_to_string(fixtures("good/short.yaml")).expect("the fixture");
    let matrix = one(read(&text));
    assert_eq!((matrix.service.id.as_str(), matrix.service.name.as_str()), ("wiki", "Wiki"));
    assert_eq!(matrix.activities[0].assignments[0].letters(Scheme::Raci), "RA");
}

#[test]
fn the_letters_of_a_cell_may_be_written_in_many_ways() {
    for cell in
        ["RA", "AR", "R/A", "R, A", "[R, A]", "[A, R]", "ra", "R A", "R & A", "R+A", "\"R,A\""]
    {
        let block = format!(
            "service: Wiki\nparties: [Ops]\nactivities:\n  - name: x\n    assignments:\n      Ops: {cell}\n"
        );
        let matrix = one(read(&block));
        assert_eq!(matrix.activities[0].assignments[0].letters(Scheme::Raci), "RA", "{cell}");
    }
}

#[test]
fn an_empty_cell_is_no_role_listed() {
    for cell in ["", "\"\"", "~", "[]"] {
        let text = format!(
            "service: Wiki\nparties: [Ops, Dev]\nactivities:\n  - name: x\n    assignments:\n      Ops: RA\n      Dev: {cell}\n"
        );
        let matrix = one(read(&text));
        assert!(matrix.activities[0].assignments[1].is_empty(), "{cell}");
    }
}

#[test]
fn a_file_over_the_stated_size_is_refused_without_being_read() {
    let text = format!("service: Wiki\nparties: [Ops]\nactivities: []\n#{}", "x".repeat(4 << 20));
    let loaded = read(&text);
    assert!(loaded.matrices.is_empty());
    assert_eq!(
        loaded.problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "x.yaml: error: the file is larger than 4 MiB (hint: split it: several files make a catalog)"
        ]
    );
}

#[test]
fn a_file_full_of_faults_is_reported_up_to_a_limit() {
    let loaded = read(&"? []\n".repeat(100_000));
    assert_eq!(loaded.problems.len(), import::source::MAX_PROBLEMS + 1);
    assert!(loaded.problems[0].message.ends_with("more problems are not shown"));
}

#[test]
fn the_kms_page_is_there_to_the_letter() {
    let matrix = kms();
    assert_eq!(matrix.activities.len(), 31);
    let mut page =
        format!("{} ({})\n{:?}\n", matrix.service.name, matrix.service.id, matrix.source);
    for (participation, meaning) in &matrix.legend {
        page += &format!("{participation:?}: {meaning}\n");
    }
    for (index, section) in matrix.sections.iter().enumerate() {
        let depth = matrix.path(index).len();
        page += &format!("\n{} {}\n", "#".repeat(depth), section.label());
        for activity in matrix.activities.iter().filter(|a| a.section == Some(index)) {
            page += &format!("- {}:", activity.name);
            for (party, cell) in matrix.parties.iter().zip(&activity.assignments) {
                page += &format!(" {} {:?}", party.name, cell.letters(matrix.scheme));
            }
            page += "\n";
        }
    }
    expect_file(&fixtures("good/kms.txt"), &page);
}

#[test]
fn the_kms_page_has_one_oddity_and_it_is_a_warning() {
    let problems = import::builtin().problems;
    let shown: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(shown[0].ends_with(
        "warning: 2 parties are accountable for `Handle incidents (tickets and telephone contacts)`: Customer, OVHcloud"
    ));
}

#[test]
fn the_kms_file_is_what_our_writer_writes() {
    let text = fs::read_to_string(data().join("ovhcloud-kms.yaml")).expect("the file");
    assert_eq!(import::yaml::write(&kms()), text);
}

#[test]
fn every_file_of_the_data_directory_is_built_in() {
    let directory = import::directory(&data()).expect("the data directory");
    let builtin = import::builtin();
    assert_eq!(directory.matrices, builtin.matrices);
    assert!(!builtin.matrices.is_empty());
    assert_eq!(directory.thesaurus, builtin.thesaurus);
    assert!(!builtin.thesaurus.sets.is_empty());
    let errors: Vec<Problem> =
        directory.problems.into_iter().filter(|p| p.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{}", import::render(&errors, false));
}

#[test]
fn the_examples_of_the_format_are_right() {
    let readme = fs::read_to_string(data().join("README.md")).expect("the file");
    let examples: Vec<&str> =
        readme.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let [short, full, thesaurus] = examples.as_slice() else { panic!("three examples") };
    for text in [short, full] {
        let loaded = read(text);
        assert!(loaded.problems.is_empty(), "{}", import::render(&loaded.problems, false));
        assert_eq!(loaded.matrices.len(), 1);
    }
    let (thesaurus, problems) =
        import::thesaurus::read(Path::new("thesaurus.yaml"), thesaurus.as_bytes());
    assert_eq!((thesaurus.sets.len(), problems), (1, Vec::new()));
}

#[test]
fn the_shipped_schema_is_the_one_of_the_types() {
    let schema = serde_json::to_string_pretty(import::schema()).expect("a schema is JSON");
    expect_file(&data().join("matrix.schema.json"), &(schema + "\n"));
}

#[test]
fn a_directory_is_read_whole_and_other_files_are_left_alone() {
    let directory = tempfile::tempdir().expect("a directory");
    let put = |name: &str, text: &str| {
        let path = directory.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a directory");
        fs::write(path, text).expect("a file");
    };
    let matrix = |service: &str, rest: &str| {
        format!("service: {service}\n{rest}parties: [Ops]\nactivities: []\n")
    };
    put("b.yaml", &matrix("B", ""));
    put("a.yml", &matrix("A", ""));
    put("deeper/c.YAML", &matrix("C", ""));
    put("b-fr.yaml", &matrix("B", "language: fr\n"));
    put("b-again.yaml", &matrix("B", ""));
    put("README.md", "# Not a matrix\n");
    put("readme.yaml", "not: a matrix\n");
    put("matrix.schema.json", "{}");
    put(".hidden.yaml", "not: a matrix\n");
    put(".git/x.yaml", "not: a matrix\n");
    put("notes.txt", "nothing");
    put("thesaurus.yaml", "sets:\n  - en: [flurb, blarg]\n    near: { fr: [zut] }\n");
    let loaded = import::directory(directory.path()).expect("it can be read");
    let ids: Vec<_> =
        loaded.matrices.iter().map(|m| (m.service.id.as_str(), m.language.as_deref())).collect();
    assert_eq!(ids, [("a", None), ("b", None), ("b", Some("fr")), ("c", None)]);
    let root = directory.path().display();
    let shown: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [format!(
            "{root}/b.yaml:1:10: error: a second matrix of the service `b` (hint: `{root}/b-again.yaml` is the first; give one another `id` or another `language`)"
        )]
    );
    let own = loaded.thesaurus.sets.last().expect("the directory's own set");
    assert_eq!(own.terms.iter().map(|t| &*t.text).collect::<Vec<_>>(), ["flurb", "blarg"]);
    assert_eq!((&*own.near[0].text, own.near[0].language), ("zut", "fr"));
    assert!(loaded.thesaurus.sets.len() > 1, "it extends the built-in thesaurus");
}

#[test]
fn all_faults_of_all_files_come_at_once_and_sorted() {
    let directory = tempfile::tempdir().expect("a directory");
    for name in ["b.yaml", "a.yaml"] {
        let text = "service: x\npartys: [Ops]\nactivities: [y]\n";
        fs::write(directory.path().join(name), text).expect("a file");
    }
    fs::create_dir(directory.path().join("c.yaml")).expect("a directory named like a file");
    std::os::unix::fs::symlink("nowhere", directory.path().join("d.yaml")).expect("a link");
    let loaded = import::directory(directory.path()).expect("it can be read");
    let shown: Vec<String> = loaded
        .problems
        .iter()
        .map(|p| p.to_string().replace(&format!("{}/", directory.path().display()), ""))
        .collect();
    assert_eq!(
        shown,
        [
            "a.yaml:1:1: error: `parties` is missing (hint: `parties` is the columns in the document's order: names, or maps)",
            "a.yaml:2:1: error: unknown key `partys` (hint: did you mean `parties`?)",
            "a.yaml:3:14: error: an item of `activities` should be a map, not text",
            "b.yaml:1:1: error: `parties` is missing (hint: `parties` is the columns in the document's order: names, or maps)",
            "b.yaml:2:1: error: unknown key `partys` (hint: did you mean `parties`?)",
            "b.yaml:3:14: error: an item of `activities` should be a map, not text",
            "d.yaml: error: cannot be read: No such file or directory (os error 2)",
        ]
    );
}

#[test]
fn a_directory_that_is_not_there_is_an_error() {
    assert!(import::directory(Path::new("no/such/directory")).is_err());
}

#[test]
fn a_thesaurus_is_checked_like_a_matrix() {
    let text = "sets:\n  - en: [patch, Update, patch]\n    english: [x]\n    near: { en: [update], xx: [y] }\n  - en: [update, no]\n    fr: mise à jour\n  - {}\n";
    let (thesaurus, problems) = import::thesaurus::read(Path::new("t.yaml"), text.as_bytes());
    assert!(thesaurus.sets.is_empty(), "nothing of a thesaurus with errors is used");
    let shown: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "t.yaml:2:25: warning: `patch` is twice in this set (hint: keep one of them)",
            "t.yaml:3:5: error: unknown key `english` (hint: one of `abbr`, `de`, `en`, `es`, `fr`, `it`, `near` and `pl`)",
            "t.yaml:4:18: warning: `update` is twice in this set (hint: keep one of them)",
            "t.yaml:4:27: error: unknown key `xx` (hint: one of `abbr`, `de`, `en`, `es`, `fr`, `it` and `pl`)",
            "t.yaml:5:10: warning: `update` is in two sets (hint: it is on line 2 already; a word of two concepts finds both)",
            "t.yaml:5:18: error: `no` without quotes is true or false to YAML, not text (hint: write `\"no\"`)",
            "t.yaml:6:9: error: `fr` should be a list, not text (hint: write `[mise à jour]`)",
        ]
    );
}

#[test]
fn the_rules_of_a_scheme_follow_its_own_words() {
    let matrix = kms();
    let incident = matrix
        .activities
        .iter()
        .find(|a| a.name.starts_with("Handle incidents"))
        .expect("the activity");
    let owners: Vec<&str> = matrix
        .holders(incident, Participation::Accountable)
        .map(|party| party.name.as_str())
        .collect();
    assert_eq!(owners, ["Customer", "OVHcloud"]);
}

/// Text of the kinds that YAML has traps for.
fn text(most: usize) -> impl Strategy<Value = String> {
    let traps = [
        "No",
        "on",
        "2024-10-02",
        "1.10",
        "0x1F",
        "12:30",
        "~",
        "null",
        ".inf",
        "a: b",
        "a #b",
        "- a",
        "? a",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a`",
        "'a'",
        "\"a\"",
        "a\\nb",
        "[a]",
        "{a}",
        "a, b",
        " a",
        "a ",
        "a\u{a0}b",
        "\u{feff}a",
        "é",
        "日本語",
        "🙂",
        "\u{202e}a",
        "a\u{2028}b",
        "---",
        "...",
        "=",
        "<<",
        "a:",
        ":a",
        "#",
        "|",
        ">-",
        "\u{fffe}",
    ];
    let any = proptest::collection::vec(any::<char>(), 1..most).prop_map(String::from_iter);
    let traps = proptest::sample::select(traps.to_vec()).prop_map(str::to_owned);
    let text = prop_oneof![any, traps, "[a-z]{1,12}( [a-z]{1,12}){0,8}"];
    text.prop_filter("visible", |t| !t.trim().is_empty() && !t.chars().any(char::is_control))
}

prop_compose! {
    fn cells(parties: usize)(sets in proptest::collection::vec(
        proptest::collection::vec(proptest::sample::select(Participation::ALL.to_vec()), 0..4),
        parties..=parties,
    )) -> Vec<Vec<Participation>> { sets }
}

/// A rule allowed in each kind of place, in the order of a file.
fn allowances(matrix: &Matrix) -> Vec<Allowance> {
    let last = |count: usize| count.checked_sub(1);
    let scopes = [
        last(matrix.parties.len()).map(Scope::Party),
        Some(Scope::Matrix),
        matrix.activities.iter().position(|row| row.section.is_none()).map(Scope::Activity),
        last(matrix.sections.len()).map(Scope::Section),
    ];
    let rules = checks::RULES.iter().filter(|rule| rule.id != checks::NEEDLESS_ALLOWANCE);
    let allowed = scopes.into_iter().flatten().zip(rules).map(|(scope, rule)| Allowance {
        rule: rule.id.to_owned(),
        reason: (scope != Scope::Matrix).then(|| matrix.service.name.clone()),
        scope,
    });
    allowed.collect()
}

prop_compose! {
    /// A matrix as the reader would give it: sections after their parents, rows in their order.
    fn matrix()(
        scheme in proptest::sample::select(Scheme::ALL.to_vec()),
        name in text(20),
        note in proptest::option::of(text(60)),
        parties in proptest::collection::vec((text(20), proptest::option::of(text(20))), 1..4),
        titles in proptest::collection::vec((text(20), proptest::option::of("[0-9]{1,2}(\\.[0-9]{1,2}){0,2}")), 0..4),
        rows in proptest::collection::vec((text(40), cells(4), proptest::option::of(0_usize..4)), 0..6),
        aliases in proptest::collection::vec(text(20), 0..12),
        title in proptest::option::of(text(30)),
    ) -> Matrix {
        let numbered = |index: usize, text: &str| format!("{text} {index}");
        let sections: Vec<Section> = titles.iter().enumerate().map(|(index, (title, number))| {
            let parent = index.checked_sub(1);
            Section { number: number.clone(), title: numbered(index, title), parent }
        }).collect();
        let parties: Vec<Party> = parties.iter().enumerate().map(|(index, (name, contact))| {
            Party { name: numbered(index, name), aliases: Vec::new(), contact: contact.clone() }
        }).collect();
        let legend = scheme.letters().iter().map(|&(_, p)| (p, name.clone())).collect();
        let mut matrix = Matrix {
            service: Service { id: "wiki".into(), name, aliases: Vec::new(), confidential: title.is_some() },
            language: Some("en".into()),
            scheme,
            legend,
            source: Source { title, ..Source::default() },
            parties,
            sections,
            activities: Vec::new(),
            allowances: Vec::new(),
        };
        let mut rows: Vec<_> = rows.into_iter().map(|(name, cells, section)| {
            (section.filter(|&index| index < matrix.sections.len()), name, cells)
        }).collect();
        rows.sort_by_key(|(section, ..)| section.map_or(0, |index| index + 1));
        for (index, (section, name, cells)) in rows.into_iter().enumerate() {
            let path = section.map(|section| matrix.path(section)).unwrap_or_default();
            let path: Vec<_> = path.iter().map(|s| (s.number.as_deref(), s.title.as_str())).collect();
            let name = numbered(index, &name);
            let id = ActivityId::new("wiki", Some("en"), &path, &name);
            let cell = |set: Vec<Participation>| -> Participations {
                set.into_iter().filter(|&p| scheme.letter(p).is_some()).collect()
            };
            let assignments = cells.into_iter().take(matrix.parties.len()).map(cell).collect();
            let aliases = if index == 0 {
                aliases.iter().enumerate().map(|(n, alias)| numbered(n + 100, alias)).collect()
            } else {
                Vec::new()
            };
            let note = note.clone();
            matrix.activities.push(Activity { id, name, aliases, note, section, assignments });
        }
        matrix.allowances = allowances(&matrix);
        matrix
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(matrix in matrix()) {
        let text = import::yaml::write(&matrix);
        let loaded = read(&text);
        let shown = import::render(&loaded.problems, false);
        prop_assert_eq!(loaded.matrices.first(), Some(&matrix), "{}\n{}", text, shown);
    }

    #[test]
    fn no_bytes_and_no_damage_make_the_reader_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        at in 0_usize..2_000,
    ) {
        let loaded = import::yaml::read(Path::new("x.yaml"), &bytes);
        prop_assert!(loaded.matrices.is_empty() || !bytes.is_empty());
        let mut damaged = fs::read(fixtures("good/full.yaml")).expect("the fixture");
        let at = at % damaged.len();
        let end = (at + bytes.len() / 20).min(damaged.len());
        damaged.splice(at..end, bytes.iter().copied().take(5));
        let loaded = import::yaml::read(Path::new("x.yaml"), &damaged);
        let _ = import::render(&loaded.problems, true);
    }

    #[test]
    fn any_problem_can_be_shown(
        line in any::<String>(),
        message in any::<String>(),
        column in any::<u32>(),
        width in any::<u32>(),
        number in any::<u32>(),
    ) {
        let problem = Problem {
            place: Place { file: line.clone().into(), line: number, column },
            severity: Severity::Warning,
            rule: "rule",
            hint: Some(message.clone()),
            message,
            excerpt: Some(Excerpt::of_line(&line, column, width)),
        };
        for colour in [true, false] {
            prop_assert!(!import::render(std::slice::from_ref(&problem), colour).is_empty());
        }
    }
}
