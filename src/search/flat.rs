//! Lists and texts laid out flat: 32-bit ids one after the other, and where each list begins.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::fold::{Fnv, narrow};
use super::vocabulary::{Vocabulary, WordId};

/// Lists of ids, one after the other.
#[derive(Debug, Default)]
pub(super) struct Lists {
    starts: Vec<u32>,
    pub(super) ids: Vec<u32>,
}

impl Lists {
    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    pub(super) fn of(&self, list: u32) -> &[u32] {
        let list = list as usize;
        match (self.starts.get(list), self.starts.get(list + 1)) {
            (Some(&start), Some(&end)) => &self.ids[start as usize..end as usize],
            _ => &[],
        }
    }

    /// The stems of the first `most` texts of every group, each once.
    pub(super) fn stems(nested: &Nested, vocabulary: &Vocabulary, most: usize) -> Self {
        let mut lists = Self { starts: vec![0], ids: Vec::with_capacity(nested.words.len()) };
        let mut stems = Vec::new();
        for group in 0..narrow(nested.group_count()) {
            let words = nested.of(group).take(most).flat_map(|text| nested.text(text));
            stems.clear();
            stems.extend(words.map(|&word| vocabulary.stem_of(word)));
            stems.sort_unstable();
            stems.dedup();
            lists.ids.extend_from_slice(&stems);
            lists.starts.push(narrow(lists.ids.len()));
        }
        lists
    }

    /// Lists from pairs of list and id that `each` gives twice in the same order.
    pub(super) fn counted(lists: usize, mut each: impl FnMut(&mut dyn FnMut(u32, u32))) -> Self {
        let mut starts = vec![0_u32; lists + 1];
        each(&mut |list, _| starts[list as usize + 1] += 1);
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut next = starts.clone();
        let mut ids = vec![0; starts[lists] as usize];
        each(&mut |list, id| {
            let at = &mut next[list as usize];
            ids[*at as usize] = id;
            *at += 1;
        });
        Self { starts, ids }
    }
}

/// Groups of texts, each a sequence of words.
#[derive(Debug, Default)]
pub(super) struct Nested {
    /// The first text of each group.
    groups: Vec<u32>,
    /// The first word of each text.
    starts: Vec<u32>,
    pub(super) words: Vec<WordId>,
}

impl Nested {
    pub(super) fn open() -> Self {
        Self { groups: vec![0], starts: vec![0], words: Vec::new() }
    }

    pub(super) fn end_text(&mut self) {
        self.starts.push(narrow(self.words.len()));
    }

    pub(super) fn end_group(&mut self) {
        self.groups.push(narrow(self.starts.len() - 1));
    }

    /// The texts of a group.
    pub(super) fn of(&self, group: u32) -> std::ops::Range<u32> {
        self.groups[group as usize]..self.groups[group as usize + 1]
    }

    /// The words of a text.
    pub(super) fn text(&self, text: u32) -> &[WordId] {
        &self.words[self.starts[text as usize] as usize..self.starts[text as usize + 1] as usize]
    }

    pub(super) fn text_count(&self) -> usize {
        self.starts.len() - 1
    }

    pub(super) fn group_count(&self) -> usize {
        self.groups.len() - 1
    }

    /// The same groups in another order.
    pub(super) fn reordered(&self, order: &[u32]) -> Self {
        let mut new = Self::open();
        new.groups.reserve_exact(self.groups.len());
        new.starts.reserve_exact(self.starts.len());
        new.words.reserve_exact(self.words.len());
        for &group in order {
            for text in self.of(group) {
                new.words.extend_from_slice(self.text(text));
                new.end_text();
            }
            new.end_group();
        }
        new
    }

    /// The same groups, equal ones once, and which of these each group is.
    pub(super) fn distinct(&self) -> (Self, Vec<u32>) {
        let mut known: HashMap<Vec<&[WordId]>, u32, BuildHasherDefault<Fnv>> = HashMap::default();
        let mut new = Self::open();
        let mut which = Vec::with_capacity(self.group_count());
        for group in 0..narrow(self.group_count()) {
            let texts: Vec<&[WordId]> = self.of(group).map(|text| self.text(text)).collect();
            let number = *known.entry(texts).or_insert_with_key(|texts| {
                for text in texts {
                    new.words.extend_from_slice(text);
                    new.end_text();
                }
                new.end_group();
                narrow(new.group_count() - 1)
            });
            which.push(number);
        }
        (new, which)
    }

    pub(super) fn renumber(&mut self, new: &[WordId]) {
        for word in &mut self.words {
            *word = new[*word as usize];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_groups_are_one() {
        let mut nested = Nested::open();
        let groups: [&[&[WordId]]; 5] =
            [&[], &[&[1, 2], &[3]], &[&[1, 2, 3]], &[], &[&[1, 2], &[3]]];
        for group in groups {
            for text in group {
                nested.words.extend_from_slice(text);
                nested.end_text();
            }
            nested.end_group();
        }
        let (distinct, which) = nested.distinct();
        assert_eq!(which, [0, 1, 2, 0, 1]);
        assert_eq!(distinct.group_count(), 3);
        for (&which, group) in which.iter().zip(groups) {
            let texts = distinct.of(which).map(|text| distinct.text(text));
            assert_eq!(texts.collect::<Vec<_>>(), group);
        }
    }
}
