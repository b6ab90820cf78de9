//! Matrices from their files, read and checked whole.

use std::io;
use std::path::Path;

use crate::bot::Library;
use crate::domain::{Catalog, Problem, Severity};
use crate::import;

/// Why there is no library.
#[derive(Debug)]
pub(crate) enum Unusable {
    /// The directory cannot be read.
    Directory(io::Error),
    /// Files have errors; warnings are among them.
    Files(Vec<Problem>),
}

impl Unusable {
    /// The same as problems, at least one of them an error.
    pub(super) fn into_problems(self, directory: Option<&Path>) -> Vec<Problem> {
        match self {
            Self::Files(problems) => problems,
            Self::Directory(error) => {
                let path = directory.unwrap_or(Path::new(""));
                vec![import::whole_file(path, "unreadable", format!("cannot be read: {error}"))]
            }
        }
    }
}

/// The library of a directory, or the built-in one. A single error makes it unusable: half a
/// catalog would answer with what is left.
pub(crate) fn load(directory: Option<&Path>) -> Result<Library, Unusable> {
    let loaded = match directory {
        Some(directory) => import::directory(directory).map_err(Unusable::Directory)?,
        None => import::builtin(),
    };
    if loaded.problems.iter().any(|problem| problem.severity == Severity::Error) {
        return Err(Unusable::Files(loaded.problems));
    }
    Ok(Library::new(Catalog::new(loaded.matrices), &loaded.thesaurus, loaded.problems))
}
