//! How good the search is on what people typed. The floors are what was reached: they only rise.

use std::path::Path;

use raci_bot::bot::Library;
use raci_bot::domain::{ActivityKey, Catalog, Matrix};
use raci_bot::import;
use raci_bot::search::{Confidence, Findings, Query};
use serde::Deserialize;

/// What somebody typed about the KMS matrix, and the activities that were meant: `s3.1.1-4` is the
/// fourth of section 3.1.1.
#[derive(Deserialize)]
struct Asked {
    q: String,
    best: Vec<String>,
    ok: Vec<String>,
    kind: String,
}

/// Per mille of the questions.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Scores {
    /// Whose first hit is right.
    first: usize,
    /// Of which one of the first three hits is right.
    in_three: usize,
    /// That were answered, though nothing of the matrix was meant.
    wrong: usize,
    /// Right ones, of those that were answered with confidence.
    precise: usize,
    /// Answered with confidence, and right.
    covered: usize,
}

#[test]
fn what_people_typed_is_found() {
    let scores = scores(|_| ());
    assert!(scores.first >= 960, "{scores:?}");
    assert!(scores.in_three >= 990, "{scores:?}");
    assert_eq!(scores.wrong, 0);
    assert!(scores.precise >= 975, "{scores:?}");
    assert!(scores.covered >= 930, "{scores:?}");
}

#[test]
fn what_people_typed_is_found_without_aliases() {
    let scores = scores(|matrix| matrix.activities.iter_mut().for_each(|row| row.aliases.clear()));
    assert!(scores.first >= 940, "{scores:?}");
    assert!(scores.in_three >= 950, "{scores:?}");
    assert_eq!(scores.wrong, 0);
    assert!(scores.precise >= 990, "{scores:?}");
    assert!(scores.covered >= 870, "{scores:?}");
}

#[test]
fn a_full_name_is_always_found_first() {
    let loaded = import::builtin();
    let library = library(loaded.matrices.clone());
    for activity in loaded.matrices.iter().flat_map(|matrix| &matrix.activities) {
        let found = search(&library, &activity.name);
        assert_eq!(found.confidence, Confidence::Answer, "{}", activity.name);
        let first = library.catalog.at(found.hits[0].key);
        assert_eq!(first.activity.name, activity.name);
    }
}

fn library(matrices: Vec<Matrix>) -> Library {
    Library::new(Catalog::new(matrices), &import::builtin_thesaurus(), Vec::new())
}

fn search(library: &Library, text: &str) -> Findings {
    library.index.search(&library.catalog, Query { text, scope: &[0] })
}

fn scores(change: impl Fn(&mut Matrix)) -> Scores {
    let mut matrices = import::builtin().matrices;
    matrices.iter_mut().for_each(change);
    let library = library(matrices);
    let (mut first, mut in_three, mut wrong, mut sure, mut right) = (0, 0, 0, 0, 0);
    let asked = asked();
    for question in &asked {
        let found = search(&library, &question.q);
        let hits: Vec<String> =
            found.hits.iter().map(|hit| place(&library.catalog, hit.key)).collect();
        let is_right = |hit: &String| question.best.contains(hit) || question.ok.contains(hit);
        let is_first = hits.first().is_some_and(is_right);
        let is_sure = matches!(found.confidence, Confidence::Answer | Confidence::Choices);
        first += usize::from(is_first);
        in_three += usize::from(hits.iter().take(3).any(is_right));
        sure += usize::from(is_sure);
        right += usize::from(is_sure && is_first);
        wrong += usize::from(is_sure && question.best.is_empty());
        if !(question.best.is_empty() || is_first && is_sure) {
            println!("{}: {} → {:?}", question.kind, question.q, hits.first());
        }
    }
    let meant = asked.iter().filter(|question| !question.best.is_empty()).count();
    let of = |part: usize, all: usize| part * 1000 / all;
    Scores {
        first: of(first, meant),
        in_three: of(in_three, meant),
        wrong: of(wrong, asked.len() - meant),
        precise: of(right, sure),
        covered: of(right, meant),
    }
}

/// `s3.1.1-4` for the fourth activity of section 3.1.1.
fn place(catalog: &Catalog, key: ActivityKey) -> String {
    let found = catalog.at(key);
    let before = found.matrix.activities.iter().filter(|row| row.section == found.activity.section);
    let row = before.take_while(|row| row.id != found.activity.id).count() + 1;
    let number = found.matrix.section_of(found.activity).and_then(|section| section.number.clone());
    format!("s{}-{row}", number.unwrap_or_default())
}

fn asked() -> Vec<Asked> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/eval/kms.jsonl");
    let text = std::fs::read_to_string(file).expect("the questions");
    text.lines().map(|line| serde_json::from_str(line).expect("a question")).collect()
}
