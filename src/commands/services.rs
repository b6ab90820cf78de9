//! Services by the names that people give them, and by names that are short enough for a phone.

use std::collections::{BTreeMap, HashMap};

use super::reply::{Outcome, Reply};
use super::{Context, Sources, known, text};
use crate::domain::Matrix;
use crate::domain::id::slug;

/// How many words of a name may be one where they are many, or the other way round.
const MAX_PLURALS: usize = 2;
/// How many words services must share at the beginning of their names for it to be left out.
const LEAST_SHARED: usize = 2;

impl Sources<'_> {
    /// The matrices that somebody means by a service's name: several where it may be any of them,
    /// none where nothing here is called so.
    pub(super) fn services(&self, typed: &str, scope: &[u32]) -> Vec<u32> {
        let exact = |index: &&u32| self.matrix(**index).service.id == typed;
        match scope.iter().find(exact) {
            Some(&index) => vec![index],
            None => self.index.services_meant(self.catalog, typed, scope),
        }
    }

    /// The one matrix that somebody means by a service's name.
    pub(super) fn service(&self, typed: &str, scope: &[u32]) -> Option<u32> {
        match self.services(typed, scope)[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The reply to a service that nobody knows.
    pub(super) fn unknown_service(
        &self,
        typed: &str,
        outcome: Outcome,
        context: &Context,
    ) -> Reply {
        let language = context.language;
        let names =
            self.scope(context).into_iter().map(|index| self.matrix(index).service.name.clone());
        let headline = language.unknown_service(&text::quote(typed));
        Reply::private(outcome, headline).hint(known(language, names))
    }

    /// What the services of these matrices are called.
    pub(super) fn called(&self, scope: &[u32]) -> Called {
        let short = self.short_names(scope);
        let names = scope.iter().flat_map(|&index| {
            let service = &self.matrix(index).service;
            let names = [&service.id, &service.name, &short[&index]].into_iter();
            names.chain(&service.aliases).map(|name| (slug(name), index)).collect::<Vec<_>>()
        });
        Called(names.collect())
    }

    /// What to call services where there is little room: their names without the party that they
    /// belong to and without a beginning that several share (`Public Cloud`), as long as all can be
    /// told apart.
    pub(super) fn short_names(&self, scope: &[u32]) -> BTreeMap<u32, String> {
        let bare: Vec<(u32, &Matrix, Vec<&str>)> = scope
            .iter()
            .map(|&index| (index, self.matrix(index), without_party(self.matrix(index))))
            .collect();
        let mut beginnings: HashMap<&[&str], usize> = HashMap::new();
        for (_, _, words) in &bare {
            (1..=words.len()).for_each(|n| *beginnings.entry(&words[..n]).or_default() += 1);
        }
        // What continues the whole name shares nothing that could be left out of it.
        let is_shared = |words: &[&str], n: usize| beginnings[&words[..n]] > beginnings[words];
        let shared = |words: &[&str]| {
            let most = (LEAST_SHARED..words.len()).rev().find(|&n| is_shared(words, n));
            most.unwrap_or(0)
        };
        let short = bare
            .iter()
            .map(|(index, matrix, words)| (*index, *matrix, words[shared(words)..].join(" ")));
        let short: Vec<(u32, &Matrix, String)> = short.collect();
        let mut named: HashMap<&str, usize> = HashMap::new();
        short.iter().for_each(|(_, _, name)| *named.entry(name).or_default() += 1);
        let is_unique = |name: &str| named.get(name) == Some(&1);
        let name = |(index, matrix, name): &(u32, &Matrix, String)| {
            let fits = is_unique(name) && !name.is_empty();
            (*index, if fits { name.clone() } else { matrix.service.name.clone() })
        };
        short.iter().map(name).collect()
    }
}

/// What services are called, folded: ids, names, short names, aliases.
pub(super) struct Called(Vec<(String, u32)>);

impl Called {
    /// The one service that is called exactly this, one or many of it, in any order of the words:
    /// `instances public cloud` is how half of the world says it.
    pub(super) fn exactly(&self, name: &str) -> Option<u32> {
        let name = slug(name);
        let is_called = |known: &str| has_same_words(known, &name);
        let mut matrices = self.0.iter().filter(|(known, _)| is_called(known)).map(|&(_, m)| m);
        let first = matrices.next().filter(|_| !name.is_empty())?;
        matrices.all(|other| other == first).then_some(first)
    }

    /// The services whose whole name stands in a text, in any order of its words, and how many
    /// these are.
    pub(super) fn within(&self, text: &str) -> Vec<(u32, usize)> {
        let text = slug(text);
        let words: Vec<&str> = text.split('-').collect();
        let count = |name: &str| name.split('-').count();
        let stands = |name: &str| {
            let mut windows = words.windows(count(name));
            !name.is_empty() && windows.any(|window| has_same_words(name, &window.join("-")))
        };
        let found = self.0.iter().filter(|(name, _)| stands(name));
        found.map(|(name, matrix)| (*matrix, count(name))).collect()
    }

    /// A text without the names of several words that stand in it.
    pub(super) fn taken_out_of(&self, text: &str) -> String {
        let mut words: Vec<&str> = text.split_whitespace().collect();
        for (name, _) in &self.0 {
            let count = name.split('-').count();
            let is_name =
                |window: &[&str]| count > 1 && has_same_words(name, &slug(&window.join(" ")));
            if let Some(at) = words.windows(count).position(is_name) {
                words.drain(at..at + count);
            }
        }
        words.join(" ")
    }

    /// Every word of every name.
    pub(super) fn words(&self) -> Vec<String> {
        let words = self.0.iter().flat_map(|(name, _)| name.split('-'));
        words.map(str::to_owned).collect()
    }
}

/// Whether two folded names are of the same words, each one or many of it.
fn has_same_words(a: &str, b: &str) -> bool {
    let words = |name: &'_ str| -> Vec<String> {
        let words = name.split('-').map(|word| word.strip_suffix('s').unwrap_or(word));
        let mut words: Vec<String> = words.map(str::to_owned).collect();
        words.sort_unstable();
        words
    };
    a == b || (a.len().abs_diff(b.len()) <= MAX_PLURALS && words(a) == words(b))
}

/// The words of a service's name without a party's name at its beginning.
fn without_party(matrix: &Matrix) -> Vec<&str> {
    let words: Vec<&str> = matrix.service.name.split_whitespace().collect();
    let is_party = |word: &str| {
        matrix.parties.iter().any(|party| party.name.to_lowercase() == word.to_lowercase())
    };
    match words.split_first() {
        Some((first, rest)) if is_party(first) && !rest.is_empty() => rest.to_vec(),
        _ => words,
    }
}
