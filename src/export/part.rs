//! A matrix in parts: its rows section by section, and one section as a matrix of its own.

use crate::domain::{Activity, Matrix, Section};

/// The rows that stand directly in one section, or in none.
#[derive(Debug)]
pub(crate) struct Group<'a> {
    /// The index of the section in [`Matrix::sections`].
    pub(crate) section: Option<usize>,
    /// The rows in the document's order.
    pub(crate) activities: Vec<&'a Activity>,
}

/// The rows in the order in which they are written: those without a section first, then section by
/// section. Sections without rows of their own are there too, since others may stand in them.
pub(crate) fn groups(matrix: &Matrix) -> Vec<Group<'_>> {
    let sections = (0..matrix.sections.len()).map(Some);
    let mut groups: Vec<Group<'_>> = std::iter::once(None)
        .chain(sections)
        .map(|section| Group { section, activities: Vec::new() })
        .collect();
    for activity in &matrix.activities {
        let at = activity.section.map_or(0, |section| section + 1);
        if let Some(group) = groups.get_mut(at) {
            group.activities.push(activity);
        }
    }
    groups.retain(|group| group.section.is_some() || !group.activities.is_empty());
    groups
}

/// One section as a matrix: what stands in it at any depth, and the titles that it stands under,
/// so that its activities keep their ids and paths.
#[must_use]
pub fn part(matrix: &Matrix, section: usize) -> Matrix {
    let inside = inside(&matrix.sections, section);
    let above = ancestors(&matrix.sections, section);
    let mut places = vec![None; matrix.sections.len()];
    let mut sections = Vec::new();
    for (index, old) in matrix.sections.iter().enumerate() {
        if inside[index] || above.contains(&index) {
            places[index] = Some(sections.len());
            let parent = old.parent.and_then(|parent| places.get(parent).copied().flatten());
            sections.push(Section { parent, ..old.clone() });
        }
    }
    let is_inside = |activity: &&Activity| {
        activity.section.is_some_and(|index| inside.get(index).copied().unwrap_or_default())
    };
    let activities = matrix.activities.iter().filter(is_inside).map(|activity| Activity {
        section: activity.section.and_then(|index| places[index]),
        ..activity.clone()
    });
    // Their scopes are those of the whole, and nothing that is written of a part holds them.
    let allowances = Vec::new();
    Matrix { sections, activities: activities.collect(), allowances, ..matrix.clone() }
}

/// The rows that stand directly in one section, or in none, as a matrix: what a list of the section
/// shows. Their titles are there, so that they keep their paths.
#[must_use]
pub fn rows_of(matrix: &Matrix, section: Option<usize>) -> Matrix {
    let Some(section) = section else {
        let activities = matrix.activities.iter().filter(|activity| activity.section.is_none());
        let activities = activities.cloned().collect();
        return Matrix {
            activities,
            sections: Vec::new(),
            allowances: Vec::new(),
            ..matrix.clone()
        };
    };
    let mut part = part(matrix, section);
    // What is above it comes first, then the section itself.
    let own = ancestors(&matrix.sections, section).len();
    part.activities.retain(|activity| activity.section == Some(own));
    part
}

/// The sections that somebody means by `typed`: its number or title, else what is in a title; all
/// of those that fit equally well.
#[must_use]
pub fn find_sections(matrix: &Matrix, typed: &str) -> Vec<usize> {
    let wanted = folded(typed);
    let number = wanted.trim_end_matches('.');
    let fits: [&dyn Fn(&Section) -> bool; 3] = [
        &|section| section.number.as_deref().is_some_and(|known| folded(known) == number),
        &|section| folded(&section.title) == wanted || folded(&section.label()) == wanted,
        &|section| !wanted.is_empty() && folded(&section.label()).contains(&wanted),
    ];
    fits.iter()
        .map(|fits| {
            let sections = matrix.sections.iter().enumerate();
            sections.filter(|(_, section)| fits(section)).map(|(index, _)| index).collect()
        })
        .find(|found: &Vec<usize>| !found.is_empty())
        .unwrap_or_default()
}

/// Whether each section is this one or stands in it. Parents come before their children.
fn inside(sections: &[Section], root: usize) -> Vec<bool> {
    let mut inside = vec![false; sections.len()];
    for (index, section) in sections.iter().enumerate() {
        let parent = section.parent.filter(|&parent| parent < index);
        inside[index] = index == root || parent.is_some_and(|parent| inside[parent]);
    }
    inside
}

fn ancestors(sections: &[Section], section: usize) -> Vec<usize> {
    let parent = |&index: &usize| sections.get(index)?.parent.filter(|&parent| parent < index);
    std::iter::successors(parent(&section), parent).collect()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;

    #[test]
    fn rows_without_a_section_come_first_and_each_section_once() {
        let mut matrix = sample::matrix();
        matrix.activities[1].section = None;
        let names: Vec<(Option<usize>, usize)> =
            groups(&matrix).iter().map(|group| (group.section, group.activities.len())).collect();
        assert_eq!(names, [(None, 1), (Some(0), 0), (Some(1), 1), (Some(2), 1)]);
    }

    #[test]
    fn a_part_keeps_ids_paths_and_nothing_else() {
        let matrix = sample::matrix();
        let part = part(&matrix, 1);
        assert_eq!(part.activities.len(), 2);
        assert_eq!(part.activities[0].id, matrix.activities[0].id);
        assert_eq!(part.path(1)[0].title, "Service usage");
        assert_eq!(part.sections.len(), 2);
        assert!(super::part(&matrix, 99).activities.is_empty());
    }

    #[test]
    fn the_rows_of_a_section_are_those_that_stand_directly_in_it() {
        let mut matrix = sample::matrix();
        matrix.activities[1].section = None;
        let names = |section| -> Vec<String> {
            rows_of(&matrix, section).activities.into_iter().map(|row| row.name).collect()
        };
        assert_eq!(names(Some(0)), [""; 0]);
        assert_eq!(names(Some(1)), ["Manage backups"]);
        assert_eq!(names(Some(2)), ["Destroy keys"]);
        assert_eq!(names(None), [matrix.activities[1].name.as_str()]);
        assert_eq!(rows_of(&matrix, Some(2)).path(1).len(), 2);
    }

    #[test]
    fn a_section_is_found_by_its_number_its_title_or_a_piece_of_it() {
        let matrix = sample::matrix();
        for (typed, found) in [
            ("3.1", vec![1]),
            ("3.1.", vec![1]),
            ("daily  OPERATIONS", vec![1]),
            ("3.1 Daily operations", vec![1]),
            ("end", vec![2]),
            ("o", vec![1, 2]),
            ("nothing", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(find_sections(&matrix, typed), found, "{typed}");
        }
    }
}
