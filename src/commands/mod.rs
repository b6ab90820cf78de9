//! What people can ask, and what they are told: a command and an index in, a reply out.
//!
//! Pure, and the same for every platform: an adapter parses its own requests into a [`Command`]
//! and dresses the [`Reply`].

pub mod access;
mod actions;
pub mod admin;
mod answer;
mod ask;
mod browse;
mod compare;
mod complete;
pub mod context;
mod delete;
mod duties;
mod find;
mod help;
mod message;
mod not_this;
mod pages;
mod picture;
pub mod reply;
mod services;
pub mod settings;
mod show;
pub mod standing;
pub mod table;
pub mod text;
pub mod unanswered;
mod whose;
mod wording;

use crate::domain::{Catalog, Matrix};
use crate::search::{Findings, Index};

pub use access::{Access, Viewer};
pub use admin::Admin;
pub use context::{Asker, Channel, Context, Language};
pub use reply::Reply;
pub use settings::Settings;
pub use standing::Standing;

use reply::Outcome;
use text::Text;

/// A parsed request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Who is responsible for what this text names? Without text: browse.
    Ask {
        /// What was typed: an id, a name, a cut-off name, an alias or free text.
        text: String,
        /// The service that was named beside it.
        service: Option<String>,
    },
    /// What does this message talk about, and who is responsible for it?
    Message {
        /// The message's whole text.
        text: String,
    },
    /// The activity of this id: from a menu, a button, a link.
    Show {
        /// An activity's id, perhaps of an older catalog.
        id: String,
        /// The tags of what else may have been meant, best first.
        others: Vec<String>,
    },
    /// What the activity of this id is in other services.
    Compare {
        /// An activity's id, perhaps of an older catalog.
        id: String,
    },
    /// The answer, posted to the channel for everybody.
    Share {
        /// An activity's id, perhaps of an older catalog.
        id: String,
        /// Whether it was compared over services.
        compared: bool,
    },
    /// What was answered is not what was meant: the next best.
    NotThis {
        /// The tag of the activity that was not meant.
        tag: String,
        /// The tags of what else may have been meant, best first.
        others: Vec<String>,
    },
    /// Takes back an answer that stands in the channel for everybody.
    Delete {
        /// The id of whoever posted it.
        poster: String,
    },
    /// Services, sections, activities.
    Browse {
        /// Where to look.
        at: Shelf,
    },
    /// A section as a picture.
    Picture {
        /// The service's id.
        service: String,
        /// The section's index in its matrix; past the last one, the rows that stand in none.
        section: u16,
    },
    /// What a party is responsible, accountable, consulted or informed for.
    Duties {
        /// The party as typed.
        party: String,
        /// The participation as typed: a letter or a word. All of them when missing.
        participation: Option<String>,
        /// The service as typed. All of them when missing.
        service: Option<String>,
        /// Which page, from 0; the last one when there are fewer.
        page: u16,
    },
    /// How to use the bot, and the document's legend.
    Help,
    /// What operators alone may do.
    Admin(Admin),
    /// A request that this version does not understand.
    Unknown,
}

/// A place in the catalog to look at, and which page of what is there, from 0; the last page when
/// there are fewer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// All services.
    Services {
        /// The page.
        page: u16,
    },
    /// The sections of a service.
    Service {
        /// The service as typed, or its id.
        service: String,
        /// The page.
        page: u16,
    },
    /// The activities of a section.
    Section {
        /// The service's id.
        service: String,
        /// The section's index in its matrix.
        section: u16,
        /// The page.
        page: u16,
    },
}

/// What commands are answered from.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// Every matrix.
    pub catalog: &'a Catalog,
    /// The index over exactly this catalog.
    pub index: &'a Index,
    /// What the installation decides.
    pub settings: &'a Settings,
}

/// What a question found, before it is put into words.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The hits and how sure they are.
    pub findings: Findings,
    /// The one matrix that was searched: named beside the question, in it, or meant by the channel.
    pub matrix: Option<u32>,
    /// The matrices that were looked in, ascending.
    pub scope: Vec<u32>,
    /// What was searched for, without a service's name cut off, in which matrices: the same again
    /// finds the same. No text where a message was read piece by piece.
    pub searched: (String, Vec<u32>),
}

impl<'a> Sources<'a> {
    /// The answer to a command.
    #[must_use]
    pub fn answer(&self, command: &Command, context: &Context) -> Reply {
        match command {
            Command::Ask { text, service } => ask::ask(self, text, service.as_deref(), context),
            Command::Message { text } => message::message(self, text, context),
            Command::Show { id, others } => show::show(self, id, others, context),
            Command::Compare { id } => show::compare(self, id, context),
            Command::Share { id, compared } => show::share(self, id, *compared, context),
            Command::NotThis { tag, others } => not_this::not_this(self, tag, others, context),
            Command::Delete { poster } => delete::delete(poster, context),
            Command::Browse { at } => browse::browse(self, at, context),
            Command::Picture { service, section } => {
                picture::picture(self, service, *section, context)
            }
            Command::Duties { party, participation, service, page } => {
                let wanted = duties::Wanted {
                    party,
                    participation: participation.as_deref(),
                    service: service.as_deref(),
                };
                duties::duties(self, &wanted, *page, context)
            }
            Command::Help => help::help(self, context),
            // Whoever keeps the library answers for itself: this is asked of what is in it.
            Command::Admin(_) => {
                Reply::private(Outcome::Refused, context.language.not_an_operator())
            }
            Command::Unknown => Reply::private(Outcome::Refused, context.language.not_understood()),
        }
    }

    /// What a question finds, without words around it.
    #[must_use]
    pub fn find(&self, text: &str, service: Option<&str>, context: &Context) -> Found {
        find::find(self, text, service, context)
    }

    /// What half-typed text in an option may become, best first, at most `limit`; `service` is
    /// what stands in the option beside it.
    #[must_use]
    pub fn complete(
        &self,
        kind: table::OptionKind,
        text: &str,
        service: Option<&str>,
        context: &Context,
        limit: usize,
    ) -> Vec<reply::Completion> {
        complete::complete(self, kind, text, service, context, limit)
    }

    /// The matrices that this asker may see, ascending.
    fn scope(&self, context: &Context) -> Vec<u32> {
        self.catalog.in_language(context.language.tag())
    }

    fn matrix(&self, index: u32) -> &'a Matrix {
        &self.catalog.matrices()[index as usize]
    }
}

/// How many known names a reply to an unknown one offers.
const MAX_KNOWN: usize = 8;

/// `Known here: A · B · C · …`
fn known(language: Language, names: impl Iterator<Item = String>) -> Text {
    let mut names: Vec<String> = names.collect();
    names.dedup();
    if names.is_empty() {
        return language.no_matrix();
    }
    let more = names.len() > MAX_KNOWN;
    names.truncate(MAX_KNOWN);
    let text = names.iter().enumerate().fold(Text::plain(language.known()), |text, (i, name)| {
        text.and(if i == 0 { "" } else { " · " }).and_strong(text::quote(name))
    });
    if more { text.and(" · …") } else { text }
}

#[cfg(test)]
mod tests;
