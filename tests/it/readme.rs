//! README's examples: what it says that the program prints is what the program prints.

use std::path::Path;

use raci_bot::config::Config;
use raci_bot::import;

use crate::cli::{raci_bot, run_with_input};

const README: &str = include_str!("../../README.md");

/// The columns that README's examples are printed in.
const COLUMNS: &str = "92";

#[test]
fn every_example_prints_what_readme_shows() {
    let examples = examples();
    assert!(examples.len() >= 4, "README's examples read differently: {examples:?}");
    for (command, shown) in examples {
        let (input, program) = command.split_once(" | ").unwrap_or(("", &command));
        let input = words(input).get(1).map(|text| text.replace("\\n", "\n").replace("\\t", "\t"));
        let own = program.starts_with("raci-bot ");
        let first = if own { "raci-bot" } else { "--" };
        let arguments = words(program).into_iter().skip_while(|word| word != first).skip(1);
        let run = run_with_input(
            raci_bot(arguments).env("COLUMNS", COLUMNS),
            input.unwrap_or_default().as_bytes(),
        );
        assert_eq!(timeless(&run.out), timeless(&shown), "{command}");
    }
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
        assert_eq!(problems, [], "{block}");
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

/// Commands and what is shown below them; commands with nothing below are not examples.
fn examples() -> Vec<(String, String)> {
    let mut examples = Vec::new();
    for block in blocks("console") {
        for part in format!("\n{block}").split("\n$ ").skip(1) {
            let (command, shown) = part.split_once('\n').unwrap_or((part, ""));
            if !shown.trim().is_empty() {
                examples.push((command.to_owned(), shown.to_owned()));
            }
        }
    }
    examples
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
