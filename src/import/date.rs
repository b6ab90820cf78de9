//! Dates as documents write them: `2024-6-25`, `13th July 2023`, `December 1st, 2021`,
//! `1er décembre 2021`, `22/12/2022`.

use time::{Date, Month};

use super::table::words::fold;

/// The beginnings of the months' names in the languages seen, without accents.
const MONTHS: &[(&str, Month)] = &[
    ("jan", Month::January),
    ("ene", Month::January),
    ("gen", Month::January),
    ("sty", Month::January),
    ("feb", Month::February),
    ("fev", Month::February),
    ("lut", Month::February),
    ("mar", Month::March),
    ("apr", Month::April),
    ("avr", Month::April),
    ("abr", Month::April),
    ("kwi", Month::April),
    ("may", Month::May),
    ("mai", Month::May),
    ("mag", Month::May),
    ("maj", Month::May),
    ("jun", Month::June),
    ("juin", Month::June),
    ("giu", Month::June),
    ("cze", Month::June),
    ("jul", Month::July),
    ("juil", Month::July),
    ("lug", Month::July),
    ("lip", Month::July),
    ("aug", Month::August),
    ("aou", Month::August),
    ("ago", Month::August),
    ("sie", Month::August),
    ("sep", Month::September),
    ("set", Month::September),
    ("wrz", Month::September),
    ("oct", Month::October),
    ("okt", Month::October),
    ("ott", Month::October),
    ("out", Month::October),
    ("paz", Month::October),
    ("nov", Month::November),
    ("lis", Month::November),
    ("dec", Month::December),
    ("dez", Month::December),
    ("dic", Month::December),
    ("gru", Month::December),
];

/// Words that say that a date is the one of the last change.
const UPDATED: &[&str] = &[
    "updat",
    "mise a jour",
    "mis a jour",
    "aktualis",
    "geandert",
    "stand vom",
    "stand am",
    "actualiz",
    "aggiorn",
    "atualiz",
    "last modified",
    "last changed",
    "last reviewed",
    "revised",
];

/// The most characters of a line that is searched for a date.
const MAX_LINE: usize = 200;

/// The first date in a text.
pub(super) fn find(text: &str) -> Option<Date> {
    let text: String = text.chars().take(MAX_LINE).collect();
    let folded: String = text
        .chars()
        .map(|c| if c.is_alphanumeric() || "-/.".contains(c) { c } else { ' ' })
        .collect();
    let words: Vec<&str> =
        folded.split_whitespace().map(|word| word.trim_matches(['.', '-', '/'])).collect();
    words
        .iter()
        .find_map(|word| numeric(word))
        .or_else(|| (0..words.len()).find_map(|at| spelt(&words[at..])))
}

/// The date in a text that says when something was last updated.
pub(super) fn of_update(text: &str) -> Option<Date> {
    let start: String = text.chars().take(MAX_LINE).collect();
    let folded = fold(&start);
    UPDATED.iter().any(|word| folded.contains(word)).then(|| find(text)).flatten()
}

/// `2024-10-02`, `22/12/2022`, `12.2.2022`; the day first where both orders are possible.
fn numeric(word: &str) -> Option<Date> {
    let word = word.split(['T', 't']).next()?;
    let parts: Vec<&str> = word.split(['-', '/', '.']).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let number = |text: &str| text.parse::<u16>().ok();
    let (a_number, b_number, c_number) = (number(a)?, number(b)?, number(c)?);
    if a.len() == 4 {
        return date(a_number, b_number, c_number);
    }
    if c.len() != 4 {
        return None;
    }
    date(c_number, b_number, a_number).or_else(|| date(c_number, a_number, b_number))
}

/// `13th July 2023`, `July 13th, 2023`, `13 de julio de 2023`, from the first word on.
fn spelt(words: &[&str]) -> Option<Date> {
    let mut found = words.iter().filter(|word| !["de", "of", "the", "del"].contains(word)).take(3);
    let (first, second, third) = (found.next()?, found.next()?, found.next()?);
    let year = third.parse().ok().filter(|_| third.len() == 4)?;
    let (day, month) = match (day(first), month(second)) {
        (Some(day), Some(month)) => (day, month),
        _ => (day(second)?, month(first)?),
    };
    date(year, u8::from(month).into(), day)
}

fn day(word: &str) -> Option<u16> {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let (digits, suffix) = word.split_at(end);
    let known = ["", "st", "nd", "rd", "th", "er", "e", "º", "°", "."].contains(&suffix);
    digits.parse().ok().filter(|_| known && digits.len() <= 2)
}

fn month(word: &str) -> Option<Month> {
    let folded = fold(word);
    let known = MONTHS.iter().filter(|(start, _)| folded.starts_with(start));
    known.max_by_key(|(start, _)| start.len()).map(|&(_, month)| month)
}

fn date(year: u16, month: u16, day: u16) -> Option<Date> {
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let plausible = (1990..=2200).contains(&year);
    Date::from_calendar_date(i32::from(year), month, u8::try_from(day).ok()?)
        .ok()
        .filter(|_| plausible)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_date_is_read() {
        for (text, expected) in [
            ("2024-10-02", "2024-10-02"),
            ("2024-6-25", "2024-06-25"),
            ("2024-10-02T12:00:00Z", "2024-10-02"),
            ("Last updated 13th July 2023", "2023-07-13"),
            ("Last updated December 1st, 2021", "2021-12-01"),
            ("last update on the 07/02/2023", "2023-02-07"),
            ("22/12/2022", "2022-12-22"),
            ("12/22/2022", "2022-12-22"),
            ("Dernière mise à jour le 1er décembre 2021", "2021-12-01"),
            ("Zuletzt aktualisiert am 3. März 2022", "2022-03-03"),
            ("Última actualización: 5 de agosto de 2020", "2020-08-05"),
        ] {
            let found = find(text).map(|date| date.to_string());
            assert_eq!(found.as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in
            ["", "version 1.2.3", "in May", "31/02/2023", "9999-99-99", "12.13.14", "99999-1-1"]
        {
            assert_eq!(find(text), None, "{text}");
        }
        assert_eq!(of_update("Founded 13 July 2023"), None);
    }
}
