//! Problems for people, for programs and for GitHub.

use std::fmt::Write as _;

use crate::domain::{Problem, Severity};
use crate::import;

/// Each problem with its line and a caret, and how many there are.
pub(super) fn human(problems: &[Problem], matrices: usize, colour: bool) -> String {
    let mut text = import::render(problems, colour);
    if !problems.is_empty() {
        text.push('\n');
    }
    let counts: Vec<String> = Severity::ALL
        .into_iter()
        .map(|severity| (severity, problems.iter().filter(|p| p.severity == severity).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(severity, count)| counted(count, severity.name()))
        .collect();
    let found = if counts.is_empty() { "nothing found".to_owned() } else { counts.join(", ") };
    let matrices = match matrices {
        1 => "1 matrix".to_owned(),
        count => format!("{count} matrices"),
    };
    let _ = writeln!(text, "{found} in {matrices}");
    text
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// A problem, its keys in the order in which they are written.
#[derive(serde::Serialize)]
struct Row<'a> {
    rule: &'static str,
    severity: &'static str,
    file: String,
    /// From 1; nothing where the whole file is meant.
    line: Option<u32>,
    /// In characters, from 1; nothing where the whole line is meant.
    column: Option<u32>,
    message: &'a str,
    hint: Option<&'a str>,
}

/// The problems as an array, one a line.
pub(super) fn json(problems: &[Problem]) -> String {
    let rows = problems.iter().map(|problem| {
        let row = Row {
            rule: problem.rule,
            severity: problem.severity.name(),
            file: problem.place.file.display().to_string(),
            line: some(problem.place.line),
            column: some(problem.place.column),
            message: &problem.message,
            hint: problem.hint.as_deref(),
        };
        // Text and numbers alone: there is nothing in it that JSON could not hold.
        serde_json::to_string(&row).unwrap_or_default()
    });
    let rows: Vec<String> = rows.collect();
    if rows.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", rows.join(",\n")) }
}

fn some(number: u32) -> Option<u32> {
    (number > 0).then_some(number)
}

/// The problems as workflow commands, which annotate a pull request:
/// <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>.
pub(super) fn github(problems: &[Problem]) -> String {
    let mut text = String::new();
    for problem in problems {
        let command = match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let file = problem.place.file.display().to_string().replace('\\', "/");
        let file = property(file.strip_prefix("./").unwrap_or(&file));
        let mut place = format!("file={file}");
        for (name, number) in [("line", problem.place.line), ("col", problem.place.column)] {
            if number > 0 {
                let _ = write!(place, ",{name}={number}");
            }
        }
        if let Some(end) = problem.end_column() {
            let _ = write!(place, ",endColumn={end}");
        }
        let hint = problem.hint.as_deref().map(|hint| format!(" (hint: {hint})"));
        let message = data(&format!("{}{}", problem.message, hint.unwrap_or_default()));
        let _ = writeln!(text, "::{command} {place},title={}::{message}", property(problem.rule));
    }
    text
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::Place;

    /// A warning on a line and a note on a file.
    pub(in crate::cli::check) fn problems() -> [Problem; 2] {
        let problem = |severity, line, message: &str, hint: Option<&str>| Problem {
            place: Place { file: "data/a, b.yaml".into(), line, column: line },
            severity,
            rule: "no-accountable",
            message: message.to_owned(),
            hint: hint.map(str::to_owned),
            excerpt: None,
        };
        [
            problem(Severity::Warning, 3, "100% `wrong`\nthere", Some("name one")),
            problem(Severity::Note, 0, "odd", None),
        ]
    }

    #[test]
    fn people_are_told_how_much_there_is() {
        assert_eq!(human(&[], 1, false), "nothing found in 1 matrix\n");
        let text = human(&problems(), 2, false);
        assert!(text.ends_with("\n1 warning, 1 note in 2 matrices\n"), "{text}");
    }

    #[test]
    fn programs_get_an_array() {
        assert_eq!(json(&[]), "[]\n");
        assert_eq!(
            json(&problems()),
            "[\n\
             {\"rule\":\"no-accountable\",\"severity\":\"warning\",\"file\":\"data/a, b.yaml\",\
             \"line\":3,\"column\":3,\"message\":\"100% `wrong`\\nthere\",\"hint\":\"name one\"},\n\
             {\"rule\":\"no-accountable\",\"severity\":\"note\",\"file\":\"data/a, b.yaml\",\
             \"line\":null,\"column\":null,\"message\":\"odd\",\"hint\":null}\n\
             ]\n"
        );
    }

    #[test]
    fn a_pull_request_is_annotated() {
        assert_eq!(
            github(&problems()),
            "::warning file=data/a%2C b.yaml,line=3,col=3,title=no-accountable::\
             100%25 `wrong`%0Athere (hint: name one)\n\
             ::notice file=data/a%2C b.yaml,title=no-accountable::odd\n"
        );
    }
}
