//! What matrices allow on purpose, and whether that is still needed.

use std::collections::BTreeSet;

use super::{Fault, Norms, Part, Rule, Test};
use crate::domain::matrix::{Allowance, Matrix};

/// The allowances that do not say why.
pub(super) fn unexplained(matrix: &Matrix, _: Norms) -> Vec<Fault> {
    let silent = matrix.allowances.iter().enumerate().filter(|(_, known)| known.reason.is_none());
    let fault = |(at, allowance): (usize, &Allowance)| {
        let rule = &allowance.rule;
        Fault::new(
            Part::Allowance(at),
            format!("`{rule}` may be broken here, and nothing says why"),
        )
        .hint(format!("write `{{ {rule}: the reason }}`"))
    };
    silent.map(fault).collect()
}

/// The allowances of some matrices, and which of them something needed so far.
pub(super) struct Needed<'a> {
    matrices: &'a [&'a Matrix],
    /// By matrix and allowance.
    used: Vec<Vec<bool>>,
    /// Whether there are several services, so that rules about all of them can find anything.
    several: bool,
}

impl<'a> Needed<'a> {
    /// The allowances of these matrices, none of them needed yet.
    pub(super) fn of(matrices: &'a [&'a Matrix]) -> Self {
        let used = matrices.iter().map(|matrix| vec![false; matrix.allowances.len()]).collect();
        let services: BTreeSet<&str> =
            matrices.iter().map(|matrix| matrix.service.id.as_str()).collect();
        Self { matrices, used, several: services.len() > 1 }
    }

    /// Whether a part of a matrix may break a rule; the allowance that says so is needed.
    pub(super) fn allows(&mut self, matrix: usize, rule: &Rule, part: Part) -> bool {
        let allowance = self.matrices[matrix].allowance(rule.id, part.scope());
        if let Some(index) = allowance {
            self.used[matrix][index] = true;
        }
        allowance.is_some()
    }

    /// Takes what allows a rule that is not checked for needed: nobody looked.
    pub(super) fn assume(&mut self, rule: &Rule) {
        for (matrix, needed) in self.matrices.iter().zip(&mut self.used) {
            for (allowance, needed) in matrix.allowances.iter().zip(needed) {
                *needed |= allowance.rule == rule.id;
            }
        }
    }

    /// The allowances that nothing needed.
    pub(super) fn needless(&self) -> Vec<(usize, Fault)> {
        let mut faults = Vec::new();
        for (index, (matrix, needed)) in self.matrices.iter().zip(&self.used).enumerate() {
            for (at, (allowance, needed)) in matrix.allowances.iter().zip(needed).enumerate() {
                if *needed || !self.is_judged(&allowance.rule) {
                    continue;
                }
                let message = format!("nothing here breaks `{}` any longer", allowance.rule);
                faults.push((index, Fault::new(Part::Allowance(at), message).hint("remove it")));
            }
        }
        faults
    }

    /// A rule about several services finds nothing while one of them is checked alone.
    fn is_judged(&self, rule: &str) -> bool {
        let rule = super::rule(rule);
        self.several || !rule.is_some_and(|rule| matches!(rule.test, Test::All(_)))
    }
}
