//! What was found, how sure that is, and how to go on where it is not.

use super::Language::{self, English, French};
use crate::commands::text::Text;

impl Language {
    /// The answer is a guess at what was asked.
    #[must_use]
    pub(crate) fn closest_to(self, asked: &str) -> Text {
        match self {
            English => Text::plain("Closest to “").and_emphasis(asked).and("”:"),
            French => Text::plain("Le plus proche de « ").and_emphasis(asked).and(" » :"),
        }
    }

    /// The button or menu came from an older catalog.
    #[must_use]
    pub(crate) fn older_list(self) -> Text {
        Text::plain(match self {
            English => "That list is from an older version of the matrix. Today’s answer:",
            French => {
                "Cette liste vient d’une version antérieure de la matrice. La réponse du jour :"
            }
        })
    }

    /// Nothing matches for sure; `place` is where we looked, when it is one service.
    #[must_use]
    pub(crate) fn nothing_sure(self, asked: &str, place: Option<&str>, sure: bool) -> Text {
        let text = match (self, place) {
            (English, None) => Text::plain("Nothing matches “"),
            (English, Some(place)) => {
                Text::plain("Nothing in ").and_strong(place).and(" matches “")
            }
            (French, None) => Text::plain("Rien ne correspond à « "),
            (French, Some(place)) => {
                Text::plain("Dans ").and_strong(place).and(", rien ne correspond à « ")
            }
        };
        text.and_emphasis(asked).and(match (self, sure) {
            (English, true) => "”.",
            (English, false) => "” for sure.",
            (French, true) => " ».",
            (French, false) => " » avec certitude.",
        })
    }

    /// A button or menu of an older catalog, and nothing is there any more.
    #[must_use]
    pub(crate) fn gone(self) -> Text {
        Text::plain(match self {
            English => "That activity is no longer in any matrix here.",
            French => "Cette activité n’est plus dans aucune matrice ici.",
        })
    }

    /// There was nothing to look for.
    #[must_use]
    pub(crate) fn nothing_asked(self) -> Text {
        Text::plain(match self {
            English => "That question was empty.",
            French => "Cette question était vide.",
        })
    }

    /// A message in which we recognise no activity.
    #[must_use]
    pub(crate) fn nothing_in_message(self) -> Text {
        Text::plain(match self {
            English => "That message names no activity that I am sure of.",
            French => "Ce message ne nomme aucune activité dont je sois sûr.",
        })
    }

    /// What comes nearest, before the names.
    #[must_use]
    pub(crate) fn closest(self) -> &'static str {
        match self {
            English => "Closest: ",
            French => "Les plus proches : ",
        }
    }

    /// What else may be meant, before the names.
    #[must_use]
    pub(crate) fn or_perhaps(self) -> &'static str {
        match self {
            English => "Or perhaps: ",
            French => "Ou peut-être : ",
        }
    }

    /// How to go on after nothing was found.
    #[must_use]
    pub(crate) fn try_again(self) -> Text {
        match self {
            English => {
                Text::plain("Try fewer words, or ").and_code("/raci").and(" alone to browse.")
            }
            French => Text::plain("Essayez moins de mots, ou ")
                .and_code("/raci")
                .and(" seul pour parcourir."),
        }
    }

    /// The menu of other matches.
    #[must_use]
    pub(crate) fn other_matches(self, count: usize) -> String {
        match (self, count) {
            (English, 1) => "1 other match".into(),
            (English, n) => format!("{n} other matches"),
            (French, 1) => "1 autre résultat".into(),
            (French, n) => format!("{n} autres résultats"),
        }
    }

    /// The menu of near matches.
    #[must_use]
    pub(crate) fn did_you_mean(self) -> &'static str {
        match self {
            English => "Did you mean…",
            French => "Vouliez-vous dire…",
        }
    }

    /// The answer is to a message that nobody wrote for us.
    #[must_use]
    pub(crate) fn about_message(self) -> Text {
        Text::plain(match self {
            English => "That message seems to be about:",
            French => "Ce message semble parler de :",
        })
    }

    /// The button that says that the answer is not to what was meant.
    #[must_use]
    pub(crate) fn not_this(self) -> &'static str {
        match self {
            English => "Not this?",
            French => "Pas cela ?",
        }
    }

    /// The answer is the next best.
    #[must_use]
    pub(crate) fn next_best(self) -> Text {
        Text::plain(match self {
            English => "Next closest:",
            French => "Le plus proche ensuite :",
        })
    }

    /// There is no next best.
    #[must_use]
    pub(crate) fn nothing_else(self) -> Text {
        Text::plain(match self {
            English => "No more matches.",
            French => "Il n’y a pas d’autre résultat.",
        })
    }
}
