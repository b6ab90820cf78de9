//! A matrix as one line of JSON, for scripts. Nothing in it is localised.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::domain::{Activity, Matrix, Section};

/// A matrix.
#[derive(Debug, Serialize)]
struct Document<'a> {
    service: &'a str,
    parties: Vec<&'a str>,
    activities: Vec<Row<'a>>,
}

/// One activity.
#[derive(Debug, Serialize)]
struct Row<'a> {
    id: &'a str,
    section: Option<String>,
    name: &'a str,
    assignments: Cells<'a>,
}

/// The letters of each party, in column order; none where it has no role listed.
#[derive(Debug)]
struct Cells<'a>(&'a Matrix, &'a Activity);

impl Serialize for Cells<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(matrix, activity) = self;
        let mut map = serializer.serialize_map(Some(matrix.parties.len()))?;
        for (party, cell) in matrix.parties.iter().zip(&activity.assignments) {
            map.serialize_entry(&party.name, &cell.letters(matrix.scheme))?;
        }
        map.end()
    }
}

/// The matrix and a line feed.
pub(super) fn line<'a>(matrix: &'a Matrix) -> String {
    let row = |activity: &'a Activity| Row {
        id: activity.id.as_str(),
        section: matrix.section_of(activity).map(Section::label),
        name: &activity.name,
        assignments: Cells(matrix, activity),
    };
    let document = Document {
        service: &matrix.service.name,
        parties: matrix.parties.iter().map(|party| party.name.as_str()).collect(),
        activities: matrix.activities.iter().map(row).collect(),
    };
    // Text and maps with keys of text always have a form in JSON.
    let mut line = serde_json::to_string(&document).unwrap_or_default();
    line.push('\n');
    line
}
