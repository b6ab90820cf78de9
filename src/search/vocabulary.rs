//! Every word that the catalog or the thesaurus knows, each once, with its form and stem.

use std::hash::Hasher as _;

use super::fold::{Fnv, narrow};
use super::stem::{form_into, stem_into};

/// The id of a word; words are numbered in alphabetical order, so that a prefix is a range.
pub(super) type WordId = u32;
/// The id of a stem: what the words of a family have in common.
pub(super) type StemId = u32;
/// The id of a form: what the inflections of a word have in common.
pub(super) type FormId = u32;

/// Sorted strings in one piece of memory.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<u32>,
    /// By hash: one more than the number of a string, 0 where there is none. A power of two long.
    table: Vec<u32>,
}

impl Strings {
    /// Strings that are sorted already and hold no duplicates.
    pub(super) fn sorted<'a>(strings: impl Iterator<Item = &'a str>) -> Self {
        let mut sorted = Self::default();
        for string in strings {
            sorted.text.push_str(string);
            sorted.ends.push(narrow(sorted.text.len()));
        }
        sorted.build_table();
        sorted
    }

    fn build_table(&mut self) {
        let size = (2 * self.len() + 1).next_power_of_two();
        let mut table = vec![0; size];
        for index in 0..narrow(self.len()) {
            let mut at = hash(self.at(index)) & (size - 1);
            while table[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            table[at] = index + 1;
        }
        self.table = table;
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
        let mask = self.table.len().checked_sub(1)?;
        let mut at = hash(string) & mask;
        while let Some(index) = self.table[at].checked_sub(1) {
            if self.at(index) == string {
                return Some(index);
            }
            at = (at + 1) & mask;
        }
        None
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

fn hash(string: &str) -> usize {
    let mut hash = Fnv::default();
    hash.write(string.as_bytes());
    hash.finish() as usize
}

/// A partition of the words by what they have in common.
#[derive(Debug, Default)]
pub(super) struct Classes {
    names: Strings,
    of: Vec<u32>,
    /// The words of each class: `members[starts[class]..starts[class + 1]]`.
    starts: Vec<u32>,
    members: Vec<WordId>,
}

impl Classes {
    fn new(words: &Strings, name_into: NameInto) -> Self {
        let (mut name, mut names, mut ends) = (String::new(), String::new(), vec![0]);
        for id in 0..narrow(words.len()) {
            name_into(words.at(id), &mut name);
            names.push_str(&name);
            ends.push(names.len());
        }
        let name_of = |id: WordId| &names[ends[id as usize]..ends[id as usize + 1]];
        let mut members: Vec<WordId> = (0..narrow(words.len())).collect();
        members.sort_unstable_by_key(|&id| (name_of(id), id));
        let mut classes = Self { of: vec![0; words.len()], ..Self::default() };
        let mut distinct: Vec<&str> = Vec::new();
        for (&id, at) in members.iter().zip(0..) {
            if distinct.last() != Some(&name_of(id)) {
                distinct.push(name_of(id));
                classes.starts.push(at);
            }
            classes.of[id as usize] = narrow(distinct.len() - 1);
        }
        classes.members = members;
        classes.starts.push(narrow(classes.members.len()));
        classes.names = Strings::sorted(distinct.into_iter());
        classes
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The class of a word.
    pub(super) fn of(&self, word: WordId) -> u32 {
        self.of[word as usize]
    }

    /// The words of a class.
    pub(super) fn members(&self, class: u32) -> &[WordId] {
        let class = class as usize;
        &self.members[self.starts[class] as usize..self.starts[class + 1] as usize]
    }
}

/// Words, forms and stems.
#[derive(Debug)]
pub(super) struct Vocabulary {
    pub(super) words: Strings,
    pub(super) forms: Classes,
    pub(super) stems: Classes,
    form_into: NameInto,
    stem_into: NameInto,
}

/// Writes the name of a word's class.
type NameInto = fn(&str, &mut String);

fn itself_into(word: &str, name: &mut String) {
    name.clear();
    name.push_str(word);
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self::new(Strings::default(), true)
    }
}

impl Vocabulary {
    /// The vocabulary of words that are sorted and distinct; without stems, each stands alone.
    pub(super) fn new(words: Strings, stems: bool) -> Self {
        let (form_into, stem_into): (NameInto, NameInto) =
            if stems { (form_into, stem_into) } else { (itself_into, itself_into) };
        let forms = Classes::new(&words, form_into);
        let stems = Classes::new(&words, stem_into);
        Self { words, forms, stems, form_into, stem_into }
    }

    pub(super) fn stem_of(&self, word: WordId) -> StemId {
        self.stems.of(word)
    }

    /// The stem of any folded word, if the vocabulary has it.
    pub(super) fn find_stem(&self, word: &str, buffer: &mut String) -> Option<StemId> {
        (self.stem_into)(word, buffer);
        self.stems.names.find(buffer)
    }

    /// The form of any folded word, if the vocabulary has it.
    pub(super) fn find_form(&self, word: &str, buffer: &mut String) -> Option<FormId> {
        (self.form_into)(word, buffer);
        self.forms.names.find(buffer)
    }
}
