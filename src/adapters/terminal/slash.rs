//! A line as it is typed into a chat: a slash command with its options, or a question.

use crate::commands::table::{self, Arguments, COMMANDS, OptionKind, OptionSpec, Spec};
use crate::commands::{Command, Shelf, admin};

/// Stands for a message's menu, of which a terminal has none: what follows is the message.
pub(super) const MESSAGE: &str = "message";

/// What a line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The command.
    pub command: Command,
    /// What it says about who should see the answer.
    pub share: Option<bool>,
}

/// Reads a line: `/raci backups service:kms`, `/raci-duties OVHcloud as:A`, `backups`.
///
/// An option's value reaches to the next option or, in double quotes, to the closing quote. What
/// stands before the first option, or after a quoted value, belongs to the command's first option.
#[must_use]
pub fn parse(line: &str) -> Typed {
    let line = line.trim();
    let Some(slash) = line.strip_prefix('/') else { return Typed::question(line) };
    let (name, rest) = slash.split_once(char::is_whitespace).unwrap_or((slash, ""));
    let name = name.to_lowercase();
    if name == admin::NAME {
        let command = admin::named(rest).map_or(Command::Unknown, Command::Admin);
        return Typed { command, share: None };
    }
    if name == MESSAGE {
        return Typed { command: Command::Message { text: rest.to_owned() }, share: None };
    }
    let Some(spec) = COMMANDS.iter().find(|spec| spec.is_called(&name)) else {
        return Typed { command: Command::Unknown, share: None };
    };
    let arguments = arguments(spec, rest);
    let share = spec.options.iter().find(|option| option.kind == OptionKind::Share);
    Typed {
        command: table::parse(spec.name, &arguments),
        share: share
            .and_then(|option| arguments.value(option.name))
            .and_then(|value| truth(&value)),
    }
}

impl Typed {
    fn question(text: &str) -> Self {
        let command = if text.is_empty() {
            Command::Browse { at: Shelf::Services { page: 0 } }
        } else {
            Command::Ask { text: text.to_owned(), service: None }
        };
        Self { command, share: None }
    }
}

/// The option whose value the end of `rest` belongs to, and where that value starts.
pub(super) fn open_option<'a>(spec: &'a Spec, rest: &str) -> Option<(&'a OptionSpec, usize)> {
    let last = values(spec, rest).pop()?;
    Some((last.option, last.start))
}

/// The value that stands in the option of this kind.
pub(super) fn value(spec: &Spec, rest: &str, kind: OptionKind) -> Option<String> {
    let option = spec.options.iter().find(|option| option.kind == kind)?;
    arguments(spec, rest).value(option.name)
}

/// A value in a line, and the option that it belongs to.
struct Value<'a> {
    option: &'a OptionSpec,
    /// Where its text starts, in bytes.
    start: usize,
    /// Where its text ends.
    end: usize,
}

fn arguments(spec: &Spec, rest: &str) -> Arguments {
    let mut texts: Vec<(&str, String)> = Vec::new();
    for value in values(spec, rest) {
        let text = rest[value.start..value.end].trim();
        match texts.iter_mut().find(|(name, _)| *name == value.option.name) {
            Some((_, known)) => *known = format!("{known} {text}"),
            None => texts.push((value.option.name, text.to_owned())),
        }
    }
    let mut arguments = Arguments::default();
    for (name, text) in texts {
        arguments.insert(name, text);
    }
    arguments
}

/// The values in order; the last one reaches to the end of the line.
fn values<'a>(spec: &'a Spec, rest: &str) -> Vec<Value<'a>> {
    let Some(first) = spec.options.first() else { return Vec::new() };
    let mut values = vec![Value { option: first, start: 0, end: rest.len() }];
    let mut at = 0;
    while at < rest.len() {
        let key = starts_word(rest, at).then(|| key_at(spec, &rest[at..])).flatten();
        let Some((option, length)) = key else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        if let Some(open) = values.last_mut() {
            open.end = at;
        }
        at += length;
        match rest[at..].strip_prefix('"').and_then(|quoted| quoted.find('"')) {
            Some(length) => {
                let end = at + 1 + length;
                values.push(Value { option, start: at + 1, end });
                at = end + 1;
                values.push(Value { option: first, start: at, end: rest.len() });
            }
            None => values.push(Value { option, start: at, end: rest.len() }),
        }
    }
    values
}

fn starts_word(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_none_or(char::is_whitespace)
}

/// The option whose `name:` a text starts with, and how long that is in bytes.
fn key_at<'a>(spec: &'a Spec, text: &str) -> Option<(&'a OptionSpec, usize)> {
    let end = text.find(|c: char| c == ':' || c.is_whitespace())?;
    let key = &text[..end];
    text[end..].starts_with(':').then_some(())?;
    let option = spec.options.iter().find(|option| option.is_called(key))?;
    Some((option, key.len() + 1))
}

fn truth(word: &str) -> Option<bool> {
    match word.to_lowercase().as_str() {
        "true" | "yes" | "oui" | "1" => Some(true),
        "false" | "no" | "non" | "0" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::Admin;

    fn ask(text: &str, service: Option<&str>) -> Command {
        Command::Ask { text: text.into(), service: service.map(str::to_owned) }
    }

    #[test]
    fn a_line_is_read_as_in_team_chat() {
        let browse = Command::Browse { at: Shelf::Services { page: 0 } };
        for (line, expected) in [
            ("backups", ask("backups", None)),
            ("  who handles: backups? ", ask("who handles: backups?", None)),
            ("/raci backups", ask("backups", None)),
            ("/RACI backups", ask("backups", None)),
            ("/raci backups service:kms", ask("backups", Some("kms"))),
            ("/raci activity:backups service:kms", ask("backups", Some("kms"))),
            (
                "/raci manage backups service:Public Cloud",
                ask("manage backups", Some("Public Cloud")),
            ),
            ("/raci service:\"Public Cloud\" backups", ask("backups", Some("Public Cloud"))),
            (
                "/raci service:\"Public Cloud",
                Command::Browse {
                    at: Shelf::Service { service: "\"Public Cloud".into(), page: 0 },
                },
            ),
            ("/raci my-service:kms", ask("my-service:kms", None)),
            ("/raci who handles: backups", ask("who handles: backups", None)),
            ("/raci é: à service:é", ask("é: à", Some("é"))),
            ("/raci", browse.clone()),
            ("/raci share:yes", browse),
            ("/raci-help", Command::Help),
            ("/raci-help me", Command::Help),
            ("/raci-admin Status ", Command::Admin(Admin::Status)),
            ("/raci-admin", Command::Unknown),
            ("/raci-admin stop", Command::Unknown),
            ("/", Command::Unknown),
            ("/rm -rf", Command::Unknown),
        ] {
            assert_eq!(parse(line).command, expected, "{line}");
        }
    }

    #[test]
    fn duties_take_a_party_and_how_it_takes_part() {
        let expected = Command::Duties {
            party: "OVHcloud".into(),
            participation: Some("A".into()),
            service: Some("kms".into()),
            page: 0,
        };
        assert_eq!(parse("/raci-duties OVHcloud as:A service:kms").command, expected);
        assert_eq!(parse("/raci-duties service:kms as:A party:OVHcloud").command, expected);
    }

    #[test]
    fn who_sees_the_answer_is_not_part_of_the_command() {
        let typed = parse("/raci backups share:true");
        assert_eq!(typed, Typed { command: ask("backups", None), share: Some(true) });
        assert_eq!(parse("/raci backups share:no").share, Some(false));
        assert_eq!(parse("/raci backups share:perhaps").share, None);
    }
}
