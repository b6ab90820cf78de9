//! Who asks, and where: users, channels, servers.

use serde_json::{Value, json};

/// Somebody who asks.
#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) locale: String,
    pub(crate) roles: Vec<u64>,
    /// What Discord lets them do in the channel, as bits.
    permissions: u64,
}

/// What everybody may do in a channel.
const EVERYBODY: u64 = 2_248_473_465_835_073;
const MANAGE_MESSAGES: u64 = 1 << 13;

impl User {
    pub(crate) fn named(name: &str) -> Self {
        let id = 80_351_110_224_678_000 + name.bytes().map(u64::from).sum::<u64>();
        Self {
            id,
            name: name.to_owned(),
            locale: "en-GB".to_owned(),
            roles: Vec::new(),
            permissions: EVERYBODY,
        }
    }

    /// In whose language Discord's client speaks.
    pub(crate) fn speaking(mut self, locale: &str) -> Self {
        locale.clone_into(&mut self.locale);
        self
    }

    pub(crate) fn with_role(mut self, role: u64) -> Self {
        self.roles.push(role);
        self
    }

    /// Somebody who may delete what others post.
    pub(crate) fn moderating(mut self) -> Self {
        self.permissions |= MANAGE_MESSAGES;
        self
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({
            "id": self.id.to_string(),
            "username": self.name.to_lowercase(),
            "discriminator": "0",
            "global_name": self.name,
            "avatar": null,
            "avatar_decoration_data": null,
            "collectibles": null,
            "clan": null,
            "primary_guild": null,
            "public_flags": 0,
        })
    }

    pub(crate) fn to_member(&self) -> Value {
        let roles: Vec<String> = self.roles.iter().map(u64::to_string).collect();
        json!({
            "user": self.to_json(),
            "nick": null,
            "avatar": null,
            "banner": null,
            "roles": roles,
            "joined_at": "2024-01-02T03:04:05.678000+00:00",
            "premium_since": null,
            "deaf": false,
            "mute": false,
            "flags": 0,
            "pending": false,
            "permissions": self.permissions.to_string(),
            "communication_disabled_until": null,
            "unusual_dm_activity_until": null,
        })
    }
}

/// Where it is asked.
#[derive(Clone, Debug)]
pub(crate) struct Channel {
    pub(crate) id: u64,
    name: Option<String>,
    kind: u8,
    parent: Option<u64>,
    /// The server it is in; none for a direct message.
    pub(crate) guild: Option<u64>,
    /// Whether the bot is there only because the user has installed it.
    pub(crate) brought: bool,
}

/// A server that is used where none is said.
pub(crate) const GUILD: u64 = 290_926_798_626_357_999;

impl Channel {
    /// A text channel.
    pub(crate) fn named(name: &str) -> Self {
        let id = 645_027_906_669_510_000 + name.bytes().map(u64::from).sum::<u64>();
        let name = Some(name.to_owned());
        Self { id, name, kind: 0, parent: None, guild: Some(GUILD), brought: false }
    }

    /// A public thread of a channel.
    pub(crate) fn thread(&self, name: &str) -> Self {
        Self { kind: 11, parent: Some(self.id), ..Self::named(name) }
    }

    /// A direct message with the bot.
    pub(crate) fn direct() -> Self {
        let id = 645_027_906_669_510_001;
        Self { id, name: None, kind: 1, parent: None, guild: None, brought: false }
    }

    /// The same channel in another server.
    pub(crate) fn in_guild(mut self, guild: u64) -> Self {
        self.guild = Some(guild);
        self
    }

    /// The same channel where nobody but the user has brought the bot.
    pub(crate) fn brought_along(mut self) -> Self {
        self.brought = true;
        self
    }

    pub(crate) fn to_json(&self) -> Value {
        let mut channel = json!({
            "id": self.id.to_string(),
            "type": self.kind,
            "flags": 0,
            "last_message_id": null,
            "permissions": "2248473465835073",
        });
        if let Some(guild) = self.guild {
            channel["guild_id"] = json!(guild.to_string());
            channel["name"] = json!(self.name);
            channel["nsfw"] = json!(false);
            channel["position"] = json!(3);
            channel["topic"] = Value::Null;
            channel["rate_limit_per_user"] = json!(0);
            channel["parent_id"] = json!(self.parent.map(|parent| parent.to_string()));
        }
        if self.kind == 11 {
            channel["thread_metadata"] = json!({
                "archived": false,
                "archive_timestamp": "2026-11-01T00:00:00.000000+00:00",
                "auto_archive_duration": 4320,
                "locked": false,
                "create_timestamp": "2026-11-01T00:00:00.000000+00:00",
            });
        }
        channel
    }
}
