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
    pub(crate) fn several_accountable_in(
        self,
        services: &[String],
        parties: &[String],
        scheme: &str,
    ) -> Text {
        let count = match (self, parties.len()) {
            (English, 2) => "two".to_owned(),
            (French, 2) => "deux".to_owned(),
            (_, count) => count.to_string(),
        };
        let text = self.in_services(services);
        match self {
            English => text
                .and(format!("{count} accountables in the source, "))
                .and_text(self.list(parties))
                .and(format!(". {scheme} expects one: agree now who decides.")),
            French => text
                .and(format!("{count} garants dans la source, "))
                .and_text(self.list(parties))
                .and(format!(". {scheme} en veut un seul : décidez maintenant qui tranche.")),
        }
    }

    /// A warning: these services give this part to nobody.
    #[must_use]
    pub(crate) fn missing_in(self, services: &[String], word: &str) -> Text {
        let word = word.to_lowercase();
        self.in_services(services).and(match self {
            English => format!("no {word} in the source."),
            French => format!("aucun {word} dans la source."),
        })
    }

    /// A warning: these services say it in several places, and not the same.
    #[must_use]
    pub(crate) fn says_more_than_one_thing(self, services: &[String]) -> Text {
        self.in_services(services).and(match self {
            English => "different sections say different things; open each below.",
            French => "les sections ne disent pas la même chose ; ouvrez-les ci-dessous.",
        })
    }

    /// `In Instances and KMS: `.
    fn in_services(self, services: &[String]) -> Text {
        Text::plain(match self {
            English => "In ",
            French => "Dans ",
        })
        .and_text(self.list(services))
        .and(self.colon())
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
