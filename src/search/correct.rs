//! For a word that nothing is known about: two words in one, initials, consonants, misspellings.

use super::everyday::is_everyday;
use super::index::{Index, kind_weight};
use super::ingredient::Ingredient;
use super::near::is_left_of;
use super::plan::Rule;
use super::planner::Planner;
use super::stopwords::is_filler;
use super::vocabulary::{FormId, StemId};
use super::weights;

/// The most neighbours of a misspelt word that are kept.
const MAX_NEIGHBOURS: usize = 12;
/// The most phrases that initials may stand for.
const MAX_READINGS: usize = 8;
/// The most words that are corrected in one text: the others of a long message count as unknown.
const MAX_CORRECTED: usize = 12;

/// Words written as one: the letters of all and of each, and how many there may be.
const LEAST_JOINED: usize = 10;
const MOST_JOINED: usize = 32;
const LEAST_PIECE: usize = 3;
const MAX_PIECES: usize = 3;
/// The fewest letters of one of them that is misspelt.
const LEAST_MISSPELT: usize = 5;

/// The fewest letters of a word that the catalog may misspell.
const LEAST_RIGHT: usize = 7;

impl Planner<'_> {
    /// Finds a meaning for a word that has none yet.
    pub(super) fn correct(&mut self, slot: usize) {
        let at = self.plan.asked[slot].at;
        if slot >= MAX_CORRECTED {
            return;
        }
        let uses = |ingredient| self.index.uses_ingredient(ingredient);
        let typed = self.plan.words.at(at);
        if self.forms[at].is_some() && !self.index.uses(typed) && uses(Ingredient::Typos) {
            let typed = typed.to_owned();
            self.misspell(slot, &typed);
        }
        if self.plan.leads_of(slot).next().is_some() {
            return;
        }
        let typed = self.plan.words.at(at).to_owned();
        if kind_weight(self.index.kind(&typed)) < weights::WEAK
            || uses(Ingredient::Everyday) && is_everyday(&typed)
        {
            return;
        }
        let (joined, typos) = (uses(Ingredient::Joined), uses(Ingredient::Typos));
        // What the thesaurus knows is spelt right, even if the catalog has nothing for it.
        let _ = joined && self.split_number(slot, &typed)
            || self.forms[at].is_some()
            || joined && self.split(slot, &typed)
            || uses(Ingredient::Abbreviations) && self.abbreviate(slot, &typed)
            || typos && self.respell(slot, &typed)
            || joined && typos && self.split_misspelt(slot, &typed);
    }

    /// Words of the catalog that are misspelt there, as far as can be told: a word that the
    /// thesaurus has is spelt right, and only the catalog has one that is a letter from it
    /// (`buldings`).
    fn misspell(&mut self, slot: usize, typed: &str) {
        if typed.len() < LEAST_RIGHT {
            return;
        }
        let index = self.index;
        let words = &index.vocabulary.words;
        for neighbour in index.near.find(words, typed) {
            let meant = words.at(neighbour.word);
            let is_odd =
                index.present[neighbour.word as usize] && !index.listed[neighbour.word as usize];
            if is_odd
                && typed.as_bytes().first() == meant.as_bytes().first()
                && strsim::osa_distance(singular(typed), singular(meant)) == 1
            {
                let form = index.vocabulary.forms.of(neighbour.word);
                self.target(slot, form, weights::typo(1, typed.len(), false), Rule::Typo);
            }
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
                self.require_all(1 << slot, &[a, b], weights::JOINED, Rule::Joined);
                return true;
            }
        }
        false
    }

    /// A word of the catalog with a number behind it: `soc2`.
    fn split_number(&mut self, slot: usize, typed: &str) -> bool {
        let letters = typed.trim_end_matches(|c: char| c.is_ascii_digit());
        if letters.len() == typed.len() || letters.len() < 2 || !self.index.uses(letters) {
            return false;
        }
        let (vocabulary, mut buffer) = (&self.index.vocabulary, String::new());
        let number = vocabulary.words.find(&typed[letters.len()..]);
        let number = number.filter(|&number| self.index.present[number as usize]);
        match (vocabulary.find_stem(letters, &mut buffer), number) {
            (Some(stem), Some(number)) => {
                let stems = [stem, vocabulary.stem_of(number)];
                self.require_all(1 << slot, &stems, weights::JOINED, Rule::Joined);
            }
            _ => {
                let Some(form) = vocabulary.find_form(letters, &mut buffer) else { return false };
                self.target(slot, form, weights::NUMBERED, Rule::Joined);
            }
        }
        true
    }

    /// Two or three words of the catalog written as one, one or two of them misspelt:
    /// `netwrkaccess`.
    fn split_misspelt(&mut self, slot: usize, typed: &str) -> bool {
        if !(LEAST_JOINED..=MOST_JOINED).contains(&typed.len()) || !typed.is_ascii() {
            return false;
        }
        let mut parts = Vec::new();
        if !self.pieces(typed, MAX_PIECES, &mut parts) {
            return false;
        }
        parts.sort_unstable();
        parts.dedup();
        self.require_all(1 << slot, &parts, weights::JOINED_MISSPELT, Rule::Typo);
        true
    }

    /// Whether a text is so many words of the catalog and at least two, whose stems are added.
    fn pieces(&self, text: &str, most: usize, parts: &mut Vec<StemId>) -> bool {
        if most < 2 || text.len() < 2 * LEAST_PIECE {
            return false;
        }
        for middle in (LEAST_PIECE..=text.len() - LEAST_PIECE).rev() {
            let (a, b) = text.split_at(middle);
            let (stem, misspelt) = match self.piece(a) {
                Some(stem) => (stem, false),
                None => match self.misspelt_piece(a) {
                    Some(stem) => (stem, true),
                    None => continue,
                },
            };
            let known = parts.len();
            parts.push(stem);
            if let Some(stem) = self.piece(b).or_else(|| self.misspelt_piece(b)) {
                parts.push(stem);
                return true;
            }
            if !misspelt && self.pieces(b, most - 1, parts) {
                return true;
            }
            parts.truncate(known);
        }
        false
    }

    fn piece(&self, word: &str) -> Option<StemId> {
        let index = self.index;
        let uses = index.uses(word);
        uses.then(|| index.vocabulary.find_stem(word, &mut String::new())).flatten()
    }

    /// The stem of the word of the catalog that is nearest, if it is near enough.
    fn misspelt_piece(&self, word: &str) -> Option<StemId> {
        if word.len() < LEAST_MISSPELT {
            return None;
        }
        let index = self.index;
        let near = index.near.find(&index.vocabulary.words, word);
        let edits = if word.len() < 2 * LEAST_MISSPELT { 1 } else { 2 };
        let mut near = near.iter().filter(|near| near.edits <= edits);
        let near = near.find(|near| index.uses(index.vocabulary.words.at(near.word)))?;
        Some(index.vocabulary.stem_of(near.word))
    }

    fn abbreviate(&mut self, slot: usize, typed: &str) -> bool {
        let index = self.index;
        let mut found = false;
        for run in index.initials.find(typed).take(MAX_READINGS) {
            let mut distinct = run.to_vec();
            distinct.sort_unstable();
            distinct.dedup();
            self.require_all(1 << slot, &distinct, weights::INITIALS, Rule::Abbreviation);
            found = true;
        }
        if found || typed.len() < 3 || !typed.is_ascii() || typed.bytes().any(is_vowel) {
            return found;
        }
        for form in index.skeletons(typed) {
            self.target(slot, form, weights::SKELETON, Rule::Abbreviation);
            found = true;
        }
        found
    }

    fn respell(&mut self, slot: usize, typed: &str) -> bool {
        let index = self.index;
        let near = index.near.find(&index.vocabulary.words, typed);
        let length = typed.chars().count();
        let before = self.plan.leads.len();
        let Some(best) = near.first().map(|near| near.edits) else { return false };
        for neighbour in near.into_iter().take(MAX_NEIGHBOURS) {
            let meant = index.vocabulary.words.at(neighbour.word);
            if is_filler(meant) {
                continue;
            }
            let (a, b) = (typed.as_bytes(), meant.as_bytes());
            let swapped = a.get(..2).is_some_and(|a| b.get(..2) == Some(&[a[1], a[0]]));
            let mut factor = weights::typo(neighbour.edits, length, is_replaced(a, b));
            if neighbour.edits > 1 && is_left_of(typed, meant) {
                factor = factor.max(weights::DROPPED);
            }
            if neighbour.edits > best {
                factor *= weights::FARTHER;
            }
            if a.first() != b.first() && !swapped {
                factor *= weights::OTHER_INITIAL;
            }
            if factor < weights::LEAST {
                continue;
            }
            let form = index.vocabulary.forms.of(neighbour.word);
            self.target(slot, form, factor, Rule::Typo);
            self.concept_of(slot, form, factor * weights::MISSPELT_CONCEPT, Rule::Typo);
        }
        self.plan.leads.len() > before
    }
}

impl Index {
    /// The forms of words that `typed` has the consonants of.
    fn skeletons(&self, typed: &str) -> Vec<FormId> {
        let words = &self.vocabulary.words;
        let mut forms: Vec<FormId> = words
            .starting_with(&typed[..1])
            .filter(|&word| self.present[word as usize])
            .filter(|&word| is_skeleton(typed, words.at(word)))
            .map(|word| self.vocabulary.forms.of(word))
            .take(MAX_READINGS)
            .collect();
        forms.dedup();
        forms
    }
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Whether two words of one length differ in a letter, and not in the order of the same letters.
fn is_replaced(a: &[u8], b: &[u8]) -> bool {
    let sum = |word: &[u8]| word.iter().map(|&byte| u32::from(byte)).sum::<u32>();
    a.len() == b.len() && sum(a) != sum(b)
}

/// Whether `typed` is made of letters of `word` in their order, from the first letter to the last
/// consonant, and of at least a third of them.
fn is_skeleton(typed: &str, word: &str) -> bool {
    let mut letters = word.bytes();
    let singular = word.strip_suffix('s').unwrap_or(word);
    // What does something is often written without its ending: `srv`.
    let doer = singular.strip_suffix("er").unwrap_or(singular);
    let consonant = |word: &str| word.bytes().rev().find(|b| !is_vowel(*b));
    let last = typed.bytes().last();
    word.len() <= 3 * typed.len()
        && (last == consonant(singular) || last == consonant(doer))
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
        for (typed, word) in [("css", "contracts"), ("mgmt", "migrate"), ("srv", "survey")] {
            assert!(!is_skeleton(typed, word), "{typed} {word}");
        }
    }
}
