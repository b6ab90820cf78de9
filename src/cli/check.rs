//! `raci-bot check`: everything that is wrong with matrix files, all at once.

mod locate;
mod print;
mod sarif;

use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::PossibleValuesParser;

use super::{Global, setup};
use crate::adapters::terminal::Screen;
use crate::config::{Checks, Config};
use crate::domain::checks::{self, Limits, Norms, RULES, Severities};
use crate::domain::{Catalog, Matrix, Problem, Severity};
use crate::exit::Exit;
use crate::failure::{Failure, printed};
use crate::import::{self, Loaded};
use locate::Locator;

/// What to check, and how to tell.
#[derive(Debug, clap::Args)]
#[command(after_help = STATUSES)]
pub struct Args {
    /// Files, and directories of files; the configured matrices when left out
    paths: Vec<PathBuf>,
    /// Fail on these too
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,
    /// How to print what is found
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Change how bad it is to break a rule: error, warning, note or off; wins over the
    /// configuration
    #[arg(long, value_name = "RULE=SEVERITY", value_parser = severity_of_rule)]
    rule: Vec<(String, Option<Severity>)>,
    /// The days after which a source is stale; wins over the configuration
    #[arg(long, value_name = "DAYS")]
    max_age: Option<u32>,
    /// Say why there is this rule and what to do, and check nothing; every rule when none is named
    #[arg(
        long,
        value_name = "RULE",
        value_parser = rules(),
        conflicts_with = "paths",
        num_args = 0..=1,
        default_missing_value = ALL
    )]
    explain: Option<String>,
}

/// What is not let pass beside errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Warnings too; notes pass
    Warnings,
}

/// How to print what is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: the line and a caret
    Human,
    /// For programs: one JSON array
    Json,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// For GitHub Actions: annotations of a pull request
    Github,
}

/// Every rule.
const ALL: &str = "all";
/// The longest line of an explanation, in characters.
const WIDTH: usize = 92;

const STATUSES: &str = "\
Exit status: 0 nothing that is not let pass, 64 usage, 65 errors (with `--deny warnings` warnings \
too), 66 no such file.";

/// Checks the files; what is found is told on standard output.
pub(super) fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    let config = setup::config(global)?;
    let checks = Checks {
        severities: config
            .checks
            .severities
            .clone()
            .into_iter()
            .chain(args.rule.iter().cloned())
            .collect(),
        limits: Limits {
            max_age: args.max_age.unwrap_or(config.checks.limits.max_age),
            ..config.checks.limits
        },
    };
    if let Some(rule) = &args.explain {
        let text = explained(rule, &checks.severities);
        return printed(io::stdout().write_all(text.as_bytes()), Exit::Success);
    }
    let loaded = load(config.data.clone(), &args.paths)?;
    let files = loaded.starts.len();
    let unprotected =
        if args.paths.is_empty() { unprotected(&config, &loaded) } else { Vec::new() };
    let mut problems = problems(loaded, &checks);
    problems.extend(unprotected);
    Problem::sort(&mut problems);
    let colour = Screen::of_stdout().colour;
    let text = match args.format {
        Format::Human => print::human(&problems, files, colour),
        Format::Json => print::json(&problems),
        Format::Sarif => sarif::log(&problems),
        Format::Github => print::github(&problems),
    };
    let denied = match args.deny {
        Some(Deny::Warnings) => Severity::Warning,
        None => Severity::Error,
    };
    let passes = problems.iter().all(|problem| problem.severity > denied);
    let exit = if passes { Exit::Success } else { Exit::Data };
    printed(io::stdout().write_all(text.as_bytes()), exit)
}

fn load(configured: Option<PathBuf>, paths: &[PathBuf]) -> Result<Loaded, Failure> {
    let paths = match configured {
        Some(data) if paths.is_empty() => vec![data],
        _ => paths.to_vec(),
    };
    if paths.is_empty() {
        return Ok(import::builtin());
    }
    import::paths(&paths).map_err(|(path, error)| {
        Failure::new(Exit::NoInput, format!("`{}`: {error}", path.display()))
    })
}

/// What `access` names that none of the configured matrices is about; where all can be read.
pub(super) fn unprotected(config: &Config, loaded: &Loaded) -> Vec<Problem> {
    if loaded.problems.iter().any(|problem| problem.severity == Severity::Error) {
        return Vec::new();
    }
    config.unprotected(&Catalog::new(loaded.matrices.clone()))
}

/// What was found while reading, and every rule that is broken.
fn problems(loaded: Loaded, checks: &Checks) -> Vec<Problem> {
    let norms = Norms { today: setup::context().today, limits: checks.limits };
    let severities = &checks.severities;
    let matrices: Vec<&Matrix> = loaded.matrices.iter().collect();
    let findings = checks::findings(&matrices, norms, severities);
    let mut problems = loaded.problems;
    problems.retain_mut(|problem| match severities.get(problem.rule) {
        Some(Some(severity)) => {
            problem.severity = *severity;
            true
        }
        Some(None) => false,
        None => true,
    });
    // Some rules are applied while reading already, and know the cell.
    let known: HashSet<(&str, String, PathBuf)> = problems
        .iter()
        .map(|known| (known.rule, known.message.clone(), known.place.file.clone()))
        .collect();
    let mut locators: BTreeMap<usize, Locator> = BTreeMap::new();
    for finding in findings {
        let index = finding.matrix;
        let locator = locators.entry(index).or_insert_with(|| {
            Locator::new(matrices[index], loaded.starts.get(index), loaded.places.get(index))
        });
        let problem = locator.problem(finding);
        let key = (problem.rule, problem.message.clone(), problem.place.file.clone());
        if !known.contains(&key) {
            problems.push(problem);
        }
    }
    Problem::sort(&mut problems);
    problems
}

/// Why there is a rule, or every rule.
fn explained(rule: &str, severities: &Severities) -> String {
    let asked = RULES.iter().filter(|known| rule == ALL || known.id == rule);
    let texts = asked.map(|rule| {
        let severity = severities.get(rule.id).copied().unwrap_or(Some(rule.severity));
        let severity = severity.map_or("off", Severity::name);
        let width = Screen::of_stdout().width.unwrap_or(WIDTH).min(WIDTH);
        let text = wrapped(rule.explanation, width);
        format!("{} ({severity})\n\n{text}\n", rule.id)
    });
    let mut text = texts.collect::<Vec<_>>().join("\n");
    if rule != ALL {
        text.push_str(&format!(
            "\nEverywhere, in the configuration: `checks: {{ {rule}: off }}` (or error, warning, note).\n\
             On purpose, in a matrix file, section, row or party: `allow: {{ {rule}: the reason }}`.\n"
        ));
    }
    text
}

fn wrapped(text: &str, width: usize) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let full = lines.last().is_some_and(|line| {
            !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width
        });
        if full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(word);
        }
    }
    lines.join("\n")
}

fn rules() -> PossibleValuesParser {
    RULES.iter().map(|rule| rule.id).chain([ALL]).into()
}

fn severity_of_rule(text: &str) -> Result<(String, Option<Severity>), String> {
    let (rule, severity) = text.split_once('=').ok_or("write it as `RULE=SEVERITY`")?;
    if checks::rule(rule).is_none() {
        let known: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
        return Err(format!("no rule is called `{rule}`; the rules are {}", known.join(", ")));
    }
    let known = Severity::ALL.into_iter().find(|known| known.name() == severity);
    if known.is_none() && severity != "off" {
        return Err(format!("`{severity}` is none of error, warning, note and off"));
    }
    Ok((rule.to_owned(), known))
}
