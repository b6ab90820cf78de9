//! What is said to those who may not see something.

use crate::commands::Language::{self, English, French};
use crate::commands::text::Text;

impl Language {
    /// The bot is asked where it does not answer.
    #[must_use]
    pub(crate) fn not_served_here(self) -> Text {
        Text::plain(match self {
            English => "I don’t answer here.",
            French => "Je ne réponds pas ici.",
        })
    }

    /// A public answer is kept private: not everybody who reads along may see what it says.
    #[must_use]
    pub(crate) fn kept_private(self) -> Text {
        Text::plain(match self {
            English => "Only you see this: not everybody here may.",
            French => "Vous seul voyez ceci : tout le monde ici n’y a pas droit.",
        })
    }

    /// An answer cannot be shared: not everybody who reads along may see it.
    #[must_use]
    pub(crate) fn not_for_everybody(self) -> Text {
        Text::plain(match self {
            English => "Not shared: not everybody here may see that.",
            French => "Non partagé : tout le monde ici n’y a pas droit.",
        })
    }
}
