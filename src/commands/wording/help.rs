//! How to use the bot.

use super::Language::{self, English, French};
use crate::commands::text::Text;

impl Language {
    /// The first line of the help.
    #[must_use]
    pub(crate) fn help(self) -> Text {
        match self {
            English => Text::plain("Ask ")
                .and_code("/raci backups")
                .and(" in your own words, and see who does it and who answers for it."),
            French => Text::plain("Demandez ")
                .and_code("/raci sauvegardes")
                .and(" avec vos mots, et voyez qui s’en charge et qui en répond."),
        }
    }

    /// Over the legend of a matrix.
    #[must_use]
    pub(crate) fn letters_of(self, service: &str) -> Text {
        Text::plain(match self {
            English => "The letters, in the words of ",
            French => "Les lettres, selon ",
        })
        .and_strong(service)
    }

    /// Over the letters of a scheme, where no document explains them.
    #[must_use]
    pub(crate) fn letters(self) -> Text {
        Text::plain(match self {
            English => "The letters",
            French => "Les lettres",
        })
    }
}
