//! The rules that practitioners expect a matrix to keep, one named function each.
//!
//! A broken rule never hides anything: the source's truth is shown as it stands. What a single row
//! shows at once ([`CHECKS`]) is warned of wherever matrices are loaded; all of [`RULES`] are for
//! those who look after a matrix.

mod allowances;
mod cells;
mod everywhere;
mod names;
mod parties;

use std::collections::BTreeMap;

use time::Date;

use super::matrix::{Activity, Matrix, Scope};
use super::problem::Severity;
use allowances::Needed;

/// A rule and whether an activity breaks it.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// The rule's name, as it is shown and allowed by.
    pub id: &'static str,
    /// What is wrong with this activity, if it breaks the rule; a lower-case fragment.
    pub run: fn(&Matrix, &Activity) -> Option<String>,
}

/// Every check of a single activity that is made wherever a matrix is loaded.
pub const CHECKS: &[Check] = &[
    Check { id: "no-accountable", run: cells::no_accountable },
    Check { id: "two-accountable", run: cells::two_accountable },
    Check { id: "nobody-responsible", run: cells::nobody_responsible },
];

/// A rule for matrices, with all that is said of it.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name.
    pub id: &'static str,
    /// How bad it is to break it, unless an administrator decides otherwise.
    pub severity: Severity,
    /// Why there is such a rule and what to do where it is broken, in whole sentences.
    pub explanation: &'static str,
    /// What breaks it.
    pub test: Test,
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub enum Test {
    /// Single activities.
    Activity(fn(&Matrix, &Activity) -> Option<String>),
    /// Single activities, against what is usual.
    Measure(fn(&Matrix, &Activity, Norms) -> Option<String>),
    /// Whole matrices.
    Matrix(fn(&Matrix, Norms) -> Vec<Fault>),
    /// All matrices together; each fault with the index of the matrix it is in.
    All(fn(&[&Matrix]) -> Vec<(usize, Fault)>),
    /// What the other rules found: allowances that none of them needed.
    Allowances,
}

/// What a rule measures against.
#[derive(Clone, Copy, Debug)]
pub struct Norms {
    /// The day of the check.
    pub today: Date,
    /// What is too much.
    pub limits: Limits,
}

/// What an administrator decided is too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The days after which a source is stale.
    pub max_age: u32,
    /// The most parties that do the work of one activity before nobody knows who begins.
    pub max_responsible: u32,
    /// The most parties that are asked before it is too slow.
    pub max_consulted: u32,
    /// The most parties that are told before nobody reads it.
    pub max_informed: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_age: 730, max_responsible: 3, max_consulted: 5, max_informed: 8 }
    }
}

/// A part of a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The service.
    Service,
    /// Where the matrix was taken from.
    Source,
    /// The party of this index.
    Party(usize),
    /// The activity of this index.
    Activity(usize),
    /// The cells of the activity of this index.
    Cells(usize),
    /// The allowance of this index.
    Allowance(usize),
}

impl Part {
    /// What an allowance has to be for.
    fn scope(self) -> Scope {
        match self {
            Self::Service | Self::Source | Self::Allowance(_) => Scope::Matrix,
            Self::Party(index) => Scope::Party(index),
            Self::Activity(index) | Self::Cells(index) => Scope::Activity(index),
        }
    }
}

/// A part of a matrix that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which part.
    pub part: Part,
    /// What is wrong with it, a lower-case fragment with literals in backticks.
    pub message: String,
    /// What would be right, where that is more than the opposite.
    pub hint: Option<String>,
}

impl Fault {
    fn new(part: Part, message: String) -> Self {
        Self { part, message, hint: None }
    }

    fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

/// A fault, and the rule and the matrix that it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule that is broken.
    pub rule: &'static str,
    /// How bad that is.
    pub severity: Severity,
    /// The index of the matrix among those that were checked.
    pub matrix: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// What an administrator decided about rules: another severity by the rule's name, or none at all.
pub type Severities = BTreeMap<String, Option<Severity>>;

/// The rule that is about what allows the others to be broken where nothing breaks them.
pub const NEEDLESS_ALLOWANCE: &str = "needless-allowance";
/// The rule that is about what allows the others to be broken and does not say why.
pub const UNEXPLAINED_ALLOWANCE: &str = "unexplained-allowance";

/// Every rule, in the order in which they are listed.
pub const RULES: &[Rule] = &[
    Rule {
        id: "no-accountable",
        severity: Severity::Warning,
        explanation: "Nobody answers for the outcome of the activity, so that in an incident nobody \
            decides. Name one party as accountable. Where the document is silent on purpose, say so \
            in a note.",
        test: Test::Activity(cells::no_accountable),
    },
    Rule {
        id: "two-accountable",
        severity: Severity::Warning,
        explanation: "More than one party answers for the outcome. Each will wait for the other to \
            decide: agree on one, and make the others responsible or consulted.",
        test: Test::Activity(cells::two_accountable),
    },
    Rule {
        id: "nobody-responsible",
        severity: Severity::Warning,
        explanation: "Nobody does the work. Name at least one party as responsible; it may be the \
            one that is accountable too.",
        test: Test::Activity(cells::nobody_responsible),
    },
    Rule {
        id: "mixed-cell",
        severity: Severity::Warning,
        explanation: "A party that does the work or answers for it is also listed to be consulted or \
            informed about it, which it is anyway. Often the second letter was meant for another \
            party: put it there, or drop it.",
        test: Test::Activity(cells::mixed_cell),
    },
    Rule {
        id: "too-many-responsible",
        severity: Severity::Warning,
        explanation: "More than 3 parties do the work (or than `max_responsible` says), and nobody \
            knows who begins. Split the activity, or let those who only help be consulted.",
        test: Test::Measure(cells::too_many_responsible),
    },
    Rule {
        id: "too-many-consulted",
        severity: Severity::Warning,
        explanation: "More than 5 parties (or than `max_consulted` says) have to be asked before the \
            work is done, which delays it. Keep those whose answer changes what is done, and inform \
            the others.",
        test: Test::Measure(cells::too_many_consulted),
    },
    Rule {
        id: "too-many-informed",
        severity: Severity::Note,
        explanation: "More than 8 parties (or than `max_informed` says) are told about the result. A \
            message to everybody is read by nobody: keep those who act on it.",
        test: Test::Measure(cells::too_many_informed),
    },
    Rule {
        id: "idle-party",
        severity: Severity::Warning,
        explanation: "A party has a column and not one letter in it. Either letters are missing, or \
            the column can go.",
        test: Test::Matrix(parties::idle),
    },
    Rule {
        id: "overloaded-party",
        severity: Severity::Note,
        explanation: "One party is accountable for nine in ten activities or more (of at least 10). \
            Then the matrix shares out little, and that party is the bottleneck: look at which \
            decisions others could take.",
        test: Test::Matrix(parties::overloaded),
    },
    Rule {
        id: "near-duplicate",
        severity: Severity::Warning,
        explanation: "Two activities of one matrix have names that differ in a letter, in \
            punctuation or in the order of the words alone. Whoever asks for the one is shown the \
            other. Merge them, or name them by what tells them apart.",
        test: Test::Matrix(names::near_duplicates),
    },
    Rule {
        id: "different-owners",
        severity: Severity::Note,
        explanation: "An activity of the same name is accounted for by different parties in two \
            services. That may be right; then people must name the service when they ask.",
        test: Test::All(everywhere::different_owners),
    },
    Rule {
        id: "clashing-alias",
        severity: Severity::Warning,
        explanation: "One name leads to two things: an alias of a service, party or activity is the \
            name or alias of another one. Keep it at the one that people mean.",
        test: Test::All(everywhere::clashing_aliases),
    },
    Rule {
        id: "stale-source",
        severity: Severity::Warning,
        explanation: "The document that the matrix was taken from is older than 2 years, or than \
            `max_age` says. Look whether there is a newer one; if not, confirm that it still holds \
            and date it anew.",
        test: Test::Matrix(names::stale_source),
    },
    Rule {
        id: "cut-name",
        severity: Severity::Note,
        explanation: "Discord shows at most 100 characters of a name in its menus, and cuts the rest. \
            An answer still shows it whole. A shorter name can be found by its aliases; put what \
            tells it apart first.",
        test: Test::Matrix(names::cut_names),
    },
    Rule {
        id: UNEXPLAINED_ALLOWANCE,
        severity: Severity::Warning,
        explanation: "A matrix allows a rule to be broken and does not say why, so that nobody can \
            tell whether that still holds. Write the reason behind the rule's name.",
        test: Test::Matrix(allowances::unexplained),
    },
    Rule {
        id: NEEDLESS_ALLOWANCE,
        severity: Severity::Warning,
        explanation: "A matrix allows a rule to be broken where nothing breaks it any longer. Remove \
            it, or a fault that comes later is not seen.",
        test: Test::Allowances,
    },
];

/// The rule of this name.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// Everything in these matrices that breaks a rule and is not allowed to, by rule and then by place.
#[must_use]
pub fn findings(matrices: &[&Matrix], norms: Norms, severities: &Severities) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut needed = Needed::of(matrices);
    for rule in RULES {
        let severity = severities.get(rule.id).copied().unwrap_or(Some(rule.severity));
        let Some(severity) = severity else {
            needed.assume(rule);
            continue;
        };
        let mut faults = rule.test.run(matrices, norms, &needed);
        faults.retain(|(matrix, fault)| !needed.allows(*matrix, rule, fault.part));
        let finding = |(matrix, fault)| Finding { rule: rule.id, severity, matrix, fault };
        findings.extend(faults.into_iter().map(finding));
    }
    findings
}

impl Test {
    fn run(&self, matrices: &[&Matrix], norms: Norms, needed: &Needed<'_>) -> Vec<(usize, Fault)> {
        match self {
            Self::Activity(run) => each(matrices, |matrix| of_activities(matrix, run)),
            Self::Measure(run) => each(matrices, |matrix| {
                of_activities(matrix, |matrix, activity| run(matrix, activity, norms))
            }),
            Self::Matrix(run) => each(matrices, |matrix| run(matrix, norms)),
            Self::All(run) => run(matrices),
            Self::Allowances => needed.needless(),
        }
    }
}

fn each(matrices: &[&Matrix], faults: impl Fn(&Matrix) -> Vec<Fault>) -> Vec<(usize, Fault)> {
    let mut all = Vec::new();
    for (index, &matrix) in matrices.iter().enumerate() {
        all.extend(faults(matrix).into_iter().map(|fault| (index, fault)));
    }
    all
}

fn of_activities(
    matrix: &Matrix,
    run: impl Fn(&Matrix, &Activity) -> Option<String>,
) -> Vec<Fault> {
    let activities = matrix.activities.iter().enumerate();
    let fault = |(index, activity)| {
        run(matrix, activity).map(|message| Fault::new(Part::Cells(index), message))
    };
    activities.filter_map(fault).collect()
}

/// Text as it is compared: lower case, its words of letters and digits, single spaces.
fn folded(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests;
