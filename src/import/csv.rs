//! Matrices in CSV and its kin, as spreadsheets write them: separator and encoding are found out.

use std::path::Path;

use csv::{ByteRecord, ReaderBuilder};

use super::outcome::Report;
use super::table::{self, Block, Cell, Document, GridRow, Imported, MAX_CELLS, MAX_ROWS, Options};
use super::table::{input, sheet};
use super::{Loaded, date};
use crate::domain::Source;

/// What may stand between two cells, the likeliest first.
const SEPARATORS: &[u8] = b",;\t|";
/// How many records tell the separator.
const SAMPLE: usize = 200;
/// How many cells of a row are read; a table has far fewer.
const MAX_WIDTH: usize = 2 * table::MAX_COLUMNS;
/// The texts at the start of a file among which it says when it was last changed.
const DATE_WITHIN: usize = 12;

/// Reads the matrix of a delimited file. The path names the service where the file does not; it is
/// not opened.
#[must_use]
pub fn read(path: &Path, bytes: &[u8], options: Options<'_>) -> Imported {
    match input::decode(bytes) {
        Ok(text) => file(path, &text, options),
        Err(reason) => Imported::nothing(reason),
    }
}

/// Reads a delimited file of a data directory: what was not taken becomes problems.
#[must_use]
pub fn load(path: &Path, bytes: &[u8]) -> Loaded {
    read(path, bytes, Options::default()).into_loaded(path)
}

fn file(path: &Path, text: &input::Text, options: Options<'_>) -> Imported {
    let mut report = Report::default();
    report.encoding(text.guess);
    let (separator, offset) = declared(&text.text).unwrap_or_else(|| (guess(&text.text), 0));
    if separator != b',' {
        let name =
            if separator == b'\t' { "tabs".into() } else { format!("`{}`", separator as char) };
        report.noted(0, format!("cells are separated by {name}"));
    }
    let sheet = sheet::read(rows(&text.text, offset, separator, &mut report));
    let source =
        Source { title: sheet.title, date: last_change(&sheet.blocks), ..Source::default() };
    let document = Document { source, blocks: sheet.blocks, ..input::document(path) };
    table::assemble(&document, options, report)
}

/// The day of the last change that a sheet speaks of.
pub(super) fn last_change(blocks: &[Block]) -> Option<time::Date> {
    blocks.iter().take(DATE_WITHIN).find_map(|block| match block {
        Block::Text { text, .. } => date::of_update(text),
        _ => None,
    })
}

/// The separator that a first line `sep=;` declares, as Excel takes it, and where the rest begins.
fn declared(text: &str) -> Option<(u8, usize)> {
    let line = text.lines().next()?;
    let sign = line.trim_matches('"').strip_prefix("sep=")?;
    let [separator] = sign.as_bytes() else { return None };
    Some((*separator, (line.len() + 1).min(text.len())))
}

/// The separator with which most records have the same number of cells, and more than one.
fn guess(text: &str) -> u8 {
    let fit = |separator: u8| {
        let mut counts = [0_usize; MAX_WIDTH + 1];
        for record in reader(text, separator, true).byte_records().take(SAMPLE).flatten() {
            counts[record.len().min(MAX_WIDTH)] += 1;
        }
        let (width, rows) = counts
            .into_iter()
            .enumerate()
            .skip(2)
            .max_by_key(|&(_, rows)| rows)
            .unwrap_or_default();
        if rows == 0 { (0, 0) } else { (rows, width) }
    };
    // The first of equals.
    let best = SEPARATORS.iter().rev().copied().max_by_key(|&separator| fit(separator));
    best.unwrap_or(b',')
}

fn reader(text: &str, separator: u8, quoting: bool) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(separator)
        .quoting(quoting)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// The rows of a file from `offset` on, and one without content for each gap between them.
fn rows(text: &str, offset: usize, separator: u8, report: &mut Report) -> Vec<GridRow> {
    let mut records =
        Records { text, at: offset, line: 1 + line_feeds(&text[..offset]), ..Records::default() };
    if let Some(open) = records.read(separator, true, report) {
        let hint = "close it, or double those inside a cell";
        report.left_with_hint(open, "a quotation mark that is never closed", hint);
        // Everything behind it would be one cell.
        records.read(separator, false, report);
    }
    records.grid
}

#[derive(Default)]
struct Records<'a> {
    text: &'a str,
    /// Where to go on, and the line there.
    at: usize,
    line: u32,
    grid: Vec<GridRow>,
    cells: usize,
}

impl Records<'_> {
    /// Reads on; the line of a quotation mark that is never closed, before which it stopped.
    fn read(&mut self, separator: u8, quoting: bool, report: &mut Report) -> Option<u32> {
        let mut reader = reader(&self.text[self.at..], separator, quoting);
        let start = self.at;
        let mut record = ByteRecord::new();
        // The reader is given text, and takes records of any length: it has no errors.
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            let end = self.text.len().min(start + reader.position().byte() as usize);
            let raw = &self.text[self.at..end];
            let gap = raw.len() - raw.trim_start_matches('\n').len();
            if gap > 0 {
                self.grid.push(GridRow::default());
            }
            self.line += line_feeds(&raw[..gap]);
            if quoting && end == self.text.len() && is_open(raw.trim_start_matches('\n')) {
                self.at += gap;
                return Some(self.line);
            }
            self.cells += record.len();
            if self.grid.len() >= MAX_ROWS || self.cells > MAX_CELLS {
                report.left(self.line, "the file is too large, and not read from here on");
                return None;
            }
            self.grid.push(row(self.line, &record));
            self.line += line_feeds(&raw[gap..]);
            self.at = end;
        }
        None
    }
}

/// Whether the last record of a file ends inside a quotation that spans lines.
fn is_open(raw: &str) -> bool {
    raw.trim_end().contains('\n') && raw.matches('"').count() % 2 == 1
}

fn row(line: u32, record: &ByteRecord) -> GridRow {
    let text = |cell: &[u8]| without_guard(&String::from_utf8_lossy(cell)).to_owned();
    let cell = |cell: &[u8]| Cell { text: text(cell), ..Cell::default() };
    GridRow {
        line,
        cells: record.iter().take(MAX_WIDTH).map(cell).collect(),
        excess: record.iter().skip(MAX_WIDTH).map(text).collect(),
        apart: false,
    }
}

/// A cell without the apostrophe that keeps spreadsheets from running it as a formula.
fn without_guard(cell: &str) -> &str {
    let begins = cell.trim_start_matches('\'');
    let is_formula = begins.starts_with(['=', '+', '-', '@']) && begins.chars().count() > 1;
    cell.strip_prefix('\'').filter(|_| is_formula).unwrap_or(cell)
}

fn line_feeds(text: &str) -> u32 {
    u32::try_from(text.matches('\n').count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
