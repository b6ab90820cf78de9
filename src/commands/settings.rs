//! What an installation decides about its answers, as plain data.

/// What an installation decides about its answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Whether answers are for everybody where no channel rule says otherwise.
    pub public: bool,
    /// Rules per channel; the first that matches and says something about a matter decides it.
    pub channels: Vec<ChannelRule>,
    /// The service that is meant when nobody names one, by id, name or alias.
    pub default_service: Option<String>,
    /// What this installation calls its parties and how to reach them.
    pub parties: Vec<PartySettings>,
}

/// What is decided for the channels that a pattern matches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChannelRule {
    /// A channel's id, or a pattern for its name in which `*` stands for any characters.
    pub channel: String,
    /// Whether answers there are for everybody.
    pub public: Option<bool>,
    /// The service that is meant there when nobody names one.
    pub service: Option<String>,
    /// How to reach us from there.
    pub contact: Option<String>,
}

/// What this installation says about a party of the matrices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartySettings {
    /// The party's name in the matrices.
    pub party: String,
    /// Whether this party is us.
    pub us: bool,
    /// What we call it.
    pub name: Option<String>,
    /// One line saying how to reach it; wins over the matrix's own.
    pub contact: Option<String>,
}
