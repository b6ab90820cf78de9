//! What must hold of whatever was read, however it looked.

mod chat;

use std::path::Path;

use raci_bot::domain::{Matrix, Problem, Severity};
use raci_bot::import::table::{Imported, Options};
use raci_bot::import::{FORMATS, Format, yaml};

pub use chat::{custom_id, interaction, query};

/// Reads bytes as a file of this format, and checks what it gives.
///
/// # Panics
///
/// When something does not hold: that is the finding.
pub fn import(format: &str, bytes: &[u8]) {
    let Some(format) = FORMATS.iter().find(|known: &&Format| known.name == format) else {
        panic!("`{format}` is no format");
    };
    let file = format!("fuzz.{}", format.extensions[0]);
    let path = Path::new(&file);
    let Imported { matrices, report, .. } = (format.import)(path, bytes, Options::default());
    let is_told = !report.is_complete();
    assert!(!matrices.is_empty() || is_told, "a file gives nothing, and nothing is said of it");
    matrices.iter().for_each(is_written_and_read_again);
    // The same file in a data directory.
    let loaded = (format.read)(path, bytes);
    assert_eq!(loaded.matrices.len(), matrices.len());
}

/// Our own format holds every matrix that any other format gives.
fn is_written_and_read_again(matrix: &Matrix) {
    let text = yaml::write(matrix);
    let loaded = yaml::read(Path::new("fuzz.yaml"), text.as_bytes());
    let is_error = |problem: &&Problem| problem.severity == Severity::Error;
    let errors: Vec<String> =
        loaded.problems.iter().filter(is_error).map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{text}");
    assert_eq!(loaded.matrices.as_slice(), std::slice::from_ref(matrix), "{text}");
}
