//! What became of reading the matrices' files: for the operator's status, for health, for metrics.

use std::path::PathBuf;
use std::time::Duration;

use time::UtcDateTime;

use crate::domain::{Problem, Severity};

/// What answers now, and what became of reading its files. The daemon keeps it; how many matrices,
/// activities and warnings there are says the library itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The directory that is read; none for the built-in matrices, which never change.
    pub directory: Option<PathBuf>,
    /// When the matrices that answer now were read.
    pub served_since: UtcDateTime,
    /// The last time that the files were read.
    pub last: Reading,
    /// When the reading began that is under way.
    pub under_way: Option<UtcDateTime>,
    /// How often the files were read well, the first time included.
    pub successes: u64,
    /// How often they were not, so that the matrices read before went on answering.
    pub failures: u64,
}

/// One reading of all files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// When it ended.
    pub at: UtcDateTime,
    /// How long it took, with the building of the index.
    pub took: Duration,
    /// Everything that was found, errors and warnings, sorted; a single error made it fail.
    pub problems: Vec<Problem>,
}

impl Standing {
    /// After the first reading, which went well.
    #[must_use]
    pub fn first(directory: Option<PathBuf>, reading: Reading) -> Self {
        let served_since = reading.at;
        Self { directory, served_since, last: reading, under_way: None, successes: 1, failures: 0 }
    }

    /// While another reading is under way.
    #[must_use]
    pub fn reading(self, since: UtcDateTime) -> Self {
        Self { under_way: Some(since), ..self }
    }

    /// After another reading. One that failed leaves what answers as it is.
    #[must_use]
    pub fn read(self, reading: Reading) -> Self {
        let failed = reading.has_failed();
        Self {
            served_since: if failed { self.served_since } else { reading.at },
            successes: self.successes + u64::from(!failed),
            failures: self.failures + u64::from(failed),
            last: reading,
            under_way: None,
            ..self
        }
    }
}

impl Reading {
    /// Whether nothing of it can be used.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        self.errors().next().is_some()
    }

    /// Why it failed.
    pub fn errors(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| problem.severity == Severity::Error)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::utc_datetime;

    use super::*;
    use crate::domain::Place;

    const NOON: UtcDateTime = utc_datetime!(2026-11-25 12:00);
    const LATER: UtcDateTime = utc_datetime!(2026-11-25 13:00);

    fn reading(at: UtcDateTime, severity: Severity) -> Reading {
        let problem = Problem {
            place: Place { file: "a.yaml".into(), line: 1, column: 1 },
            severity,
            rule: "test",
            message: "odd".into(),
            hint: None,
            excerpt: None,
        };
        Reading { at, took: Duration::ZERO, problems: vec![problem] }
    }

    #[test]
    fn a_reading_that_failed_leaves_what_answers_as_it_is() {
        let first = Standing::first(None, reading(NOON, Severity::Warning));
        assert!(!first.last.has_failed());
        let failed = first.reading(NOON).read(reading(LATER, Severity::Error));
        assert_eq!((failed.served_since, failed.under_way), (NOON, None));
        assert_eq!((failed.successes, failed.failures), (1, 1));
        assert_eq!(failed.last.errors().count(), 1);
        let well = failed.read(reading(LATER, Severity::Note));
        assert_eq!((well.served_since, well.successes, well.failures), (LATER, 2, 1));
    }
}
