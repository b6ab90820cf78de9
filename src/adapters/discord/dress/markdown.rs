//! Styled text as Discord's markdown, in which nothing that came from a matrix or from a person
//! is markup, a mention, a link or an emoji.

use unicode_segmentation::UnicodeSegmentation;

use crate::commands::text::{Style, Text};

const ELLIPSIS: char = '…';
/// Cannot be seen; keeps apart what would be read together: marks, mentions.
const GAP: char = '\u{200b}';

/// The text on one line, of at most `max` characters, cut with an ellipsis where it is longer.
#[must_use]
pub(super) fn line(text: &Text, max: usize) -> String {
    let mut writer = Writer::new(max);
    for span in merged(text) {
        if !writer.span(&span.1, span.0) {
            break;
        }
    }
    writer.out.trim_end().to_owned()
}

/// The same with everything plain in it made strong.
#[must_use]
pub(super) fn heading(text: &Text, max: usize) -> String {
    let strong = text.spans().iter().fold(Text::default(), |strong, span| match span.style {
        Style::Plain | Style::Strong => strong.and_strong(span.text.as_str()),
        Style::Emphasis => strong.and_emphasis(span.text.as_str()),
        Style::Code => strong.and_code(span.text.as_str()),
        Style::Role => strong.and_line(&format!("<@&{}>", span.text)),
    });
    line(&strong, max)
}

/// Text on one line without what cannot be seen: line breaks and control characters become
/// spaces, marks that reorder or hide text go.
#[must_use]
pub(super) fn clean(text: &str) -> String {
    text.chars()
        .filter(|&c| !is_hidden(c))
        .map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c })
        .collect()
}

/// Whether there is anything to see in a text.
#[must_use]
pub(super) fn is_visible(text: &str) -> bool {
    text.chars().any(|c| {
        !c.is_whitespace()
            && !c.is_control()
            && !is_hidden(c)
            && !matches!(c, '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
                | '\u{180b}'..='\u{180f}' | '\u{200c}' | '\u{200d}' | '\u{2800}' | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}')
    })
}

/// Marks of direction, zero-width spaces and the like; not the joiners that scripts need.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Neighbours of one style are one span: `**a****b**` would show its marks.
fn merged(text: &Text) -> Vec<(Style, String)> {
    let mut spans: Vec<(Style, String)> = Vec::new();
    for span in text.spans() {
        match spans.last_mut() {
            Some((style, text)) if *style == span.style && span.style != Style::Role => {
                text.push_str(&clean(&span.text));
            }
            _ => spans.push((span.style, clean(&span.text))),
        }
    }
    spans
}

struct Writer {
    out: String,
    used: usize,
    max: usize,
    marked: bool,
}

impl Writer {
    fn new(max: usize) -> Self {
        Self { out: String::new(), used: 0, max, marked: false }
    }

    /// Writes a span; false when it had to be cut.
    fn span(&mut self, text: &str, style: Style) -> bool {
        let mark = match style {
            Style::Plain => return self.units(text, style, 1),
            Style::Strong => "**",
            Style::Emphasis => "*",
            Style::Code => "`",
            Style::Role => return self.role(text),
        };
        // Marks do not work beside a space on their inner side.
        let core = text.trim();
        let lead = &text[..text.len() - text.trim_start().len()];
        let trail = &text[text.trim_end().len()..];
        if core.is_empty() {
            return self.units(text, Style::Plain, 1);
        }
        let whole = self.units(lead, Style::Plain, 1) && self.marked(core, style, mark);
        whole && self.units(trail, Style::Plain, 1)
    }

    /// Writes a role, which Discord shows by its name; whole or not at all.
    fn role(&mut self, id: &str) -> bool {
        let role = format!("<@&{id}>");
        let is_one = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
        if !is_one || self.used + role.len() + 1 > self.max {
            self.push(ELLIPSIS);
            return false;
        }
        role.chars().for_each(|c| self.push(c));
        true
    }

    fn marked(&mut self, core: &str, style: Style, mark: &str) -> bool {
        let gap = usize::from(self.marked);
        // Both marks, the gap, a first character that may be escaped, an ellipsis.
        if self.used + gap + 2 * mark.len() + 3 > self.max {
            self.push(ELLIPSIS);
            return false;
        }
        if self.marked {
            self.push(GAP);
        }
        mark.chars().for_each(|c| self.push(c));
        let whole = self.units(core, style, 1 + mark.len());
        mark.chars().for_each(|c| self.push(c));
        self.marked = true;
        whole
    }

    /// Writes characters while `reserve` more would fit after them; else an ellipsis.
    fn units(&mut self, text: &str, style: Style, reserve: usize) -> bool {
        for (at, unit) in text.grapheme_indices(true) {
            let piece = self.escaped(text, at, unit, style);
            if self.used + piece.chars().count() + reserve > self.max {
                self.push(ELLIPSIS);
                return false;
            }
            piece.chars().for_each(|c| self.push(c));
        }
        true
    }

    /// What is read as one character, with its escapes; it may hold several.
    fn escaped(&self, text: &str, at: usize, unit: &str, style: Style) -> String {
        let mut piece = String::new();
        for (offset, c) in unit.char_indices() {
            if style == Style::Code {
                // Nothing is escaped between backticks, and a backtick would end them.
                piece.push(if c == '`' { '\'' } else { c });
            } else {
                if self.is_markup(text, at + offset, c) {
                    piece.push('\\');
                }
                piece.push(c);
            }
            // A backslash would not do: mentions are looked for before markup.
            if c == '@' {
                piece.push(GAP);
            }
        }
        piece
    }

    fn push(&mut self, c: char) {
        if self.used < self.max {
            self.out.push(c);
            self.used += 1;
            self.marked = false;
        }
    }

    /// Whether Discord might read the character at this place as markup.
    fn is_markup(&self, text: &str, at: usize, c: char) -> bool {
        let before = &text[..at];
        let next = text[at + c.len_utf8()..].chars().next();
        match c {
            '\\' | '*' | '_' | '~' | '`' | '|' | '<' | '>' | '#' | '[' | ']' => true,
            // `https://`, `:emoji:`, but not `Consulted: nobody`.
            ':' => next.is_some_and(|next| !next.is_whitespace()),
            // `discord.gg/…` becomes an invitation.
            '/' => before.rsplit(' ').next().is_some_and(|word| word.contains('.')),
            '-' | '+' => self.out.trim_start().is_empty(),
            '.' | ')' => {
                let line = self.out.trim_start();
                !line.is_empty() && line.chars().all(|c| c.is_ascii_digit())
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        line(&Text::plain(text), 1000)
    }

    #[test]
    fn markup_of_others_is_shown_letter_by_letter() {
        let cases = [
            ("@everyone and a@here", "@\u{200b}everyone and a@\u{200b}here"),
            (
                "<@123> <#4> <@&5> <t:1:R> <:a:6>",
                "\\<@\u{200b}123\\> \\<\\#4\\> \\<@\u{200b}&5\\> \\<t\\:1\\:R\\> \\<\\:a\\:6\\>",
            ),
            ("**b** _i_ ~~s~~ `c` ||x||", r"\*\*b\*\* \_i\_ \~\~s\~\~ \`c\` \|\|x\|\|"),
            ("[a](https://b.c/d)", r"\[a\](https\://b.c\/d)"),
            ("discord.gg/abc or R/A", r"discord.gg\/abc or R/A"),
            ("# heading", r"\# heading"),
            ("> quote", r"\> quote"),
            ("- item", r"\- item"),
            ("-# small", r"\-\# small"),
            ("12. item - not an item", r"12\. item - not an item"),
            ("Consulted: nobody (10:30)", r"Consulted: nobody (10\:30)"),
            ("a\nb\u{202e}c\u{7}d", "a bc d"),
            ("*\u{301}x", "\\*\u{301}x"),
        ];
        for (text, expected) in cases {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn styles_become_marks_that_hold() {
        let text =
            Text::strong("OVHcloud ").and("does it (").and_strong("R").and_emphasis("A").and(")");
        assert_eq!(line(&text, 100), "**OVHcloud** does it (**R**\u{200b}*A*)");
        let text = Text::plain("try ").and_code("/raci `x`").and_strong(" ");
        assert_eq!(line(&text, 100), "try `/raci 'x'`");
        assert_eq!(line(&Text::strong("a").and_strong("b"), 100), "**ab**");
        assert_eq!(heading(&Text::plain("Daily ").and_strong("work"), 100), "**Daily work**");
    }

    #[test]
    fn a_cut_closes_its_marks_and_never_ends_on_an_escape() {
        assert_eq!(line(&Text::strong("backups"), 8), "**bac…**");
        assert_eq!(plain(&"*".repeat(9)).len(), 18);
        for max in 0..12 {
            for text in [Text::strong("a*b*c*d"), Text::plain("***"), Text::emphasis_and_code()] {
                let cut = line(&text, max);
                assert!(cut.chars().count() <= max, "{cut} {max}");
                assert!(!cut.ends_with('\\'), "{cut} {max}");
            }
        }
    }

    impl Text {
        fn emphasis_and_code() -> Self {
            Self::default().and_emphasis("one").and_code("two")
        }
    }

    #[test]
    fn what_cannot_be_seen_is_not_visible() {
        for text in ["", " \n", "\u{200b}\u{200d}", "\u{3164}", "\u{7}\u{feff}"] {
            assert!(!is_visible(text), "{text:?}");
        }
        assert!(is_visible("\u{200b}x"));
    }
}
