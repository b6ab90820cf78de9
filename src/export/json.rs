//! A matrix as one line of JSON, for scripts: `import --to json` gives the same shape.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::domain::{Matrix, Participations, Party, Scheme};

/// The matrices, each on a line of its own.
#[must_use]
pub fn write(matrices: &[&Matrix]) -> String {
    matrices.iter().map(|matrix| line(matrix) + "\n").collect()
}

/// One matrix on one line, without the line's end.
#[must_use]
pub fn line(matrix: &Matrix) -> String {
    // Maps with text for keys, and text: there is nothing in it that JSON could not hold.
    serde_json::to_string(&Document::of(matrix)).unwrap_or_default()
}

/// A matrix, its keys in the order in which they are written.
#[derive(serde::Serialize)]
struct Document<'a> {
    service: &'a str,
    parties: Vec<&'a str>,
    activities: Vec<Row<'a>>,
}

/// A row of a matrix.
#[derive(serde::Serialize)]
struct Row<'a> {
    id: &'a str,
    /// The innermost section's number and title.
    section: Option<String>,
    name: &'a str,
    assignments: Assignments<'a>,
}

/// A party's letters by its name, in column order; an empty cell is an empty text.
struct Assignments<'a> {
    scheme: Scheme,
    parties: &'a [Party],
    cells: &'a [Participations],
}

impl<'a> Document<'a> {
    fn of(matrix: &'a Matrix) -> Self {
        let activities = matrix.activities.iter().map(|activity| Row {
            id: activity.id.as_str(),
            section: matrix.section_of(activity).map(crate::domain::Section::label),
            name: &activity.name,
            assignments: Assignments {
                scheme: matrix.scheme,
                parties: &matrix.parties,
                cells: &activity.assignments,
            },
        });
        Self {
            service: &matrix.service.name,
            parties: matrix.parties.iter().map(|party| party.name.as_str()).collect(),
            activities: activities.collect(),
        }
    }
}

impl Serialize for Assignments<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.parties.len()))?;
        for (party, cell) in self.parties.iter().zip(self.cells) {
            map.serialize_entry(&party.name, &cell.letters(self.scheme))?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;

    #[test]
    fn a_matrix_is_one_line_in_column_order() {
        let mut matrix = sample::matrix();
        matrix.activities.truncate(1);
        let line = line(&matrix);
        let id = matrix.activities[0].id.as_str();
        assert_eq!(
            line,
            format!(
                r#"{{"service":"Key <Management> & Co","parties":["Customer","OVHcloud"],"activities":[{{"id":"{id}","section":"3.1 Daily operations","name":"Manage backups","assignments":{{"Customer":"","OVHcloud":"RA"}}}}]}}"#
            )
        );
    }

    #[test]
    fn each_matrix_ends_its_line() {
        let mut matrix = sample::matrix();
        matrix.activities[0].name = "a\nb".into();
        let text = write(&[&matrix, &matrix]);
        assert_eq!(text.lines().count(), 2);
        assert!(text.ends_with('\n'));
        assert_eq!(write(&[]), "");
    }
}
