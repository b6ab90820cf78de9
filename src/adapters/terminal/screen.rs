//! What the other end of the output can show.

use std::io::{self, IsTerminal};

/// A terminal narrower than this gets lines of this width all the same.
const MIN_WIDTH: usize = 20;
/// Longer lines are tiring to read, however wide the window.
const MAX_WIDTH: usize = 100;

/// What the other end of the output can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// The columns to wrap lines at; `None` leaves lines whole, as a file or a pipe wants them.
    pub width: Option<usize>,
    /// Whether to colour.
    pub colour: bool,
}

impl Screen {
    /// What standard output is, as the environment has it: `COLUMNS`, `NO_COLOR`,
    /// `CLICOLOR_FORCE`, `CLICOLOR`, `TERM`.
    #[must_use]
    pub fn of_stdout() -> Self {
        Self::now(io::stdout().is_terminal())
    }

    /// The same of standard error.
    #[must_use]
    pub fn of_stderr() -> Self {
        Self::now(io::stderr().is_terminal())
    }

    fn now(is_terminal: bool) -> Self {
        let columns = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        Self::of(is_terminal, columns, |name| std::env::var(name).ok())
    }

    fn of(
        is_terminal: bool,
        columns: Option<usize>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let wish = |name| variable(name).filter(|value| !value.is_empty());
        let asked = wish("COLUMNS").and_then(|columns| columns.parse().ok());
        let measured = columns.filter(|_| is_terminal).map(|columns| columns.min(MAX_WIDTH));
        let can_colour = is_terminal
            && variable("TERM").is_some_and(|term| term != "dumb")
            && variable("CLICOLOR").is_none_or(|wish| wish != "0");
        Self {
            width: asked.or(measured).map(|width| width.max(MIN_WIDTH)),
            // https://no-color.org and https://bixense.com/clicolors
            colour: wish("NO_COLOR").is_none()
                && (can_colour || wish("CLICOLOR_FORCE").is_some_and(|force| force != "0")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(is_terminal: bool, variables: &[(&str, &str)]) -> Screen {
        Screen::of(is_terminal, Some(200), |name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn colour_is_for_terminals_and_for_those_who_insist() {
        for (is_terminal, variables, colour) in [
            (true, &[("TERM", "xterm")][..], true),
            (true, &[("TERM", "dumb")], false),
            (true, &[], false),
            (true, &[("TERM", "xterm"), ("NO_COLOR", "1")], false),
            (true, &[("TERM", "xterm"), ("NO_COLOR", "")], true),
            (true, &[("TERM", "xterm"), ("CLICOLOR", "0")], false),
            (false, &[("TERM", "xterm")], false),
            (false, &[("CLICOLOR_FORCE", "1")], true),
            (false, &[("CLICOLOR_FORCE", "0")], false),
            (false, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false),
        ] {
            assert_eq!(screen(is_terminal, variables).colour, colour, "{variables:?}");
        }
    }

    #[test]
    fn lines_are_wrapped_for_windows_and_left_whole_in_pipes() {
        assert_eq!(screen(false, &[]).width, None);
        assert_eq!(screen(true, &[]).width, Some(MAX_WIDTH));
        assert_eq!(screen(true, &[("COLUMNS", "120")]).width, Some(120));
        assert_eq!(screen(false, &[("COLUMNS", "40")]).width, Some(40));
        assert_eq!(screen(false, &[("COLUMNS", "1")]).width, Some(MIN_WIDTH));
        assert_eq!(screen(false, &[("COLUMNS", "wide")]).width, None);
    }
}
