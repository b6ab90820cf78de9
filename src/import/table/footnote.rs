//! Footnotes: the sign that a text begins with, where it is one.

use super::{MAX_REMARK, cut};

/// The signs that a footnote begins with.
const SIGNS: &str = "*†‡§¹²³⁴⁵⁶⁷⁸⁹";

/// A paragraph of footnotes, each beginning a line, in single ones with the index of their line; any
/// other text as it is.
pub(in crate::import) fn split(text: &str) -> Vec<(u32, String)> {
    if signed(text).is_none() {
        return vec![(0, text.to_owned())];
    }
    let mut notes: Vec<(u32, String)> = Vec::new();
    for (at, line) in (0..).zip(text.lines()) {
        match notes.last_mut() {
            Some((_, note)) if signed(line).is_none() => {
                note.push('\n');
                note.push_str(line);
            }
            _ => notes.push((at, line.to_owned())),
        }
    }
    notes
}

/// A text that begins with the sign of a footnote: the sign and the rest.
pub(in crate::import) fn signed(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    let bracketed = text.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    if let Some((number, rest)) = bracketed
        && !number.is_empty()
        && number.len() <= 2
        && number.chars().all(|c| c.is_ascii_digit())
    {
        return Some((number.to_owned(), cut(rest.trim(), MAX_REMARK)));
    }
    let end = text.find(|c| !SIGNS.contains(c)).filter(|end| *end > 0)?;
    let (sign, rest) = text.split_at(end);
    let number = "¹²³⁴⁵⁶⁷⁸⁹".chars().zip('1'..).find(|(sup, _)| sign.starts_with(*sup));
    let sign = number.map_or_else(|| sign.to_owned(), |(_, digit)| digit.to_string());
    let rest = rest.trim_start_matches([':', ' ', '\u{a0}']);
    (!rest.is_empty()).then(|| (sign, cut(rest, MAX_REMARK)))
}
