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

    /// The button that takes a shared answer back.
    #[must_use]
    pub(crate) fn delete(self) -> &'static str {
        match self {
            English => "Delete",
            French => "Supprimer",
        }
    }

    /// What stands for an answer that was taken back, until it is gone; by whom, where known.
    #[must_use]
    pub(crate) fn deleted(self, by: &str) -> Text {
        match (self, by) {
            (English, "") => Text::plain("Answer deleted."),
            (French, "") => Text::plain("Réponse supprimée."),
            (English, by) => Text::plain("Answer deleted by ").and_strong(by).and("."),
            (French, by) => Text::plain("Réponse supprimée par ").and_strong(by).and("."),
        }
    }

    /// The answer was posted by somebody else.
    #[must_use]
    pub(crate) fn not_yours_to_delete(self) -> Text {
        Text::plain(match self {
            English => "Only whoever posted it, or a moderator, can delete it.",
            French => "Seuls la personne qui l’a publiée et les modérateurs peuvent la supprimer.",
        })
    }

    /// The same answer was posted here moments ago.
    #[must_use]
    pub(crate) fn posted_already(self) -> Text {
        Text::plain(match self {
            English => {
                "Already posted in this channel within the last 30 seconds, so only you see this \
                 copy:"
            }
            French => {
                "Déjà publié dans ce canal il y a moins de 30 secondes ; vous seul voyez cette \
                 copie :"
            }
        })
    }
}
