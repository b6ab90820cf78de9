//! A matrix that was imported again: what changed since, and what people added to the old one.

use std::collections::{HashMap, HashSet};
use std::fmt;

use crate::domain::id::ActivityId;
use crate::domain::{Activity, Allowance, Matrix, Party, Scope, Service};

use super::table::words::fold;

/// How alike two names of one section are, from 0 to 1, to be one activity renamed.
const RENAMED: f64 = 0.6;
/// The most rows of each matrix that are looked at for renamed ones.
const MAX_RENAMED: usize = 1_000;

/// Something that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A row that is new.
    Added(String),
    /// A row that is gone.
    Gone(String),
    /// A row that has another name.
    Renamed {
        /// The old name.
        from: String,
        /// The new name.
        to: String,
    },
    /// A row that stands in another section.
    Moved {
        /// Its name.
        name: String,
        /// The old section.
        from: String,
        /// The new section.
        to: String,
    },
    /// A cell that says something else.
    Letters {
        /// The row's name.
        name: String,
        /// Whose cell it is.
        party: String,
        /// What it said.
        from: String,
        /// What it says now.
        to: String,
    },
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters =
            |text: &str| if text.is_empty() { "nothing".to_owned() } else { format!("`{text}`") };
        match self {
            Self::Added(name) => write!(f, "added `{name}`"),
            Self::Gone(name) => write!(f, "gone `{name}`"),
            Self::Renamed { from, to } => write!(f, "renamed `{from}` to `{to}`"),
            Self::Moved { name, from, to } => write!(f, "moved `{name}` from `{from}` to `{to}`"),
            Self::Letters { name, party, from, to } => {
                write!(f, "`{name}`: {party} from {} to {}", letters(from), letters(to))
            }
        }
    }
}

/// The new matrix with the service, aliases, contacts and notes of the old one, and what changed.
#[must_use]
pub fn merge(old: &Matrix, mut new: Matrix) -> (Matrix, Vec<Change>) {
    let pairs = pairs(old, &new);
    let changes = changes(old, &new, &pairs);
    let confidential = old.service.confidential || new.service.confidential;
    new.service = Service { confidential, ..old.service.clone() };
    new.language.clone_from(&old.language);
    for party in &mut new.parties {
        if let Some(known) = old.parties.iter().find(|known| same(&known.name, &party.name)) {
            *party = Party { name: party.name.clone(), ..known.clone() };
        }
    }
    new.source.url = new.source.url.or_else(|| old.source.url.clone());
    new.source.licence = new.source.licence.or_else(|| old.source.licence.clone());
    let aliases: Vec<Vec<String>> = pairs
        .iter()
        .zip(&new.activities)
        .map(|(pair, activity)| {
            let kept =
                pair.map(|index| old.activities[index].aliases.as_slice()).unwrap_or_default();
            let mut aliases = kept.to_vec();
            aliases.extend(activity.aliases.iter().filter(|a| !kept.contains(a)).cloned());
            aliases
        })
        .collect();
    for ((pair, aliases), activity) in pairs.iter().zip(aliases).zip(&mut new.activities) {
        activity.aliases = aliases;
        let kept = pair.and_then(|index| old.activities[index].note.clone());
        activity.note = kept.or_else(|| activity.note.take());
    }
    new.allowances = allowances(old, &new, &pairs);
    name_anew(&mut new);
    (new, changes)
}

/// The allowances of the old matrix for the parts that are still there.
fn allowances(old: &Matrix, new: &Matrix, pairs: &[Option<usize>]) -> Vec<Allowance> {
    let scope = |scope| match scope {
        Scope::Matrix => Some(Scope::Matrix),
        Scope::Party(index) => {
            let name = &old.parties.get(index)?.name;
            new.parties.iter().position(|party| same(&party.name, name)).map(Scope::Party)
        }
        Scope::Section(index) => {
            let path = path_label(old, index);
            let sections = 0..new.sections.len();
            let mut same = sections.filter(|&section| self::same(&path_label(new, section), &path));
            same.next().map(Scope::Section)
        }
        Scope::Activity(index) => {
            pairs.iter().position(|pair| *pair == Some(index)).map(Scope::Activity)
        }
    };
    let kept = old.allowances.iter().filter_map(|allowance| {
        Some(Allowance { scope: scope(allowance.scope)?, ..allowance.clone() })
    });
    kept.collect()
}

/// Gives the rows the ids that they have under the old service.
fn name_anew(matrix: &mut Matrix) {
    let ids: Vec<ActivityId> = matrix
        .activities
        .iter()
        .map(|activity| {
            let path = activity.section.map(|section| matrix.path(section)).unwrap_or_default();
            let path: Vec<(Option<&str>, &str)> =
                path.iter().map(|s| (s.number.as_deref(), s.title.as_str())).collect();
            let language = matrix.language.as_deref();
            ActivityId::new(&matrix.service.id, language, &path, &activity.name)
        })
        .collect();
    for (activity, id) in matrix.activities.iter_mut().zip(ids) {
        activity.id = id;
    }
}

/// For each new row the old one that it was: by section and name, by a name that occurs once, by
/// a similar name in the same section.
fn pairs(old: &Matrix, new: &Matrix) -> Vec<Option<usize>> {
    let mut pairs =
        Pairs { of: vec![None; new.activities.len()], taken: vec![false; old.activities.len()] };
    let olds: Vec<(String, String)> = old.activities.iter().map(|a| key(old, a)).collect();
    let news: Vec<(String, String)> = new.activities.iter().map(|a| key(new, a)).collect();
    pairs.join(&olds, &news, |(section, name)| (section.as_str(), name.as_str()));
    pairs.join(&olds, &news, |(_, name)| ("", name.as_str()));
    pairs.join_similar(&olds, &news);
    pairs.of
}

/// A row's section and name as they are compared.
fn key(matrix: &Matrix, activity: &Activity) -> (String, String) {
    (fold(&section(matrix, activity)), fold(&activity.name))
}

fn section(matrix: &Matrix, activity: &Activity) -> String {
    activity.section.map(|section| path_label(matrix, section)).unwrap_or_default()
}

fn path_label(matrix: &Matrix, section: usize) -> String {
    matrix.path(section).iter().map(|section| section.label()).collect::<Vec<_>>().join(" › ")
}

fn same(a: &str, b: &str) -> bool {
    fold(a) == fold(b)
}

struct Pairs {
    of: Vec<Option<usize>>,
    taken: Vec<bool>,
}

type Key = (String, String);

impl Pairs {
    /// Joins free rows whose keys are equal and occur once on either side.
    fn join<'k>(
        &mut self,
        olds: &'k [Key],
        news: &'k [Key],
        by: impl Fn(&'k Key) -> (&'k str, &'k str),
    ) {
        type Rows = (Vec<usize>, Vec<usize>);
        let mut found: HashMap<(&str, &str), Rows> = HashMap::new();
        for (index, key) in olds.iter().enumerate().filter(|(index, _)| !self.taken[*index]) {
            found.entry(by(key)).or_default().0.push(index);
        }
        for (index, key) in news.iter().enumerate().filter(|(index, _)| self.of[*index].is_none()) {
            found.entry(by(key)).or_default().1.push(index);
        }
        for (olds, news) in found.into_values() {
            if let ([old], [new]) = (olds.as_slice(), news.as_slice()) {
                self.set(*old, *new);
            }
        }
    }

    /// Joins free rows of one section whose names are similar, the most similar first.
    fn join_similar(&mut self, olds: &[Key], news: &[Key]) {
        let free_old = (0..olds.len()).filter(|&old| !self.taken[old]).take(MAX_RENAMED);
        let free_old: Vec<usize> = free_old.collect();
        let mut similar = Vec::new();
        for new in (0..news.len()).filter(|&new| self.of[new].is_none()).take(MAX_RENAMED) {
            for &old in free_old.iter().filter(|&&old| olds[old].0 == news[new].0) {
                let likeness = strsim::normalized_levenshtein(&olds[old].1, &news[new].1);
                if likeness >= RENAMED {
                    similar.push((likeness, old, new));
                }
            }
        }
        similar.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, old, new) in similar {
            if !self.taken[old] && self.of[new].is_none() {
                self.set(old, new);
            }
        }
    }

    fn set(&mut self, old: usize, new: usize) {
        self.of[new] = Some(old);
        self.taken[old] = true;
    }
}

fn changes(old: &Matrix, new: &Matrix, pairs: &[Option<usize>]) -> Vec<Change> {
    let mut changes = Vec::new();
    for (activity, pair) in new.activities.iter().zip(pairs) {
        match pair {
            None => changes.push(Change::Added(activity.name.clone())),
            Some(index) => change(old, &old.activities[*index], new, activity, &mut changes),
        }
    }
    let kept: HashSet<usize> = pairs.iter().flatten().copied().collect();
    for (index, activity) in old.activities.iter().enumerate() {
        if !kept.contains(&index) {
            changes.push(Change::Gone(activity.name.clone()));
        }
    }
    changes
}

fn change(old: &Matrix, was: &Activity, new: &Matrix, is: &Activity, changes: &mut Vec<Change>) {
    let name = is.name.clone();
    if was.name != is.name {
        changes.push(Change::Renamed { from: was.name.clone(), to: name.clone() });
    }
    let (from, to) = (section(old, was), section(new, is));
    if !same(&from, &to) {
        changes.push(Change::Moved { name: name.clone(), from, to });
    }
    let letters = |matrix: &Matrix, activity: &Activity, party: &str| {
        let index = matrix.parties.iter().position(|known| same(&known.name, party));
        let cell = index.and_then(|index| activity.assignments.get(index));
        cell.map(|cell| cell.letters(matrix.scheme)).unwrap_or_default()
    };
    let parties = new.parties.iter().chain(
        old.parties.iter().filter(|party| !new.parties.iter().any(|p| same(&p.name, &party.name))),
    );
    for party in parties {
        let (from, to) = (letters(old, was, &party.name), letters(new, is, &party.name));
        if from != to {
            let party = party.name.clone();
            changes.push(Change::Letters { name: name.clone(), party, from, to });
        }
    }
}
