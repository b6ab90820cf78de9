//! The best activities without looking at all of them.
//!
//! Activities are numbered by the weight of their names, lightest first, so that of two that match
//! the same words the earlier one scores no less. Lists of activities, one a stem, are walked side
//! by side from the rarest stem down; an activity is scored only if all that its lists could give
//! it beats what was found, and the walk ends when no later one can.

use super::index::{Doc, Index};
use super::plan::Plan;
use super::rank::{Ranker, Scored, shape};
use super::vocabulary::StemId;
use super::weights;

/// Up to this many activities are simply all scored.
const FEW: usize = 320;
/// Hits with less than this share of the best score are not worth showing, nor finding.
const WORTH: f32 = 0.3;
/// The most sections that a query names, and activities of each.
const MAX_SECTIONS: usize = 8;
const MAX_ROWS: usize = 64;
/// A word in more titles than this names no section.
const MAX_TITLES: usize = 20_000;
/// Activities scored of every list before the walk, to know early what has to be beaten.
const FIRST: usize = 8;

/// The best activities of a scope, best first; equally good ones in the catalog's order.
pub(super) fn top(index: &Index, plan: &Plan, scope: &[u32], limit: usize) -> Vec<Scored> {
    let mut search = Search {
        index,
        plan,
        ranker: Ranker::new(index, plan),
        best: Vec::with_capacity(limit + 1),
        limit,
        seen: Vec::new(),
    };
    let all = scope.len() >= index.in_matrix.len();
    let rows: usize = scope.iter().map(|&matrix| index.in_matrix.of(matrix).len()).sum();
    if rows <= FEW {
        for doc in scope.iter().flat_map(|&matrix| index.in_matrix.of(matrix)) {
            search.score(*doc);
        }
    } else {
        let scope = (!all).then_some(scope);
        search.begin(scope);
        search.walk(scope);
    }
    search.best
}

struct Search<'a> {
    index: &'a Index,
    plan: &'a Plan,
    ranker: Ranker<'a>,
    best: Vec<Scored>,
    limit: usize,
    /// Activities scored before the walk, sorted.
    seen: Vec<Doc>,
}

/// A list that is walked.
struct Cursor<'a> {
    docs: &'a [Doc],
    slot: usize,
    /// The most that it can add to the share matched.
    bound: f32,
}

impl Search<'_> {
    fn score(&mut self, doc: Doc) {
        let Some(scored) = self.ranker.score(doc) else { return };
        let key = |scored: &Scored| self.index.keys[scored.doc as usize];
        let at = self.best.partition_point(|known| {
            known.score > scored.score || known.score == scored.score && key(known) < key(&scored)
        });
        if at < self.limit {
            self.best.insert(at, scored);
            self.best.truncate(self.limit);
        }
    }

    /// What an activity has to beat.
    fn threshold(&self) -> f32 {
        let last = if self.best.len() < self.limit { None } else { self.best.last() };
        let worth = self.best.first().map_or(0.0, |best| WORTH * best.score);
        last.map_or(worth, |last| last.score.max(worth))
    }

    /// Scores the activities of sections that the query names, and the first few of every list.
    fn begin(&mut self, scope: Option<&[u32]>) {
        let index = self.index;
        let mut seen = Vec::new();
        for section in self.sections() {
            let rows = index.in_section.of(section).iter();
            seen.extend(rows.copied().filter(|&doc| index.is_in(doc, scope)).take(MAX_ROWS));
        }
        for text in &self.plan.whole {
            seen.push(index.doc_of_text[*text as usize]);
        }
        for cursor in cursors(index, self.plan).iter().take(2 * FIRST) {
            let docs = cursor.docs.iter().copied().take(64);
            seen.extend(docs.filter(|&doc| index.is_in(doc, scope)).take(FIRST));
        }
        seen.retain(|&doc| index.is_in(doc, scope));
        seen.sort_unstable();
        seen.dedup();
        seen.iter().for_each(|&doc| self.score(doc));
        self.seen = seen;
    }

    /// The sections whose titles have most of what was asked.
    fn sections(&self) -> Vec<u32> {
        let mut found: Vec<(u32, usize, f32)> = Vec::new();
        for lead in &self.plan.leads {
            let sections = self.index.section_postings.of(lead.stem);
            let slot = usize::from(lead.slot);
            if sections.len() <= MAX_TITLES {
                let gain = self.plan.asked[slot].weight * lead.factor;
                found.extend(sections.iter().map(|&section| (section, slot, gain)));
            }
        }
        found.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
        found.dedup_by_key(|&mut (section, slot, _)| (section, slot));
        let mut sums: Vec<(f32, u32)> = found
            .chunk_by(|a, b| a.0 == b.0)
            .map(|same| (same.iter().map(|(.., gain)| gain).sum(), same[0].0))
            .collect();
        sums.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        sums.into_iter().take(MAX_SECTIONS).map(|(_, section)| section).collect()
    }

    /// What each word asked could gain from a section's title.
    fn title_bounds(&self) -> Vec<f32> {
        let plan = self.plan;
        let mut bounds = vec![0.0_f32; plan.asked.len()];
        for lead in &plan.leads {
            let slot = usize::from(lead.slot);
            if !self.index.section_postings.of(lead.stem).is_empty() {
                let gain = weights::SECTION * lead.factor * plan.asked[slot].weight / plan.weight;
                bounds[slot] = gain.max(bounds[slot]);
            }
        }
        bounds
    }

    /// Walks the lists side by side.
    fn walk(&mut self, scope: Option<&[u32]>) {
        let (index, plan) = (self.index, self.plan);
        let titles = self.title_bounds();
        let (all_titles, heaviest) = (titles.iter().sum::<f32>(), index.heaviest(plan));
        let mut lists = cursors(index, plan);
        let mut gains = vec![0.0_f32; plan.asked.len()];
        let mut threshold = f32::NEG_INFINITY;
        let mut live = lists.len();
        let mut light = 1.0;
        let mut steps = 0_u32;
        loop {
            if threshold < self.threshold() || steps.is_multiple_of(64) {
                threshold = self.threshold();
                live = essential(&lists, &titles, all_titles, light, threshold);
            }
            steps += 1;
            let Some(doc) = lists[..live].iter().filter_map(|list| list.docs.first()).min() else {
                return;
            };
            let doc = *doc;
            if steps % 16 == 1 {
                light = shape((heaviest / index.lightest(doc)).min(1.0), 1.0);
            }
            gains.copy_from_slice(&titles);
            for list in &mut lists[..live] {
                if list.docs.first() == Some(&doc) {
                    list.docs = &list.docs[1..];
                    gains[list.slot] = gains[list.slot].max(list.bound);
                }
            }
            if !index.is_in(doc, scope) || self.seen.binary_search(&doc).is_ok() {
                continue;
            }
            if probe(&mut lists[live..], doc, &mut gains, light, threshold) {
                self.score(doc);
            }
        }
    }
}

/// The lists of all stems that words asked may stand for, those that can add most first.
fn cursors<'a>(index: &'a Index, plan: &Plan) -> Vec<Cursor<'a>> {
    let mut leads: Vec<(u8, StemId, f32)> =
        plan.leads.iter().map(|lead| (lead.slot, lead.stem, lead.factor)).collect();
    leads.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
    leads.dedup_by_key(|&mut (slot, stem, _)| (slot, stem));
    let mut cursors: Vec<Cursor<'a>> = leads
        .into_iter()
        .map(|(slot, stem, factor)| Cursor {
            docs: index.postings.of(stem),
            slot: usize::from(slot),
            bound: factor * plan.asked[usize::from(slot)].weight / plan.weight,
        })
        .filter(|cursor| !cursor.docs.is_empty() && cursor.bound > 0.0)
        .collect();
    cursors.sort_by(|a, b| b.bound.total_cmp(&a.bound).then(a.docs.len().cmp(&b.docs.len())));
    cursors
}

/// Adds what the lists not walked have for an activity, until it is clear that it cannot beat the
/// threshold.
fn probe(lists: &mut [Cursor<'_>], doc: Doc, gains: &mut [f32], light: f32, beat: f32) -> bool {
    let mut hope = gains.to_vec();
    for list in lists.iter() {
        hope[list.slot] = hope[list.slot].max(list.bound);
    }
    if hope.iter().sum::<f32>() * light <= beat {
        return false;
    }
    for list in lists {
        list.docs = seek(list.docs, doc);
        if list.docs.first() == Some(&doc) {
            gains[list.slot] = gains[list.slot].max(list.bound);
        }
    }
    gains.iter().sum::<f32>() * light > beat
}

/// How many of the lists, from the strongest, have to be walked: an activity in none of them
/// cannot beat the threshold.
fn essential(
    lists: &[Cursor<'_>],
    titles: &[f32],
    all_titles: f32,
    light: f32,
    threshold: f32,
) -> usize {
    let mut gains = titles.to_vec();
    let mut sum = all_titles;
    for (at, list) in lists.iter().enumerate().rev() {
        let gain = (list.bound - gains[list.slot]).max(0.0);
        gains[list.slot] += gain;
        sum += gain;
        if sum * light > threshold {
            return at + 1;
        }
    }
    0
}

/// The rest of a sorted list from the first activity not before `doc`, by doubling steps.
fn seek(docs: &[Doc], doc: Doc) -> &[Doc] {
    let mut step = 1;
    while step < docs.len() && docs[step] < doc {
        step *= 2;
    }
    let from = step / 2;
    let to = docs.len().min(step + 1);
    let skip = from + docs[from.min(to)..to].partition_point(|&known| known < doc);
    &docs[skip..]
}

impl Index {
    fn is_in(&self, doc: Doc, scope: Option<&[u32]>) -> bool {
        scope.is_none_or(|scope| scope.binary_search(&self.keys[doc as usize].matrix).is_ok())
    }

    /// The weight of the lightest name of an activity.
    fn lightest(&self, doc: Doc) -> f32 {
        let texts = self.texts.of(doc);
        texts.map(|text| self.text_weight[text as usize]).fold(f32::INFINITY, f32::min)
    }

    /// The most weight of a name that a query can cover.
    fn heaviest(&self, plan: &Plan) -> f32 {
        let heaviest = |slot| {
            let leads = plan.leads_of(slot);
            leads.map(|lead| self.stem_weight[lead.stem as usize]).fold(0.0, f32::max)
        };
        // Several forms of one word in a name are all covered by it.
        let words: f32 = (0..plan.asked.len()).map(heaviest).sum();
        let parts: f32 = plan.parts.iter().map(|&stem| self.stem_weight[stem as usize]).sum();
        2.0 * words + parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::fold::narrow;

    #[test]
    fn seeking_finds_the_first_not_before() {
        let docs: Vec<Doc> = (0..narrow(200)).map(|i| i * 3).collect();
        for doc in 0..620 {
            let expected: Vec<Doc> = docs.iter().copied().filter(|&known| known >= doc).collect();
            assert_eq!(seek(&docs, doc), expected.as_slice(), "{doc}");
        }
        assert_eq!(seek(&[], 3), &[] as &[Doc]);
    }
}
