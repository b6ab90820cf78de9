//! Every word that the catalog or the thesaurus knows, each once, and its stem.

use super::fold::narrow;
use super::stem::stem_into;

/// The id of a word; words are numbered in alphabetical order, so that a prefix is a range.
pub(super) type WordId = u32;
/// The id of a stem, in alphabetical order too.
pub(super) type StemId = u32;

/// Sorted strings in one piece of memory.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    /// Strings that are sorted already and hold no duplicates.
    pub(super) fn sorted<'a>(strings: impl Iterator<Item = &'a str>) -> Self {
        let mut sorted = Self::default();
        for string in strings {
            sorted.text.push_str(string);
            sorted.ends.push(narrow(sorted.text.len()));
        }
        sorted
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn at(&self, index: u32) -> &str {
        let index = index as usize;
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.text[start..self.ends[index] as usize]
    }

    pub(super) fn find(&self, string: &str) -> Option<u32> {
        let found = self.first_not_below(string);
        ((found as usize) < self.len() && self.at(found) == string).then_some(found)
    }

    /// The strings that begin with `prefix`.
    pub(super) fn starting_with(&self, prefix: &str) -> std::ops::Range<u32> {
        let start = self.first_not_below(prefix);
        let end = self.partition(start, |s| s.starts_with(prefix));
        start..end
    }

    fn first_not_below(&self, string: &str) -> u32 {
        self.partition(0, |s| s < string)
    }

    fn partition(&self, from: u32, holds: impl Fn(&str) -> bool) -> u32 {
        let (mut low, mut high) = (from, narrow(self.len()));
        while low < high {
            let middle = low + (high - low) / 2;
            if holds(self.at(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

/// Words and stems.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    pub(super) words: Strings,
    stems: Strings,
    stem_of: Vec<StemId>,
    /// The words of each stem: `members[starts[stem]..starts[stem + 1]]`.
    starts: Vec<u32>,
    members: Vec<WordId>,
}

impl Vocabulary {
    /// The vocabulary of words that are sorted and distinct.
    pub(super) fn new(words: Strings) -> Self {
        let mut stem = String::new();
        let mut stems: Vec<(String, WordId)> = (0..narrow(words.len()))
            .map(|id| {
                stem_into(words.at(id), &mut stem);
                (stem.clone(), id)
            })
            .collect();
        stems.sort_unstable();
        let mut vocabulary = Self { stem_of: vec![0; words.len()], ..Self::default() };
        let mut distinct: Vec<&str> = Vec::new();
        for (stem, id) in &stems {
            if distinct.last() != Some(&stem.as_str()) {
                distinct.push(stem);
                vocabulary.starts.push(narrow(vocabulary.members.len()));
            }
            vocabulary.stem_of[*id as usize] = narrow(distinct.len() - 1);
            vocabulary.members.push(*id);
        }
        vocabulary.starts.push(narrow(vocabulary.members.len()));
        vocabulary.stems = Strings::sorted(distinct.into_iter());
        vocabulary.words = words;
        vocabulary
    }

    pub(super) fn stem_count(&self) -> usize {
        self.stems.len()
    }

    pub(super) fn stem_of(&self, word: WordId) -> StemId {
        self.stem_of[word as usize]
    }

    /// The words that share a stem.
    pub(super) fn members(&self, stem: StemId) -> &[WordId] {
        let stem = stem as usize;
        &self.members[self.starts[stem] as usize..self.starts[stem + 1] as usize]
    }

    /// The stem of any folded word, if the vocabulary has it.
    pub(super) fn find_stem(&self, word: &str, buffer: &mut String) -> Option<StemId> {
        stem_into(word, buffer);
        self.stems.find(buffer)
    }
}
