//! Matrices from their files, read and checked whole.

use std::io;
use std::path::Path;
use std::time::Instant;

use time::UtcDateTime;

use crate::bot::Library;
use crate::commands::standing::Reading;
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

/// The same, with what became of it. Where there were matrices `before`, none at all are no
/// library: somebody is about to put others there, or made a mistake.
pub(crate) fn read(directory: Option<&Path>, before: bool) -> (Result<Library, Unusable>, Reading) {
    let began = Instant::now();
    let loaded = load(directory).and_then(|library| {
        if before && library.catalog.matrices().is_empty() {
            let emptied = io::Error::new(io::ErrorKind::NotFound, "holds no matrix any more");
            return Err(Unusable::Directory(emptied));
        }
        Ok(library)
    });
    let problems = match &loaded {
        Ok(library) => library.warnings.clone(),
        Err(Unusable::Files(problems)) => problems.clone(),
        Err(Unusable::Directory(error)) => {
            let path = directory.unwrap_or(Path::new(""));
            vec![import::whole_file(path, "unreadable", format!("cannot be read: {error}"))]
        }
    };
    (loaded, Reading { at: UtcDateTime::now(), took: began.elapsed(), problems })
}
