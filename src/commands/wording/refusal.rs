//! What we say where a request names what is not here, or cannot be read.

use super::Language::{self, English, French};
use crate::commands::text::Text;

impl Language {
    /// No service of this name.
    #[must_use]
    pub(crate) fn unknown_service(self, asked: &str) -> Text {
        match self {
            English => Text::plain("No service here is called “").and_emphasis(asked).and("”."),
            French => {
                Text::plain("Aucun service ne s’appelle « ").and_emphasis(asked).and(" » ici.")
            }
        }
    }

    /// No party of this name.
    #[must_use]
    pub(crate) fn unknown_party(self, asked: &str) -> Text {
        match self {
            English => Text::plain("No party here is called “").and_emphasis(asked).and("”."),
            French => {
                Text::plain("Aucune partie ne s’appelle « ").and_emphasis(asked).and(" » ici.")
            }
        }
    }

    /// No participation of this name.
    #[must_use]
    pub(crate) fn unknown_participation(self, asked: &str) -> Text {
        match self {
            English => Text::plain("No letter or word here is “").and_emphasis(asked).and("”."),
            French => {
                Text::plain("Aucune lettre, aucun mot ici n’est « ").and_emphasis(asked).and(" ».")
            }
        }
    }

    /// What can be named instead.
    #[must_use]
    pub(crate) fn known(self) -> &'static str {
        match self {
            English => "Known here: ",
            French => "Connus ici : ",
        }
    }

    /// A request that this version does not know.
    #[must_use]
    pub(crate) fn not_understood(self) -> Text {
        match self {
            English => Text::plain(
                "That could not be read: it is probably meant for another version of this bot. \
                 Type ",
            )
            .and_code("/raci")
            .and(" and your question; ")
            .and_code("/raci-help")
            .and(" says more."),
            French => Text::plain(
                "Demande illisible : elle est sans doute pour une autre version de ce bot. Tapez ",
            )
            .and_code("/raci")
            .and(" et votre question ; ")
            .and_code("/raci-aide")
            .and(" en dit plus."),
        }
    }

    /// A button of a message that another version wrote, or another bot.
    #[must_use]
    pub(crate) fn foreign_button(self) -> Text {
        match self {
            English => Text::plain(
                "That button is from another version of this bot and no longer works. Ask again \
                 with ",
            ),
            French => Text::plain(
                "Ce bouton vient d’une autre version de ce bot et ne marche plus. Reposez la \
                 question avec ",
            ),
        }
        .and_code("/raci")
        .and(".")
    }

    /// Something went wrong on our side.
    #[must_use]
    pub(crate) fn failed(self) -> Text {
        Text::plain(match self {
            English => "Something went wrong here, not with your question. Please ask again.",
            French => "Une erreur est survenue ici, pas dans votre question. Merci de la reposer.",
        })
    }

    /// There is no matrix at all.
    #[must_use]
    pub(crate) fn no_matrix(self) -> Text {
        Text::plain(match self {
            English => "No matrix is loaded.",
            French => "Aucune matrice n’est chargée.",
        })
    }
}
