//! Reads a catalog once and lays it out for searching: flat arrays and 32-bit ids, nothing per
//! activity on the heap.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::domain::{ActivityKey, Catalog, Matrix};

use super::concepts::Concepts;
use super::flat::{Lists, Nested};
use super::fold::{Fnv, Words, narrow};
use super::ingredient::Ingredient;
use super::initials::Initials;
use super::near::Near;
use super::services::Services;
use super::stopwords::{Kind, is_filler};
use super::thesaurus::Thesaurus;
use super::vocabulary::{StemId, Strings, Vocabulary, WordId};
use super::weights;

/// The number of an activity in the index: those with short names come first.
pub(super) type Doc = u32;

/// What a search looks things up in. Built once per catalog and immutable.
#[derive(Debug, Default)]
pub struct Index {
    /// What it does without.
    pub(super) without: Option<Ingredient>,
    pub(super) vocabulary: Vocabulary,
    pub(super) near: Near,
    pub(super) concepts: Concepts,
    pub(super) initials: Initials,
    pub(super) services: Services,
    /// The weight of a word, 0 for fillers.
    pub(super) word_weight: Vec<f32>,
    /// The rarity of a stem among activities, 0 to 1; 0 where the catalog does not use it.
    pub(super) stem_weight: Vec<f32>,
    /// Whether an activity or a section has a word.
    pub(super) present: Vec<bool>,
    /// Whether the thesaurus has a word: then it is spelt right.
    pub(super) listed: Vec<bool>,
    /// Stems of the names of parties.
    pub(super) party_stems: Vec<StemId>,
    pub(super) keys: Vec<ActivityKey>,
    /// Names and aliases: those of an activity are `texts.of(doc)`, the name first.
    pub(super) texts: Nested,
    /// The sum of the weights of each text's words.
    pub(super) text_weight: Vec<f32>,
    /// Of each activity: the weight of its lightest name, and how many words with weight the
    /// shortest has.
    pub(super) lightest: Vec<f32>,
    pub(super) shortest: Vec<u8>,
    /// Where each activity stands: its section's number in `titles`.
    pub(super) section: Vec<u32>,
    /// Titles of sections with those of their ancestors, innermost first.
    pub(super) titles: Nested,
    pub(super) postings: Lists,
    pub(super) section_postings: Lists,
    /// The activities of each section and of each matrix.
    pub(super) in_section: Lists,
    pub(super) in_matrix: Lists,
    /// Hash of all words of a text, and the text, sorted.
    pub(super) whole: Vec<(u32, u32)>,
    /// The activity of each text.
    pub(super) doc_of_text: Vec<Doc>,
}

/// Words numbered as they are first seen.
#[derive(Default)]
struct Interner {
    ids: HashMap<Box<str>, WordId, BuildHasherDefault<Fnv>>,
}

impl Interner {
    fn id(&mut self, word: &str) -> WordId {
        match self.ids.get(word) {
            Some(&id) => id,
            None => {
                let id = narrow(self.ids.len());
                self.ids.insert(word.into(), id);
                id
            }
        }
    }

    /// The words sorted, and each old id's new one.
    fn sorted(self) -> (Strings, Vec<WordId>) {
        let mut words: Vec<(Box<str>, WordId)> = self.ids.into_iter().collect();
        words.sort_unstable();
        let mut new = vec![0; words.len()];
        for ((_, old), id) in words.iter().zip(0..) {
            new[*old as usize] = id;
        }
        (Strings::sorted(words.iter().map(|(word, _)| &**word)), new)
    }
}

impl Index {
    /// Reads every activity of the catalog once.
    #[must_use]
    pub fn build(catalog: &Catalog, thesaurus: &Thesaurus) -> Self {
        Self::build_without(catalog, thesaurus, None)
    }

    /// The same without one part of the search, to see what that brings.
    #[must_use]
    pub fn build_without(
        catalog: &Catalog,
        thesaurus: &Thesaurus,
        without: Option<Ingredient>,
    ) -> Self {
        let mut reader = Reader::default();
        let (mut texts, mut titles) = (Nested::open(), Nested::open());
        let mut keys = Vec::with_capacity(catalog.len());
        let mut section = Vec::with_capacity(catalog.len());
        for (matrix, at) in catalog.matrices().iter().zip(0..) {
            let first = reader.titles(matrix, &mut titles);
            for (activity, row) in matrix.activities.iter().zip(0..) {
                keys.push(ActivityKey { matrix: at, activity: row });
                let known = activity.section.filter(|&index| index < matrix.sections.len());
                section.push(first + known.map_or(0, |index| narrow(index) + 1));
                reader.text(&activity.name, &mut texts);
                for alias in &activity.aliases {
                    reader.text(alias, &mut texts);
                }
                texts.end_group();
            }
        }
        // Sections of the same titles are one: there are few, however many services have them.
        let (mut titles, which) = titles.distinct();
        section.iter_mut().for_each(|section| *section = which[*section as usize]);
        let parties = reader.parties(catalog);
        let services = reader.service_names(catalog);
        let mut terms = Vec::new();
        Concepts::words(thesaurus, |word| terms.push(reader.interner.id(word)));
        let (words, new) = reader.interner.sorted();
        let mut listed = vec![false; words.len()];
        terms.iter().for_each(|&term| listed[new[term as usize] as usize] = true);
        texts.renumber(&new);
        titles.renumber(&new);
        let vocabulary = Vocabulary::new(words, without != Some(Ingredient::Stems));
        let stem = |old: WordId| vocabulary.stem_of(new[old as usize]);
        let mut party_stems: Vec<StemId> = parties.into_iter().map(stem).collect();
        party_stems.sort_unstable();
        party_stems.dedup();
        let mut index =
            Self { without, listed, party_stems, keys, texts, section, titles, ..Self::default() };
        let names = Lists::stems(&index.texts, &vocabulary, 1);
        let stems = Lists::stems(&index.texts, &vocabulary, usize::MAX);
        let title_stems = Lists::stems(&index.titles, &vocabulary, usize::MAX);
        index.weigh(&vocabulary, &names, &stems, &title_stems);
        let english = is_english(catalog);
        let speaks = |language: &str| !english || matches!(language, "en" | "abbr");
        index.concepts = Concepts::new(thesaurus, &vocabulary, &index.present, speaks);
        index.near = Near::new(&vocabulary.words);
        index.initials =
            Initials::new(&index.texts, &index.titles, &index.word_weight, &vocabulary);
        index.sort(&vocabulary, &stems, &title_stems);
        let renumbered = services.into_iter().map(|(matrix, words)| {
            (matrix, words.into_iter().map(|old: WordId| new[old as usize]).collect())
        });
        index.services = Services::new(renumbered.collect(), &vocabulary, &index.party_stems);
        let matrix = |&doc: &Doc| index.keys[doc as usize].matrix;
        index.services.find_owners(|stem| index.postings.of(stem).iter().map(matrix));
        index.vocabulary = vocabulary;
        index
    }

    /// Weighs every stem by its rarity, and every word by its stem and kind.
    fn weigh(
        &mut self,
        vocabulary: &Vocabulary,
        name_stems: &Lists,
        stems: &Lists,
        title_stems: &Lists,
    ) {
        self.present = vec![false; vocabulary.words.len()];
        for &word in self.texts.words.iter().chain(&self.titles.words) {
            self.present[word as usize] = true;
        }
        let count = |lists: &Lists| {
            let mut having = vec![0_u32; vocabulary.stems.len()];
            lists.ids.iter().for_each(|&stem| having[stem as usize] += 1);
            having
        };
        // Aliases say again what names say: a word is as rare as it is in names.
        let in_names = count(name_stems);
        let in_texts = count(stems);
        let mut rows = vec![0_u32; self.titles.group_count()];
        self.section.iter().for_each(|&section| rows[section as usize] += 1);
        let mut titled = vec![0_u32; vocabulary.stems.len()];
        for (section, &rows) in (0..).zip(&rows) {
            title_stems.of(section).iter().for_each(|&stem| titled[stem as usize] += rows);
        }
        let all = self.keys.len();
        let rarity = self.uses_ingredient(Ingredient::Rarity);
        self.stem_weight = in_names
            .iter()
            .zip(&in_texts)
            .zip(&titled)
            .map(|((&by_name, &by_text), &by_title)| match (by_name, by_text, by_title) {
                (0, 0, 0) => 0.0,
                (0, 0, by_title) => weights::rarity(by_title, all),
                (0, by_text, _) => weights::rarity(by_text, all),
                (by_name, ..) => weights::rarity(by_name, all),
            })
            .map(|weight| if rarity || weight == 0.0 { weight } else { 1.0 })
            .collect();
        self.word_weight = (0..narrow(vocabulary.words.len()))
            .map(|id| {
                let stem = vocabulary.stem_of(id);
                self.stem_weight[stem as usize]
                    * kind_weight(self.kind(vocabulary.words.at(id)))
                    * if self.party_stems.binary_search(&stem).is_ok() {
                        weights::PARTY
                    } else {
                        1.0
                    }
            })
            .collect();
    }

    /// Whether a part of the search is not left out.
    pub(super) fn uses_ingredient(&self, ingredient: Ingredient) -> bool {
        self.without != Some(ingredient)
    }

    /// The kind of a folded word.
    pub(super) fn kind(&self, word: &str) -> Kind {
        if self.uses_ingredient(Ingredient::StopWords) { Kind::of(word) } else { Kind::Plain }
    }

    /// Puts activities with short names first and lists them by stem.
    fn sort(&mut self, vocabulary: &Vocabulary, stems: &Lists, title_stems: &Lists) {
        let weight = |text: u32| -> f32 {
            self.texts.text(text).iter().map(|&word| self.word_weight[word as usize]).sum()
        };
        let lightest: Vec<f32> = (0..narrow(self.keys.len()))
            .map(|doc| self.texts.of(doc).map(weight).fold(f32::INFINITY, f32::min))
            .collect();
        let mut order: Vec<u32> = (0..narrow(self.keys.len())).collect();
        order.sort_by(|&a, &b| {
            lightest[a as usize].total_cmp(&lightest[b as usize]).then(a.cmp(&b))
        });
        self.texts = self.texts.reordered(&order);
        self.keys = order.iter().map(|&doc| self.keys[doc as usize]).collect();
        self.section = order.iter().map(|&doc| self.section[doc as usize]).collect();
        self.text_weight = (0..narrow(self.texts.text_count()))
            .map(|text| self.texts.text(text).iter().map(|&w| self.word_weight[w as usize]).sum())
            .collect();
        self.lightest = order.iter().map(|&doc| lightest[doc as usize]).collect();
        let heavy = |text: u32| {
            let words = self.texts.text(text).iter();
            words.filter(|&&word| self.word_weight[word as usize] > 0.0).count()
        };
        self.shortest = (0..narrow(self.keys.len()))
            .map(|doc| self.texts.of(doc).map(heavy).min().unwrap_or(0))
            .map(|heavy| u8::try_from(heavy).unwrap_or(u8::MAX))
            .collect();
        self.doc_of_text = vec![0; self.texts.text_count()];
        for doc in 0..narrow(self.keys.len()) {
            self.texts.of(doc).for_each(|text| self.doc_of_text[text as usize] = doc);
        }
        self.whole = (0..narrow(self.texts.text_count()))
            .map(|text| (whole_hash(self.texts.text(text)), text))
            .collect();
        self.whole.sort_unstable();
        self.postings = Lists::counted(vocabulary.stems.len(), |put| {
            for (&before, doc) in order.iter().zip(0..) {
                stems.of(before).iter().for_each(|&stem| put(stem, doc));
            }
        });
        let docs = 0..narrow(self.keys.len());
        self.in_section = Lists::counted(self.titles.group_count(), |put| {
            docs.clone().for_each(|doc| put(self.section[doc as usize], doc));
        });
        let matrices = self.keys.iter().map(|key| key.matrix as usize + 1).max().unwrap_or(0);
        self.in_matrix = Lists::counted(matrices, |put| {
            docs.clone().for_each(|doc| put(self.keys[doc as usize].matrix, doc));
        });
        self.section_postings = Lists::counted(vocabulary.stems.len(), |put| {
            for section in 0..narrow(title_stems.len()) {
                title_stems.of(section).iter().for_each(|&stem| put(stem, section));
            }
        });
    }
}

/// Whether every matrix says that it is in English: then words of other languages that happen to be
/// spelt like an English one are no words of the catalog.
fn is_english(catalog: &Catalog) -> bool {
    let mut languages = catalog.matrices().iter().map(|matrix| matrix.language.as_deref());
    languages.all(|tag| tag.is_some_and(|tag| tag.split('-').next() == Some("en")))
}

/// How much of its rarity a word keeps for what it is.
pub(super) fn kind_weight(kind: Kind) -> f32 {
    match kind {
        Kind::Filler | Kind::ForeignFiller => 0.0,
        Kind::Chat => weights::CHAT,
        Kind::Weak => weights::WEAK,
        Kind::Plain => 1.0,
    }
}

/// A hash over all words of a text.
pub(super) fn whole_hash(words: &[WordId]) -> u32 {
    let mut hash = Fnv::default();
    words.iter().for_each(|word| hash.write(&word.to_le_bytes()));
    narrow(((hash.finish() >> 32) ^ (hash.finish() & 0xffff_ffff)) as usize)
}

/// Reads texts into words.
#[derive(Default)]
struct Reader {
    interner: Interner,
    words: Words,
}

impl Reader {
    fn text(&mut self, text: &str, into: &mut Nested) {
        self.words.read(text);
        let words = self.words.iter().map(|word| self.interner.id(word));
        into.words.extend(words);
        into.end_text();
    }

    /// The titles of a matrix's sections; the first group is for activities outside any.
    fn titles(&mut self, matrix: &Matrix, into: &mut Nested) -> u32 {
        let first = narrow(into.group_count());
        into.end_group();
        for section in 0..matrix.sections.len() {
            for section in matrix.path(section).into_iter().rev() {
                self.text(&section.title, into);
                // `1` is a number like any other, `3.1.1` is a section's.
                if let Some(number) = section.number.as_ref().filter(|number| number.contains('.'))
                {
                    self.text(number, into);
                }
            }
            into.end_group();
        }
        first
    }

    fn parties(&mut self, catalog: &Catalog) -> Vec<WordId> {
        let mut parties = Vec::new();
        for party in catalog.matrices().iter().flat_map(|matrix| &matrix.parties) {
            for name in std::iter::once(&party.name).chain(&party.aliases) {
                self.words.read(name);
                let words = self.words.iter().filter(|word| !is_filler(word));
                parties.extend(words.map(|word| self.interner.id(word)));
            }
            // Thousands of matrices have the same few parties.
            if parties.len() > 1_000 {
                parties.sort_unstable();
                parties.dedup();
            }
        }
        parties
    }

    /// The words of every name of every matrix's service.
    fn service_names(&mut self, catalog: &Catalog) -> Vec<(u32, Vec<WordId>)> {
        let mut names = Vec::new();
        for (matrix, at) in catalog.matrices().iter().zip(0..) {
            let service = &matrix.service;
            for name in [&service.id, &service.name].into_iter().chain(&service.aliases) {
                self.words.read(name);
                let words = self.words.iter().filter(|word| !is_filler(word));
                names.push((at, words.map(|word| self.interner.id(word)).collect()));
            }
        }
        names
    }
}
