//! How good the search is on what people typed. The floors are what was reached: they only rise.

#[path = "../../benches/search/quality.rs"]
mod quality;

use std::path::Path;

use raci_bot::bot::Library;
use raci_bot::domain::{Catalog, Matrix};
use raci_bot::import;
use raci_bot::search::{Confidence, Findings, Query};

use quality::Scores;

#[test]
fn what_people_typed_is_found() {
    let scores = scores("kms.jsonl", |_| ());
    assert!(scores.first >= 990, "{scores:?}");
    assert!(scores.in_three >= 1000, "{scores:?}");
    assert_eq!(scores.wrong, 0);
    assert!(scores.precise >= 990, "{scores:?}");
    assert!(scores.covered >= 965, "{scores:?}");
}

#[test]
fn what_people_typed_is_found_without_aliases() {
    let scores = scores("kms.jsonl", without_aliases);
    assert!(scores.first >= 990, "{scores:?}");
    assert!(scores.in_three >= 1000, "{scores:?}");
    assert_eq!(scores.wrong, 0);
    assert!(scores.precise >= 1000, "{scores:?}");
    assert!(scores.covered >= 885, "{scores:?}");
}

/// Written by somebody who had not seen the search, nor the other questions.
#[test]
fn what_others_typed_is_found() {
    let scores = scores("kms-others.jsonl", |_| ());
    assert!(scores.first >= 970, "{scores:?}");
    assert!(scores.in_three >= 990, "{scores:?}");
    assert_eq!(scores.wrong, 0);
    assert!(scores.precise >= 990, "{scores:?}");
    assert!(scores.covered >= 920, "{scores:?}");
}

#[test]
fn what_others_typed_is_found_without_aliases() {
    let scores = scores("kms-others.jsonl", without_aliases);
    assert!(scores.first >= 951, "{scores:?}");
    assert!(scores.in_three >= 985, "{scores:?}");
    assert_eq!(scores.wrong, 0);
    assert!(scores.precise >= 990, "{scores:?}");
    assert!(scores.covered >= 831, "{scores:?}");
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

fn without_aliases(matrix: &mut Matrix) {
    matrix.activities.iter_mut().for_each(|row| row.aliases.clear());
}

fn scores(file: &str, change: impl Fn(&mut Matrix)) -> Scores {
    let mut matrices = import::builtin().matrices;
    matrices.iter_mut().for_each(change);
    let library = library(matrices);
    let missed = |miss: &str| println!("{miss}");
    quality::scores(&library.catalog, &library.index, &asked(file), missed)
}

fn asked(name: &str) -> Vec<quality::Asked> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/eval").join(name);
    quality::asked(&std::fs::read_to_string(file).expect("the questions")).expect("questions")
}
