//! Files to domain: the only place that knows a file format.

pub(crate) mod allowances;
pub mod csv;
mod date;
pub mod markdown;
pub mod matrix_file;
mod matrix_reader;
pub mod outcome;
pub mod places;
pub mod report;
#[cfg(test)]
mod shown;
pub mod source;
pub mod table;
pub mod thesaurus;
pub mod update;
pub mod workbook;
pub mod yaml;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::domain::problem::Excerpt;
use crate::domain::{Matrix, Place, Problem, Severity};
use crate::search::Thesaurus;
use crate::search::thesaurus::Set;

pub use matrix_file::schema;
pub use places::Places;
pub use report::render;
use table::{Imported, Options};

/// The most bytes that are read of one file; a format may take fewer.
const MAX_FILE: u64 = 16 << 20;
/// The most files that are read below one directory.
pub const MAX_FILES: usize = 10_000;
/// The deepest directory that is looked into, below the one given.
pub const MAX_DIRECTORIES: usize = 8;

/// The file that extends the built-in thesaurus.
const THESAURUS: &str = "thesaurus.yaml";

/// A file format that matrices are read from: one row of [`FORMATS`].
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What it is called, as `--from` takes it.
    pub name: &'static str,
    /// The extensions of its files, lower case, without the dot.
    pub extensions: &'static [&'static str],
    /// Reads one file. The path is for the places of problems alone; it is not opened.
    pub read: fn(&Path, &[u8]) -> Loaded,
    /// Reads one file as `import` does, and tells what became of every row.
    pub import: fn(&Path, &[u8], Options<'_>) -> Imported,
}

/// Every format, by extension.
pub const FORMATS: &[Format] = &[
    Format {
        name: "yaml",
        extensions: &["yaml", "yml"],
        read: yaml::read,
        import: |path, bytes, _| yaml::read(path, bytes).into(),
    },
    Format {
        name: "markdown",
        extensions: &["md", "markdown"],
        read: markdown::load,
        import: markdown::read,
    },
    Format { name: "csv", extensions: &["csv", "tsv"], read: csv::load, import: csv::read },
    Format {
        name: "xlsx",
        extensions: &["xlsx", "xlsm"],
        read: workbook::load,
        import: workbook::read,
    },
    Format { name: "ods", extensions: &["ods"], read: workbook::load, import: workbook::read },
];

/// What was read from a set of files: what could be used, and everything that was wrong.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The matrices without errors.
    pub matrices: Vec<Matrix>,
    /// Where each matrix begins, in their order; a format that does not know leaves it empty.
    pub starts: Vec<(Place, Option<Excerpt>)>,
    /// Where the parts of each matrix stand, in their order; empty like the starts.
    pub places: Vec<Places>,
    /// The words to search with: the built-in ones and the directory's own. Empty for one file.
    pub thesaurus: Thesaurus,
    /// Errors and warnings of all files, sorted.
    pub problems: Vec<Problem>,
}

/// Reads every matrix below a directory, in directories inside it too.
///
/// Hidden files, `README` files, an office's locks, `*.schema.json` and what has no extension of [`FORMATS`] are left
/// alone; `thesaurus.yaml` at the top extends the built-in thesaurus. Directories that are links
/// are not followed.
///
/// # Errors
///
/// When the directory itself cannot be read; whatever is wrong with a file is among the problems.
pub fn directory(path: &Path) -> io::Result<Loaded> {
    let mut all = Loaded { thesaurus: builtin_thesaurus(), ..Loaded::default() };
    let mut files = Vec::new();
    list(path, 0, &mut files, &mut all.problems)?;
    files.sort();
    if files.len() > MAX_FILES {
        all.problems.push(whole_file(path, "too-many", format!("more than {MAX_FILES} files")));
        files.truncate(MAX_FILES);
    }
    for file in files {
        match contents(&file) {
            Err(error) => {
                let message = format!("cannot be read: {error}");
                all.problems.push(whole_file(&file, "unreadable", message));
            }
            Ok(bytes) if file == path.join(THESAURUS) => {
                let (own, problems) = thesaurus::read(&file, &bytes);
                // A copy of our own `data/` repeats the built-in sets.
                let new = own.sets.into_iter().filter(|set| !all.thesaurus.sets.contains(set));
                let new: Vec<Set> = new.collect();
                all.thesaurus.sets.extend(new);
                all.problems.extend(problems);
            }
            Ok(bytes) => {
                if let Some(format) = format_of(&file) {
                    all.add((format.read)(&file, &bytes));
                }
            }
        }
    }
    all.finish();
    Ok(all)
}

/// Reads every matrix of these files and directories, as if all stood in one directory.
///
/// # Errors
///
/// The first of them that cannot be read, and why.
pub fn paths(paths: &[PathBuf]) -> Result<Loaded, (PathBuf, io::Error)> {
    let mut all = Loaded { thesaurus: builtin_thesaurus(), ..Loaded::default() };
    for path in paths {
        let loaded = if path.is_dir() { directory(path) } else { file(path) };
        all.add(loaded.map_err(|error| (path.clone(), error))?);
    }
    all.finish();
    Ok(all)
}

fn file(path: &Path) -> io::Result<Loaded> {
    let bytes = contents(path)?;
    if path.file_name().is_some_and(|name| name == THESAURUS) {
        let problems = thesaurus::read(path, &bytes).1;
        return Ok(Loaded { problems, ..Loaded::default() });
    }
    let Some(format) = format_of(path) else {
        let message = "no format is known by this name".to_owned();
        let problems = vec![whole_file(path, "unknown-format", message)];
        return Ok(Loaded { problems, ..Loaded::default() });
    };
    Ok((format.read)(path, &bytes))
}

/// The matrices of `data/` that are built into the binary; empty without the feature
/// `builtin-data`.
#[must_use]
pub fn builtin() -> Loaded {
    let mut all = Loaded { thesaurus: builtin_thesaurus(), ..Loaded::default() };
    for (name, text) in BUILTIN {
        all.add(yaml::read(&Path::new("data").join(name), text.as_bytes()));
    }
    all.finish();
    all
}

/// The thesaurus of `data/` that is built into the binary; empty without the feature
/// `builtin-data`.
#[must_use]
pub fn builtin_thesaurus() -> Thesaurus {
    thesaurus::compiled(BUILTIN_THESAURUS)
}

/// The format of a file by its extension; `None` for what is no matrix.
#[must_use]
pub fn format_of(file: &Path) -> Option<&'static Format> {
    let name = file.file_name()?.to_str()?.to_ascii_lowercase();
    let (stem, extension) = name.rsplit_once('.')?;
    let is_other = stem == "readme" || name == THESAURUS || name.ends_with(".schema.json");
    format_of_extension(extension).filter(|_| !is_other)
}

/// The format of files with this extension, in any case and without the dot.
#[must_use]
pub fn format_of_extension(extension: &str) -> Option<&'static Format> {
    let extension = extension.to_ascii_lowercase();
    FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str()))
}

/// The built-in matrices: file name and text. A test compares the list with `data/`.
#[cfg(feature = "builtin-data")]
const BUILTIN: &[(&str, &str)] =
    &[("ovhcloud-kms.yaml", include_str!("../../data/ovhcloud-kms.yaml"))];
#[cfg(not(feature = "builtin-data"))]
const BUILTIN: &[(&str, &str)] = &[];

#[cfg(feature = "builtin-data")]
const BUILTIN_THESAURUS: &str = include_str!(concat!(env!("OUT_DIR"), "/thesaurus.json"));
#[cfg(not(feature = "builtin-data"))]
const BUILTIN_THESAURUS: &str = "[]";

impl Loaded {
    fn add(&mut self, file: Self) {
        let mut starts = file.starts.into_iter();
        let mut places = file.places.into_iter();
        for matrix in file.matrices {
            self.places.push(places.next().unwrap_or_default());
            self.starts.push(
                starts
                    .next()
                    .unwrap_or_else(|| (Place { file: PathBuf::new(), line: 0, column: 0 }, None)),
            );
            self.matrices.push(matrix);
        }
        self.problems.extend(file.problems);
    }

    /// Refuses second matrices of a service in one language, and sorts the problems.
    fn finish(&mut self) {
        let mut first: HashMap<(String, Option<String>), Place> = HashMap::new();
        let mut matrices = Vec::with_capacity(self.matrices.len());
        let mut starts = Vec::with_capacity(self.starts.len());
        let mut places = Vec::with_capacity(self.places.len());
        let all = self.matrices.drain(..).zip(self.starts.drain(..)).zip(self.places.drain(..));
        for ((matrix, start), place) in all {
            let key = (matrix.service.id.clone(), matrix.language.clone());
            if let Some(other) = first.get(&key) {
                self.problems.push(second_matrix(&matrix, start, other));
                continue;
            }
            first.insert(key, start.0.clone());
            matrices.push(matrix);
            starts.push(start);
            places.push(place);
        }
        (self.matrices, self.starts, self.places) = (matrices, starts, places);
        self.keep_confidential();
        Problem::sort(&mut self.problems);
    }
}

impl Loaded {
    /// What one file of a service says is meant for its other languages too.
    fn keep_confidential(&mut self) {
        let services = self.matrices.iter().map(|matrix| &matrix.service);
        let ids = services.filter(|service| service.confidential).map(|service| service.id.clone());
        let ids: HashSet<String> = ids.collect();
        for matrix in &mut self.matrices {
            matrix.service.confidential = ids.contains(&matrix.service.id);
        }
    }
}

fn second_matrix(matrix: &Matrix, start: (Place, Option<Excerpt>), first: &Place) -> Problem {
    let language = match &matrix.language {
        Some(language) => format!(" in `{language}`"),
        None => String::new(),
    };
    let first = first.file.display();
    Problem {
        place: start.0,
        severity: Severity::Error,
        rule: "duplicate-service",
        message: format!("a second matrix of the service `{}`{language}", matrix.service.id),
        hint: Some(format!("`{first}` is the first; give one another `id` or another `language`")),
        excerpt: start.1,
    }
}

/// The files below a directory that may be read, unsorted.
fn list(
    directory: &Path,
    depth: usize,
    files: &mut Vec<PathBuf>,
    problems: &mut Vec<Problem>,
) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let path = entry.path();
        let name = entry.file_name();
        // An office leaves `~$book.xlsx` beside a workbook that is open.
        let is_hidden =
            name.to_string_lossy().starts_with('.') || name.to_string_lossy().starts_with("~$");
        if is_hidden || files.len() > MAX_FILES {
            continue;
        }
        if entry.file_type()?.is_dir() {
            if depth < MAX_DIRECTORIES
                && let Err(error) = list(&path, depth + 1, files, problems)
            {
                let message = format!("cannot be read: {error}");
                problems.push(whole_file(&path, "unreadable", message));
            }
        } else if format_of(&path).is_some() || (depth == 0 && path.ends_with(THESAURUS)) {
            files.push(path);
        }
    }
    Ok(())
}

/// A regular file's contents; of a file that is too large only as much as shows that it is.
pub(crate) fn contents(path: &Path) -> io::Result<Vec<u8>> {
    // Opening a pipe would wait for its writer.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(MAX_FILE + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

pub(crate) fn whole_file(path: &Path, rule: &'static str, message: String) -> Problem {
    let place = Place { file: path.to_owned(), line: 0, column: 0 };
    Problem { place, severity: Severity::Error, rule, message, hint: None, excerpt: None }
}
