//! Rules about what a party's column holds as a whole.

use super::{Fault, Norms, Part};
use crate::domain::matrix::Matrix;

/// The fewest activities of which a share says anything.
const ENOUGH_ACTIVITIES: usize = 10;
/// The share of activities from which on somebody is accountable for nearly all, in tenths.
const NEARLY_ALL: usize = 9;

pub(super) fn idle(matrix: &Matrix, _: Norms) -> Vec<Fault> {
    let is_idle = |party: usize| {
        let mut cells = matrix.activities.iter().filter_map(|row| row.assignments.get(party));
        cells.all(|cell| cell.is_empty())
    };
    let parties = matrix.parties.iter().enumerate();
    parties
        .filter(|(index, _)| !matrix.activities.is_empty() && is_idle(*index))
        .map(|(index, party)| {
            Fault::new(Part::Party(index), format!("`{}` has no role in any activity", party.name))
                .hint("remove the column, or fill in what is missing")
        })
        .collect()
}

pub(super) fn overloaded(matrix: &Matrix, _: Norms) -> Vec<Fault> {
    let all = matrix.activities.len();
    let owner = matrix.scheme.owner();
    let count = |party: usize| {
        let cells = matrix.activities.iter().filter_map(|row| row.assignments.get(party));
        cells.filter(|cell| cell.contains(owner)).count()
    };
    if all < ENOUGH_ACTIVITIES || matrix.parties.len() < 2 {
        return Vec::new();
    }
    let parties = matrix.parties.iter().enumerate();
    parties
        .map(|(index, party)| (index, party, count(index)))
        .filter(|(_, _, count)| count * 10 >= all * NEARLY_ALL)
        .map(|(index, party, count)| {
            let message =
                format!("`{}` is accountable for {count} of {all} activities", party.name);
            Fault::new(Part::Party(index), message)
        })
        .collect()
}
