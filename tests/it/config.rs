//! The configuration: the sample, the order of precedence, and every fault with its place.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use raci_bot::commands::access::{Access, Limit, Operators};
use raci_bot::commands::settings::{ChannelRule, PartySettings};
use raci_bot::config::{Config, LogFormat, Unanswered};
use raci_bot::domain::Severity;

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("config/raci-bot.yaml")
}

fn parse(text: &str) -> Result<Config, Vec<String>> {
    Config::parse(Path::new("etc/raci-bot.yaml"), text.as_bytes())
        .map_err(|problems| problems.iter().map(ToString::to_string).collect())
}

fn load(path: Option<&Path>, env: &[(&str, &str)]) -> Result<Config, Vec<String>> {
    let env: HashMap<String, String> =
        env.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
    Config::load(path, |name| env.get(name).cloned())
        .map_err(|problems| problems.iter().map(ToString::to_string).collect())
}

#[test]
fn the_sample_says_every_default() {
    assert_eq!(load(Some(&sample()), &[]), Ok(Config::default()));
    assert_eq!(load(None, &[]), Ok(Config::default()));
}

#[test]
fn the_sample_names_every_key() {
    let text = fs::read_to_string(sample()).expect("the sample");
    let keys = |prefix: &str| -> Vec<String> {
        let Err(problems) = parse(prefix) else { panic!("the key is unknown") };
        let known = problems[0].split_once("one of ").expect("a list of keys").1;
        known.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    let nested = [
        "zzzzzzzz: 1",
        "log: { zzzzzzzz: 1 }",
        "checks: { zzzzzzzz: 1 }",
        "channels: [{ channel: x, zzzzzzzz: 1 }]",
        "parties: [{ party: x, zzzzzzzz: 1 }]",
        "access: [{ services: [x], roles: [1], zzzzzzzz: 1 }]",
        "operators: { zzzzzzzz: 1 }",
        "unanswered: { zzzzzzzz: 1 }",
    ];
    for key in nested.into_iter().flat_map(keys) {
        assert!(text.contains(&format!("{key}:")), "`{key}` is not in the sample");
    }
}

#[test]
fn a_full_configuration_becomes_the_settings() {
    let config = parse(
        r##"
data: matrices
guilds: [81384788765712384, 1]
visibility: public
service: kms
channels:
  - { channel: 1234567890, visibility: private }
  - { channel: db-*, service: databases, contact: "#dba" }
parties:
  - { party: Customer, us: true, name: ACME operations, contact: "#ops" }
  - { party: OVHcloud }
checks: { idle-party: off, cut-name: error, max_age: 90, max_informed: 4 }
log: { format: json, level: "info,raci_bot=debug" }
"##,
    )
    .expect("it is right");
    assert_eq!(config.data.as_deref(), Some(Path::new("etc/matrices")));
    assert_eq!(config.guilds, [81_384_788_765_712_384, 1]);
    assert!(config.settings.public);
    assert_eq!(config.settings.default_service.as_deref(), Some("kms"));
    let rule = |channel: &str| ChannelRule { channel: channel.into(), ..ChannelRule::default() };
    assert_eq!(
        config.settings.channels,
        [
            ChannelRule { public: Some(false), ..rule("1234567890") },
            ChannelRule {
                service: Some("databases".into()),
                contact: Some("#dba".into()),
                ..rule("db-*")
            },
        ]
    );
    let us = PartySettings {
        party: "Customer".into(),
        us: true,
        name: Some("ACME operations".into()),
        contact: Some("#ops".into()),
    };
    let them = PartySettings { party: "OVHcloud".into(), ..PartySettings::default() };
    assert_eq!(config.settings.parties, [us, them]);
    assert_eq!(config.checks.severities["idle-party"], None);
    assert_eq!(config.checks.severities["cut-name"], Some(Severity::Error));
    assert_eq!(config.checks.severities["two-accountable"], Some(Severity::Warning));
    let limits = config.checks.limits;
    assert_eq!((limits.max_age, limits.max_informed, limits.max_consulted), (90, 4, 5));
    assert_eq!(config.log.format, Some(LogFormat::Json));
    assert_eq!(config.log.level.as_deref(), Some("info,raci_bot=debug"));
}

#[test]
fn who_may_see_and_do_what_becomes_the_access() {
    let config = parse(
        "guilds: [1]\naccess:\n  - { services: [vault, pay], guilds: [1], channels: [2], roles: [3, 4] }\noperators: { users: [5], roles: [6], guilds: [7] }\n",
    )
    .expect("it is right");
    let ids = |ids: &[&str]| -> Vec<String> { ids.iter().map(|&id| id.to_owned()).collect() };
    let limit = Limit {
        services: ids(&["vault", "pay"]),
        guilds: ids(&["1"]),
        channels: ids(&["2"]),
        roles: ids(&["3", "4"]),
    };
    let operators = Operators { users: ids(&["5"]), roles: ids(&["6"]), guilds: ids(&["7"]) };
    let guilds = ids(&["1"]);
    let access = Access { guilds, user_installs: false, limits: vec![limit], operators };
    assert_eq!(config.settings.access, access);
    assert_eq!(Config::default().settings.access, Access::default());
}

#[test]
fn what_is_kept_of_questions_is_bounded_and_nothing_by_default() {
    assert_eq!(Config::default().unanswered, Unanswered { keep: false, most: 500, days: 90 });
    let config = parse("state: memory\nunanswered: { keep: true, most: 7, days: 3 }\n");
    let config = config.expect("it is right");
    assert_eq!(config.state.as_deref(), Some(Path::new("etc/memory")));
    assert_eq!(config.unanswered, Unanswered { keep: true, most: 7, days: 3 });
    let problems = parse("unanswered: { most: 0, days: 99999 }\n").expect_err("out of bounds");
    assert_eq!(
        problems,
        [
            "etc/raci-bot.yaml:1:21: error: `most` should be from 1 to 10000, not 0",
            "etc/raci-bot.yaml:1:30: error: `days` should be from 1 to 3650, not 99999",
        ]
    );
    let config = load(None, &[("STATE_DIRECTORY", "/var/lib/a:/var/lib/b")]).expect("it is right");
    assert_eq!(config.state.as_deref(), Some(Path::new("/var/lib/a")));
}

#[test]
fn a_file_of_comments_leaves_every_default_and_is_warned_of() {
    for text in ["# data: /srv/matrices\n\n", ""] {
        let config = parse(text).expect("it is right");
        let told: Vec<String> = config.warnings.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "etc/raci-bot.yaml: warning: says nothing, so that every key has its default (hint: `{}` says that this is meant)"
            ]
        );
        assert!(config.is_blank());
        assert_eq!(Config { warnings: Vec::new(), ..config }, Config::default());
    }
    assert_eq!(parse("{}"), Ok(Config::default()));
}

#[test]
fn no_channel_is_public_when_the_list_is_empty() {
    assert_eq!(parse("channels: []").map(|config| config.settings.channels), Ok(Vec::new()));
    let default = Config::default().settings.channels;
    assert_eq!(parse("guilds: []").map(|config| config.settings.channels), Ok(default));
}

#[test]
fn the_environment_wins_over_the_file() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("raci-bot.yaml");
    fs::write(&file, "data: here\nlog: { level: warn, format: json }\n").expect("a file");
    let name = file.to_str().expect("a name");
    let config = load(None, &[("RACI_BOT_CONFIG", name)]).expect("it is right");
    assert_eq!(config.data, Some(directory.path().join("here")));
    let env = [
        ("RACI_BOT_CONFIG", name),
        ("RACI_BOT_DATA", "there"),
        ("RACI_BOT_LOG", "debug"),
        ("RACI_BOT_LOG_FORMAT", "human"),
    ];
    let config = load(None, &env).expect("it is right");
    assert_eq!(config.data.as_deref(), Some(Path::new("there")));
    assert_eq!(config.log.level.as_deref(), Some("debug"));
    assert_eq!(config.log.format, Some(LogFormat::Human));
    let config = load(Some(&sample()), &env).expect("it is right");
    assert_eq!(config.log.level.as_deref(), Some("debug"), "a named file comes first");
}

#[test]
fn a_file_that_is_named_has_to_be_there() {
    let missing = ["no/such.yaml: error: cannot be read: No such file or directory (os error 2) \
             (hint: `--config` or `RACI_BOT_CONFIG` names the configuration file)"];
    assert_eq!(load(Some(Path::new("no/such.yaml")), &[]), Err(missing.map(str::to_owned).into()));
    let found = load(None, &[("RACI_BOT_CONFIG", "no/such.yaml")]);
    assert_eq!(found, Err(missing.map(str::to_owned).into()));
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let cases: &[(&str, &[&str])] = &[
        ("inc-*", &["etc/raci-bot.yaml:1:1: error: the file should be a map, not text"]),
        (
            "chanels: []\nlog: { lvl: info }\ntoken: abc\n",
            &[
                "etc/raci-bot.yaml:1:1: error: unknown key `chanels` (hint: did you mean `channels`?)",
                "etc/raci-bot.yaml:2:8: error: unknown key `lvl` (hint: one of `format` and `level`)",
                "etc/raci-bot.yaml:3:1: error: unknown key `token` (hint: one of `access`, `channels`, `checks`, `data`, `guilds`, `http`, `log`, `operators`, `parties`, `service`, `state`, `unanswered`, `user_installs` and `visibility`)",
            ],
        ),
        (
            "checks: { idle-party: none, max_age: old, max_informed: 0, two-acountable: off }\n",
            &[
                "etc/raci-bot.yaml:1:23: error: `idle-party` cannot be `none` (hint: did you mean `note`?)",
                "etc/raci-bot.yaml:1:38: error: `max_age` should be a whole number, not `old`",
                "etc/raci-bot.yaml:1:57: error: `max_informed` should be from 1 to 1000, not 0",
                "etc/raci-bot.yaml:1:60: error: unknown key `two-acountable` (hint: did you mean `two-accountable`?)",
            ],
        ),
        (
            "guilds: [abc, -1, 99999999999999999999]\nvisibility: pubic\n",
            &[
                "etc/raci-bot.yaml:1:10: error: an item of `guilds` should be a whole number, not `abc`",
                "etc/raci-bot.yaml:1:15: error: an item of `guilds` should be a whole number, not `-1`",
                "etc/raci-bot.yaml:1:19: error: an item of `guilds` should be a whole number, not `99999999999999999999`",
                "etc/raci-bot.yaml:2:13: error: `visibility` cannot be `pubic` (hint: did you mean `public`?)",
            ],
        ),
        (
            "channels:\n  - visibility: public\n  - channel: *incident*\nparties: [{ party: A, us: yes }, { party: a }]\n",
            &[
                "etc/raci-bot.yaml:2:5: error: `channel` is missing (hint: `channel` is a channel's id, or a pattern for its name in which `*` stands for any characters)",
                "etc/raci-bot.yaml:3:14: error: a `*` refers to an anchor, and there is none (hint: text that begins with `*` goes in quotes)",
                "etc/raci-bot.yaml:4:27: error: `us` should be `true` or `false`, not `yes`",
                "etc/raci-bot.yaml:4:43: error: `a` is here twice (hint: keep one of them)",
            ],
        ),
        (
            "guilds: [1]\nuser_installs: true\naccess:\n  - services: [vault]\n  - { services: [], roles: [7] }\n  - { roles: [x] }\n  - { services: [\"\"], roles: [7] }\n",
            &[
                "etc/raci-bot.yaml:1:9: error: what people install for themselves knows no list of servers (hint: leave `guilds` empty, or `user_installs` off)",
                "etc/raci-bot.yaml:4:5: error: this limit lets nobody in (hint: `guilds`, `channels` or `roles` say by their ids who may see the services)",
                "etc/raci-bot.yaml:5:17: error: `services` is empty",
                "etc/raci-bot.yaml:6:5: error: `services` is missing (hint: `services` is the ids of the services)",
                "etc/raci-bot.yaml:6:15: error: an item of `roles` should be a whole number, not `x`",
                "etc/raci-bot.yaml:7:18: error: a service's id is missing here (hint: a service's id stands in its matrix as `service: { id: … }`)",
            ],
        ),
        (
            "log: { level: \"a=b=c\", format: xml }\n",
            &[
                "etc/raci-bot.yaml:1:15: error: `a=b=c` is no log level (hint: one of `error`, `warn`, `info`, `debug` and `trace`, or `raci_bot=debug`)",
                "etc/raci-bot.yaml:1:32: error: `format` cannot be `xml` (hint: one of `human` and `json`)",
            ],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(
            parse(text).map(|_| ()),
            Err(expected.iter().map(|&e| e.to_owned()).collect()),
            "{text}"
        );
    }
    let found = load(None, &[("RACI_BOT_LOG_FORMAT", "xml"), ("RACI_BOT_LOG", "a=b=c")]);
    let expected = [
        "$RACI_BOT_LOG: error: `a=b=c` is no log level (hint: one of `error`, `warn`, `info`, `debug` and `trace`, or `raci_bot=debug`)",
        "$RACI_BOT_LOG_FORMAT: error: the log format cannot be `xml` (hint: one of `human` and `json`)",
    ];
    assert_eq!(found, Err(expected.map(str::to_owned).into()));
}
