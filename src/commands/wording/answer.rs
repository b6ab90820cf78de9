//! What an answer says: who does it, who answers for it, what the source leaves open.

use super::Language::{self, English, French};
use crate::commands::text::Text;

impl Language {
    /// The bottom line: these parties do the work and answer for it.
    #[must_use]
    pub(crate) fn does_and_answers(self, parties: &[String], letters: &str) -> Text {
        let text = self.list(parties);
        match (self, parties.len()) {
            (English, 1) => text.and(" does it and answers for it"),
            (English, _) => text.and(" do it and answer for it"),
            (French, 1) => text.and(" s’en charge et en répond"),
            (French, _) => text.and(" s’en chargent et en répondent"),
        }
        .and(format!(" ({letters})"))
    }

    /// The bottom line's first half: these parties do the work.
    #[must_use]
    pub(crate) fn does(self, parties: &[String], letter: char) -> Text {
        let text = self.list(parties);
        match (self, parties.len()) {
            (English, 1) => text.and(" does it"),
            (English, _) => text.and(" do it"),
            (French, 1) => text.and(" s’en charge"),
            (French, _) => text.and(" s’en chargent"),
        }
        .and(format!(" ({letter})"))
    }

    /// The bottom line's second half: this party answers for it.
    #[must_use]
    pub(crate) fn answers(self, parties: &[String], letter: char) -> Text {
        let text = self.list(parties);
        match (self, parties.len()) {
            (English, 1) => text.and(" answers for it"),
            (English, _) => text.and(" answer for it"),
            (French, 1) => text.and(" en répond"),
            (French, _) => text.and(" en répondent"),
        }
        .and(format!(" ({letter})"))
    }

    /// The bottom line's first half where nobody is named to do the work.
    #[must_use]
    pub(crate) fn nobody_does(self) -> Text {
        Text::plain(match self {
            English => "nobody is named to do it",
            French => "personne n’est désigné pour s’en charger",
        })
    }

    /// The bottom line where nobody is named at all.
    #[must_use]
    pub(crate) fn nobody_at_all(self) -> Text {
        Text::plain(match self {
            English => "nobody is named to do it or to answer for it",
            French => "personne n’est désigné pour s’en charger ni pour en répondre",
        })
    }

    /// A warning: the source gives this part to nobody.
    #[must_use]
    pub(crate) fn missing(self, word: &str) -> Text {
        Text::plain(match self {
            English => format!("No {} in the source.", word.to_lowercase()),
            French => format!("Aucun {} dans la source.", word.to_lowercase()),
        })
    }

    /// A warning: the source names several to answer for it.
    #[must_use]
    pub(crate) fn several_accountable(self, parties: &[String], scheme: &str) -> Text {
        let count = parties.len();
        match self {
            English => {
                let count = if count == 2 { "Two".to_owned() } else { count.to_string() };
                Text::plain(format!("{count} accountables in the source: "))
                    .and_text(self.list(parties))
                    .and(format!(". {scheme} expects one: agree now who decides."))
            }
            French => {
                let count = if count == 2 { "Deux".to_owned() } else { count.to_string() };
                Text::plain(format!("{count} garants dans la source : "))
                    .and_text(self.list(parties))
                    .and(format!(". {scheme} en veut un seul : décidez maintenant qui tranche."))
            }
        }
    }

    /// A cell without a letter.
    #[must_use]
    pub(crate) fn no_role_listed(self) -> &'static str {
        match self {
            English => "no role listed",
            French => "aucun rôle indiqué",
        }
    }

    /// A participation that no party has.
    #[must_use]
    pub(crate) fn nobody(self) -> &'static str {
        match self {
            English => "nobody",
            French => "personne",
        }
    }

    /// Whom to call about it who does not do it: `Customer, who answers for it`.
    #[must_use]
    pub(crate) fn who_answers(self, party: &str) -> String {
        match self {
            English => format!("{party}, who answers for it"),
            French => format!("{party}, qui en répond"),
        }
    }

    /// How to reach a party.
    #[must_use]
    pub(crate) fn reach(self, party: &str, contact: Text) -> Text {
        Text::plain(match self {
            English => "Reach ",
            French => "Joindre ",
        })
        .and_strong(party)
        .and(self.colon())
        .and_text(contact)
    }

    /// The button that opens the document.
    #[must_use]
    pub(crate) fn open_source(self) -> &'static str {
        match self {
            English => "Open source",
            French => "Ouvrir la source",
        }
    }
}
