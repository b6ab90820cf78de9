//! Interactions as Discord sends them.

use serde_json::{Value, json};

use super::APPLICATION;
use super::world::{Channel, User};

const COMMAND: u8 = 2;
const COMPONENT: u8 = 3;
const AUTOCOMPLETE: u8 = 4;

/// What all interactions have in common. The stand-in adds id and token.
fn interaction(kind: u8, data: &Value, user: &User, channel: &Channel) -> Value {
    let owners = if channel.brought {
        json!({"1": user.id.to_string()})
    } else {
        json!({"0": channel.guild.unwrap_or_default().to_string()})
    };
    let mut body = json!({
        "application_id": APPLICATION.to_string(),
        "type": kind,
        "version": 1,
        "data": data,
        "channel": channel.to_json(),
        "channel_id": channel.id.to_string(),
        "locale": user.locale,
        "app_permissions": "2248473465835073",
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": owners,
        "context": u8::from(channel.guild.is_none()),
        "attachment_size_limit": 10_485_760,
    });
    match channel.guild {
        Some(guild) => {
            body["guild_id"] = json!(guild.to_string());
            body["guild"] = json!({"id": guild.to_string(), "locale": "en-US", "features": []});
            body["guild_locale"] = json!("en-US");
            body["member"] = user.to_member();
        }
        None => body["user"] = user.to_json(),
    }
    body
}

/// A slash command with its options.
pub(crate) fn slash(command: &Value, options: &[Value], user: &User, channel: &Channel) -> Value {
    let mut data = named(command);
    if !options.is_empty() {
        data["options"] = json!(options);
    }
    interaction(COMMAND, &data, user, channel)
}

/// A slash command that is being typed; one of its options is focused.
pub(crate) fn typing(command: &Value, options: &[Value], user: &User, channel: &Channel) -> Value {
    let mut data = named(command);
    data["options"] = json!(options);
    interaction(AUTOCOMPLETE, &data, user, channel)
}

/// A command of a message's menu.
pub(crate) fn on_message(
    command: &Value,
    message: &Value,
    user: &User,
    channel: &Channel,
) -> Value {
    let id = message["id"].as_str().unwrap_or_default();
    let mut data = named(command);
    data["target_id"] = json!(id);
    data["resolved"] = json!({"messages": {id: message}});
    interaction(COMMAND, &data, user, channel)
}

/// A press on a button or a choice in a menu of a message.
pub(crate) fn on_component(
    component: &Value,
    values: Option<&str>,
    message: &Value,
    user: &User,
    channel: &Channel,
) -> Value {
    let mut data = json!({
        "component_type": component["type"],
        "custom_id": component["custom_id"],
        "id": 2,
    });
    if let Some(value) = values {
        data["values"] = json!([value]);
    }
    let mut body = interaction(COMPONENT, &data, user, channel);
    body["message"] = message.clone();
    body
}

/// A message as Discord stores it, made of what the bot sent as answer to an interaction.
pub(crate) fn message(id: &str, interaction: &Value, sent: &Value) -> Value {
    let part = |key: &str, other: Value| match &sent[key] {
        Value::Null => other,
        value => value.clone(),
    };
    json!({
        "id": id,
        "type": 20,
        "channel_id": interaction["channel_id"],
        "application_id": interaction["application_id"],
        "webhook_id": interaction["application_id"],
        "interaction_metadata": metadata(interaction),
        "author": {"id": APPLICATION.to_string(), "username": "raci-bot", "discriminator": "0", "global_name": null, "avatar": null, "bot": true, "public_flags": 0},
        "content": part("content", json!("")),
        "embeds": stored_embeds(&sent["embeds"]),
        "components": part("components", json!([])),
        "flags": part("flags", json!(0)),
        "attachments": part("attachments", json!([])),
        "mentions": [],
        "mention_roles": [],
        "mention_everyone": false,
        "pinned": false,
        "tts": false,
        "timestamp": "2026-11-23T12:00:00.000000+00:00",
        "edited_timestamp": null,
    })
}

/// Who asked for a message, as Discord tells with it.
fn metadata(interaction: &Value) -> Value {
    let member = &interaction["member"]["user"];
    let user = if member.is_object() { member } else { &interaction["user"] };
    json!({
        "id": interaction["id"],
        "type": interaction["type"],
        "user": user,
        "authorizing_integration_owners": interaction["authorizing_integration_owners"],
    })
}

/// What somebody wrote.
pub(crate) fn written(id: &str, text: &str, author: &User, channel: &Channel) -> Value {
    let mut message = message(id, &json!({"channel_id": channel.id.to_string()}), &Value::Null);
    message["type"] = json!(0);
    message["author"] = author.to_json();
    message["content"] = json!(text);
    for key in ["webhook_id", "application_id", "interaction_metadata"] {
        message.as_object_mut().expect("an object").remove(key);
    }
    message
}

fn stored_embeds(embeds: &Value) -> Value {
    let mut embeds = embeds.as_array().cloned().unwrap_or_default();
    for embed in &mut embeds {
        embed["type"] = json!("rich");
    }
    Value::Array(embeds)
}

fn named(command: &Value) -> Value {
    let mut data = json!({"id": command["id"], "name": command["name"], "type": command["type"]});
    if let Value::String(guild) = &command["guild_id"] {
        data["guild_id"] = json!(guild);
    }
    data
}
