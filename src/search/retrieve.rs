//! From a query to findings: plan, score, decide.

use crate::domain::{ActivityKey, Catalog};

use super::confidence;
use super::fold::Words;
use super::index::{Doc, Index};
use super::plan::{Plan, Planner};
use super::rank::{Ranker, Scored};
use super::services::likeness;
use super::{Confidence, Findings, Hit, MAX_HITS, Query};

impl Index {
    /// The activities that a query means.
    #[must_use]
    pub fn search(&self, catalog: &Catalog, query: Query<'_>) -> Findings {
        if let Some(found) = self.by_id(catalog, query) {
            return found;
        }
        let plan = Planner::new(self, query.text, false).plan(query.scope);
        let scope = if plan.named.is_empty() { query.scope } else { &plan.named };
        if let Some(found) = self.by_whole_text(&plan, scope) {
            return found;
        }
        let mut ranker = Ranker::new(self, &plan);
        let best = self.top(&mut ranker, scope, MAX_HITS);
        let Some(first) = best.first() else { return Findings::nothing(plan.named) };
        let evidence = ranker.evidence(first.doc);
        let sure = confidence::is_sure(&plan, first, &evidence);
        let second = best.iter().skip(1).find(|hit| !self.namesakes(catalog, first.doc, hit.doc));
        let confidence = if !sure {
            Confidence::Suggestions
        } else if second.is_some_and(|hit| hit.score >= confidence::MARGIN * first.score) {
            Confidence::Choices
        } else {
            Confidence::Answer
        };
        let guess =
            plan.asked.iter().zip(&evidence).any(|(asked, (factor, rule))| {
                *factor > 0.0 && asked.weight > 0.0 && rule.is_guess()
            });
        let hits = best.iter().map(|hit| self.hit(hit)).collect();
        Findings { confidence, guess, hits, named: plan.named }
    }

    /// The activities that half-typed text may become, best first, at most `limit`; of empty text
    /// the first ones in the document's order.
    #[must_use]
    pub fn complete(&self, catalog: &Catalog, query: Query<'_>, limit: usize) -> Vec<ActivityKey> {
        let plan = Planner::new(self, query.text, true).plan(query.scope);
        if plan.words.is_empty() {
            let matrices = query.scope.iter().filter_map(|&matrix| {
                let rows = catalog.matrices().get(matrix as usize)?.activities.len();
                Some(
                    (0..super::fold::narrow(rows))
                        .map(move |activity| ActivityKey { matrix, activity }),
                )
            });
            return matrices.flatten().take(limit).collect();
        }
        let scope = if plan.named.is_empty() { query.scope } else { &plan.named };
        let mut ranker = Ranker::new(self, &plan);
        let best = self.top(&mut ranker, scope, limit);
        best.iter().map(|hit| self.keys[hit.doc as usize]).collect()
    }

    /// The matrices whose service somebody may mean by `text` (an id, a name, an alias, initials,
    /// misspelt or half-typed), best first; empty when none is near.
    #[must_use]
    pub fn services(&self, catalog: &Catalog, text: &str, scope: &[u32]) -> Vec<u32> {
        let words = Words::of(text);
        let mut found: Vec<(f32, u32)> = scope
            .iter()
            .filter_map(|&matrix| {
                let service = &catalog.matrices().get(matrix as usize)?.service;
                let names = [&service.id, &service.name].into_iter().chain(&service.aliases);
                let best = names.map(|name| likeness(&words, text, name)).fold(0.0, f32::max);
                (best > 0.0).then_some((best, matrix))
            })
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found.into_iter().map(|(_, matrix)| matrix).collect()
    }

    fn by_id(&self, catalog: &Catalog, query: Query<'_>) -> Option<Findings> {
        let text = query.text.trim();
        let key = catalog.find(text).or_else(|| catalog.find(&text.to_ascii_lowercase()))?;
        query.scope.binary_search(&key.matrix).ok()?;
        let hits = vec![Hit { key, score: 1.0 }];
        Some(Findings { confidence: Confidence::Answer, guess: false, hits, named: Vec::new() })
    }

    fn by_whole_text(&self, _plan: &Plan, _scope: &[u32]) -> Option<Findings> {
        None
    }

    fn top(&self, ranker: &mut Ranker<'_>, scope: &[u32], limit: usize) -> Vec<Scored> {
        let mut best: Vec<Scored> = Vec::new();
        for doc in 0..super::fold::narrow(self.keys.len()) {
            if scope.binary_search(&self.keys[doc as usize].matrix).is_err() {
                continue;
            }
            if let Some(scored) = ranker.score(doc) {
                best.push(scored);
            }
        }
        best.sort_by(|a, b| b.score.total_cmp(&a.score).then(self.key(a).cmp(&self.key(b))));
        best.truncate(limit);
        best
    }

    fn key(&self, scored: &Scored) -> ActivityKey {
        self.keys[scored.doc as usize]
    }

    fn hit(&self, scored: &Scored) -> Hit {
        Hit { key: self.key(scored), score: scored.score.clamp(0.0, 1.0) }
    }

    fn namesakes(&self, catalog: &Catalog, a: Doc, b: Doc) -> bool {
        let name = |doc: Doc| &catalog.at(self.keys[doc as usize]).activity.name;
        name(a) == name(b)
    }
}

impl Findings {
    fn nothing(named: Vec<u32>) -> Self {
        Self { confidence: Confidence::Nothing, guess: false, hits: Vec::new(), named }
    }
}
