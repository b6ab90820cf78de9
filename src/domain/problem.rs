//! A fault in a file that somebody wrote: where, what, and what would be right.

use std::fmt;
use std::path::PathBuf;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file is used as it stands, and something about it is odd.
    Warning,
    /// Nothing is wrong; it is good to know.
    Note,
}

impl Severity {
    /// Every severity, the worst first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Note];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A position in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file as it was named to us.
    pub file: PathBuf,
    /// The line, from 1; 0 where the whole file is meant.
    pub line: u32,
    /// The column in characters, from 1; 0 where the whole line is meant.
    pub column: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
            if self.column > 0 {
                write!(f, ":{}", self.column)?;
            }
        }
        Ok(())
    }
}

/// A fault in a data file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it is.
    pub place: Place,
    /// How bad it is.
    pub severity: Severity,
    /// The rule that was broken: `unknown-key`, `two-accountable`.
    pub rule: &'static str,
    /// What is wrong, a lower-case fragment with literals in backticks.
    pub message: String,
    /// What would be right.
    pub hint: Option<String>,
    /// The line it is in and how many characters of it are meant, for the caret.
    pub excerpt: Option<Excerpt>,
}

/// The line of a file that a problem points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The line's text without its end; of a long line, the part around the place.
    pub text: String,
    /// The character of `text` that the caret stands under, from 0.
    pub start: u32,
    /// How many characters are meant, from there on; at least 1.
    pub width: u32,
}

impl Excerpt {
    /// The most characters of a line that are shown.
    pub const MAX: usize = 160;

    /// What of a line to show for a place in it: `column` as in [`Place`], `width` in characters.
    ///
    /// Characters that a terminal would act on are replaced.
    #[must_use]
    pub fn of_line(line: &str, column: u32, width: u32) -> Self {
        let start = column.max(1) as usize - 1;
        let before = if start > Self::MAX / 2 { Self::MAX / 4 } else { start };
        let skipped = start - before;
        let mut text: String =
            line.chars().skip(skipped).take(Self::MAX).map(visible).collect::<String>();
        if skipped > 0 {
            text.replace_range(..text.chars().next().map_or(0, char::len_utf8), "…");
        }
        let length = text.chars().count();
        let start = before.min(length);
        let width = (width as usize).clamp(1, length.saturating_sub(start).max(1));
        let cap = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { text, start: cap(start), width: cap(width) }
    }
}

fn visible(c: char) -> char {
    match c {
        '\t' => ' ',
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}

impl Problem {
    /// The column after the last character that is meant, from 1; none where that is unknown.
    #[must_use]
    pub fn end_column(&self) -> Option<u32> {
        let width = self.excerpt.as_ref()?.width;
        (self.place.column > 0).then(|| self.place.column.saturating_add(width))
    }

    /// The order in which problems are shown: by file, line, column, the worst first.
    pub fn sort(problems: &mut [Self]) {
        problems.sort_by(|a, b| {
            (&a.place, a.severity, a.rule, &a.message)
                .cmp(&(&b.place, b.severity, b.rule, &b.message))
        });
    }
}

impl fmt::Display for Problem {
    /// One line: `data/x.yaml:3:5: error: unknown key `foo` (hint: …)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = self.severity.name();
        write!(f, "{}: {severity}: {}", self.place, self.message)?;
        if let Some(hint) = &self.hint {
            write!(f, " (hint: {hint})")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_the_line_with_the_caret_under_the_place() {
        let excerpt = Excerpt::of_line("  naem: x", 3, 4);
        assert_eq!(excerpt, Excerpt { text: "  naem: x".into(), start: 2, width: 4 });
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let line = format!("{}é!{}", "a".repeat(500), "b".repeat(500));
        let excerpt = Excerpt::of_line(&line, 501, 2);
        assert_eq!(excerpt.text.chars().count(), Excerpt::MAX);
        let meant: String = excerpt.text.chars().skip(excerpt.start as usize).take(2).collect();
        assert_eq!((meant.as_str(), excerpt.width), ("é!", 2));
        assert!(excerpt.text.starts_with("…a"));
    }

    #[test]
    fn a_place_past_the_end_or_before_the_start_is_no_fault() {
        assert_eq!(Excerpt::of_line("ab", 9, 5), Excerpt { text: "ab".into(), start: 2, width: 1 });
        assert_eq!(Excerpt::of_line("", 0, 0), Excerpt { text: String::new(), start: 0, width: 1 });
    }

    #[test]
    fn nothing_in_an_excerpt_steers_a_terminal() {
        assert_eq!(Excerpt::of_line("a\u{1b}[2J\u{202e}\tb", 1, 1).text, "a\u{fffd}[2J\u{fffd} b");
    }
}
