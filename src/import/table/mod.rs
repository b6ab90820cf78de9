//! Headings, texts and grids of cells to matrices: what all tabular formats share.
//!
//! A format hands over a `Document`: its parts in order, neutral and with their lines. What a
//! grid is (a matrix, one lying on its side, a legend, something else) is recognised here.

mod assembly;
pub(super) mod cell;
mod columns;
pub(super) mod footnote;
pub(super) mod input;
mod legend;
mod outline;
mod rows;
mod service;
pub(super) mod sheet;
pub(super) mod words;

use std::path::Path;

use crate::domain::{Matrix, Place, Problem, Scheme, Severity, Source};

use super::outcome::{Entry, Fate, Report};
use super::places::Places;
use super::{Loaded, matrix_file};

pub(super) use assembly::assemble;

/// The most rows of a file that are read.
pub(super) const MAX_ROWS: usize = 20_000;
/// The most cells of a file that are read.
pub(super) const MAX_CELLS: usize = 1_000_000;
/// The most columns of a table that are read.
pub(super) const MAX_COLUMNS: usize = 100;
/// The longest cell that is read, in characters.
const MAX_CELL: usize = 4_000;
/// The longest name of an activity or section, in characters.
const MAX_NAME: usize = matrix_file::MAX_NAME as usize;
/// The longest name of a party or alias, in characters.
const MAX_SHORT: usize = matrix_file::MAX_SHORT as usize;
/// The longest note, legend, title or excerpt, in characters.
pub(super) const MAX_REMARK: usize = matrix_file::MAX_LINE as usize;

/// What the reader of a file wants done differently.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// The scheme of the letters, whatever the file says.
    pub scheme: Option<Scheme>,
    /// The name of the one sheet of a workbook that is read, or its number from 1.
    pub sheet: Option<&'a str>,
}

/// What was read from a file.
#[derive(Debug, Default)]
pub struct Imported {
    /// The matrices.
    pub matrices: Vec<Matrix>,
    /// Where the parts of each stand, in their order.
    pub places: Vec<Places>,
    /// What became of every table and row.
    pub report: Report,
}

impl Imported {
    /// Nothing, and why.
    pub(super) fn nothing(reason: String) -> Self {
        let mut report = Report::default();
        report.left(0, reason);
        Self { report, ..Self::default() }
    }

    /// The same for a data directory: what was not taken becomes problems.
    pub(super) fn into_loaded(self, path: &Path) -> Loaded {
        let place = Place { file: path.to_owned(), line: 0, column: 0 };
        let starts = self.matrices.iter().map(|_| (place.clone(), None)).collect();
        let problems = self.report.problems(path);
        let (matrices, places) = (self.matrices, self.places);
        Loaded { matrices, starts, places, problems, ..Loaded::default() }
    }
}

impl From<Loaded> for Imported {
    /// A file of our own: what is wrong with it was not taken.
    fn from(loaded: Loaded) -> Self {
        let mut report = Report::default();
        for problem in loaded.problems {
            let fate = match problem.severity {
                Severity::Error => Fate::Left,
                Severity::Warning | Severity::Note => Fate::Noted,
            };
            let Problem { place, message, hint, .. } = problem;
            let line = place.line;
            report.entries.push(Entry { sheet: None, line, fate, text: message, hint });
        }
        Self { matrices: loaded.matrices, places: loaded.places, report }
    }
}

/// A file taken apart.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// The name of the file without directories and extension.
    pub(super) stem: String,
    /// The name of the sheet, where others of its workbook hold a matrix too.
    pub(super) sheet: Option<String>,
    /// The name of the directory that the file is in.
    pub(super) folder: Option<String>,
    /// The language of its text as a BCP 47 tag.
    pub(super) language: Option<String>,
    /// What it says of itself.
    pub(super) source: Source,
    /// Whether it says that not everybody may see it.
    pub(super) confidential: bool,
    /// What a file declares that was exported by us: it is taken as it stands.
    pub(super) own: Option<Own>,
    /// Its parts in order.
    pub(super) blocks: Vec<Block>,
}

/// What a file that we exported says of its matrix.
#[derive(Clone, Debug)]
pub(super) struct Own {
    /// The service's id.
    pub(super) id: String,
    /// The service's name.
    pub(super) name: String,
    /// The scheme of its letters.
    pub(super) scheme: Scheme,
}

/// A part of a document.
#[derive(Debug)]
pub(super) enum Block {
    /// A heading and its level, from 1.
    Heading {
        /// How deep it is, from 1.
        level: u8,
        /// Its text.
        text: String,
        /// Whether a sign of it that tells number and title apart is escaped.
        literal: bool,
    },
    /// A paragraph or an item of a list.
    Text {
        /// Its line.
        line: u32,
        /// Its text, lines apart.
        text: String,
        /// The sign that makes it a footnote, where it has one.
        sign: Option<String>,
    },
    /// A table.
    Grid(Grid),
}

/// A table: rows of cells, all equally long.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// The rows, the header first where there is one.
    pub(super) rows: Vec<GridRow>,
}

impl Block {
    fn grid(&self) -> Option<&Grid> {
        match self {
            Self::Grid(grid) => Some(grid),
            Self::Heading { .. } | Self::Text { .. } => None,
        }
    }
}

impl Grid {
    /// The folded texts of the first row.
    fn header(&self) -> Vec<String> {
        let cells = self.rows.first().into_iter().flat_map(|row| &row.cells);
        cells.map(|cell| words::fold(&cell.flat())).collect()
    }
}

/// A row of a grid.
#[derive(Clone, Debug, Default)]
pub(super) struct GridRow {
    /// Its line.
    pub(super) line: u32,
    /// Its cells.
    pub(super) cells: Vec<Cell>,
    /// What stood in it beyond the last column.
    pub(super) excess: Vec<String>,
    /// Whether something stands between it and its table.
    pub(super) apart: bool,
}

/// A cell of a grid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// Its text, lines apart.
    pub(super) text: String,
    /// Whether all of it is bold.
    pub(super) bold: bool,
    /// The footnotes that it refers to.
    pub(super) marks: Vec<String>,
}

impl Cell {
    /// Its text on one line.
    fn flat(&self) -> String {
        flat(&self.text)
    }

    fn is_blank(&self) -> bool {
        self.text.chars().all(|c| c.is_whitespace() || c.is_control() || is_unseen(c))
    }
}

/// A text on one line, without characters that nobody sees; those that join letters and pictures
/// of other scripts are seen.
pub(super) fn flat(text: &str) -> String {
    let mut flat = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut last = ' ';
    while let Some(c) = rest.next() {
        let joins = !last.is_ascii() && rest.peek().is_some_and(|next| !next.is_ascii());
        match c {
            '\u{200c}' | '\u{200d}' if joins => {}
            c if is_unseen(c) => continue,
            _ => {}
        }
        last = if c.is_control() || c.is_whitespace() { ' ' } else { c };
        flat.push(last);
    }
    flat.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// A text of at most `max` characters, the last one an ellipsis where it was cut.
pub(super) fn cut(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let kept: String = text.chars().take(max.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
