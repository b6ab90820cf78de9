//! For a word that nothing is known about: two words in one, initials, consonants, misspellings.

use super::index::{Index, kind_weight};
use super::plan::Rule;
use super::planner::Planner;
use super::stopwords::{Kind, is_filler};
use super::vocabulary::StemId;
use super::weights;

/// The most neighbours of a misspelt word that are kept.
const MAX_NEIGHBOURS: usize = 12;
/// The most phrases that initials may stand for.
const MAX_READINGS: usize = 8;
/// The most words that are corrected in one text: the others of a long message count as unknown.
const MAX_CORRECTED: usize = 12;

impl Planner<'_> {
    /// Finds a meaning for a word that has none yet.
    pub(super) fn correct(&mut self, slot: usize) {
        let at = self.plan.asked[slot].at;
        // What the thesaurus knows is spelt right, even if the catalog has nothing for it.
        if slot >= MAX_CORRECTED
            || self.stems[at].is_some()
            || self.plan.leads_of(slot).next().is_some()
        {
            return;
        }
        let typed = self.plan.words.at(at).to_owned();
        if kind_weight(Kind::of(&typed)) < weights::WEAK {
            return;
        }
        if !self.split(slot, &typed) && !self.abbreviate(slot, &typed) {
            self.respell(slot, &typed);
        }
    }

    /// Two words of the catalog written as one.
    fn split(&mut self, slot: usize, typed: &str) -> bool {
        if typed.len() < 6 || !typed.is_ascii() {
            return false;
        }
        let index = self.index;
        let mut buffer = String::new();
        for middle in 3..=typed.len() - 3 {
            let (a, b) = typed.split_at(middle);
            if !index.uses(a) || !index.uses(b) {
                continue;
            }
            let mut find = |word| index.vocabulary.find_stem(word, &mut buffer);
            if let (Some(a), Some(b)) = (find(a), find(b)) {
                self.require(1 << slot, &[a, b], weights::JOINED, Rule::Joined);
                return true;
            }
        }
        false
    }

    fn abbreviate(&mut self, slot: usize, typed: &str) -> bool {
        let index = self.index;
        let mut found = false;
        for run in index.initials.find(typed).take(MAX_READINGS) {
            let mut distinct = run.to_vec();
            distinct.sort_unstable();
            distinct.dedup();
            self.require(1 << slot, &distinct, weights::INITIALS, Rule::Abbreviation);
            found = true;
        }
        if found || typed.len() < 3 || !typed.is_ascii() || typed.bytes().any(is_vowel) {
            return found;
        }
        for stem in index.skeletons(typed) {
            self.target(slot, stem, weights::SKELETON, Rule::Abbreviation);
            found = true;
        }
        found
    }

    fn respell(&mut self, slot: usize, typed: &str) {
        let index = self.index;
        let near = index.near.find(&index.vocabulary.words, typed);
        let length = typed.chars().count();
        let Some(best) = near.first().map(|near| near.edits) else { return };
        for neighbour in near.into_iter().take(MAX_NEIGHBOURS) {
            let meant = index.vocabulary.words.at(neighbour.word);
            if is_filler(meant) {
                continue;
            }
            let mut factor = weights::typo(neighbour.edits, length);
            if neighbour.edits > best {
                factor *= weights::FARTHER;
            }
            if meant.as_bytes().first() != typed.as_bytes().first() {
                factor *= weights::OTHER_INITIAL;
            }
            let stem = index.vocabulary.stem_of(neighbour.word);
            if index.stem_weight[stem as usize] > 0.0 {
                self.target(slot, stem, factor, Rule::Typo);
            }
            self.concept_of(slot, stem, factor * weights::MISSPELT_CONCEPT, Rule::Typo);
        }
    }
}

impl Index {
    /// The stems of words that `typed` has the consonants of.
    fn skeletons(&self, typed: &str) -> Vec<StemId> {
        let words = &self.vocabulary.words;
        let mut stems: Vec<StemId> = words
            .starting_with(&typed[..1])
            .filter(|&word| self.word_weight[word as usize] > 0.0)
            .filter(|&word| is_skeleton(typed, words.at(word)))
            .map(|word| self.vocabulary.stem_of(word))
            .take(MAX_READINGS)
            .collect();
        stems.dedup();
        stems
    }
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Whether `typed` is made of letters of `word` in their order, from the first letter to the last
/// consonant, and of at least a third of them.
fn is_skeleton(typed: &str, word: &str) -> bool {
    let mut letters = word.bytes();
    let singular = word.strip_suffix('s').unwrap_or(word);
    let last = singular.bytes().rev().find(|b| !is_vowel(*b));
    word.len() <= 3 * typed.len()
        && typed.bytes().last() == last
        && typed.bytes().all(|wanted| letters.any(|letter| letter == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consonants_stand_for_a_word() {
        for (typed, word) in [
            ("mgmt", "management"),
            ("srv", "server"),
            ("svc", "services"),
            ("cfg", "config"),
            ("bkp", "backup"),
        ] {
            assert!(is_skeleton(typed, word), "{typed} {word}");
        }
        for (typed, word) in [("css", "contracts"), ("mgmt", "migrate"), ("bcp", "backup")] {
            assert!(!is_skeleton(typed, word), "{typed} {word}");
        }
    }
}
