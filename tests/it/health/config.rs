//! What is shipped in `config/`: alert rules on metrics that there are, a unit that fits the daemon.

use std::collections::BTreeSet;

use raci_bot::metrics::{Metrics, Snapshot};
use serde_yaml::Value;

const RULES: &str = include_str!("../../../config/raci-bot.rules.yaml");
const UNIT: &str = include_str!("../../../config/systemd/raci-bot.service");

/// Every name that the metrics can have.
fn names() -> BTreeSet<String> {
    let metrics = Metrics::default();
    metrics.dealt_with("ask", "answer");
    metrics.retried("callback", "lost");
    let snapshot = Snapshot {
        ages: vec![("kms".to_owned(), 1.0)],
        findings: vec![("no-accountable", "warning", 1)],
        ..Snapshot::default()
    };
    let text = metrics.text(&snapshot);
    let samples = text.lines().filter(|line| !line.starts_with('#'));
    samples.filter_map(|line| line.split(['{', ' ']).next()).map(str::to_owned).collect()
}

#[test]
fn every_metric_of_an_alert_is_one_of_ours() {
    let names = names();
    let rules: Value = serde_yaml::from_str(RULES).expect("YAML");
    let rules = rules["groups"][0]["rules"].as_sequence().expect("rules");
    assert!(rules.len() >= 6, "{rules:#?}");
    for rule in rules {
        let expression = rule["expr"].as_str().expect("an expression");
        let words = expression.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let mut count = 0;
        for name in words.filter(|word| word.starts_with("raci_bot_") || *word == "up") {
            assert!(name == "up" || names.contains(name), "{name} of `{expression}`");
            count += 1;
        }
        assert!(count > 0, "`{expression}` is about nothing of ours");
        for text in ["summary", "description"] {
            assert!(rule["annotations"][text].is_string(), "{expression}: no {text}");
        }
    }
}

#[test]
fn the_metrics_that_are_promised_are_there() {
    let names = names();
    for name in [
        "raci_bot_interactions_total",
        "raci_bot_answer_seconds_bucket",
        "raci_bot_search_seconds_bucket",
        "raci_bot_gateway_connected",
        "raci_bot_gateway_reconnects_total",
        "raci_bot_reload_success",
        "raci_bot_matrix_age_seconds",
        "raci_bot_build_info",
    ] {
        assert!(names.contains(name), "{name} is missing in {names:#?}");
    }
}

#[test]
fn the_unit_does_not_restart_what_trying_again_cannot_help() {
    use raci_bot::exit::Exit;
    let line = UNIT.lines().find_map(|line| line.strip_prefix("RestartPreventExitStatus="));
    let statuses: Vec<&str> = line.expect("the line").split(' ').collect();
    for exit in [Exit::Usage, Exit::Refused, Exit::Config] {
        assert!(statuses.contains(&(exit as u8).to_string().as_str()), "{exit:?}");
    }
    for exit in [Exit::Success, Exit::Data, Exit::NoInput, Exit::Unavailable, Exit::Output] {
        assert!(!statuses.contains(&(exit as u8).to_string().as_str()), "{exit:?}");
    }
    assert!(UNIT.contains("\nType=notify\n") && UNIT.contains("\nWatchdogSec="));
}
