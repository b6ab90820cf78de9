//! Thesaurus files: words that operators use for the same thing.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;

use super::source::Source;
use super::yaml::scalar::cut;
use super::yaml::text;
use super::yaml::typed::{self, At, Document};
use crate::domain::Problem;
use crate::search::Thesaurus;
use crate::search::thesaurus::{Set, Term};

/// The most concepts in one file.
const MAX_SETS: u32 = 20_000;
/// The most words of one language in a set.
const MAX_TERMS: u32 = 200;
/// The longest term, in characters.
const MAX_TERM: u32 = 100;

/// A thesaurus: words and phrases that mean the same.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Thesaurus of raci-bot")]
struct ThesaurusFile {
    /// One item for each concept.
    #[schemars(length(max = MAX_SETS))]
    sets: Vec<SetFile>,
}

/// Declares the keys for the languages once, for what a set means and for what is near to it.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$key_doc:meta])* $key:ident),* } $($near:ident)?) => {
        $(#[$doc])*
        #[derive(Debug, Default, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        struct $name {
            $(
                $(#[$key_doc])*
                #[serde(default)]
                #[schemars(length(max = MAX_TERMS), inner(length(min = 1, max = MAX_TERM)))]
                $key: Vec<At<String>>,
            )*
            $(
                /// Words that point to this concept without meaning it, one way only.
                #[serde(default)]
                $near: Option<NearFile>,
            )?
        }

        impl $name {
            fn terms(&mut self) -> impl Iterator<Item = (&'static str, At<String>)> {
                let lists = [$((stringify!($key), std::mem::take(&mut self.$key))),*];
                lists.into_iter().flat_map(|(key, list)| list.into_iter().map(move |term| (key, term)))
            }
        }
    };
}

words! {
    /// The words for one concept, by language.
    SetFile { en, fr, de, es, it, pl, /// Abbreviations of any language.
    abbr } near
}

words! {
    /// Words that point to a concept, by language.
    NearFile { en, fr, de, es, it, pl, /// Abbreviations of any language.
    abbr }
}

impl Document for ThesaurusFile {
    fn schema() -> &'static serde_json::Value {
        static SCHEMA: LazyLock<serde_json::Value> =
            LazyLock::new(|| schemars::schema_for!(ThesaurusFile).to_value());
        &SCHEMA
    }
}

/// The JSON Schema of thesaurus files, for editors.
#[must_use]
pub fn schema() -> &'static serde_json::Value {
    ThesaurusFile::schema()
}

/// Reads a thesaurus, and what is wrong with it; with errors there is none of it.
#[must_use]
pub fn read(path: &Path, bytes: &[u8]) -> (Thesaurus, Vec<Problem>) {
    let mut source = text::decode(path, bytes);
    let file = typed::read::<ThesaurusFile>(&mut source);
    let mut elsewhere = HashMap::new();
    let sets = file.into_iter().flat_map(|file| file.sets);
    let sets: Vec<Set> = sets.map(|file| set(file, &mut elsewhere, &mut source)).collect();
    let thesaurus = if source.has_errors() { Thesaurus::default() } else { Thesaurus { sets } };
    (thesaurus, source.into_problems())
}

/// The thesaurus that `build.rs` wrote: a pair of lists for each set, of language and term. It was
/// checked when it was built; anything else has no sets.
pub(super) fn compiled(json: &'static str) -> Thesaurus {
    type Terms = Vec<(&'static str, &'static str)>;
    let terms = |terms: Terms| {
        let terms = terms.into_iter();
        terms.map(|(language, text)| Term { text: text.into(), language }).collect()
    };
    let sets: Vec<(Terms, Terms)> = serde_json::from_str(json).unwrap_or_default();
    let set = |(means, near)| Set { terms: terms(means), near: terms(near) };
    Thesaurus { sets: sets.into_iter().map(set).collect() }
}

/// The lines that terms were seen on, by language and text.
type Seen = HashMap<(&'static str, String), u32>;

fn set(mut file: SetFile, elsewhere: &mut Seen, source: &mut Source<'_>) -> Set {
    let mut here = HashSet::new();
    let mut set = Set::default();
    for (language, term) in file.terms() {
        let text = term.to_lowercase();
        if !here.insert(text.clone()) {
            twice(&term, source);
            continue;
        }
        let line = *elsewhere.entry((language, text)).or_insert(term.mark.line);
        if line != term.mark.line {
            source
                .warning("ambiguous-term", term.mark, format!("`{}` is in two sets", cut(&term)))
                .hint(format!("it is on line {line} already; a word of two concepts finds both"));
        }
        set.terms.push(Term { text: term.value.into(), language });
    }
    for (language, term) in file.near.as_mut().into_iter().flat_map(NearFile::terms) {
        if here.insert(term.to_lowercase()) {
            set.near.push(Term { text: term.value.into(), language });
        } else {
            twice(&term, source);
        }
    }
    set
}

fn twice(term: &At<String>, source: &mut Source<'_>) {
    source
        .warning("duplicate-term", term.mark, format!("`{}` is twice in this set", cut(term)))
        .hint("keep one of them");
}
