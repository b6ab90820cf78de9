//! Problems as SARIF 2.1.0, for code scanning:
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use crate::domain::Problem;
use crate::domain::checks::{self, RULES};

/// The log of one run.
pub(super) fn log(problems: &[Problem]) -> String {
    let ids = ids(problems);
    let rules: Vec<Value> = ids.iter().map(|id| descriptor(id)).collect();
    let results: Vec<Value> = problems.iter().map(|problem| result(problem, &ids)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

/// The rules for matrices, and behind them the faults of files that were found.
fn ids(problems: &[Problem]) -> Vec<&'static str> {
    let mut ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    for problem in problems {
        if !ids.contains(&problem.rule) {
            ids.push(problem.rule);
        }
    }
    ids
}

fn descriptor(id: &str) -> Value {
    let Some(rule) = checks::rule(id) else {
        let text = format!("A fault of the file: {}.", id.replace('-', " "));
        return json!({
            "id": id,
            "shortDescription": { "text": text },
            "defaultConfiguration": { "level": "error" },
        });
    };
    json!({
        "id": rule.id,
        "shortDescription": { "text": first_sentence(rule.explanation) },
        "fullDescription": { "text": rule.explanation },
        "help": { "text": rule.explanation },
        "defaultConfiguration": { "level": rule.severity.name() },
    })
}

fn result(problem: &Problem, ids: &[&str]) -> Value {
    let hint = problem.hint.as_deref().map(|hint| format!(" (hint: {hint})")).unwrap_or_default();
    let mut location = json!({ "artifactLocation": { "uri": uri(&problem.place.file) } });
    if problem.place.line > 0 {
        location["region"] = json!({ "startLine": problem.place.line });
        if problem.place.column > 0 {
            location["region"]["startColumn"] = problem.place.column.into();
            if let Some(end) = problem.end_column() {
                location["region"]["endColumn"] = end.into();
            }
        }
    }
    let mut result = json!({
        "ruleId": problem.rule,
        "level": problem.severity.name(),
        "message": { "text": format!("{}{hint}", problem.message) },
        "locations": [{ "physicalLocation": location }],
    });
    if let Some(index) = ids.iter().position(|id| *id == problem.rule) {
        result["ruleIndex"] = index.into();
    }
    result
}

fn first_sentence(text: &str) -> &str {
    text.find(". ").map_or(text, |end| &text[..=end])
}

/// A path as a relative or absolute URI reference (RFC 3986).
fn uri(path: &Path) -> String {
    let path = path.display().to_string().replace('\\', "/");
    let path = path.strip_prefix("./").unwrap_or(&path);
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::check::print::tests::problems;

    #[test]
    fn a_log_names_rules_levels_and_places() {
        let log: Value = serde_json::from_str(&log(&problems())).expect("JSON");
        let run = &log["runs"][0];
        let result = &run["results"][0];
        assert_eq!(result["level"], "warning");
        let rule = result["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok());
        assert_eq!(run["tool"]["driver"]["rules"][rule.expect("an index")]["id"], "no-accountable");
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "data/a%2C%20b.yaml");
        assert_eq!(place["region"], json!({ "startLine": 3, "startColumn": 3 }));
        assert_eq!(run["results"][1]["locations"][0]["physicalLocation"]["region"], Value::Null);
    }

    #[test]
    fn a_path_is_a_uri() {
        for (path, expected) in
            [("./a b.yaml", "a%20b.yaml"), ("/d/é.yaml", "file:///d/%C3%A9.yaml"), ("a:b", "a%3Ab")]
        {
            assert_eq!(uri(Path::new(path)), expected);
        }
    }
}
