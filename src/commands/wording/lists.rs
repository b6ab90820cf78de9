//! Lists to look through: duties, services, sections, and the pages of them.

use super::Language::{self, English, French};
use crate::commands::text::Text;

impl Language {
    /// The menu that opens an item of a list.
    #[must_use]
    pub(crate) fn open(self) -> &'static str {
        match self {
            English => "Open…",
            French => "Ouvrir…",
        }
    }

    /// The button to the page before.
    #[must_use]
    pub(crate) fn previous(self) -> &'static str {
        match self {
            English => "Previous",
            French => "Précédent",
        }
    }

    /// The button to the page after.
    #[must_use]
    pub(crate) fn next(self) -> &'static str {
        match self {
            English => "Next",
            French => "Suivant",
        }
    }

    /// The button to what is around the present place.
    #[must_use]
    pub(crate) fn up(self) -> &'static str {
        match self {
            English => "Up",
            French => "Remonter",
        }
    }

    /// Which page of how many, both from 1.
    #[must_use]
    pub(crate) fn page(self, page: usize, pages: usize) -> String {
        match self {
            English => format!("page {page} of {pages}"),
            French => format!("page {page} sur {pages}"),
        }
    }

    /// How many activities.
    #[must_use]
    pub(crate) fn activities(self, count: usize) -> String {
        match (self, count) {
            (English, 1) => "1 activity".into(),
            (English, n) => format!("{n} activities"),
            (French, 0 | 1) => format!("{count} activité"),
            (French, n) => format!("{n} activités"),
        }
    }

    /// How many services are listed.
    #[must_use]
    pub(crate) fn services(self, count: usize) -> String {
        match (self, count) {
            (English, 1) | (French, 0 | 1) => format!("{count} service"),
            (English | French, _) => format!("{count} services"),
        }
    }

    /// The bottom line of a party's duties: `count` of `total` activities.
    #[must_use]
    pub(crate) fn duties(
        self,
        party: &str,
        part: Option<&str>,
        count: usize,
        total: usize,
    ) -> Text {
        let part = part.map(str::to_lowercase);
        let text = Text::strong(party);
        match (self, part) {
            (English, Some(part)) => {
                text.and(format!(" is {part} for {count} of {total} activities"))
            }
            (English, None) => text.and(format!(" has a part in {count} of {total} activities")),
            (French, Some(part)) => {
                text.and(format!(" est « {part} » pour {count} activités sur {total}"))
            }
            (French, None) => text.and(format!(" a un rôle dans {count} activités sur {total}")),
        }
    }

    /// The bottom line of what nobody answers for.
    #[must_use]
    pub(crate) fn unowned(self, count: usize, total: usize) -> Text {
        Text::plain(match self {
            English => format!("Nobody is accountable for {count} of {total} activities"),
            French => format!("Personne n’est garant de {count} activités sur {total}"),
        })
    }

    /// The bottom line of what several answer for.
    #[must_use]
    pub(crate) fn overowned(self, count: usize, total: usize) -> Text {
        Text::plain(match self {
            English => format!("Several are accountable for {count} of {total} activities"),
            French => format!("Plusieurs sont garants de {count} activités sur {total}"),
        })
    }

    /// Activities that stand in no section.
    #[must_use]
    pub(crate) fn no_section(self) -> &'static str {
        match self {
            English => "Without a section",
            French => "Sans section",
        }
    }
}
