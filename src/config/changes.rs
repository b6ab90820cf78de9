//! What is different between two configurations, by the keys of the file.

use super::Config;
use crate::commands::{Access, Settings};

/// The keys that the daemon heeds when it starts, and not again.
pub const AT_START: &[&str] = &["http", "log"];

impl Config {
    /// The keys whose values differ in another configuration, in the order of the sample.
    #[must_use]
    pub fn changes(&self, other: &Self) -> Vec<&'static str> {
        // Every field is named, so that a new one is not forgotten here.
        let Self {
            data,
            guilds,
            settings,
            checks,
            http,
            state,
            unanswered,
            log,
            warnings: _,
            named: _,
        } = self;
        let Settings { public, default_service, channels, parties, access } = settings;
        let Access { guilds: _, user_installs, limits, operators } = access;
        let theirs = &other.settings;
        [
            ("data", *data != other.data),
            ("guilds", *guilds != other.guilds),
            ("user_installs", *user_installs != theirs.access.user_installs),
            ("visibility", *public != theirs.public),
            ("service", *default_service != theirs.default_service),
            ("channels", *channels != theirs.channels),
            ("parties", *parties != theirs.parties),
            ("checks", *checks != other.checks),
            ("access", *limits != theirs.access.limits),
            ("operators", *operators != theirs.access.operators),
            ("state", *state != other.state),
            ("unanswered", *unanswered != other.unanswered),
            ("http", *http != other.http),
            ("log", *log != other.log),
        ]
        .into_iter()
        .filter_map(|(key, differs)| differs.then_some(key))
        .collect()
    }

    /// This configuration, with the other one's values of what is heeded at the start alone.
    #[must_use]
    pub fn started_as(self, other: &Self) -> Self {
        Self { http: other.http, log: other.log.clone(), ..self }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn config(text: &str) -> Config {
        Config::parse(Path::new("/etc/raci-bot.yaml"), text.as_bytes()).expect("a configuration")
    }

    /// A line for each key, with another value than its default.
    const OTHERS: &[(&str, &str)] = &[
        ("data", "data: there"),
        ("guilds", "guilds: [7]"),
        ("user_installs", "user_installs: true"),
        ("visibility", "visibility: public"),
        ("service", "service: kms"),
        ("channels", "channels: []"),
        ("parties", "parties: [{ party: Customer, us: true }]"),
        ("checks", "checks: { stale-source: off }"),
        ("access", "access: [{ services: [vault], roles: [7] }]"),
        ("operators", "operators: { users: [7] }"),
        ("state", "state: kept"),
        ("unanswered", "unanswered: { days: 1 }"),
        ("http", "http: off"),
        ("log", "log: { level: debug }"),
    ];

    #[test]
    fn each_key_is_told_that_has_another_value() {
        let default = Config::default();
        assert_eq!(default.changes(&default), [""; 0]);
        for (key, line) in OTHERS {
            assert_eq!(default.changes(&config(line)), [*key], "{line}");
            let started = config(line).started_as(&default);
            let left = if AT_START.contains(key) { vec![] } else { vec![*key] };
            assert_eq!(default.changes(&started), left, "{line}");
        }
    }

    #[test]
    fn the_keys_are_those_of_the_sample_in_its_order() {
        let sample = include_str!("../../config/raci-bot.yaml");
        let is_key = |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase());
        let keys = sample.lines().filter(is_key).filter_map(|line| line.split(':').next());
        assert_eq!(
            keys.collect::<Vec<_>>(),
            OTHERS.iter().map(|(key, _)| *key).collect::<Vec<_>>()
        );
    }
}
