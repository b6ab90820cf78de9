//! The sentences that we say: each stands in the catalog of `src/commands/wording`, in every
//! language, and is said somewhere. A missing one does not compile; an unused one is found here.

use std::fs;
use std::path::{Path, PathBuf};

/// Where languages are chosen between: the catalog itself, and what is no sentence.
const CHOOSING: &[&str] = &[
    "src/commands/wording",
    // The languages, and their tags.
    "src/commands/context.rs",
    // The words of exported documents, a table of their own.
    "src/export/words.rs",
    // What Discord calls our languages.
    "src/adapters/discord/register.rs",
];

/// A source's path from the root and its text, without its unit tests.
struct Source {
    file: String,
    text: String,
}

fn read(directory: &Path, sources: &mut Vec<Source>) {
    for entry in fs::read_dir(directory).expect("the sources are there").flatten() {
        let path: PathBuf = entry.path();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let file = path.strip_prefix(root).expect("below the root").to_string_lossy().into_owned();
        if path.is_dir() {
            read(&path, sources);
        } else if path.extension().is_some_and(|end| end == "rs") && !file.contains("tests") {
            let text = fs::read_to_string(&path).expect("a source is text");
            let text = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
            sources.push(Source { file, text });
        }
    }
}

fn sources() -> Vec<Source> {
    let mut sources = Vec::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut sources);
    assert!(sources.len() > 50, "only {} sources were found", sources.len());
    sources
}

fn is_catalog(source: &Source) -> bool {
    source.file.starts_with("src/commands/wording")
}

/// The messages of the catalog.
fn messages(sources: &[Source]) -> Vec<String> {
    let lines = sources.iter().filter(|source| is_catalog(source)).flat_map(|s| s.text.lines());
    let names = lines.filter_map(|line| line.trim().strip_prefix("pub(crate) fn "));
    names.filter_map(|rest| rest.split('(').next()).map(str::to_owned).collect()
}

/// The messages that nobody says.
fn unused(sources: &[Source]) -> Vec<String> {
    let is_said = |name: &String| {
        let [method, path] = [format!(".{name}("), format!("Language::{name}")];
        sources.iter().any(|source| source.text.contains(&method) || source.text.contains(&path))
    };
    messages(sources).into_iter().filter(|name| !is_said(name)).collect()
}

/// The sources that choose between languages and are not the catalog.
fn choosing(sources: &[Source]) -> Vec<String> {
    let chooses = |source: &&Source| {
        let is_allowed = CHOOSING.iter().any(|allowed| source.file.starts_with(allowed));
        !is_allowed && (source.text.contains("Language::French") || source.text.contains("(French"))
    };
    sources.iter().filter(chooses).map(|source| source.file.clone()).collect()
}

#[test]
fn every_message_is_said_and_nothing_is_said_that_is_no_message() {
    let sources = sources();
    let count = messages(&sources).len();
    assert!(count > 80, "only {count} messages were found");
    assert_eq!(unused(&sources), [""; 0]);
    assert_eq!(choosing(&sources), [""; 0]);
}

#[test]
fn an_unused_message_and_a_sentence_elsewhere_are_found() {
    let source = |file: &str, text: &str| Source { file: file.into(), text: text.into() };
    let sources = [
        source(
            "src/commands/wording/x.rs",
            "impl Language {\n    pub(crate) fn hello(self) {}\n    pub(crate) fn bye(self) {}\n}",
        ),
        source("src/commands/x.rs", "language.hello();"),
        source("src/commands/y.rs", "match l { Language::French => \"bonjour\" }"),
    ];
    assert_eq!(unused(&sources), ["bye"]);
    assert_eq!(choosing(&sources), ["src/commands/y.rs"]);
}
