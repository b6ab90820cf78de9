//! From a query to findings: understand, find, decide.

use crate::domain::{ActivityKey, Catalog};

use super::candidates::top;
use super::confidence::{self, Verdict};
use super::fold::{Words, narrow};
use super::index::Index;
use super::likeness::likeness;
use super::plan::Plan;
use super::planner::Planner;
use super::rank::{Evidence, Ranker, Scored};
use super::{Confidence, Findings, Hit, MAX_HITS, Query};

/// The most that a hit scores which was not typed in full.
const NEARLY_WHOLE: f32 = 0.99;
/// More words than this are no name of a service.
const MAX_SERVICE_WORDS: usize = 12;

/// All that a search came to.
pub(super) struct Outcome {
    pub(super) plan: Plan,
    pub(super) best: Vec<Scored>,
    /// What the first hit has for each word asked.
    pub(super) evidence: Vec<Evidence>,
    pub(super) verdict: Verdict,
}

impl Index {
    /// The activities that a query means.
    #[must_use]
    pub fn search(&self, catalog: &Catalog, query: Query<'_>) -> Findings {
        match self.by_id(catalog, query) {
            Some(key) => Findings {
                confidence: Confidence::Answer,
                guess: false,
                hits: vec![Hit { key, score: 1.0 }],
                // An id names its service, whatever other services have by the same name.
                named: vec![key.matrix],
            },
            None => self.findings(catalog, &self.find(catalog, query)),
        }
    }

    /// The activities that half-typed text may become, best first, at most `limit`; of empty text
    /// the first ones in the document's order.
    #[must_use]
    pub fn complete(&self, catalog: &Catalog, query: Query<'_>, limit: usize) -> Vec<ActivityKey> {
        if let Some(key) = self.by_id(catalog, query) {
            return vec![key];
        }
        let plan = Planner::plan(self, query.text, query.scope, true);
        if plan.words.is_empty() {
            let rows = query.scope.iter().filter_map(|&matrix| {
                let rows = narrow(catalog.matrices().get(matrix as usize)?.activities.len());
                Some((0..rows).map(move |activity| ActivityKey { matrix, activity }))
            });
            return rows.flatten().take(limit).collect();
        }
        let scope = if plan.named.is_empty() { query.scope } else { &plan.named };
        let mut best = top(self, &plan, scope, limit);
        self.promote(catalog, query.text, &plan, scope, &mut best);
        best.iter().map(|scored| self.keys[scored.doc as usize]).collect()
    }

    /// The matrices whose service somebody may mean by `text` (an id, a name, an alias, initials,
    /// misspelt or half-typed), best first; empty when none is near.
    #[must_use]
    pub fn services(&self, catalog: &Catalog, text: &str, scope: &[u32]) -> Vec<u32> {
        let found = Self::services_like(catalog, text, scope);
        found.into_iter().map(|(_, matrix)| matrix).collect()
    }

    /// The matrices whose service `text` means: the best of [`Self::services`], all of them where
    /// several are as good; where none is near, those that it names as a question would (`k8s`).
    #[must_use]
    pub fn services_meant(&self, catalog: &Catalog, text: &str, scope: &[u32]) -> Vec<u32> {
        let found = Self::services_like(catalog, text, scope);
        let Some(&(best, _)) = found.first() else {
            return Planner::plan(self, text, scope, false).named;
        };
        found.into_iter().take_while(|(like, _)| *like >= best).map(|(_, matrix)| matrix).collect()
    }

    /// How well a text names services, best first; none of those that it does not name at all.
    fn services_like(catalog: &Catalog, text: &str, scope: &[u32]) -> Vec<(f32, u32)> {
        let words = Words::of(text);
        if words.len() > MAX_SERVICE_WORDS {
            return Vec::new();
        }
        let mut found: Vec<(f32, u32)> = scope
            .iter()
            .filter_map(|&matrix| {
                let service = &catalog.matrices().get(matrix as usize)?.service;
                let names = [&service.id, &service.name].into_iter().chain(&service.aliases);
                let best = names.map(|name| likeness(&words, name)).fold(0.0, f32::max);
                (best > 0.0).then_some((best, matrix))
            })
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found
    }

    /// Searches, and keeps all that explains the result.
    pub(super) fn find(&self, catalog: &Catalog, query: Query<'_>) -> Outcome {
        let plan = Planner::plan(self, query.text, query.scope, false);
        let scope = if plan.named.is_empty() { query.scope } else { &plan.named };
        let mut best = top(self, &plan, scope, MAX_HITS);
        let whole = self.promote(catalog, query.text, &plan, scope, &mut best);
        let mut ranker = Ranker::new(self, &plan);
        let mut evidence = best.first().map_or_else(Vec::new, |first| ranker.evidence(first.doc));
        let verdict = match best.first() {
            None => Verdict::NothingMatched,
            Some(_) if whole => Verdict::WholeName,
            Some(first) => {
                let verdict = confidence::judge(&plan, first, &evidence);
                match rival(&mut ranker, &plan, &best, &evidence) {
                    Some(rival) if is_in_passing(&best[0], &best[rival]) => {
                        prefer(&mut best, rival);
                        evidence = ranker.evidence(best[0].doc);
                        if verdict.is_sure() { Verdict::Divided } else { verdict }
                    }
                    Some(_) if verdict.is_sure() => Verdict::Divided,
                    _ => verdict,
                }
            }
        };
        Outcome { plan, best, evidence, verdict }
    }

    pub(super) fn findings(&self, catalog: &Catalog, outcome: &Outcome) -> Findings {
        let Outcome { plan, best, evidence, verdict } = outcome;
        let Some(first) = best.first() else {
            return Findings {
                confidence: Confidence::Nothing,
                guess: false,
                hits: Vec::new(),
                named: plan.named.clone(),
            };
        };
        let name = |scored: &Scored| &catalog.at(self.keys[scored.doc as usize]).activity.name;
        let second = best.iter().skip(1).find(|scored| name(scored) != name(first));
        // Beside what was typed in full, only what was too is as good.
        let margin = if *verdict == Verdict::WholeName { 1.0 } else { confidence::MARGIN };
        let rival = second.is_some_and(|second| second.score >= margin * first.score);
        let confidence = match (verdict.is_sure(), rival) {
            (false, _) => Confidence::Suggestions,
            (true, true) => Confidence::Choices,
            (true, false) => Confidence::Answer,
        };
        // Beside what is surely meant, what only points to it is noise.
        let least = if verdict.is_sure() { confidence::BESIDE * first.score } else { 0.0 };
        let worth = best.iter().take_while(|scored| scored.score >= least);
        let hits = worth.map(|scored| Hit {
            key: self.keys[scored.doc as usize],
            score: scored.score.clamp(0.0, 1.0),
        });
        Findings {
            confidence,
            guess: *verdict != Verdict::WholeName && confidence::is_guess(plan, evidence),
            hits: hits.collect(),
            named: plan.named.clone(),
        }
    }

    /// The activity whose id a text is.
    pub(super) fn by_id(&self, catalog: &Catalog, query: Query<'_>) -> Option<ActivityKey> {
        let text = query.text.trim();
        if text.len() > crate::domain::id::MAX_ACTIVITY_ID {
            return None;
        }
        let key = catalog.find(text).or_else(|| catalog.find(&text.to_ascii_lowercase()))?;
        query.scope.binary_search(&key.matrix).is_ok().then_some(key)
    }

    /// Puts first what was typed in full, or cut off with an ellipsis; says whether there is such.
    fn promote(
        &self,
        catalog: &Catalog,
        text: &str,
        plan: &Plan,
        scope: &[u32],
        best: &mut Vec<Scored>,
    ) -> bool {
        let limit = best.len().max(1);
        let mut whole = false;
        // `the keys` is nearly, but not quite, the name `keys`.
        best.iter_mut().for_each(|scored| scored.score = scored.score.min(NEARLY_WHOLE));
        for &text in &plan.whole {
            let doc = self.doc_of_text[text as usize];
            if scope.binary_search(&self.keys[doc as usize].matrix).is_err() {
                continue;
            }
            whole = true;
            best.retain(|scored| scored.doc != doc);
            best.push(Scored { doc, score: 1.0, matched: 1.0, covered: 1.0 });
        }
        let text = text.trim_end();
        if let Some(cut) = text.strip_suffix('…').or_else(|| text.strip_suffix("...")) {
            let typed = Words::of(cut);
            for scored in best.iter_mut() {
                let name = &catalog.at(self.keys[scored.doc as usize]).activity.name;
                if begins(&Words::of(name), &typed) {
                    whole = true;
                    *scored = Scored { score: 1.0, matched: 1.0, ..*scored };
                }
            }
        }
        let key = |scored: &Scored| self.keys[scored.doc as usize];
        best.sort_by(|a, b| b.score.total_cmp(&a.score).then(key(a).cmp(&key(b))));
        best.truncate(limit.max(MAX_HITS.min(best.len())));
        whole
    }
}

/// Another hit that has a telling word which the first lacks, and of whose name more is asked for:
/// `who patches the nodes` is not answered by a long row that only mentions nodes.
fn rival(
    ranker: &mut Ranker<'_>,
    plan: &Plan,
    best: &[Scored],
    evidence: &[Evidence],
) -> Option<usize> {
    let (first, others) = best.split_first()?;
    let missing = confidence::missing(plan, evidence);
    if missing.is_empty() {
        return None;
    }
    let mut rivals = (1..).zip(others).take(confidence::RIVALS);
    let rival = rivals.find(|(_, rival)| {
        rival.covered > first.covered
            && confidence::has_one_of(&ranker.evidence(rival.doc), &missing)
    });
    rival.map(|(at, _)| at)
}

/// Whether a long name only mentions what was asked for, and its rival is rather about that.
fn is_in_passing(first: &Scored, rival: &Scored) -> bool {
    first.covered < confidence::IN_PASSING && rival.covered > 2.0 * first.covered
}

/// Puts a rival first, and the others behind it with no better score.
fn prefer(best: &mut [Scored], rival: usize) {
    let most = best[rival].score;
    best[..=rival].rotate_right(1);
    best.iter_mut().for_each(|scored| scored.score = scored.score.min(most));
}

/// Whether a name begins with these words, the last of them perhaps cut off.
fn begins(name: &Words, typed: &Words) -> bool {
    let Some(last) = typed.len().checked_sub(1) else { return false };
    name.len() >= typed.len()
        && (0..last).all(|at| name.at(at) == typed.at(at))
        && name.at(last).starts_with(typed.at(last))
}
