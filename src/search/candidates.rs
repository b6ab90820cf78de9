//! The best activities without looking at all of them.
//!
//! Activities are numbered by the weight of their names, lightest first, so that of two that match
//! the same words the earlier one scores no less. Lists of activities, one a stem, are walked side
//! by side, a window of activities at a time; lists too weak to lift an activity over what was
//! found already are only looked into for those that stronger lists have. (The literature calls it
//! `MaxScore`.) An activity is scored only if all that its lists could give it beats what was found,
//! and the walk ends when no later one can.

use super::fold::narrow;
use super::index::{Doc, Index};
use super::plan::{Lead, Plan};
use super::rank::{Ranker, Scored, order, shape};
use super::vocabulary::StemId;
use super::weights;

/// Up to this many activities are simply all scored that have anything of what was asked.
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
/// Activities of a list that are looked up in another one for the same purpose.
const MAX_TOGETHER: usize = 1_024;
/// What may be scored is scored from this share of the threshold on: bounds are added up in another
/// order than scores, and of two that are as good the catalog's first one is wanted.
const SLACK: f32 = 1.0 - 1e-5;
/// Activities that are looked at together, at first and at most: what is known of them fits the
/// fastest memory.
const FIRST_WINDOW: usize = 256;
const WINDOW: usize = 1_024;

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

/// A list that is walked.
struct Cursor<'a> {
    docs: &'a [Doc],
    slot: usize,
    /// Lists of the other words of a phrase: what is not in all of them does not count.
    others: Vec<&'a [Doc]>,
    /// The most that it can add to the share matched.
    bound: f32,
    /// The same of the next weaker list for the same word asked.
    next: f32,
    /// The most weight of a name that its words cover.
    cover: f32,
}

impl Cursor<'_> {
    /// Moves to an activity, and says whether it counts; never back.
    fn has(&mut self, doc: Doc) -> bool {
        has(&mut self.docs, doc) && self.others.iter_mut().all(|others| has(others, doc))
    }
}

fn has(docs: &mut &[Doc], doc: Doc) -> bool {
    *docs = seek(docs, doc);
    docs.first() == Some(&doc)
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
            let rows = index.in_section.of(section).iter();
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
            let titled = titles.may_give(index, doc);
            let covers = |slots: u64| {
                if titled {
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

/// What activities could gain from their sections' titles.
struct Titles {
    /// For each word asked that many titles have: granted to every activity.
    common: Vec<f32>,
    all_common: f32,
    /// The sections whose titles have any of the other words, as bits, and what that is worth.
    marked: Vec<u64>,
    rare: f32,
}

impl Titles {
    fn of(index: &Index, plan: &Plan) -> Self {
        let mut bounds = vec![(0.0_f32, 0_usize); plan.asked.len()];
        for lead in &plan.leads {
            let slot = usize::from(lead.slot);
            let sections = index.section_postings.of(lead.stem).len();
            if sections > 0 {
                let gain = weights::SECTION * lead.factor * plan.asked[slot].weight / plan.weight;
                bounds[slot] = (gain.max(bounds[slot].0), sections + bounds[slot].1);
            }
        }
        let sections = index.titles.group_count();
        let is_rare = |slot: usize| bounds[slot].1 <= sections / 8;
        let mut marked = vec![0_u64; sections.div_ceil(64)];
        for lead in plan.leads.iter().filter(|lead| is_rare(usize::from(lead.slot))) {
            for &section in index.section_postings.of(lead.stem) {
                marked[section as usize / 64] |= 1 << (section % 64);
            }
        }
        let slots = 0..bounds.len();
        let rare = slots.clone().filter(|&slot| is_rare(slot)).map(|slot| bounds[slot].0).sum();
        let common: Vec<f32> =
            slots.map(|slot| if is_rare(slot) { 0.0 } else { bounds[slot].0 }).collect();
        Self { all_common: common.iter().sum(), common, marked, rare }
    }

    fn all(&self) -> f32 {
        self.all_common + self.rare
    }

    fn gain(&self, index: &Index, doc: Doc) -> f32 {
        if self.is_marked(index, doc) { self.all() } else { self.all_common }
    }

    /// Whether the titles of an activity may have anything of what was asked.
    fn may_give(&self, index: &Index, doc: Doc) -> bool {
        self.all_common > 0.0 || self.is_marked(index, doc)
    }

    fn is_marked(&self, index: &Index, doc: Doc) -> bool {
        let section = index.section[doc as usize];
        self.marked[section as usize / 64] & 1 << (section % 64) != 0
    }
}

/// Activities with neighbouring numbers, and what the lists walked give each.
struct Window {
    gain: Vec<f32>,
    /// The words asked that an activity has something for, as bits.
    slots: Vec<u64>,
    /// The most weight of their names that may be covered.
    cover: Vec<f32>,
    /// The activities in any list, as bits.
    touched: Vec<u64>,
    /// The first activity.
    from: Doc,
}

impl Window {
    fn new() -> Self {
        Self {
            gain: vec![0.0; WINDOW],
            slots: vec![0; WINDOW],
            cover: vec![0.0; WINDOW],
            touched: vec![0; WINDOW / 64],
            from: 0,
        }
    }

    /// Moves the lists, strongest first, over `size` activities from `from` on; `hope` is for the
    /// other lists.
    fn fill(&mut self, lists: &mut [Cursor<'_>], hope: &Hope, from: Doc, size: usize) {
        self.gain[..size].fill(0.0);
        self.slots[..size].fill(0);
        self.cover[..size].fill(0.0);
        self.touched.fill(0);
        self.from = from;
        let end = from.saturating_add(narrow(size));
        for list in lists {
            let inside = list.docs.len() - seek(list.docs, end).len();
            let (docs, rest) = list.docs.split_at(inside);
            list.docs = rest;
            let bit = 1 << list.slot;
            let cover = list.cover.max(hope.covers[list.slot]);
            for doc in docs {
                if !list.others.iter_mut().all(|others| has(others, *doc)) {
                    continue;
                }
                let at = (doc - from) as usize;
                self.cover[at] += cover;
                if self.slots[at] & bit == 0 {
                    self.slots[at] |= bit;
                    self.gain[at] += list.bound;
                    self.touched[at / 64] |= 1 << (at % 64);
                }
            }
        }
    }

    /// The places of the activities in any list, ascending.
    fn touched(&self) -> impl Iterator<Item = usize> {
        let blocks = self.touched.iter().enumerate();
        blocks.flat_map(|(block, &touched)| bits(touched).map(move |bit| 64 * block + bit))
    }
}

/// The places of the bits set, ascending.
fn bits(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = bits.trailing_zeros() as usize;
        bits &= bits.wrapping_sub(1);
        (bit < 64).then_some(bit)
    })
}

/// What lists that are not walked could add.
struct Hope {
    /// For each word asked.
    by_slot: Vec<f32>,
    all: f32,
    /// Those words asked, as bits.
    slots: u64,
    /// The most weight of a name that could be covered, for each word asked.
    covers: Vec<f32>,
}

impl Hope {
    fn of(lists: &[Cursor<'_>], asked: usize) -> Self {
        let (mut by_slot, mut covers, mut slots) = (vec![0.0_f32; asked], vec![0.0_f32; asked], 0);
        for list in lists {
            by_slot[list.slot] = by_slot[list.slot].max(list.bound);
            covers[list.slot] = covers[list.slot].max(list.cover);
            slots |= 1 << list.slot;
        }
        let all = by_slot.iter().sum();
        Self { by_slot, all, slots, covers }
    }

    /// The most weight of a name that these words asked could cover.
    fn cover(&self, slots: u64) -> f32 {
        bits(slots).map(|slot| self.covers[slot]).sum()
    }

    /// What they could add to an activity that has something for these words already.
    fn without(&self, slots: u64) -> f32 {
        let open = self.by_slot.iter().enumerate().filter(|(slot, _)| slots & 1 << slot == 0);
        open.map(|(_, hope)| hope).sum()
    }
}

/// The first activities in the strongest lists of both words asked that can add most: the best
/// ones are often among them, and show what has to be beaten.
fn together<'a>(lists: &'a mut [Cursor<'_>]) -> impl Iterator<Item = Doc> + 'a {
    let first = lists.first().map(|list| list.slot);
    let (one, other) = lists.split_at_mut(lists.len().min(1));
    let other = other.iter_mut().find(|list| Some(list.slot) != first);
    let both = one.first_mut().zip(other);
    both.into_iter().flat_map(|(a, b)| {
        let (a, b) = if a.docs.len() <= b.docs.len() { (a, b) } else { (b, a) };
        a.docs.iter().copied().take(MAX_TOGETHER).filter(|&doc| b.has(doc))
    })
}

/// The lists of all stems that words asked may stand for, those that can add most first.
fn cursors<'a>(index: &'a Index, plan: &Plan) -> Vec<Cursor<'a>> {
    let mut leads: Vec<&Lead> = plan.leads.iter().collect();
    leads.sort_unstable_by(|a, b| {
        let by = |lead: &Lead| (lead.slot, lead.stem, lead.phrase);
        by(a).cmp(&by(b)).then(b.factor.total_cmp(&a.factor))
    });
    leads.dedup_by_key(|lead| (lead.slot, lead.stem, lead.phrase));
    let mut cursors: Vec<Cursor<'a>> = leads
        .into_iter()
        .map(|lead| {
            let phrase = lead.phrase.and_then(|phrase| plan.phrases.get(usize::from(phrase)));
            let others = phrase.into_iter().flat_map(|phrase| plan.parts_of(phrase));
            let others = others.filter(|&stem| stem != lead.stem);
            let slot = usize::from(lead.slot);
            let weight = |stem: StemId| index.stem_weight[stem as usize];
            let cover = match phrase {
                // A phrase covers for the first of the words that it stands for.
                Some(phrase) if phrase.span.trailing_zeros() as usize != slot => 0.0,
                Some(phrase) => phrase.factor * plan.parts_of(phrase).map(weight).sum::<f32>(),
                None => lead.factor * weight(lead.stem),
            };
            Cursor {
                docs: index.postings.of(lead.stem),
                others: others.map(|stem| index.postings.of(stem)).collect(),
                slot,
                bound: lead.factor * plan.asked[slot].weight / plan.weight,
                next: 0.0,
                cover,
            }
        })
        .filter(|cursor| !cursor.docs.is_empty() && cursor.bound > 0.0)
        .collect();
    cursors.sort_by(|a, b| b.bound.total_cmp(&a.bound).then(a.docs.len().cmp(&b.docs.len())));
    cursors
}

/// How good the shape of an activity's names can be.
struct Cover {
    /// The most weight of a name that each word asked can cover: of one word, or one phrase.
    by_slot: Vec<f32>,
    all: f32,
    /// The same of those that have lists which are not looked into: titles give as much.
    granted: f32,
    /// Those words asked, as bits.
    granted_slots: u64,
    /// The most weight of a single word of a name that can be matched.
    word: f32,
    /// Whether one word was asked.
    single: bool,
}

impl Cover {
    fn of(index: &Index, plan: &Plan, titles: &Titles) -> Self {
        let weight = |stem: StemId| index.stem_weight[stem as usize];
        let mut by_slot = vec![0.0_f32; plan.asked.len()];
        let (mut word, mut granted_slots) = (0.0_f32, 0_u64);
        for lead in &plan.leads {
            let slot = usize::from(lead.slot);
            by_slot[slot] = by_slot[slot].max(lead.factor * weight(lead.stem));
            word = word.max(weight(lead.stem));
            if lead.factor * plan.asked[slot].weight / plan.weight <= titles.common[slot] {
                granted_slots |= 1 << slot;
            }
        }
        for phrase in &plan.phrases {
            let covers = &mut by_slot[phrase.span.trailing_zeros() as usize];
            *covers = covers.max(phrase.factor * plan.parts_of(phrase).map(weight).sum::<f32>());
        }
        let all = by_slot.iter().sum();
        let granted = bits(granted_slots).map(|slot| by_slot[slot]).sum();
        Self { all, granted, granted_slots, word, single: by_slot.len() == 1, by_slot }
    }

    /// The most weight of a name that these words asked can cover.
    fn of_slots(&self, slots: u64) -> f32 {
        bits(slots).map(|slot| self.by_slot[slot]).sum()
    }

    /// The best shape of any activity whose names weigh no less.
    fn best_shape(&self, index: &Index, lightest: f32) -> f32 {
        // A single word that is all of a name weighs no more than the word.
        let ordered = if self.single && lightest > self.word { 0.0 } else { 1.0 };
        shape(index, (self.all / lightest).min(1.0), ordered)
    }

    /// The best shape of an activity that has something for some words asked, which cover no more
    /// than that weight.
    fn shape(&self, index: &Index, doc: Doc, slots: u64, covered: f32) -> f32 {
        let slots = slots | self.granted_slots;
        let pairs = (slots.count_ones() as usize).saturating_sub(1);
        let ordered = order(pairs, usize::from(index.shortest[doc as usize]));
        let covered = covered + self.granted;
        shape(index, (covered / index.lightest[doc as usize]).min(1.0), ordered)
    }
}

/// Adds what the lists not walked have for an activity, strongest first, and the words asked that
/// it has something for; `None` as soon as it cannot beat what is needed.
fn probe(
    lists: &mut [Cursor<'_>],
    doc: Doc,
    mut gain: f32,
    mut slots: u64,
    mut hope: f32,
    needed: f32,
) -> Option<(f32, u64)> {
    for list in lists {
        if gain + hope <= needed {
            return None;
        }
        if slots & 1 << list.slot != 0 {
            continue;
        }
        if list.has(doc) {
            gain += list.bound;
            hope -= list.bound;
            slots |= 1 << list.slot;
        } else {
            hope -= list.bound - list.next;
        }
    }
    (gain > needed).then_some((gain, slots))
}

/// How many of the lists, from the strongest, have to be walked: an activity in none of them
/// has no more than is needed.
fn essential(lists: &[Cursor<'_>], asked: usize, all_titles: f32, needed: f32) -> usize {
    let mut gains = vec![0.0_f32; asked];
    let mut sum = all_titles;
    for (at, list) in lists.iter().enumerate().rev() {
        let gain = (list.bound - gains[list.slot]).max(0.0);
        gains[list.slot] += gain;
        sum += gain;
        if sum > needed {
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
}

#[cfg(test)]
mod tests {
    use super::*;

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
