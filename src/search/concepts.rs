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
    phrases: Vec<Phrase>,
    /// Ids of phrases by the form of the first word.
    by_first: Lists,
    /// For each set, the phrases that the catalog can match.
    targets: Vec<Vec<u32>>,
}

/// A word or phrase of a set.
#[derive(Debug)]
pub(super) struct Phrase {
    /// The forms of all its words, in order.
    pub(super) forms: Vec<FormId>,
    /// The stems of the words that carry its meaning, each once.
    pub(super) content: Vec<StemId>,
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
        for (set, id) in thesaurus.sets.iter().zip(0..) {
            let terms = set.terms.iter().map(|term| (term, false));
            let near = set.near.iter().map(|term| (term, true));
            let mut targets = Vec::new();
            for (term, near) in terms.chain(near) {
                let Some(phrase) = phrase(term, vocabulary, id, near) else { continue };
                let is_present = |words: &[WordId]| words.iter().any(|&w| present[w as usize]);
                let matchable = match phrase.forms.as_slice() {
                    [form] => is_present(vocabulary.forms.members(*form)),
                    // `on call` is not matched by a name that merely has `call`.
                    _ => {
                        let mut stems = phrase.content.iter();
                        phrase.content.len() > 1
                            && stems.all(|&stem| is_present(vocabulary.stems.members(stem)))
                    }
                };
                let matchable = matchable && !near && speaks(&term.language);
                if matchable && targets.len() < MAX_TARGETS {
                    targets.push(narrow(concepts.phrases.len()));
                }
                concepts.phrases.push(phrase);
            }
            concepts.targets.push(targets);
        }
        concepts.by_first = Lists::counted(vocabulary.forms.len(), |put| {
            concepts.phrases.iter().zip(0..).for_each(|(phrase, id)| put(phrase.forms[0], id));
        });
        concepts
    }

    pub(super) fn phrase(&self, id: u32) -> &Phrase {
        &self.phrases[id as usize]
    }

    /// The phrases that begin with a form.
    pub(super) fn starting_with(&self, form: FormId) -> impl Iterator<Item = &Phrase> {
        self.by_first.of(form).iter().map(|&phrase| self.phrase(phrase))
    }

    /// What the catalog may say for a set, as ids of phrases.
    pub(super) fn targets(&self, set: u32) -> &[u32] {
        &self.targets[set as usize]
    }
}

fn phrase(term: &Term, vocabulary: &Vocabulary, set: u32, near: bool) -> Option<Phrase> {
    let words = Words::of(&term.text);
    if words.is_empty() || words.len() > MAX_PHRASE {
        return None;
    }
    let mut phrase = Phrase { forms: Vec::new(), content: Vec::new(), set, near };
    for word in words.iter() {
        let word_id = vocabulary.words.find(word)?;
        let stem = vocabulary.stem_of(word_id);
        phrase.forms.push(vocabulary.forms.of(word_id));
        if !is_filler(word) && !phrase.content.contains(&stem) {
            phrase.content.push(stem);
        }
    }
    (!phrase.content.is_empty()).then_some(phrase)
}
