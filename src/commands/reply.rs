//! The answer as plain data, before any platform dresses it.

use super::Command;
use super::text::Text;
use crate::domain::{ActivityId, Participation};

/// An answer. Its parts stand in the order in which they are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// What kind of answer it is: exit status, metrics, colour.
    pub outcome: Outcome,
    /// Who should see it.
    pub audience: Audience,
    /// The activity that it answers for.
    pub subject: Option<ActivityId>,
    /// What must be known before the first line: that it is a guess, that the button was old.
    pub preamble: Option<Text>,
    /// The bottom line. It stands alone: it is all that a notification gives.
    pub headline: Text,
    /// The rest, a short line each.
    pub lines: Vec<Line>,
    /// Other places to go, the likelier first; at most [`Menu::MOST`].
    pub menus: Vec<Menu>,
    /// What can be done with the answer, in order, at most five.
    pub buttons: Vec<Button>,
    /// The address of the source.
    pub source: Option<String>,
    /// A picture of what the lines say, which a platform may show in their place.
    pub picture: Option<Picture>,
}

impl Reply {
    /// A reply that only the asker sees, of one line so far.
    #[must_use]
    pub fn private(outcome: Outcome, headline: Text) -> Self {
        Self {
            outcome,
            audience: Audience::Asker,
            subject: None,
            preamble: None,
            headline,
            lines: Vec::new(),
            menus: Vec::new(),
            buttons: Vec::new(),
            source: None,
            picture: None,
        }
    }

    /// Adds a line.
    #[must_use]
    pub fn line(mut self, kind: LineKind, text: Text) -> Self {
        self.lines.push(Line { kind, text });
        self
    }

    /// Adds what to do next.
    #[must_use]
    pub fn hint(self, text: Text) -> Self {
        self.line(LineKind::Hint, text)
    }
}

/// What kind of answer a reply is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// One activity was clearly meant.
    Answer,
    /// The same activity, compared over several services.
    Comparison,
    /// Several were about equally meant.
    Choices,
    /// Nothing sure.
    Suggestions,
    /// Nothing found.
    Nothing,
    /// A list of services, sections or activities.
    Browse,
    /// A party's duties.
    Duties,
    /// How to use the bot.
    Help,
    /// What an operator asked for.
    Admin,
    /// The message that it was asked from is to go.
    Deleted,
    /// The request could not be understood, or is not for the asker to make.
    Refused,
}

impl Outcome {
    /// Its name in logs and metrics.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Comparison => "comparison",
            Self::Choices => "choices",
            Self::Suggestions => "suggestions",
            Self::Nothing => "nothing",
            Self::Browse => "browse",
            Self::Duties => "duties",
            Self::Help => "help",
            Self::Admin => "admin",
            Self::Deleted => "deleted",
            Self::Refused => "refused",
        }
    }
}

/// Who should see a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Everybody in the channel.
    Channel,
    /// Only who asked.
    Asker,
}

/// A line of a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is for.
    pub kind: LineKind,
    /// What it says.
    pub text: Text,
}

/// What a line is for, so that an adapter can set it apart (never by colour alone).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Who takes part in this way.
    Participation(Participation),
    /// Parties without any role, and other plain remarks about the row.
    Remark,
    /// Something about the source that breaks its rules.
    Warning,
    /// How to reach somebody.
    Contact,
    /// The matrix owner's note.
    Note,
    /// Where the answer stands in the matrix, and how old it is.
    Provenance,
    /// A heading over the items that follow.
    Heading,
    /// An item of a list.
    Item,
    /// What to do next.
    Hint,
}

/// Places to go from a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    /// What to choose: `2 other matches`.
    pub label: String,
    /// The choices, best first.
    pub choices: Vec<Choice>,
}

impl Menu {
    /// The most menus of a reply: what Discord has room for beside the buttons.
    pub const MOST: usize = 3;
    /// The most choices in a menu: what Discord shows.
    pub const MAX: usize = 25;
}

/// One place to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its name.
    pub label: String,
    /// A line that tells it from its namesakes: service and section.
    pub detail: String,
    /// What choosing it asks.
    pub command: Command,
}

/// Something that can be done with a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// What it says.
    pub label: String,
    /// What pressing it asks.
    pub command: Command,
    /// Whether it can be pressed now.
    pub enabled: bool,
}

/// A picture of the rows of one section, by what finds it in a catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The id of the service.
    pub service: String,
    /// The language of its matrix.
    pub language: Option<String>,
    /// The index of the section; past the last one, the rows that stand in none.
    pub section: u16,
    /// The section's number and title, where it is one.
    pub title: Option<String>,
    /// What it shows, for those who do not see it.
    pub description: String,
}

/// An activity offered while somebody types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What is shown.
    pub label: String,
    /// What is sent when it is chosen.
    pub value: String,
}

impl Completion {
    /// The completion of an activity: its value is the id, which survives being cut.
    #[must_use]
    pub fn of_activity(id: &ActivityId, label: impl Into<String>) -> Self {
        Self { label: label.into(), value: id.as_str().to_owned() }
    }
}
