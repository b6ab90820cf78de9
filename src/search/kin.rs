//! Which activities mean the same in several services, though each document words it a little
//! differently: `Manage backups` and `Manage backups on the service`.

use crate::domain::{ActivityKey, Catalog};

use super::fold::{Words, narrow};
use super::index::{Doc, Index};
use super::stopwords::{Kind, is_filler};
use super::vocabulary::StemId;

/// Words for what a matrix is about, whatever it is about.
const SUBJECTS: &[&str] = &["service", "services", "solution", "solutions"];
/// A name that has fewer words left than this is compared with all its words.
const LEAST_WORDS: usize = 2;
/// How many activities with a word are looked at.
const SAMPLE: usize = 20_000;
/// Names whose lengths differ by more words than this do not mean the same.
const MAX_LONGER: usize = 8;

impl Index {
    /// The activities in scope that mean the same as one, itself among them, in the order of
    /// services and rows: those whose name has the same words, less those that hold the sentence
    /// together, and if need be less those that name the service itself or a party.
    #[must_use]
    pub fn kin(&self, catalog: &Catalog, of: ActivityKey, scope: &[u32]) -> Vec<ActivityKey> {
        let Some(doc) = self.keys.iter().position(|&key| key == of) else { return vec![of] };
        let sense = self.sense(catalog, narrow(doc));
        let Some(&rarest) = sense.own.iter().min_by_key(|&&stem| self.postings.of(stem).len())
        else {
            return vec![of];
        };
        let length = |doc: Doc| self.texts.text(self.texts.of(doc).start).len();
        let own_length = length(narrow(doc));
        let is_kin = |&doc: &Doc| {
            scope.binary_search(&self.keys[doc as usize].matrix).is_ok()
                && length(doc).abs_diff(own_length) <= MAX_LONGER
                && self.sense(catalog, doc).is_same(&sense)
        };
        let docs = self.postings.of(rarest).iter().take(SAMPLE).copied().filter(is_kin);
        let mut kin: Vec<ActivityKey> = docs.map(|doc| self.keys[doc as usize]).collect();
        kin.sort_unstable();
        kin
    }

    fn sense(&self, catalog: &Catalog, doc: Doc) -> Sense {
        let vocabulary = &self.vocabulary;
        let name = self.texts.of(doc).start;
        let words = self.texts.text(name).iter().map(|&word| (vocabulary.words.at(word), word));
        let words = words.filter(|(word, _)| !is_filler(word));
        let all: Vec<(&str, StemId)> =
            words.map(|(word, id)| (word, vocabulary.stem_of(id))).collect();
        let service = self.stems_of_service(catalog, self.keys[doc as usize].matrix);
        let told = less(&all, |(word, stem)| {
            SUBJECTS.contains(word) || self.party_stems.binary_search(stem).is_ok()
        });
        let own =
            less(&told, |(word, stem)| service.contains(stem) && Kind::of(word) == Kind::Plain);
        Sense { all: stems(&told), own: stems(&own) }
    }

    /// The stems of the name of a matrix's own service.
    fn stems_of_service(&self, catalog: &Catalog, matrix: u32) -> Vec<StemId> {
        let name = Words::of(&catalog.matrices()[matrix as usize].service.name);
        let ids = name.iter().filter_map(|word| self.vocabulary.words.find(word));
        ids.map(|id| self.vocabulary.stem_of(id)).collect()
    }
}

/// What a name says, as sorted stems.
struct Sense {
    /// With the words for its own service.
    all: Vec<StemId>,
    /// Without them.
    own: Vec<StemId>,
}

impl Sense {
    fn is_same(&self, other: &Self) -> bool {
        self.own == other.own || self.all == other.all
    }
}

/// The words without some, as long as enough are left to say something.
fn less<'a>(
    words: &[(&'a str, StemId)],
    is_left_out: impl Fn(&(&'a str, StemId)) -> bool,
) -> Vec<(&'a str, StemId)> {
    let left: Vec<_> = words.iter().copied().filter(|word| !is_left_out(word)).collect();
    if left.len() < LEAST_WORDS { words.to_vec() } else { left }
}

fn stems(words: &[(&str, StemId)]) -> Vec<StemId> {
    let mut stems: Vec<StemId> = words.iter().map(|&(_, stem)| stem).collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}
