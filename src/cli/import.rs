//! `raci-bot import`: files as people have them to matrix files, and what became of every row.

pub(super) mod output;

use std::fmt::Display;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap::builder::PossibleValuesParser;

use crate::domain::{Matrix, Scheme, Severity};
use crate::exit::Exit;
use crate::failure::{Failure, printed};
use crate::import::table::{Imported, Options};
use crate::import::{self, FORMATS, Format, update, yaml};
use output::Output;

/// What to import, and where it goes.
#[derive(Debug, clap::Args)]
#[command(after_help = STATUSES)]
pub struct Args {
    /// The files to read
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Read the files as this format, whatever their names
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    from: Option<String>,
    /// Write this: our own format, or one JSON document a line for scripts
    #[arg(long, value_name = "FORMAT", default_value = "yaml")]
    to: To,
    /// Write to this file, or a file for each matrix into this directory
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Overwrite files that there are
    #[arg(long)]
    force: bool,
    /// Read the letters as this scheme, whatever the files say
    #[arg(long, value_name = "SCHEME", value_parser = schemes())]
    scheme: Option<String>,
    /// Read only this sheet of a workbook, by its name or number; otherwise each that holds a
    /// matrix is one
    #[arg(long, value_name = "SHEET")]
    sheet: Option<String>,
    /// Say what changed since this matrix file, and keep its aliases, contacts and notes; with
    /// --force and without -o it is brought up to date in its place
    #[arg(long, value_name = "FILE")]
    update: Option<PathBuf>,
}

/// What to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum To {
    Yaml,
    Json,
}

const STATUSES: &str = "\
Exit status: 0 every row was taken, 64 usage, 65 a row or a whole file was not taken, 66 no such \
file, 74 cannot be written.";

/// Imports files; what became of their rows is told on standard error.
pub(super) fn run(args: &Args) -> Result<Exit, Failure> {
    let output = Output::new(args)?;
    let mut complete = true;
    let mut matrices = Vec::new();
    for file in &args.files {
        let imported = read(file, args)?;
        tell(imported.report.lines(file));
        complete &= imported.report.is_complete();
        matrices.extend(imported.matrices);
    }
    if let Some(old) = &args.update {
        matrices = updated(old, matrices)?;
        if !complete && !matches!(output, Output::Screen) {
            let message = "rows were not taken, and would count as gone: nothing is written";
            return Err(Failure::new(Exit::Data, message));
        }
    }
    let exit = if complete { Exit::Success } else { Exit::Data };
    match output {
        _ if matrices.is_empty() => Ok(exit),
        Output::Screen => printed(print(&matrices, args.to), exit),
        Output::File(path) => {
            let text = matrices.iter().map(|matrix| text(matrix, args.to)).collect::<String>();
            output::write(&path, text.as_bytes(), args.force).map(|()| exit)
        }
        Output::Directory(path) => output::write_each(&path, &matrices, args).map(|()| exit),
    }
}

fn read(file: &Path, args: &Args) -> Result<Imported, Failure> {
    let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let format = match &args.from {
        Some(name) => FORMATS.iter().find(|format| format.name == name),
        None => import::format_of_extension(extension),
    };
    let Some(format) = format else {
        let known: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
        let message = format!("`{}`: no format has files of this name", file.display());
        return Err(Failure::new(Exit::Data, message)
            .hint(format!("say what it is with `--from`: {}", known.join(", "))));
    };
    let bytes = import::contents(file)
        .map_err(|error| Failure::new(Exit::NoInput, format!("`{}`: {error}", file.display())))?;
    let scheme = args.scheme.as_deref().and_then(Scheme::from_id);
    Ok((format.import)(file, &bytes, Options { scheme, sheet: args.sheet.as_deref() }))
}

/// The imported matrix with what people added to the file that is brought up to date.
fn updated(path: &Path, matrices: Vec<Matrix>) -> Result<Vec<Matrix>, Failure> {
    let bytes = import::contents(path)
        .map_err(|error| Failure::new(Exit::NoInput, format!("`{}`: {error}", path.display())))?;
    let loaded = yaml::read(path, &bytes);
    let Some(old) = loaded.matrices.into_iter().next() else {
        let errors = loaded.problems.into_iter().filter(|p| p.severity == Severity::Error);
        return Err(Failure::of_files(Exit::Data, errors.collect()));
    };
    let mut matrices = matrices.into_iter();
    let Some(new) = matrices.next() else { return Ok(Vec::new()) };
    if matrices.next().is_some() {
        let message = format!("`{}` is one matrix, and the import gives several", path.display());
        return Err(Failure::new(Exit::Usage, message).hint("import one file"));
    }
    let (merged, changes) = update::merge(&old, new);
    tell(changes.iter().map(|change| format!("{}: {change}", path.display())));
    if changes.is_empty() {
        tell([format!("{}: nothing changed", path.display())]);
    }
    Ok(vec![merged])
}

fn print(matrices: &[Matrix], to: To) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for (index, matrix) in matrices.iter().enumerate() {
        if to == To::Yaml && index > 0 {
            out.write_all(b"---\n")?;
        }
        out.write_all(text(matrix, to).as_bytes())?;
    }
    out.flush()
}

fn text(matrix: &Matrix, to: To) -> String {
    match to {
        To::Yaml => yaml::write(matrix),
        To::Json => crate::export::json::write(&[matrix]),
    }
}

fn tell(lines: impl IntoIterator<Item = impl Display>) {
    let mut err = io::stderr().lock();
    for line in lines {
        // Nothing is left to tell it to when standard error is closed.
        let _ = writeln!(err, "{line}");
    }
}

fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(FORMATS.iter().map(|format: &Format| format.name))
}

fn schemes() -> PossibleValuesParser {
    PossibleValuesParser::new(Scheme::ALL.map(Scheme::id).into_iter().chain(["racio"]))
}
