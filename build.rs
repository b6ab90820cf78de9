//! Writes the thesaurus in a form that is read in a millisecond: YAML takes longer than all else
//! that happens before the first answer. A test compares it with what the file's reader makes of it.

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::path::Path;
use std::{env, fs};

use serde::Deserialize;

const FILE: &str = "data/thesaurus.yaml";
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
    Ok(())
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
