//! Domain to text: a matrix in the formats that other people and tools read, one row each in a
//! table.

pub mod csv;
mod extra;
pub mod html;
pub mod json;
pub mod markdown;
mod part;
pub mod png;
pub mod svg;
mod words;

use crate::commands::Language;
use crate::domain::{Matrix, Section};

pub use extra::Extra;
pub(crate) use part::{Group, groups};
pub use part::{find_sections, part, rows_of};

/// A format that matrices are written in: one row of [`FORMATS`].
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What it is called, as `--format` takes it.
    pub name: &'static str,
    /// The extensions of its files, lower case, without the dot, the usual one first.
    pub extensions: &'static [&'static str],
    /// Writes it.
    pub write: Write,
    /// What of a matrix is not in it; nothing is said of it where only people look.
    pub drops: &'static [Extra],
}

/// How a format is written.
#[derive(Clone, Copy, Debug)]
pub enum Write {
    /// One matrix a document.
    One(fn(&Matrix) -> String),
    /// Any number of matrices in one document.
    Several(fn(&[&Matrix]) -> String),
    /// One matrix as bytes that are no text; nothing where that fails.
    Drawn(fn(&Matrix) -> Option<Vec<u8>>),
}

/// Every format.
pub const FORMATS: &[Format] = &[
    Format {
        name: "markdown",
        extensions: &["md", "markdown"],
        write: Write::One(markdown::write),
        drops: &[Extra::Aliases, Extra::Contacts, Extra::Allowances, Extra::DeepSections],
    },
    Format {
        name: "csv",
        extensions: &["csv"],
        write: Write::One(csv::write),
        drops: &[
            Extra::Aliases,
            Extra::Contacts,
            Extra::Allowances,
            Extra::Legend,
            Extra::Source,
            Extra::Confidential,
        ],
    },
    Format {
        name: "json",
        extensions: &["json", "jsonl", "ndjson"],
        write: Write::Several(json::write),
        drops: &Extra::ALL,
    },
    Format {
        name: "html",
        extensions: &["html", "htm"],
        write: Write::Several(html::write),
        drops: &[],
    },
    Format { name: "svg", extensions: &["svg"], write: Write::One(svg::write), drops: &[] },
    Format { name: "png", extensions: &["png"], write: Write::Drawn(png::write), drops: &[] },
];

/// What stands between the sections of a path.
pub(crate) const PATH_SEPARATOR: &str = " › ";

/// The format of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// The format of files with this extension, in any case.
#[must_use]
pub fn of_extension(extension: &str) -> Option<&'static Format> {
    let extension = extension.to_ascii_lowercase();
    FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str()))
}

/// The language to write our own words in, beside those of the matrix.
fn language(matrix: &Matrix) -> Language {
    matrix.language.as_deref().map(Language::of_locale).unwrap_or_default()
}

/// Text on one line, without control characters: as each of our formats can hold it.
fn flat(text: &str) -> String {
    let visible = |c: &char| c.is_whitespace() || !c.is_control();
    let text: String = text.chars().filter(visible).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The cells of a row, with a dash in each where all are empty: a row that says nothing but its name
/// would be read as a title.
fn said(cells: impl Iterator<Item = String>) -> Vec<String> {
    let mut cells: Vec<String> = cells.collect();
    if cells.iter().all(String::is_empty) {
        cells.fill("-".to_owned());
    }
    cells
}

/// Whether a section's label is read as its number and title, and not as others.
fn is_plain(section: &Section) -> bool {
    let label = flat(&section.label());
    match Section::parts(&label) {
        (Some(number), title) => section.number.is_some() && label == format!("{number} {title}"),
        (None, title) => label == title,
    }
}

/// The titles that an activity stands under, outermost first, as one reads them.
pub(crate) fn path_label(matrix: &Matrix, section: usize) -> String {
    let labels: Vec<String> =
        matrix.path(section).into_iter().map(|section| flat(&section.label())).collect();
    labels.join(PATH_SEPARATOR)
}

#[cfg(test)]
pub(crate) mod sample;
