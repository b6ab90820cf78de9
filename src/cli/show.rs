//! `raci-bot show`: a matrix as a table in the terminal.

mod grid;

use std::io::{self, Write};

use super::selection::Selection;
use super::{Global, setup};
use crate::adapters::terminal::Screen;
use crate::exit::Exit;
use crate::failure::{Failure, printed};

/// What to show.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    selection: Selection,
}

/// Prints the matrices that were asked for.
pub(super) fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    let library = setup::bot(global)?.library();
    let context = setup::context();
    let matrices = args.selection.of(&library, context.language)?;
    let screen = Screen::of_stdout();
    let tables: Vec<String> =
        matrices.iter().map(|matrix| grid::show(matrix, context.language, screen)).collect();
    printed(io::stdout().write_all(tables.join("\n").as_bytes()), Exit::Success)
}
