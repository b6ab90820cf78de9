//! Where imported matrices go: the screen, one file, or a file each in a directory.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Args, To};
use crate::domain::Matrix;
use crate::exit::Exit;
use crate::failure::Failure;

/// Where matrices go.
#[derive(Debug)]
pub(super) enum Output {
    /// Standard output.
    Screen,
    /// One file.
    File(PathBuf),
    /// A file for each in a directory that there is.
    Directory(PathBuf),
}

impl Output {
    /// Where the arguments want it; refuses before anything is read what cannot be done.
    pub(super) fn new(args: &Args) -> Result<Self, Failure> {
        if args.update.is_some() && args.to == To::Json {
            return Err(
                Failure::new(Exit::Usage, "`--update` writes YAML").hint("leave out `--to json`")
            );
        }
        let in_place = args.update.as_ref().filter(|_| args.force);
        let Some(path) = args.output.as_ref().or(in_place) else { return Ok(Self::Screen) };
        if path.is_dir() {
            return Ok(Self::Directory(path.clone()));
        }
        if args.to == To::Yaml && args.files.len() > 1 {
            let message = "several matrices do not fit into one YAML file";
            return Err(Failure::new(Exit::Usage, message)
                .hint("name a directory with `-o`, or write `--to json`"));
        }
        if path.exists() && !args.force {
            return Err(exists(path));
        }
        Ok(Self::File(path.clone()))
    }
}

/// Writes a file for each matrix, named after its service and language; none if one is in the way.
pub(super) fn write_each(
    directory: &Path,
    matrices: &[Matrix],
    args: &Args,
) -> Result<(), Failure> {
    let files: Vec<PathBuf> =
        matrices.iter().map(|matrix| directory.join(name(matrix, args.to))).collect();
    for (index, file) in files.iter().enumerate() {
        if files[..index].contains(file) {
            let message = format!("two of the matrices are of `{}`", file.display());
            return Err(Failure::new(Exit::Data, message).hint("import them one by one"));
        }
        if file.exists() && !args.force {
            return Err(exists(file));
        }
    }
    files.iter().zip(matrices).try_for_each(|(file, matrix)| {
        write(file, super::text(matrix, args.to).as_bytes(), args.force)
    })
}

/// Writes a file whole or not at all; one that there is only if `force`d.
pub(in crate::cli) fn write(path: &Path, bytes: &[u8], force: bool) -> Result<(), Failure> {
    let written = if force { replace(path, bytes) } else { create(path, bytes) };
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => exists(path),
        _ => Failure::new(Exit::Output, format!("`{}`: {error}", path.display())),
    })
}

fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Replaces a file in one step, so that a daemon that reads it now never sees half of it.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.tmp", std::process::id()));
    let draft = path.with_file_name(name);
    let written = create(&draft, bytes)
        .and_then(|()| match fs::metadata(&path) {
            Ok(old) => fs::set_permissions(&draft, old.permissions()),
            Err(_) => Ok(()),
        })
        .and_then(|()| fs::rename(&draft, &path));
    if written.is_err() {
        // The reason why it could not be written matters more than the draft.
        let _ = fs::remove_file(&draft);
    }
    written
}

fn name(matrix: &Matrix, to: To) -> String {
    let language = matrix.language.as_ref().map(|tag| format!(".{tag}")).unwrap_or_default();
    let extension = match to {
        To::Yaml => "yaml",
        To::Json => "json",
    };
    format!("{}{language}.{extension}", matrix.service.id)
}

fn exists(path: &Path) -> Failure {
    Failure::new(Exit::Output, format!("`{}` exists", path.display()))
        .hint("`--force` overwrites it")
}
