//! One responsibility matrix, as its file describes it.

use time::Date;

use super::id::ActivityId;
use super::scheme::{Participation, Participations, Scheme};

/// One responsibility matrix, from one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// What the matrix is about.
    pub service: Service,
    /// The language of its text as a BCP 47 tag (`en`, `fr`), where the file says so.
    pub language: Option<String>,
    /// Which letters its cells use.
    pub scheme: Scheme,
    /// What the document itself says that each participation means, in its own words and order.
    pub legend: Vec<(Participation, String)>,
    /// Where the matrix was taken from.
    pub source: Source,
    /// The columns, in the document's order.
    pub parties: Vec<Party>,
    /// The sections in the document's order, parents before their children.
    pub sections: Vec<Section>,
    /// The rows, in the document's order.
    pub activities: Vec<Activity>,
    /// The rules that the matrix breaks on purpose.
    pub allowances: Vec<Allowance>,
}

/// What a matrix is about: the product or team whose work it divides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// The short id, unique in a catalog but for language variants: lower-case letters, digits
    /// and hyphens, at most [`super::id::MAX_SERVICE_ID`] bytes.
    pub id: String,
    /// The name shown.
    pub name: String,
    /// Other names that people use.
    pub aliases: Vec<String>,
    /// Whether nobody may see it but whom the installation names for it.
    pub confidential: bool,
}

/// Where a matrix was taken from. Every part may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The document's title.
    pub title: Option<String>,
    /// What the document says of itself in a line.
    pub excerpt: Option<String>,
    /// Its address, `http` or `https`.
    pub url: Option<String>,
    /// The day it was last changed, by its own word.
    pub date: Option<Date>,
    /// The licence of its text.
    pub licence: Option<String>,
}

/// A column: somebody who can have a part in an activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The name shown.
    pub name: String,
    /// Other names that people use.
    pub aliases: Vec<String>,
    /// One line saying how to reach them.
    pub contact: Option<String>,
}

/// The most digits of a part of a section's number: longer ones are years.
const MAX_DIGITS: usize = 3;

/// A heading of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its number as printed, without a final dot: `3.1.1`.
    pub number: Option<String>,
    /// Its title.
    pub title: String,
    /// The index of the section that it stands in, always smaller than its own.
    pub parent: Option<usize>,
}

impl Section {
    /// Number and title as one reads them: `3.1.1 Daily operations`.
    #[must_use]
    pub fn label(&self) -> String {
        match &self.number {
            Some(number) => format!("{number} {}", self.title),
            None => self.title.clone(),
        }
    }

    /// The number that a heading begins with and its title: `3.1.1. Daily operations`, `2) Setup`,
    /// `4 – Run:`. The other way round than [`Section::label`].
    #[must_use]
    pub fn parts(heading: &str) -> (Option<&str>, &str) {
        let whole = heading.trim();
        let text = whole.trim_end_matches(':').trim_end();
        // A colon alone is a title all the same.
        let text = if text.is_empty() { whole } else { text };
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        let (number, rest) = text.split_at(end);
        let number = number.trim_end_matches('.');
        let rest = rest.strip_prefix(')').unwrap_or(rest);
        let mut parts = number.split('.');
        let parts_are_short = parts.all(|part| (1..=MAX_DIGITS).contains(&part.len()));
        if parts_are_short && rest.starts_with(char::is_whitespace) {
            let title = rest.trim_start().trim_start_matches(['-', '–', '—', ':']).trim_start();
            if !title.is_empty() {
                return (Some(number), title);
            }
        }
        (None, text)
    }
}

/// A row: something that has to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// Stable over reordering and reloading.
    pub id: ActivityId,
    /// The name as the document has it.
    pub name: String,
    /// Other names that people use.
    pub aliases: Vec<String>,
    /// A remark shown with the answer.
    pub note: Option<String>,
    /// The index of its section in [`Matrix::sections`], where it stands in one.
    pub section: Option<usize>,
    /// One cell a party, in the order of [`Matrix::parties`].
    pub assignments: Vec<Participations>,
}

/// A rule that a part of a matrix breaks on purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The rule's name.
    pub rule: String,
    /// Why it may be broken, as its owner says it; nothing where they do not.
    pub reason: Option<String>,
    /// Where it may be broken.
    pub scope: Scope,
}

/// The part of a matrix that something is said of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of it.
    Matrix,
    /// The column of this index.
    Party(usize),
    /// The rows that stand in the section of this index, at any depth.
    Section(usize),
    /// The row of this index.
    Activity(usize),
}

impl Matrix {
    /// The parties that take part in an activity in this way, in column order.
    pub fn holders<'a>(
        &'a self,
        activity: &'a Activity,
        participation: Participation,
    ) -> impl Iterator<Item = &'a Party> {
        self.parties
            .iter()
            .zip(&activity.assignments)
            .filter(move |(_, cell)| cell.contains(participation))
            .map(|(party, _)| party)
    }

    /// The section of an activity.
    #[must_use]
    pub fn section_of(&self, activity: &Activity) -> Option<&Section> {
        activity.section.and_then(|index| self.sections.get(index))
    }

    /// A section's ancestors and itself, outermost first.
    #[must_use]
    pub fn path(&self, section: usize) -> Vec<&Section> {
        let mut path: Vec<&Section> = std::iter::successors(Some(section), |&index| {
            self.sections.get(index)?.parent.filter(|&parent| parent < index)
        })
        .filter_map(|index| self.sections.get(index))
        .collect();
        path.reverse();
        path
    }

    /// The index of the allowance by which a part may break a rule, that of the smallest scope.
    #[must_use]
    pub fn allowance(&self, rule: &str, part: Scope) -> Option<usize> {
        self.scopes_of(part).into_iter().find_map(|scope| {
            let is_it = |known: &Allowance| known.scope == scope && known.rule == rule;
            self.allowances.iter().position(is_it)
        })
    }

    /// The scopes that a part stands in, the smallest first.
    fn scopes_of(&self, part: Scope) -> Vec<Scope> {
        let section = match part {
            Scope::Activity(index) => self.activities.get(index).and_then(|row| row.section),
            Scope::Section(index) => Some(index),
            Scope::Matrix | Scope::Party(_) => None,
        };
        let outer = |&index: &usize| self.sections.get(index)?.parent.filter(|&up| up < index);
        let sections = std::iter::successors(section, outer).map(Scope::Section);
        let own = Some(part).filter(|part| !matches!(part, Scope::Section(_) | Scope::Matrix));
        own.into_iter().chain(sections).chain([Scope::Matrix]).collect()
    }

    /// The document's own words for a participation, where it has a legend.
    #[must_use]
    pub fn legend_of(&self, participation: Participation) -> Option<&str> {
        self.legend.iter().find(|(known, _)| *known == participation).map(|(_, text)| text.as_str())
    }
}
