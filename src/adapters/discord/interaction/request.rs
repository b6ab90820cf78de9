//! A raw interaction as a request: what is asked, by whom, from where. Pure, and never fails:
//! what cannot be read is a request too.

use serde_json::Value;
use serenity::model::application::{
    CommandDataOptionValue, CommandInteraction, CommandType, ComponentInteraction,
    ComponentInteractionDataKind, Interaction,
};
use serenity::model::channel::MessageFlags;
use time::Date;

use super::place;
use super::reduce::reduce;
use super::target;
use crate::adapters::discord::custom_id;
use crate::commands::table::{ACTION, Arguments, COMMANDS, MESSAGE_COMMAND, OptionKind, parse};
use crate::commands::{Command, Context};

/// What somebody wants.
#[derive(Debug)]
pub(super) struct Request {
    /// What kind of answer it takes.
    pub(super) ask: Ask,
    /// Who asks, where and when.
    pub(super) context: Context,
}

/// What kind of answer a request takes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ask {
    /// A new message.
    Command(Command),
    /// A changed message, or a new one.
    Component {
        /// What was pressed or chosen.
        command: Command,
        /// Whether only the asker sees the message that it stands on.
        private: bool,
    },
    /// Whatever a button means that this version did not make.
    ForeignButton,
    /// What half-typed text may become.
    Complete {
        /// What the option holds.
        kind: OptionKind,
        /// What was typed so far.
        text: String,
        /// What stands in the service option beside it.
        service: Option<String>,
    },
    /// Completions of something that we do not complete.
    CompleteNothing,
    /// A sign of life.
    Ping,
}

/// Reads an interaction. When serenity's model cannot, the reason comes with the request that is
/// answered instead; it may quote what somebody typed.
pub(super) fn read(raw: &Value, today: Date) -> (Request, Option<String>) {
    let context = place::context(raw, today);
    let fallback = unreadable(raw);
    let (ask, reason) = match serde_json::from_value(reduce(raw)) {
        Ok(Interaction::Command(asked)) => {
            let share = share(&asked);
            let ask = command(&asked, target::text(raw));
            return (Request { ask, context: Context { share, ..context } }, None);
        }
        Ok(Interaction::Autocomplete(asked)) => (complete(&asked), None),
        Ok(Interaction::Component(asked)) => return (component(asked, context), None),
        Ok(Interaction::Ping(_)) => (fallback, None),
        Ok(_) => (fallback, Some("not a kind of interaction that we offer".to_owned())),
        Err(error) => (fallback, Some(error.to_string())),
    };
    (Request { ask, context }, reason)
}

/// What is answered when nothing but the kind of interaction is known.
fn unreadable(raw: &Value) -> Ask {
    match raw.get("type").and_then(Value::as_u64) {
        Some(1) => Ask::Ping,
        Some(4) => Ask::CompleteNothing,
        _ => Ask::Command(Command::Unknown),
    }
}

fn command(asked: &CommandInteraction, text: Option<String>) -> Ask {
    let data = &asked.data;
    Ask::Command(match (data.kind, text) {
        (CommandType::Message, Some(text)) if data.name == MESSAGE_COMMAND => {
            Command::Message { text }
        }
        (CommandType::ChatInput, _) => parse(&data.name, &arguments(asked)),
        _ => Command::Unknown,
    })
}

fn complete(asked: &CommandInteraction) -> Ask {
    let spec = COMMANDS.iter().find(|spec| spec.name == asked.data.name);
    let typed = asked.data.autocomplete().and_then(|typed| {
        let option = spec?.options.iter().find(|option| option.name == typed.name)?;
        Some((option.kind, typed.value.to_owned()))
    });
    let beside = spec.and_then(|spec| {
        let option = spec.options.iter().find(|option| option.kind == OptionKind::Service)?;
        arguments(asked).value(option.name)
    });
    match typed {
        Some((kind, text)) => {
            let service = beside.filter(|_| kind != OptionKind::Service);
            Ask::Complete { kind, text, service }
        }
        None => Ask::CompleteNothing,
    }
}

fn component(asked: ComponentInteraction, context: Context) -> Request {
    let id = match asked.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.into_iter().next(),
        _ => Some(asked.data.custom_id),
    };
    let command = id.and_then(|id| custom_id::decode(&id));
    let flags = asked.message.flags.unwrap_or_default();
    let private = flags.contains(MessageFlags::EPHEMERAL);
    let context = context.on_message(private);
    let ask = command.map_or(Ask::ForeignButton, |command| Ask::Component { command, private });
    Request { ask, context }
}

fn arguments(asked: &CommandInteraction) -> Arguments {
    let mut arguments = Arguments::default();
    for option in &asked.data.options {
        if let CommandDataOptionValue::SubCommand(_) = &option.value {
            arguments.insert(ACTION, option.name.as_str());
        }
        let (CommandDataOptionValue::String(value)
        | CommandDataOptionValue::Autocomplete { value, .. }) = &option.value
        else {
            continue;
        };
        arguments.insert(option.name.as_str(), value.as_str());
    }
    arguments
}

fn share(asked: &CommandInteraction) -> Option<bool> {
    let spec = COMMANDS.iter().find(|spec| spec.name == asked.data.name)?;
    let option = spec.options.iter().find(|option| option.kind == OptionKind::Share)?;
    asked.data.options.iter().find(|given| given.name == option.name)?.value.as_bool()
}

#[cfg(test)]
#[path = "request_tests.rs"]
mod tests;
