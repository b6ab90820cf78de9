//! What is said to those who may not see something.

use crate::commands::Language::{self, English, French};
use crate::commands::text::Text;

impl Language {
    /// The bot is asked where it does not answer.
    #[must_use]
    pub(crate) fn not_served_here(self) -> Text {
        Text::plain(match self {
            English => {
                "This bot does not answer in this place. Use it in a server that its operator has \
                 allowed."
            }
            French => {
                "Ce bot ne répond pas à cet endroit. Utilisez-le dans un serveur que son \
                 exploitant autorise."
            }
        })
    }

    /// A public answer is kept private: not everybody who reads along may see what it says.
    #[must_use]
    pub(crate) fn kept_private(self) -> Text {
        Text::plain(match self {
            English => {
                "Only you can see this: it is about a service that not everybody in this channel \
                 may see."
            }
            French => {
                "Vous seul voyez ceci : il s’agit d’un service que tout le monde ici n’a pas le \
                 droit de voir."
            }
        })
    }

    /// An answer cannot be shared: not everybody who reads along may see it.
    #[must_use]
    pub(crate) fn not_for_everybody(self) -> Text {
        Text::plain(match self {
            English => {
                "Not posted: it is about a service that not everybody in this channel may see. \
                 Share it in a channel where everybody may."
            }
            French => {
                "Non publié : il s’agit d’un service que tout le monde ici n’a pas le droit de \
                 voir. Partagez-le dans un canal où chacun en a le droit."
            }
        })
    }
}
