//! Who asks and where, from the interaction itself: no request is made, and what Discord leaves
//! out, or sends in a new shape, is not known.

use serde_json::Value;
use time::Date;

use crate::adapters::discord::custom_id;
use crate::commands::{Asker, Channel, Command, Context, Language, Viewer};

/// The types of channel that are threads; of others the parent is a category.
const THREADS: std::ops::RangeInclusive<u64> = 10..=12;
/// The permissions to delete what others post: `MANAGE_MESSAGES`, and `ADMINISTRATOR`.
const MODERATES: u64 = 1 << 13 | 1 << 3;
/// What Discord calls a bot that a server has installed, among the owners of an interaction.
const GUILD_INSTALL: &str = "0";
/// Only the asker sees the message.
const EPHEMERAL: u64 = 1 << 6;

/// Who asks, where and when.
#[must_use]
pub(super) fn context(raw: &Value, today: Date) -> Context {
    let language = Language::of_locale(raw["locale"].as_str().unwrap_or_default());
    Context {
        channel: channel(raw),
        asker: asker(raw),
        poster: poster(&raw["message"]),
        viewer: viewer(raw),
        ..Context::new(language, today)
    }
}

fn channel(raw: &Value) -> Option<Channel> {
    let known = &raw["channel"];
    let is_thread = known["type"].as_u64().is_some_and(|kind| THREADS.contains(&kind));
    Some(Channel {
        id: text(&raw["channel_id"]).or_else(|| text(&known["id"]))?,
        name: text(&known["name"]),
        parent: text(&known["parent_id"]).filter(|_| is_thread),
    })
}

fn asker(raw: &Value) -> Option<Asker> {
    let member = &raw["member"];
    let user = if member["user"].is_object() { &member["user"] } else { &raw["user"] };
    let names = [&member["nick"], &user["global_name"], &user["username"]];
    let permissions = text(&member["permissions"]).and_then(|bits| bits.parse::<u64>().ok());
    Some(Asker {
        id: text(&user["id"])?,
        name: names.into_iter().find_map(text).unwrap_or_default(),
        moderates: permissions.is_some_and(|bits| bits & MODERATES != 0),
    })
}

/// What decides what may be seen; what cannot be read lets nobody in.
fn viewer(raw: &Value) -> Viewer {
    let owners = raw["authorizing_integration_owners"].as_object();
    Viewer {
        owner: false,
        guild: text(&raw["guild_id"]),
        roles: list(&raw["member"]["roles"]).iter().filter_map(text).collect(),
        user_install: owners
            .is_some_and(|owners| !owners.is_empty() && !owners.contains_key(GUILD_INSTALL)),
    }
}

/// Who posted the public message that a button or menu stands on, by asking or by sharing: Discord
/// says so, or else the message's own button to delete it.
fn poster(message: &Value) -> Option<String> {
    if message["flags"].as_u64().unwrap_or_default() & EPHEMERAL != 0 {
        return None;
    }
    text(&message["interaction_metadata"]["user"]["id"]).or_else(|| deletable_by(message))
}

fn deletable_by(message: &Value) -> Option<String> {
    let buttons = list(&message["components"]).iter().flat_map(|row| list(&row["components"]));
    let ids = buttons.filter_map(|button| button["custom_id"].as_str());
    ids.filter_map(custom_id::decode).find_map(|command| match command {
        Command::Delete { poster } => Some(poster),
        _ => None,
    })
}

/// A value that is text; Discord's ids are, but a number will do.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use time::macros::date;

    use super::*;

    fn of(raw: &Value) -> Context {
        context(raw, date!(2026 - 11 - 23))
    }

    #[test]
    fn a_member_has_permissions_and_a_user_has_none() {
        let user = json!({ "id": "11", "username": "ada", "global_name": "Ada" });
        let raw = |permissions: u64| {
            json!({ "member": {
                "user": user, "nick": null, "permissions": permissions.to_string(),
            } })
        };
        let ada = Asker { id: "11".into(), name: "Ada".into(), ..Asker::default() };
        let member = |moderates| Asker { moderates, ..ada.clone() };
        assert_eq!(of(&raw(1 << 13)).asker, Some(member(true)));
        assert_eq!(of(&raw(1 << 3)).asker, Some(member(true)));
        assert_eq!(of(&raw(!MODERATES)).asker, Some(member(false)));
        assert_eq!(of(&json!({ "user": user })).asker, Some(ada));
        assert_eq!(of(&json!({})).asker, None);
    }

    #[test]
    fn a_thread_belongs_to_a_channel_and_a_channel_to_a_category() {
        let of = |kind: u64| {
            let channel = json!({ "id": "8", "type": kind, "name": "n", "parent_id": "7" });
            of(&json!({ "channel_id": "8", "channel": channel })).channel
        };
        let channel = |parent: Option<&str>| {
            let parent = parent.map(str::to_owned);
            Some(Channel { id: "8".into(), name: Some("n".into()), parent })
        };
        assert_eq!(of(11), channel(Some("7")));
        assert_eq!(of(0), channel(None));
        assert_eq!(of(250), channel(None));
    }

    #[test]
    fn a_member_is_known_by_server_and_roles() {
        let asked = json!({
            "guild_id": "7", "member": { "roles": ["3", 4, "", null] },
            "authorizing_integration_owners": { "0": "7" },
        });
        let viewer = Viewer {
            guild: Some("7".into()),
            roles: vec!["3".into(), "4".into()],
            ..Viewer::default()
        };
        assert_eq!(of(&asked).viewer, viewer);
        for asked in [
            Value::Null,
            json!([]),
            json!({ "member": 5, "guild_id": {} }),
            json!({ "member": { "roles": "3" } }),
            json!({ "authorizing_integration_owners": { "0": "0" } }),
        ] {
            assert_eq!(of(&asked).viewer, Viewer::default(), "{asked}");
        }
    }

    #[test]
    fn a_bot_that_no_server_has_was_brought_by_its_user() {
        for (owners, expected) in [
            (json!({ "1": "11" }), true),
            (json!({ "0": "7", "1": "11" }), false),
            (json!({ "2": "x" }), true),
            (json!({}), false),
            (json!("new"), false),
            (Value::Null, false),
        ] {
            let asked = json!({ "authorizing_integration_owners": owners });
            assert_eq!(of(&asked).viewer.user_install, expected, "{asked}");
        }
    }

    #[test]
    fn a_public_message_says_who_posted_it() {
        let raw = |flags: u64, id: &str| {
            let row = json!({ "type": 1, "components": [{ "type": 2, "custom_id": id }] });
            json!({ "message": { "flags": flags, "components": [row] } })
        };
        let id = custom_id::encode(&Command::Delete { poster: "11".into() });
        assert_eq!(of(&raw(0, &id)).poster.as_deref(), Some("11"));
        assert_eq!(of(&raw(EPHEMERAL, &id)).poster, None);
        assert_eq!(of(&raw(0, "pager:ack")).poster, None);
        let mut asked = raw(0, &id);
        asked["message"]["interaction_metadata"] = json!({ "user": { "id": "12" } });
        assert_eq!(of(&asked).poster.as_deref(), Some("12"), "what Discord says comes first");
    }
}
