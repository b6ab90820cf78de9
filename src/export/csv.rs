//! A matrix as CSV (RFC 4180), for spreadsheets: a row an activity, a column a party.

use super::words::Words;
use super::{PATH_SEPARATOR, flat, groups, is_plain, language};
use crate::domain::{Activity, Matrix, Scheme, Section};

/// The matrix; [`crate::import`] reads the same rows, letters, sections and notes from it.
///
/// The sections that a row stands in are one cell, outermost first, separated by ` › `. What a
/// spreadsheet would run as a formula has an apostrophe before it, which spreadsheets hide and
/// import takes away. Below the rows, the letters of a scheme other than RACI are explained, so that
/// they are not taken for RACI's. What a table cannot hold (the legend, where the matrix was taken
/// from) is left out.
#[must_use]
pub fn write(matrix: &Matrix) -> String {
    let columns = Columns::of(matrix);
    let mut text = record(columns.header(matrix));
    for group in groups(matrix) {
        let section = group.section.map(|section| path(matrix, section));
        for activity in group.activities {
            text.push_str(&record(columns.row(matrix, section.as_deref(), activity)));
        }
    }
    text + &letters(matrix)
}

/// The titles that a row stands under. One that import would split into number and title has an
/// apostrophe before it.
fn path(matrix: &Matrix, section: usize) -> String {
    let label = |section: &Section| {
        let label = flat(&section.label());
        let bare = label.trim_start_matches('\'');
        let looks_numbered = Section::parts(bare) != (None, bare);
        let is_plain = bare == label && is_plain(section);
        if looks_numbered && !is_plain { format!("'{label}") } else { label }
    };
    let labels: Vec<String> = matrix.path(section).into_iter().map(label).collect();
    labels.join(PATH_SEPARATOR)
}

/// What the letters mean, where they would be taken for others.
fn letters(matrix: &Matrix) -> String {
    if matrix.scheme == Scheme::Raci {
        return String::new();
    }
    let language = language(matrix);
    let words = Words::of(language);
    let mut text = String::from("\r\n");
    text.push_str(&record(vec![words.letter.to_owned(), words.meaning.to_owned()]));
    for &(letter, participation) in matrix.scheme.letters() {
        let meaning = matrix.legend_of(participation);
        let meaning = meaning.unwrap_or_else(|| language.participation(participation));
        text.push_str(&record(vec![letter.to_string(), meaning.to_owned()]));
    }
    text
}

/// Which columns there are beside those that there always are.
struct Columns {
    sections: bool,
    notes: bool,
}

impl Columns {
    fn of(matrix: &Matrix) -> Self {
        Self {
            sections: matrix.activities.iter().any(|activity| activity.section.is_some()),
            notes: matrix.activities.iter().any(|activity| activity.note.is_some()),
        }
    }

    fn header(&self, matrix: &Matrix) -> Vec<String> {
        let words = Words::of(language(matrix));
        let section = self.sections.then(|| words.section.to_owned());
        let note = self.notes.then(|| words.note.to_owned());
        section
            .into_iter()
            .chain([words.activity.to_owned()])
            .chain(matrix.parties.iter().map(|party| party.name.clone()))
            .chain(note)
            .collect()
    }

    fn row(&self, matrix: &Matrix, section: Option<&str>, activity: &Activity) -> Vec<String> {
        let section = self.sections.then(|| section.unwrap_or_default().to_owned());
        let note = self.notes.then(|| activity.note.clone().unwrap_or_default());
        let cells = activity.assignments.iter().map(|cell| cell.letters(matrix.scheme));
        section
            .into_iter()
            .chain([activity.name.clone()])
            .chain(super::said(cells))
            .chain(note)
            .collect()
    }
}

fn record(fields: Vec<String>) -> String {
    let fields: Vec<String> = fields.into_iter().map(|text| field(&inert(flat(&text)))).collect();
    fields.join(",") + "\r\n"
}

/// Text that no spreadsheet takes for a formula. One more apostrophe stands before those there are,
/// so that taking one away gives the text back.
fn inert(text: String) -> String {
    let begins = text.trim_start_matches('\'');
    let is_formula = begins.starts_with(['=', '+', '-', '@']) && begins.chars().count() > 1;
    if is_formula { format!("'{text}") } else { text }
}

fn field(text: &str) -> String {
    // Semicolons and tabs too, so that nobody who guesses takes them for the separator.
    if text.contains(['"', ',', ';', '\t']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;

    #[test]
    fn a_row_names_its_sections_its_letters_and_its_note() {
        assert_eq!(
            write(&sample::matrix()),
            "Section,Activity,Customer,OVHcloud,Note\r\n\
             3 Service usage › 3.1 Daily operations,Manage backups,,RA,\"Ask first, \"\"always\"\"\"\r\n\
             3 Service usage › 3.1 Daily operations,\"Import/export \"\"objects\"\", *all* of them | \
             <script>alert(1)</script>\",RA,I,\r\n\
             3 Service usage › End of | life,Destroy keys,-,-,\r\n"
        );
    }

    #[test]
    fn what_a_spreadsheet_would_run_is_made_inert() {
        for (text, cell) in [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("+33 1", "'+33 1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("'=1", "''=1"),
            ("-", "-"),
            ("a=1", "a=1"),
            ("l'été", "l'été"),
            ("'quoted'", "'quoted'"),
        ] {
            assert_eq!(inert(text.to_owned()), cell);
        }
    }

    #[test]
    fn the_letters_of_another_scheme_are_explained_below() {
        let mut matrix = sample::matrix();
        matrix.scheme = Scheme::Daci;
        matrix.legend.clear();
        let text = write(&matrix);
        let end =
            "\r\n\r\nLetter,Meaning\r\nD,Driver\r\nA,Approver\r\nC,Contributor\r\nI,Informed\r\n";
        assert!(text.ends_with(end), "{text}");
    }

    #[test]
    fn columns_that_nothing_stands_in_are_left_out() {
        let mut matrix = sample::matrix();
        matrix.sections.clear();
        for activity in &mut matrix.activities {
            activity.section = None;
            activity.note = None;
        }
        assert!(write(&matrix).starts_with("Activity,Customer,OVHcloud\r\nManage backups,,RA\r\n"));
    }
}
