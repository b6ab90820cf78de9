//! The words of our own that stand in a document, in the languages that we speak.

use crate::commands::Language;

/// The words of our own that stand in a document.
#[derive(Debug)]
pub(super) struct Words {
    /// The header of the rows' names.
    pub(super) activity: &'static str,
    /// The header of what the rows belong to.
    pub(super) section: &'static str,
    /// The header of remarks.
    pub(super) note: &'static str,
    /// Over the explanation of the letters.
    pub(super) letters: &'static str,
    /// The header of a single letter.
    pub(super) letter: &'static str,
    /// The header of what a letter means.
    pub(super) meaning: &'static str,
    /// Before other names.
    pub(super) also: &'static str,
    /// Before where the matrix was taken from.
    pub(super) source: &'static str,
    /// Before a licence.
    pub(super) licence: &'static str,
    /// A cell in which no letter stands, to those who hear it.
    pub(super) no_role: &'static str,
    /// The search box.
    pub(super) search: &'static str,
    /// What is found, before its number.
    pub(super) found: &'static str,
    /// The title of a page of several matrices.
    pub(super) matrices: &'static str,
    /// What a picture shows, before the service's name.
    pub(super) picture: &'static str,
}

impl Words {
    /// The words in a language.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::French => &FRENCH,
        }
    }
}

const ENGLISH: Words = Words {
    activity: "Activity",
    section: "Section",
    note: "Note",
    letters: "Letters",
    letter: "Letter",
    meaning: "Meaning",
    also: "Also:",
    source: "Source:",
    licence: "Licence:",
    no_role: "no role listed",
    search: "Search activities",
    found: "Activities shown:",
    matrices: "Who is responsible for what",
    picture: "Responsibility matrix of",
};

const FRENCH: Words = Words {
    activity: "Activité",
    section: "Section",
    note: "Note",
    letters: "Lettres",
    letter: "Lettre",
    meaning: "Sens",
    also: "Aussi :",
    source: "Source :",
    licence: "Licence :",
    no_role: "aucun rôle indiqué",
    search: "Chercher une activité",
    found: "Activités affichées :",
    matrices: "Qui est responsable de quoi",
    picture: "Matrice de responsabilités de",
};
