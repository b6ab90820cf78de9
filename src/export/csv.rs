//! A matrix as CSV (RFC 4180), for spreadsheets: a row an activity, a column a party.

use super::words::Words;
use super::{flat, groups, language, path_label};
use crate::domain::{Activity, Matrix};

/// The matrix; [`crate::import`] reads the same rows, letters, sections and notes from it.
///
/// The sections that a row stands in are one cell, outermost first, separated by ` › `. What a
/// table cannot hold (the legend, where the matrix was taken from) is left out.
#[must_use]
pub fn write(matrix: &Matrix) -> String {
    let columns = Columns::of(matrix);
    let mut text = record(columns.header(matrix));
    for group in groups(matrix) {
        let section = group.section.map(|section| path_label(matrix, section));
        for activity in group.activities {
            text.push_str(&record(columns.row(matrix, section.as_deref(), activity)));
        }
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
    let fields: Vec<String> = fields.into_iter().map(|text| field(&flat(&text))).collect();
    fields.join(",") + "\r\n"
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
