//! A reply as lines of a terminal.

use super::Screen;
use super::paint::{Margin, Tone, harmless, paint};
use crate::commands::reply::{Button, Choice, Line, LineKind, Menu, Outcome, Picture};
use crate::commands::text::Text;
use crate::commands::{Command, Language, Reply};

/// How many places are named beside an answer that cannot be chosen from.
const MAX_NAMED: usize = 3;

/// What becomes of the places that a reply leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Places {
    /// The first few are named, unless the reply itself does: nobody is there to choose.
    Named,
    /// All are numbered, and the buttons shown, for the next line to choose from.
    Offered,
}

impl Screen {
    /// A reply as lines, each ended.
    #[must_use]
    pub fn show(self, reply: &Reply, places: Places, language: Language) -> String {
        let mut out = String::new();
        if let Some(preamble) = &reply.preamble {
            out.push_str(&paint(preamble, Tone::Normal, HANGING, self));
        }
        out.push_str(&paint(&reply.headline, Tone::Normal, HANGING, self));
        let numbered = places == Places::Offered && lists_its_places(reply);
        let mut number = 0;
        for line in &reply.lines {
            if numbered && line.kind == LineKind::Item {
                number += 1;
                out.push_str(&self.numbered(number, &line.text));
            } else {
                out.push_str(&self.line(line));
            }
        }
        if let Some(source) = &reply.source {
            // Never wrapped: an address in two pieces cannot be opened.
            out.extend(["  ", &harmless(source), "\n"]);
        }
        if let Some(picture) = &reply.picture {
            out.push_str(&paint(&drawn_by(picture), Tone::Dim, HANGING, self));
        }
        out.push_str(&match places {
            Places::Named => self.names_of(reply, language),
            Places::Offered if numbered => String::new(),
            Places::Offered => self.numbers(&reply.menus, language),
        });
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

    /// The places that the reply does not name already; a comparison names its services.
    fn names_of(self, reply: &Reply, language: Language) -> String {
        let named = usize::from(reply.outcome == Outcome::Comparison);
        reply
            .menus
            .iter()
            .skip(named)
            .map(|menu| self.names(menu, &reply.lines, language))
            .collect()
    }

    /// The places that the lines do not name already.
    fn names(self, menu: &Menu, lines: &[Line], language: Language) -> String {
        let lines: Vec<String> = lines.iter().map(|line| line.text.to_plain()).collect();
        let is_new = |choice: &&Choice| !lines.iter().any(|line| line.contains(&choice.label));
        let new: Vec<&Choice> = menu.choices.iter().filter(is_new).collect();
        if new.is_empty() {
            return String::new();
        }
        let margin = Margin { first: "  • ", rest: "    " };
        let mut out = self.label(menu, language);
        for choice in new.iter().take(MAX_NAMED) {
            out.push_str(&paint(&place(choice), Tone::Normal, margin, self));
        }
        if new.len() > MAX_NAMED {
            out.push_str("  …\n");
        }
        out
    }

    /// The places of all menus, numbered through.
    fn numbers(self, menus: &[Menu], language: Language) -> String {
        let mut out = String::new();
        let mut number = 0;
        for menu in menus {
            out.push_str(&self.label(menu, language));
            for choice in &menu.choices {
                number += 1;
                out.push_str(&self.numbered(number, &place(choice)));
            }
        }
        out
    }

    fn numbered(self, number: usize, text: &Text) -> String {
        let margin = Margin { first: &format!("{number:>3}. "), rest: "     " };
        paint(text, Tone::Normal, margin, self)
    }

    fn label(self, menu: &Menu, language: Language) -> String {
        let label = format!("{}{}", menu.label.trim_end_matches('…'), language.colon().trim_end());
        paint(&Text::plain(label), Tone::Bold, HANGING, self)
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

/// The command line that draws a picture: a terminal shows none.
fn drawn_by(picture: &Picture) -> Text {
    let section = picture.title.as_deref().unwrap_or_default();
    // Titles with quotes of their own are found by what stands before them.
    let section = section.split(['\'', '"', '\\', '$', '`']).next().unwrap_or_default().trim();
    let section =
        if section.is_empty() { String::new() } else { format!(" --section \"{section}\"") };
    Text::plain(format!("  raci-bot export {}{section} -o {0}.png", picture.service))
}

/// Whether a reply's items are its menu's places, in the same order: they are shown once.
fn lists_its_places(reply: &Reply) -> bool {
    let items = reply.lines.iter().filter(|line| line.kind == LineKind::Item).count();
    matches!(reply.outcome, Outcome::Browse | Outcome::Duties)
        && matches!(&reply.menus[..], [menu] if menu.choices.len() == items)
}

fn place(choice: &Choice) -> Text {
    let text = Text::plain(&choice.label);
    if choice.detail.is_empty() { text } else { text.and(" — ").and(&choice.detail) }
}

/// The buttons that can be pressed here: a terminal has no channel to share in.
pub(super) fn pressable(buttons: &[Button]) -> impl Iterator<Item = &Button> {
    let is_here =
        |command: &Command| !matches!(command, Command::Share { .. } | Command::Delete { .. });
    buttons.iter().filter(move |button| button.enabled && is_here(&button.command))
}

const HANGING: Margin<'_> = Margin { first: "", rest: "  " };

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: Screen = Screen { width: None, colour: false };

    fn reply(outcome: Outcome, labels: &[&str]) -> Reply {
        let choice = |label: &&str| Choice {
            label: (*label).into(),
            detail: "Somewhere".into(),
            command: Command::Help,
        };
        let button =
            |label: &str, command, enabled| Button { label: label.into(), command, enabled };
        Reply {
            preamble: Some(Text::plain("A guess:")),
            source: Some("https://example.org/\u{1b}[31m".into()),
            menus: vec![Menu {
                label: "Other matches…".into(),
                choices: labels.iter().map(choice).collect(),
            }],
            buttons: vec![
                button("Next", Command::Help, true),
                button("Up", Command::Help, false),
                button("Share", Command::Share { id: String::new(), compared: false }, true),
            ],
            ..Reply::private(outcome, Text::strong("It is them."))
        }
        .line(LineKind::Warning, Text::plain("Odd."))
        .line(LineKind::Item, Text::plain("Alpha"))
    }

    #[test]
    fn an_answer_for_nobody_to_choose_from_names_what_it_did_not_say() {
        let shown = SCREEN.show(
            &reply(Outcome::Answer, &["Alpha", "B", "C", "D", "E"]),
            Places::Named,
            Language::English,
        );
        assert_eq!(
            shown,
            "A guess:\nIt is them.\n  ⚠ Odd.\n  • Alpha\n  https://example.org/[31m\n\
             Other matches:\n  • B — Somewhere\n  • C — Somewhere\n  • D — Somewhere\n  …\n"
        );
    }

    #[test]
    fn places_are_numbered_where_the_next_line_can_choose() {
        let shown =
            SCREEN.show(&reply(Outcome::Browse, &["Alpha"]), Places::Offered, Language::English);
        assert_eq!(
            shown,
            "A guess:\nIt is them.\n  ⚠ Odd.\n  1. Alpha\n  https://example.org/[31m\n  [Next]\n"
        );
        let shown =
            SCREEN.show(&reply(Outcome::Answer, &["B"]), Places::Offered, Language::English);
        assert!(shown.ends_with("Other matches:\n  1. B — Somewhere\n  [Next]\n"), "{shown}");
    }

    #[test]
    fn what_is_said_already_is_not_said_again() {
        let shown =
            SCREEN.show(&reply(Outcome::Suggestions, &["Alpha"]), Places::Named, Language::English);
        assert!(!shown.contains("Other matches"), "{shown}");
    }
}
