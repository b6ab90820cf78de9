//! `raci-bot config`: the configuration as it is in force, and where each value comes from.

use std::env;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::PathBuf;

use super::{Global, check, setup};
use crate::config::CONFIG_VARIABLE;
use crate::config::origin::{self, Setting, Value};
use crate::daemon;
use crate::exit::Exit;
use crate::failure::{Failure, printed};
use crate::import;

/// The column that origins begin at, where the value leaves room.
const ORIGIN: usize = 44;

/// Prints it as YAML that is a configuration itself; faults are told instead where there are any.
pub(super) fn run(global: &Global) -> Result<Exit, Failure> {
    let config = setup::config(global)?;
    let mut text = text(global);
    // Matrices that cannot be read are told by whatever reads them.
    let loaded = match &config.data {
        Some(data) => import::directory(data).unwrap_or_default(),
        None => import::builtin(),
    };
    let unprotected = check::unprotected(&config, &loaded);
    for warning in config.warnings.iter().chain(&unprotected) {
        let _ = writeln!(text, "# {warning}");
    }
    printed(io::stdout().write_all(text.as_bytes()), Exit::Success)
}

fn text(global: &Global) -> String {
    let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let (file, named) = match (&global.config, variable(CONFIG_VARIABLE)) {
        (Some(file), _) => (Some(file.clone()), "--config"),
        (None, Some(file)) => (Some(PathBuf::from(file)), CONFIG_VARIABLE),
        (None, None) => (None, ""),
    };
    let mut text = match &file {
        Some(file) => format!("# {}  ({named})\n", file.display()),
        None => format!("# no file: neither --config nor {CONFIG_VARIABLE} names one\n"),
    };
    let bytes = file.as_deref().and_then(|file| import::contents(file).ok());
    let file = file.as_deref().zip(bytes.as_deref());
    let data = global.data.as_ref().map(|data| data.to_string_lossy().into_owned());
    let arguments: Vec<_> = data.map(|data| ("data", "--data", data)).into_iter().collect();
    print(&origin::settings(file, variable, &arguments), &mut text);
    let _ = writeln!(text, "\n# the token: {}", daemon::token_place(variable));
    let _ = writeln!(text, "# Discord: {}", daemon::discord_place(variable));
    text
}

fn print(settings: &[Setting], text: &mut String) {
    let mut group = "";
    for Setting { key, value, origin } in settings {
        let (above, key) = key.rsplit_once('.').unwrap_or(("", key));
        if above != group {
            group = above;
            if !group.is_empty() {
                let _ = writeln!(text, "{group}:");
            }
        }
        let indent = if above.is_empty() { "" } else { "  " };
        let (first, items) = match value {
            Value::One(value) => (value.as_str(), &[][..]),
            Value::Items(items) => ("", items.as_slice()),
        };
        let line = format!("{indent}{key}: {first}");
        let _ = writeln!(text, "{:ORIGIN$}  # {origin}", line.trim_end());
        for item in items {
            let _ = writeln!(text, "{indent}  - {item}");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::Config;

    #[test]
    fn what_is_printed_is_a_configuration_itself() {
        let sample = "channels: [{ channel: inc, visibility: public }]\nlog: { level: debug }\n";
        let path = Path::new("/etc/raci-bot.yaml");
        let settings = origin::settings(Some((path, sample.as_bytes())), |_| None, &[]);
        let mut text = String::new();
        print(&settings, &mut text);
        let read = |text: &str| Config::parse(path, text.as_bytes());
        assert_eq!(read(&text), read(sample), "{text}");
        assert!(text.contains("\nlog:\n  format:"), "{text}");
    }
}
