//! From the arguments to a bot that can answer: configuration, matrices, index.

use std::env;
use std::path::Path;
use std::str::FromStr;

use time::OffsetDateTime;

use super::Global;
use crate::bot::{Bot, Library};
use crate::commands::{Asker, Channel, Context, Language, Viewer};
use crate::config::Config;
use crate::daemon::library::{Unusable, load};
use crate::domain::Problem;
use crate::exit::Exit;
use crate::failure::Failure;

const DATA_HINT: &str =
    "a data directory holds a file for each matrix; without one the built-in ones are read";

/// The configuration: the file, over it the environment, over both the arguments.
pub(super) fn config(global: &Global) -> Result<Config, Failure> {
    checked(global).map_err(Failure::of_configuration)
}

/// The same, with everything that is wrong with it where it cannot be used.
pub(super) fn checked(global: &Global) -> Result<Config, Vec<Problem>> {
    let config = Config::load(global.config.as_deref(), |name| env::var(name).ok())?;
    Ok(Config { data: global.data.clone().or(config.data), ..config })
}

/// A bot over the configured matrices.
pub(super) fn bot(global: &Global) -> Result<Bot, Failure> {
    let config = config(global)?;
    let library = library(config.data.as_deref())?;
    Ok(Bot::new(library, config.settings))
}

/// Who asks at this terminal.
pub(super) fn context() -> Context {
    let language = language(|name| env::var(name).ok());
    let context = Context::new(language, OffsetDateTime::now_utc().date());
    Context { viewer: Viewer::owner(), ..context }
}

const ID_HINT: &str = "it should be `guild:`, `channel:`, `role:` or `user:` and an id";

/// Somebody in team chat, as who one can try what they would be told.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct As {
    /// Answer as in team chat: in a server, in a channel, to somebody with roles
    #[arg(long = "as", value_name = "guild:ID,channel:ID,role:ID,user:ID", value_delimiter = ',')]
    ids: Vec<Id>,
}

/// What is known of somebody.
#[derive(Clone, Debug)]
enum Id {
    Guild(String),
    Channel(String),
    Role(String),
    User(String),
}

impl FromStr for Id {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (kind, id) = text.split_once(':').unwrap_or_default();
        let id = id.to_owned();
        match kind {
            _ if id.is_empty() => Err(ID_HINT),
            "guild" => Ok(Self::Guild(id)),
            "channel" => Ok(Self::Channel(id)),
            "role" => Ok(Self::Role(id)),
            "user" => Ok(Self::User(id)),
            _ => Err(ID_HINT),
        }
    }
}

impl As {
    /// Who asks: the owner of this terminal, unless somebody else is tried.
    pub(super) fn context(&self) -> Context {
        let mut context = context();
        if self.ids.is_empty() {
            return context;
        }
        context.viewer = Viewer::default();
        for id in self.ids.iter().cloned() {
            match id {
                Id::Guild(id) => context.viewer.guild = Some(id),
                Id::Role(id) => context.viewer.roles.push(id),
                Id::User(id) => context.asker = Some(Asker { id, ..Asker::default() }),
                Id::Channel(id) => context.channel = Some(Channel { id, ..Channel::default() }),
            }
        }
        context
    }
}

fn library(data: Option<&Path>) -> Result<Library, Failure> {
    load(data).map_err(|unusable| match unusable {
        Unusable::Directory(error) => {
            let directory = data.unwrap_or(Path::new("")).display();
            Failure::new(Exit::NoInput, format!("`{directory}`: {error}")).hint(DATA_HINT)
        }
        Unusable::Files(problems) => Failure::of_files(Exit::Data, problems),
    })
}

/// The language of the locale, by the order of POSIX; an empty variable counts as unset.
fn language(variable: impl Fn(&str) -> Option<String>) -> Language {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(variable)
        .find(|locale| !locale.is_empty())
        .map_or_else(Language::default, |locale| Language::of_locale(&locale))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language_of(variables: &[(&str, &str)]) -> Language {
        language(|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_locale_decides_the_language() {
        assert_eq!(language_of(&[]), Language::English);
        assert_eq!(language_of(&[("LANG", "fr_FR.UTF-8")]), Language::French);
        assert_eq!(language_of(&[("LC_ALL", "C"), ("LANG", "fr_FR.UTF-8")]), Language::English);
        assert_eq!(language_of(&[("LC_ALL", ""), ("LANG", "fr")]), Language::French);
    }
}
