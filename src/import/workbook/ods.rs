//! Workbooks of `OpenDocument` (ISO/IEC 26300): one part holds all sheets.

use std::collections::HashMap;

use super::archive::Archive;
use super::canvas::{Canvas, Merged};
use super::xml::{Element, Piece, Xml};
use super::{Book, Sheet, is_wanted};
use crate::import::date;
use crate::import::table::Cell;

const KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";
/// How often a cell or row is written that stands there once and says how often.
const MAX_REPEATED: usize = 1_000;
/// The highest row and column that such a workbook has.
const MAX_PLACE: usize = 1 << 20;
/// The most spaces that one sign stands for.
const MAX_SPACES: usize = 100;

/// Reads a workbook, of its sheets those that are wanted.
pub(super) fn read(archive: &mut Archive<'_>, wanted: Option<&str>) -> Result<Book, String> {
    let kind = archive.text("mimetype")?.unwrap_or_default();
    if !kind.trim().starts_with(KIND) {
        let kind = kind.trim().rsplit('.').next().unwrap_or_default().to_owned();
        return Err(format!(
            "the file is no workbook but `{}`",
            crate::import::table::cut(&kind, 40)
        ));
    }
    let manifest = archive.text("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err("the workbook has a password".to_owned());
    }
    let mut book = properties(archive)?;
    let text = archive.text("content.xml")?.unwrap_or_default();
    let mut styles = Styles::default();
    let mut xml = Xml::new(&text);
    while let Some(piece) = xml.next()? {
        let Piece::Start(element) = piece else { continue };
        match element.name().as_str() {
            "style" => styles.current = element.attribute("name").unwrap_or_default(),
            "table-properties" if element.attribute("display").is_some_and(|is| is == "false") => {
                styles.hidden.insert(styles.current.clone(), true);
            }
            "text-properties"
                if element.attribute("font-weight").is_some_and(|is| is == "bold") =>
            {
                styles.bold.insert(styles.current.clone(), true);
            }
            "table" => {
                let sheet = sheet(&mut xml, &element, &styles, book.sheets.len(), wanted)?;
                book.sheets.push(sheet);
            }
            _ => {}
        }
    }
    Ok(book)
}

/// What styles make of what has them.
#[derive(Default)]
struct Styles {
    current: String,
    hidden: HashMap<String, bool>,
    bold: HashMap<String, bool>,
}

fn properties(archive: &mut Archive<'_>) -> Result<Book, String> {
    let text = archive.text("meta.xml")?.unwrap_or_default();
    let mut book = Book::default();
    let mut inside = String::new();
    let mut xml = Xml::new(&text);
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Start(element) => inside = element.name(),
            Piece::Text(text) if inside == "title" => book.title = Some(text),
            Piece::Text(text) if inside == "date" => book.date = date::find(&text),
            Piece::End(_) => inside.clear(),
            Piece::Text(_) => {}
        }
    }
    Ok(book)
}

/// The sheet that has started, up to its end.
fn sheet(
    xml: &mut Xml<'_>,
    start: &Element<'_>,
    styles: &Styles,
    index: usize,
    wanted: Option<&str>,
) -> Result<Sheet, String> {
    let name = start.attribute("name").unwrap_or_default();
    let hidden =
        start.attribute("style-name").is_some_and(|style| styles.hidden.contains_key(&style));
    let mut sheet = Sheet { name, hidden, ..Sheet::default() };
    if !is_wanted(wanted, index, &sheet.name, hidden) {
        xml.skip()?;
        return Ok(sheet);
    }
    let mut canvas = Canvas::default();
    let mut row = 0;
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Start(element) => match element.name().as_str() {
                "table-row" => {
                    let repeated = element.number("number-rows-repeated").unwrap_or(1).max(1);
                    let cells = cells(xml, styles)?;
                    for copy in 0..if cells.is_empty() { 0 } else { repeated.min(MAX_REPEATED) } {
                        write(&mut canvas, row + copy, &cells);
                    }
                    row = row.saturating_add(repeated).min(MAX_PLACE);
                }
                "shapes" | "forms" | "tracked-changes" => xml.skip()?,
                _ => {}
            },
            Piece::End(name) if name == "table" => break,
            Piece::End(_) | Piece::Text(_) => {}
        }
    }
    (sheet.rows, sheet.cut) = canvas.into_rows();
    Ok(sheet)
}

/// A cell and what it lies over.
struct Placed {
    column: usize,
    cell: Cell,
    rows: usize,
    columns: usize,
}

fn write(canvas: &mut Canvas, row: usize, cells: &[Placed]) {
    for placed in cells {
        canvas.set(row, placed.column, placed.cell.clone());
        canvas.merge(Merged {
            rows: row..=row.saturating_add(placed.rows - 1),
            columns: placed.column..=placed.column.saturating_add(placed.columns - 1),
        });
    }
}

/// The cells of the row that has started, up to its end.
fn cells(xml: &mut Xml<'_>, styles: &Styles) -> Result<Vec<Placed>, String> {
    let mut cells = Vec::new();
    let mut column = 0_usize;
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Start(element) => {
                let name = element.name();
                if name != "table-cell" && name != "covered-table-cell" {
                    continue;
                }
                let count = |attribute| element.number(attribute).unwrap_or(1).max(1);
                let (repeated, rows, columns) = (
                    count("number-columns-repeated"),
                    count("number-rows-spanned"),
                    count("number-columns-spanned"),
                );
                let text = text(xml, &element, &name)?;
                let style = element.attribute("style-name").unwrap_or_default();
                let cell = Cell { text, bold: styles.bold.contains_key(&style), ..Cell::default() };
                if name == "table-cell" && !cell.text.trim().is_empty() {
                    for copy in 0..repeated.min(MAX_REPEATED) {
                        let column = column + copy;
                        cells.push(Placed { column, cell: cell.clone(), rows, columns });
                    }
                }
                column = column.saturating_add(repeated).min(MAX_PLACE);
            }
            Piece::End(name) if name == "table-row" => break,
            Piece::End(_) | Piece::Text(_) => {}
        }
    }
    Ok(cells)
}

/// The text of a cell that has started, up to its end; lines apart.
fn text(xml: &mut Xml<'_>, start: &Element<'_>, end: &str) -> Result<String, String> {
    let mut text = String::new();
    let mut depth = 0_usize;
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Start(element) => match element.name().as_str() {
                "annotation" | "frame" | "shapes" => xml.skip()?,
                "p" => {
                    depth += 1;
                    if !text.is_empty() {
                        text.push('\n');
                    }
                }
                "s" => {
                    let spaces = element.number("c").unwrap_or(1).min(MAX_SPACES);
                    text.extend(std::iter::repeat_n(' ', spaces));
                }
                "tab" => text.push(' '),
                "line-break" => text.push('\n'),
                _ => {}
            },
            Piece::End(name) if name == end => break,
            Piece::End(name) if name == "p" => depth = depth.saturating_sub(1),
            Piece::Text(piece) if depth > 0 => text.push_str(&piece),
            Piece::End(_) | Piece::Text(_) => {}
        }
    }
    // A day is written as its country does; the attribute is the same everywhere.
    Ok(match start.attribute("date-value") {
        Some(date) => date.chars().take(10).collect(),
        None => text,
    })
}
