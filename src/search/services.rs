//! Names of services: in a query, and typed by themselves.

use std::collections::HashMap;

use crate::domain::Catalog;

use super::fold::Words;
use super::index::Index;
use super::plan::Plan;
use super::stopwords::is_filler;
use super::vocabulary::{StemId, WordId};

/// The least share of the activities with a word that belong to a service, for the word alone to
/// name the service.
const OWN_SHARE: f32 = 0.6;
/// The most services that a text names at once.
const MAX_NAMED: usize = 8;

/// The names of all services.
#[derive(Debug, Default)]
pub(super) struct Services {
    /// The stems of each name without those of parties, and the matrix.
    names: Vec<(Vec<StemId>, u32)>,
    /// Names by each of their stems.
    by_stem: HashMap<StemId, Vec<u32>>,
}

impl Services {
    pub(super) fn new(
        catalog: &Catalog,
        names: Vec<(u32, Vec<WordId>)>,
        stem: impl Fn(WordId) -> StemId,
        parties: &[StemId],
        _stems: usize,
    ) -> Self {
        let _ = catalog;
        let mut services = Self::default();
        for (matrix, words) in names {
            let all: Vec<StemId> = words.into_iter().map(&stem).collect();
            let own: Vec<StemId> =
                all.iter().copied().filter(|stem| parties.binary_search(stem).is_err()).collect();
            let name = if own.is_empty() { all } else { own };
            if name.is_empty() || services.names.contains_name(&name, matrix) {
                continue;
            }
            let id = super::fold::narrow(services.names.len());
            let mut distinct = name.clone();
            distinct.sort_unstable();
            distinct.dedup();
            for stem in distinct {
                services.by_stem.entry(stem).or_default().push(id);
            }
            services.names.push((name, matrix));
        }
        services
    }

    /// The matrices in scope whose service a query names, and the bits of the words that do.
    pub(super) fn named(
        &self,
        index: &Index,
        plan: &Plan,
        stems: &[Option<StemId>],
        scope: &[u32],
    ) -> (Vec<u32>, u64) {
        let mut best: (usize, u64) = (0, 0);
        let mut named: Vec<u32> = Vec::new();
        for (asked, slot) in plan.asked.iter().zip(0_u8..) {
            for &(of, stem, factor) in &plan.stems {
                if of != slot || factor < 0.7 {
                    continue;
                }
                for &name in self.by_stem.get(&stem).into_iter().flatten() {
                    let (name, matrix) = &self.names[name as usize];
                    if scope.binary_search(matrix).is_err()
                        || name.first() != Some(&stem) && name.len() > 1 && best.0 > 1
                    {
                        continue;
                    }
                    let Some((length, used)) =
                        self.matched(index, plan, stems, asked.at, slot, stem, name, *matrix)
                    else {
                        continue;
                    };
                    if length > best.0 {
                        best = (length, used);
                        named.clear();
                    }
                    if length == best.0 && !named.contains(matrix) && named.len() < MAX_NAMED {
                        best.1 |= used;
                        named.push(*matrix);
                    }
                }
            }
        }
        named.sort_unstable();
        (named, best.1)
    }

    /// How many words of a name stand in the query from `at` on, if they are enough to mean it.
    #[expect(clippy::too_many_arguments, reason = "rewritten below")]
    fn matched(
        &self,
        index: &Index,
        plan: &Plan,
        stems: &[Option<StemId>],
        at: usize,
        slot: u8,
        stem: StemId,
        name: &[StemId],
        matrix: u32,
    ) -> Option<(usize, u64)> {
        let from = name.iter().position(|&known| known == stem)?;
        let mut used = 1_u64 << slot;
        let mut length = 1;
        let mut place = at + 1;
        for wanted in &name[from + 1..] {
            while place < stems.len() && is_filler(plan.words.at(place)) {
                place += 1;
            }
            if place >= stems.len() || stems[place] != Some(*wanted) {
                break;
            }
            if let Some(next) = plan.asked.iter().position(|asked| asked.at == place) {
                used |= 1 << next;
            }
            length += 1;
            place += 1;
        }
        if length == name.len() && (length > 1 || self.own(index, stem, matrix)) {
            return Some((length * 2, used));
        }
        let others = self.by_stem.get(&stem).into_iter().flatten();
        let alone = others.clone().all(|&other| self.names[other as usize].1 == matrix);
        if alone && (length > 1 || self.own(index, stem, matrix)) {
            return Some((length * 2 - 1, used));
        }
        None
    }

    /// Whether a word is used by one service mostly.
    #[expect(clippy::cast_precision_loss, reason = "a share")]
    fn own(&self, index: &Index, stem: StemId, matrix: u32) -> bool {
        let docs = index.postings.of(stem);
        let sample = &docs[..docs.len().min(4_000)];
        let own = sample.iter().filter(|&&doc| index.keys[doc as usize].matrix == matrix).count();
        sample.is_empty() || own as f32 >= OWN_SHARE * sample.len() as f32
    }
}

trait Names {
    fn contains_name(&self, name: &[StemId], matrix: u32) -> bool;
}

impl Names for Vec<(Vec<StemId>, u32)> {
    fn contains_name(&self, name: &[StemId], matrix: u32) -> bool {
        self.iter()
            .rev()
            .take_while(|(_, known)| *known == matrix)
            .any(|(known, _)| known.as_slice() == name)
    }
}

/// How well `text` names a service, by its names; 0 not at all.
pub(super) fn likeness(text: &Words, raw: &str, name: &str) -> f32 {
    let words = Words::of(name);
    if text.is_empty() {
        return 0.0;
    }
    let joined = |words: &Words| words.iter().collect::<Vec<_>>().join(" ");
    let (typed, name) = (joined(text), joined(&words));
    let _ = raw;
    if typed == name {
        return 1.0;
    }
    if name.starts_with(&typed) {
        return 0.9;
    }
    let heavy: Vec<&str> = words.iter().filter(|word| !is_filler(word)).collect();
    let initials: String = heavy.iter().filter_map(|word| word.chars().next()).collect();
    if typed.len() > 1 && (initials == typed) {
        return 0.85;
    }
    let near = |a: &str, b: &str| {
        if b.starts_with(a) {
            0.8
        } else if a.len() >= 4 && strsim::osa_distance(a, b) <= if a.len() > 5 { 2 } else { 1 } {
            0.65
        } else {
            0.0
        }
    };
    let mut sum = 0.0;
    let mut count = 0.0;
    for word in text.iter().filter(|word| !is_filler(word)) {
        let best = words.iter().map(|other| near(word, other)).fold(0.0, f32::max);
        if best == 0.0 {
            return 0.0;
        }
        sum += best;
        count += 1.0;
    }
    if count == 0.0 { 0.0 } else { sum / count }
}
