//! Where in its file the parts of a matrix stand, found again by their names: formats differ, names
//! do not.

use std::fs;

use crate::domain::checks::{Finding, Part};
use crate::domain::problem::Excerpt;
use crate::domain::{Matrix, Place, Problem};

/// How much of a name has to stand on one line, in characters: longer ones may be wrapped.
const NEEDLE: usize = 40;
/// After so many names that are written otherwise than they are called, no more are looked for:
/// each costs the whole file.
const MAX_MISSES: usize = 100;

/// The lines of a matrix's file, and where its activities stand.
pub(super) struct Locator {
    start: (Place, Option<Excerpt>),
    lines: Vec<String>,
    /// The same without mark-up.
    bare: Vec<String>,
    /// The index of each activity's line, where it was found.
    activities: Vec<Option<usize>>,
}

impl Locator {
    /// Finds the activities of a matrix that begins at `start`.
    pub(super) fn new(matrix: &Matrix, start: Option<&(Place, Option<Excerpt>)>) -> Self {
        let nowhere = || (Place { file: "".into(), line: 0, column: 0 }, None);
        let start = start.cloned().unwrap_or_else(nowhere);
        // A file that has gone since it was read, or one that is built in, has no lines to show.
        let text = fs::read_to_string(&start.0.file).unwrap_or_default();
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let bare: Vec<String> = lines.iter().map(|line| without_markup(line)).collect();
        let activities = find_all(&bare, matrix.activities.iter().map(|row| row.name.as_str()));
        Self { start, lines, bare, activities }
    }

    /// A finding as a problem, at the line that it is about.
    pub(super) fn problem(&self, matrix: &Matrix, finding: Finding) -> Problem {
        let fault = finding.fault;
        let (line, name) = match fault.part {
            Part::Service => (None, matrix.service.name.clone()),
            Part::Source => {
                let date = matrix.source.date.map(|date| date.to_string()).unwrap_or_default();
                (self.line_of(&date), date)
            }
            Part::Party(index) => {
                let name = matrix.parties.get(index).map(|party| party.name.clone());
                let name = name.unwrap_or_default();
                (self.line_of(&name), name)
            }
            Part::Activity(index) => {
                let name = matrix.activities.get(index).map(|row| row.name.clone());
                (self.activities.get(index).copied().flatten(), name.unwrap_or_default())
            }
        };
        let (place, excerpt) = line.map_or_else(|| self.start.clone(), |line| self.at(line, &name));
        Problem {
            place,
            severity: finding.severity,
            rule: finding.rule,
            message: fault.message,
            hint: fault.hint,
            excerpt,
        }
    }

    fn line_of(&self, name: &str) -> Option<usize> {
        find(&self.bare, name, 0)
    }

    fn at(&self, index: usize, name: &str) -> (Place, Option<Excerpt>) {
        let line = self.lines.get(index).map(String::as_str).unwrap_or_default();
        let whole = line.find(name).filter(|_| !name.is_empty());
        let byte = whole.unwrap_or(line.len() - line.trim_start().len());
        let width = whole.map_or(line.trim().chars().count(), |_| name.chars().count());
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let column = number(line[..byte].chars().count() + 1);
        let place = Place { file: self.start.0.file.clone(), line: number(index + 1), column };
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
