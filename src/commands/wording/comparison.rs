//! The same activity in several services.

use super::Language::{self, English, French};
use crate::commands::text::Text;

impl Language {
    /// The beginning of the bottom line where services differ.
    #[must_use]
    pub(crate) fn depends_on_the_service(self, activity: &str) -> Text {
        Text::strong(activity).and(match self {
            English => " depends on the service → ",
            French => " dépend du service → ",
        })
    }

    /// The bottom line where all services agree, up to their names.
    #[must_use]
    pub(crate) fn alike_in(self, who: Text, services: usize) -> Text {
        who.and(match self {
            English => format!(" in {services} services: "),
            French => format!(" dans {services} services : "),
        })
    }

    /// Between a name and what is said of it.
    #[must_use]
    pub(crate) fn colon(self) -> &'static str {
        match self {
            English => ": ",
            French => " : ",
        }
    }

    /// What the names in the bottom line of a comparison mean.
    #[must_use]
    pub(crate) fn named_do_and_answer(self, letters: &str) -> Text {
        Text::plain(match self {
            English => format!("Whoever is named does it and answers for it ({letters})."),
            French => format!("Qui est nommé s’en charge et en répond ({letters})."),
        })
    }

    /// A warning: these services name several to answer for it.
    #[must_use]
    pub(crate) fn several_accountable_in(self) -> &'static str {
        match self {
            English => "More than one accountable in ",
            French => "Plusieurs garants dans ",
        }
    }

    /// A warning: these services name nobody to answer for it.
    #[must_use]
    pub(crate) fn none_accountable_in(self) -> &'static str {
        match self {
            English => "No accountable in ",
            French => "Aucun garant dans ",
        }
    }

    /// A warning: these services say it in several places, and not the same.
    #[must_use]
    pub(crate) fn says_more_than_one_thing(self) -> &'static str {
        match self {
            English => "Different answers in different sections of ",
            French => "Réponses différentes selon la section de ",
        }
    }

    /// What is left of a list that is too long.
    #[must_use]
    pub(crate) fn and_more(self, shown: &str, more: usize) -> String {
        match self {
            English => format!("{shown} and {more} more"),
            French => format!("{shown} et {more} de plus"),
        }
    }

    /// The menu that opens one of the services compared.
    #[must_use]
    pub(crate) fn open_a_service(self) -> &'static str {
        match self {
            English => "Open a service…",
            French => "Ouvrir un service…",
        }
    }

    /// The button that compares with other services.
    #[must_use]
    pub(crate) fn other_services(self) -> &'static str {
        match self {
            English => "Other services",
            French => "Autres services",
        }
    }
}
