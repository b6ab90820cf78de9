//! What operators are told of questions that found nothing.

use time::Date;

use super::Language::{self, English, French};
use crate::commands::text::Text;

impl Language {
    /// The installation does not keep what is asked.
    #[must_use]
    pub(crate) fn questions_are_not_kept(self) -> Text {
        match self {
            English => Text::plain("What is asked is not kept; ")
                .and_code("unanswered: { keep: true }")
                .and(" in the configuration would keep what finds nothing."),
            French => Text::plain("Les questions ne sont pas conservées ; ")
                .and_code("unanswered: { keep: true }")
                .and(" dans la configuration garderait celles sans résultat."),
        }
    }

    /// How many kept questions find nothing sure today.
    #[must_use]
    pub(crate) fn gaps(self, count: usize) -> Text {
        match (self, count) {
            (English, 0) => Text::plain("No question is kept that finds nothing sure today."),
            (French, 0) => Text::plain("Aucune question conservée n’est sans résultat sûr."),
            (English, 1) => Text::strong("1 question").and(" finds nothing sure"),
            (English, n) => Text::strong(format!("{n} questions")).and(" find nothing sure"),
            (French, 1) => Text::strong("1 question").and(" sans résultat sûr"),
            (French, n) => Text::strong(format!("{n} questions")).and(" sans résultat sûr"),
        }
    }

    /// What to do about them.
    #[must_use]
    pub(crate) fn how_to_close_gaps(self) -> Text {
        Text::plain(match self {
            English => "Pasted below the activity that is meant, the aliases are understood.",
            French => "Collés sous l’activité voulue, ces alias seront compris.",
        })
    }

    /// How often and when last.
    #[must_use]
    pub(crate) fn asked_times(self, times: u32, last: Date) -> String {
        let day = self.date(last);
        match (self, times) {
            (English, 1) => format!("once, {day}"),
            (English, n) => format!("{n} times, last {day}"),
            (French, 1) => format!("une fois, {day}"),
            (French, n) => format!("{n} fois, la dernière le {day}"),
        }
    }

    /// No activity resembles a question.
    #[must_use]
    pub(crate) fn nothing_near(self) -> &'static str {
        match self {
            English => "nothing comes near",
            French => "rien d’approchant",
        }
    }
}
