//! README's examples: what it says that the program prints is what the program prints.

use std::path::Path;

use raci_bot::config::Config;
use raci_bot::import;
use serde_json::Value;

use crate::cli::{raci_bot, run_with_input};

const README: &str = include_str!("../../README.md");

/// The columns that README's examples are printed in.
const COLUMNS: &str = "92";

#[test]
fn every_example_prints_what_readme_shows() {
    let examples: Vec<(String, String)> =
        commands().into_iter().filter(|(_, shown)| !shown.trim().is_empty()).collect();
    assert!(examples.len() >= 3, "README's examples read differently: {examples:?}");
    for (command, shown) in examples {
        assert_eq!(timeless(&printed(&command)), timeless(&shown), "{command}");
    }
}

#[test]
fn the_scripting_interface_prints_what_readme_shows() {
    let (command, _) = commands()
        .into_iter()
        .find(|(command, _)| command.contains("--json -"))
        .expect("a command");
    let block = blocks("json").into_iter().next().expect("a block of JSON");
    let shown: Value = serde_json::from_str(block).expect("README's JSON can be read");
    let mut printed: Value = serde_json::from_str(&printed(&command)).expect("a line of JSON");
    // More results than README has room for.
    printed["results"].as_array_mut().expect("results").truncate(1);
    assert_eq!(printed, shown);
}

#[test]
fn every_yaml_block_can_be_read() {
    let blocks = blocks("yaml");
    assert!(blocks.len() >= 2, "README's blocks read differently: {blocks:?}");
    for block in blocks {
        let file = Path::new("README.md");
        let problems = if block.contains("\nsections:") {
            import::yaml::read(file, block.as_bytes()).problems
        } else {
            Config::parse(file, block.as_bytes()).map_or_else(|problems| problems, |_| Vec::new())
        };
        assert!(problems.is_empty(), "{block}\n{problems:?}");
    }
}

#[test]
fn every_file_that_is_linked_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for link in README.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        let local = !link.contains("://") && !link.starts_with('#');
        assert!(!local || root.join(link).exists(), "{link}");
    }
}

/// Commands, and what is shown below each.
fn commands() -> Vec<(String, String)> {
    let mut commands = Vec::new();
    for block in blocks("console") {
        for part in format!("\n{block}").split("\n$ ").skip(1) {
            let (command, shown) = part.split_once('\n').unwrap_or((part, ""));
            commands.push((command.to_owned(), shown.to_owned()));
        }
    }
    commands
}

/// What a command prints: ours, with `printf` before it or `head -n` after it.
fn printed(command: &str) -> String {
    let (mut input, mut arguments, mut lines) = (String::new(), Vec::new(), usize::MAX);
    for part in command.split(" | ") {
        let words = words(part);
        match &*words[0] {
            "printf" => input = words[1].replace("\\n", "\n").replace("\\t", "\t"),
            "raci-bot" => arguments = words[1..].to_vec(),
            "cargo" => arguments = words.into_iter().skip_while(|w| w != "--").skip(1).collect(),
            "head" => lines = words[2].parse().expect("how many lines"),
            _ => panic!("`{part}` is no command of ours"),
        }
    }
    let run = run_with_input(raci_bot(arguments).env("COLUMNS", COLUMNS), input.as_bytes());
    run.out.lines().take(lines).collect::<Vec<_>>().join("\n")
}

/// The fenced blocks of a language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("\n```{language}\n");
    let after = README.split(fence.as_str()).skip(1);
    after.filter_map(|rest| rest.split("\n```").next()).collect()
}

/// The words of a command; single and double quotes keep some together.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in command.chars() {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, ' ') => words.push(String::new()),
            _ => {
                if let Some(word) = words.last_mut() {
                    word.push(c);
                }
            }
        }
    }
    words
}

/// Without what changes as the source grows older, and how lines are wrapped around it.
fn timeless(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut kept = Vec::new();
    let mut rest = &words[..];
    while let [word, after @ ..] = rest {
        rest = match after {
            [_, ago, after @ ..] if word.starts_with('(') && ago.starts_with("ago)") => after,
            after => {
                kept.push(*word);
                after
            }
        };
    }
    kept.join(" ")
}
