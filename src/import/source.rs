//! The text of one file and the problems found in it.

use std::cell::OnceCell;
use std::path::Path;

use crate::domain::problem::Excerpt;
use crate::domain::{Place, Problem, Severity};

/// The most problems that are reported of one file.
pub const MAX_PROBLEMS: usize = 1_000;

/// A stretch of one line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The line, from 1; 0 where the whole file is meant.
    pub line: u32,
    /// The column in characters, from 1; 0 where the whole line is meant.
    pub column: u32,
    /// How many characters are meant.
    pub width: u32,
}

/// The text of one file and the problems found in it so far.
#[derive(Debug)]
pub struct Source<'a> {
    path: &'a Path,
    text: &'a str,
    lines: OnceCell<Vec<usize>>,
    problems: Vec<Problem>,
    dropped: usize,
    errors: bool,
}

impl<'a> Source<'a> {
    /// A file without problems; its path is for their places alone.
    #[must_use]
    pub fn new(path: &'a Path, text: &'a str) -> Self {
        let lines = OnceCell::new();
        Self { path, text, lines, problems: Vec::new(), dropped: 0, errors: false }
    }

    /// The file's text.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Whether the file is right and says nothing: no line but comments.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let is_comment = |line: &str| line.trim().is_empty() || line.trim().starts_with('#');
        !self.errors && self.text.lines().all(is_comment)
    }

    /// Whether the file cannot be used.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.errors
    }

    /// How much was reported so far.
    #[must_use]
    pub fn faults(&self) -> usize {
        self.problems.len() + self.dropped
    }

    /// Whether an error was reported on this line.
    #[must_use]
    pub fn has_error_on(&self, line: u32) -> bool {
        let is_there = |p: &Problem| p.severity == Severity::Error && p.place.line == line;
        self.errors && self.problems.iter().any(is_there)
    }

    /// Reports what makes the file unusable.
    pub fn error(
        &mut self,
        rule: &'static str,
        mark: Mark,
        message: impl Into<String>,
    ) -> Hint<'_> {
        self.report(Severity::Error, rule, mark, message.into())
    }

    /// Reports what is odd.
    pub fn warning(
        &mut self,
        rule: &'static str,
        mark: Mark,
        message: impl Into<String>,
    ) -> Hint<'_> {
        self.report(Severity::Warning, rule, mark, message.into())
    }

    /// The place of a mark and its line.
    #[must_use]
    pub fn locate(&self, mark: Mark) -> (Place, Option<Excerpt>) {
        let place = Place { file: self.path.to_owned(), line: mark.line, column: mark.column };
        let line = (mark.line as usize).checked_sub(1).and_then(|index| self.line(index));
        (place, line.map(|line| Excerpt::of_line(line, mark.column, mark.width)))
    }

    /// Everything that was reported, sorted.
    #[must_use]
    pub fn into_problems(mut self) -> Vec<Problem> {
        if self.dropped > 0 {
            let (place, excerpt) = self.locate(Mark::default());
            self.problems.push(Problem {
                place,
                severity: Severity::Error,
                rule: "too-many-problems",
                message: format!("{} more problems are not shown", self.dropped),
                hint: None,
                excerpt,
            });
        }
        Problem::sort(&mut self.problems);
        self.problems
    }

    fn report(
        &mut self,
        severity: Severity,
        rule: &'static str,
        mark: Mark,
        message: String,
    ) -> Hint<'_> {
        self.errors |= severity == Severity::Error;
        if self.problems.len() >= MAX_PROBLEMS {
            self.dropped += 1;
            return Hint(None);
        }
        let (place, excerpt) = self.locate(mark);
        self.problems.push(Problem { place, severity, rule, message, hint: None, excerpt });
        Hint(self.problems.last_mut())
    }

    fn line(&self, index: usize) -> Option<&'a str> {
        let starts = self.lines.get_or_init(|| line_starts(self.text));
        let start = *starts.get(index)?;
        let end = starts.get(index + 1).copied().unwrap_or(self.text.len());
        Some(self.text.get(start..end)?.trim_end_matches(['\n', '\r']))
    }
}

/// The problem just reported, to say what would be right.
#[derive(Debug)]
pub struct Hint<'a>(Option<&'a mut Problem>);

impl Hint<'_> {
    /// Says what would be right.
    pub fn hint(self, hint: impl Into<String>) {
        self.maybe(Some(hint));
    }

    /// Says what would be right, where that is known.
    pub fn maybe(self, hint: Option<impl Into<String>>) {
        if let Some(problem) = self.0 {
            problem.hint = hint.map(Into::into);
        }
    }
}

/// Of the known names, the one that somebody who wrote `unknown` may have meant.
#[must_use]
pub fn nearest<'n>(unknown: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let unknown: String = unknown.chars().take(100).flat_map(char::to_lowercase).collect();
    let allowance = (unknown.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|name| (strsim::osa_distance(&unknown, &name.to_lowercase()), name))
        .filter(|&(distance, _)| distance <= allowance)
        .min()
        .map(|(_, name)| name)
}

/// `did you mean …?` where a known name is near, else all of them.
#[must_use]
pub fn suggestion<'n>(
    unknown: &str,
    known: impl IntoIterator<Item = &'n str> + Clone,
) -> Option<String> {
    if let Some(name) = nearest(unknown, known.clone()) {
        return Some(format!("did you mean `{name}`?"));
    }
    let known: Vec<String> = known.into_iter().map(|name| format!("`{name}`")).collect();
    match known.as_slice() {
        [] => None,
        [only] => Some(format!("only {only} is known")),
        [first @ .., last] => Some(format!("one of {} and {last}", first.join(", "))),
    }
}

/// The bytes at which lines start: after a line feed, a carriage return or both.
fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut starts = vec![0];
    for (index, byte) in bytes.iter().enumerate() {
        if *byte == b'\n' || (*byte == b'\r' && bytes.get(index + 1) != Some(&b'\n')) {
            starts.push(index + 1);
        }
    }
    starts
}
