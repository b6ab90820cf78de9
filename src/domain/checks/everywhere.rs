//! Rules that need all matrices: what one name means in several places.

use std::collections::{BTreeMap, BTreeSet};

use super::{Fault, Part, folded};
use crate::domain::matrix::Matrix;

/// Activities of one name with different owners in two services; one fault for each answer that
/// differs from the first one, where it is given first.
pub(super) fn different_owners(matrices: &[&Matrix]) -> Vec<(usize, Fault)> {
    let mut known: BTreeMap<String, Vec<Owned<'_>>> = BTreeMap::new();
    let mut faults = Vec::new();
    for (index, matrix) in matrices.iter().enumerate() {
        for (row, activity) in matrix.activities.iter().enumerate() {
            let owners = matrix.holders(activity, matrix.scheme.owner());
            let owners: BTreeSet<&str> = owners.map(|party| party.name.as_str()).collect();
            if owners.is_empty() {
                continue;
            }
            let owned = Owned { matrix, owners };
            let answers = known.entry(folded(&activity.name)).or_default();
            if answers.iter().any(|other| !other.differs(&owned)) {
                continue;
            }
            if let Some(other) = answers.first() {
                let message =
                    format!("`{}` is accounted for by {other} and by {owned}", activity.name);
                faults.push((index, Fault::new(Part::Cells(row), message)));
            }
            answers.push(owned);
        }
    }
    faults
}

/// Who is accountable for something in one matrix.
struct Owned<'a> {
    matrix: &'a Matrix,
    owners: BTreeSet<&'a str>,
}

impl Owned<'_> {
    fn differs(&self, other: &Self) -> bool {
        let folded_owners =
            |owned: &Self| owned.owners.iter().map(|name| folded(name)).collect::<BTreeSet<_>>();
        self.matrix.service.id != other.matrix.service.id
            && folded_owners(self) != folded_owners(other)
    }
}

impl std::fmt::Display for Owned<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let owners: Vec<&str> = self.owners.iter().copied().collect();
        write!(f, "{} in {}", owners.join(" and "), self.matrix.service.name)
    }
}

/// Aliases that are the name or alias of something else of their kind: of a service anywhere, of a
/// party or an activity in the same matrix.
pub(super) fn clashing_aliases(matrices: &[&Matrix]) -> Vec<(usize, Fault)> {
    let services = matrices.iter().enumerate().map(|(index, matrix)| Named {
        at: (index, Part::Service),
        owner: &matrix.service.id,
        name: &matrix.service.name,
        aliases: &matrix.service.aliases,
    });
    let mut faults = clashes("service", &services.collect::<Vec<_>>());
    for (index, matrix) in matrices.iter().enumerate() {
        let parties = matrix.parties.iter().enumerate().map(|(row, party)| Named {
            at: (index, Part::Party(row)),
            owner: &party.name,
            name: &party.name,
            aliases: &party.aliases,
        });
        faults.extend(clashes("party", &parties.collect::<Vec<_>>()));
        let activities = matrix.activities.iter().enumerate().map(|(row, activity)| Named {
            at: (index, Part::Activity(row)),
            owner: activity.id.as_str(),
            name: &activity.name,
            aliases: &activity.aliases,
        });
        faults.extend(clashes("activity", &activities.collect::<Vec<_>>()));
    }
    faults
}

/// Something that has a name and aliases.
struct Named<'a> {
    at: (usize, Part),
    /// What tells it apart: language variants of a service are one.
    owner: &'a str,
    name: &'a str,
    aliases: &'a [String],
}

fn clashes(what: &str, things: &[Named<'_>]) -> Vec<(usize, Fault)> {
    // What each name or alias leads to: all owners of a name, the first owner of an alias.
    let mut taken: BTreeMap<String, Vec<(&str, &str)>> = BTreeMap::new();
    for thing in things {
        taken.entry(folded(thing.name)).or_default().push((thing.owner, thing.name));
    }
    let mut faults = Vec::new();
    for thing in things {
        for alias in thing.aliases {
            let leads_to = taken.entry(folded(alias)).or_default();
            match leads_to.iter().find(|(owner, _)| *owner != thing.owner) {
                Some((_, other)) => {
                    let message = format!("the alias `{alias}` also means the {what} `{other}`");
                    let fault = Fault::new(thing.at.1, message);
                    faults.push((thing.at.0, fault.hint("keep it at the one that people mean")));
                }
                None => leads_to.push((thing.owner, thing.name)),
            }
        }
    }
    faults
}
