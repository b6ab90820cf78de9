//! What operators are told.

use std::path::Path;

use time::UtcDateTime;

use super::Language::{self, English, French};
use crate::commands::Standing;
use crate::commands::text::Text;

impl Language {
    /// Somebody who is no operator wants what is theirs.
    #[must_use]
    pub(crate) fn not_an_operator(self) -> Text {
        Text::plain(match self {
            English => "That is for this bot’s operators, whom its configuration names.",
            French => "Réservé aux opérateurs de ce bot, que sa configuration désigne.",
        })
    }

    /// The bottom line of the status.
    #[must_use]
    pub(crate) fn answers_from(self, version: &str, matrices: usize, activities: usize) -> Text {
        let text = Text::strong(format!("raci-bot {version}"));
        match self {
            English => text.and(" answers from "),
            French => text.and(" répond d’après "),
        }
        .and(self.of_matrices(matrices, activities))
        .and(".")
    }

    pub(super) fn of_matrices(self, matrices: usize, activities: usize) -> String {
        let activities = self.activities(activities);
        match (self, matrices) {
            (English, 1) => format!("1 matrix, {activities}"),
            (English, n) => format!("{n} matrices, {activities}"),
            (French, 0 | 1) => format!("{matrices} matrice, {activities}"),
            (French, n) => format!("{n} matrices, {activities}"),
        }
    }

    /// A moment to the minute: `25 Nov 2026 14:03 UTC`. Only the reader's own clock knows their
    /// zone.
    #[must_use]
    pub(crate) fn moment(self, at: UtcDateTime) -> String {
        format!("{} {:02}:{:02} UTC", self.date(at.date()), at.hour(), at.minute())
    }

    /// When and where the matrices that answer were read.
    #[must_use]
    pub(crate) fn read_at(self, standing: &Standing, directory: &Path) -> Text {
        let at = self.moment(standing.served_since);
        let text = match self {
            English => Text::plain(format!("Read {at} from ")),
            French => Text::plain(format!("Lues le {at} dans ")),
        };
        let text = text.and_code(directory.display().to_string());
        let (successes, failures) = (standing.successes, standing.failures);
        match (self, successes + failures, failures) {
            (_, 1, _) => text.and("."),
            (English, all, 0) => text.and(format!("; read {all} times since the start.")),
            (English, all, bad) => {
                text.and(format!("; read {all} times since the start, {bad} in vain."))
            }
            (French, all, 0) => text.and(format!(" ; lues {all} fois depuis le démarrage.")),
            (French, all, bad) => {
                text.and(format!(" ; lues {all} fois depuis le démarrage, {bad} en vain."))
            }
        }
    }

    /// The matrices are those of the program.
    #[must_use]
    pub(crate) fn builtin(self) -> Text {
        match self {
            English => Text::plain("They are built in; ")
                .and_code("data")
                .and(" in the configuration names a directory of your own."),
            French => Text::plain("Elles sont intégrées ; ")
                .and_code("data")
                .and(" dans la configuration désigne votre répertoire."),
        }
    }

    /// Nothing here reads files a second time.
    #[must_use]
    pub(crate) fn nothing_reloads(self) -> Text {
        Text::plain(match self {
            English => {
                "Configuration and matrices are read at the start here: start anew to read them again."
            }
            French => {
                "Ici, configuration et matrices sont lues au démarrage : relancez pour les relire."
            }
        })
    }

    /// The files are being read.
    #[must_use]
    pub(crate) fn reading_since(self, since: UtcDateTime) -> Text {
        let since = self.moment(since);
        Text::plain(match self {
            English => format!("They are being read again since {since}."),
            French => format!("Relecture en cours depuis le {since}."),
        })
    }

    /// Reading takes longer than an answer may.
    #[must_use]
    pub(crate) fn still_reading(self) -> Text {
        match self {
            English => Text::plain("Still reading. ")
                .and_code("/raci-admin status")
                .and(" tells what comes of it."),
            French => Text::plain("Lecture en cours. ")
                .and_code("/raci-admin status")
                .and(" dira ce qu’il en est."),
        }
    }

    /// Reading failed, and what answered before answers on.
    #[must_use]
    pub(crate) fn nothing_changed(self) -> Text {
        match self {
            English => Text::strong("Nothing changed")
                .and(": the files have faults. What was read before answers on."),
            French => Text::strong("Rien n’a changé").and(
                " : les fichiers ont des défauts. Ce qui a été lu avant continue de répondre.",
            ),
        }
    }

    /// The same, as of the last time that the files were read.
    #[must_use]
    pub(crate) fn not_read_since(self, at: UtcDateTime) -> Text {
        let at = self.moment(at);
        Text::plain(match self {
            English => {
                format!("The files have faults, found {at}. What was read before answers on.")
            }
            French => format!(
                "Les fichiers ont des défauts, constatés le {at}. Ce qui a été lu avant continue de répondre."
            ),
        })
    }

    /// Over the faults.
    #[must_use]
    pub(crate) fn faults(self, count: usize) -> String {
        match (self, count) {
            (English, 1) => "1 fault".into(),
            (English, n) => format!("{n} faults"),
            (French, 0 | 1) => format!("{count} défaut"),
            (French, n) => format!("{n} défauts"),
        }
    }

    /// Over the warnings.
    #[must_use]
    pub(crate) fn warnings(self, count: usize) -> String {
        match (self, count) {
            (English, 1) => "1 warning".into(),
            (English, n) => format!("{n} warnings"),
            (French, 0 | 1) => format!("{count} avertissement"),
            (French, n) => format!("{n} avertissements"),
        }
    }

    /// Faults quote files, and not all that is in them is for this operator.
    #[must_use]
    pub(crate) fn faults_not_for_you(self, count: usize) -> Text {
        let faults = self.faults(count);
        Text::plain(match self {
            English => format!(
                "{faults}; the log shows them. Here they are shown only to who may see every service."
            ),
            French => format!(
                "{faults} ; le journal les montre. Ici, seul qui voit tous les services les voit."
            ),
        })
    }

    /// There is more than this operator may see.
    #[must_use]
    pub(crate) fn only_what_you_see(self) -> Text {
        Text::plain(match self {
            English => "Only what you may see here is told and counted.",
            French => "Seul ce que vous pouvez voir ici est dit et compté.",
        })
    }

    /// A limit protects nothing, since what it names is not there.
    #[must_use]
    pub(crate) fn limits_nothing(self, service: &str) -> Text {
        match self {
            English => Text::default()
                .and_code("access")
                .and(" limits ")
                .and_code(service)
                .and(", which is no service’s id: it protects nothing."),
            French => Text::default()
                .and_code("access")
                .and(" limite ")
                .and_code(service)
                .and(", qui n’est l’identifiant d’aucun service : rien n’est protégé."),
        }
    }

    /// How many more problems there are.
    #[must_use]
    pub(crate) fn more_in_the_log(self, count: usize) -> Text {
        match self {
            English => Text::plain(format!("… and {count} more; "))
                .and_code("raci-bot check")
                .and(" shows all."),
            French => Text::plain(format!("… et {count} de plus ; "))
                .and_code("raci-bot check")
                .and(" montre tout."),
        }
    }

    /// Over the list of matrices.
    #[must_use]
    pub(crate) fn matrices_heading(self) -> &'static str {
        match self {
            English | French => "Matrices",
        }
    }

    /// How many questions found nothing.
    #[must_use]
    pub(crate) fn unanswered_since(self, count: u64) -> Text {
        Text::plain(match (self, count) {
            (English, 1) => "1 question found nothing sure since the start.".into(),
            (English, n) => format!("{n} questions found nothing sure since the start."),
            (French, 1) => "1 question sans résultat sûr depuis le démarrage.".into(),
            (French, n) => format!("{n} questions sans résultat sûr depuis le démarrage."),
        })
    }
}
