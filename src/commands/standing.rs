//! What became of reading the configuration and the matrices: for the operator's status, for health,
//! for metrics.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use time::UtcDateTime;

use crate::domain::{Catalog, Matrix, Problem, Service, Severity};

/// What answers now, and what became of reading its files. The daemon keeps it; how many matrices,
/// activities and warnings there are says the library itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The directory that is read; none for the built-in matrices.
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

/// One reading of all matrices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// When it ended.
    pub at: UtcDateTime,
    /// How long it took, with the building of the index.
    pub took: Duration,
    /// Whether the configuration was read too.
    pub configuration: bool,
    /// What is other than before; nothing where it failed.
    pub changes: Changes,
    /// Everything that was found, errors and warnings, sorted; a single error made it fail.
    pub problems: Vec<Problem>,
}

/// What a reading brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The keys of the configuration that have other values now.
    pub keys: Vec<&'static str>,
    /// The keys of the configuration whose new values wait for a restart.
    pub restart: Vec<&'static str>,
    /// The services whose matrices are other ones, by id.
    pub services: Vec<(Service, Fate)>,
}

/// What became of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// There was none before.
    Added,
    /// Something of its matrices is different.
    Changed,
    /// There is none any more.
    Gone,
}

impl Changes {
    /// Whether nothing is other than before.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty() && self.services.is_empty() && self.restart.is_empty()
    }

    /// What became of the services between two catalogs.
    #[must_use]
    pub fn of_services(before: &Catalog, after: &Catalog) -> Vec<(Service, Fate)> {
        let (before, after) = (by_service(before), by_service(after));
        let kept = after.iter().filter_map(|(id, matrices)| match before.get(id) {
            None => Some((matrices, Fate::Added)),
            Some(before) if before != matrices => Some((matrices, Fate::Changed)),
            Some(_) => None,
        });
        let gone = before.iter().filter(|(id, _)| !after.contains_key(*id));
        let all = kept.chain(gone.map(|(_, matrices)| (matrices, Fate::Gone)));
        let named = all.filter_map(|(matrices, fate)| Some((matrices.first()?, fate)));
        let mut named: Vec<(Service, Fate)> =
            named.map(|(matrix, fate)| (matrix.service.clone(), fate)).collect();
        named.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
        named
    }
}

fn by_service(catalog: &Catalog) -> BTreeMap<&str, Vec<&Matrix>> {
    let mut services: BTreeMap<&str, Vec<&Matrix>> = BTreeMap::new();
    for matrix in catalog.matrices().iter().map(Arc::as_ref) {
        services.entry(&matrix.service.id).or_default().push(matrix);
    }
    services
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

    /// When a reading came to nothing, not even to faults.
    #[must_use]
    pub fn undisturbed(self) -> Self {
        Self { under_way: None, ..self }
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
        Reading {
            at,
            took: Duration::ZERO,
            configuration: true,
            changes: Changes::default(),
            problems: vec![problem],
        }
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
