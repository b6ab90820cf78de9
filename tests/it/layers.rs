//! The layering of `src/`, checked on the sources: arrows point down, and there is no way back up.

use std::fs;
use std::path::{Path, PathBuf};

/// The layers, and what each may name beside itself. `lib.rs` and `main.rs` stand above them.
const LAYERS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("search", &["domain"]),
    ("commands", &["search", "domain"]),
    ("bot", &["export", "commands", "search", "domain"]),
    ("export", &["commands", "domain"]),
    // The thesaurus is the search's own, and read from a file like the matrices.
    ("import", &["search", "domain"]),
    ("config", &["import", "commands", "domain"]),
    ("adapters", &["bot", "commands", "search", "domain", "metrics", "exit"]),
    ("failure", &["adapters", "import", "domain", "exit"]),
    (
        "daemon",
        &[
            "failure", "adapters", "bot", "config", "import", "commands", "search", "domain",
            "metrics", "exit",
        ],
    ),
    (
        "cli",
        &[
            "daemon", "failure", "adapters", "bot", "config", "import", "export", "commands",
            "search", "domain", "metrics", "exit",
        ],
    ),
    ("metrics", &[]),
    ("exit", &[]),
];
/// The layers that touch neither disk, clock, network nor platform, and so cannot fail.
const PURE: &[&str] = &["domain", "search", "commands", "export"];
const IMPURE: &[&[&str]] = &[
    &["std", "fs"],
    &["std", "net"],
    &["std", "env"],
    &["std", "process"],
    &["std", "thread"],
    &["std", "os"],
    &["std", "io"],
    &["std", "time", "SystemTime"],
    &["std", "time", "Instant"],
    &["time", "OffsetDateTime"],
    &["time", "UtcDateTime", "now"],
    &["UtcDateTime", "now"],
    &["tokio"],
    &["reqwest"],
    &["tokio_websockets"],
    &["tracing"],
    &["anyhow"],
    &["println"],
    &["eprintln"],
    &["panic"],
];

/// A source file: where it stands, and the paths that it names.
struct Source {
    file: String,
    /// Its module path: `["domain", "matrix"]`.
    module: Vec<String>,
    paths: Vec<Vec<String>>,
    /// The modules that it declares, which may be called as a crate is.
    declared: Vec<String>,
}

/// A rule, and what is wrong with a path that a source names.
type Rule = fn(&Source, &[&str]) -> Option<String>;

const RULES: &[Rule] = &[names_only_what_is_below, is_pure, is_the_only_one_to_name];

fn names_only_what_is_below(source: &Source, path: &[&str]) -> Option<String> {
    let own = source.module.first()?;
    let [first, other, ..] = path else { return None };
    let (_, below) = LAYERS.iter().find(|(layer, _)| layer == own)?;
    let is_layer = LAYERS.iter().any(|(layer, _)| layer == other);
    let goes_up = *first == "crate" && is_layer && other != own && !below.contains(other);
    goes_up.then(|| format!("`{own}` must not name `{other}`"))
}

fn is_pure(source: &Source, path: &[&str]) -> Option<String> {
    let own = source.module.first().filter(|own| PURE.contains(&own.as_str()))?;
    let impure = IMPURE.iter().find(|impure| path.starts_with(impure))?;
    Some(format!("`{own}` is pure and must not name `{}`", impure.join("::")))
}

fn is_the_only_one_to_name(source: &Source, path: &[&str]) -> Option<String> {
    let homes = [
        ("serenity", "adapters/discord"),
        ("resvg", "export/png"),
        ("notosans", "export/png"),
        ("tokio_websockets", "adapters/discord"),
        ("reqwest", "adapters/discord"),
        ("prometheus_client", "metrics"),
        ("serde_yaml", "import/yaml"),
        ("granit_parser", "import/yaml"),
        ("pulldown_cmark", "import/markdown"),
        ("csv", "import/csv"),
        ("encoding_rs", "import/table"),
        ("quick_xml", "import/workbook"),
        ("clap", "cli"),
        ("clap_complete", "cli"),
        ("clap_mangen", "cli"),
        ("sd_notify", "daemon"),
        ("rustyline", "adapters/terminal"),
    ];
    let (krate, home) = homes.into_iter().find(|(krate, _)| path.first() == Some(krate))?;
    let is_home = source.module.join("/").starts_with(home) || source.module.is_empty();
    let is_own = source.declared.iter().any(|module| module == krate);
    (!is_home && !is_own).then(|| format!("`{krate}` is for `{home}` only"))
}

impl Source {
    fn new(file: &str, text: &str) -> Self {
        let bare = file.trim_end_matches(".rs").trim_end_matches("/mod");
        let module: Vec<String> = match bare {
            "lib" | "main" => Vec::new(),
            _ => bare.split('/').map(str::to_owned).collect(),
        };
        let tokens = tokens(text);
        let paths = paths(&tokens).into_iter().map(|path| absolute(&module, path)).collect();
        let declared =
            tokens.windows(2).filter(|pair| pair[0] == "mod").map(|pair| pair[1].clone());
        let declared = declared.collect();
        Self { file: file.to_owned(), module, paths, declared }
    }

    fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for path in &self.paths {
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            let broken = RULES.iter().filter_map(|rule| rule(self, &path));
            faults.extend(broken.map(|fault| format!("{}: {fault}", self.file)));
        }
        faults.sort();
        faults.dedup();
        faults
    }
}

/// A path from the crate's root, where it starts with `self` or `super`.
fn absolute(module: &[String], path: Vec<String>) -> Vec<String> {
    let ups = path.iter().take_while(|step| *step == "super").count();
    let rest = match path.first().map(String::as_str) {
        Some("self") => &path[1..],
        Some("super") => &path[ups..],
        _ => return path,
    };
    let base = &module[..module.len().saturating_sub(ups)];
    ["crate".to_owned()].iter().chain(base).chain(rest).cloned().collect()
}

/// The words and signs of a source, without comments, strings and its unit tests.
fn tokens(text: &str) -> Vec<String> {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if first == '"' {
            string_length(rest)
        } else if is_word(first) {
            rest.find(|c| !is_word(c)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        let token = &rest[..length];
        if !token.starts_with("//") && first != '"' && !first.is_whitespace() {
            tokens.push(token.to_owned());
        }
        rest = &rest[length..];
    }
    tokens
}

fn string_length(text: &str) -> usize {
    let mut escaped = false;
    let end = text.char_indices().skip(1).find(|(_, c)| {
        let ends = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |(at, _)| at + 1)
}

/// Every path that is named, `a::{b, c::d}` as `a::b` and `a::c::d`.
fn paths(tokens: &[String]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        at = path_at(tokens, at, &[], &mut found).max(at + 1);
    }
    found
}

/// Reads the path at a token, and gives the place after it.
fn path_at(
    tokens: &[String],
    mut at: usize,
    before: &[String],
    found: &mut Vec<Vec<String>>,
) -> usize {
    let mut path = before.to_vec();
    loop {
        match tokens.get(at).map(String::as_str) {
            Some("{") if path.len() > before.len() || !before.is_empty() => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token != "}") {
                    at = path_at(tokens, at, &path, found).max(at + 1);
                }
                return at + 1;
            }
            Some(word) if word.starts_with(|c: char| c.is_alphabetic() || c == '_') => {
                path.push(word.to_owned());
                at += 1;
            }
            _ => break,
        }
        if tokens.get(at).is_none_or(|token| token != "::") {
            break;
        }
        at += 1;
    }
    if path.len() > before.len() {
        found.push(path);
    }
    at
}

fn sources(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).expect("the sources are there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn no_layer_names_what_stands_above_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut faults = Vec::new();
    for path in &files {
        let text = fs::read_to_string(path).expect("a source is text");
        let file = path.strip_prefix(&root).expect("below the root").to_string_lossy();
        faults.extend(Source::new(&file, &text).faults());
    }
    assert!(files.len() > 20, "only {} sources were found", files.len());
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Each file and text, and what is wrong with it.
const MADE_UP: &[(&str, &str, &[&str])] = &[
    ("domain/matrix.rs", "use crate::search::Index;", &["`domain` must not name `search`"]),
    ("domain/matrix.rs", "use super::super::bot::Bot;", &["`domain` must not name `bot`"]),
    ("domain/mod.rs", "fn f(_: super::commands::Reply) {}", &["`domain` must not name `commands`"]),
    (
        "search/mod.rs",
        "use crate::{domain::Id, commands::Reply};",
        &["`search` must not name `commands`"],
    ),
    ("commands/ask.rs", "use crate::bot::Bot;", &["`commands` must not name `bot`"]),
    ("bot.rs", "use crate::adapters::terminal;", &["`bot` must not name `adapters`"]),
    ("import/csv.rs", "use crate::commands::Reply;", &["`import` must not name `commands`"]),
    ("adapters/terminal.rs", "use crate::import::load;", &["`adapters` must not name `import`"]),
    ("daemon/mod.rs", "use crate::cli::Cli;", &["`daemon` must not name `cli`"]),
    ("search/mod.rs", "use std::{fmt, fs};", &["`search` is pure and must not name `std::fs`"]),
    (
        "commands/ask.rs",
        "fn now() { std::time::SystemTime::now(); }",
        &["`commands` is pure and must not name `std::time::SystemTime`"],
    ),
    (
        "domain/id.rs",
        "use tokio::spawn; fn f() { println!(); }",
        &[
            "`domain` is pure and must not name `println`",
            "`domain` is pure and must not name `tokio`",
        ],
    ),
    ("bot.rs", "use serenity::all::Message;", &["`serenity` is for `adapters/discord` only"]),
    (
        "adapters/terminal.rs",
        "use serenity::all::X;",
        &["`serenity` is for `adapters/discord` only"],
    ),
    (
        "config.rs",
        "fn f() { serde_yaml::from_str(); }",
        &["`serde_yaml` is for `import/yaml` only"],
    ),
    (
        "domain/id.rs",
        "// use crate::bot::Bot;\nconst X: &str = \"crate::bot::Bot \\\" std::fs\";",
        &[],
    ),
    ("domain/id.rs", "#[cfg(test)]\nmod tests { use std::fs; }", &[]),
    ("domain/id.rs", "use super::scheme::Scheme; use crate::domain::Id;", &[]),
    ("adapters/discord/rest.rs", "use serenity::all::X; use super::super::super::bot::Bot;", &[]),
    ("export/mod.rs", "mod csv; fn f() { csv::write(); }", &[]),
    ("export/csv.rs", "fn f() { csv::Writer::new(); }", &["`csv` is for `import/csv` only"]),
    ("import/yaml.rs", "use serde_yaml::Value; use std::fs;", &[]),
];

#[test]
fn each_rule_of_the_layers_can_fail() {
    for (file, text, faults) in MADE_UP {
        let expected: Vec<String> = faults.iter().map(|fault| format!("{file}: {fault}")).collect();
        assert_eq!(Source::new(file, text).faults(), expected, "{text}");
    }
}
