//! A raw interaction as a request: what is asked, by whom, from where. Pure, and never fails:
//! what cannot be read is a request too.

use serde_json::Value;
use serenity::model::application::{
    CommandDataOptionValue, CommandInteraction, CommandType, ComponentInteraction,
    ComponentInteractionDataKind, Interaction,
};
use serenity::model::channel::{ChannelType, MessageFlags, PartialChannel};
use serenity::model::guild::Member;
use serenity::model::user::User;
use time::Date;

use super::reduce::reduce;
use super::target;
use crate::adapters::discord::custom_id;
use crate::commands::table::{Arguments, COMMANDS, MESSAGE_COMMAND, OptionKind, parse};
use crate::commands::{Channel, Command, Context, Language};

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
    let fallback = unreadable(raw, today);
    match serde_json::from_value(reduce(raw)) {
        Ok(Interaction::Command(asked)) => (command(&asked, target::text(raw), today), None),
        Ok(Interaction::Autocomplete(asked)) => (complete(&asked, today), None),
        Ok(Interaction::Component(asked)) => (component(asked, today), None),
        Ok(Interaction::Ping(_)) => (fallback, None),
        Ok(_) => (fallback, Some("not a kind of interaction that we offer".to_owned())),
        Err(error) => (fallback, Some(error.to_string())),
    }
}

/// What is answered when nothing but the kind of interaction is known.
fn unreadable(raw: &Value, today: Date) -> Request {
    let text = |key| raw.get(key).and_then(Value::as_str);
    let ask = match raw.get("type").and_then(Value::as_u64) {
        Some(1) => Ask::Ping,
        Some(4) => Ask::CompleteNothing,
        _ => Ask::Command(Command::Unknown),
    };
    let channel = text("channel_id").map(|id| Channel { id: id.to_owned(), ..Channel::default() });
    let language = Language::of_locale(text("locale").unwrap_or_default());
    Request { ask, context: Context { language, today, channel, share: None, asker: None } }
}

fn command(asked: &CommandInteraction, text: Option<String>, today: Date) -> Request {
    let data = &asked.data;
    let command = match (data.kind, text) {
        (CommandType::Message, Some(text)) if data.name == MESSAGE_COMMAND => {
            Command::Message { text }
        }
        (CommandType::ChatInput, _) => parse(&data.name, &arguments(asked)),
        _ => Command::Unknown,
    };
    let mut context = command_context(asked, today);
    context.share = share(asked);
    Request { ask: Ask::Command(command), context }
}

fn complete(asked: &CommandInteraction, today: Date) -> Request {
    let spec = COMMANDS.iter().find(|spec| spec.name == asked.data.name);
    let typed = asked.data.autocomplete().and_then(|typed| {
        let option = spec?.options.iter().find(|option| option.name == typed.name)?;
        Some((option.kind, typed.value.to_owned()))
    });
    let beside = spec.and_then(|spec| {
        let option = spec.options.iter().find(|option| option.kind == OptionKind::Service)?;
        arguments(asked).value(option.name)
    });
    let ask = match typed {
        Some((kind, text)) => {
            let service = beside.filter(|_| kind != OptionKind::Service);
            Ask::Complete { kind, text, service }
        }
        None => Ask::CompleteNothing,
    };
    Request { ask, context: command_context(asked, today) }
}

fn component(asked: ComponentInteraction, today: Date) -> Request {
    let id = match asked.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.into_iter().next(),
        _ => Some(asked.data.custom_id),
    };
    let command = id.and_then(|id| custom_id::decode(&id));
    let flags = asked.message.flags.unwrap_or_default();
    let private = flags.contains(MessageFlags::EPHEMERAL);
    let context = Context {
        language: Language::of_locale(&asked.locale),
        today,
        channel: Some(channel(asked.channel_id.get(), asked.channel.as_ref())),
        // What follows is seen by those who see the message that it follows from.
        share: Some(!private),
        asker: Some(name(asked.member.as_ref(), &asked.user)),
    };
    let ask = command.map_or(Ask::ForeignButton, |command| Ask::Component { command, private });
    Request { ask, context }
}

fn command_context(asked: &CommandInteraction, today: Date) -> Context {
    Context {
        language: Language::of_locale(&asked.locale),
        today,
        channel: Some(channel(asked.channel_id.get(), asked.channel.as_ref())),
        share: None,
        asker: Some(name(asked.member.as_deref(), &asked.user)),
    }
}

fn arguments(asked: &CommandInteraction) -> Arguments {
    let mut arguments = Arguments::default();
    for option in &asked.data.options {
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

fn channel(id: u64, known: Option<&PartialChannel>) -> Channel {
    let thread = |channel: &&PartialChannel| {
        matches!(
            channel.kind,
            ChannelType::NewsThread | ChannelType::PublicThread | ChannelType::PrivateThread
        )
    };
    Channel {
        id: id.to_string(),
        name: known.and_then(|channel| channel.name.clone()),
        // Of other channels the parent is a category.
        parent: known.filter(thread).and_then(|thread| thread.parent_id).map(|id| id.to_string()),
    }
}

fn name(member: Option<&Member>, user: &User) -> String {
    let nick = member.and_then(|member| member.nick.as_deref());
    nick.or(user.global_name.as_deref()).unwrap_or(&user.name).to_owned()
}

#[cfg(test)]
#[path = "request_tests.rs"]
mod tests;
