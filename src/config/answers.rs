//! The configuration's parts about answers: rules per channel, what parties are called.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::MAX_LINE;
use crate::commands::settings::{ChannelRule, PartySettings};
use crate::import::yaml::typed::At;

/// What is decided for the channels that a pattern matches.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Channel")]
pub(super) struct ChannelFile {
    /// A channel's id, or a pattern for its name in which `*` stands for any characters.
    #[schemars(schema_with = "channel")]
    channel: String,
    /// Who sees answers there.
    visibility: Option<Visibility>,
    /// The service that is meant there when nobody names one.
    #[schemars(length(min = 1, max = MAX_LINE))]
    service: Option<String>,
    /// One line saying how to reach us from there.
    #[schemars(length(min = 1, max = MAX_LINE))]
    contact: Option<String>,
}

/// What this installation says about a party of the matrices.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Party")]
pub(super) struct PartyFile {
    /// The party's name in the matrices.
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub(super) party: At<String>,
    /// Whether this party is us.
    #[serde(default)]
    us: bool,
    /// What we call it.
    #[schemars(length(min = 1, max = MAX_LINE))]
    name: Option<String>,
    /// One line saying how to reach it; wins over the matrix's own.
    #[schemars(length(min = 1, max = MAX_LINE))]
    contact: Option<String>,
}

/// Who sees an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Visibility {
    /// Only who asked.
    Private,
    /// Everybody in the channel.
    Public,
}

impl ChannelFile {
    pub(super) fn rule(self) -> ChannelRule {
        let Self { channel, visibility, service, contact } = self;
        let public = visibility.map(|visibility| visibility == Visibility::Public);
        ChannelRule { channel, public, service, contact }
    }
}

impl PartyFile {
    pub(super) fn settings(self) -> PartySettings {
        let Self { party, us, name, contact } = self;
        PartySettings { party: party.value, us, name, contact }
    }
}

/// An id may stand without quotes.
fn channel(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": ["string", "number"], "minLength": 1, "maxLength": MAX_LINE })
}
