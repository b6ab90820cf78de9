//! Initials of words that stand together in names: `drp` is *disaster recovery plan*.

use super::flat::Nested;
use super::fold::narrow;
use super::vocabulary::{StemId, Vocabulary, WordId};

/// The longest run of words whose initials are known.
const LONGEST: usize = 5;
/// The most words that are read: the names of the first tens of thousands of activities. Beyond
/// that nearly every run of words has been seen.
const MAX_WORDS: usize = 1 << 18;
/// The most runs of words kept.
const MAX_RUNS: usize = 1 << 18;

/// Runs of words, sorted by their initials.
#[derive(Debug, Default)]
pub(super) struct Initials {
    /// The initials as a number, the run's start in `stems` and its length.
    runs: Vec<(u64, u32, u8)>,
    stems: Vec<StemId>,
}

impl Initials {
    /// The initials of all names and titles; words without weight (`and`, `the`) are skipped over.
    pub(super) fn new(
        texts: &Nested,
        titles: &Nested,
        weight: &[f32],
        vocabulary: &Vocabulary,
    ) -> Self {
        let mut found: Vec<(u64, [StemId; LONGEST])> = Vec::new();
        let mut read = 0;
        for nested in [texts, titles] {
            for text in 0..narrow(nested.text_count()) {
                let words = nested.text(text);
                read += words.len();
                if read > MAX_WORDS {
                    break;
                }
                runs(words, weight, vocabulary, &mut found);
                if found.len() > 4 * MAX_RUNS {
                    found.sort_unstable();
                    found.dedup();
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        let mut initials = Self::default();
        for (letters, stems) in found.into_iter().take(MAX_RUNS) {
            let stems = stems.iter().copied().take_while(|&stem| stem != StemId::MAX);
            let start = initials.stems.len();
            initials.stems.extend(stems);
            let length = u8::try_from(initials.stems.len() - start).unwrap_or(u8::MAX);
            initials.runs.push((letters, narrow(start), length));
        }
        initials
    }

    /// The runs of words with these initials.
    pub(super) fn find(&self, typed: &str) -> impl Iterator<Item = &[StemId]> {
        let letters = number(typed.chars()).unwrap_or(0);
        let start = self.runs.partition_point(|&(known, ..)| known < letters);
        self.runs[start..].iter().take_while(move |&&(known, ..)| known == letters).map(
            |&(_, start, length)| &self.stems[start as usize..start as usize + length as usize],
        )
    }
}

fn runs(
    words: &[WordId],
    weight: &[f32],
    vocabulary: &Vocabulary,
    found: &mut Vec<(u64, [StemId; LONGEST])>,
) {
    let heavy: Vec<WordId> =
        words.iter().copied().filter(|&word| weight[word as usize] > 0.0).collect();
    let first = |word: WordId| vocabulary.words.at(word).chars().next();
    for start in 0..heavy.len() {
        for length in 2..=LONGEST.min(heavy.len() - start) {
            let run = &heavy[start..start + length];
            let Some(letters) = number(run.iter().filter_map(|&word| first(word))) else {
                continue;
            };
            let mut stems = [StemId::MAX; LONGEST];
            for (stem, &word) in stems.iter_mut().zip(run) {
                *stem = vocabulary.stem_of(word);
            }
            found.push((letters, stems));
        }
    }
}

/// Two to [`LONGEST`] letters as a number.
fn number(letters: impl Iterator<Item = char>) -> Option<u64> {
    let mut number = 0_u64;
    let mut length = 0;
    for letter in letters {
        length += 1;
        if length > LONGEST || !letter.is_ascii_lowercase() {
            return None;
        }
        number = number << 8 | u64::from(u32::from(letter));
    }
    (length > 1).then_some(number)
}
