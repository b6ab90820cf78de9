//! Names of services as people spell them: joined (`emailpro`), cut off, misspelt.

use super::near::Near;
use super::vocabulary::Strings;

/// The most words of a query that may be one name.
pub(super) const MAX_WORDS: usize = 4;
/// The fewest letters of a name that is cut off, and the share of its letters that must be there.
const LEAST_CUT: usize = 6;
const LEAST_SHARE: usize = 65;
/// The fewest letters of a name with one misspelling, and with two.
const LEAST_MISSPELT: usize = 6;
const LEAST_TWICE: usize = 9;

/// The names of all services, each written as one word.
#[derive(Debug, Default)]
pub(super) struct Spelling {
    keys: Strings,
    near: Near,
    /// By the number of the key: the number of words, and the matrix.
    of: Vec<(u32, usize, u32)>,
}

/// A name that a text is near to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spelt {
    /// How many words the name has.
    pub(super) words: usize,
    pub(super) matrix: u32,
    /// Whether it is all there.
    pub(super) whole: bool,
}

impl Spelling {
    /// The names, each with its number of words and its matrix.
    pub(super) fn new(mut names: Vec<(String, usize, u32)>) -> Self {
        names.sort_unstable();
        names.dedup();
        let mut distinct: Vec<&str> = names.iter().map(|(name, ..)| name.as_str()).collect();
        distinct.dedup();
        let keys = Strings::sorted(distinct.into_iter());
        let key = |name: &str| keys.find(name).unwrap_or_default();
        let of = names.iter().map(|(name, words, matrix)| (key(name), *words, *matrix)).collect();
        Self { near: Near::new(&keys), keys, of }
    }

    /// The names that a text, written as one word of `words`, is or becomes; or is misspelt of,
    /// where `misspelt` allows that.
    pub(super) fn find(&self, typed: &str, misspelt: bool) -> Vec<Spelt> {
        if let Some(key) = self.keys.find(typed) {
            return self.named(key, true).collect();
        }
        if typed.len() >= LEAST_CUT {
            let keys = self.keys.starting_with(typed).take(8);
            let is_most = |&key: &u32| 100 * typed.len() >= LEAST_SHARE * self.keys.at(key).len();
            let found: Vec<Spelt> =
                keys.filter(is_most).flat_map(|key| self.named(key, false)).collect();
            if !found.is_empty() {
                return found;
            }
        }
        if !misspelt || typed.len() < LEAST_MISSPELT {
            return Vec::new();
        }
        let near = self.near.find(&self.keys, typed);
        let Some(best) = near.first().map(|near| near.edits) else { return Vec::new() };
        if best > 1 && typed.len() < LEAST_TWICE {
            return Vec::new();
        }
        let nearest = near.iter().take_while(|near| near.edits == best);
        nearest.flat_map(|near| self.named(near.word, true)).collect()
    }

    fn named(&self, key: u32, whole: bool) -> impl Iterator<Item = Spelt> + '_ {
        let start = self.of.partition_point(|&(known, ..)| known < key);
        let same = self.of[start..].iter().take_while(move |&&(known, ..)| known == key);
        same.map(move |&(_, words, matrix)| Spelt { words, matrix, whole })
    }
}

/// The words of a name as one.
pub(super) fn joined<'a>(words: impl Iterator<Item = &'a str>) -> (String, usize) {
    let (mut name, mut count) = (String::new(), 0);
    for word in words {
        name.push_str(word);
        count += 1;
    }
    (name, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_joined_cut_off_and_misspelt() {
        let names = ["hosted exchange", "private exchange", "web hosting", "nutanix"];
        let spelt = |(name, matrix): (&&str, u32)| {
            let (text, words) = joined(name.split(' '));
            (text, words, matrix)
        };
        let spelling = Spelling::new(names.iter().zip(0..).map(spelt).collect());
        let matrices = |typed: &str| -> Vec<u32> {
            spelling.find(typed, true).into_iter().map(|spelt| spelt.matrix).collect()
        };
        for (typed, found) in [
            ("hostedexchange", [0].as_slice()),
            ("hostedechange", &[0]),
            ("privateexch", &[1]),
            ("webhostin", &[2]),
            ("nutanx", &[3]),
            ("web", &[]),
            ("exchange", &[]),
            ("wed", &[]),
        ] {
            assert_eq!(matrices(typed), found, "{typed}");
        }
        assert!(spelling.find("nutanx", false).is_empty());
    }
}
