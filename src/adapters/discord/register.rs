//! The commands that Discord shows: compared with what is there, and only what differs changed.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Map, Value};
use serenity::builder::{CreateCommand, CreateCommandOption};
use serenity::model::application::{
    CommandOptionType, CommandType, InstallationContext, InteractionContext,
};
use serenity::model::permissions::Permissions;
use tokio::time::sleep;
use tracing::{debug, error, info, warn};

use super::gateway::Fatal;
use super::rest::{Api, Change, Error};
use crate::commands::table::{COMMANDS, MESSAGE_COMMAND, OptionKind, OptionSpec, Spec};
use crate::commands::{Language, admin};

/// The first pause after a failure, doubled with each further one, and the longest.
const PAUSE: (Duration, Duration) = (Duration::from_secs(1), Duration::from_mins(1));
/// The pause between servers that are only looked through, and how many of them are.
const STROLL: Duration = Duration::from_secs(1);
const MAX_STROLL: usize = 100;

/// What Discord calls our languages beside English.
const LOCALES: &[(&str, Language)] = &[("fr", Language::French)];

/// What a description of a command is compared by; the rest is Discord's or the administrator's.
const COMPARED: &[&str] = &[
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "options",
    "nsfw",
    "contexts",
    "integration_types",
    "default_member_permissions",
];

/// What is offered, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// The servers to register in; everywhere when there are none.
    pub guilds: Vec<u64>,
    /// Whether people may install the bot for themselves.
    pub user_installs: bool,
    /// Whether there are operators.
    pub operators: bool,
}

/// Brings the commands that Discord shows in line with ours: in the configured servers, or
/// everywhere when there are none; then takes them away where they would be shown twice.
/// `present` are the servers that the bot is in.
///
/// # Errors
///
/// When Discord refuses the token. Anything else is tried again, or logged.
pub async fn register(
    api: &Api,
    application: u64,
    offer: &Offer,
    present: &[u64],
) -> Result<(), Fatal> {
    let everywhere = offer.guilds.is_empty();
    for &guild in &offer.guilds {
        bring(api, application, Some(guild), &wanted(offer)).await?;
    }
    let global = if everywhere { wanted(offer) } else { Vec::new() };
    bring(api, application, None, &global).await?;
    let configured: BTreeSet<u64> = offer.guilds.iter().copied().collect();
    let others = present.iter().filter(|guild| !configured.contains(guild));
    for &guild in others.take(MAX_STROLL) {
        sleep(STROLL).await;
        bring(api, application, Some(guild), &[]).await?;
    }
    Ok(())
}

/// Brings one place in line, trying until it is done or Discord refuses for good.
async fn bring(
    api: &Api,
    application: u64,
    guild: Option<u64>,
    wanted: &[Value],
) -> Result<(), Fatal> {
    let mut pause = PAUSE.0;
    loop {
        let error = match try_once(api, application, guild, wanted).await {
            Ok(0) => {
                debug!(guild, "commands are as they should be");
                return Ok(());
            }
            Ok(changes) => {
                info!(guild, changes, "commands registered");
                return Ok(());
            }
            Err(Error::Unauthorized) => return Err(Fatal::TOKEN),
            Err(error @ Error::Refused { .. }) if wanted.is_empty() => {
                debug!(guild, %error, "cannot look through commands");
                return Ok(());
            }
            Err(error @ Error::Refused { status: 403 | 404, .. }) => {
                error!(guild, %error, "cannot register commands; hint: is the server's id right, and was the bot invited with the scope `applications.commands`? `raci-bot invite` prints the link");
                return Ok(());
            }
            Err(error @ Error::Refused { .. }) => {
                error!(guild, %error, "cannot register commands; this is a bug in raci-bot");
                return Ok(());
            }
            Err(error) => error,
        };
        let wait = match &error {
            Error::Limited { after } => pause.max(*after),
            _ => pause.mul_f64(0.75 + fastrand::f64() / 4.0),
        };
        api.metrics().retried("registration", error.cause());
        warn!(guild, %error, pause_ms = wait.as_millis() as u64, "cannot register commands yet");
        sleep(wait).await;
        pause = (pause * 2).min(PAUSE.1);
    }
}

/// How many commands were changed.
async fn try_once(
    api: &Api,
    application: u64,
    guild: Option<u64>,
    wanted: &[Value],
) -> Result<usize, Error> {
    let existing = api.commands(application, guild).await?;
    let changes = plan(&existing, wanted);
    for change in &changes {
        api.change_command(application, guild, change).await?;
    }
    Ok(changes.len())
}

/// What to change so that what exists becomes what is wanted.
#[must_use]
pub fn plan(existing: &[Value], wanted: &[Value]) -> Vec<Change> {
    let removed = existing.iter().filter(|old| is_ours(old) && find(wanted, old).is_none());
    let removed = removed.filter_map(|old| Some(Change::Delete(id(old)?)));
    let changed = wanted.iter().filter_map(|new| match find(existing, new) {
        None => Some(Change::Create(new.clone())),
        Some(old) if differs(old, new) => Some(Change::Update(id(old)?, without_type(new))),
        Some(_) => None,
    });
    removed.chain(changed).collect()
}

fn find<'a>(commands: &'a [Value], like: &Value) -> Option<&'a Value> {
    commands.iter().find(|command| key(command) == key(like))
}

/// Kind and name, by which Discord tells commands apart; the kind is a slash command's when missing.
fn key(command: &Value) -> (u64, Option<&str>) {
    let kind = command.get("type").and_then(Value::as_u64).unwrap_or(1);
    (kind, command.get("name").and_then(Value::as_str))
}

fn id(command: &Value) -> Option<String> {
    command.get("id").and_then(Value::as_str).map(str::to_owned)
}

/// Whether a command is one that some version of this program registered. Others may share the
/// application, and keep theirs.
fn is_ours(command: &Value) -> bool {
    match key(command) {
        (1, Some(name)) => name == "raci" || name.starts_with("raci-"),
        (3, Some(name)) => name == MESSAGE_COMMAND,
        _ => false,
    }
}

fn differs(old: &Value, new: &Value) -> bool {
    COMPARED.iter().any(|&key| {
        // Discord fills in the places of a command that does not name them.
        let place = matches!(key, "contexts" | "integration_types" | "default_member_permissions");
        !(place && new.get(key).is_none()) && normal(old.get(key)) != normal(new.get(key))
    })
}

/// A value without what says nothing, so that a missing, an empty and a false one are the same.
fn normal(value: Option<&Value>) -> Value {
    match value {
        Some(Value::Object(map)) => {
            let kept = map.iter().filter(|(key, _)| !key.ends_with("_localized"));
            let kept = kept.map(|(key, value)| (key.clone(), normal(Some(value))));
            let kept: Map<String, Value> = kept.filter(|(_, value)| !value.is_null()).collect();
            if kept.is_empty() { Value::Null } else { Value::Object(kept) }
        }
        Some(Value::Array(list)) if list.is_empty() => Value::Null,
        Some(Value::Array(list)) => list.iter().map(|value| normal(Some(value))).collect(),
        Some(Value::String(text)) if text.is_empty() => Value::Null,
        None | Some(Value::Bool(false)) => Value::Null,
        Some(value) => value.clone(),
    }
}

fn without_type(command: &Value) -> Value {
    let mut command = command.clone();
    if let Some(map) = command.as_object_mut() {
        map.remove("type");
    }
    command
}

/// Our commands as Discord wants them; only global ones say where they may be used.
#[must_use]
pub fn wanted(offer: &Offer) -> Vec<Value> {
    let slash = COMMANDS.iter().map(slash).map(|command| placed(command, offer));
    let message = CreateCommand::new(MESSAGE_COMMAND).kind(CommandType::Message);
    let message = LOCALES.iter().fold(message, |message, &(locale, language)| {
        message.name_localized(locale, language.named(MESSAGE_COMMAND))
    });
    let admin = offer.operators.then(|| of_operators(offer));
    let all = slash.chain(admin).chain([placed(message, offer)]);
    all.filter_map(|command| serde_json::to_value(command).ok())
        .map(|command| said(&command))
        .collect()
}

fn placed(command: CreateCommand, offer: &Offer) -> CreateCommand {
    match offer {
        Offer { guilds, .. } if !guilds.is_empty() => command,
        Offer { user_installs: false, .. } => command
            .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
            .integration_types(vec![InstallationContext::Guild]),
        Offer { user_installs: true, .. } => command
            .contexts(vec![
                InteractionContext::Guild,
                InteractionContext::BotDm,
                InteractionContext::PrivateChannel,
            ])
            .integration_types(vec![InstallationContext::Guild, InstallationContext::User]),
    }
}

/// The operators' command, which Discord shows to administrators alone until they say otherwise,
/// and not in direct messages, where it would show it to everybody.
fn of_operators(offer: &Offer) -> CreateCommand {
    let describe = |option: CreateCommandOption, description: fn(Language) -> &'static str| {
        LOCALES.iter().fold(option, |option, &(locale, language)| {
            option.description_localized(locale, description(language))
        })
    };
    let actions = admin::ACTIONS.iter().map(|action| {
        let description = (action.description)(Language::English);
        let kind = CommandOptionType::SubCommand;
        describe(CreateCommandOption::new(kind, action.name, description), action.description)
    });
    let command = CreateCommand::new(admin::NAME)
        .kind(CommandType::ChatInput)
        .description(admin::description(Language::English))
        .default_member_permissions(Permissions::empty());
    let command = LOCALES.iter().fold(command, |command, &(locale, language)| {
        command.description_localized(locale, admin::description(language))
    });
    let command = command.set_options(actions.collect());
    if offer.guilds.is_empty() {
        command
            .contexts(vec![InteractionContext::Guild])
            .integration_types(vec![InstallationContext::Guild])
    } else {
        command
    }
}

/// A command without what says nothing, which Discord refuses in part; but what it might still
/// have from an older version is taken back.
fn said(command: &Value) -> Value {
    let mut said = normal(Some(command));
    if let Some(map) = said.as_object_mut() {
        map.insert("nsfw".to_owned(), Value::Bool(false));
        if map.get("type") == Some(&Value::from(1)) {
            map.entry("options").or_insert_with(|| Value::Array(Vec::new()));
        }
    }
    said
}

fn slash(spec: &Spec) -> CreateCommand {
    let command = CreateCommand::new(spec.name)
        .kind(CommandType::ChatInput)
        .description((spec.description)(Language::English));
    let command = LOCALES.iter().fold(command, |command, &(locale, language)| {
        command
            .name_localized(locale, language.named(spec.name))
            .description_localized(locale, (spec.description)(language))
    });
    command.set_options(spec.options.iter().map(option).collect())
}

fn option(spec: &OptionSpec) -> CreateCommandOption {
    let (kind, complete) = match spec.kind {
        OptionKind::Activity
        | OptionKind::Service
        | OptionKind::Party
        | OptionKind::Participation => (CommandOptionType::String, true),
        OptionKind::Share => (CommandOptionType::Boolean, false),
    };
    let option = CreateCommandOption::new(kind, spec.name, (spec.description)(Language::English))
        .required(spec.required)
        .set_autocomplete(complete);
    LOCALES.iter().fold(option, |option, &(locale, language)| {
        option
            .name_localized(locale, language.named(spec.name))
            .description_localized(locale, (spec.description)(language))
    })
}

#[cfg(test)]
#[path = "register_tests.rs"]
mod tests;
