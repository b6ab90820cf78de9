//! A matrix, or a part of one, as a picture for a wiki or a chat that is readable on a phone.

mod text;

use std::fmt::Write as _;

use super::words::Words;
use super::{Group, flat, groups, language, path_label};
use crate::domain::{Activity, Matrix, Participation, Participations};
use text::{Font, cut, wrapped};

/// The picture's width in its own units, about those of a phone's screen.
const WIDTH: f64 = 400.0;
const MARGIN: f64 = 12.0;
/// The space above and below a row's text.
const PADDING: f64 = 6.0;
const BADGE: f64 = 18.0;
/// The most letters beside each other in a column.
const BADGES_A_LINE: usize = 3;
const GAP: f64 = 3.0;
/// The width of a party's column.
const COLUMN: f64 = 70.0;
/// More parties than these leave no room for names beside their columns.
const MAX_COLUMNS: usize = 3;
/// The most rows of one picture: what is more is counted at the end.
pub const MAX_ROWS: usize = 300;

/// The picture of a matrix; see [`super::part()`] for that of a section.
#[must_use]
pub fn write(matrix: &Matrix) -> String {
    write_rows(matrix, MAX_ROWS)
}

/// The same of at most so many rows; those that are more are counted at the end.
pub(super) fn write_rows(matrix: &Matrix, most: usize) -> String {
    let mut canvas = Canvas { body: String::new(), y: MARGIN };
    canvas.lines(&flat(&matrix.service.name), MARGIN, WIDTH - 2.0 * MARGIN, &Font::TITLE);
    canvas.y += PADDING;
    let columns = matrix.parties.len() <= MAX_COLUMNS;
    if columns {
        canvas.header(matrix);
    }
    let mut left = most;
    for group in groups(matrix).iter().filter(|group| !group.activities.is_empty()) {
        if left == 0 {
            break;
        }
        canvas.section(matrix, group);
        for activity in group.activities.iter().take(left) {
            canvas.row(matrix, activity, columns);
        }
        left = left.saturating_sub(group.activities.len());
    }
    let shown = matrix.activities.len().min(most);
    if shown < matrix.activities.len() {
        canvas.remark(&format!("… +{}", matrix.activities.len() - shown));
    }
    canvas.legend(matrix);
    canvas.origin(matrix);
    canvas.finish(matrix)
}

/// A picture in the making, from top to bottom.
struct Canvas {
    body: String,
    /// Where the next thing begins, in units from the top.
    y: f64,
}

impl Canvas {
    /// Text from the left edge `x` on, and the place moved below it.
    fn lines(&mut self, text: &str, x: f64, width: f64, font: &Font) {
        for line in wrapped(text, width, font) {
            self.y += font.leading();
            self.text(&line, x, self.y - font.size * 0.3, font, "start");
        }
    }

    fn text(&mut self, text: &str, x: f64, y: f64, font: &Font, anchor: &str) {
        let _ = writeln!(
            self.body,
            "<text class=\"{}\" x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{}\" text-anchor=\"{anchor}\">{}</text>",
            font.class,
            font.size,
            escaped(text)
        );
    }

    /// The parties' names over their columns.
    fn header(&mut self, matrix: &Matrix) {
        let top = self.y;
        let mut bottom = top;
        for (index, party) in matrix.parties.iter().enumerate() {
            let middle = column(index, matrix.parties.len());
            let lines = wrapped(&flat(&party.name), COLUMN - GAP, &Font::HEADER);
            let mut y = top;
            for line in lines {
                y += Font::HEADER.leading();
                self.text(&line, middle, y - Font::HEADER.size * 0.3, &Font::HEADER, "middle");
            }
            bottom = bottom.max(y);
        }
        self.y = bottom + PADDING;
    }

    fn section(&mut self, matrix: &Matrix, group: &Group<'_>) {
        let Some(section) = group.section else { return };
        let label = path_label(matrix, section);
        let count = wrapped(&label, WIDTH - 2.0 * MARGIN, &Font::SECTION).len();
        let height = units(count) * Font::SECTION.leading() + PADDING;
        let _ = writeln!(
            self.body,
            "<rect class=\"b\" x=\"0\" y=\"{:.1}\" width=\"{WIDTH}\" height=\"{height:.1}\"/>",
            self.y
        );
        self.y += PADDING / 2.0;
        self.lines(&label, MARGIN, WIDTH - 2.0 * MARGIN, &Font::SECTION);
        self.y += PADDING / 2.0;
    }

    fn row(&mut self, matrix: &Matrix, activity: &Activity, columns: bool) {
        let top = self.y + PADDING;
        self.y = top;
        let count = matrix.parties.len();
        let room = if columns {
            column(0, count) - COLUMN / 2.0 - MARGIN - GAP
        } else {
            WIDTH - 2.0 * MARGIN
        };
        self.lines(&flat(&activity.name), MARGIN, room, &Font::NAME);
        if columns {
            for (index, cell) in activity.assignments.iter().enumerate() {
                self.badges(matrix, *cell, column(index, count), top);
            }
            self.y = self.y.max(top + deepest(matrix, activity));
        } else {
            self.holders(matrix, activity);
        }
        self.y += PADDING;
        let _ = writeln!(
            self.body,
            "<line x1=\"0\" x2=\"{WIDTH}\" y1=\"{0:.1}\" y2=\"{0:.1}\"/>",
            self.y
        );
    }

    /// The letters of a cell around the middle of its column, three a line.
    fn badges(&mut self, matrix: &Matrix, cell: Participations, middle: f64, top: f64) {
        let letters: Vec<Participation> = cell.iter(matrix.scheme).collect();
        let mut y = top;
        for line in letters.chunks(BADGES_A_LINE) {
            let count = units(line.len());
            let mut x = middle - f64::midpoint(count * BADGE, (count - 1.0) * GAP);
            for participation in line {
                self.badge(matrix, *participation, x, y);
                x += BADGE + GAP;
            }
            y += BADGE + GAP;
        }
    }

    fn badge(&mut self, matrix: &Matrix, participation: Participation, x: f64, y: f64) {
        let Some(letter) = matrix.scheme.letter(participation) else { return };
        let _ = writeln!(
            self.body,
            "<rect class=\"{letter}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{BADGE}\" height=\"{BADGE}\" rx=\"3\"/>\
             <text class=\"l\" x=\"{:.1}\" y=\"{:.1}\" font-size=\"13\" text-anchor=\"middle\">{letter}</text>",
            x + BADGE / 2.0,
            y + BADGE - 4.5,
        );
    }

    /// Below a name, who takes part: letters and the party's name, one after the other.
    fn holders(&mut self, matrix: &Matrix, activity: &Activity) {
        self.y += GAP;
        let mut x = MARGIN;
        let mut top = self.y;
        for (party, cell) in matrix.parties.iter().zip(&activity.assignments) {
            let letters: Vec<Participation> = cell.iter(matrix.scheme).collect();
            if letters.is_empty() {
                continue;
            }
            let badges = units(letters.len()) * (BADGE + GAP);
            let room = WIDTH - 2.0 * MARGIN - badges;
            let name = cut(&flat(&party.name), room, &Font::SMALL);
            let length = badges + Font::SMALL.width(&name);
            if x > MARGIN && x + length > WIDTH - MARGIN {
                x = MARGIN;
                top += BADGE + GAP;
            }
            for participation in letters {
                self.badge(matrix, participation, x, top);
                x += BADGE + GAP;
            }
            self.text(&name, x, top + BADGE - 5.0, &Font::SMALL, "start");
            x += Font::SMALL.width(&name) + MARGIN;
        }
        if x > MARGIN {
            self.y = top + BADGE;
        }
    }

    /// What the letters mean.
    fn legend(&mut self, matrix: &Matrix) {
        let language = language(matrix);
        self.y += PADDING;
        for &(_, participation) in matrix.scheme.letters() {
            let word = language.participation(participation);
            let text = match matrix.legend_of(participation).map(flat) {
                Some(own) if own != word => format!("{word}: {own}"),
                _ => word.to_owned(),
            };
            let top = self.y;
            self.badge(matrix, participation, MARGIN, top);
            self.y += 2.0;
            let x = MARGIN + BADGE + 2.0 * GAP;
            self.lines(&text, x, WIDTH - MARGIN - x, &Font::SMALL);
            self.y = self.y.max(top + BADGE) + GAP;
        }
    }

    /// Where it comes from and of when: a picture is passed on without its page.
    fn origin(&mut self, matrix: &Matrix) {
        let source = &matrix.source;
        let date = source.date.map(|date| date.to_string());
        let parts: Vec<String> =
            source.title.as_deref().map(flat).into_iter().chain(date).collect();
        if !parts.is_empty() {
            self.y += PADDING;
            let words = Words::of(language(matrix));
            self.remark(&format!("{} {}", words.source, parts.join(", ")));
        }
    }

    fn remark(&mut self, text: &str) {
        self.lines(text, MARGIN, WIDTH - 2.0 * MARGIN, &Font::SMALL);
    }

    fn finish(self, matrix: &Matrix) -> String {
        let height = self.y + MARGIN;
        let words = Words::of(language(matrix));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height:.0}\" \
             viewBox=\"0 0 {WIDTH} {height:.0}\" role=\"img\" font-family=\"DejaVu Sans, Verdana, sans-serif\">\n\
             <title>{} {}</title>\n<style>{STYLE}</style>\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n{}</svg>\n",
            words.picture,
            escaped(&flat(&matrix.service.name)),
            self.body
        )
    }
}

const STYLE: &str = "text{fill:#1a1a1a}line{stroke:#d5d8dc}.t,.s,.h,.l{font-weight:bold}\
    .q{fill:#444}.b{fill:#eef0f3}.l{fill:#fff}.R,.D{fill:#0b5cad}.A{fill:#a3241b}.C{fill:#6b3fa0}\
    .I{fill:#3f5a36}.S,.V,.O{fill:#5c4a00}";

/// How high the highest stack of letters is.
fn deepest(matrix: &Matrix, activity: &Activity) -> f64 {
    let letters = activity.assignments.iter().map(|cell| cell.iter(matrix.scheme).count());
    let lines = letters.max().unwrap_or(0).div_ceil(BADGES_A_LINE);
    (units(lines) * (BADGE + GAP) - GAP).max(0.0)
}

/// The middle of a party's column.
fn column(index: usize, count: usize) -> f64 {
    WIDTH - MARGIN / 2.0 - (units(count.saturating_sub(index)) - 0.5) * COLUMN
}

/// A small count as a number of units.
fn units(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Text that XML shows letter by letter; what XML cannot hold is replaced.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{FFFE}' | '\u{FFFF}' => escaped.push(char::REPLACEMENT_CHARACTER),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{part, sample};

    /// The texts of a picture, in order.
    fn texts(picture: &str) -> Vec<&str> {
        let texts = picture.split("<text").skip(1);
        texts.filter_map(|text| text.split_once('>')?.1.split("</text>").next()).collect()
    }

    #[test]
    fn a_picture_shows_names_parties_and_letters() {
        let picture = write(&sample::matrix());
        let texts = texts(&picture);
        for text in [
            "Key &lt;Management&gt; &amp; Co",
            "Customer",
            "OVHcloud",
            "Manage backups",
            "R",
            "A",
            "I",
        ] {
            assert!(texts.contains(&text), "{text} in {texts:?}");
        }
        assert!(texts.contains(&"Responsible: Does the work"));
        assert!(picture.contains("Source: Shared &quot;responsibilities&quot;, 2024-10-02"));
        assert!(!picture.contains("<script"));
        assert!(picture.starts_with("<svg ") && picture.ends_with("</svg>\n"));
    }

    #[test]
    fn the_picture_of_a_section_holds_nothing_else() {
        let picture = write(&part(&sample::matrix(), 2));
        assert!(picture.contains("Destroy keys") && !picture.contains("Manage backups"));
    }

    #[test]
    fn nothing_stands_beyond_the_edge() {
        let mut matrix = sample::matrix();
        matrix.activities[0].name = "Donaudampfschifffahrtsgesellschaft".repeat(9);
        matrix.activities[1].name = "WWWW 漢字漢字 ".repeat(40);
        for parties in [2, 9] {
            while matrix.parties.len() < parties {
                let mut party = matrix.parties[0].clone();
                party.name =
                    format!("A party with rather a long name, number {}", matrix.parties.len());
                matrix.parties.push(party);
                for activity in &mut matrix.activities {
                    let cell = activity.assignments[0];
                    activity.assignments.push(cell);
                }
            }
            for element in write(&matrix).split("<text").skip(1) {
                let attribute =
                    |name: &str| element.split(&format!(" {name}=\"")).nth(1)?.split('"').next();
                let number =
                    |name| attribute(name).and_then(|x| x.parse::<f64>().ok()).expect("a number");
                let text = element.split_once('>').map(|(_, text)| text).expect("a text");
                let text = text.split("</text>").next().unwrap_or_default();
                let wide = ["t", "s", "h"].iter().any(|class| attribute("class") == Some(class));
                let font = Font {
                    size: number("font-size"),
                    class: "",
                    stretch: if wide { 1.1 } else { 1.0 },
                };
                let half = attribute("text-anchor") == Some("middle");
                let width = font.width(text) / if half { 2.0 } else { 1.0 };
                let room = WIDTH - number("x");
                assert!(width <= room, "{text}: {width} in {room}");
            }
        }
    }

    #[test]
    fn a_huge_matrix_gives_a_picture_of_bounded_size() {
        let mut matrix = sample::matrix();
        let activity = matrix.activities[0].clone();
        matrix.activities.extend(std::iter::repeat_n(activity, 5_000));
        let picture = write(&matrix);
        assert!(picture.len() < 400_000, "{}", picture.len());
        assert!(picture.contains(&format!("… +{}", 5_003 - MAX_ROWS)));
    }
}
