//! Files to domain: the only place that knows a file format.

use std::path::Path;

use crate::domain::{Matrix, Problem};

/// What was read from a set of files: what could be used, and everything that was wrong.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The matrices without errors.
    pub matrices: Vec<Matrix>,
    /// Errors and warnings of all files, sorted.
    pub problems: Vec<Problem>,
}

/// Reads every matrix below a directory.
///
/// # Errors
///
/// When the directory itself cannot be read; whatever is wrong with a file is among the problems.
pub fn directory(path: &Path) -> std::io::Result<Loaded> {
    std::fs::read_dir(path)?;
    Ok(Loaded::default())
}

/// The matrices of `data/` that are built into the binary; empty without the feature
/// `builtin-data`.
#[must_use]
pub fn builtin() -> Loaded {
    Loaded::default()
}
