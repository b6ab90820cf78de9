//! `raci-bot export`: matrices in the formats that other people and tools read.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;

use super::import::output::write;
use super::selection::{self, Selection};
use super::{Global, setup};
use crate::adapters::terminal::harmless;
use crate::domain::Matrix;
use crate::exit::Exit;
use crate::export::{self, FORMATS, Format, Write};
use crate::failure::{Failure, printed};

/// What to export, and where it goes.
#[derive(Debug, clap::Args)]
#[command(after_help = STATUSES)]
pub struct Args {
    #[command(flatten)]
    selection: Selection,
    /// The format; that of the file's extension when left out
    #[arg(long, value_name = "FORMAT", value_parser = formats(), required_unless_present = "output")]
    format: Option<String>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Overwrite the file if it is there
    #[arg(long)]
    force: bool,
}

const STATUSES: &str = "\
Exit status: 0 written, 64 usage, 65 broken data, 66 no such directory, 74 cannot be written.";

/// Writes the matrices that were asked for.
pub(super) fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    let format = args.format()?;
    let library = setup::bot(global)?.library();
    let matrices = args.selection.of(&library, setup::context().language)?;
    let text = written(format, &matrices)?;
    tell_losses(format, &matrices);
    match &args.output {
        None if matches!(format.write, Write::Drawn(_)) && io::stdout().is_terminal() => {
            let message = "a terminal shows no picture of this kind";
            Err(Failure::new(Exit::Usage, message).hint("name a file with `-o`"))
        }
        None => printed(io::stdout().write_all(&text), Exit::Success),
        Some(file) => {
            write(file, &text, args.force)?;
            Ok(Exit::Success)
        }
    }
}

impl Args {
    fn format(&self) -> Result<&'static Format, Failure> {
        let extension = self
            .output
            .as_deref()
            .and_then(Path::extension)
            .and_then(|extension| extension.to_str());
        match (&self.format, extension) {
            (Some(name), _) => export::named(name),
            (None, Some(extension)) => export::of_extension(extension),
            (None, None) => None,
        }
        .ok_or_else(|| {
            let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
            Failure::new(Exit::Usage, "the file's extension names no format")
                .hint(format!("add `--format` {}", names.join(", ")))
        })
    }
}

fn written(format: &Format, matrices: &[Matrix]) -> Result<Vec<u8>, Failure> {
    let matrices: Vec<&Matrix> = matrices.iter().collect();
    match (format.write, matrices.as_slice()) {
        (Write::Several(write), _) => Ok(write(&matrices).into_bytes()),
        (Write::One(write), [only]) => Ok(write(only).into_bytes()),
        (Write::Drawn(draw), [only]) => draw(only).ok_or_else(|| {
            Failure::new(Exit::Data, format!("no picture can be drawn of {}", only.service.name))
        }),
        (Write::One(_) | Write::Drawn(_), _) => {
            let message = format!("{} holds one service", format.name);
            Err(selection::of_several(&matrices, &message))
        }
    }
}

/// Says on standard error what the format cannot hold: who exports to import again should know.
fn tell_losses(format: &Format, matrices: &[Matrix]) {
    for matrix in matrices {
        let lost: Vec<String> = format.drops.iter().filter_map(|extra| extra.of(matrix)).collect();
        if !lost.is_empty() {
            let (service, lost) = (harmless(&matrix.service.name), lost.join(", "));
            // Nothing is left to tell it to when standard error is closed.
            let _ = writeln!(
                io::stderr(),
                "note: {} has no place for these of {service}: {lost}",
                format.name
            );
        }
    }
}

fn formats() -> PossibleValuesParser {
    FORMATS.iter().map(|format| format.name).into()
}
