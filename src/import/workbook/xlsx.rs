//! Workbooks of Office Open XML (ECMA-376): which sheets there are, and their cells.

mod cells;

use std::collections::HashMap;

use super::archive::Archive;
use super::xml::{Element, Piece, Xml};
use super::{Book, Sheet, is_wanted};
use crate::import::date;
use cells::{cells, rich_text};

/// The built-in number formats that are dates.
const DATE_FORMATS: &[std::ops::RangeInclusive<usize>] = &[14..=17, 22..=22, 27..=36, 50..=58];
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_from_where_they_are_named() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolve("xl/x", "../../../a.xml"), "a.xml");
    }
}
