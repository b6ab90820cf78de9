//! Why a search found what it found: plain data for whoever wants to show it.

use crate::domain::{ActivityKey, Catalog};

use super::confidence::{MARGIN, NEEDED, NEEDED_IN_CHAT, NEEDED_SCORE, Verdict, sure_share};
use super::index::Index;
use super::plan::{Role, Rule};
use super::rank::{Ranker, Scored};
use super::retrieve::Outcome;
use super::vocabulary::WordId;
use super::{Findings, Query};

/// The most hits that are explained.
const MAX_EXPLAINED: usize = 3;
/// The most words of the catalog that are listed for a word of the query.
const MAX_READINGS: usize = 8;

/// How a query was understood and matched.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// What [`Index::search`] gives for the same query.
    pub findings: Findings,
    /// The words of the query, in order.
    pub words: Vec<WordExplained>,
    /// The best hits, best first.
    pub hits: Vec<HitExplained>,
    /// Why the search was sure, or not.
    pub verdict: Verdict,
    /// The share of the query that the best hit matches, poor guesses left out.
    pub sure: f32,
    /// The share of the query that a sure answer needs.
    pub needed: f32,
    /// The score that a sure answer needs.
    pub needed_score: f32,
    /// The same for a long message that has two specific words of the activity.
    pub needed_in_chat: f32,
    /// The share of the best score from which on another hit is a choice.
    pub margin: f32,
}

/// What a word of the query was taken for.
#[derive(Clone, Debug, PartialEq)]
pub struct WordExplained {
    /// The word, folded.
    pub word: String,
    /// What it was taken for.
    pub role: Role,
    /// How much it weighs: 1 for a word that the catalog does not know, less the more activities
    /// have it, 0 for a filler.
    pub weight: f32,
    /// Words of the catalog that it may stand for by itself, the surest first.
    pub readings: Vec<Reading>,
}

/// A word of the catalog that a word of the query may stand for.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The word of the catalog.
    pub word: String,
    /// By which rule.
    pub rule: Rule,
    /// How well, 0 to 1.
    pub factor: f32,
}

/// How an activity was matched.
#[derive(Clone, Debug, PartialEq)]
pub struct HitExplained {
    /// Which activity.
    pub key: ActivityKey,
    /// Its score.
    pub score: f32,
    /// The alias that answers best, where it is not the name itself.
    pub alias: Option<String>,
    /// The share of the query's weight that it matches, 0 to 1.
    pub matched: f32,
    /// The share of its name's weight that was asked for, 0 to 1.
    pub covered: f32,
    /// What it has for the words of the query.
    pub words: Vec<MatchExplained>,
}

/// What an activity has for a word of the query.
#[derive(Clone, Debug, PartialEq)]
pub struct MatchExplained {
    /// The index of the word in [`Explanation::words`].
    pub asked: usize,
    /// The word of the activity; `None` for a phrase or initials of several.
    pub word: Option<String>,
    /// By which rule.
    pub rule: Rule,
    /// How well, 0 to 1, less when it stands in a section's title or another alias.
    pub factor: f32,
}

impl Index {
    /// The same as [`Index::search`], with reasons.
    #[must_use]
    pub fn explain(&self, catalog: &Catalog, query: Query<'_>) -> Explanation {
        let outcome = self.find(catalog, query);
        let by_id = self.by_id(catalog, query).is_some();
        let hits = outcome.best.iter().take(MAX_EXPLAINED);
        Explanation {
            findings: self.search(catalog, query),
            words: self.explain_words(&outcome),
            hits: hits.map(|scored| self.explain_hit(catalog, &outcome, scored)).collect(),
            verdict: if by_id { Verdict::Id } else { outcome.verdict },
            sure: outcome
                .best
                .first()
                .map_or(0.0, |best| sure_share(&outcome.plan, best, &outcome.evidence)),
            needed: NEEDED,
            needed_score: NEEDED_SCORE,
            needed_in_chat: NEEDED_IN_CHAT,
            margin: MARGIN,
        }
    }

    fn explain_words(&self, outcome: &Outcome) -> Vec<WordExplained> {
        let plan = &outcome.plan;
        let mut words: Vec<WordExplained> = plan
            .words
            .iter()
            .zip(&plan.roles)
            .map(|(word, &role)| WordExplained {
                word: word.to_owned(),
                role,
                weight: 0.0,
                readings: Vec::new(),
            })
            .collect();
        for (slot, asked) in plan.asked.iter().enumerate() {
            let targets = plan.targets.iter().filter(|target| usize::from(target.slot) == slot);
            let known = targets.filter(|target| self.word_weight[target.word as usize] > 0.0);
            let mut readings: Vec<Reading> = known
                .map(|target| Reading {
                    word: self.vocabulary.words.at(target.word).to_owned(),
                    rule: target.rule,
                    factor: target.factor,
                })
                .collect();
            readings.sort_by(|a, b| b.factor.total_cmp(&a.factor).then(a.word.cmp(&b.word)));
            readings.truncate(MAX_READINGS);
            words[asked.at].weight = asked.weight;
            words[asked.at].readings = readings;
        }
        words
    }

    fn explain_hit(&self, catalog: &Catalog, outcome: &Outcome, scored: &Scored) -> HitExplained {
        let text = Ranker::new(self, &outcome.plan).answers_with(scored.doc);
        let aliases = &catalog.at(self.keys[scored.doc as usize]).activity.aliases;
        let evidence = Ranker::new(self, &outcome.plan).evidence(scored.doc);
        let asked = outcome.plan.asked.iter().zip(evidence);
        let words = asked.filter(|(_, found)| found.factor > 0.0).map(|(asked, found)| {
            let single = found.word != WordId::MAX;
            MatchExplained {
                asked: asked.at,
                word: single.then(|| self.vocabulary.words.at(found.word).to_owned()),
                rule: found.rule,
                factor: found.factor,
            }
        });
        HitExplained {
            key: self.keys[scored.doc as usize],
            score: scored.score,
            alias: text.checked_sub(1).and_then(|at| aliases.get(at).cloned()),
            matched: scored.matched,
            covered: scored.covered,
            words: words.collect(),
        }
    }
}
