//! A single value against its schema: text, a day, a number, a truth value, one of a few words.

use serde_json::Value;
use time::Date;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

use super::node::{Kind, Scalar};
use super::schema::{has_type, label};
use super::text::control;
use crate::import::source::{Mark, Source, suggestion};

/// How a day is written: `2024-10-02`.
pub(crate) const DAY: &[BorrowedFormatItem<'static>] = format_description!("[year]-[month]-[day]");

/// What a scalar is once it fits; `None` when it cannot be used, which is then reported.
pub(crate) fn fit(
    source: &mut Source<'_>,
    scalar: &Scalar,
    mark: Mark,
    schema: &Value,
    name: &str,
) -> Option<Kind> {
    let text = scalar.text.as_str();
    if scalar.is_null() || (text.trim().is_empty() && schema.get("minLength").is_some()) {
        source.error("empty", mark, format!("{} is empty", label(name)));
        return None;
    }
    if has_type(schema, "boolean") {
        return truth(source, text, mark, name);
    }
    if has_type(schema, "integer") {
        return number(source, text, mark, name).filter(|kind| {
            let Kind::Number(number) = kind else { return false };
            within(source, schema, *number, mark, name)
        });
    }
    let words = words(schema);
    if !words.is_empty() {
        return word(source, text, &words, mark, name);
    }
    match schema.get("format").and_then(Value::as_str) {
        Some("date") => day(source, text, mark, name)?,
        // `No` in a cell is better told as two unknown letters.
        Some("letters") => {}
        _ if has_type(schema, "number") => {}
        _ => quoted(source, scalar, mark),
    }
    one_line(source, text, mark, name)?;
    short(source, text, mark, schema, name)?;
    Some(Kind::Scalar(scalar.clone()))
}

/// Something empty of a scalar schema's kind.
pub(crate) fn stand_in(schema: &Value) -> Kind {
    if has_type(schema, "boolean") {
        Kind::Bool(false)
    } else if has_type(schema, "integer") {
        Kind::Number(0)
    } else if let Some(word) = words(schema).first() {
        Kind::Word((*word).to_owned())
    } else {
        Kind::Scalar(Scalar { text: String::new(), plain: false })
    }
}

/// Reports a scalar that other readers of YAML take for something else than text.
pub(crate) fn quoted(source: &mut Source<'_>, scalar: &Scalar, mark: Mark) {
    if !scalar.plain {
        return;
    }
    if let Some(kind) = not_text(&scalar.text) {
        let text = &scalar.text;
        source
            .error("unquoted", mark, format!("`{text}` without quotes is {kind} to YAML, not text"))
            .hint(format!("write `\"{text}\"`"));
    }
}

/// What readers of YAML, old and new, take plain text for, if not for text.
pub(crate) fn not_text(text: &str) -> Option<&'static str> {
    const TRUTH: [&str; 6] = ["true", "false", "yes", "no", "on", "off"];
    let same_case = |word: &str| {
        let upper = word.to_ascii_uppercase();
        text == word || text == upper || text == format!("{}{}", &upper[..1], &word[1..])
    };
    if TRUTH.iter().any(|word| same_case(word)) {
        return Some("true or false");
    }
    if same_case("null") || matches!(text, "" | "~") {
        return Some("nothing");
    }
    let digits = text.trim_start_matches(['+', '-']);
    let starts_as_number = digits.starts_with(|c: char| c.is_ascii_digit())
        || matches!(digits.to_ascii_lowercase().as_str(), ".inf" | ".nan")
        || digits
            .strip_prefix('.')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if !starts_as_number {
        return None;
    }
    if is_day(text) {
        return Some("a date");
    }
    is_number(digits).then_some("a number")
}

fn is_day(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let all_digits = |part: Option<&str>, lengths: std::ops::RangeInclusive<usize>| {
        part.is_some_and(|p| lengths.contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()))
    };
    all_digits(parts.next(), 4..=4)
        && all_digits(parts.next(), 1..=2)
        && parts.next().is_some_and(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            (1..=2).contains(&end)
                && rest[end..].chars().next().is_none_or(|c| matches!(c, 'T' | 't' | ' '))
        })
}

fn is_number(digits: &str) -> bool {
    let lower = digits.to_ascii_lowercase().replace('_', "");
    let radix = |prefix: &str, radix| {
        lower
            .strip_prefix(prefix)
            .is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_digit(radix)))
    };
    matches!(lower.as_str(), ".inf" | ".nan")
        || lower.parse::<f64>().is_ok()
        || radix("0x", 16)
        || radix("0o", 8)
        || radix("0b", 2)
        // Sexagesimal: 12:30 is 750 to YAML 1.1.
        || (lower.contains(':') && lower.chars().all(|c| c.is_ascii_digit() || c == ':' || c == '.'))
}

fn truth(source: &mut Source<'_>, text: &str, mark: Mark, name: &str) -> Option<Kind> {
    match text {
        "true" => Some(Kind::Bool(true)),
        "false" => Some(Kind::Bool(false)),
        _ => {
            let message =
                format!("{} should be `true` or `false`, not `{}`", label(name), cut(text));
            source.error("wrong-type", mark, message);
            None
        }
    }
}

fn number(source: &mut Source<'_>, text: &str, mark: Mark, name: &str) -> Option<Kind> {
    let number = text.parse().ok().map(Kind::Number);
    if number.is_none() {
        let message = format!("{} should be a whole number, not `{}`", label(name), cut(text));
        source.error("wrong-type", mark, message);
    }
    number
}

/// Whether a number is within a schema's bounds, where it has both.
fn within(source: &mut Source<'_>, schema: &Value, number: u64, mark: Mark, name: &str) -> bool {
    let bound = |key| schema.get(key).and_then(Value::as_u64);
    let (Some(least), Some(most)) = (bound("minimum"), bound("maximum")) else { return true };
    let fits = (least..=most).contains(&number);
    if !fits {
        let message = format!("{} should be from {least} to {most}, not {number}", label(name));
        source.error("out-of-range", mark, message);
    }
    fits
}

fn word(
    source: &mut Source<'_>,
    text: &str,
    words: &[&str],
    mark: Mark,
    name: &str,
) -> Option<Kind> {
    if let Some(word) = words.iter().find(|word| word.eq_ignore_ascii_case(text)) {
        return Some(Kind::Word((*word).to_owned()));
    }
    source
        .error("unknown-word", mark, format!("{} cannot be `{}`", label(name), cut(text)))
        .maybe(suggestion(text, words.iter().copied()));
    None
}

fn day(source: &mut Source<'_>, text: &str, mark: Mark, name: &str) -> Option<()> {
    if Date::parse(text, DAY).is_ok() {
        return Some(());
    }
    source
        .error("no-date", mark, format!("{} is no day: `{}`", label(name), cut(text)))
        .hint("write year, month and day as in `2024-10-02`");
    None
}

fn one_line(source: &mut Source<'_>, text: &str, mark: Mark, name: &str) -> Option<()> {
    let Some(c) = text.chars().find(|c| c.is_control()) else { return Some(()) };
    let (what, hint) = match c {
        '\n' => {
            ("more than one line".to_owned(), "begin the block with `>-`, which joins its lines")
        }
        '\t' => ("a tab".to_owned(), "write a space"),
        c => (control(c), "remove it"),
    };
    source.error("control-character", mark, format!("{} holds {what}", label(name))).hint(hint);
    None
}

fn short(
    source: &mut Source<'_>,
    text: &str,
    mark: Mark,
    schema: &Value,
    name: &str,
) -> Option<()> {
    let most = schema.get("maxLength").and_then(Value::as_u64).unwrap_or(u64::MAX);
    let length = text.chars().count();
    if length as u64 <= most {
        return Some(());
    }
    let message = format!("{} is {length} characters long; {most} at most", label(name));
    source.error("too-long", mark, message);
    None
}

/// A piece of a file in a message, at most 60 characters of it.
pub(crate) fn cut(text: &str) -> String {
    const MOST: usize = 60;
    let visible = |c: char| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c };
    let mut cut: String = text.chars().take(MOST).map(visible).collect();
    if text.chars().nth(MOST).is_some() {
        cut.pop();
        cut.push('…');
    }
    cut
}

fn words(schema: &Value) -> Vec<&str> {
    let listed = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
    let described = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    listed
        .chain(described.clone().filter_map(|one| one.get("const")))
        .chain(described.filter_map(|one| one.get("enum")).filter_map(Value::as_array).flatten())
        .filter_map(Value::as_str)
        .collect()
}
