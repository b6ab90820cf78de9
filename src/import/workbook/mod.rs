//! Matrices in workbooks, XLSX and ODS: each sheet that holds one is a matrix of its own.
//!
//! `archive` unpacks the parts, never more than it should; `xml` reads them; `xlsx` and `ods` know
//! where cells stand; `canvas` spreads merged cells out. What the cells mean is for
//! [`super::table`].

mod archive;
mod canvas;
mod ods;
#[cfg(test)]
mod tests;
mod xlsx;
mod xml;

use std::path::Path;

use time::Date;

use super::outcome::{NO_MATRIX, Report};
use super::table::{self, Document, GridRow, Imported, Options, flat, input, sheet, words};
use super::{Loaded, Places, csv};
use crate::domain::Source;
use archive::Archive;

/// The largest workbook that is read, in bytes.
const MAX_FILE: usize = 16 << 20;
/// The most sheets of a workbook that are read.
const MAX_SHEETS: usize = 200;

/// A workbook, as far as it was asked for.
#[derive(Debug, Default)]
struct Book {
    /// What it says of itself.
    title: Option<String>,
    date: Option<Date>,
    sheets: Vec<Sheet>,
}

/// A sheet of a workbook.
#[derive(Debug, Default)]
struct Sheet {
    name: String,
    hidden: bool,
    /// Its rows; where it was not asked for, none.
    rows: Vec<GridRow>,
    /// Whether there was more than is read.
    cut: bool,
}

/// Reads the matrices of a workbook. The path names the service where the workbook does not; it is
/// not opened.
#[must_use]
pub fn read(path: &Path, bytes: &[u8], options: Options<'_>) -> Imported {
    match book(bytes, options.sheet) {
        Ok(book) => sheets(path, book, options),
        Err(reason) => Imported::nothing(reason),
    }
}

/// Reads a workbook of a data directory: what was not taken becomes problems.
#[must_use]
pub fn load(path: &Path, bytes: &[u8]) -> Loaded {
    read(path, bytes, Options::default()).into_loaded(path)
}

fn book(bytes: &[u8], wanted: Option<&str>) -> Result<Book, String> {
    if bytes.len() > MAX_FILE {
        return Err(format!("the file is larger than {} MiB", MAX_FILE >> 20));
    }
    if !bytes.starts_with(b"PK") {
        let what = input::magic(bytes).unwrap_or("no ZIP archive");
        return Err(format!("the file is {what}, not a workbook of XLSX or ODS"));
    }
    let mut archive = Archive::open(bytes)?;
    if archive.has("content.xml") {
        ods::read(&mut archive, wanted)
    } else if archive.has("_rels/.rels") {
        xlsx::read(&mut archive, wanted)
    } else {
        Err("the file is a ZIP archive, not a workbook of XLSX or ODS".to_owned())
    }
}

/// Whether a sheet is the one that was asked for: by its name in any spelling, or its number.
fn is_wanted(wanted: Option<&str>, index: usize, name: &str, hidden: bool) -> bool {
    match wanted {
        Some(wanted) => words::fold(wanted) == words::fold(name) || wanted.parse() == Ok(index + 1),
        None => !hidden && index < MAX_SHEETS,
    }
}

fn sheets(path: &Path, book: Book, options: Options<'_>) -> Imported {
    let mut all = Imported::default();
    let mut read = Vec::new();
    let names: Vec<String> = book.sheets.iter().map(|sheet| format!("`{}`", sheet.name)).collect();
    for (index, sheet) in book.sheets.into_iter().enumerate() {
        if !is_wanted(options.sheet, index, &sheet.name, sheet.hidden) {
            let mut report = Report::default();
            if options.sheet.is_none() {
                let why = if sheet.hidden { "hidden" } else { "one of too many" };
                report.noted(0, format!("the sheet is {why}, and not read; `--sheet` reads it"));
            }
            all.report.append(&sheet.name, report);
            continue;
        }
        let (name, date) = (sheet.name.clone(), book.date);
        let document = document(path, sheet, book.title.as_deref(), date, &mut all.report);
        read.push((name, document));
    }
    if let Some(wanted) = options.sheet.filter(|_| read.is_empty()) {
        let hint = format!("there are {}", names.join(", "));
        all.report.left_with_hint(0, format!("no sheet is called `{wanted}`"), hint);
        return all;
    }
    assemble(read, options, &mut all);
    if all.matrices.is_empty() && all.report.is_complete() {
        // There is no sheet, or none that is not hidden.
        all.report.left(0, NO_MATRIX);
    }
    all
}

/// Each sheet to its matrix. Only where several have one does a service bear its sheet's name.
fn assemble(mut read: Vec<(String, Document)>, options: Options<'_>, all: &mut Imported) {
    let each = |read: &[(String, Document)]| -> Vec<Imported> {
        let sheet = |(_, document): &_| table::assemble(document, options, Report::default());
        read.iter().map(sheet).collect()
    };
    let mut imported = each(&read);
    let holding = imported.iter().filter(|sheet| !sheet.matrices.is_empty()).count();
    if holding > 1 {
        for (name, document) in &mut read {
            document.sheet = Some(name.clone());
        }
        imported = each(&read);
    }
    let alone = imported.len() == 1;
    for ((name, _), mut sheet) in read.into_iter().zip(imported) {
        if sheet.matrices.is_empty() && holding > 0 && !alone {
            sheet.report.without_matrix_is_fine();
        }
        all.matrices.extend(sheet.matrices);
        let on_sheet = |places| Places { sheet: Some(name.clone()), ..places };
        all.places.extend(sheet.places.into_iter().map(on_sheet));
        all.report.append(&name, sheet.report);
    }
}

fn document(
    path: &Path,
    sheet: Sheet,
    title: Option<&str>,
    date: Option<Date>,
    report: &mut Report,
) -> Document {
    if sheet.cut {
        let mut cut = Report::default();
        let line = sheet.rows.last().map_or(0, |row| row.line);
        cut.left(line, "the sheet is too large, and not read from here on");
        report.append(&sheet.name, cut);
    }
    let read = sheet::read(sheet.rows);
    let source = Source {
        title: read
            .title
            .or_else(|| title.map(|title| table::cut(&flat(title), table::MAX_REMARK)))
            .filter(|title| !title.is_empty()),
        date: csv::last_change(&read.blocks).or(date),
        ..Source::default()
    };
    Document { source, blocks: read.blocks, ..input::document(path) }
}
