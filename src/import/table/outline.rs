//! Headings to sections: which one stands in which, by their numbers where they have them.

use std::collections::HashMap;

use crate::domain::Section;

use super::{MAX_NAME, cut, words};

/// The level of what is no heading but a group of rows.
const GROUP: u8 = u8::MAX;

/// The level at which headings end, and deeper ones stand, too.
const MAX_LEVEL: u8 = 6;

/// The most headings that stand in each other.
const MAX_DEPTH: usize = 9;

/// The sections of a document in the making.
#[derive(Default)]
pub(super) struct Outline {
    /// Whether headings stand as their levels say, whatever numbers they have.
    by_level: bool,
    sections: Vec<Section>,
    levels: Vec<u8>,
    /// The innermost heading and all that it stands in, outermost first.
    open: Vec<usize>,
    /// Sections by parent, number and folded title: the same one twice is one.
    known: HashMap<(Option<usize>, Option<String>, String), usize>,
}

impl Outline {
    /// An outline of headings whose levels are right, or of such as people write.
    pub(super) fn new(by_level: bool) -> Self {
        Self { by_level, ..Self::default() }
    }

    /// A heading of the document, from the place where it stands on; one to be taken `as_it_stands`
    /// has no number.
    pub(super) fn open(&mut self, level: u8, text: &str, as_it_stands: bool) -> usize {
        let (number, title) =
            if as_it_stands { (None, cut(text, MAX_NAME)) } else { number_and_title(text) };
        let keep = match &number {
            Some(number) if !self.by_level || level == MAX_LEVEL => {
                self.above_number(number, level)
            }
            _ => self.above_level(level),
        };
        self.open.truncate(keep.min(MAX_DEPTH - 1));
        let section = self.section(self.open.last().copied(), number, title, level);
        self.open.push(section);
        section
    }

    /// A group of rows inside a table below a heading.
    pub(super) fn group(&mut self, parent: Option<usize>, text: &str) -> usize {
        let (number, title) = match guarded(text) {
            Some(title) => (None, cut(title, MAX_NAME)),
            None => number_and_title(text),
        };
        self.section(parent, number, title, GROUP)
    }

    /// The sections that hold any of the rows in `used`, and where each section went.
    ///
    /// An unnumbered heading that has no rows of its own and stands above all the others (the
    /// document's title, its "Objective") tells nothing apart, and is left out; another one below
    /// it only if it says that it is about responsibilities. None is if all is to be taken
    /// `as_it_stands`.
    pub(super) fn prune(
        &self,
        used: impl Iterator<Item = usize>,
        as_it_stands: bool,
    ) -> (Vec<Section>, Vec<Option<usize>>) {
        let mut direct = vec![false; self.sections.len()];
        used.for_each(|section| direct[section] = true);
        let mut holds = direct.clone();
        for section in (0..self.sections.len()).rev() {
            if let Some(parent) = self.sections[section].parent.filter(|_| holds[section]) {
                holds[parent] = true;
            }
        }
        let mut above = None;
        while let Some(only) = self.only_below(above, &holds) {
            let Section { number, title, .. } = &self.sections[only];
            let tells = number.is_some() || self.levels[only] == GROUP;
            if as_it_stands
                || direct[only]
                || tells
                || (above.is_some() && !words::is_about_parts(title))
            {
                break;
            }
            holds[only] = false;
            above = Some(only);
        }
        let mut places = vec![None; self.sections.len()];
        let mut kept = Vec::new();
        for index in self.in_order().into_iter().filter(|&index| holds[index]) {
            let section = &self.sections[index];
            places[index] = Some(kept.len());
            let parent = section.parent.and_then(|parent| places[parent]);
            kept.push(Section { parent, ..section.clone() });
        }
        (kept, places)
    }

    /// The sections, each before those inside it and after all that is inside those before it: one
    /// that was left and is entered again may have got another one later.
    fn in_order(&self) -> Vec<usize> {
        let mut inside: Vec<Vec<usize>> = vec![Vec::new(); self.sections.len()];
        let mut open = Vec::new();
        for (index, section) in self.sections.iter().enumerate().rev() {
            match section.parent {
                Some(parent) => inside[parent].push(index),
                None => open.push(index),
            }
        }
        let mut order = Vec::with_capacity(self.sections.len());
        while let Some(index) = open.pop() {
            order.push(index);
            open.append(&mut inside[index]);
        }
        order
    }

    /// The one section of those chosen that stands right below another; none if there are several.
    fn only_below(&self, parent: Option<usize>, chosen: &[bool]) -> Option<usize> {
        let all = 0..self.sections.len();
        let mut below = all.filter(|&s| chosen[s] && self.sections[s].parent == parent);
        below.next().filter(|_| below.next().is_none())
    }

    fn section(
        &mut self,
        parent: Option<usize>,
        number: Option<String>,
        title: String,
        level: u8,
    ) -> usize {
        let key = (parent, number.clone(), words::fold(&title));
        *self.known.entry(key).or_insert_with(|| {
            self.sections.push(Section { number, title, parent });
            self.levels.push(level);
            self.sections.len() - 1
        })
    }

    fn above_level(&self, level: u8) -> usize {
        self.open.iter().position(|&s| self.levels[s] >= level).unwrap_or(self.open.len())
    }

    /// How many of the open headings stay open above a numbered one: `3.1.2` stands in the
    /// innermost open `3.1`, or beside `3.1.1`, whatever its level; without either, levels decide.
    fn above_number(&self, number: &str, level: u8) -> usize {
        let (own_front, own_last) = split_last(number);
        for (depth, &open) in self.open.iter().enumerate().rev() {
            let Some(known) = &self.sections[open].number else { continue };
            if number.strip_prefix(known.as_str()).is_some_and(|rest| rest.starts_with('.')) {
                return depth + 1;
            }
            let (front, last) = split_last(known);
            if front == own_front && last < own_last {
                return depth;
            }
        }
        self.above_level(level)
    }
}

fn split_last(number: &str) -> (&str, u32) {
    let (front, last) = number.rsplit_once('.').unwrap_or(("", number));
    (front, last.parse().unwrap_or_default())
}

/// A heading in its two parts; the title cut to a sensible length.
fn number_and_title(text: &str) -> (Option<String>, String) {
    let (number, title) = Section::parts(text);
    (number.map(str::to_owned), cut(title, MAX_NAME))
}

/// What of a group's title stands behind the apostrophe that says that it is to be taken as it
/// stands, where it has one: our own export writes `'1) first`.
fn guarded(text: &str) -> Option<&str> {
    let bare = text.trim_start_matches('\'');
    text.strip_prefix('\'').filter(|_| Section::parts(bare) != (None, bare))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sections as `parent > label`, all of them used.
    fn outline(headings: &[(u8, &str)]) -> Vec<String> {
        let mut outline = Outline::default();
        for (level, text) in headings {
            outline.open(*level, text, false);
        }
        let last = outline.sections.len();
        let (sections, _) = outline.prune(0..last, false);
        let label = |section: &Section| match section.parent {
            Some(parent) => format!("{} > {}", sections[parent].label(), section.label()),
            None => section.label(),
        };
        sections.iter().map(label).collect()
    }

    #[test]
    fn levels_nest_headings_without_numbers() {
        assert_eq!(
            outline(&[(2, "A"), (3, "B"), (3, "C"), (2, "D")]),
            ["A", "A > B", "A > C", "D"]
        );
    }

    #[test]
    fn a_number_says_more_than_a_level_that_contradicts_it() {
        assert_eq!(
            outline(&[
                (3, "3. Use"),
                (4, "3.2. Events"),
                (5, "3.2.1. Incidents"),
                (4, "3.2.2. Changes"),
                (4, "4. End")
            ]),
            [
                "3 Use",
                "3 Use > 3.2 Events",
                "3.2 Events > 3.2.1 Incidents",
                "3.2 Events > 3.2.2 Changes",
                "4 End"
            ]
        );
        assert_eq!(
            outline(&[(3, "2. Setup"), (4, "2.1 Install"), (3, "2.2. Leave"), (3, "3. Use")]),
            ["2 Setup", "2 Setup > 2.1 Install", "2 Setup > 2.2 Leave", "3 Use"]
        );
    }

    #[test]
    fn repeated_and_skipped_numbers_stay_where_they_are() {
        assert_eq!(
            outline(&[(2, "1. A"), (3, "1.2 B"), (3, "1.2 C"), (2, "4. D"), (3, "5.1 E")]),
            ["1 A", "1 A > 1.2 B", "1 A > 1.2 C", "4 D", "4 D > 5.1 E"]
        );
        assert_eq!(
            outline(&[(2, "Part A"), (3, "1. X"), (2, "Part B"), (3, "1. X")]),
            ["Part A", "Part A > 1 X", "Part B", "Part B > 1 X"]
        );
    }

    #[test]
    fn a_heading_above_all_rows_is_no_section() {
        let mut outline = Outline::default();
        let title = outline.open(1, "The whole page", false);
        outline.open(2, "Empty", false);
        let a = outline.open(2, "1) A", false);
        let b = outline.open(2, "2024 review", false);
        let (sections, places) = outline.prune([a, b].into_iter(), false);
        assert_eq!(sections.iter().map(Section::label).collect::<Vec<_>>(), ["1 A", "2024 review"]);
        assert_eq!((places[title], places[a], places[b]), (None, Some(0), Some(1)));
    }
}
