//! Writes the thesaurus in a form that is read in a millisecond: YAML takes longer than all else
//! that happens before the first answer. A test compares it with what the file's reader makes of it.
//! And tells the program which commit it was built from.

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use serde::Deserialize;

const FILE: &str = "data/thesaurus.yaml";
/// The environment's name for the commit, where git does not know it.
const COMMIT: &str = "RACI_BOT_COMMIT";
/// The keys for words, in the order in which the reader takes them.
const LANGUAGES: [&str; 7] = ["en", "fr", "de", "es", "it", "pl", "abbr"];

#[derive(Deserialize)]
struct File {
    sets: Vec<Set>,
}

#[derive(Deserialize)]
struct Set {
    #[serde(default)]
    near: Words,
    #[serde(flatten)]
    words: Words,
}

type Words = HashMap<String, Vec<String>>;
type Terms<'a> = Vec<(&'static str, &'a str)>;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={FILE}");
    let file: File = serde_yaml::from_str(&fs::read_to_string(FILE)?)?;
    let sets: Vec<(Terms<'_>, Terms<'_>)> = file.sets.iter().map(terms_of).collect();
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("thesaurus.json"), serde_json::to_string(&sets)?)?;
    tell_version();
    Ok(())
}

/// `RACI_BOT_VERSION` is `0.1.0 (0123456789ab)`, without the parentheses where no commit is known.
fn tell_version() {
    let commit = commit().unwrap_or_default();
    let version = env::var("CARGO_PKG_VERSION").unwrap_or_default();
    let full = if commit.is_empty() { version } else { format!("{version} ({commit})") };
    println!("cargo::rustc-env={COMMIT}={commit}");
    println!("cargo::rustc-env=RACI_BOT_VERSION={full}");
}

/// The commit that a packager names, or git does. A build for debugging goes without git's word:
/// each commit would compile everything anew.
fn commit() -> Option<String> {
    println!("cargo::rerun-if-env-changed={COMMIT}");
    if let Ok(commit) = env::var(COMMIT) {
        return Some(commit.trim().to_owned());
    }
    if env::var("PROFILE").as_deref() != Ok("release") {
        return None;
    }
    // A tarball may lie inside somebody else's repository.
    if !Path::new(".git").exists() {
        return None;
    }
    for file in ["HEAD", "logs/HEAD"] {
        let path = git(&["rev-parse", "--git-path", file]);
        // A file that is not there would count as changed every time.
        if let Some(path) = path.filter(|path| Path::new(path).exists()) {
            println!("cargo::rerun-if-changed={path}");
        }
    }
    git(&["rev-parse", "--short=12", "HEAD"])
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.trim().to_owned()).filter(|text| output.status.success() && !text.is_empty())
}

/// What a set means and what is near to it, each term once.
fn terms_of(set: &Set) -> (Terms<'_>, Terms<'_>) {
    let mut seen = HashSet::new();
    (once(&set.words, &mut seen), once(&set.near, &mut seen))
}

fn once<'a>(words: &'a Words, seen: &mut HashSet<String>) -> Terms<'a> {
    let all = LANGUAGES.into_iter().flat_map(|language| {
        words.get(language).into_iter().flatten().map(move |term| (language, term.as_str()))
    });
    all.filter(|(_, term)| seen.insert(term.to_lowercase())).collect()
}
