//! The commands as people see them: one table that feeds parser, help and registration.

use super::{Command, Language, Shelf, admin};

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
        description: |language| match language {
            Language::English => "Who is responsible for this?",
            Language::French => "Qui est responsable de cela ?",
        },
        options: &[
            OptionSpec {
                name: "activity",
                description: |language| match language {
                    Language::English => {
                        "What it is about, in your own words; leave it out to browse"
                    }
                    Language::French => {
                        "De quoi il s'agit, avec vos mots ; sans rien, pour parcourir"
                    }
                },
                required: false,
                kind: OptionKind::Activity,
            },
            SERVICE,
            OptionSpec {
                name: "share",
                description: |language| match language {
                    Language::English => "Whether everybody in the channel sees the answer",
                    Language::French => "Si tout le canal voit la réponse",
                },
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
        description: |language| match language {
            Language::English => {
                "What is a party responsible, accountable, consulted or informed for?"
            }
            Language::French => {
                "De quoi une partie est-elle responsable, garante, consultée ou informée ?"
            }
        },
        options: &[
            OptionSpec {
                name: "party",
                description: |language| match language {
                    Language::English => "Whose duties",
                    Language::French => "Les tâches de qui",
                },
                required: true,
                kind: OptionKind::Party,
            },
            OptionSpec {
                name: "as",
                description: |language| match language {
                    Language::English => "In which part: a letter or a word",
                    Language::French => "À quel titre : une lettre ou un mot",
                },
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
        description: |language| match language {
            Language::English => "How to ask, and what the letters mean",
            Language::French => "Comment demander, et ce que veulent dire les lettres",
        },
        options: &[],
        parse: |_| Command::Help,
    },
];

const SERVICE: OptionSpec = OptionSpec {
    name: "service",
    description: |language| match language {
        Language::English => "The service it is about",
        Language::French => "Le service concerné",
    },
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
