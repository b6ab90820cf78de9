//! The best activities without looking at all of them.
//!
//! Activities are numbered by the weight of their names, lightest first, so that of two that match
//! the same words the earlier one scores no less. Lists of activities, one a stem, are walked side
//! by side, a window of activities at a time; lists too weak to lift an activity over what was
//! found already are only looked into for those that stronger lists have. (The literature calls it
//! `MaxScore`.) An activity is scored only if all that its lists could give it beats what was found,
//! and the walk ends when no later one can.

use super::bounds::{Cover, Hope, Titles};
use super::cursor::{Cursor, cursors, essential, probe, together};
use super::fold::narrow;
use super::index::{Doc, Index};
use super::plan::Plan;
use super::rank::{Ranker, Scored};
use super::window::{WINDOW, Window};

/// Up to this many activities are simply all scored that have anything of what was asked.
const FEW: usize = 320;
/// Hits with less than this share of the best score are not worth showing, nor finding.
const WORTH: f32 = 0.3;
/// The most sections that a query names, and activities of each.
const MAX_SECTIONS: usize = 8;
const MAX_ROWS: usize = 64;
/// Of so many activities of a section those in scope are looked for.
const MAX_SCANNED: usize = 8_192;
/// A word in more titles than this names no section.
const MAX_TITLES: usize = 20_000;
/// Activities scored of every list before the walk, to know early what has to be beaten.
const FIRST: usize = 8;
/// What may be scored is scored from this share of the threshold on: bounds are added up in another
/// order than scores, and of two that are as good the catalog's first one is wanted.
const SLACK: f32 = 1.0 - 1e-5;
/// Activities that are looked at together at first.
const FIRST_WINDOW: usize = 256;

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
    let rows: usize = scope.iter().map(|&matrix| index.in_matrix.of(matrix).len()).sum();
    // A scope of everything is no scope.
    let scope = (scope.len() < index.in_matrix.len()).then_some(scope);
    match scope {
        None if rows <= FEW => search.all_led(),
        Some(scope) if rows <= FEW => {
            let docs = scope.iter().flat_map(|&matrix| index.in_matrix.of(matrix));
            docs.for_each(|&doc| search.score(doc));
        }
        _ => {
            search.begin(scope);
            search.walk(scope);
        }
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

    /// Scores every activity that has anything of what was asked.
    fn all_led(&mut self) {
        let index = self.index;
        let mut led = vec![false; index.keys.len()];
        for lead in &self.plan.leads {
            let sections = index.section_postings.of(lead.stem).iter();
            let titled = sections.flat_map(|&section| index.in_section.of(section));
            let docs = index.postings.of(lead.stem).iter().chain(titled);
            docs.for_each(|&doc| led[doc as usize] = true);
        }
        (0..).zip(led).filter(|&(_, led)| led).for_each(|(doc, _)| self.score(doc));
    }

    /// Scores the activities of sections that the query names, and the first few of every list.
    fn begin(&mut self, scope: Option<&[u32]>) {
        let index = self.index;
        let mut seen = Vec::new();
        for section in self.sections() {
            let rows = index.in_section.of(section).iter().take(MAX_SCANNED);
            seen.extend(rows.copied().filter(|&doc| index.is_in(doc, scope)).take(MAX_ROWS));
        }
        for text in &self.plan.whole {
            seen.push(index.doc_of_text[*text as usize]);
        }
        let mut lists = cursors(index, self.plan);
        for list in lists.iter().take(2 * FIRST) {
            let docs = list.docs.iter().copied().take(64);
            seen.extend(docs.filter(|&doc| index.is_in(doc, scope)).take(FIRST));
        }
        seen.extend(together(&mut lists).filter(|&doc| index.is_in(doc, scope)).take(4 * FIRST));
        seen.retain(|&doc| index.is_in(doc, scope));
        seen.sort_unstable();
        seen.dedup();
        seen.iter().for_each(|&doc| self.score(doc));
        self.seen = seen;
    }

    /// The sections whose titles have most of what was asked.
    fn sections(&self) -> Vec<u32> {
        let all = self.index.titles.group_count();
        let (mut sums, mut best) = (vec![0.0_f32; all], vec![0.0_f32; all]);
        let mut known = vec![0_u64; all.div_ceil(64)];
        let (mut having, mut touched) = (Vec::new(), Vec::new());
        for (slot, asked) in self.plan.asked.iter().enumerate() {
            for lead in self.plan.leads_of(slot) {
                let sections = self.index.section_postings.of(lead.stem);
                let gain = asked.weight * lead.factor;
                if sections.len() > MAX_TITLES {
                    continue;
                }
                for &section in sections {
                    let best = &mut best[section as usize];
                    if *best == 0.0 {
                        having.push(section);
                    }
                    *best = best.max(gain);
                }
            }
            for section in having.drain(..) {
                let (block, bit) = (&mut known[section as usize / 64], 1 << (section % 64));
                if *block & bit == 0 {
                    *block |= bit;
                    touched.push(section);
                }
                sums[section as usize] += std::mem::take(&mut best[section as usize]);
            }
        }
        let sum = |section: u32| sums[section as usize];
        let better = |a: u32, b: u32| sum(a) > sum(b) || sum(a) == sum(b) && a < b;
        let mut found: Vec<u32> = Vec::with_capacity(MAX_SECTIONS + 1);
        for section in touched {
            let at = found.iter().rposition(|&known| better(known, section)).map_or(0, |at| at + 1);
            if at < MAX_SECTIONS {
                found.insert(at, section);
                found.truncate(MAX_SECTIONS);
            }
        }
        found
    }

    /// Walks the lists side by side, a window of activities at a time.
    fn walk(&mut self, scope: Option<&[u32]>) {
        let (index, plan) = (self.index, self.plan);
        let titles = Titles::of(index, plan);
        let cover = Cover::of(index, plan, &titles);
        let mut lists = cursors(index, plan);
        for list in &mut lists {
            list.bound -= titles.common[list.slot];
        }
        lists.retain(|list| list.bound > 0.0);
        lists.sort_by(|a, b| b.bound.total_cmp(&a.bound).then(a.docs.len().cmp(&b.docs.len())));
        let mut below = vec![0.0_f32; plan.asked.len()];
        for list in lists.iter_mut().rev() {
            list.next = below[list.slot];
            below[list.slot] = list.bound;
        }
        let mut window = Window::new();
        let mut size = FIRST_WINDOW;
        let mut from = 0;
        loop {
            let needed = self.threshold() / cover.best_shape(index, index.lightest[from as usize]);
            let live = essential(&lists, plan.asked.len(), titles.all(), needed);
            let (walked, rest) = lists.split_at_mut(live);
            let Some(next) = walked.iter().filter_map(|list| list.docs.first()).min() else {
                return;
            };
            from = *next;
            let hope = Hope::of(rest, plan.asked.len());
            window.fill(walked, &hope, from, size);
            self.score_window(&window, rest, (&titles, &cover, &hope), needed, scope);
            from = from.saturating_add(narrow(size));
            size = (2 * size).min(WINDOW);
            if from as usize >= index.keys.len() {
                return;
            }
        }
    }

    /// Scores the activities of a window whose lists, walked or in `rest`, could give them enough.
    fn score_window(
        &mut self,
        window: &Window,
        rest: &mut [Cursor<'_>],
        (titles, cover, hope): (&Titles, &Cover, &Hope),
        needed: f32,
        scope: Option<&[u32]>,
    ) {
        let index = self.index;
        let mut threshold = SLACK * self.threshold();
        for at in window.touched() {
            let doc = window.from + narrow(at);
            let (gain, walked) = (window.gain[at] + titles.gain(index, doc), window.slots[at]);
            if gain + hope.all <= needed {
                continue;
            }
            let open = hope.without(walked);
            // A title typed in full gives more than is reckoned with: leave room for that.
            let generous = titles.may_give(index, doc);
            let covers = |slots: u64| {
                if generous {
                    cover.of_slots(walked | slots)
                } else {
                    window.cover[at] + hope.cover(slots & !walked)
                }
            };
            let shape = cover.shape(index, doc, walked | hope.slots, covers(hope.slots));
            if (gain + open) * shape <= threshold || !index.is_in(doc, scope) {
                continue;
            }
            let Some((gain, slots)) = probe(rest, doc, gain, walked, open, threshold / shape)
            else {
                continue;
            };
            if gain * cover.shape(index, doc, slots, covers(slots)) > threshold
                && self.seen.binary_search(&doc).is_err()
            {
                self.score(doc);
                threshold = SLACK * self.threshold();
            }
        }
    }
}

impl Index {
    fn is_in(&self, doc: Doc, scope: Option<&[u32]>) -> bool {
        scope.is_none_or(|scope| scope.binary_search(&self.keys[doc as usize].matrix).is_ok())
    }
}
