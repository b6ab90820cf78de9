//! Rules that a single row keeps or breaks.

use super::Norms;
use crate::domain::matrix::{Activity, Matrix};
use crate::domain::scheme::{Participation, Scheme};

pub(super) fn no_accountable(matrix: &Matrix, activity: &Activity) -> Option<String> {
    let none = matrix.holders(activity, matrix.scheme.owner()).next().is_none();
    let what = match matrix.scheme {
        Scheme::Daci => "approves",
        _ => "is accountable for",
    };
    none.then(|| format!("nobody {what} `{}`", activity.name))
}

pub(super) fn two_accountable(matrix: &Matrix, activity: &Activity) -> Option<String> {
    let owners: Vec<&str> =
        matrix.holders(activity, matrix.scheme.owner()).map(|party| party.name.as_str()).collect();
    let what = match matrix.scheme {
        Scheme::Daci => "approve",
        _ => "are accountable for",
    };
    (owners.len() > 1).then(|| {
        format!("{} parties {what} `{}`: {}", owners.len(), activity.name, owners.join(", "))
    })
}

pub(super) fn nobody_responsible(matrix: &Matrix, activity: &Activity) -> Option<String> {
    let none = matrix.holders(activity, matrix.scheme.doer()).next().is_none();
    let what = match matrix.scheme {
        Scheme::Daci => "drives",
        _ => "is responsible for",
    };
    none.then(|| format!("nobody {what} `{}`", activity.name))
}

pub(super) fn mixed_cell(matrix: &Matrix, activity: &Activity) -> Option<String> {
    use Participation as P;
    let scheme = matrix.scheme;
    let mixed: Vec<String> = matrix
        .parties
        .iter()
        .zip(&activity.assignments)
        .filter(|(_, cell)| cell.contains(scheme.owner()) || cell.contains(scheme.doer()))
        .filter(|(_, cell)| {
            [P::Consulted, P::Informed, P::Contributor].into_iter().any(|part| cell.contains(part))
        })
        .map(|(party, cell)| format!("`{}` for {}", cell.letters(scheme), party.name))
        .collect();
    (!mixed.is_empty()).then(|| {
        format!("who acts in `{}` is also told or asked: {}", activity.name, mixed.join(", "))
    })
}

pub(super) fn too_many_responsible(
    matrix: &Matrix,
    activity: &Activity,
    norms: Norms,
) -> Option<String> {
    too_many(
        matrix,
        activity,
        matrix.scheme.doer(),
        norms.limits.max_responsible,
        "are responsible for",
    )
}

pub(super) fn too_many_consulted(
    matrix: &Matrix,
    activity: &Activity,
    norms: Norms,
) -> Option<String> {
    let consulted = match matrix.scheme.letter(Participation::Consulted) {
        Some(_) => Participation::Consulted,
        None => Participation::Contributor,
    };
    too_many(matrix, activity, consulted, norms.limits.max_consulted, "are consulted about")
}

pub(super) fn too_many_informed(
    matrix: &Matrix,
    activity: &Activity,
    norms: Norms,
) -> Option<String> {
    too_many(
        matrix,
        activity,
        Participation::Informed,
        norms.limits.max_informed,
        "are informed of",
    )
}

fn too_many(
    matrix: &Matrix,
    activity: &Activity,
    participation: Participation,
    most: u32,
    what: &str,
) -> Option<String> {
    let count = matrix.holders(activity, participation).count();
    u32::try_from(count)
        .is_ok_and(|count| count > most)
        .then(|| format!("{count} parties {what} `{}`, usual are at most {most}", activity.name))
}
