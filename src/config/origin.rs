//! Where each value of the configuration comes from, for `raci-bot config`.
//!
//! The sample says every key and default, and a test holds it to that; what is said elsewhere is
//! laid over it.

use std::fmt;
use std::path::{Path, PathBuf};

use super::{DATA_VARIABLE, HTTP_VARIABLE, LOG_FORMAT_VARIABLE, LOG_VARIABLE, STATE_VARIABLE};
use crate::import::yaml::node::{self, Kind, Node};
use crate::import::yaml::text;

const SAMPLE: &str = include_str!("../../config/raci-bot.yaml");

/// The keys that the environment wins over.
const VARIABLES: &[(&str, &str)] = &[
    ("data", DATA_VARIABLE),
    ("http", HTTP_VARIABLE),
    ("log.format", LOG_FORMAT_VARIABLE),
    ("log.level", LOG_VARIABLE),
    ("state", STATE_VARIABLE),
];

/// A key, its value, and where that comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The key; of one inside another both, as in `log.format`.
    pub key: String,
    /// The value as YAML; of a list each item.
    pub value: Value,
    /// Where it comes from.
    pub origin: Origin,
}

/// A value as YAML that fits on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// One, or nothing.
    One(String),
    /// The items of a list of maps.
    Items(Vec<String>),
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody said otherwise.
    Default,
    /// A line of the configuration file.
    File(PathBuf, u32),
    /// A variable of the environment.
    Environment(&'static str),
    /// An argument.
    Argument(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path, line) => write!(f, "{}:{line}", path.display()),
            Self::Environment(name) => f.write_str(name),
            Self::Argument(name) => f.write_str(name),
        }
    }
}

/// Every setting in the sample's order: of a file that was found right, over the defaults, with
/// the environment over it, and the arguments (key, name, value) over all.
#[must_use]
pub fn settings(
    file: Option<(&Path, &[u8])>,
    env: impl Fn(&str) -> Option<String>,
    arguments: &[(&str, &'static str, String)],
) -> Vec<Setting> {
    let defaults = tree(Path::new(""), SAMPLE.as_bytes());
    let said = file.and_then(|(path, bytes)| Some((path, tree(path, bytes)?)));
    let said = said.as_ref().map(|(path, tree)| (*path, tree));
    let mut settings = Vec::new();
    if let Some(defaults) = &defaults {
        lay(defaults, said, "", &mut settings);
    }
    for setting in &mut settings {
        let variable = VARIABLES.iter().find(|(key, _)| *key == setting.key);
        let variable = variable.and_then(|(_, name)| Some((*name, env(name)?)));
        if let Some((name, value)) = variable.filter(|(_, value)| !value.is_empty()) {
            setting.say(&value, Origin::Environment(name));
        }
        if let Some((_, name, value)) = arguments.iter().find(|(key, ..)| *key == setting.key) {
            setting.say(value, Origin::Argument(name));
        }
    }
    settings
}

impl Setting {
    fn say(&mut self, value: &str, origin: Origin) {
        self.value = Value::One(scalar(value, false));
        self.origin = origin;
    }
}

fn tree(path: &Path, bytes: &[u8]) -> Option<Node> {
    let mut source = text::decode(path, bytes);
    if source.is_blank() { None } else { node::parse(&mut source) }
}

/// Lays what a file says over the defaults.
fn lay(defaults: &Node, said: Option<(&Path, &Node)>, above: &str, settings: &mut Vec<Setting>) {
    for (key, default) in entries(defaults) {
        let own = said.and_then(|(path, map)| {
            let (_, value) = entries(map).find(|(other, _)| *other == key)?;
            Some((path, value)).filter(|_| !value.is_null())
        });
        let key = format!("{above}{key}");
        if entries(default).next().is_some() {
            lay(default, own, &format!("{key}."), settings);
            continue;
        }
        let origin = match own {
            Some((path, node)) => Origin::File(path.to_owned(), node.mark.line),
            None => Origin::Default,
        };
        let node = own.map_or(default, |(_, node)| node);
        settings.push(Setting { value: relative_to(own, &key, value(node)), key, origin });
    }
    // What the sample only speaks of.
    let Some((path, map)) = said else { return };
    for (key, node) in entries(map) {
        if !entries(defaults).any(|(known, _)| known == key) && !node.is_null() {
            let origin = Origin::File(path.to_owned(), node.mark.line);
            settings.push(Setting { key: format!("{above}{key}"), value: value(node), origin });
        }
    }
}

/// A directory in a file is relative to that file.
fn relative_to(own: Option<(&Path, &Node)>, key: &str, value: Value) -> Value {
    match (own, value) {
        (Some((path, node)), Value::One(_)) if matches!(key, "data" | "state") => {
            let Kind::Scalar(text) = &node.kind else { return value_of("") };
            let directory = path.parent().unwrap_or(Path::new("")).join(&text.text);
            value_of(&scalar(&directory.to_string_lossy(), false))
        }
        (_, value) => value,
    }
}

fn value_of(text: &str) -> Value {
    Value::One(text.to_owned())
}

fn entries(node: &Node) -> impl Iterator<Item = (&str, &Node)> {
    let entries = match &node.kind {
        Kind::Map(entries) => entries.as_slice(),
        _ => &[],
    };
    entries.iter().filter_map(|(key, value)| match &key.kind {
        Kind::Scalar(key) => Some((key.text.as_str(), value)),
        _ => None,
    })
}

fn value(node: &Node) -> Value {
    match &node.kind {
        Kind::List(items) if items.iter().any(|item| entries(item).next().is_some()) => {
            Value::Items(items.iter().map(flow).collect())
        }
        _ => Value::One(flow(node)),
    }
}

/// A value on one line.
fn flow(node: &Node) -> String {
    match &node.kind {
        Kind::Scalar(text) if node.is_null() => String::from(&text.text[..0]),
        Kind::Scalar(text) => scalar(&text.text, text.plain),
        Kind::List(items) => {
            format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", "))
        }
        Kind::Map(_) => {
            let pairs: Vec<String> =
                entries(node).map(|(key, value)| format!("{key}: {}", flow(value))).collect();
            if pairs.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", pairs.join(", ")) }
        }
        Kind::Bool(_) | Kind::Number(_) | Kind::Word(_) | Kind::Broken => String::new(),
    }
}

/// Text as YAML takes it anywhere: bare where that is safe, else in quotes.
fn scalar(text: &str, plain: bool) -> String {
    let is_bare = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '*' | ':');
    let starts_well = text.starts_with(|c: char| c.is_alphanumeric() || c == '/');
    let ends_well = !text.ends_with(':') && !text.contains(": ");
    let is_text = plain || crate::import::yaml::scalar::not_text(text).is_none();
    if starts_well && ends_well && is_text && text.chars().all(is_bare) {
        return text.to_owned();
    }
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "
data: matrices
state: kept
guilds: [81384788765712384]
channels:
  - { channel: \"*db*\", contact: \"#dba, now\" }
log:
  level: info,raci_bot=debug
";

    fn told(setting: &Setting) -> String {
        let Setting { key, value, origin } = setting;
        format!("{key} = {value:?} ({origin})")
    }

    #[test]
    fn every_value_says_where_it_comes_from() {
        let file = Some((Path::new("/etc/raci-bot.yaml"), FILE.as_bytes()));
        let env = |name: &str| match name {
            "RACI_BOT_HTTP" => Some("off".to_owned()),
            "RACI_BOT_LOG_FORMAT" => Some(String::new()),
            _ => None,
        };
        let settings = settings(file, env, &[]);
        let all: Vec<String> = settings.iter().map(told).collect();
        for expected in [
            r#"data = One("/etc/matrices") (/etc/raci-bot.yaml:2)"#,
            r#"state = One("/etc/kept") (/etc/raci-bot.yaml:3)"#,
            r#"guilds = One("[81384788765712384]") (/etc/raci-bot.yaml:4)"#,
            r#"visibility = One("private") (default)"#,
            r##"channels = Items(["{ channel: \"*db*\", contact: \"#dba, now\" }"]) (/etc/raci-bot.yaml:6)"##,
            r#"http = One("\"off\"") (RACI_BOT_HTTP)"#,
            r#"log.format = One("") (default)"#,
            r#"log.level = One("\"info,raci_bot=debug\"") (/etc/raci-bot.yaml:8)"#,
        ] {
            assert!(all.iter().any(|told| told == expected), "{expected} is missing in {all:#?}");
        }
    }

    #[test]
    fn an_argument_wins_over_the_environment() {
        let env = |name: &str| (name == DATA_VARIABLE).then(|| "there".to_owned());
        let argument = [("data", "--data", "here it is".to_owned())];
        let data = |arguments| told(&settings(None, env, arguments)[0]);
        assert_eq!(data(&[]), r#"data = One("there") (RACI_BOT_DATA)"#);
        assert_eq!(data(&argument), r#"data = One("\"here it is\"") (--data)"#);
    }

    #[test]
    fn without_anything_said_there_are_the_defaults() {
        let settings = settings(None, |_| None, &[]);
        assert!(settings.len() > 6 && settings.iter().all(|s| s.origin == Origin::Default));
    }
}
