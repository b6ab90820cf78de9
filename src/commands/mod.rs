//! What people can ask, and what they are told: a command and an index in, a reply out.
//!
//! Pure, and the same for every platform: an adapter parses its own requests into a [`Command`]
//! and dresses the [`Reply`].

pub mod reply;
pub mod settings;
pub mod table;
pub mod text;

use time::Date;

pub use reply::Reply;
pub use settings::Settings;

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
    },
    /// The same, posted to the channel for everybody.
    Share {
        /// An activity's id, perhaps of an older catalog.
        id: String,
    },
    /// Services, sections, activities.
    Browse {
        /// Where to look.
        at: Shelf,
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

/// A language that replies are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// French.
    French,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::English, Self::French];

    /// The language of a locale such as `fr`, `fr-FR` or `fr_FR.UTF-8`; English when it is none
    /// of ours.
    #[must_use]
    pub fn of_locale(locale: &str) -> Self {
        match locale.split(['-', '_', '.', '@']).next() {
            Some(tag) if tag.eq_ignore_ascii_case("fr") => Self::French,
            _ => Self::English,
        }
    }

    /// The language's tag, as matrices name it.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
        }
    }
}

/// Who asks, where and when: all that an answer depends on beside the command.
#[derive(Clone, Debug)]
pub struct Context {
    /// The language to answer in.
    pub language: Language,
    /// The day of the question, for the age of the source.
    pub today: Date,
    /// The channel it was asked in, where the platform has channels.
    pub channel: Option<Channel>,
    /// What the asker said about who should see the answer.
    pub share: Option<bool>,
    /// The asker's name as others see it, for an answer that is shared.
    pub asker: Option<String>,
}

/// A channel, by what the platform tells of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Channel {
    /// Its id.
    pub id: String,
    /// Its name, where known.
    pub name: Option<String>,
    /// The id of the channel that a thread belongs to.
    pub parent: Option<String>,
}
