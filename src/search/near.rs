//! Words of the vocabulary near a misspelt word, without comparing it with all of them.
//!
//! Two words within two edits of each other share a form that is left when up to two letters are
//! deleted from each (the deletion neighbourhood). Only the first letters are kept for that, which
//! bounds the memory; what is found is then scored with `strsim`.

use super::flat::Lists;
use super::fold::narrow;
use super::vocabulary::{Strings, WordId};

/// Letters from the start of a word that the neighbourhood is made of.
const HEAD: usize = 7;
/// Words shorter than this are never corrected: too many are one edit apart.
const MIN_LENGTH: usize = 4;
/// A word of so many letters may lack one: `dta`.
const SHORT: usize = 3;
/// Words longer than this (in characters) are not words.
const MAX_LENGTH: usize = 32;

/// The bits of a word's number that an entry keeps; words beyond are not corrected.
const WORD_BITS: u32 = 24;

/// The deletion neighbourhoods of a vocabulary.
#[derive(Debug, Default)]
pub(super) struct Near {
    /// Entries by the first bits of a form's hash: the word, and above it the last bits of the
    /// hash, by which most of the others in the bucket are passed over.
    buckets: Lists,
}

/// A word near another, and how far away.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Neighbour {
    pub(super) word: WordId,
    pub(super) edits: u8,
}

impl Near {
    pub(super) fn new(words: &Strings) -> Self {
        let correctable = (0..narrow(words.len()).min(1 << WORD_BITS))
            .filter(|&word| correctable(words.at(word)));
        let (mut hashes, mut counts, mut forms) = (Vec::new(), Vec::new(), Vec::new());
        for word in correctable {
            let text = words.at(word);
            deletions(text, allowance(text.chars().count()), &mut forms);
            hashes.extend_from_slice(&forms);
            counts.push((word, forms.len()));
        }
        let buckets = (hashes.len() / 2).next_power_of_two();
        let buckets = Lists::counted(buckets, |put| {
            let mut hashes = hashes.iter();
            for &(word, count) in &counts {
                for &hash in hashes.by_ref().take(count) {
                    put(bucket(hash, buckets), hash << WORD_BITS | word);
                }
            }
        });
        Self { buckets }
    }

    /// The words that share a form with this hash, and perhaps few others.
    fn sharing(&self, hash: u32) -> impl Iterator<Item = WordId> {
        let entries = match self.buckets.len() {
            0 => &[],
            buckets => self.buckets.of(bucket(hash, buckets)),
        };
        let same = entries
            .iter()
            .filter(move |&entry| entry >> WORD_BITS == hash << WORD_BITS >> WORD_BITS);
        same.map(|entry| entry & ((1 << WORD_BITS) - 1))
    }

    /// The words within the edits that people expect to be forgiven, nearest first.
    pub(super) fn find(&self, words: &Strings, typed: &str) -> Vec<Neighbour> {
        let mut found = Vec::new();
        let length = typed.chars().count();
        let short = length == SHORT && typed.is_ascii();
        if !short && !correctable(typed) {
            return found;
        }
        let allowed = if short { 1 } else { allowance(length) };
        let mut forms = Vec::new();
        // Of three letters none may be wrong, but one may be missing.
        deletions(typed, if short { 0 } else { allowed }, &mut forms);
        let mut candidates: Vec<WordId> = Vec::new();
        forms.iter().for_each(|&form| candidates.extend(self.sharing(form)));
        candidates.sort_unstable();
        candidates.dedup();
        let typed_letters = letters(typed);
        for word in candidates {
            let candidate = words.at(word);
            if candidate.len().abs_diff(typed.len()) > 2 * allowed
                || apart(typed_letters, letters(candidate)) > allowed
            {
                continue;
            }
            if short && !is_left_of(typed, candidate) {
                continue;
            }
            let edits = strsim::osa_distance(typed, candidate);
            if edits > 0 && edits <= allowed.min(allowance(candidate.chars().count())) {
                found.push(Neighbour { word, edits: if edits == 1 { 1 } else { 2 } });
            }
        }
        found.sort_unstable_by_key(|near| (near.edits, near.word));
        found
    }
}

/// The letters that a word has, as bits; some share one.
fn letters(word: &str) -> u64 {
    word.chars().fold(0, |letters, letter| letters | 1 << (u32::from(letter) % 64))
}

/// The fewest edits between words with these letters, of which an edit brings or takes but one. It
/// costs a small part of counting the edits.
fn apart(a: u64, b: u64) -> usize {
    (a & !b).count_ones().max((b & !a).count_ones()) as usize
}

/// The bucket of a form, of a power of two of them.
fn bucket(hash: u32, buckets: usize) -> u32 {
    hash.unbounded_shr(u32::BITS - buckets.trailing_zeros())
}

/// How many edits are forgiven in a word of this many letters.
fn allowance(length: usize) -> usize {
    match length {
        0..MIN_LENGTH => 0,
        MIN_LENGTH => 1,
        _ => 2,
    }
}

/// Whether a word is what is left of another when letters inside it are dropped.
pub(super) fn is_left_of(typed: &str, word: &str) -> bool {
    let mut letters = word.bytes();
    typed.bytes().next() == word.bytes().next()
        && typed.bytes().last() == word.bytes().last()
        && typed.bytes().all(|wanted| letters.any(|letter| letter == wanted))
}

fn correctable(word: &str) -> bool {
    let length = word.chars().count();
    (MIN_LENGTH..=MAX_LENGTH).contains(&length) && !word.bytes().any(|b| b.is_ascii_digit())
}

/// Hashes of what is left of a word's head when up to `edits` letters are deleted.
fn deletions(word: &str, edits: usize, forms: &mut Vec<u32>) {
    forms.clear();
    let mut head = ['\0'; HEAD];
    let mut length = 0;
    for c in word.chars().take(HEAD) {
        head[length] = c;
        length += 1;
    }
    let head = &head[..length];
    forms.push(hash(head, length, length));
    for i in 0..length {
        if edits == 0 {
            break;
        }
        forms.push(hash(head, i, length));
        if edits > 1 {
            forms.extend((i + 1..length).map(|j| hash(head, i, j)));
        }
    }
    forms.sort_unstable();
    forms.dedup();
}

/// FNV-1a over the letters but those at `i` and `j`.
fn hash(letters: &[char], i: usize, j: usize) -> u32 {
    letters
        .iter()
        .enumerate()
        .filter(|&(at, _)| at != i && at != j)
        .fold(0x811c_9dc5, |hash, (_, &c)| (hash ^ u32::from(c)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_word_that_shares_a_form_is_looked_at(
            words in prop::collection::btree_set("[a-d]{3,9}|é[a-c]{4}", 0..40),
            typed in "[a-d]{4,9}|é[a-c]{4}",
        ) {
            let words = Strings::sorted(words.iter().map(String::as_str));
            let near = Near::new(&words);
            let of = |word: &str| {
                let mut forms = Vec::new();
                deletions(word, allowance(word.chars().count()), &mut forms);
                forms
            };
            for id in 0..narrow(words.len()) {
                let word = words.at(id);
                let shared = of(&typed).into_iter().find(|form| of(word).contains(form));
                if let Some(form) = shared.filter(|_| correctable(word)) {
                    prop_assert!(near.sharing(form).any(|found| found == id), "{word} {typed}");
                }
            }
        }
    }

    #[test]
    fn misspelt_words_find_what_was_meant() {
        let words = Strings::sorted(
            [
                "backups",
                "capacity",
                "data",
                "disaster",
                "export",
                "incidents",
                "inventory",
                "key",
                "plan",
            ]
            .into_iter(),
        );
        let near = Near::new(&words);
        let cases: &[(&str, &[&str])] = &[
            ("abckups", &["backups"]),
            ("capasity", &["capacity"]),
            ("diaster", &["disaster"]),
            ("incdient", &["incidents"]),
            ("xpotr", &["export"]),
            ("plna", &["plan"]),
            ("dta", &["data"]),
            // Too short to be sure of anything.
            ("kye", &[]),
            ("zxcvb", &[]),
            ("", &[]),
        ];
        for (typed, meant) in cases {
            let found: Vec<_> =
                near.find(&words, typed).into_iter().map(|near| words.at(near.word)).collect();
            assert_eq!(found, *meant, "{typed}");
        }
    }

    #[test]
    fn every_word_within_the_allowance_is_found() {
        let names = ["backup", "backups", "pickup", "lookup", "rollback", "feedback", "setback"];
        let mut names = names.to_vec();
        names.sort_unstable();
        let words = Strings::sorted(names.iter().copied());
        let near = Near::new(&words);
        for typed in
            ["backpu", "bakcup", "packup", "lokup", "rolback", "fedback", "stback", "bckup"]
        {
            let found: Vec<&str> =
                near.find(&words, typed).into_iter().map(|near| words.at(near.word)).collect();
            for name in &names {
                let edits = strsim::osa_distance(typed, name);
                let within = edits <= allowance(typed.len()).min(allowance(name.len()));
                assert_eq!(found.contains(name), within, "{typed} {name}");
            }
        }
    }
}
