//! Text with meaning instead of markup: an adapter escapes and dresses it for its platform.

/// A run of styled text. Nothing in it is markup: what the spans say is shown letter by letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(Vec<Span>);

/// A piece of text in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The characters to show.
    pub text: String,
    /// How to show them.
    pub style: Style,
}

/// How a span is shown, as far as the platform can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As the rest.
    Plain,
    /// What the eye should find first.
    Strong,
    /// Somebody's own words.
    Emphasis,
    /// What can be typed.
    Code,
    /// The id of a role, shown as its name where the platform knows it; nobody is called.
    Role,
}

impl Text {
    /// Plain text.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self::default().and(text)
    }

    /// Text that stands out.
    #[must_use]
    pub fn strong(text: impl Into<String>) -> Self {
        Self::default().and_strong(text)
    }

    /// Adds plain text.
    #[must_use]
    pub fn and(self, text: impl Into<String>) -> Self {
        self.with(text, Style::Plain)
    }

    /// Adds text that stands out.
    #[must_use]
    pub fn and_strong(self, text: impl Into<String>) -> Self {
        self.with(text, Style::Strong)
    }

    /// Adds somebody's own words.
    #[must_use]
    pub fn and_emphasis(self, text: impl Into<String>) -> Self {
        self.with(text, Style::Emphasis)
    }

    /// Adds what can be typed.
    #[must_use]
    pub fn and_code(self, text: impl Into<String>) -> Self {
        self.with(text, Style::Code)
    }

    /// Adds a line of the configuration, in which `<@&1>` is the role of that id.
    #[must_use]
    pub fn and_line(self, line: &str) -> Self {
        let mut pieces = line.split("<@&");
        let first = pieces.next().unwrap_or_default();
        pieces.fold(self.and(first), |text, piece| match piece.split_once('>') {
            Some((id, rest)) if !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()) => {
                text.with(id, Style::Role).and(rest)
            }
            _ => text.and("<@&").and(piece),
        })
    }

    /// Adds another text.
    #[must_use]
    pub fn and_text(mut self, text: Self) -> Self {
        self.0.extend(text.0);
        self
    }

    /// The pieces in order.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.0
    }

    /// The characters alone.
    #[must_use]
    pub fn to_plain(&self) -> String {
        self.0.iter().map(|span| span.text.as_str()).collect()
    }

    fn with(mut self, text: impl Into<String>, style: Style) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.0.push(Span { text, style });
        }
        self
    }
}

/// The longest quotation of what somebody typed, in characters.
pub const MAX_QUOTE: usize = 80;

/// What somebody typed, fit to be shown: one line, no control, zero-width or bidirectional
/// characters, at most [`MAX_QUOTE`] characters.
#[must_use]
pub fn quote(text: &str) -> String {
    let words: Vec<String> = text
        .chars()
        .take(MAX_QUOTE * 8)
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|&c| !is_invisible(c))
        .collect::<String>()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    cut(&words.join(" "), MAX_QUOTE)
}

/// Cuts text to at most `max` characters, with an ellipsis as the last where something is gone,
/// never inside what is read as one character.
#[must_use]
pub fn cut(text: &str, max: usize) -> String {
    use unicode_segmentation::UnicodeSegmentation;
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += grapheme.chars().count();
        if used >= max {
            break;
        }
        kept.push_str(grapheme);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// Whether a character is obeyed, or reorders others, or is not seen, instead of being shown.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_in_a_line_of_the_configuration_is_a_role() {
        let spans = |line: &str| Text::default().and_line(line).spans().to_vec();
        let span = |text: &str, style| Span { text: text.into(), style };
        assert_eq!(
            spans("call <@&42>, ext. 7"),
            [span("call ", Style::Plain), span("42", Style::Role), span(", ext. 7", Style::Plain)]
        );
        for line in ["<@&>", "<@&x>", "<@&1", "<@1>"] {
            assert!(spans(line).iter().all(|span| span.style == Style::Plain), "{line}");
        }
    }

    #[test]
    fn a_quotation_is_one_short_line_of_visible_characters() {
        assert_eq!(quote("a\u{202e}b\n\t c\u{200b}d\u{7}"), "ab cd");
        assert_eq!(quote(&"x".repeat(5000)).chars().count(), MAX_QUOTE);
        assert_eq!(quote("   "), "");
    }

    #[test]
    fn a_cut_never_splits_what_is_read_as_one_character() {
        assert_eq!(cut("manage backups", 20), "manage backups");
        assert_eq!(cut("manage backups", 8), "manage…");
        assert_eq!(cut("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 9), "👩‍👩‍👧‍👦…");
        assert_eq!(cut("👩‍👩‍👧‍👦", 3), "…");
    }
}
