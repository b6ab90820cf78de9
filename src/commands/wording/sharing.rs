//! Answers that are posted for everybody.

use super::Language::{self, English, French};
use crate::commands::text::Text;

impl Language {
    /// The button that posts a private answer to the channel.
    #[must_use]
    pub(crate) fn share(self) -> &'static str {
        match self {
            English => "Share",
            French => "Partager",
        }
    }

    /// Who asked, on a shared answer.
    #[must_use]
    pub(crate) fn asked_by(self, name: &str) -> Text {
        match self {
            English => Text::plain("Asked by ").and_strong(name),
            French => Text::plain("Demandé par ").and_strong(name),
        }
    }
}
