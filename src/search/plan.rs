//! What a query's words mean to a catalog: which words of the vocabulary each of them may stand
//! for, by which rule, and how much it weighs.

use super::fold::Words;
use super::stopwords::Kind;
use super::vocabulary::{StemId, WordId};

/// The most words of a query that are matched; what follows in a long message adds little.
pub(super) const MAX_ASKED: usize = 40;
/// The most phrases that a query is expanded to.
pub(super) const MAX_PHRASES: usize = 96;
/// The most words in those phrases; fits the bits of [`PhraseTarget::parts`].
pub(super) const MAX_PARTS: usize = 120;

/// How a word of the query stands for a word of the catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The same word.
    Exact,
    /// An inflection or another spelling of it.
    Inflection,
    /// A word of the same family: the noun of a verb, the doer of a deed.
    Family,
    /// Two words written as one, or one as two.
    Joined,
    /// The beginning of the word.
    Prefix,
    /// A misspelling of it.
    Typo,
    /// Initials or consonants of it.
    Abbreviation,
    /// Another word for the same thing, by the thesaurus.
    Synonym,
    /// A word that points to it, by the thesaurus.
    Hint,
}

impl Rule {
    /// Whether an answer that rests on this rule is a guess.
    #[must_use]
    pub fn is_guess(self) -> bool {
        matches!(self, Self::Typo | Self::Abbreviation | Self::Synonym | Self::Hint)
    }
}

/// What a word of the query is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Holds the sentence together, asks who, or repeats a word: weighs nothing.
    Filler,
    /// Names a party.
    Party,
    /// Names a service.
    Service,
    /// Stands for words of the catalog.
    Known,
    /// The catalog has nothing for it.
    Unknown,
}

/// A word of the query that counts.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// Its index among the words of the text.
    pub(super) at: usize,
    pub(super) role: Role,
    pub(super) kind: Kind,
    pub(super) weight: f32,
}

/// A word of the catalog that a word of the query may stand for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target {
    pub(super) word: WordId,
    /// The index in [`Plan::asked`], or that length plus the index of a part of a phrase.
    pub(super) slot: u8,
    pub(super) factor: f32,
    pub(super) rule: Rule,
}

/// Words of the catalog that must stand together for words of the query.
#[derive(Clone, Copy, Debug)]
pub(super) struct PhraseTarget {
    /// The words of the query, as bits.
    pub(super) span: u64,
    /// The parts, as bits.
    pub(super) parts: u128,
    pub(super) factor: f32,
    pub(super) rule: Rule,
}

/// A stem that a word of the query may stand for, for finding the activities that have it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lead {
    pub(super) slot: u8,
    pub(super) stem: StemId,
    pub(super) factor: f32,
    pub(super) rule: Rule,
    /// The phrase that it is the rarest word of, by its number: alone it stands for nothing.
    pub(super) phrase: Option<u8>,
}

/// A query understood.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) words: Words,
    /// What each word of the text is taken for.
    pub(super) roles: Vec<Role>,
    pub(super) asked: Vec<Asked>,
    pub(super) leads: Vec<Lead>,
    pub(super) parts: Vec<StemId>,
    pub(super) phrases: Vec<PhraseTarget>,
    /// The texts of the index that are the query, word by word.
    pub(super) whole: Vec<u32>,
    /// The matrices whose service the text names.
    pub(super) named: Vec<u32>,
    /// The weight of all that was asked.
    pub(super) weight: f32,
    /// By word and slot, once the table is built.
    pub(super) targets: Vec<Target>,
    /// Where each word's targets begin, hashed; a power of two long.
    table: Vec<(WordId, u32)>,
    /// The words that have targets, as bits.
    marked: Vec<u64>,
}

impl Plan {
    /// Nothing understood yet, with room for what most queries need.
    pub(super) fn new() -> Self {
        Self { leads: Vec::with_capacity(64), targets: Vec::with_capacity(128), ..Self::default() }
    }

    /// Whether any of these words may answer anything.
    pub(super) fn has_any(&self, words: &[WordId]) -> bool {
        words.iter().any(|&word| self.has(word))
    }

    fn has(&self, word: WordId) -> bool {
        self.marked.get(word as usize / 64).is_some_and(|bits| bits & 1 << (word % 64) != 0)
    }

    /// What a word of the catalog may answer.
    pub(super) fn targets_of(&self, word: WordId) -> &[Target] {
        if !self.has(word) {
            return &[];
        }
        let mask = self.table.len().wrapping_sub(1);
        let mut at = spread(word) & mask;
        while let Some(&(known, start)) = self.table.get(at) {
            if known == word {
                let rest = &self.targets[start as usize..];
                let same = rest.iter().take_while(|target| target.word == word).count();
                return &rest[..same];
            }
            if known == WordId::MAX {
                break;
            }
            at = (at + 1) & mask;
        }
        &[]
    }

    /// The stems that a phrase is made of.
    pub(super) fn parts_of(&self, phrase: &PhraseTarget) -> impl Iterator<Item = StemId> {
        let bits = phrase.parts;
        let all = self.parts.iter().enumerate();
        all.filter(move |(part, _)| bits & 1 << part != 0).map(|(_, &stem)| stem)
    }

    /// The leads of a word asked.
    pub(super) fn leads_of(&self, slot: usize) -> impl Iterator<Item = &Lead> + Clone {
        self.leads.iter().filter(move |lead| usize::from(lead.slot) == slot)
    }

    /// Sorts the targets and makes them found by word.
    pub(super) fn build_table(&mut self) {
        self.targets.sort_unstable_by(|a, b| {
            (a.word, a.slot).cmp(&(b.word, b.slot)).then(b.factor.total_cmp(&a.factor))
        });
        self.targets.dedup_by_key(|target| (target.word, target.slot));
        let size = (self.targets.len() * 2 + 2).next_power_of_two();
        self.table.clear();
        self.table.resize(size, (WordId::MAX, 0));
        let words = self.targets.last().map_or(0, |target| target.word as usize + 1);
        self.marked.resize(words.div_ceil(64), 0);
        let mut last = WordId::MAX;
        for (target, start) in self.targets.iter().zip(0..) {
            if target.word == last {
                continue;
            }
            last = target.word;
            self.marked[last as usize / 64] |= 1 << (last % 64);
            let mut at = spread(last) & (size - 1);
            while self.table[at].0 != WordId::MAX {
                at = (at + 1) & (size - 1);
            }
            self.table[at] = (last, start);
        }
    }
}

/// Fibonacci hashing: neighbouring ids end far apart.
fn spread(word: WordId) -> usize {
    (word.wrapping_mul(0x9e37_79b1) >> 7) as usize
}
