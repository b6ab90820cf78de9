//! Every sentence that we say ourselves, in every language: a missing one does not compile, an
//! unused one is dead code. What matrices say is never translated.

use time::Date;

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
        .and(format!(" ({letters})."))
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
            English => "nobody is named to do it or to answer for it.",
            French => "personne n’est désigné pour s’en charger ni pour en répondre.",
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

    /// How to reach a party.
    #[must_use]
    pub(crate) fn reach(self, party: &str, contact: &str) -> Text {
        Text::plain(match self {
            English => "Reach ",
            French => "Joindre ",
        })
        .and_strong(party)
        .and(match self {
            English => ": ",
            French => " : ",
        })
        .and(contact)
    }

    /// The source's day and how long ago that was, with advice when it was long ago.
    #[must_use]
    pub(crate) fn dated(self, date: Date, today: Date) -> String {
        let day = self.date(date);
        let days = (today - date).whole_days();
        let age = self.age(days);
        let old = days > 365;
        match self {
            English if old => {
                format!("source dated {day} ({age}) — check before you rely on it")
            }
            English => format!("source dated {day} ({age})"),
            French if old => format!("source du {day} ({age}) — à vérifier avant de s’y fier"),
            French => format!("source du {day} ({age})"),
        }
    }

    /// The source has no date.
    #[must_use]
    pub(crate) fn undated(self) -> &'static str {
        match self {
            English => "source without a date",
            French => "source sans date",
        }
    }

    /// A day as people write it: `2 Oct 2024`.
    #[must_use]
    pub(crate) fn date(self, date: Date) -> String {
        const EN: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        const FR: [&str; 12] = [
            "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.",
            "nov.", "déc.",
        ];
        let month = usize::from(u8::from(date.month())) - 1;
        let month = match self {
            English => EN[month],
            French => FR[month],
        };
        format!("{} {month} {}", date.day(), date.year())
    }

    fn age(self, days: i64) -> String {
        let (count, unit) = match days {
            ..0 => (0, 0),
            0..=59 => (days, 0),
            60..=729 => (days * 12 / 365, 1),
            _ => (days * 100 / 36_525, 2),
        };
        match (self, unit, count) {
            (English, 0, 0) => "today".into(),
            (French, 0, 0) => "aujourd’hui".into(),
            (English, 0, 1) => "yesterday".into(),
            (French, 0, 1) => "hier".into(),
            (English, 0, n) => format!("{n} days ago"),
            (French, 0, n) => format!("il y a {n} jours"),
            (English, 1, n) => format!("{n} months ago"),
            (French, 1, n) => format!("il y a {n} mois"),
            (English, _, n) => format!("{n} years ago"),
            (French, _, n) => format!("il y a {n} ans"),
        }
    }

    /// The answer is a guess at what was asked.
    #[must_use]
    pub(crate) fn closest_to(self, asked: &str) -> Text {
        match self {
            English => Text::plain("Closest to “").and_emphasis(asked).and("”:"),
            French => Text::plain("Au plus près de « ").and_emphasis(asked).and(" » :"),
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

    /// There was nothing to look for.
    #[must_use]
    pub(crate) fn nothing_asked(self) -> Text {
        Text::plain(match self {
            English => "There was nothing to look for.",
            French => "Il n’y avait rien à chercher.",
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
            French => "Au plus près : ",
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

    /// The menu that opens an item of a list.
    #[must_use]
    pub(crate) fn open(self) -> &'static str {
        match self {
            English => "Open…",
            French => "Ouvrir…",
        }
    }

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
            English => {
                Text::plain("No letter or word of the matrix is “").and_emphasis(asked).and("”.")
            }
            French => Text::plain("Aucune lettre ni aucun mot de la matrice n’est « ")
                .and_emphasis(asked)
                .and(" »."),
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
            English => Text::plain("This version can’t read that request. ")
                .and_code("/raci-help")
                .and(" says what it can."),
            French => Text::plain("Cette version ne sait pas lire cette demande. ")
                .and_code("/raci-help")
                .and(" dit ce qu’elle sait faire."),
        }
    }

    /// A button of a message that another version wrote, or another bot.
    #[must_use]
    pub(crate) fn foreign_button(self) -> Text {
        Text::plain(match self {
            English => "That button is from another version. Please ask again.",
            French => "Ce bouton vient d’une autre version. Merci de reposer la question.",
        })
    }

    /// Something went wrong on our side.
    #[must_use]
    pub(crate) fn failed(self) -> Text {
        Text::plain(match self {
            English => "Something went wrong here, not with your question. Please ask again.",
            French => "Une erreur est survenue ici, pas dans votre question. Merci de la reposer.",
        })
    }

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

    /// There is no matrix at all.
    #[must_use]
    pub(crate) fn no_matrix(self) -> Text {
        Text::plain(match self {
            English => "No matrix is loaded.",
            French => "Aucune matrice n’est chargée.",
        })
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

    /// The first line of the help.
    #[must_use]
    pub(crate) fn help(self) -> Text {
        match self {
            English => Text::plain("Ask ")
                .and_code("/raci backups")
                .and(" in your own words, and see who does it and who answers for it."),
            French => Text::plain("Demandez ")
                .and_code("/raci sauvegardes")
                .and(" avec vos mots, et voyez qui s’en charge et qui en répond."),
        }
    }

    /// Over the legend of a matrix.
    #[must_use]
    pub(crate) fn letters_of(self, service: &str) -> Text {
        Text::plain(match self {
            English => "The letters, in the words of ",
            French => "Les lettres, selon ",
        })
        .and_strong(service)
    }

    /// Over the letters of a scheme, where no document explains them.
    #[must_use]
    pub(crate) fn letters(self) -> Text {
        Text::plain(match self {
            English => "The letters",
            French => "Les lettres",
        })
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn the_age_of_a_source_is_said_as_people_say_it() {
        let today = date!(2026 - 11 - 23);
        for (day, english, french) in [
            (date!(2026 - 11 - 23), "today", "aujourd’hui"),
            (date!(2027 - 01 - 01), "today", "aujourd’hui"),
            (date!(2026 - 11 - 22), "yesterday", "hier"),
            (date!(2026 - 10 - 01), "53 days ago", "il y a 53 jours"),
            (date!(2026 - 01 - 01), "10 months ago", "il y a 10 mois"),
            (date!(2025 - 08 - 01), "15 months ago", "il y a 15 mois"),
            (date!(2024 - 10 - 02), "2 years ago", "il y a 2 ans"),
            (date!(1999 - 12 - 31), "26 years ago", "il y a 26 ans"),
        ] {
            assert!(English.dated(day, today).contains(&format!("({english})")), "{day}");
            assert!(French.dated(day, today).contains(&format!("({french})")), "{day}");
        }
    }

    #[test]
    fn an_old_source_is_to_be_checked() {
        let dated = English.dated(date!(2024 - 10 - 02), date!(2026 - 11 - 23));
        assert_eq!(dated, "source dated 2 Oct 2024 (2 years ago) — check before you rely on it");
    }

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
