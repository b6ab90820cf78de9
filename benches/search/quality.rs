//! How good the search is on what people typed: the same figures for the tests and the benchmark.

use std::fmt;

use anyhow::Context as _;
use raci_bot::domain::{ActivityKey, Catalog};
use raci_bot::search::{Confidence, Findings, Index, Query};
use serde::Deserialize;

/// What somebody typed, and the activities that were meant: `s3.1.1-4` is the fourth of section
/// 3.1.1, `web/s3.1.1-4` the same of one service among several.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Asked {
    pub(crate) q: String,
    /// The service, where it was named in a field of its own.
    #[serde(default)]
    service: Option<String>,
    /// Empty where nothing of the matrices was meant.
    best: Vec<String>,
    ok: Vec<String>,
    kind: String,
}

/// The questions of a file, one a line.
pub(crate) fn asked(text: &str) -> anyhow::Result<Vec<Asked>> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| serde_json::from_str(line).with_context(|| line.to_owned())).collect()
}

/// Per mille of the questions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Scores {
    /// Whose first hit is right.
    pub(crate) first: usize,
    /// Of which one of the first three hits is right.
    pub(crate) in_three: usize,
    /// That were answered, though nothing of the matrix was meant.
    pub(crate) wrong: usize,
    /// Right ones, of those that were answered with confidence.
    pub(crate) precise: usize,
    /// Answered with confidence, and right.
    pub(crate) covered: usize,
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { first, in_three, wrong, precise, covered } = self;
        let percent = |mille: &usize| format!("{}.{}", mille / 10, mille % 10);
        write!(f, "{:>7}  {:>8}", percent(first), percent(in_three))?;
        write!(f, "  {:>5}  {:>7}  {:>7}", percent(wrong), percent(precise), percent(covered))
    }
}

/// Asks everything, and tells of each miss.
pub(crate) fn scores(
    catalog: &Catalog,
    index: &Index,
    asked: &[Asked],
    mut missed: impl FnMut(&str),
) -> Scores {
    let everything: Vec<u32> = (0..).take(catalog.matrices().len()).collect();
    let (mut first, mut in_three, mut wrong, mut sure, mut right) = (0, 0, 0, 0, 0);
    for question in asked {
        let named = question.service.as_deref();
        let scope = named.map_or_else(
            || everything.clone(),
            |service| index.services(catalog, service, &everything).into_iter().take(1).collect(),
        );
        let found = index.search(catalog, Query { text: &question.q, scope: &scope });
        let hits: Vec<[String; 2]> =
            found.hits.iter().map(|hit| places(catalog, hit.key)).collect();
        let is_right = |hit: &[String; 2]| {
            let mut meant = question.best.iter().chain(&question.ok);
            meant.any(|meant| hit.contains(meant))
        };
        let is_first = hits.first().is_some_and(is_right);
        let is_sure = is_sure(&found);
        first += usize::from(is_first);
        in_three += usize::from(hits.iter().take(3).any(is_right));
        sure += usize::from(is_sure);
        right += usize::from(is_sure && is_first);
        wrong += usize::from(is_sure && question.best.is_empty());
        if question.best.is_empty() == is_sure || !question.best.is_empty() && !is_first {
            let hit = hits.first().map_or("nothing", |hit| hit[1].as_str());
            missed(&format!("{}: {} → {hit}", question.kind, question.q));
        }
    }
    let meant = asked.iter().filter(|question| !question.best.is_empty()).count();
    let of = |part: usize, all: usize| (part * 1000).checked_div(all).unwrap_or(0);
    Scores {
        first: of(first, meant),
        in_three: of(in_three, meant),
        wrong: of(wrong, asked.len() - meant),
        precise: of(right, sure),
        covered: of(right, meant),
    }
}

fn is_sure(found: &Findings) -> bool {
    matches!(found.confidence, Confidence::Answer | Confidence::Choices)
}

/// Where an activity stands, without and with the id of its service.
fn places(catalog: &Catalog, key: ActivityKey) -> [String; 2] {
    let found = catalog.at(key);
    let before = found.matrix.activities.iter().filter(|row| row.section == found.activity.section);
    let row = before.take_while(|row| row.id != found.activity.id).count() + 1;
    let number = found.matrix.section_of(found.activity).and_then(|section| section.number.clone());
    let place = format!("s{}-{row}", number.unwrap_or_default());
    let whole = format!("{}/{place}", found.matrix.service.id);
    [place, whole]
}
