//! A matrix as Markdown: headings, a table below each, as in a wiki or a repository.

use std::fmt::Write as _;

use super::words::Words;
use super::{Group, flat, groups, is_plain, language};
use crate::commands::Language;
use crate::domain::{Matrix, Participation, Scheme};

/// The deepest heading that Markdown has.
pub(super) const MAX_LEVEL: usize = 6;
/// What means something to Markdown inside a line, and to its extensions that are in wide use.
const MARKUP: &[char] =
    &['\\', '`', '*', '_', '{', '}', '[', ']', '<', '>', '&', '|', '~', '^', '#'];

/// The matrix; [`crate::import`] reads the same rows, letters, sections, notes and legend from it.
#[must_use]
pub fn write(matrix: &Matrix) -> String {
    let mut text = front_matter(matrix);
    paragraph(&mut text, &format!("# {}", escaped(&matrix.service.name)));
    if let Some(excerpt) = &matrix.source.excerpt {
        paragraph(&mut text, &escaped(excerpt));
    }
    paragraph(&mut text, &legend(matrix));
    let notes = matrix.activities.iter().any(|activity| activity.note.is_some());
    for group in groups(matrix) {
        if let Some(heading) = heading(matrix, &group) {
            paragraph(&mut text, &heading);
        }
        paragraph(&mut text, &table(matrix, &group, notes));
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn paragraph(text: &mut String, paragraph: &str) {
    if !paragraph.is_empty() {
        let _ = write!(text, "{}\n\n", paragraph.trim_end());
    }
}

/// What the matrix says of itself, as YAML.
fn front_matter(matrix: &Matrix) -> String {
    let source = &matrix.source;
    let entries = [
        // By these two import knows a page of ours, and takes its headings as they stand.
        ("service", Some(quoted(&matrix.service.id))),
        ("scheme", Some(matrix.scheme.id().to_owned())),
        ("confidential", matrix.service.confidential.then(|| "true".to_owned())),
        ("title", source.title.as_deref().map(quoted)),
        ("excerpt", source.excerpt.as_deref().map(quoted)),
        ("url", source.url.as_deref().map(quoted)),
        ("updated", source.date.map(|date| date.to_string())),
        ("licence", source.licence.as_deref().map(quoted)),
        ("language", matrix.language.as_deref().map(quoted)),
    ];
    let entries: String = entries
        .into_iter()
        .filter_map(|(key, value)| value.map(|value| format!("{key}: {value}\n")))
        .collect();
    format!("---\n{entries}---\n\n")
}

/// A text as a YAML scalar: what JSON quotes, YAML reads.
fn quoted(text: &str) -> String {
    serde_json::Value::from(flat(text)).to_string()
}

/// What the letters mean, in the document's own words; in ours where a letter would otherwise be
/// taken for that of another scheme.
fn legend(matrix: &Matrix) -> String {
    let language = language(matrix);
    let own = matrix.legend.iter().map(|(known, text)| (*known, flat(text)));
    let mut entries: Vec<(Participation, String)> = own.collect();
    if matrix.scheme != Scheme::Raci {
        let missing = matrix.scheme.letters().iter().map(|(_, participation)| *participation);
        for participation in missing.filter(|known| matrix.legend_of(*known).is_none()) {
            entries.push((participation, language.participation(participation).to_owned()));
        }
    }
    legend_table(matrix.scheme, language, &entries)
}

fn legend_table(scheme: Scheme, language: Language, entries: &[(Participation, String)]) -> String {
    if entries.is_empty() {
        return String::new();
    }
    let words = Words::of(language);
    let rows = entries.iter().filter_map(|(participation, text)| {
        scheme.letter(*participation).map(|letter| row(&[letter.to_string(), escaped(text)]))
    });
    format!("| {} | {} |\n| --- | --- |\n{}", words.letter, words.meaning, rows.collect::<String>())
}

fn heading(matrix: &Matrix, group: &Group<'_>) -> Option<String> {
    let section = group.section?;
    let level = (matrix.path(section).len() + 1).min(MAX_LEVEL);
    let section = matrix.sections.get(section)?;
    let label = escaped(&section.label());
    let label = if is_plain(section) { label } else { without_number(&label) };
    Some(format!("{} {label}", "#".repeat(level)))
}

/// A heading that import takes as it stands: what would end a number in it, or its title, is
/// escaped.
fn without_number(label: &str) -> String {
    let end = label.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(label.len());
    let (number, rest) = label.split_at(end);
    let mut text = match rest.chars().next() {
        Some(' ') if end > 0 => format!("{number}&#32;{}", &rest[1..]),
        Some(')') if end > 0 => format!("{number}\\{rest}"),
        _ => label.to_owned(),
    };
    if text.ends_with(':') {
        text.insert(text.len() - 1, '\\');
    }
    text
}

fn table(matrix: &Matrix, group: &Group<'_>, notes: bool) -> String {
    if group.activities.is_empty() {
        return String::new();
    }
    let words = Words::of(language(matrix));
    let note = notes.then(|| words.note.to_owned());
    let header: Vec<String> = [words.activity.to_owned()]
        .into_iter()
        .chain(matrix.parties.iter().map(|party| escaped(&party.name)))
        .chain(note)
        .collect();
    let mut text = row(&header) + &row(&vec!["---".to_owned(); header.len()]);
    for activity in &group.activities {
        let cells = activity.assignments.iter().map(|cell| cell.letters(matrix.scheme));
        let note = notes.then(|| activity.note.as_deref().map(escaped).unwrap_or_default());
        let cells: Vec<String> =
            [escaped(&activity.name)].into_iter().chain(super::said(cells)).chain(note).collect();
        text.push_str(&row(&cells));
    }
    text
}

fn row(cells: &[String]) -> String {
    let mut text = String::from("|");
    for cell in cells {
        let gap = if cell.is_empty() { "" } else { " " };
        let _ = write!(text, "{gap}{cell} |");
    }
    text + "\n"
}

/// Text that Markdown shows letter by letter, on one line.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in flat(text).chars() {
        if MARKUP.contains(&c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;

    #[test]
    fn a_matrix_is_headings_and_tables() {
        let expected = r#"---
service: "kms"
scheme: raci
title: "Shared \"responsibilities\""
excerpt: "Who does what"
url: "https://example.org/raci?a=1&b=2"
updated: 2024-10-02
licence: "CC0"
language: "en"
---

# Key \<Management\> \& Co

Who does what

| Letter | Meaning |
| --- | --- |
| R | Does the work |
| A | Answers for it |
| I | Is told |

## 3 Service usage

### 3.1 Daily operations

| Activity | Customer | OVHcloud | Note |
| --- | --- | --- | --- |
| Manage backups | | RA | Ask first, "always" |
| Import/export "objects", \*all\* of them \| \<script\>alert(1)\</script\> | RA | I | |

### End of \| life

| Activity | Customer | OVHcloud | Note |
| --- | --- | --- | --- |
| Destroy keys | - | - | |
"#;
        assert_eq!(write(&sample::matrix()), expected);
    }

    #[test]
    fn a_title_that_looks_numbered_is_escaped() {
        for (number, title, heading) in [
            (Some("1"), "first", "1 first"),
            (None, "1) first", "1\\) first"),
            (None, "2. second", "2.&#32;second"),
            (None, "3 apples", "3&#32;apples"),
            (Some("4"), "- dash", "4&#32;- dash"),
            (None, "So:", "So\\:"),
            (None, "2024 review", "2024 review"),
            (Some("IV"), "Scope", "IV Scope"),
        ] {
            let mut matrix = sample::matrix();
            matrix.sections[0].number = number.map(str::to_owned);
            matrix.sections[0].title = title.to_owned();
            let text = write(&matrix);
            assert!(text.contains(&format!("\n## {heading}\n")), "{heading}: {text}");
        }
    }

    #[test]
    fn the_letters_of_another_scheme_are_always_explained() {
        let mut matrix = sample::matrix();
        matrix.scheme = Scheme::Rasci;
        matrix.legend.truncate(1);
        let text = write(&matrix);
        assert!(
            text.contains("| R | Does the work |\n| A | Accountable |\n| S | Support |"),
            "{text}"
        );
    }
}
