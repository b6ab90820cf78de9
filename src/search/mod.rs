//! Which activity does somebody mean? A query and an index in, ranked hits and how sure we are out.
//!
//! Pure: no disk, no clock, no network, and nothing here can fail.

mod bounds;
mod candidates;
mod concepts;
mod confidence;
mod correct;
mod cursor;
mod everyday;
mod explain;
mod flat;
mod fold;
mod index;
mod ingredient;
mod initials;
mod kin;
mod likeness;
mod meaning;
#[cfg(test)]
mod naming;
mod near;
mod plan;
mod planner;
#[cfg(test)]
mod properties;
mod rank;
mod retrieve;
mod services;
mod spelling;
mod stem;
mod stopwords;
pub mod thesaurus;
mod vocabulary;
mod weigh;
mod weights;
mod window;

use crate::domain::ActivityKey;

pub use confidence::Verdict;
pub use explain::{Explanation, HitExplained, MatchExplained, Reading, WordExplained};
pub use index::Index;
pub use ingredient::Ingredient;
pub use plan::{Role, Rule};

pub use thesaurus::Thesaurus;

/// The most hits that a search gives.
pub const MAX_HITS: usize = 10;

/// What somebody typed, and where to look.
#[derive(Clone, Copy, Debug)]
pub struct Query<'a> {
    /// The words as typed, of any length and script.
    pub text: &'a str,
    /// The indices of the matrices to look in, ascending; an empty scope finds nothing.
    pub scope: &'a [u32],
}

/// How sure the search is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// One activity is clearly meant (or one activity that several services name alike).
    Answer,
    /// Several are about equally meant.
    Choices,
    /// Nothing sure; the hits are what comes nearest.
    Suggestions,
    /// Nothing at all.
    Nothing,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// How sure the search is of the first hit.
    pub confidence: Confidence,
    /// Whether the first hit rests on a misspelling, a synonym or an abbreviation, so that an
    /// answer must say that it is a guess.
    pub guess: bool,
    /// Best first, at most [`MAX_HITS`].
    pub hits: Vec<Hit>,
    /// The matrices whose service the text names, ascending; the hits are then theirs alone.
    pub named: Vec<u32>,
}

/// One activity that a search found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Which activity.
    pub key: ActivityKey,
    /// How much of the query it matches: 0 nothing, 1 all of it by its own words.
    pub score: f32,
}
