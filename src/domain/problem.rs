//! A fault in a file that somebody wrote: where, what, and what would be right.

use std::fmt;
use std::path::PathBuf;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file is used as it stands, and something about it is odd.
    Warning,
}

/// A position in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file as it was named to us.
    pub file: PathBuf,
    /// The line, from 1; 0 where the whole file is meant.
    pub line: u32,
    /// The column in characters, from 1; 0 where the whole line is meant.
    pub column: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
            if self.column > 0 {
                write!(f, ":{}", self.column)?;
            }
        }
        Ok(())
    }
}

/// A fault in a data file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it is.
    pub place: Place,
    /// How bad it is.
    pub severity: Severity,
    /// The rule that was broken: `unknown-key`, `two-accountable`.
    pub rule: &'static str,
    /// What is wrong, a lower-case fragment with literals in backticks.
    pub message: String,
    /// What would be right.
    pub hint: Option<String>,
    /// The line it is in and how many characters of it are meant, for the caret.
    pub excerpt: Option<Excerpt>,
}

/// The line of a file that a problem points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The line's text without its end, cut to a few hundred characters.
    pub text: String,
    /// How many characters are meant, from the place's column on; at least 1.
    pub width: u32,
}

impl Problem {
    /// The order in which problems are shown: by file, line, column, the worst first.
    pub fn sort(problems: &mut [Self]) {
        problems.sort_by(|a, b| {
            (&a.place, a.severity, a.rule, &a.message)
                .cmp(&(&b.place, b.severity, b.rule, &b.message))
        });
    }
}

impl fmt::Display for Problem {
    /// One line: `data/x.yaml:3:5: error: unknown key `foo` (hint: …)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{}: {severity}: {}", self.place, self.message)?;
        if let Some(hint) = &self.hint {
            write!(f, " (hint: {hint})")?;
        }
        Ok(())
    }
}
