//! The rules that practitioners expect a matrix to keep, one named function each.
//!
//! A broken rule is a warning and never hides anything: the source's truth is shown as it stands.

use super::matrix::{Activity, Matrix};
use super::scheme::Scheme;

/// A rule and whether an activity breaks it.
pub struct Check {
    /// The rule's name, as it is shown and allowed by.
    pub id: &'static str,
    /// What is wrong with this activity, if it breaks the rule; a lower-case fragment.
    pub run: fn(&Matrix, &Activity) -> Option<String>,
}

/// Every check of a single activity.
pub const CHECKS: &[Check] = &[
    Check { id: "no-accountable", run: no_accountable },
    Check { id: "several-accountable", run: several_accountable },
    Check { id: "nobody-responsible", run: nobody_responsible },
];

fn no_accountable(matrix: &Matrix, activity: &Activity) -> Option<String> {
    let none = matrix.holders(activity, matrix.scheme.owner()).next().is_none();
    let what = match matrix.scheme {
        Scheme::Daci => "approves",
        _ => "is accountable for",
    };
    none.then(|| format!("nobody {what} `{}`", activity.name))
}

fn several_accountable(matrix: &Matrix, activity: &Activity) -> Option<String> {
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

fn nobody_responsible(matrix: &Matrix, activity: &Activity) -> Option<String> {
    let none = matrix.holders(activity, matrix.scheme.doer()).next().is_none();
    let what = match matrix.scheme {
        Scheme::Daci => "drives",
        _ => "is responsible for",
    };
    none.then(|| format!("nobody {what} `{}`", activity.name))
}
