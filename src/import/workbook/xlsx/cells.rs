//! The cells of a sheet, and the texts, numbers and days in them.

use time::{Date, Duration};

use super::Shared;
use crate::import::table::Cell;
use crate::import::workbook::canvas::{Canvas, Merged};
use crate::import::workbook::xml::{Element, Piece, Xml};

/// The highest row and column that Excel has.
const MAX_ROW: usize = 1 << 20;
const MAX_COLUMN: usize = 1 << 14;
/// The most days that a date is after 1899.
const MAX_DAYS: f64 = 200_000.0;

pub(super) fn cells(text: &str, shared: &Shared) -> Result<Canvas, String> {
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

/// The text of an element that has started, up to its end, without pronunciation.
pub(super) fn rich_text(xml: &mut Xml<'_>, end: &str) -> Result<String, String> {
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
}
