//! Made-up matrices of any size, the same ones every time.
//!
//! Names walk a chain of word pairs learnt from real ones. Every forty activities share a service
//! with an invented product, which some names mention, so that the vocabulary grows with the
//! catalog as it does in life and names are rarely equal.

use std::collections::BTreeMap;

use fastrand::Rng;
use raci_bot::domain::{
    Activity, ActivityId, Matrix, Participation, Party, Scheme, Section, Service, Source,
};
use raci_bot::search::Thesaurus;

const SEED: u64 = 20_241_002;
const PER_SERVICE: usize = 40;
const PER_SECTION: usize = 5;
const SYLLABLES: [&str; 20] = [
    "ba", "ko", "ri", "ten", "mu", "sal", "vor", "dex", "lin", "qua", "zor", "pim", "tra", "neb",
    "olo", "gar", "fi", "hux", "ser", "win",
];
const KINDS: [&str; 8] =
    ["Storage", "Compute", "Network", "Database", "Mail", "Backup", "Registry", "Gateway"];

/// What names are made of.
pub(crate) struct Corpus {
    firsts: Vec<String>,
    /// What follows each word; `None` ends a name.
    next: BTreeMap<String, Vec<Option<String>>>,
    lasts: Vec<String>,
    lengths: Vec<usize>,
    titles: Vec<String>,
}

impl Corpus {
    /// Learns from the names of these matrices and from what the thesaurus calls things in English.
    pub(crate) fn learn(matrices: &[Matrix], thesaurus: &Thesaurus) -> Self {
        let rows = matrices.iter().flat_map(|matrix| &matrix.activities);
        let names = rows.map(|row| row.name.as_str());
        let terms = thesaurus.sets.iter().flat_map(|set| &set.terms);
        let english = terms.filter(|term| term.language == "en").map(|term| &*term.text);
        let sections = matrices.iter().flat_map(|matrix| &matrix.sections);
        let mut corpus = Self {
            firsts: Vec::new(),
            next: BTreeMap::new(),
            lasts: Vec::new(),
            lengths: Vec::new(),
            titles: sections.map(|section| section.title.clone()).collect(),
        };
        for (text, is_name) in names.map(|n| (n, true)).chain(english.map(|t| (t, false))) {
            let words: Vec<&str> = text.split_whitespace().collect();
            for (at, word) in words.iter().enumerate() {
                let follows = words.get(at + 1).map(|&word| word.to_owned());
                corpus.next.entry((*word).to_owned()).or_default().push(follows);
            }
            corpus.lasts.extend(words.last().map(|&word| word.to_owned()));
            if is_name {
                corpus.firsts.extend(words.first().map(|&word| word.to_owned()));
                corpus.lengths.push(words.len());
            }
        }
        corpus
    }

    /// Matrices with so many activities together.
    pub(crate) fn matrices(&self, activities: usize) -> Vec<Matrix> {
        let mut rng = Rng::with_seed(SEED);
        let mut left = activities;
        let mut matrices = Vec::with_capacity(activities.div_ceil(PER_SERVICE));
        while left > 0 {
            let rows = left.min(PER_SERVICE);
            left -= rows;
            matrices.push(self.matrix(matrices.len(), rows, &mut rng));
        }
        matrices
    }

    fn matrix(&self, number: usize, rows: usize, rng: &mut Rng) -> Matrix {
        let syllables = (0..rng.usize(2..=4)).map(|_| pick(rng, &SYLLABLES).copied());
        let product: String = syllables.flatten().collect();
        let kind = pick(rng, &KINDS).copied().unwrap_or_default();
        let id = format!("{product}-{number}");
        let sections: Vec<Section> = (0..rows.div_ceil(PER_SECTION))
            .map(|at| Section {
                number: Some((at + 1).to_string()),
                title: pick(rng, &self.titles).cloned().unwrap_or_default(),
                parent: None,
            })
            .collect();
        let row = |at: usize| {
            let section = at / PER_SECTION;
            let name = self.name(&product, rng);
            let path = (sections[section].number.as_deref(), sections[section].title.as_str());
            Activity {
                // The row tells names apart that came out the same.
                id: ActivityId::new(&id, None, &[path], &format!("{name} {at}")),
                name,
                aliases: Vec::new(),
                note: None,
                section: Some(section),
                assignments: vec![
                    [Participation::Responsible, Participation::Accountable].into_iter().collect(),
                    [Participation::Informed].into_iter().collect(),
                ],
            }
        };
        let activities = (0..rows).map(row).collect();
        let party = |name: &str| Party { name: name.into(), aliases: Vec::new(), contact: None };
        let name = format!("{product} {kind} {number}");
        Matrix {
            service: Service { id, name, aliases: Vec::new(), confidential: false },
            language: None,
            scheme: Scheme::Raci,
            legend: Vec::new(),
            source: Source::default(),
            parties: vec![party("OVHcloud"), party("Customer")],
            sections,
            activities,
            allowances: Vec::new(),
        }
    }

    fn name(&self, product: &str, rng: &mut Rng) -> String {
        let length = pick(rng, &self.lengths).map_or(2, |&length| length.clamp(2, 24));
        let mut words: Vec<&str> =
            pick(rng, &self.firsts).map(String::as_str).into_iter().collect();
        while words.len() < length {
            let last = words.last().copied().unwrap_or_default();
            let follows = self.next.get(last).and_then(|next| pick(rng, next));
            match follows {
                Some(Some(word)) => words.push(word),
                _ if words.len() >= 2 && rng.bool() => break,
                _ => words.extend(pick(rng, &self.lasts).map(String::as_str)),
            }
        }
        if rng.f32() < 0.3 {
            words.extend(["for", product]);
        }
        words.join(" ")
    }
}

fn pick<'a, T>(rng: &mut Rng, from: &'a [T]) -> Option<&'a T> {
    rng.choice(from)
}
