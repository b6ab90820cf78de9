//! How wide text runs, and text in lines of a width: nobody asks a font.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The size of names, in units.
const NAME: f64 = 14.0;
/// The size of headers and remarks.
const SMALL: f64 = 11.0;
const TITLE: f64 = 18.0;
/// From one line to the next, as a multiple of the size.
const LEADING: f64 = 1.3;
/// The most lines of one name; the last ends in an ellipsis where something is gone.
const MAX_LINES: usize = 6;

/// How text looks.
pub(super) struct Font {
    pub(super) size: f64,
    pub(super) class: &'static str,
    /// How much wider it runs than plain text.
    pub(super) stretch: f64,
}

impl Font {
    pub(super) const TITLE: Self = Self { size: TITLE, class: "t", stretch: 1.1 };
    pub(super) const SECTION: Self = Self { size: 12.0, class: "s", stretch: 1.1 };
    pub(super) const NAME: Self = Self { size: NAME, class: "n", stretch: 1.0 };
    pub(super) const SMALL: Self = Self { size: SMALL, class: "q", stretch: 1.0 };
    pub(super) const HEADER: Self = Self { size: SMALL, class: "h", stretch: 1.1 };

    pub(super) fn leading(&self) -> f64 {
        self.size * LEADING
    }

    /// About how wide a text runs, in units: a little more than common sans-serif fonts need.
    pub(super) fn width(&self, text: &str) -> f64 {
        text.graphemes(true).map(advance).sum::<f64>() * self.size * self.stretch
    }
}

/// About how far a character moves on, as a multiple of the font's size.
fn advance(grapheme: &str) -> f64 {
    match grapheme.chars().next() {
        Some(' ' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'i' | 'j' | 'l' | 'I') => 0.35,
        Some('f' | 'r' | 't' | '(' | ')' | '/' | '-' | '[' | ']') => 0.42,
        Some('m' | 'w' | 'M' | 'W' | '@' | '%' | '…' | '—') => 1.0,
        Some('A'..='Z' | '&' | '+' | '=' | '<' | '>' | '~' | '#') => 0.8,
        Some(c) if c.is_ascii() => 0.64,
        _ => match UnicodeWidthStr::width(grapheme) {
            0 => 0.0,
            1 => 0.7,
            _ => 1.1,
        },
    }
}

/// A text in lines of at most this width; words that are longer are broken.
pub(super) fn wrapped(text: &str, width: f64, font: &Font) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    let mut used = 0.0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let length = font.width(word);
        let space = if used > 0.0 { font.width(" ") } else { 0.0 };
        if used > 0.0 && used + space + length > width {
            lines.push(String::new());
            used = 0.0;
        } else if used > 0.0 {
            push(&mut lines, " ");
            used += space;
        }
        for grapheme in word.graphemes(true) {
            let step = font.width(grapheme);
            if used > 0.0 && used + step > width {
                lines.push(String::new());
                used = 0.0;
            }
            push(&mut lines, grapheme);
            used += step;
        }
    }
    if lines.len() > MAX_LINES {
        lines.truncate(MAX_LINES);
        let last = lines.pop().unwrap_or_default();
        lines.push(ended(&last, width, font));
    }
    lines
}

fn push(lines: &mut [String], text: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(text);
    }
}

/// A text in at most this width, with an ellipsis where something is gone.
pub(super) fn cut(text: &str, width: f64, font: &Font) -> String {
    if font.width(text) <= width {
        return text.to_owned();
    }
    ended(text, width, font)
}

/// As much of a text as leaves room for an ellipsis, and that.
fn ended(text: &str, width: f64, font: &Font) -> String {
    let mut used = font.width("…");
    let fits = |grapheme: &&str| {
        used += font.width(grapheme);
        used <= width
    };
    text.graphemes(true).take_while(fits).collect::<String>() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_wrap_at_words_and_long_words_break() {
        let font = Font::NAME;
        assert_eq!(wrapped("Manage backups", 1000.0, &font), ["Manage backups"]);
        assert_eq!(wrapped("Manage backups", 70.0, &font), ["Manage", "backups"]);
        let lines = wrapped(&"x".repeat(200), 50.0, &font);
        assert_eq!(lines.len(), MAX_LINES);
        assert!(lines.last().expect("a line").ends_with('…'));
        assert_eq!(wrapped("", 50.0, &font), [""]);
    }
}
