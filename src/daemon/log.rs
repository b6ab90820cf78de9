//! How the daemon logs: for people on a terminal, JSON elsewhere, never a secret.

use std::io::{self, IsTerminal};

use tracing::error;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{Layer as _, fmt, registry};

use crate::config::{Log, LogFormat};
use crate::exit::Exit;
use crate::failure::Failure;

/// Begins to log on standard error. A panic is logged by its place alone: its words may quote
/// what somebody asked.
pub(super) fn begin(log: &Log) -> Result<(), Failure> {
    let filter = filter(log.level.as_deref().unwrap_or("info"))?;
    let terminal = io::stderr().is_terminal();
    let format = log.format.unwrap_or(if terminal { LogFormat::Human } else { LogFormat::Json });
    let colour = terminal && std::env::var_os("NO_COLOR").is_none();
    let layer = fmt::layer().with_writer(io::stderr);
    let layer = match format {
        LogFormat::Human => layer.with_ansi(colour).with_target(false).boxed(),
        LogFormat::Json => layer.json().flatten_event(true).with_ansi(false).boxed(),
    };
    // A second daemon in one process keeps the first one's log.
    let _ = registry().with(layer.with_filter(filter)).try_init();
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        error!(place, "panic");
    }));
    Ok(())
}

/// A single level is meant for our own lines: those of the libraries below tell nothing but noise.
fn filter(level: &str) -> Result<Targets, Failure> {
    let directives = match level.trim().parse::<LevelFilter>() {
        Ok(level) => format!("{},raci_bot={level}", level.min(LevelFilter::WARN)),
        Err(_) => level.to_owned(),
    };
    directives.parse::<Targets>().map_err(|error| {
        Failure::new(Exit::Config, format!("`{level}` is no log level: {error}"))
            .hint("one of `error`, `warn`, `info`, `debug`, `trace`")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_for_our_own_lines_and_a_filter_is_taken_as_it_is() {
        let text = |level| filter(level).map(|filter| filter.to_string()).ok();
        assert_eq!(text("debug").as_deref(), Some("raci_bot=debug,warn"));
        assert_eq!(text("ERROR").as_deref(), Some("raci_bot=error,error"));
        assert_eq!(text("raci_bot=trace").as_deref(), Some("raci_bot=trace"));
        assert!(text("raci_bot=loud").is_none());
    }
}
