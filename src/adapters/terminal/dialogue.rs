//! A conversation: what a line means depends on what was shown last.

use super::print::pressable;
use super::slash::{self, Typed};
use crate::bot::Bot;
use crate::commands::{Command, Context, Reply};

/// A conversation with the bot.
#[derive(Debug)]
pub struct Dialogue<'a> {
    bot: &'a Bot,
    context: Context,
    last: Option<Reply>,
}

/// What a line leads to.
#[derive(Debug)]
pub enum Turn<'a> {
    /// An answer.
    Reply(&'a Reply),
    /// Nothing was said.
    Silence,
    /// The end of the conversation.
    Farewell,
}

impl<'a> Dialogue<'a> {
    /// A conversation that starts now.
    #[must_use]
    pub fn new(bot: &'a Bot, context: Context) -> Self {
        Self { bot, context, last: None }
    }

    /// Who is asking.
    #[must_use]
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// What is said to a line: a slash command, a choice's number, a button's name, a question.
    pub fn say(&mut self, line: &str) -> Turn<'_> {
        let line = line.trim();
        if line.is_empty() {
            return Turn::Silence;
        }
        if matches!(line, "/quit" | "/exit") {
            return Turn::Farewell;
        }
        let typed = self
            .last
            .as_ref()
            .and_then(|last| chosen(last, line))
            .map_or_else(|| slash::parse(line), |command| Typed { command, share: None });
        let context = Context { share: typed.share, ..self.context.clone() };
        Turn::Reply(self.last.insert(self.bot.answer(&typed.command, &context)))
    }
}

/// What a line chooses of a reply: a place by its number, or a button by its name.
fn chosen(reply: &Reply, line: &str) -> Option<Command> {
    let by_number = || {
        let number: usize = line.trim_end_matches('.').parse().ok()?;
        let mut choices = reply.menus.iter().flat_map(|menu| &menu.choices);
        Some(choices.nth(number.checked_sub(1)?)?.command.clone())
    };
    let by_name = || {
        pressable(&reply.buttons)
            .find(|button| pressed(&button.label) == pressed(line))
            .map(|button| button.command.clone())
    };
    by_number().or_else(by_name)
}

/// A label as it is typed in a hurry: `not this` for `Not this?`.
fn pressed(label: &str) -> String {
    label.to_lowercase().trim_end_matches(['?', '…', ' ', '\u{a0}']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::reply::{Button, Choice, Menu, Outcome};
    use crate::commands::text::Text;

    fn show(id: &str) -> Command {
        Command::Show { id: id.into(), others: Vec::new() }
    }

    fn reply() -> Reply {
        let button =
            |label: &str, command, enabled| Button { label: label.into(), command, enabled };
        let choice =
            |id: &str| Choice { label: id.into(), detail: String::new(), command: show(id) };
        Reply {
            menus: vec![
                Menu { label: "more".into(), choices: vec![choice("a")] },
                Menu { label: "and more".into(), choices: vec![choice("b")] },
            ],
            buttons: vec![
                button("Next", Command::Help, true),
                button("Previous", Command::Help, false),
                button("Share", Command::Share { id: "a".into(), compared: false }, true),
            ],
            ..Reply::private(Outcome::Browse, Text::default())
        }
    }

    #[test]
    fn numbers_and_names_choose_from_what_was_shown() {
        for (line, expected) in [
            ("1", Some(show("a"))),
            ("2.", Some(show("b"))),
            ("0", None),
            ("3", None),
            ("-1", None),
            ("99999999999999999999999", None),
            ("next", Some(Command::Help)),
            ("previous", None),
            ("share", None),
            ("a", None),
        ] {
            assert_eq!(chosen(&reply(), line), expected, "{line}");
        }
    }
}
