//! What tests show of an imported file: a line a row, and what was said of the file.

use super::outcome::Fate;
use super::table::Imported;
use crate::domain::Matrix;

/// Each row as `1 Plan › 1.1 Build | Compile | PM R, QA I | note`.
pub(super) fn rows(imported: &Imported) -> Vec<String> {
    imported.matrices.iter().flat_map(of_matrix).collect()
}

fn of_matrix(matrix: &Matrix) -> impl Iterator<Item = String> {
    matrix.activities.iter().map(|activity| {
        let path = activity.section.map(|section| matrix.path(section)).unwrap_or_default();
        let path: Vec<String> = path.iter().map(|section| section.label()).collect();
        let cells = matrix.parties.iter().zip(&activity.assignments);
        let cells = cells.filter(|(_, cell)| !cell.is_empty());
        let cells: Vec<String> =
            cells.map(|(p, cell)| format!("{} {}", p.name, cell.letters(matrix.scheme))).collect();
        let parts = [path.join(" › "), activity.name.clone(), cells.join(", ")];
        let note = activity.note.iter().cloned();
        let parts: Vec<String> = parts.into_iter().chain(note).collect();
        parts.join(" | ").trim_start_matches(" | ").to_owned()
    })
}

/// The lines of what was not taken, and why.
pub(super) fn left(imported: &Imported) -> Vec<String> {
    let entries = imported.report.entries.iter().filter(|entry| entry.fate == Fate::Left);
    entries.map(|entry| format!("{}: {}", entry.line, entry.text)).collect()
}
