//! Where in its file the parts of a matrix stand: as its reader says, else found again by their
//! names, since formats differ and names do not.

use std::cell::OnceCell;
use std::fs;

use crate::domain::checks::{Finding, Part};
use crate::domain::problem::Excerpt;
use crate::domain::{Matrix, Place, Problem};
use crate::import::Places;
use crate::import::source::Mark;

/// How much of a name has to stand on one line, in characters: longer ones may be wrapped.
const NEEDLE: usize = 40;
/// After so many names that are written otherwise than they are called, no more are looked for:
/// each costs the whole file.
const MAX_MISSES: usize = 100;

/// Where a matrix begins, with its line.
type Start = (Place, Option<Excerpt>);

/// The lines of a matrix's file, and where its parts stand.
pub(super) struct Locator<'a> {
    matrix: &'a Matrix,
    start: Start,
    places: Places,
    lines: Vec<String>,
    /// The same without mark-up.
    bare: OnceCell<Vec<String>>,
    /// The index of each activity's line, where it was found by its name.
    activities: OnceCell<Vec<Option<usize>>>,
}

impl<'a> Locator<'a> {
    /// A locator of what stands in a matrix that begins at `start`.
    pub(super) fn new(matrix: &'a Matrix, start: Option<&Start>, places: Option<&Places>) -> Self {
        let nowhere = || (Place { file: "".into(), line: 0, column: 0 }, None);
        let start = start.cloned().unwrap_or_else(nowhere);
        // A file that has gone since it was read, is no text or is built in has no lines to show.
        let text = fs::read_to_string(&start.0.file).unwrap_or_default();
        Self {
            matrix,
            start,
            places: places.cloned().unwrap_or_default(),
            lines: text.lines().map(str::to_owned).collect(),
            bare: OnceCell::new(),
            activities: OnceCell::new(),
        }
    }

    /// A finding as a problem, at the line that it is about.
    pub(super) fn problem(&self, finding: Finding) -> Problem {
        let fault = finding.fault;
        let name = self.name(fault.part);
        let mark = self.mark(fault.part).filter(|mark| mark.line > 0);
        let found = || self.line_of(fault.part, &name).map(|line| self.at(line, &name));
        let known = mark.map(|mark| match mark.column {
            0 => self.at(mark.line as usize - 1, &name),
            _ => self.exactly(mark),
        });
        let message = match &self.places.sheet {
            Some(sheet) => format!("sheet `{sheet}`: {}", fault.message),
            None => fault.message,
        };
        let (place, excerpt) = known.or_else(found).unwrap_or_else(|| self.start.clone());
        Problem {
            place,
            severity: finding.severity,
            rule: finding.rule,
            message,
            hint: fault.hint,
            excerpt,
        }
    }

    /// What the reader says of a part's place.
    fn mark(&self, part: Part) -> Option<Mark> {
        match part {
            Part::Service => None,
            Part::Source => Some(self.places.date),
            Part::Party(index) => self.places.parties.get(index).copied(),
            Part::Activity(index) => self.places.activities.get(index).copied(),
            Part::Cells(index) => self.places.cells.get(index).copied(),
            Part::Allowance(index) => self.places.allowances.get(index).copied(),
        }
    }

    fn name(&self, part: Part) -> String {
        let matrix = self.matrix;
        let name = match part {
            Part::Service => Some(matrix.service.name.clone()),
            Part::Source => matrix.source.date.map(|date| date.to_string()),
            Part::Party(index) => matrix.parties.get(index).map(|party| party.name.clone()),
            Part::Activity(index) | Part::Cells(index) => {
                matrix.activities.get(index).map(|row| row.name.clone())
            }
            Part::Allowance(index) => matrix.allowances.get(index).map(|known| known.rule.clone()),
        };
        name.unwrap_or_default()
    }

    /// The index of the line in which the part of this name stands.
    fn line_of(&self, part: Part, name: &str) -> Option<usize> {
        match part {
            Part::Service => None,
            Part::Source | Part::Party(_) | Part::Allowance(_) => find(self.bare(), name, 0),
            Part::Activity(index) | Part::Cells(index) => {
                let names = self.matrix.activities.iter().map(|row| row.name.as_str());
                let found = self.activities.get_or_init(|| find_all(self.bare(), names));
                found.get(index).copied().flatten()
            }
        }
    }

    fn bare(&self) -> &[String] {
        self.bare.get_or_init(|| self.lines.iter().map(|line| without_markup(line)).collect())
    }

    /// The place of a mark, with its line where there is one to show.
    fn exactly(&self, mark: Mark) -> Start {
        let place = Place { file: self.start.0.file.clone(), line: mark.line, column: mark.column };
        let line = self.lines.get(mark.line as usize - 1);
        (place, line.map(|line| Excerpt::of_line(line, mark.column, mark.width)))
    }

    /// The place of a name in a line, or all of the line.
    fn at(&self, index: usize, name: &str) -> Start {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let file = self.start.0.file.clone();
        let Some(line) = self.lines.get(index) else {
            return (Place { file, line: number(index + 1), column: 0 }, None);
        };
        let whole = line.find(name).filter(|_| !name.is_empty());
        let byte = whole.unwrap_or(line.len() - line.trim_start().len());
        let width = whole.map_or(line.trim().chars().count(), |_| name.chars().count());
        let column = number(line[..byte].chars().count() + 1);
        let place = Place { file, line: number(index + 1), column };
        (place, Some(Excerpt::of_line(line, column, number(width))))
    }
}

/// The lines of names that stand below each other; one that is out of order is looked for from the
/// top.
fn find_all<'a>(bare: &[String], names: impl Iterator<Item = &'a str>) -> Vec<Option<usize>> {
    let mut found = Vec::new();
    let mut next = 0;
    let mut misses = 0;
    for name in names {
        if misses == MAX_MISSES {
            found.push(None);
            continue;
        }
        let line = find(bare, name, next).or_else(|| find(bare, name, 0));
        match line {
            Some(line) => next = line + 1,
            None => misses += 1,
        }
        found.push(line);
    }
    found
}

/// The first line from `from` on in which a name stands by itself.
fn find(bare: &[String], name: &str, from: usize) -> Option<usize> {
    let name = without_markup(name);
    let needle: String = name.chars().take(NEEDLE).collect();
    if needle.is_empty() {
        return None;
    }
    let is_whole = name == needle;
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let stands_in = |line: &str| {
        line.match_indices(needle.as_str()).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            let after = line[at + needle.len()..].chars().next();
            !(is_word(before) || is_whole && is_word(after))
        })
    };
    (from..bare.len()).find(|&line| stands_in(&bare[line]))
}

/// Text without what formats escape and mark up with, single-spaced.
fn without_markup(text: &str) -> String {
    let kept = text.chars().filter(|c| !"\\\"'*_`".contains(*c));
    kept.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(without_markup).collect()
    }

    #[test]
    fn activities_are_found_below_each_other() {
        let text =
            "# Pay\nname: Pay the bill\n- name: Pay\n- name: \"Say \\\"no\\\"\"\n| **Pay** | R |\n";
        let names = ["Pay the bill", "Pay", "Say \"no\"", "Pay", "Nothing"];
        let found = find_all(&lines(text), names.into_iter());
        assert_eq!(found, [Some(1), Some(2), Some(3), Some(4), None]);
    }

    #[test]
    fn a_long_name_is_found_by_its_beginning() {
        let name = "A name so long that nobody would write it on a single line of a file, if asked";
        let text = "x\n- name: A name so long that nobody would write it\n    on a single line\n";
        assert_eq!(find(&lines(text), name, 0), Some(1));
        assert_eq!(find(&lines("Paying"), "Pay", 0), None);
        assert_eq!(find(&lines("x"), "", 0), None);
    }
}
