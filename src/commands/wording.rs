//! Every sentence that we say ourselves, in every language, a file a topic: a missing one does not
//! compile, an unused one is dead code. What matrices say is never translated.

mod access;
mod admin;
mod answer;
mod commands;
mod comparison;
mod date;
mod finding;
mod help;
mod lists;
mod picture;
mod refusal;
mod reload;
mod sharing;
mod unanswered;
mod us;

use super::Language;
use super::text::Text;
use crate::domain::Participation;

use Language::{English, French};

impl Language {
    /// The word for a participation.
    #[must_use]
    pub(crate) fn participation(self, participation: Participation) -> &'static str {
        use Participation as P;
        match (self, participation) {
            (English, P::Responsible) => "Responsible",
            (French, P::Responsible) => "Responsable",
            (English, P::Accountable) => "Accountable",
            (French, P::Accountable) => "Garant",
            (English, P::Support) => "Support",
            (French, P::Support) => "Soutien",
            (English, P::Consulted) => "Consulted",
            (French, P::Consulted) => "Consulté",
            (English, P::Informed) => "Informed",
            (French, P::Informed) => "Informé",
            (English, P::Verify) => "Verifies",
            (French, P::Verify) => "Vérifie",
            (English, P::SignOff) => "Signs off",
            (French, P::SignOff) => "Approuve",
            (English, P::Omitted) => "Left out",
            (French, P::Omitted) => "Exclu",
            (English, P::Driver) => "Driver",
            (French, P::Driver) => "Pilote",
            (English, P::Approver) => "Approver",
            (French, P::Approver) => "Décideur",
            (English, P::Contributor) => "Contributor",
            (French, P::Contributor) => "Contributeur",
        }
    }

    /// `A`, `A and B`, `A, B and C`, each standing out.
    #[must_use]
    pub(crate) fn list(self, names: &[String]) -> Text {
        let last = names.len().saturating_sub(1);
        names.iter().enumerate().fold(Text::default(), |text, (i, name)| {
            let joint = match (i, self) {
                (0, _) => "",
                (i, English) if i == last => " and ",
                (i, French) if i == last => " et ",
                _ => ", ",
            };
            text.and(joint).and_strong(name)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_as_people_list_them() {
        let list = |names: &[&str]| {
            English.list(&names.iter().map(|&n| n.to_owned()).collect::<Vec<_>>()).to_plain()
        };
        assert_eq!(list(&["A"]), "A");
        assert_eq!(list(&["A", "B"]), "A and B");
        assert_eq!(list(&["A", "B", "C"]), "A, B and C");
    }
}
