//! What a matrix holds beside names and letters, and not every format can.

use super::markdown::MAX_LEVEL;
use crate::domain::Matrix;

/// Something that a matrix holds beside names and letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extra {
    /// Other names of the service, of parties and of activities.
    Aliases,
    /// How to reach parties.
    Contacts,
    /// Remarks on activities.
    Notes,
    /// The document's own words for the letters.
    Legend,
    /// Where the matrix was taken from.
    Source,
    /// Rules that are broken on purpose.
    Allowances,
    /// That not everybody may see it.
    Confidential,
    /// Sections that stand deeper than headings go; not in [`Extra::ALL`], since other formats have
    /// room for any depth.
    DeepSections,
}

impl Extra {
    /// What any format may lack.
    pub const ALL: [Self; 7] = [
        Self::Aliases,
        Self::Contacts,
        Self::Notes,
        Self::Legend,
        Self::Source,
        Self::Allowances,
        Self::Confidential,
    ];

    /// How many of these a matrix holds, and what they are called; `None` where it holds none.
    #[must_use]
    pub fn of(self, matrix: &Matrix) -> Option<String> {
        let (count, one, many) = match self {
            Self::Aliases => (aliases(matrix), "alias", "aliases"),
            Self::Contacts => (contacts(matrix), "contact", "contacts"),
            Self::Notes => (notes(matrix), "note", "notes"),
            Self::Allowances => (matrix.allowances.len(), "allowance", "allowances"),
            Self::Confidential => {
                return matrix.service.confidential.then(|| "that it is confidential".to_owned());
            }
            Self::DeepSections => (deep(matrix), "section's depth", "sections' depth"),
            Self::Legend => return (!matrix.legend.is_empty()).then(|| "the legend".to_owned()),
            Self::Source => {
                let source = &matrix.source;
                let parts = [&source.title, &source.excerpt, &source.url, &source.licence];
                let any = source.date.is_some() || parts.iter().any(|part| part.is_some());
                return any.then(|| "the source".to_owned());
            }
        };
        (count > 0).then(|| format!("{count} {}", if count == 1 { one } else { many }))
    }
}

fn deep(matrix: &Matrix) -> usize {
    let is_deep = |&section: &usize| matrix.path(section).len() + 1 > MAX_LEVEL;
    (0..matrix.sections.len()).filter(is_deep).count()
}

fn aliases(matrix: &Matrix) -> usize {
    let parties = matrix.parties.iter().map(|party| party.aliases.len());
    let activities = matrix.activities.iter().map(|activity| activity.aliases.len());
    matrix.service.aliases.len() + parties.chain(activities).sum::<usize>()
}

fn contacts(matrix: &Matrix) -> usize {
    matrix.parties.iter().filter(|party| party.contact.is_some()).count()
}

fn notes(matrix: &Matrix) -> usize {
    matrix.activities.iter().filter(|activity| activity.note.is_some()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Section, Source};
    use crate::export::sample;

    #[test]
    fn what_a_matrix_holds_is_counted() {
        let mut matrix = sample::matrix();
        let held = |matrix: &Matrix| -> Vec<String> {
            Extra::ALL.iter().filter_map(|extra| extra.of(matrix)).collect()
        };
        assert_eq!(held(&matrix), ["2 aliases", "1 contact", "1 note", "the legend", "the source"]);
        matrix.source = Source::default();
        matrix.legend.clear();
        matrix.service.confidential = true;
        assert_eq!(held(&matrix), ["2 aliases", "1 contact", "1 note", "that it is confidential"]);
    }

    #[test]
    fn sections_deeper_than_headings_go_are_counted() {
        let mut matrix = sample::matrix();
        matrix.sections = (0..7_usize)
            .map(|at| Section {
                number: None,
                title: format!("Level {at}"),
                parent: at.checked_sub(1),
            })
            .collect();
        assert_eq!(Extra::DeepSections.of(&matrix).as_deref(), Some("2 sections' depth"));
        matrix.sections.truncate(5);
        assert_eq!(Extra::DeepSections.of(&matrix), None);
    }
}
