//! `import` and `export`, through the built binary.

use std::fs;

use raci_bot::import;
use serde_json::Value;

use crate::cli::{raci_bot, run_with_input};

/// A page as people write them: a title, a legend in prose, a numbered heading, cells in many
/// spellings, a row that a blank line cut off, and a table that is no matrix.
const PAGE: &str = "\
# Backup service

R: Responsible, A: Accountable, C: Consulted, I: Informed

## 1. Daily work

| Activity | Customer | Provider |
|---|---|---|
| Run the **backups** | I | R/A |
| Test a restore | A & R | C |

| Restore files | RA | - |

## Prices

| Plan | Euro |
|---|---|
| small | 3 |
";

#[test]
fn a_page_is_imported_with_every_row() {
    let directory = tempfile::tempdir().expect("a directory");
    let page = directory.path().join("backup.md");
    fs::write(&page, PAGE).expect("a file");
    let page = page.to_str().expect("UTF-8");
    let run = run_with_input(&mut raci_bot(["import", "--to", "json", page]), b"");
    let json: Value = serde_json::from_str(&run.out).expect("JSON");
    let rows: Vec<(&str, &str, &str)> = json["activities"]
        .as_array()
        .expect("activities")
        .iter()
        .map(|row| {
            let cell = |party: &str| row["assignments"][party].as_str().unwrap_or("missing");
            (row["name"].as_str().expect("a name"), cell("Customer"), cell("Provider"))
        })
        .collect();
    assert_eq!(rows[..2], [("Run the backups", "I", "RA"), ("Test a restore", "RA", "C")]);
    let is_told = rows.contains(&("Restore files", "RA", "")) || run.err.contains("Restore files");
    assert!(is_told, "a row was lost silently: {}", run.err);
    assert!(run.err.contains("backup.md:16"), "the other table is not told of: {}", run.err);
}

#[test]
fn what_holds_no_matrix_is_refused_and_nothing_is_written() {
    let directory = tempfile::tempdir().expect("a directory");
    let (page, out) = (directory.path().join("prose.md"), directory.path().join("out.yaml"));
    fs::write(&page, "# Nothing\n\nJust words.\n").expect("a file");
    let arguments = ["import", page.to_str().expect("UTF-8"), "-o", out.to_str().expect("UTF-8")];
    let run = run_with_input(&mut raci_bot(arguments), b"");
    assert_eq!(run.status, Some(65), "{}", run.err);
    assert!(!out.exists());
}

#[test]
fn the_kms_matrix_comes_back_from_markdown_as_it_was() {
    let directory = tempfile::tempdir().expect("a directory");
    let page = directory.path().join("kms.md");
    let exported = run_with_input(&mut raci_bot(["export", "--format", "markdown"]), b"");
    fs::write(&page, &exported.out).expect("a file");
    let before = import::builtin().matrices.remove(0);
    let after = import::markdown::load(&page, exported.out.as_bytes());
    let [after] = after.matrices.as_slice() else { panic!("{:?}", after.problems) };
    assert_eq!(after.service.name, before.service.name);
    let rows = |matrix: &raci_bot::domain::Matrix| -> Vec<(String, String, Vec<String>)> {
        let row = |row: &raci_bot::domain::Activity| {
            let section = matrix.section_of(row).map(raci_bot::domain::Section::label);
            let letters = row.assignments.iter().map(|cell| cell.letters(matrix.scheme));
            (section.unwrap_or_default(), row.name.clone(), letters.collect())
        };
        matrix.activities.iter().map(row).collect()
    };
    assert_eq!(rows(after), rows(&before));
}
