//! Styled text as lines of a given width, with nothing in them that a terminal would obey.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::Screen;
use crate::commands::text::{Style, Text, is_invisible};

/// How the plain parts of a line are shown where there is colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// As they are.
    Normal,
    /// So that the eye finds them first.
    Bold,
    /// So that the eye passes over them.
    Dim,
    /// As something to look at twice.
    Warning,
}

/// Where a text stands on its lines.
#[derive(Clone, Copy, Debug)]
pub(super) struct Margin<'a> {
    /// What stands before the first line.
    pub first: &'a str,
    /// What stands before the others.
    pub rest: &'a str,
}

/// The text as lines, each ended.
pub(super) fn paint(text: &Text, tone: Tone, margin: Margin<'_>, screen: Screen) -> String {
    let mut out = String::new();
    for (i, line) in wrap(&words(text), margin, screen.width).into_iter().enumerate() {
        out.push_str(if i == 0 { margin.first } else { margin.rest });
        for (style, run) in line {
            match sgr(tone, style).filter(|_| screen.colour) {
                Some(codes) => out.extend(["\u{1b}[", codes, "m", &run, "\u{1b}[0m"]),
                None => out.push_str(&run),
            }
        }
        out.push('\n');
    }
    out
}

/// Text on one line, without any character that a terminal would obey or that would reorder what
/// stands around it.
pub(crate) fn harmless(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            c if c.is_whitespace() && !is_unbreakable(c) => Some(' '),
            c if is_invisible(c) && !is_joiner(c) => None,
            c => Some(c),
        })
        .collect()
}

/// Runs of one style.
type Runs = Vec<(Style, String)>;

/// What must not be parted, and how many columns it takes.
#[derive(Default)]
struct Word {
    runs: Runs,
    width: usize,
}

impl Word {
    fn push(&mut self, style: Style, grapheme: &str) {
        self.width += grapheme.width();
        push(&mut self.runs, style, grapheme);
    }
}

fn words(text: &Text) -> Vec<Word> {
    let mut words = vec![Word::default()];
    for span in text.spans() {
        // A terminal knows no role's name.
        let sign = if span.style == Style::Role { "@" } else { "" };
        for grapheme in format!("{sign}{}", harmless(&span.text)).graphemes(true) {
            match words.last_mut() {
                Some(word) if grapheme != " " => word.push(span.style, grapheme),
                _ => words.push(Word::default()),
            }
        }
    }
    words.retain(|word| !word.runs.is_empty());
    words
}

/// Fills lines with words; a word that is wider than a line is parted between characters.
fn wrap(words: &[Word], margin: Margin<'_>, width: Option<usize>) -> Vec<Runs> {
    let mut lines = vec![Runs::new()];
    let mut used = 0;
    let room = |lines: &[Runs]| {
        let margin = if lines.len() == 1 { margin.first } else { margin.rest };
        width.map_or(usize::MAX, |width| width.saturating_sub(margin.width()).max(2))
    };
    for word in words {
        if used > 0 && used + 1 + word.width > room(&lines) {
            lines.push(Runs::new());
            used = 0;
        }
        if used > 0 {
            space(&mut lines, word);
            used += 1;
        }
        for (style, run) in &word.runs {
            for grapheme in run.graphemes(true) {
                if used > 0 && used + grapheme.width() > room(&lines) {
                    lines.push(Runs::new());
                    used = 0;
                }
                used += grapheme.width();
                if let Some(line) = lines.last_mut() {
                    push(line, *style, grapheme);
                }
            }
        }
    }
    lines
}

/// Parts the last line's words from the next one: in their style where they share one.
fn space(lines: &mut [Runs], next: &Word) {
    let Some(line) = lines.last_mut() else { return };
    let style = match (line.last(), next.runs.first()) {
        (Some((before, _)), Some((after, _))) if before == after => *before,
        _ => Style::Plain,
    };
    push(line, style, " ");
}

fn push(runs: &mut Runs, style: Style, text: &str) {
    match runs.last_mut() {
        Some((known, run)) if *known == style => run.push_str(text),
        _ => runs.push((style, text.to_owned())),
    }
}

/// Spaces that keep what is around them together.
fn is_unbreakable(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// What makes one picture, or one shape of letters, of several.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// The parameters of ECMA-48's "select graphic rendition".
fn sgr(tone: Tone, style: Style) -> Option<&'static str> {
    match (style, tone) {
        (Style::Plain | Style::Role, Tone::Normal) => None,
        (Style::Plain | Style::Role, Tone::Dim) => Some("2"),
        (Style::Plain | Style::Role, Tone::Warning) => Some("33"),
        (Style::Strong, Tone::Warning) => Some("1;33"),
        (Style::Plain | Style::Role, Tone::Bold) | (Style::Strong, _) => Some("1"),
        (Style::Emphasis, _) => Some("3"),
        (Style::Code, _) => Some("36"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDENT: Margin<'_> = Margin { first: "", rest: "  " };

    fn plain(text: &Text, width: usize) -> String {
        paint(text, Tone::Normal, INDENT, Screen { width: Some(width), colour: false })
    }

    #[test]
    fn words_are_wrapped_and_what_belongs_together_stays_so() {
        let text = Text::strong("OVHcloud").and(", who does it (R, A).");
        assert_eq!(plain(&text, 14), "OVHcloud, who\n  does it (R,\n  A).\n");
        assert_eq!(plain(&text, 80), "OVHcloud, who does it (R, A).\n");
    }

    #[test]
    fn no_line_is_wider_than_the_screen_whatever_the_script() {
        let text =
            Text::plain("日本語の運用管理 ").and_strong("x".repeat(50)).and(" 👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦 e\u{301}");
        for width in 4..40 {
            for line in plain(&text, width).lines() {
                assert!(line.width() <= width, "{width}: {line:?}");
            }
        }
    }

    #[test]
    fn nothing_that_a_terminal_obeys_gets_through() {
        let text = Text::plain("a\u{1b}]0;title\u{7}b\u{9b}31mc\r\nd\u{202e}e\u{8}");
        assert_eq!(plain(&text, 80), "a]0;titleb31mc de\n");
    }

    #[test]
    fn colour_is_switched_off_again_on_every_line() {
        let screen = Screen { width: Some(9), colour: true };
        let painted = paint(&Text::strong("manage backups"), Tone::Dim, INDENT, screen);
        assert_eq!(painted, "\u{1b}[1mmanage\u{1b}[0m\n  \u{1b}[1mbackups\u{1b}[0m\n");
    }

    #[test]
    fn an_unbreakable_space_does_not_break() {
        assert_eq!(plain(&Text::plain("qui fait\u{a0}?"), 8), "qui\n  fait\u{a0}?\n");
    }
}
