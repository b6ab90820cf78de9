//! Us among the parties.

use super::Language::{self, English, French};
use crate::commands::text::Text;

impl Language {
    /// A party that is us and has no name of our own.
    #[must_use]
    pub(crate) fn that_is_us(self, party: &str) -> String {
        match self {
            English => format!("{party} (us)"),
            French => format!("{party} (nous)"),
        }
    }

    /// Our duties, or theirs, are asked for, and no party is known to be us.
    #[must_use]
    pub(crate) fn nobody_is_us(self) -> Text {
        match self {
            English => Text::plain(
                "This bot has not been told which party is “us”. Name a party instead; whoever \
                 runs the bot can set ",
            )
            .and_code("us: true")
            .and(" for one below ")
            .and_code("parties")
            .and(" in its configuration."),
            French => Text::plain(
                "Ce bot ne sait pas quelle partie est « nous ». Nommez plutôt une partie ; qui \
                 exploite le bot peut indiquer ",
            )
            .and_code("us: true")
            .and(" pour l’une d’elles sous ")
            .and_code("parties")
            .and(" dans sa configuration."),
        }
    }
}
