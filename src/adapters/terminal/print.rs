//! A reply as lines of a terminal.

use super::Screen;
use super::paint::{Margin, Tone, harmless, paint};
use crate::commands::reply::{Button, Line, LineKind, Menu, Outcome};
use crate::commands::text::Text;
use crate::commands::{Command, Reply};

/// What becomes of the places that a reply leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Places {
    /// They are named: nobody is there to choose.
    Named,
    /// They are numbered, and the buttons shown, for the next line to choose from.
    Offered,
}

impl Screen {
    /// A reply as lines, each ended.
    #[must_use]
    pub fn show(self, reply: &Reply, places: Places) -> String {
        let mut out = String::new();
        if let Some(preamble) = &reply.preamble {
            out.push_str(&paint(preamble, Tone::Normal, HANGING, self));
        }
        out.push_str(&paint(&reply.headline, Tone::Normal, HANGING, self));
        // Browsing lists its places as items too: they are shown once.
        let listed = reply.outcome == Outcome::Browse && reply.menu.is_some();
        for line in &reply.lines {
            if !(listed && line.kind == LineKind::Item) {
                out.push_str(&self.line(line));
            }
        }
        if let Some(source) = &reply.source {
            // Never wrapped: an address in two pieces cannot be opened.
            out.extend(["  ", &harmless(source), "\n"]);
        }
        if let Some(menu) = &reply.menu {
            out.push_str(&self.menu(menu, places));
        }
        if places == Places::Offered {
            out.push_str(&self.buttons(&reply.buttons));
        }
        out
    }

    fn line(self, line: &Line) -> String {
        let (tone, margin) = match line.kind {
            LineKind::Participation(_) | LineKind::Remark | LineKind::Contact | LineKind::Note => {
                (Tone::Normal, Margin { first: "  ", rest: "    " })
            }
            LineKind::Warning => (Tone::Warning, Margin { first: "  ⚠ ", rest: "    " }),
            LineKind::Provenance | LineKind::Hint => {
                (Tone::Dim, Margin { first: "  ", rest: "    " })
            }
            LineKind::Heading => (Tone::Bold, HANGING),
            LineKind::Item => (Tone::Normal, Margin { first: "  • ", rest: "    " }),
        };
        paint(&line.text, tone, margin, self)
    }

    fn menu(self, menu: &Menu, places: Places) -> String {
        let mut out = paint(&Text::plain(format!("{}:", menu.label)), Tone::Bold, HANGING, self);
        for (number, choice) in (1..).zip(&menu.choices) {
            let first = match places {
                Places::Named => "  • ".to_owned(),
                Places::Offered => format!("{number:>3}. "),
            };
            let margin = Margin { first: &first, rest: "     " };
            let mut text = Text::plain(&choice.label);
            if !choice.detail.is_empty() {
                text = text.and(format!(" — {}", choice.detail));
            }
            out.push_str(&paint(&text, Tone::Normal, margin, self));
        }
        out
    }

    fn buttons(self, buttons: &[Button]) -> String {
        let labels: Vec<String> =
            pressable(buttons).map(|button| format!("[{}]", button.label)).collect();
        if labels.is_empty() {
            return String::new();
        }
        paint(
            &Text::plain(labels.join(" ")),
            Tone::Normal,
            Margin { first: "  ", rest: "  " },
            self,
        )
    }
}

/// The buttons that can be pressed here: a terminal has no channel to share in.
pub(super) fn pressable(buttons: &[Button]) -> impl Iterator<Item = &Button> {
    buttons
        .iter()
        .filter(|button| button.enabled && !matches!(button.command, Command::Share { .. }))
}

const HANGING: Margin<'_> = Margin { first: "", rest: "  " };
