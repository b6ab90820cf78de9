//! A matrix to YAML that a person likes to review: fixed order, short lists and cells on one line.

use serde_yaml::Value;

use super::scalar::{DAY, not_text};
use super::typed::{At, Keys, Open};
use crate::domain::matrix::{Activity, Allowance, Matrix, Party, Scope, Section, Service, Source};
use crate::import::matrix_file::{
    ActivityFile, Cell, MatrixFile, Meaning, PartyFile, Reason, SectionFile, ServiceFile,
    SourceFile,
};

/// The longest line that a list or a row of cells is written on, in characters.
const WIDTH: usize = 100;

const HEADER: &str = "\
# yaml-language-server: $schema=matrix.schema.json
# A responsibility matrix of raci-bot. Cells hold letters of the scheme; who is not named in an
# activity has no role listed there.

";

/// The file of a matrix: every key in a fixed order, one activity after the other.
///
/// [`super::read`] gives the same matrix back, for every matrix that it would take.
#[must_use]
pub fn write(matrix: &Matrix) -> String {
    let mut out = HEADER.to_owned();
    // Our types are maps, lists, text and truths throughout, which always have a value.
    if let Ok(Value::Mapping(file)) = serde_yaml::to_value(file(matrix)) {
        map(&mut out, &file, 0, "");
    }
    out
}

fn map(out: &mut String, entries: &serde_yaml::Mapping, indent: usize, first: &str) {
    for (index, (key, value)) in entries.iter().enumerate() {
        let key = key.as_str().unwrap_or_default();
        if indent == 0 && index > 0 && is_list_of_maps(value) {
            out.push('\n');
        }
        if index > 0 || first.is_empty() {
            out.push_str(&" ".repeat(indent));
        }
        out.push_str(&scalar(key, true));
        out.push(':');
        entry(out, key, value, indent);
    }
}

fn entry(out: &mut String, key: &str, value: &Value, indent: usize) {
    let used = indent + key.chars().count() + 2;
    match value {
        Value::Mapping(entries) if key == "assignments" || entries.is_empty() => {
            match flow_map(entries).filter(|line| used + line.chars().count() <= WIDTH) {
                Some(line) => line_end(out, &line),
                None => {
                    out.push('\n');
                    map(out, entries, indent + 2, "");
                }
            }
        }
        Value::Mapping(entries) => {
            out.push('\n');
            map(out, entries, indent + 2, "");
        }
        Value::Sequence(items) => match flow_list(items) {
            Some(line) if used + line.chars().count() <= WIDTH => line_end(out, &line),
            _ => {
                out.push('\n');
                list(out, items, indent + 2, key == "sections");
            }
        },
        // What is no text to YAML, and is not meant to be.
        Value::Bool(truth) => line_end(out, if *truth { "true" } else { "false" }),
        Value::String(day) if key == "date" => line_end(out, day),
        value => line_end(out, &scalar(value.as_str().unwrap_or_default(), false)),
    }
}

fn list(out: &mut String, items: &[Value], indent: usize, apart: bool) {
    for (index, item) in items.iter().enumerate() {
        if apart && index > 0 {
            out.push('\n');
        }
        out.push_str(&" ".repeat(indent));
        out.push('-');
        match item {
            Value::Mapping(entries) => {
                out.push(' ');
                map(out, entries, indent + 2, "-");
            }
            item => line_end(out, &scalar(item.as_str().unwrap_or_default(), false)),
        }
    }
}

fn line_end(out: &mut String, text: &str) {
    out.push(' ');
    out.push_str(text);
    out.push('\n');
}

fn flow_map(entries: &serde_yaml::Mapping) -> Option<String> {
    let cells: Option<Vec<String>> = entries
        .iter()
        .map(|(key, value)| {
            Some(format!("{}: {}", scalar(key.as_str()?, true), scalar(value.as_str()?, true)))
        })
        .collect();
    let cells = cells?;
    Some(if cells.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", cells.join(", ")) })
}

fn flow_list(items: &[Value]) -> Option<String> {
    let items: Option<Vec<String>> =
        items.iter().map(|item| Some(scalar(item.as_str()?, true))).collect();
    Some(format!("[{}]", items?.join(", ")))
}

fn is_list_of_maps(value: &Value) -> bool {
    matches!(value, Value::Sequence(items) if items.iter().any(Value::is_mapping))
}

/// Text without quotes where every reader of YAML sees text, else in double quotes.
fn scalar(text: &str, flow: bool) -> String {
    let inner = |c: char| {
        c.is_alphanumeric()
            || " -_./()'+=@^~<>;!?$%&*|\\…–—’‘“”«»€§°".contains(c)
            || (!flow && c == ',')
    };
    let plain = text.starts_with(|c: char| c.is_alphanumeric())
        && text.ends_with(|c: char| c != ' ')
        && text.chars().all(inner)
        && not_text(text).is_none();
    if plain { text.to_owned() } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if is_invisible(c) && (c as u32) <= 0xffff => {
                quoted.push_str(&format!("\\u{:04X}", c as u32));
            }
            c if is_invisible(c) => quoted.push_str(&format!("\\U{:08X}", c as u32)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// What a reviewer would not see, or take for a space.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}'
            | '\u{E0000}'..='\u{E0FFF}')
}

fn file(matrix: &Matrix) -> MatrixFile {
    MatrixFile {
        service: service(&matrix.service).into(),
        language: matrix.language.clone().map(At::from),
        scheme: matrix.scheme.into(),
        legend: Open(
            matrix
                .legend
                .iter()
                .filter_map(|(participation, meaning)| {
                    let letter = matrix.scheme.letter(*participation)?;
                    Some((letter.to_string().into(), Meaning(meaning.clone())))
                })
                .collect(),
        ),
        source: source(&matrix.source),
        allow: allow(matrix, Scope::Matrix),
        parties: (matrix.parties.iter().enumerate())
            .map(|(index, party)| self::party(party, allow(matrix, Scope::Party(index))))
            .collect(),
        activities: activities(matrix, None),
        sections: sections(matrix, None),
    }
}

fn service(service: &Service) -> ServiceFile {
    ServiceFile {
        id: Some(service.id.clone().into()),
        name: service.name.clone().into(),
        aliases: texts(&service.aliases),
        confidential: service.confidential,
    }
}

fn source(source: &Source) -> Option<SourceFile> {
    let file = SourceFile {
        title: source.title.clone(),
        excerpt: source.excerpt.clone(),
        url: source.url.clone().map(At::from),
        date: source.date.and_then(|date| date.format(DAY).ok()).map(At::from),
        licence: source.licence.clone(),
    };
    (*source != Source::default()).then_some(file)
}

fn allow(matrix: &Matrix, scope: Scope) -> Keys<Reason> {
    let allowed = matrix.allowances.iter().filter(|allowance| allowance.scope == scope);
    let entry = |allowance: &Allowance| {
        (allowance.rule.clone().into(), allowance.reason.clone().map(Reason))
    };
    Keys(allowed.map(entry).collect())
}

fn party(party: &Party, allow: Keys<Reason>) -> PartyFile {
    PartyFile {
        name: party.name.clone().into(),
        aliases: texts(&party.aliases),
        contact: party.contact.clone(),
        allow,
    }
}

fn sections(matrix: &Matrix, parent: Option<usize>) -> Vec<SectionFile> {
    let from = parent.map_or(0, |parent| parent + 1);
    let inside = matrix.sections.iter().enumerate().skip(from);
    inside
        .filter(|(_, section)| section.parent == parent)
        .map(|(index, section): (usize, &Section)| SectionFile {
            number: section.number.clone(),
            title: section.title.clone().into(),
            allow: allow(matrix, Scope::Section(index)),
            activities: activities(matrix, Some(index)),
            sections: sections(matrix, Some(index)),
        })
        .collect()
}

fn activities(matrix: &Matrix, section: Option<usize>) -> Vec<ActivityFile> {
    let rows = matrix.activities.iter().enumerate();
    rows.filter(|(_, activity)| activity.section == section)
        .map(|(index, activity)| ActivityFile {
            allow: allow(matrix, Scope::Activity(index)),
            ..self::activity(matrix, activity)
        })
        .collect()
}

fn activity(matrix: &Matrix, activity: &Activity) -> ActivityFile {
    let cells = matrix.parties.iter().zip(&activity.assignments);
    let cells = cells.filter(|(_, cell)| !cell.is_empty()).map(|(party, cell)| {
        (party.name.clone().into(), Cell(vec![cell.letters(matrix.scheme).into()]))
    });
    ActivityFile {
        name: activity.name.clone().into(),
        aliases: texts(&activity.aliases),
        note: activity.note.clone(),
        allow: Keys::default(),
        assignments: Open(cells.collect()).into(),
    }
}

fn texts(texts: &[String]) -> Vec<At<String>> {
    texts.iter().cloned().map(At::from).collect()
}
