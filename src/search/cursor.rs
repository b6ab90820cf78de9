//! Lists of activities that are walked side by side, one for each stem that a word asked may stand
//! for.

use super::index::{Doc, Index};
use super::plan::{Lead, Plan};
use super::vocabulary::StemId;

/// Activities of a list that are looked up in another one, to know early what has to be beaten.
const MAX_TOGETHER: usize = 1_024;

/// A list that is walked.
pub(super) struct Cursor<'a> {
    pub(super) docs: &'a [Doc],
    pub(super) slot: usize,
    /// Lists of the other words of a phrase: what is not in all of them does not count.
    pub(super) others: Vec<&'a [Doc]>,
    /// The most that it can add to the share matched.
    pub(super) bound: f32,
    /// The same of the next weaker list for the same word asked.
    pub(super) next: f32,
    /// The most weight of a name that its words cover.
    pub(super) cover: f32,
}

impl<'a> Cursor<'a> {
    /// Moves past the activities before `end`, which are given.
    pub(super) fn take_before(&mut self, end: Doc) -> &'a [Doc] {
        let rest = seek(self.docs, end);
        let (before, rest) = self.docs.split_at(self.docs.len() - rest.len());
        self.docs = rest;
        before
    }

    /// Whether an activity of the list counts: one of a phrase does if it has the other words too.
    /// Never asked for an earlier one again.
    pub(super) fn counts(&mut self, doc: Doc) -> bool {
        self.others.iter_mut().all(|others| has(others, doc))
    }

    /// Moves to an activity, and says whether it counts; never back.
    pub(super) fn has(&mut self, doc: Doc) -> bool {
        has(&mut self.docs, doc) && self.counts(doc)
    }
}

fn has(docs: &mut &[Doc], doc: Doc) -> bool {
    *docs = seek(docs, doc);
    docs.first() == Some(&doc)
}

/// The first activities in the strongest lists of both words asked that can add most: the best
/// ones are often among them, and show what has to be beaten.
pub(super) fn together<'a>(lists: &'a mut [Cursor<'_>]) -> impl Iterator<Item = Doc> + 'a {
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
pub(super) fn cursors<'a>(index: &'a Index, plan: &Plan) -> Vec<Cursor<'a>> {
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

/// Adds what the lists not walked have for an activity, strongest first, and the words asked that
/// it has something for; `None` as soon as it cannot beat what is needed.
pub(super) fn probe(
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
pub(super) fn essential(lists: &[Cursor<'_>], asked: usize, all_titles: f32, needed: f32) -> usize {
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
