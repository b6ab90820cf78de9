//! What one cell of a matrix says: every spelling of letters that was seen in real pages.

use std::borrow::Cow;

use crate::domain::{Participation, Participations, Scheme};

use super::words;

/// The letters of all schemes.
const LETTERS: &str = "RASCIVOD";
const SUPERSCRIPTS: &str = "¹²³⁴⁵⁶⁷⁸⁹";
const FOOTNOTE_SIGNS: &str = "*†‡§";
/// Cyrillic and Greek letters that look like letters of schemes, and those.
const LOOKALIKES: &[(char, char)] = &[
    ('А', 'A'),
    ('а', 'a'),
    ('С', 'C'),
    ('с', 'c'),
    ('І', 'I'),
    ('і', 'i'),
    ('Ѕ', 'S'),
    ('О', 'O'),
    ('Α', 'A'),
    ('Ι', 'I'),
    ('Ο', 'O'),
    ('Ѵ', 'V'),
];

/// A cell that was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reading {
    /// What the party does.
    pub(super) participations: Participations,
    /// What stood in brackets behind the letters.
    pub(super) detail: Option<String>,
    /// Signs that point at a footnote: `*`, `1`.
    pub(super) marks: Vec<String>,
}

/// Reads a cell; the error is the part that no letter of the scheme explains.
pub(super) fn read(text: &str, scheme: Scheme) -> Result<Reading, String> {
    let (text, marks) = without_marks(&latin(text));
    let (bare, details) = without_brackets(&text);
    let mut reading = Reading { marks, ..Reading::default() };
    let mut remarks = Vec::new();
    for detail in details {
        if detail.chars().all(|c| c.is_ascii_digit()) {
            reading.marks.push(detail);
        } else if tokens(&detail).all(|token| token_of(token, scheme).is_some()) {
            return Err(format!("({detail})"));
        } else {
            remarks.push(detail);
        }
    }
    if words::is_nothing(&bare) {
        return match remarks.first() {
            Some(detail) => Err(format!("({detail})")),
            None => Ok(reading),
        };
    }
    let (letters, explained) = explained(&bare);
    remarks.extend(explained.map(str::to_owned));
    if let Some(whole) = word(letters, scheme) {
        reading.participations.insert(whole);
    } else {
        for token in spoken(letters) {
            let found = token_of(token, scheme).ok_or_else(|| token.to_owned())?;
            for participation in found.iter(scheme) {
                reading.participations.insert(participation);
            }
        }
    }
    reading.detail = (!remarks.is_empty()).then(|| remarks.join("; "));
    Ok(reading)
}

/// Whether a cell looks like letters of whatever scheme, and is more than nothing.
pub(in crate::import) fn looks_like_letters(text: &str) -> bool {
    let (text, _) = without_marks(&latin(text));
    let (bare, _) = without_brackets(&text);
    let bare = explained(&bare).0;
    !words::is_nothing(bare)
        && (words::participation(bare).is_some()
            || spoken(bare).all(|token| is_letters(token) || words::participation(token).is_some()))
}

/// Whether a cell looks like letters and not like the initials of a role: `CIO` and `CISO` are made
/// of letters of schemes too.
pub(in crate::import) fn is_surely_letters(text: &str) -> bool {
    let is_short = |token: &str| {
        let plain = token.chars().all(|c| "RACIraci".contains(c));
        token.chars().count() <= 2 || plain || !is_letters(token)
    };
    looks_like_letters(text)
        && spoken(explained(&without_brackets(&without_marks(text).0).0).0).all(is_short)
}

/// Whether a text is nothing but letters of schemes, as a cell is and a name hardly ever.
pub(super) fn is_run_of_letters(text: &str) -> bool {
    let mut tokens = tokens(text).peekable();
    tokens.peek().is_some() && tokens.all(is_letters)
}

/// The participation that a header cell stands for: `Responsible`, `R`, `Responsible (R)`.
pub(super) fn heading(text: &str, scheme: Scheme) -> Option<Participation> {
    let (text, _) = without_marks(text);
    let (bare, details) = without_brackets(&text);
    let bare = bare.trim();
    let of_letter = |text: &str| {
        let mut letters = text.chars();
        letters.next().filter(|_| letters.next().is_none()).and_then(|l| scheme.participation(l))
    };
    let first = bare.split([':', '=', '–', '-']).next().unwrap_or_default().trim();
    word(bare, scheme)
        .or_else(|| of_letter(first))
        // A word that we do not know, and its letter: `Ответственный (R)`.
        .or_else(|| details.last().and_then(|detail| of_letter(detail)))
}

/// A cell's text without the signs that point at footnotes, and those signs.
pub(super) fn without_marks(text: &str) -> (String, Vec<String>) {
    let mut marks = Vec::new();
    let mut rest = text.trim();
    while let Some(last) = rest.chars().next_back() {
        let sign_start = if FOOTNOTE_SIGNS.contains(last) {
            rest.trim_end_matches(last).len()
        } else if SUPERSCRIPTS.contains(last) {
            rest.len() - last.len_utf8()
        } else {
            break;
        };
        let digit = SUPERSCRIPTS.chars().zip('1'..).find(|(sup, _)| *sup == last);
        marks.push(digit.map_or_else(|| rest[sign_start..].to_owned(), |(_, d)| d.to_string()));
        rest = rest[..sign_start].trim_end();
    }
    (rest.to_owned(), marks)
}

/// A cell's text without what stands in brackets, and that.
fn without_brackets(text: &str) -> (String, Vec<String>) {
    let mut bare = String::new();
    let mut details: Vec<String> = Vec::new();
    let mut depth = 0_u32;
    for c in text.chars() {
        match c {
            '(' | '[' => {
                if depth == 0 {
                    details.push(String::new());
                    bare.push(' ');
                }
                depth += 1;
            }
            ')' | ']' if depth > 0 => depth -= 1,
            _ if depth > 0 => details.last_mut().into_iter().for_each(|detail| detail.push(c)),
            _ => bare.push(c),
        }
    }
    let details = details.iter().map(|detail| detail.split_whitespace().collect::<Vec<_>>());
    let details = details.map(|words| words.join(" ")).filter(|detail| !detail.is_empty());
    (bare.trim().to_owned(), details.collect())
}

/// A cell with letters of other scripts that look like ours, as another keyboard types them, in
/// ours; words of those scripts stay as they are.
fn latin(text: &str) -> Cow<'_, str> {
    let look = |c: char| LOOKALIKES.iter().find(|(other, _)| *other == c).map(|&(_, ours)| ours);
    let is_word = |word: &str| {
        word.chars().count() > LETTERS.len() || !word.chars().any(|c| look(c).is_some())
    };
    if text.is_ascii() || text.split(|c: char| !c.is_alphabetic()).all(is_word) {
        return text.into();
    }
    text.chars().map(|c| look(c).unwrap_or(c)).collect::<String>().into()
}

/// `R: runs the job` in its letters and what explains them.
fn explained(text: &str) -> (&str, Option<&str>) {
    let found = [": ", " - ", " – ", " — ", "\n"].iter().filter_map(|sign| text.split_once(sign));
    let Some((letters, rest)) = found.min_by_key(|(letters, _)| letters.len()) else {
        return (text, None);
    };
    let in_letters = tokens(letters).next().is_some() && tokens(letters).all(is_letters);
    let in_words = tokens(rest).filter(|token| !is_letters(token)).count() > 1;
    if in_letters && in_words { (letters, Some(rest.trim())) } else { (text, None) }
}

/// The tokens that say something; without the pictures that decorate them, where there are others.
fn spoken(text: &str) -> impl Iterator<Item = &str> {
    // From the arrows on, Unicode has symbols and emoji, but for the other scripts' letters.
    let says = |token: &&str| token.contains(|c: char| c.is_alphanumeric() || c < '\u{2190}');
    let any = tokens(text).any(|token| says(&token));
    tokens(text).filter(move |token| !any || says(token))
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || "/,;+&·•|.-–—".contains(c)).filter(|token| {
        !token.is_empty()
            && !["and", "et", "und", "y", "e"].contains(&token.to_lowercase().as_str())
    })
}

/// The participations of one token: a word or letters run together.
fn token_of(token: &str, scheme: Scheme) -> Option<Participations> {
    if let Some(participation) = word(token, scheme) {
        return Some([participation].into_iter().collect());
    }
    is_letters(token)
        .then(|| token.chars().map(|letter| scheme.participation(letter)).collect())
        .flatten()
}

fn word(text: &str, scheme: Scheme) -> Option<Participation> {
    let meant = words::participation(text)?;
    // What the one calls accountable and responsible, DACI calls by other names.
    scheme.letter(meant).map(|_| meant)
}

/// Whether a token is a handful of letters, none twice. Longer words in lower case are words.
fn is_letters(token: &str) -> bool {
    let upper = token.to_uppercase();
    let known = upper.chars().all(|c| LETTERS.contains(c));
    let once = upper.char_indices().all(|(at, c)| !upper[..at].contains(c));
    let short = token.len() <= 2 || (token == upper && token.len() <= LETTERS.len());
    known && once && short && !token.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str) -> Result<String, String> {
        read(text, Scheme::Raci).map(|reading| reading.participations.letters(Scheme::Raci))
    }

    #[test]
    fn every_spelling_of_letters_is_read() {
        for spelling in [
            "RA",
            "AR",
            "A/R",
            "R, A",
            "A & R",
            "R·A",
            "R / A",
            "R and A",
            "ra",
            "r a",
            "R+A",
            "R;A",
            "R.A.",
            "Responsible, Accountable",
            "Accountable & Responsible",
            "R-A",
            "RA*",
            "R\u{a0}A",
            "responsible / A",
            "RA¹",
            "R et A",
            "R, А",
            "✅ R/A",
        ] {
            assert_eq!(letters(spelling).as_deref(), Ok("RA"), "{spelling:?}");
        }
    }

    #[test]
    fn every_spelling_of_nothing_is_an_empty_cell() {
        for spelling in ["", " ", "-", "—", "–", "--", "N/A", "n.a.", "NaN", "none", "/", "."] {
            assert_eq!(letters(spelling).as_deref(), Ok(""), "{spelling:?}");
        }
    }

    #[test]
    fn brackets_are_a_detail_and_signs_point_at_footnotes() {
        let reading = read("C (Legal)", Scheme::Raci).expect("letters");
        assert_eq!(reading.detail.as_deref(), Some("Legal"));
        let reading = read("R (enforces policy) / A**", Scheme::Raci).expect("letters");
        assert_eq!(reading.participations.letters(Scheme::Raci), "RA");
        assert_eq!(reading.marks, ["**"]);
        assert_eq!(read("A (1)", Scheme::Raci).expect("letters").marks, ["1"]);
        for (cell, letters, detail) in [
            ("R: runs the job", "R", "runs the job"),
            ("R/A – signs and pays", "RA", "signs and pays"),
            ("C\nonly at night", "C", "only at night"),
        ] {
            let reading = read(cell, Scheme::Raci).expect("letters");
            assert_eq!(reading.participations.letters(Scheme::Raci), letters, "{cell}");
            assert_eq!(reading.detail.as_deref(), Some(detail), "{cell}");
        }
    }

    #[test]
    fn what_the_scheme_does_not_know_is_an_error_that_names_it() {
        for (cell, culprit) in [
            ("S", "S"),
            ("RX", "RX"),
            ("✓", "✓"),
            ("R, tbd", "tbd"),
            ("air", "air"),
            ("A (R)", "(R)"),
            ("RR", "RR"),
        ] {
            assert_eq!(letters(cell), Err(culprit.to_owned()), "{cell}");
        }
        let letters = |scheme| read("S", scheme).expect("a letter").participations.letters(scheme);
        assert_eq!(letters(Scheme::Rasci), "S");
        assert_eq!(letters(Scheme::RaciVs), "S");
    }

    #[test]
    fn a_header_can_be_a_participation() {
        for text in [
            "Responsible",
            "R",
            "Responsible (R)",
            "R - Responsible",
            "(R)",
            "responsable",
            "Ответственный (R)",
        ] {
            assert_eq!(heading(text, Scheme::Raci), Some(Participation::Responsible), "{text}");
        }
        assert_eq!(heading("Customer", Scheme::Raci), None);
    }
}
