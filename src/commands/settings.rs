//! What an installation decides about its answers, as plain data.

use super::text::Text;
use super::{Access, Channel};
use crate::domain::Party;

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
    /// Whom it answers, and what it keeps from whom.
    pub access: Access,
}

impl Settings {
    /// Whether an answer in this channel is for everybody.
    #[must_use]
    pub fn is_public(&self, channel: Option<&Channel>) -> bool {
        self.rules(channel).find_map(|rule| rule.public).unwrap_or(self.public)
    }

    /// The service that is meant in this channel when nobody names one.
    #[must_use]
    pub fn service_in(&self, channel: Option<&Channel>) -> Option<&str> {
        self.rules(channel)
            .find_map(|rule| rule.service.as_deref())
            .or(self.default_service.as_deref())
    }

    /// What we say of a party.
    #[must_use]
    pub fn party(&self, party: &Party) -> Option<&PartySettings> {
        self.parties.iter().find(|known| {
            std::iter::once(&party.name).chain(&party.aliases).any(|name| same(name, &known.party))
        })
    }

    /// What a party is called here: our own name for it, or its own.
    #[must_use]
    pub fn name_of(&self, party: &Party) -> String {
        self.party(party).and_then(|known| known.name.clone()).unwrap_or_else(|| party.name.clone())
    }

    /// How to reach a party from this channel: the channel's line for us, then the
    /// configuration's, then the matrix's own, in which nothing is a role.
    #[must_use]
    pub fn contact_of(&self, party: &Party, channel: Option<&Channel>) -> Option<Text> {
        let known = self.party(party);
        let from_channel = if known.is_some_and(|known| known.us) {
            self.rules(channel).find_map(|rule| rule.contact.as_deref())
        } else {
            None
        };
        from_channel
            .or_else(|| known.and_then(|known| known.contact.as_deref()))
            .map(|line| Text::default().and_line(line))
            .or_else(|| party.contact.as_ref().map(Text::plain))
    }

    fn rules(&self, channel: Option<&Channel>) -> impl Iterator<Item = &ChannelRule> {
        let channel = channel.cloned();
        self.channels
            .iter()
            .filter(move |rule| channel.as_ref().is_some_and(|channel| rule.matches(channel)))
    }
}

impl ChannelRule {
    /// Whether the rule is about this channel, or about the one that this thread belongs to.
    #[must_use]
    pub fn matches(&self, channel: &Channel) -> bool {
        self.channel == channel.id
            || channel.parent.as_ref() == Some(&self.channel)
            || channel.name.as_deref().is_some_and(|name| glob(&self.channel, name))
    }
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

fn same(a: &str, b: &str) -> bool {
    a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

/// Whether a pattern, in which `*` stands for any characters, matches a whole name; case does not
/// matter. Linear in the product of both lengths whatever the pattern.
fn glob(pattern: &str, name: &str) -> bool {
    let pattern = pattern.to_lowercase();
    let name = name.to_lowercase();
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_characters() {
        for (pattern, name, expected) in [
            ("inc-*", "inc-42", true),
            ("inc-*", "INC-42", true),
            ("inc-*", "my-inc-42", false),
            ("*incident*", "p1-incident-db", true),
            ("*incident*", "incident", true),
            ("war-room*", "war-room", true),
            ("war-room*", "war-rom", false),
            ("a*b*c", "a-b-c", true),
            ("a*b*c", "abc", true),
            ("ab*ba", "aba", false),
            ("general", "general", true),
            ("general", "general-2", false),
            ("*", "", true),
            ("", "x", false),
        ] {
            assert_eq!(glob(pattern, name), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn the_first_rule_that_says_something_decides_and_a_thread_takes_its_parents() {
        let rule = |channel: &str, public, service: Option<&str>| ChannelRule {
            channel: channel.into(),
            public,
            service: service.map(str::to_owned),
            contact: None,
        };
        let settings = Settings {
            channels: vec![
                rule("inc-kms-*", None, Some("kms")),
                rule("inc-*", Some(true), Some("vps")),
                rule("7", Some(true), None),
            ],
            ..Settings::default()
        };
        let named = |name: &str| Channel { id: "1".into(), name: Some(name.into()), parent: None };
        assert!(settings.is_public(Some(&named("inc-kms-3"))));
        assert_eq!(settings.service_in(Some(&named("inc-kms-3"))), Some("kms"));
        assert_eq!(settings.service_in(Some(&named("inc-3"))), Some("vps"));
        assert!(!settings.is_public(Some(&named("random"))));
        assert!(!settings.is_public(None));
        let thread = Channel { id: "8".into(), name: None, parent: Some("7".into()) };
        assert!(settings.is_public(Some(&thread)));
    }
}
