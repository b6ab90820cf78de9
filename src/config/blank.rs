//! A configuration file that says nothing: every key has its default, which is hardly meant.

use std::path::Path;

use super::Config;
use crate::domain::{Problem, Severity};
use crate::import;

/// The rule that a file breaks which says nothing: not even `{}`.
pub const BLANK: &str = "blank-configuration";

impl Config {
    /// The configuration of a file that says nothing, with what else is odd about it.
    pub(super) fn blank(path: &Path, mut warnings: Vec<Problem>) -> Self {
        let message = "says nothing, so that every key has its default".to_owned();
        let hint = Some("`{}` says that this is meant".to_owned());
        let blank = import::whole_file(path, BLANK, message);
        warnings.push(Problem { severity: Severity::Warning, hint, ..blank });
        Self { warnings, ..Self::default() }
    }

    /// Whether there is a file, and it says nothing.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.warnings.iter().any(|problem| problem.rule == BLANK)
    }
}
