//! Workbooks of Office Open XML (ECMA-376): which sheets there are, and their cells.

use std::collections::HashMap;

use time::{Date, Duration};

use super::archive::Archive;
use super::canvas::{Canvas, Merged};
use super::xml::{Element, Piece, Xml};
use super::{Book, Sheet, is_wanted};
use crate::import::date;
use crate::import::table::Cell;

/// The built-in number formats that are dates.
const DATE_FORMATS: &[std::ops::RangeInclusive<usize>] = &[14..=17, 22..=22, 27..=36, 50..=58];
/// The highest row and column that Excel has.
const MAX_ROW: usize = 1 << 20;
const MAX_COLUMN: usize = 1 << 14;
/// The most days that a date is after 1899.
const MAX_DAYS: f64 = 200_000.0;

/// What cells refer to.
#[derive(Default)]
struct Shared {
    strings: Vec<String>,
    /// Whether each style is bold, and whether it shows a date.
    styles: Vec<(bool, bool)>,
    /// Whether days count from 1904.
    from_1904: bool,
}

/// A sheet as the workbook names it.
struct Entry {
    name: String,
    hidden: bool,
    /// The id of the relationship to its part.
    id: String,
}

/// Reads a workbook, of its sheets those that are wanted.
pub(super) fn read(archive: &mut Archive<'_>, wanted: Option<&str>) -> Result<Book, String> {
    let main = main_part(archive)?;
    let text = archive.text(&main)?.ok_or("the archive holds no workbook")?;
    let (entries, from_1904) = entries(&text)?;
    let targets = relationships(archive, &main)?;
    let shared = Shared {
        strings: strings(archive, &targets)?,
        styles: styles(archive, &targets)?,
        from_1904,
    };
    let mut book = properties(archive)?;
    for (index, entry) in entries.into_iter().enumerate() {
        let Entry { name, hidden, id } = entry;
        let mut sheet = Sheet { name, hidden, ..Sheet::default() };
        if is_wanted(wanted, index, &sheet.name, hidden)
            && let Some((_, part)) = targets.get(&id)
            && let Some(text) = archive.text(part)?
        {
            (sheet.rows, sheet.cut) = cells(&text, &shared)?.into_rows();
        }
        book.sheets.push(sheet);
    }
    Ok(book)
}

/// The part that the whole document begins with.
fn main_part(archive: &mut Archive<'_>) -> Result<String, String> {
    let targets = relationships(archive, "")?;
    let main = targets.into_values().find(|(kind, _)| kind == "officeDocument");
    let (_, part) = main.ok_or("the archive holds no workbook")?;
    let what = match part.rsplit('/').next().unwrap_or_default() {
        "document.xml" => "a document of a word processor",
        "presentation.xml" => "a presentation",
        "workbook.bin" => "a binary workbook, XLSB",
        _ => return Ok(part),
    };
    Err(format!("the file is {what}, not a workbook of XLSX or ODS"))
}

/// The parts that a part refers to: by the reference's id, what each is and its name.
fn relationships(
    archive: &mut Archive<'_>,
    part: &str,
) -> Result<HashMap<String, (String, String)>, String> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    let text = archive.text(&format!("{folder}{slash}_rels/{name}.rels"))?.unwrap_or_default();
    let mut targets = HashMap::new();
    let mut xml = Xml::new(&text);
    while let Some(piece) = xml.next()? {
        if let Piece::Start(element) = piece
            && let (Some(id), Some(kind), Some(target)) =
                (element.attribute("Id"), element.attribute("Type"), element.attribute("Target"))
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            targets.insert(id, (kind, resolve(folder, &target)));
        }
    }
    Ok(targets)
}

/// The name of a part from one in `folder`.
fn resolve(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

/// The sheets in their order, and whether days count from 1904.
fn entries(text: &str) -> Result<(Vec<Entry>, bool), String> {
    let mut entries = Vec::new();
    let mut from_1904 = false;
    let mut xml = Xml::new(text);
    while let Some(piece) = xml.next()? {
        let Piece::Start(element) = piece else { continue };
        match element.name().as_str() {
            "workbookPr" => from_1904 = is_true(element.attribute("date1904")),
            "sheet" => entries.push(Entry {
                name: element.attribute("name").unwrap_or_default(),
                hidden: element.attribute("state").is_some_and(|state| state != "visible"),
                id: element.attribute("id").unwrap_or_default(),
            }),
            _ => {}
        }
    }
    Ok((entries, from_1904))
}

fn is_true(attribute: Option<String>) -> bool {
    attribute.is_some_and(|value| value == "1" || value == "true")
}

fn part_of<'a>(targets: &'a HashMap<String, (String, String)>, kind: &str) -> Option<&'a str> {
    targets.values().find(|(known, _)| known == kind).map(|(_, part)| part.as_str())
}

fn strings(
    archive: &mut Archive<'_>,
    targets: &HashMap<String, (String, String)>,
) -> Result<Vec<String>, String> {
    let Some(part) = part_of(targets, "sharedStrings") else { return Ok(Vec::new()) };
    let text = archive.text(part)?.unwrap_or_default();
    let mut strings = Vec::new();
    let mut xml = Xml::new(&text);
    while let Some(piece) = xml.next()? {
        if matches!(&piece, Piece::Start(element) if element.name() == "si") {
            strings.push(rich_text(&mut xml, "si")?);
        }
    }
    Ok(strings)
}

/// The text of an element that has started, up to its end, without pronunciation.
fn rich_text(xml: &mut Xml<'_>, end: &str) -> Result<String, String> {
    let mut text = String::new();
    let mut inside = false;
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Start(element) => match element.name().as_str() {
                "rPh" => xml.skip()?,
                "t" => inside = true,
                _ => {}
            },
            Piece::End(name) if name == end => break,
            Piece::End(name) if name == "t" => inside = false,
            Piece::Text(piece) if inside => text.push_str(&piece),
            Piece::End(_) | Piece::Text(_) => {}
        }
    }
    Ok(unescaped(&text))
}

/// `_x000D_` is how a character stands that XML cannot hold.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        let ends = rest.as_bytes().get(at + 6) == Some(&b'_');
        match code.and_then(char::from_u32).filter(|_| ends) {
            Some(c) => {
                plain.push_str(&rest[..at]);
                plain.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                plain.push_str(&rest[..at + 2]);
                rest = &rest[at + 2..];
            }
        }
    }
    plain + rest
}

/// Whether each style is bold, and whether it shows a date.
fn styles(
    archive: &mut Archive<'_>,
    targets: &HashMap<String, (String, String)>,
) -> Result<Vec<(bool, bool)>, String> {
    let Some(part) = part_of(targets, "styles") else { return Ok(Vec::new()) };
    let text = archive.text(part)?.unwrap_or_default();
    let (mut fonts, mut dates, mut styles) = (Vec::new(), Vec::new(), Vec::new());
    let (mut in_fonts, mut in_styles) = (false, false);
    let mut xml = Xml::new(&text);
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Start(element) => match element.name().as_str() {
                "fonts" => in_fonts = true,
                "cellXfs" => in_styles = true,
                "font" if in_fonts => fonts.push(false),
                "b" if in_fonts => {
                    let is_bold = element.attribute("val").is_none_or(|val| val != "0");
                    fonts.last_mut().into_iter().for_each(|bold| *bold = is_bold);
                }
                "numFmt" => dates.extend(date_format(&element)),
                "xf" if in_styles => {
                    let bold = element.number("fontId").and_then(|font| fonts.get(font));
                    let format = element.number("numFmtId").unwrap_or(0);
                    let is_date = dates.contains(&format)
                        || DATE_FORMATS.iter().any(|known| known.contains(&format));
                    styles.push((bold.copied().unwrap_or(false), is_date));
                }
                _ => {}
            },
            Piece::End(name) => {
                in_fonts &= name != "fonts";
                in_styles &= name != "cellXfs";
            }
            Piece::Text(_) => {}
        }
    }
    Ok(styles)
}

/// The id of a number format that shows years.
fn date_format(element: &Element<'_>) -> Option<usize> {
    let code = element.attribute("formatCode")?.to_ascii_lowercase();
    code.contains("yy").then(|| element.number("numFmtId")).flatten()
}

/// The title of the workbook, and the day on which it was last saved.
fn properties(archive: &mut Archive<'_>) -> Result<Book, String> {
    let text = archive.text("docProps/core.xml")?.unwrap_or_default();
    let mut book = Book::default();
    let mut inside = String::new();
    let mut xml = Xml::new(&text);
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Start(element) => inside = element.name(),
            Piece::Text(text) if inside == "title" => book.title = Some(text),
            Piece::Text(text) if inside == "modified" => book.date = date::find(&text),
            Piece::End(_) => inside.clear(),
            Piece::Text(_) => {}
        }
    }
    Ok(book)
}

fn cells(text: &str, shared: &Shared) -> Result<Canvas, String> {
    let mut canvas = Canvas::default();
    let (mut row, mut column) = (0, 0);
    let mut xml = Xml::new(text);
    while let Some(piece) = xml.next()? {
        let Piece::Start(element) = piece else { continue };
        match element.name().as_str() {
            "row" => {
                row = element.number("r").map_or(row + 1, |number| number.min(MAX_ROW));
                column = 0;
            }
            "c" => {
                let place = element.attribute("r").and_then(|place| place_of(&place));
                let (at, across) = place.unwrap_or((row.saturating_sub(1), column));
                column = across + 1;
                canvas.set(at, across, cell(&mut xml, &element, shared)?);
            }
            "mergeCell" => canvas_merge(&mut canvas, &element),
            _ => {}
        }
    }
    Ok(canvas)
}

fn canvas_merge(canvas: &mut Canvas, element: &Element<'_>) {
    let range = element.attribute("ref").unwrap_or_default();
    let corners = range.split_once(':').map(|(from, to)| (place_of(from), place_of(to)));
    if let Some((Some((top, left)), Some((bottom, right)))) = corners {
        canvas.merge(Merged { rows: top..=bottom, columns: left..=right });
    }
}

/// `B3` as row and column from 0.
fn place_of(text: &str) -> Option<(usize, usize)> {
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = text.split_at(digits);
    let row: usize = row.parse().ok()?;
    let mut column = 0_usize;
    for letter in letters.chars() {
        let letter = letter.to_ascii_uppercase();
        let value = letter.is_ascii_uppercase().then(|| letter as usize - 'A' as usize + 1)?;
        column = (column * 26 + value).min(MAX_COLUMN);
    }
    Some((row.checked_sub(1)?.min(MAX_ROW), column.checked_sub(1)?))
}

/// The content of a cell that has started, up to its end.
fn cell(xml: &mut Xml<'_>, start: &Element<'_>, shared: &Shared) -> Result<Cell, String> {
    let kind = start.attribute("t").unwrap_or_default();
    let (bold, is_date) =
        start.number("s").and_then(|style| shared.styles.get(style)).copied().unwrap_or_default();
    let mut value = String::new();
    let mut text = None;
    let mut inside = false;
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Start(element) => match element.name().as_str() {
                "is" => text = Some(rich_text(xml, "is")?),
                "v" => inside = true,
                _ => {}
            },
            Piece::End(name) if name == "c" => break,
            Piece::End(name) if name == "v" => inside = false,
            Piece::Text(piece) if inside => value.push_str(&piece),
            Piece::End(_) | Piece::Text(_) => {}
        }
    }
    let value = value.trim();
    let text = text.unwrap_or_else(|| match kind.as_str() {
        "s" => value
            .parse()
            .ok()
            .and_then(|at: usize| shared.strings.get(at))
            .cloned()
            .unwrap_or_default(),
        "str" => unescaped(value),
        "b" => {
            if value == "1" {
                "yes".to_owned()
            } else {
                String::new()
            }
        }
        "e" => String::new(),
        "d" => value.to_owned(),
        _ => number(value, is_date, shared.from_1904),
    });
    Ok(Cell { text, bold, ..Cell::default() })
}

/// A number as one would write it, or the day that it stands for.
fn number(value: &str, is_date: bool, from_1904: bool) -> String {
    let Ok(number) = value.parse::<f64>() else { return value.to_owned() };
    if is_date && (1.0..MAX_DAYS).contains(&number) {
        let (year, month, day) = if from_1904 { (1904, 1, 1) } else { (1899, 12, 30) };
        let start = time::Month::try_from(month)
            .and_then(|month| Date::from_calendar_date(year, month, day));
        let day = start.ok().and_then(|start| start.checked_add(Duration::days(number as i64)));
        return day.map(|day| day.to_string()).unwrap_or_default();
    }
    format!("{number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_letters_and_digits() {
        for (text, place) in [
            ("A1", Some((0, 0))),
            ("b3", Some((2, 1))),
            ("AA10", Some((9, 26))),
            ("XFD1048576", Some((1_048_575, 16_383))),
            ("A0", None),
            ("1", None),
            ("A", None),
            ("", None),
            ("$A$1", None),
            ("ZZZZ99999999", Some((1 << 20, (1 << 14) - 1))),
        ] {
            assert_eq!(place_of(text), place, "{text}");
        }
    }

    #[test]
    fn escaped_characters_are_read() {
        for (text, plain) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_x00", "_x00"),
            ("_xZZZZ_ _x", "_xZZZZ_ _x"),
            ("_x12é4_", "_x12é4_"),
        ] {
            assert_eq!(unescaped(text), plain, "{text}");
        }
    }

    #[test]
    fn numbers_are_written_short_and_days_as_days() {
        assert_eq!(number("1.1000000000000001", false, false), "1.1");
        assert_eq!(number("45567", true, false), "2024-10-02");
        assert_eq!(number("44105", true, true), "2024-10-02");
        assert_eq!(number("1e300", true, false).len(), 301);
        assert_eq!(number("x", true, false), "x");
    }

    #[test]
    fn parts_are_found_from_where_they_are_named() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolve("xl/x", "../../../a.xml"), "a.xml");
    }
}
