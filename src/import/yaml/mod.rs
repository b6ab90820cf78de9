//! Matrices as YAML, the format that people write by hand.
//!
//! The only place that names a YAML crate. A file goes through `text` (is it text at all?), `node`
//! (a tree in which everything has a place), `schema` and `scalar` (does the tree fit the type?)
//! and `typed` (the type); what the keys mean together is for the type's own reader.

pub(crate) mod node;
pub(crate) mod scalar;
pub(crate) mod schema;
pub(crate) mod text;
pub(crate) mod typed;
mod write;

use std::path::Path;

use super::matrix_file::MatrixFile;
use super::{Loaded, matrix_reader};

pub use write::write;

/// Reads one file.
#[must_use]
pub fn read(path: &Path, bytes: &[u8]) -> Loaded {
    let mut source = text::decode(path, bytes);
    let mut loaded = Loaded::default();
    if let Some(file) = typed::read::<MatrixFile>(&mut source) {
        let start = source.locate(file.service.mark);
        let (matrix, places) = matrix_reader::matrix(file, &mut source);
        if !source.has_errors() {
            loaded.matrices.push(matrix);
            loaded.starts.push(start);
            loaded.places.push(places);
        }
    }
    loaded.problems = source.into_problems();
    loaded
}
