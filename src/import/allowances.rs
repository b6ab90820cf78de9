//! What a matrix file allows on purpose: rules by name, each with a reason.

use super::matrix_file::{MatrixFile, Reason};
use super::source::{Mark, Source as Text, suggestion};
use super::yaml::scalar::cut;
use super::yaml::typed::{At, Keys};
use crate::domain::checks::{NEEDLESS_ALLOWANCE, RULES, UNEXPLAINED_ALLOWANCE};
use crate::domain::{Allowance, Scope};

/// What nothing can allow.
const ABOUT_ALLOWANCES: [&str; 2] = [NEEDLESS_ALLOWANCE, UNEXPLAINED_ALLOWANCE];

/// A rule, why it may be broken, and where.
pub(crate) type Entry = (At<String>, Option<Reason>, Scope);

/// What a map of rules and reasons, or a list of rules, allows there.
pub(crate) fn entries(allow: Keys<Reason>, scope: Scope) -> impl Iterator<Item = Entry> {
    allow.0.into_iter().map(move |(rule, reason)| (rule, reason, scope))
}

/// What is allowed in all of a matrix.
pub(crate) fn of_matrix(allow: Keys<Reason>) -> impl Iterator<Item = Entry> {
    entries(allow, Scope::Matrix)
}

/// What is allowed in single columns.
pub(crate) fn of_columns(file: &MatrixFile) -> Vec<Entry> {
    let columns = file.parties.iter().enumerate();
    columns.flat_map(|(index, party)| entries(party.allow.clone(), Scope::Party(index))).collect()
}

/// The allowances, and where the rule of each stands. A rule that there is none of is reported.
pub(crate) fn read(entries: Vec<Entry>, text: &mut Text<'_>) -> (Vec<Allowance>, Vec<Mark>) {
    let mut allowances = Vec::with_capacity(entries.len());
    let mut marks = Vec::with_capacity(entries.len());
    for (At { value: rule, mark }, reason, scope) in entries {
        let known = RULES.iter().map(|rule| rule.id).filter(|id| !ABOUT_ALLOWANCES.contains(id));
        if known.clone().any(|id| id == rule) {
            let reason = reason.map(|Reason(text)| text);
            allowances.push(Allowance { rule, reason, scope });
            marks.push(mark);
        } else {
            let known: Vec<&str> = known.collect();
            text.error("unknown-rule", mark, format!("no rule is called `{}`", cut(&rule)))
                .maybe(suggestion(&rule, known));
        }
    }
    (allowances, marks)
}
