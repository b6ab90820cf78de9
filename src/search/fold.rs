//! Text to words: case, accents and width are folded away, everything that is neither letter nor
//! digit separates. The same for names, terms and queries, so that equal words are equal bytes.

use std::hash::Hasher;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The most characters of a text that are looked at: a long chat message fits.
const MAX_CHARS: usize = 2_000;
/// The most words of a text that are looked at.
pub(super) const MAX_WORDS: usize = 256;
/// The longest word kept, in bytes; what is longer is nobody's word, and cut.
const MAX_WORD: usize = 48;

/// What ends a clause, as far as it matters: a point also abbreviates.
const MARKS: [char; 10] = [',', ';', ':', '?', '!', '(', ')', '\n', '…', '—'];

/// The words of a text, folded, in order.
#[derive(Debug, Default)]
pub(super) struct Words {
    text: String,
    spans: Vec<(u32, u32)>,
    /// How many words stand before each comma, colon, bracket or the like, ascending.
    breaks: Vec<u32>,
}

impl Words {
    /// The words of `text`.
    pub(super) fn of(text: &str) -> Self {
        let mut words = Self::default();
        words.read(text);
        words
    }

    /// Replaces the words by those of another text, keeping the memory.
    pub(super) fn read(&mut self, text: &str) {
        self.text.clear();
        self.spans.clear();
        self.breaks.clear();
        let text = match text.char_indices().nth(MAX_CHARS) {
            Some((end, _)) => &text[..end],
            None => text,
        };
        self.text.reserve(text.len());
        if text.is_ascii() {
            self.read_ascii(text);
        } else {
            self.read_unicode(text);
        }
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there is no word.
    pub(super) fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The word at an index.
    pub(super) fn at(&self, index: usize) -> &str {
        let (start, end) = self.spans[index];
        &self.text[start as usize..end as usize]
    }

    /// Makes one word of the word at an index and the one before it.
    pub(super) fn join(&mut self, index: usize) {
        let both = format!("{}{}", self.at(index - 1), self.at(index));
        let start = narrow(self.text.len());
        self.text.push_str(&both);
        self.spans[index - 1] = (start, narrow(self.text.len()));
        self.spans.remove(index);
        let after = self.breaks.partition_point(|&at| at as usize <= index);
        self.breaks[after..].iter_mut().for_each(|at| *at -= 1);
    }

    /// Whether a clause ends after the word at an index: with the text, or at a comma or the like.
    pub(super) fn ends_clause(&self, index: usize) -> bool {
        index + 1 >= self.len() || self.breaks.binary_search(&narrow(index + 1)).is_ok()
    }

    /// The words in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.spans.iter().map(|&(start, end)| &self.text[start as usize..end as usize])
    }

    fn read_ascii(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let (mut start, mut at) = (0, 0);
        while at < bytes.len() {
            let rest = &bytes[at..];
            let run = rest.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len());
            let room = (start + MAX_WORD).saturating_sub(self.text.len());
            self.text.push_str(&text[at..at + run.min(room)]);
            at += run;
            let before = at.checked_sub(1).map(|at| bytes[at]);
            match bytes.get(at) {
                Some(&byte) if decimal_point(byte, before, bytes.get(at + 1)) => {
                    self.push('.', start);
                }
                mark => {
                    start = self.end(start);
                    self.mark(mark.is_some_and(|byte| MARKS.contains(&char::from(*byte))));
                }
            }
            at += 1;
        }
        self.text.make_ascii_lowercase();
        self.end(start);
    }

    fn read_unicode(&mut self, text: &str) {
        let mut start = 0;
        let mut chars = text.nfkd().filter(|c| !is_combining_mark(*c)).peekable();
        let mut before = None;
        while let Some(c) = chars.next() {
            let byte = |c: char| u8::try_from(c).unwrap_or(0);
            if c.is_alphanumeric() {
                self.push_folded(c, start);
            } else if decimal_point(
                byte(c),
                before.map(byte),
                chars.peek().map(|c| byte(*c)).as_ref(),
            ) {
                self.push('.', start);
            } else {
                start = self.end(start);
                self.mark(MARKS.contains(&c));
            }
            before = Some(c);
        }
        self.end(start);
    }

    /// Letters that decomposition leaves alone but people type without their stroke.
    fn push_folded(&mut self, c: char, start: usize) {
        match c {
            'ß' | 'ẞ' => "ss".chars().for_each(|c| self.push(c, start)),
            'æ' | 'Æ' => "ae".chars().for_each(|c| self.push(c, start)),
            'œ' | 'Œ' => "oe".chars().for_each(|c| self.push(c, start)),
            'ø' | 'Ø' => self.push('o', start),
            'ł' | 'Ł' => self.push('l', start),
            'đ' | 'Đ' => self.push('d', start),
            'ı' => self.push('i', start),
            _ => c
                .to_lowercase()
                .filter(|c| !is_combining_mark(*c))
                .for_each(|c| self.push(c, start)),
        }
    }

    fn push(&mut self, c: char, start: usize) {
        if self.text.len() + c.len_utf8() - start <= MAX_WORD {
            self.text.push(c);
        }
    }

    fn mark(&mut self, ends_clause: bool) {
        let at = narrow(self.spans.len());
        if ends_clause && self.breaks.last() != Some(&at) {
            self.breaks.push(at);
        }
    }

    fn end(&mut self, start: usize) -> usize {
        let end = self.text.len();
        if end > start {
            if self.spans.len() < MAX_WORDS {
                self.spans.push((narrow(start), narrow(end)));
            } else {
                self.text.truncate(start);
            }
        }
        self.text.len()
    }
}

/// Numbers such as `3.1.1` stay one word.
fn decimal_point(byte: u8, before: Option<u8>, after: Option<&u8>) -> bool {
    byte == b'.'
        && before.is_some_and(|b| b.is_ascii_digit())
        && after.is_some_and(u8::is_ascii_digit)
}

/// Lengths and ids are stored in 32 bits; a catalog beyond that is cut, never wrapped.
pub(super) fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// FNV-1a: the same on every machine, and quick on words.
#[derive(Clone, Copy)]
pub(super) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded() {
        let cases: &[(&str, &[&str])] = &[
            ("Manage backups", &["manage", "backups"]),
            ("Import/export (data, …)", &["import", "export", "data"]),
            ("who's on-call?", &["who", "s", "on", "call"]),
            ("RÉSEAU réseau l’accès", &["reseau", "reseau", "l", "acces"]),
            ("Straße Łódź ﬁle", &["strasse", "lodz", "file"]),
            ("3.1.1. Daily", &["3.1.1", "daily"]),
            ("v1.2é 4.", &["v1.2e", "4"]),
            ("バックアップ 🙂", &["ハックアッフ"]),
            ("  ???  ", &[]),
        ];
        for (text, words) in cases {
            assert_eq!(Words::of(text).iter().collect::<Vec<_>>(), *words, "{text}");
        }
    }

    #[test]
    fn clauses_end_at_marks_and_with_the_text() {
        for text in ["on my server, who fixes it", "on my server, who fîxes it"] {
            let words = Words::of(text);
            let ends: Vec<usize> = (0..words.len()).filter(|&at| words.ends_clause(at)).collect();
            assert_eq!(ends, [2, 5], "{text}");
        }
        let mut words = Words::of("back up (disk, tape)");
        words.join(1);
        assert!(words.ends_clause(0) && words.ends_clause(1) && words.ends_clause(2));
    }

    #[test]
    fn a_text_of_any_length_is_bounded() {
        assert!(Words::of(&"a ".repeat(100_000)).len() <= MAX_WORDS);
        assert_eq!(Words::of(&"é".repeat(100_000)).at(0).len(), MAX_WORD);
    }
}
