//! Days, and how old a source is, as people say it.

use time::Date;

use super::Language::{self, English, French};

impl Language {
    /// The source's day and how long ago that was, with advice when it was long ago.
    #[must_use]
    pub(crate) fn dated(self, date: Date, today: Date) -> String {
        self.aged("source dated", "source du", date, today)
    }

    /// The same of the oldest of several sources.
    #[must_use]
    pub(crate) fn oldest(self, date: Date, today: Date) -> String {
        self.aged("oldest source dated", "la plus ancienne source date du", date, today)
    }

    fn aged(self, english: &str, french: &str, date: Date, today: Date) -> String {
        let day = self.date(date);
        let days = (today - date).whole_days();
        let age = self.age(days);
        let old = days > 365;
        match self {
            English if old => format!("{english} {day} ({age}) — check before you rely on it"),
            English => format!("{english} {day} ({age})"),
            French if old => format!("{french} {day} ({age}) — à vérifier avant de s’y fier"),
            French => format!("{french} {day} ({age})"),
        }
    }

    /// A day and how long ago that was.
    #[must_use]
    pub(crate) fn day_and_age(self, date: Date, today: Date) -> String {
        format!("{} ({})", self.date(date), self.age((today - date).whole_days()))
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
        match (self, date.day()) {
            (French, 1) => format!("1er {month} {}", date.year()),
            (_, day) => format!("{day} {month} {}", date.year()),
        }
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
    fn a_day_is_written_in_words_so_that_it_is_the_same_day_everywhere() {
        assert_eq!(English.date(date!(2024 - 10 - 02)), "2 Oct 2024");
        assert_eq!(French.date(date!(2024 - 10 - 02)), "2 oct. 2024");
        assert_eq!(French.date(date!(2024 - 08 - 01)), "1er août 2024");
    }
}
