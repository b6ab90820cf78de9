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
            English => "Back to list",
            French => "Retour à la liste",
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

    /// The bottom line of duties: `count` of `total` activities.
    #[must_use]
    pub(crate) fn duties(
        self,
        parties: &[String],
        part: Option<&str>,
        count: usize,
        total: usize,
    ) -> Text {
        let part = part.map(str::to_lowercase);
        let one = parties.len() == 1;
        let text = self.list(parties);
        match (self, part) {
            (English, Some(part)) => {
                let verb = if one { "is" } else { "are" };
                text.and(format!(" {verb} {part} for {count} of {total} activities"))
            }
            (English, None) => {
                let verb = if one { "has" } else { "have" };
                text.and(format!(" {verb} a part in {count} of {total} activities"))
            }
            (French, Some(part)) => {
                let verb = if one { "est" } else { "sont" };
                text.and(format!(" {verb} « {part} » pour {count} activités sur {total}"))
            }
            (French, None) => {
                let verb = if one { "a" } else { "ont" };
                text.and(format!(" {verb} un rôle dans {count} activités sur {total}"))
            }
        }
    }

    /// The bottom line of what nobody has this part in.
    #[must_use]
    pub(crate) fn unowned(self, part: &str, count: usize, total: usize) -> Text {
        let part = part.to_lowercase();
        Text::plain(match self {
            English if count == 0 => {
                format!("Every one of {total} activities has somebody {part}")
            }
            French if count == 0 => {
                format!("Les {total} activités ont toutes un « {part} »")
            }
            English => format!("Nobody is {part} for {count} of {total} activities"),
            French => format!("Personne n’est « {part} » pour {count} activités sur {total}"),
        })
    }

    /// The bottom line of what several have this part in.
    #[must_use]
    pub(crate) fn overowned(self, part: &str, count: usize, total: usize) -> Text {
        let part = part.to_lowercase();
        Text::plain(match self {
            English if count == 0 => {
                format!("None of {total} activities has more than one {part}")
            }
            French if count == 0 => {
                format!("Aucune des {total} activités n’a plus d’un « {part} »")
            }
            English => format!("Several are {part} for {count} of {total} activities"),
            French => format!("Plusieurs sont « {part} » pour {count} activités sur {total}"),
        })
    }

    /// What to call us, them, nobody and several.
    #[must_use]
    pub(crate) fn groups(self) -> [&'static str; 4] {
        match self {
            English => ["us", "them", "nobody", "several"],
            French => ["nous", "eux", "personne", "plusieurs"],
        }
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
