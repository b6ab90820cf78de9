//! An interaction cut down to what we need, so that whatever else Discord sends, today or after
//! its next change, cannot keep serenity's model from reading it.

use serde_json::{Map, Value, json};

const TOP: &[&str] = &["id", "application_id", "type", "token", "guild_id", "channel_id", "locale"];
const DATA: &[&str] =
    &["id", "name", "type", "options", "target_id", "custom_id", "component_type", "values"];
const CHANNEL: &[&str] = &["id", "type", "name", "parent_id"];
const USER: &[&str] = &["id", "username", "global_name"];

/// Only the asker sees the message.
const EPHEMERAL: u64 = 1 << 6;

/// The interaction with what we need as it came, and the rest of the model filled in.
#[must_use]
pub(super) fn reduce(raw: &Value) -> Value {
    let mut reduced = kept(raw, TOP);
    let fixed = json!({ "version": 1, "entitlements": [], "attachment_size_limit": 0 });
    extend(&mut reduced, fixed);
    for (key, reduce) in PARTS {
        if let Some(part) = raw.get(*key).filter(|part| part.is_object()) {
            reduced.insert((*key).to_owned(), reduce(part));
        }
    }
    Value::Object(reduced)
}

type Reduce = fn(&Value) -> Value;

const PARTS: &[(&str, Reduce)] = &[
    ("data", |data| Value::Object(kept(data, DATA))),
    ("channel", |channel| Value::Object(kept(channel, CHANNEL))),
    ("user", user),
    ("member", member),
    ("message", message),
];

fn user(raw: &Value) -> Value {
    let mut user = kept(raw, USER);
    user.insert("avatar".to_owned(), Value::Null);
    Value::Object(user)
}

fn member(raw: &Value) -> Value {
    json!({
        "user": user(raw.get("user").unwrap_or(&Value::Null)),
        "nick": raw.get("nick"),
        "roles": [],
        "joined_at": null,
        "deaf": false,
        "mute": false,
        "flags": 0,
    })
}

/// Our own message that a component stands on; nothing of it matters but who sees it.
fn message(raw: &Value) -> Value {
    json!({
        "id": raw.get("id"),
        "channel_id": raw.get("id"),
        "author": { "id": "1", "username": "raci-bot", "avatar": null },
        "content": "",
        "timestamp": "2015-01-01T00:00:00Z",
        "edited_timestamp": null,
        "tts": false,
        "mention_everyone": false,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "pinned": false,
        "type": 0,
        "flags": raw.get("flags").and_then(Value::as_u64).unwrap_or(0) & EPHEMERAL,
    })
}

fn kept(raw: &Value, keys: &[&str]) -> Map<String, Value> {
    let found = keys.iter().filter_map(|&key| Some((key.to_owned(), raw.get(key)?.clone())));
    found.collect()
}

fn extend(map: &mut Map<String, Value>, more: Value) {
    if let Value::Object(more) = more {
        map.extend(more);
    }
}
