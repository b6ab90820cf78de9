//! The commands as people see them: one table that feeds parser, help and registration.

use super::{Command, Language, Shelf, admin};
use crate::domain::id::slug;

/// A slash command.
#[derive(Debug)]
pub struct Spec {
    /// Its name, without the slash.
    pub name: &'static str,
    /// What it does, in at most 100 characters.
    pub description: fn(Language) -> &'static str,
    /// What it takes, required ones first.
    pub options: &'static [OptionSpec],
    /// Makes the command of what was given.
    pub parse: fn(&Arguments) -> Command,
}

/// An option of a slash command.
#[derive(Debug)]
pub struct OptionSpec {
    /// Its name.
    pub name: &'static str,
    /// What it means, in at most 100 characters.
    pub description: fn(Language) -> &'static str,
    /// Whether the command needs it.
    pub required: bool,
    /// What it holds.
    pub kind: OptionKind,
}

/// What an option holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionKind {
    /// Text that is completed with activities.
    Activity,
    /// Text that is completed with services.
    Service,
    /// Text that is completed with parties.
    Party,
    /// Text that is completed with participations.
    Participation,
    /// Whether everybody should see the answer; it becomes part of the context.
    Share,
}

impl Spec {
    /// Whether this is one of its names, in any language, typed with or without accents.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        is_called(self.name, name)
    }
}

impl OptionSpec {
    /// Whether this is one of its names, in any language, typed with or without accents.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        is_called(self.name, name)
    }
}

fn is_called(own: &'static str, name: &str) -> bool {
    let name = slug(name);
    Language::ALL.into_iter().any(|language| slug(language.named(own)) == name)
}

/// The options of one request by name, as typed.
#[derive(Clone, Debug, Default)]
pub struct Arguments(Vec<(String, String)>);

impl Arguments {
    /// Adds an option.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    /// The value of an option; `None` when it is missing or blank.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<String> {
        let (_, value) = self.0.iter().find(|(known, _)| known == name)?;
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }
}

/// The name of the command on a message's menu.
pub const MESSAGE_COMMAND: &str = "Who is responsible?";

/// Every slash command.
pub const COMMANDS: &[Spec] = &[
    Spec {
        name: "raci",
        description: Language::describes_raci,
        options: &[
            OptionSpec {
                name: "activity",
                description: Language::describes_activity,
                required: false,
                kind: OptionKind::Activity,
            },
            SERVICE,
            OptionSpec {
                name: "share",
                description: Language::describes_share,
                required: false,
                kind: OptionKind::Share,
            },
        ],
        parse: |arguments| match arguments.value("activity") {
            Some(text) => Command::Ask { text, service: arguments.value("service") },
            None => match arguments.value("service") {
                Some(service) => Command::Browse { at: Shelf::Service { service, page: 0 } },
                None => Command::Browse { at: Shelf::Services { page: 0 } },
            },
        },
    },
    Spec {
        name: "raci-duties",
        description: Language::describes_duties,
        options: &[
            OptionSpec {
                name: "party",
                description: Language::describes_party,
                required: true,
                kind: OptionKind::Party,
            },
            OptionSpec {
                name: "as",
                description: Language::describes_as,
                required: false,
                kind: OptionKind::Participation,
            },
            SERVICE,
        ],
        parse: |arguments| Command::Duties {
            party: arguments.value("party").unwrap_or_default(),
            participation: arguments.value("as"),
            service: arguments.value("service"),
            page: 0,
        },
    },
    Spec {
        name: "raci-help",
        description: Language::describes_help,
        options: &[],
        parse: |_| Command::Help,
    },
];

const SERVICE: OptionSpec = OptionSpec {
    name: "service",
    description: Language::describes_service,
    required: false,
    kind: OptionKind::Service,
};

/// The name under which an action of the operators' command stands among the options.
pub const ACTION: &str = "action";

/// The command of a slash command's name and options; [`Command::Unknown`] when there is none.
#[must_use]
pub fn parse(name: &str, arguments: &Arguments) -> Command {
    if name == admin::NAME {
        let action = arguments.value(ACTION).and_then(|action| admin::named(&action));
        return action.map_or(Command::Unknown, Command::Admin);
    }
    COMMANDS
        .iter()
        .find(|spec| spec.name == name)
        .map_or(Command::Unknown, |spec| (spec.parse)(arguments))
}
