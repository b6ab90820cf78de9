//! The commands: what they and their options are called, and what each is for.

use super::Language::{self, English, French};

impl Language {
    /// What a command or an option is called, by its English name.
    #[must_use]
    pub(crate) fn named(self, english: &'static str) -> &'static str {
        match (self, english) {
            (French, "raci-duties") => "raci-tâches",
            (French, "raci-help") => "raci-aide",
            (French, "activity") => "activité",
            (French, "share") => "partager",
            (French, "party") => "partie",
            (French, "as") => "titre",
            (French, "Who is responsible?") => "Qui est responsable ?",
            (English | French, name) => name,
        }
    }

    /// `/raci`.
    #[must_use]
    pub(crate) fn describes_raci(self) -> &'static str {
        match self {
            English => "Who is responsible for this?",
            French => "Qui est responsable de cela ?",
        }
    }

    /// The option for what is asked about.
    #[must_use]
    pub(crate) fn describes_activity(self) -> &'static str {
        match self {
            English => "What it is about, in your own words; leave it out to browse",
            French => "De quoi il s’agit, avec vos mots ; sans rien, pour parcourir",
        }
    }

    /// The option for the service.
    #[must_use]
    pub(crate) fn describes_service(self) -> &'static str {
        match self {
            English => "The service it is about",
            French => "Le service concerné",
        }
    }

    /// The option for who sees the answer.
    #[must_use]
    pub(crate) fn describes_share(self) -> &'static str {
        match self {
            English => "Whether everybody in the channel sees the answer",
            French => "Si tout le canal voit la réponse",
        }
    }

    /// `/raci-duties`.
    #[must_use]
    pub(crate) fn describes_duties(self) -> &'static str {
        match self {
            English => "What is a party responsible, accountable, consulted or informed for?",
            French => "De quoi une partie est-elle responsable, garante, consultée ou informée ?",
        }
    }

    /// The option for the party.
    #[must_use]
    pub(crate) fn describes_party(self) -> &'static str {
        match self {
            English => "Whose duties: a party, us, them, nobody or several",
            French => "Les tâches de qui : une partie, nous, eux, personne ou plusieurs",
        }
    }

    /// The option for the participation.
    #[must_use]
    pub(crate) fn describes_as(self) -> &'static str {
        match self {
            English => "Only in this part: a letter (R) or a word (accountable)",
            French => "À ce seul titre : une lettre (R) ou un mot (garant)",
        }
    }

    /// `/raci-help`.
    #[must_use]
    pub(crate) fn describes_help(self) -> &'static str {
        match self {
            English => "How to ask, and what the letters mean",
            French => "Comment demander, et ce que veulent dire les lettres",
        }
    }

    /// The operators' command.
    #[must_use]
    pub(crate) fn describes_admin(self) -> &'static str {
        match self {
            English => "For the operators of this bot",
            French => "Pour les opérateurs de ce bot",
        }
    }

    /// How the bot stands.
    #[must_use]
    pub(crate) fn describes_status(self) -> &'static str {
        match self {
            English => "What answers now, how old it is, and what is wrong with it",
            French => "Ce qui répond, de quand cela date, et ce qui ne va pas",
        }
    }

    /// Reading configuration and matrices again.
    #[must_use]
    pub(crate) fn describes_reload(self) -> &'static str {
        match self {
            English => "Read configuration and matrices again now, and say what came of it",
            French => "Relire configuration et matrices maintenant, et dire ce qu’il en est",
        }
    }

    /// What found nothing.
    #[must_use]
    pub(crate) fn describes_unanswered(self) -> &'static str {
        match self {
            English => "Questions that found nothing, and the aliases that would help",
            French => "Les questions sans résultat, et les alias qui y remédieraient",
        }
    }

    /// What a conversation in a terminal begins with.
    #[must_use]
    pub(crate) fn welcome(self) -> &'static str {
        match self {
            English => {
                "Ask who is responsible for something, in your own words. /raci-help helps, /quit ends."
            }
            French => {
                "Demandez qui est responsable de quelque chose, avec vos mots. /raci-aide aide, /quit termine."
            }
        }
    }
}
