//! The scripting interface: a query in, one line of JSON out. Nothing in it is localised.

use std::io::{self, BufWriter, Read, Write};

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::ser::Formatter;

use crate::bot::Bot;
use crate::cli::lines::Lines;
use crate::commands::Context;
use crate::commands::text::is_invisible;
use crate::domain::{ActivityRef, Catalog, Section};
use crate::failure::Failure;
use crate::search::{Confidence, Hit};

/// What was found for one query.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    query: &'a str,
    /// The one matrix that was searched, by its service's name.
    service: Option<&'a str>,
    outcome: &'static str,
    confident: bool,
    results: Vec<Row<'a>>,
}

/// One activity.
#[derive(Debug, Serialize)]
struct Row<'a> {
    service: &'a str,
    id: &'a str,
    section: Option<String>,
    name: &'a str,
    /// From 0 to 1: see [`Hit::score`].
    score: f32,
    assignments: Cells<'a>,
}

/// The letters of each party, in column order.
#[derive(Debug)]
struct Cells<'a>(ActivityRef<'a>);

impl Serialize for Cells<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ActivityRef { matrix, activity } = self.0;
        let mut map = serializer.serialize_map(Some(matrix.parties.len()))?;
        for (party, cell) in matrix.parties.iter().zip(&activity.assignments) {
            map.serialize_entry(&party.name, &cell.letters(matrix.scheme))?;
        }
        map.end()
    }
}

impl<'a> Row<'a> {
    fn new(catalog: &'a Catalog, hit: Hit) -> Self {
        let found = catalog.at(hit.key);
        Self {
            service: &found.matrix.service.name,
            id: found.activity.id.as_str(),
            section: found.matrix.section_of(found.activity).map(Section::label),
            name: &found.activity.name,
            score: hit.score,
            assignments: Cells(found),
        }
    }
}

/// Writes what was found for one query as a line of JSON; gives how sure it is.
pub(super) fn answer(
    bot: &Bot,
    query: &str,
    service: Option<&str>,
    context: &Context,
    out: &mut impl Write,
) -> io::Result<Confidence> {
    let (library, found) = bot.find(query, service, context);
    let matrices = library.catalog.matrices();
    let confidence = found.findings.confidence;
    let answer = Answer {
        query,
        service: found.matrix.map(|index| matrices[index as usize].service.name.as_str()),
        outcome: match confidence {
            Confidence::Answer => "answer",
            Confidence::Choices => "choices",
            Confidence::Suggestions => "suggestions",
            Confidence::Nothing => "nothing",
        },
        confident: matches!(confidence, Confidence::Answer | Confidence::Choices),
        results: found.findings.hits.iter().map(|hit| Row::new(&library.catalog, *hit)).collect(),
    };
    answer.serialize(&mut serde_json::Serializer::with_formatter(&mut *out, Visible))?;
    out.write_all(b"\n")?;
    Ok(confidence)
}

/// Answers one query a line, in order, `SERVICE<TAB>QUERY` or `QUERY`, until the input ends.
///
/// An answer is written at once unless the next query is here already, so that a program may wait
/// for each and a file is still answered in few writes. The outer failure is the input's, the inner
/// one the output's.
pub(super) fn stream(
    bot: &Bot,
    service: Option<&str>,
    context: &Context,
    input: impl Read,
    out: impl Write,
) -> Result<io::Result<()>, Failure> {
    let mut lines = Lines::new(input);
    let mut out = BufWriter::new(out);
    while let Some(line) = lines.next().map_err(|error| Failure::of_input(&error))? {
        let (service, query) = match line.split_once('\t') {
            Some((service, query)) if !service.trim().is_empty() => (Some(service.trim()), query),
            Some((_, query)) => (service, query),
            None => (service, line.as_str()),
        };
        let mut written = answer(bot, query, service, context, &mut out).map(|_| ());
        if written.is_ok() && !lines.is_ready() {
            written = out.flush();
        }
        if written.is_err() {
            return Ok(written);
        }
    }
    Ok(out.flush())
}

/// JSON in which whatever a terminal would obey, or would not show, is escaped.
struct Visible;

impl Formatter for Visible {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut written = 0;
        for (at, c) in fragment.char_indices().filter(|&(_, c)| is_invisible(c)) {
            writer.write_all(&fragment.as_bytes()[written..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            written = at + c.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[written..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_escaped_and_reads_the_same() {
        let text = "a\u{1b}[31m\u{202e}b\u{9b}é\u{e0041}\"\\";
        let mut out = Vec::new();
        text.serialize(&mut serde_json::Serializer::with_formatter(&mut out, Visible))
            .expect("a string can be written");
        let json = String::from_utf8(out).expect("JSON is UTF-8");
        assert_eq!(json, r#""a\u001b[31m\u202eb\u009bé\udb40\udc41\"\\""#);
        assert_eq!(serde_json::from_str::<String>(&json).expect("it is JSON"), text);
    }
}
