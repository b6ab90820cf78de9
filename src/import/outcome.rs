//! What became of every table and row of an imported file.

use std::fmt;
use std::path::Path;

use crate::domain::{Place, Problem, Severity};

/// What is said of a file or sheet that holds no matrix.
pub(super) const NO_MATRIX: &str = "no responsibility matrix in it";

/// What became of a part of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// It is in a matrix.
    Taken,
    /// It is no row of a matrix, or was understood in a way worth saying.
    Noted,
    /// It is, or could be, a row of a matrix, and is not in it.
    Left,
}

/// One part of a file and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The sheet that it is on, in a workbook.
    pub sheet: Option<String>,
    /// Its first line or row, from 1; 0 where the whole file or sheet is meant.
    pub line: u32,
    /// What became of it.
    pub fate: Fate,
    /// Why or how, a lower-case fragment with literals in backticks.
    pub text: String,
    /// What would be right.
    pub hint: Option<String>,
}

/// What became of every table and row of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The parts, sorted by [`Report::sort`].
    pub entries: Vec<Entry>,
}

impl Report {
    /// Adds something that is in a matrix now.
    pub fn taken(&mut self, line: u32, text: impl Into<String>) {
        self.add(line, Fate::Taken, text.into(), None);
    }

    /// Adds something worth saying.
    pub fn noted(&mut self, line: u32, text: impl Into<String>) {
        self.add(line, Fate::Noted, text.into(), None);
    }

    /// Adds something that was not taken.
    pub fn left(&mut self, line: u32, text: impl Into<String>) {
        self.add(line, Fate::Left, text.into(), None);
    }

    /// Adds something that was not taken, and what would be right.
    pub fn left_with_hint(&mut self, line: u32, text: impl Into<String>, hint: impl Into<String>) {
        self.add(line, Fate::Left, text.into(), Some(hint.into()));
    }

    /// Whether every row of every matrix was taken.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.entries.iter().all(|entry| entry.fate != Fate::Left)
    }

    /// Says in which encoding a file was read, where that was guessed.
    pub(super) fn encoding(&mut self, guess: Option<&str>) {
        if let Some(encoding) = guess {
            self.noted(0, format!("not UTF-8, read as {encoding}"));
        }
    }

    /// Adds what became of a sheet of the same file.
    pub(super) fn append(&mut self, sheet: &str, other: Self) {
        let entries = other.entries.into_iter();
        self.entries.extend(entries.map(|entry| Entry { sheet: Some(sheet.to_owned()), ..entry }));
    }

    /// A sheet without a matrix beside others that have one is no loss.
    pub(super) fn without_matrix_is_fine(&mut self) {
        for entry in self.entries.iter_mut().filter(|entry| entry.text == NO_MATRIX) {
            entry.fate = Fate::Noted;
        }
    }

    /// Puts the parts in the order of the file.
    pub fn sort(&mut self) {
        self.entries.sort_by_key(|entry| entry.line);
    }

    /// What was not taken, as warnings about the file at `path`.
    #[must_use]
    pub fn problems(&self, path: &Path) -> Vec<Problem> {
        let left = self.entries.iter().filter(|entry| entry.fate == Fate::Left);
        left.map(|entry| Problem {
            place: Place { file: path.to_owned(), line: entry.line, column: 0 },
            severity: Severity::Warning,
            rule: "not-imported",
            message: match &entry.sheet {
                Some(sheet) => format!("sheet `{sheet}`: {}", entry.text),
                None => entry.text.clone(),
            },
            hint: entry.hint.clone(),
            excerpt: None,
        })
        .collect()
    }

    /// The report as it is printed: a line a part, each with the file, its sheet and its line.
    pub fn lines<'a>(&'a self, path: &'a Path) -> impl Iterator<Item = String> + 'a {
        self.entries.iter().map(move |entry| {
            let file = match &entry.sheet {
                Some(sheet) => format!("{}:{sheet}", path.display()).into(),
                None => path.to_owned(),
            };
            let place = Place { file, line: entry.line, column: 0 };
            format!("{place}: {entry}")
        })
    }

    fn add(&mut self, line: u32, fate: Fate, text: String, hint: Option<String>) {
        self.entries.push(Entry { sheet: None, line, fate, text, hint });
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.fate {
            Fate::Taken => {}
            Fate::Noted => f.write_str("note: ")?,
            Fate::Left => f.write_str("not imported: ")?,
        }
        f.write_str(&self.text)?;
        if let Some(hint) = &self.hint {
            write!(f, " (hint: {hint})")?;
        }
        Ok(())
    }
}
