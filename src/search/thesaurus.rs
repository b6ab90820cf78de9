//! Words and phrases that operators use for the same thing.

use std::borrow::Cow;

/// Concepts and the words for them, in several languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thesaurus {
    /// The concepts, in the order of the files.
    pub sets: Vec<Set>,
}

/// The words for one concept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Set {
    /// Words and phrases that mean the same as each other.
    pub terms: Vec<Term>,
    /// Words that point to this concept without meaning it, one way only: `paged` hints at
    /// incidents, `incident` does not ask for a pager.
    pub near: Vec<Term>,
}

/// A word, phrase or abbreviation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The words as written.
    pub text: Cow<'static, str>,
    /// The language as a tag (`en`, `fr`); `abbr` for abbreviations of any language.
    pub language: &'static str,
}
