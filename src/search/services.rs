//! Names of services: in a query, and typed by themselves.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::fold::{Fnv, narrow};
use super::plan::{Asked, Lead, Plan, Rule};
use super::spelling::{MAX_WORDS, Spelling, joined};
use super::stopwords::is_filler;
use super::vocabulary::{FormId, StemId, Vocabulary, WordId};

/// The least share of the activities with a word that belong to a service, for the word alone to
/// name the service.
const OWN_SHARE: f32 = 0.55;
/// How many activities with a word are looked at for that.
const SAMPLE: usize = 4_000;
/// A word asked must stand for a word of the name at least this well.
const LEAST_FACTOR: f32 = 0.7;
/// Words that a place follows, in the languages that people ask in.
const PLACES: &[&str] = &["on", "in", "sur", "dans", "auf", "en", "su"];
/// A word of more names than this names a service only together with its other words.
const MAX_NAMES: usize = 256;
/// The fewest words of a name that is known by their initials.
const LEAST_INITIALS: usize = 3;
/// How often a name is looked for in another spelling.
const MAX_LOOKED: usize = 24;
/// The most words between a place and what follows it: `on one of our`.
const MAX_BETWEEN: usize = 4;
/// The most services that a text names at once.
const MAX_NAMED: usize = 8;

/// The names of all services.
#[derive(Debug, Default)]
pub(super) struct Services {
    names: Vec<Name>,
    by_stem: HashMap<StemId, Named, BuildHasherDefault<Fnv>>,
    spelling: Spelling,
}

/// What a stem of a service's name says.
#[derive(Debug, Default)]
struct Named {
    /// The names that have it.
    names: Vec<u32>,
    owner: Owner,
}

/// Whose word a stem is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Owner {
    /// No activity has it: any service may be meant by it.
    #[default]
    Any,
    /// Most activities that have it belong to this matrix.
    One(u32),
    /// It belongs to no service in particular.
    Nobody,
}

/// One name of a service, without the names of parties in it.
#[derive(Debug)]
struct Name {
    stems: Vec<StemId>,
    matrix: u32,
}

/// The services that a query names.
#[derive(Debug, Default)]
pub(super) struct Naming {
    /// Their matrices, ascending.
    pub(super) matrices: Vec<u32>,
    /// The words of the query that name them, as bits.
    pub(super) words: u64,
    /// How much of a name was typed.
    rank: usize,
}

impl Naming {
    /// Takes a service that words of the query name, if none is named more surely.
    fn offer(&mut self, rank: usize, words: u64, matrix: u32) {
        if rank > self.rank {
            *self = Self { rank, ..Self::default() };
        }
        if rank == self.rank && self.matrices.len() < MAX_NAMED {
            self.words |= words;
            self.matrices.push(matrix);
        }
    }
}

impl Services {
    /// The services of these names, each the words of a name and its matrix.
    pub(super) fn new(
        names: Vec<(u32, Vec<WordId>)>,
        vocabulary: &Vocabulary,
        parties: &[StemId],
    ) -> Self {
        let mut services = Self::default();
        let mut spelt = Vec::new();
        for (matrix, all) in names {
            let stem = |&word: &WordId| vocabulary.stem_of(word);
            let is_party = |word: &WordId| parties.binary_search(&stem(word)).is_ok();
            let own: Vec<WordId> = all.iter().copied().filter(|word| !is_party(word)).collect();
            let words = if own.is_empty() { all } else { own };
            let text = words.iter().map(|&word| vocabulary.words.at(word));
            for initials in initials(text.clone()) {
                // `ldp`, which rows of the service itself may say too.
                if let Some(word) = vocabulary.words.find(&initials) {
                    services.add(vec![stem(&word)], matrix);
                }
                spelt.push((initials, 1, matrix));
            }
            let (name, count) = joined(text);
            spelt.push((name, count, matrix));
            let stems: Vec<StemId> = words.iter().map(stem).collect();
            services.add(stems, matrix);
        }
        services.spelling = Spelling::new(spelt);
        services
    }

    /// Adds a name of a service, unless it has it already.
    fn add(&mut self, stems: Vec<StemId>, matrix: u32) {
        let mut of_matrix = self.names.iter().rev().take_while(|name| name.matrix == matrix);
        if stems.is_empty() || of_matrix.any(|name| name.stems == stems) {
            return;
        }
        let id = narrow(self.names.len());
        for (at, stem) in stems.iter().enumerate() {
            if !stems[..at].contains(stem) {
                self.by_stem.entry(*stem).or_default().names.push(id);
            }
        }
        self.names.push(Name { stems, matrix });
    }

    /// Finds out whose word each stem is; `matrices` gives those of the activities that have it.
    pub(super) fn find_owners<M: Iterator<Item = u32>>(&mut self, matrices: impl Fn(StemId) -> M) {
        for (&stem, named) in &mut self.by_stem {
            named.owner = owner(&matrices(stem).take(SAMPLE).collect::<Vec<_>>());
        }
    }

    /// Whether these are the words of a name of a matrix's service.
    pub(super) fn is_name(&self, matrix: u32, stems: &[StemId]) -> bool {
        let Some(known) = stems.first().and_then(|stem| self.by_stem.get(stem)) else {
            return false;
        };
        let mut names = known.names.iter().map(|&name| &self.names[name as usize]);
        names.any(|name| {
            name.matrix == matrix
                && name.stems.len() == stems.len()
                && name.stems.iter().all(|stem| stems.contains(stem))
        })
    }

    /// The services in scope that a query names: those of which it has most of a name.
    pub(super) fn named(
        &self,
        plan: &Plan,
        stems: &[Option<StemId>],
        forms: &[Option<FormId>],
        scope: &[u32],
        is_used: impl Fn(FormId) -> bool,
    ) -> Naming {
        let mut best = if scope.len() > 1 {
            self.spelt(plan, forms, scope, is_used)
        } else {
            Naming::default()
        };
        let only_in_names = unled(plan, stems);
        let leads = plan.leads.iter().filter(|lead| means_name(plan, lead)).chain(&only_in_names);
        for lead in leads {
            let Some(named) = self.by_stem.get(&lead.stem) else { continue };
            if named.names.len() > MAX_NAMES {
                continue;
            }
            for &name in &named.names {
                let name = &self.names[name as usize];
                if scope.binary_search(&name.matrix).is_err() {
                    continue;
                }
                let start = plan.asked[usize::from(lead.slot)].at;
                let (length, words) = common(name, lead.stem, plan, stems, start);
                let words = words | 1 << lead.slot;
                let placed = is_placed(plan, start);
                let is_first = name.stems.first() == Some(&lead.stem);
                let rank = self.rank(name, (named, is_first), length, placed);
                // Where there is one service, part of its name is a word like any other.
                if let Some(rank) = rank.filter(|rank| scope.len() > 1 || rank % 2 == 0) {
                    best.offer(rank, words, name.matrix);
                }
            }
        }
        best.matrices.sort_unstable();
        best.matrices.dedup();
        best
    }

    /// The services whose names some words of the query are, otherwise spelt.
    fn spelt(
        &self,
        plan: &Plan,
        forms: &[Option<FormId>],
        scope: &[u32],
        is_used: impl Fn(FormId) -> bool,
    ) -> Naming {
        let mut best = Naming::default();
        let mut looked = 0;
        for start in 0..plan.words.len() {
            let (mut text, mut unknown, mut words) = (String::new(), false, 0);
            for (at, form) in forms.iter().enumerate().skip(start).take(MAX_WORDS) {
                if is_filler(plan.words.at(at)) || looked >= MAX_LOOKED {
                    break;
                }
                text.push_str(plan.words.at(at));
                unknown |= form.is_none_or(|form| !is_used(form));
                if let Some(slot) = plan.asked.iter().position(|asked| asked.at == at) {
                    words |= 1 << slot;
                }
                let several = at > start;
                // A single word that is known names a service only by the rules for words.
                if text.len() < LEAST_INITIALS || !(several || unknown) {
                    continue;
                }
                looked += 1;
                for spelt in self.spelling.find(&text, unknown) {
                    if scope.binary_search(&spelt.matrix).is_ok() && (several || spelt.whole) {
                        best.offer(
                            2 * spelt.words - usize::from(!spelt.whole),
                            words,
                            spelt.matrix,
                        );
                    }
                }
            }
        }
        best
    }

    /// How surely `length` words of a name, from the one that is `named` on, mean the service: the
    /// more words the surer, and a whole name more than part of one. A single word must be the
    /// service's own, or `placed`: said to be where something happens.
    fn rank(
        &self,
        name: &Name,
        (named, is_first): (&Named, bool),
        length: usize,
        placed: bool,
    ) -> Option<usize> {
        let own = || {
            placed || matches!(named.owner, Owner::Any) || named.owner == Owner::One(name.matrix)
        };
        if length == name.stems.len() && (length > 1 || own()) {
            return Some(2 * length);
        }
        // `dedicated` begins one name and is inside another: the one that begins so is meant.
        let begins = |other: &&Name| other.stems.first() == name.stems.first();
        let others = named.names.iter().map(|&other| &self.names[other as usize]);
        let alone = if is_first {
            others.filter(begins).all(|other| other.matrix == name.matrix)
        } else {
            others.map(|other| other.matrix).all(|matrix| matrix == name.matrix)
        };
        // What several names begin with (`public cloud`) names them all.
        let shared = is_first && length > 1;
        (shared || alone && (length > 1 || own())).then_some(2 * length - 1)
    }
}

/// What a name of these words is shortened to: its initials, with those of `service` where it does
/// not say so itself (`mks`).
fn initials<'a>(words: impl Iterator<Item = &'a str> + Clone) -> Vec<String> {
    let short: String = words.clone().filter_map(|word| word.chars().next()).collect();
    let count = words.clone().count();
    let mut found = Vec::new();
    if count + 1 >= LEAST_INITIALS && words.last() != Some("service") {
        found.push(format!("{short}s"));
    }
    if count >= LEAST_INITIALS {
        found.push(short);
    }
    found
}

/// The words asked that no activity has, which may be words of names.
fn unled(plan: &Plan, stems: &[Option<StemId>]) -> Vec<Lead> {
    let slots = (0..).zip(&plan.asked);
    let unled = slots.filter(|&(slot, _)| plan.leads_of(usize::from(slot)).next().is_none());
    let lead = |(slot, asked): (u8, &Asked)| {
        let stem = stems.get(asked.at).copied().flatten()?;
        Some(Lead { slot, stem, factor: 1.0, rule: Rule::Exact, phrase: None })
    };
    unled.filter_map(lead).collect()
}

/// Whether a word asked stands for a word well enough to name a service by it; a synonym must have
/// no other meaning in one word (`k8s`).
fn means_name(plan: &Plan, lead: &Lead) -> bool {
    let means = |other: &Lead| other.stem == lead.stem || other.phrase.is_some();
    match lead.rule {
        Rule::Family | Rule::Hint => false,
        // Initials of what some row says: the name of another service may have them, too.
        Rule::Abbreviation if lead.phrase.is_some() => false,
        Rule::Synonym => plan.leads_of(usize::from(lead.slot)).all(means),
        _ => lead.factor >= LEAST_FACTOR,
    }
}

/// Whether a word asked stands for the next word of a name that has begun: then one of several
/// meanings is enough (`public cloud db`).
fn continues_name(lead: &Lead) -> bool {
    !matches!(lead.rule, Rule::Family | Rule::Hint) && lead.factor >= LEAST_FACTOR
}

/// Whether a word ends a clause and says where something else happens: `encrypt disks on my
/// instances`.
fn is_placed(plan: &Plan, at: usize) -> bool {
    let before = (0..at).rev().map(|before| plan.words.at(before));
    let mut before = before.take_while(|word| is_filler(word)).take(MAX_BETWEEN);
    plan.words.ends_clause(at) && plan.asked.len() > 1 && before.any(|word| PLACES.contains(&word))
}

/// How many words of a name, from `stem` on, follow each other in a query from `at` on, and which.
fn common(
    name: &Name,
    stem: StemId,
    plan: &Plan,
    stems: &[Option<StemId>],
    mut at: usize,
) -> (usize, u64) {
    let from = name.stems.iter().position(|&known| known == stem).unwrap_or(0);
    let (mut length, mut words) = (1, 0);
    for wanted in &name.stems[from + 1..] {
        at += 1;
        while at < stems.len() && is_filler(plan.words.at(at)) {
            at += 1;
        }
        let slot = plan.asked.iter().position(|asked| asked.at == at);
        let means = |slot: usize| {
            let mut leads = plan.leads_of(slot);
            leads.any(|lead| lead.stem == *wanted && continues_name(lead))
        };
        if stems.get(at) != Some(&Some(*wanted)) && !slot.is_some_and(means) {
            break;
        }
        if let Some(slot) = slot {
            words |= 1 << slot;
        }
        length += 1;
    }
    (length, words)
}

/// Whose word it is that activities of these matrices have.
#[expect(clippy::cast_precision_loss, reason = "a share")]
fn owner(matrices: &[u32]) -> Owner {
    // Whoever has more than half is left over when different ones cancel out in pairs.
    let (mut left, mut lead) = (u32::MAX, 0_usize);
    for &matrix in matrices {
        match lead {
            0 => (left, lead) = (matrix, 1),
            _ if matrix == left => lead += 1,
            _ => lead -= 1,
        }
    }
    let own = matrices.iter().filter(|&&matrix| matrix == left).count();
    if matrices.is_empty() {
        Owner::Any
    } else if own as f32 >= OWN_SHARE * matrices.len() as f32 {
        Owner::One(left)
    } else {
        Owner::Nobody
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_owned_by_whoever_has_most_of_it() {
        assert_eq!(owner(&[]), Owner::Any);
        assert_eq!(owner(&[7]), Owner::One(7));
        assert_eq!(owner(&[1, 2, 2, 1, 2]), Owner::One(2));
        assert_eq!(owner(&[1, 2, 3, 1]), Owner::Nobody);
        // Just more than half is too few.
        assert_eq!(owner(&[[4; 27], [5; 27]].concat()), Owner::Nobody);
    }
}
