//! The thesaurus against a vocabulary: which words and phrases stand for the same thing, and which
//! of them the catalog uses.

use super::flat::Lists;
use super::fold::{Words, narrow};
use super::stopwords::is_filler;
use super::thesaurus::{Term, Thesaurus};
use super::vocabulary::{FormId, StemId, Vocabulary, WordId};

/// The most words of a phrase that are looked at.
pub(super) const MAX_PHRASE: usize = 6;
/// The most ways of saying the same that are tried for one concept.
const MAX_TARGETS: usize = 24;

/// The thesaurus, compiled.
#[derive(Debug, Default)]
pub(super) struct Concepts {
    phrases: Vec<Entry>,
    /// The forms of each phrase, then its content.
    words: Vec<u32>,
    /// Ids of phrases by the form of the first word.
    by_first: Lists,
    /// For each set, the phrases that the catalog can match.
    targets: Lists,
}

/// Where the words of a phrase are kept.
#[derive(Clone, Copy, Debug)]
struct Entry {
    start: u32,
    forms: u8,
    content: u8,
    near: bool,
    set: u32,
}

/// A word or phrase of a set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase<'a> {
    /// The forms of all its words, in order.
    pub(super) forms: &'a [FormId],
    /// The stems of the words that carry its meaning, each once.
    pub(super) content: &'a [StemId],
    /// The set it belongs to.
    pub(super) set: u32,
    /// Whether it only points to the set.
    pub(super) near: bool,
}

impl Concepts {
    /// The words of all terms, for the vocabulary.
    pub(super) fn words(thesaurus: &Thesaurus, mut each: impl FnMut(&str)) {
        let mut words = Words::default();
        for term in thesaurus.sets.iter().flat_map(|set| set.terms.iter().chain(&set.near)) {
            words.read(&term.text);
            words.iter().for_each(&mut each);
        }
    }

    /// Compiles a thesaurus whose words are all in the vocabulary; `present` says which of
    /// them the catalog has,
    /// `speaks` whether it may use a language.
    pub(super) fn new(
        thesaurus: &Thesaurus,
        vocabulary: &Vocabulary,
        present: &[bool],
        speaks: impl Fn(&str) -> bool,
    ) -> Self {
        let mut concepts = Self::default();
        let mut targets: Vec<(u32, u32)> = Vec::new();
        for (set, id) in thesaurus.sets.iter().zip(0..) {
            let terms = set.terms.iter().map(|term| (term, false));
            let near = set.near.iter().map(|term| (term, true));
            let mut room = MAX_TARGETS;
            for (term, near) in terms.chain(near) {
                let Some(phrase) = concepts.add(term, vocabulary, id, near) else { continue };
                let matchable = !near
                    && speaks(term.language)
                    && is_matchable(concepts.phrase(phrase), vocabulary, present);
                if matchable && room > 0 {
                    room -= 1;
                    targets.push((id, phrase));
                }
            }
        }
        concepts.targets = Lists::counted(thesaurus.sets.len(), |put| {
            targets.iter().for_each(|&(set, phrase)| put(set, phrase));
        });
        concepts.by_first = Lists::counted(vocabulary.forms.len(), |put| {
            let firsts =
                concepts.phrases.iter().map(|phrase| concepts.words[phrase.start as usize]);
            firsts.zip(0..).for_each(|(form, phrase)| put(form, phrase));
        });
        concepts
    }

    /// Takes in a term, unless there is nothing to it, and gives its id as a phrase.
    fn add(&mut self, term: &Term, vocabulary: &Vocabulary, set: u32, near: bool) -> Option<u32> {
        let words = Words::of(&term.text);
        if words.is_empty() || words.len() > MAX_PHRASE {
            return None;
        }
        let (mut forms, mut content) = (Vec::new(), Vec::new());
        for word in words.iter() {
            let word_id = vocabulary.words.find(word)?;
            let stem = vocabulary.stem_of(word_id);
            forms.push(vocabulary.forms.of(word_id));
            if !is_filler(word) && !content.contains(&stem) {
                content.push(stem);
            }
        }
        if content.is_empty() {
            return None;
        }
        let count = |ids: &[u32]| u8::try_from(ids.len()).unwrap_or(u8::MAX);
        let (start, counts) = (narrow(self.words.len()), (count(&forms), count(&content)));
        self.words.append(&mut forms);
        self.words.append(&mut content);
        self.phrases.push(Entry { start, forms: counts.0, content: counts.1, near, set });
        Some(narrow(self.phrases.len() - 1))
    }

    pub(super) fn phrase(&self, id: u32) -> Phrase<'_> {
        let Entry { start, forms, content, near, set } = self.phrases[id as usize];
        let words = &self.words[start as usize..];
        let (forms, rest) = words.split_at(usize::from(forms));
        Phrase { forms, content: &rest[..usize::from(content)], set, near }
    }

    /// The phrases that begin with a form.
    pub(super) fn starting_with(&self, form: FormId) -> impl Iterator<Item = Phrase<'_>> {
        self.by_first.of(form).iter().map(|&phrase| self.phrase(phrase))
    }

    /// What the catalog may say for a set, as ids of phrases.
    pub(super) fn targets(&self, set: u32) -> &[u32] {
        self.targets.of(set)
    }
}

/// Whether the catalog may say a phrase.
fn is_matchable(phrase: Phrase<'_>, vocabulary: &Vocabulary, present: &[bool]) -> bool {
    let is_present = |words: &[WordId]| words.iter().any(|&word| present[word as usize]);
    match phrase.forms {
        [form] => is_present(vocabulary.forms.members(*form)),
        // `on call` is not matched by a name that merely has `call`.
        _ => {
            let mut stems = phrase.content.iter();
            phrase.content.len() > 1
                && stems.all(|&stem| is_present(vocabulary.stems.members(stem)))
        }
    }
}
