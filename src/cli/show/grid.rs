//! A matrix as lines of text: a table where there is room for one, else row by row.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::adapters::terminal::{Screen, harmless};
use crate::commands::Language;
use crate::domain::{Activity, Matrix, Participation, Participations};
use crate::export::{Group, groups, path_label};

/// What stands between two columns.
const GAP: usize = 2;
/// The widest column of a party where lines are wrapped.
const MAX_PARTY: usize = 12;
/// The narrowest column for names: below it, rows are printed one after the other.
const MIN_NAME: usize = 24;

/// The matrix as a screen shows it.
pub(super) fn show(matrix: &Matrix, language: Language, screen: Screen) -> String {
    let layout = Layout::of(matrix, screen.width);
    let mut page = Page { matrix, screen, language, text: String::new() };
    page.wrapped(&matrix.service.name, Tone::Bold);
    if let Some(layout) = &layout {
        page.header(layout);
    }
    for group in groups(matrix).iter().filter(|group| !group.activities.is_empty()) {
        page.section(group);
        for activity in &group.activities {
            match &layout {
                Some(layout) => page.row(activity, layout),
                None => page.stack(activity),
            }
        }
    }
    page.legend();
    page.origin();
    page.text
}

/// The widths of a table's columns.
struct Layout {
    name: usize,
    parties: Vec<usize>,
}

impl Layout {
    /// The widths that fit; `None` when there is no room for a table.
    fn of(matrix: &Matrix, room: Option<usize>) -> Option<Self> {
        let parties = matrix.parties.iter().enumerate().map(|(index, party)| {
            let cells = matrix.activities.iter().filter_map(|row| row.assignments.get(index));
            let letters = cells.map(|cell| cell.letters(matrix.scheme).len()).max().unwrap_or(0);
            let name = harmless(&party.name).width();
            letters.max(if room.is_some() { name.min(MAX_PARTY) } else { name })
        });
        let parties: Vec<usize> = parties.collect();
        let names = matrix.activities.iter().map(|activity| harmless(&activity.name).width());
        let longest = names.max().unwrap_or(0);
        let taken: usize = parties.iter().map(|width| width + GAP).sum();
        let left = room.map_or(usize::MAX, |room| room.saturating_sub(taken));
        (left >= longest.min(MIN_NAME)).then(|| Self { name: longest.min(left), parties })
    }

    fn width(&self) -> usize {
        self.name + self.parties.iter().map(|width| width + GAP).sum::<usize>()
    }
}

/// How a piece of text stands out, where there is colour.
#[derive(Clone, Copy)]
enum Tone {
    Plain,
    Bold,
    Dim,
    Letter(Participation),
}

impl Tone {
    fn codes(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Bold => Some("1"),
            Self::Dim => Some("2"),
            Self::Letter(Participation::Responsible | Participation::Driver) => Some("1;34"),
            Self::Letter(Participation::Accountable | Participation::Approver) => Some("1;31"),
            Self::Letter(Participation::Consulted | Participation::Contributor) => Some("35"),
            Self::Letter(Participation::Informed) => Some("32"),
            Self::Letter(_) => Some("33"),
        }
    }
}

/// A matrix on its way to the screen.
struct Page<'a> {
    matrix: &'a Matrix,
    screen: Screen,
    language: Language,
    text: String,
}

impl Page<'_> {
    fn header(&mut self, layout: &Layout) {
        let names = self.matrix.parties.iter().zip(&layout.parties);
        let names: Vec<Vec<String>> =
            names.map(|(party, width)| wrap(&harmless(&party.name), Some(*width))).collect();
        let height = names.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..height {
            self.pad(0, layout.name);
            for (name, width) in names.iter().zip(&layout.parties) {
                // Names end on the same line, right above their letters.
                let above = height - name.len();
                let part = line.checked_sub(above).map_or("", |at| name[at].as_str());
                self.text.push_str(&" ".repeat(GAP));
                self.paint(part, Tone::Bold);
                self.pad(part.width(), *width);
            }
            self.end_line();
        }
        let rule = "─".repeat(layout.width().min(self.screen.width.unwrap_or(usize::MAX)));
        self.paint(&rule, Tone::Dim);
        self.end_line();
    }

    fn section(&mut self, group: &Group<'_>) {
        if let Some(section) = group.section {
            let label = path_label(self.matrix, section);
            // Without colour nothing else tells a title from a row.
            self.end_line();
            self.wrapped(&label, Tone::Bold);
        }
    }

    fn row(&mut self, activity: &Activity, layout: &Layout) {
        let name = wrap(&harmless(&activity.name), Some(layout.name));
        for (index, line) in name.iter().enumerate() {
            self.text.push_str(line);
            if index == 0 {
                self.pad(line.width(), layout.name);
                for (cell, width) in activity.assignments.iter().zip(&layout.parties) {
                    self.text.push_str(&" ".repeat(GAP));
                    let used = self.letters(*cell);
                    self.pad(used, *width);
                }
            }
            self.end_line();
        }
    }

    fn stack(&mut self, activity: &Activity) {
        self.wrapped(&activity.name, Tone::Plain);
        let taking_part = self.matrix.parties.iter().zip(&activity.assignments);
        let widest = activity.assignments.iter().map(|cell| cell.letters(self.matrix.scheme).len());
        let widest = widest.max().unwrap_or(0);
        if activity.assignments.iter().all(|cell| cell.is_empty()) {
            self.paint("  –", Tone::Dim);
            self.end_line();
        }
        for (party, cell) in taking_part.filter(|(_, cell)| !cell.is_empty()) {
            self.text.push_str("  ");
            let used = self.letters(*cell);
            self.pad(used, widest);
            let indent = widest + 2 * GAP;
            let room = self.screen.width.map(|width| width.saturating_sub(indent));
            for (index, line) in wrap(&harmless(&party.name), room).iter().enumerate() {
                self.text.push_str(&" ".repeat(if index == 0 { GAP } else { indent }));
                self.text.push_str(line);
                self.end_line();
            }
        }
    }

    /// What the letters mean, in the document's own words where it has any.
    fn legend(&mut self) {
        self.end_line();
        let scheme = self.matrix.scheme;
        for &(letter, participation) in scheme.letters() {
            let word = self.language.participation(participation);
            let meaning = match self.matrix.legend_of(participation) {
                Some(own) if own != word => format!("{word}: {own}"),
                _ => word.to_owned(),
            };
            let room = self.screen.width.map(|width| width.saturating_sub(1 + GAP));
            for (index, line) in wrap(&harmless(&meaning), room).iter().enumerate() {
                if index == 0 {
                    self.paint(&letter.to_string(), Tone::Letter(participation));
                } else {
                    self.text.push(' ');
                }
                self.text.push_str(&" ".repeat(GAP));
                self.text.push_str(line);
                self.end_line();
            }
        }
    }

    /// Where the matrix was taken from, and of when it is.
    fn origin(&mut self) {
        let source = &self.matrix.source;
        let date = source.date.map(|date| date.to_string());
        let parts: Vec<String> = source.title.iter().cloned().chain(date).collect();
        if !parts.is_empty() {
            self.end_line();
            self.wrapped(&parts.join(" · "), Tone::Dim);
        }
        if let Some(url) = &source.url {
            // Never wrapped: an address in two pieces cannot be opened.
            self.paint(&harmless(url), Tone::Dim);
            self.end_line();
        }
    }

    /// A cell's letters, and how wide they are.
    fn letters(&mut self, cell: Participations) -> usize {
        let mut width = 0;
        for participation in cell.iter(self.matrix.scheme) {
            if let Some(letter) = self.matrix.scheme.letter(participation) {
                self.paint(&letter.to_string(), Tone::Letter(participation));
                width += 1;
            }
        }
        width
    }

    fn wrapped(&mut self, text: &str, tone: Tone) {
        for line in wrap(&harmless(text), self.screen.width) {
            self.paint(&line, tone);
            self.end_line();
        }
    }

    fn paint(&mut self, text: &str, tone: Tone) {
        match tone.codes().filter(|_| self.screen.colour && !text.is_empty()) {
            Some(codes) => self.text.extend(["\u{1b}[", codes, "m", text, "\u{1b}[0m"]),
            None => self.text.push_str(text),
        }
    }

    fn pad(&mut self, used: usize, width: usize) {
        self.text.extend(std::iter::repeat_n(' ', width.saturating_sub(used)));
    }

    fn end_line(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text.push('\n');
    }
}

/// A text in lines of at most this width; words that are longer are broken. At least one line.
fn wrap(text: &str, width: Option<usize>) -> Vec<String> {
    let width = width.map_or(usize::MAX, |width| width.max(2));
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let space = usize::from(used > 0);
        if used > 0 && used + space + word.width() > width {
            lines.push(String::new());
            used = 0;
        } else if used > 0 {
            push(&mut lines, " ");
            used += 1;
        }
        for grapheme in word.graphemes(true) {
            if used > 0 && used + grapheme.width() > width {
                lines.push(String::new());
                used = 0;
            }
            push(&mut lines, grapheme);
            used += grapheme.width();
        }
    }
    lines
}

fn push(lines: &mut [String], text: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;

    fn shown(width: Option<usize>) -> String {
        show(&sample::matrix(), Language::English, Screen { width, colour: false })
    }

    #[test]
    fn a_wide_screen_shows_a_table() {
        assert_eq!(
            shown(Some(60)),
            "\
Key <Management> & Co
                                          Customer  OVHcloud
────────────────────────────────────────────────────────────

3 Service usage › 3.1 Daily operations
Manage backups                                      RA
Import/export \"objects\", *all* of them |  RA        I
<script>alert(1)</script>

3 Service usage › End of | life
Destroy keys

R  Responsible: Does the work
A  Accountable: Answers for it
C  Consulted
I  Informed: Is told

Shared \"responsibilities\" · 2024-10-02
https://example.org/raci?a=1&b=2
"
        );
    }

    #[test]
    fn a_narrow_screen_shows_row_by_row() {
        assert_eq!(
            shown(Some(30)),
            "\
Key <Management> & Co

3 Service usage › 3.1 Daily
operations
Manage backups
  RA  OVHcloud
Import/export \"objects\", *all*
of them |
<script>alert(1)</script>
  RA  Customer
  I   OVHcloud

3 Service usage › End of |
life
Destroy keys
  –

R  Responsible: Does the work
A  Accountable: Answers for it
C  Consulted
I  Informed: Is told

Shared \"responsibilities\" ·
2024-10-02
https://example.org/raci?a=1&b=2
"
        );
    }

    #[test]
    fn a_pipe_gets_whole_lines() {
        let shown = shown(None);
        assert!(shown.contains("them | <script>alert(1)</script>  RA        I\n"), "{shown}");
    }

    #[test]
    fn no_line_is_wider_than_the_screen() {
        let mut matrix = sample::matrix();
        matrix.activities[0].name = "漢字".repeat(60);
        matrix.parties[1].name = "A party with rather a long name".into();
        matrix.source.url = None;
        for width in 20..80 {
            let screen = Screen { width: Some(width), colour: false };
            for line in show(&matrix, Language::English, screen).lines() {
                assert!(line.width() <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn colour_is_added_where_there_is_some_and_nothing_of_the_matrix_steers_the_screen() {
        let mut matrix = sample::matrix();
        matrix.activities[0].name = "Manage\u{1b}[2J\nbackups\u{202e}".into();
        let screen = Screen { width: Some(80), colour: true };
        let shown = show(&matrix, Language::English, screen);
        assert!(shown.contains("\u{1b}[1;34mR\u{1b}[0m\u{1b}[1;31mA\u{1b}[0m"));
        assert!(!shown.contains("\u{1b}[2J") && !shown.contains('\u{202e}'));
    }
}
