//! How the daemon logs: for people on a terminal, JSON elsewhere, with priorities for journald;
//! never a secret.

mod patient;

use std::fmt;
use std::io::{self, IsTerminal};
use std::os::unix::fs::MetadataExt;

use tracing::level_filters::LevelFilter;
use tracing::{Event, Level, Subscriber, error};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::format::{JsonFields, Writer};
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{Layer, fmt as lines, registry};

use crate::adapters::discord::interaction;
use crate::config::{Log, LogFormat};
use crate::exit::Exit;
use crate::failure::Failure;
use patient::Patient;
pub(super) use patient::dropped;

type Lines<S> = Box<dyn Layer<S> + Send + Sync>;

/// Begins to log on standard error. A panic is logged by its place alone: its words may quote
/// what somebody asked.
pub(super) fn begin(log: &Log) -> Result<(), Failure> {
    let filter = filter(log.level.as_deref().unwrap_or("info"))?;
    let terminal = io::stderr().is_terminal();
    let format = log.format.unwrap_or(if terminal { LogFormat::Human } else { LogFormat::Json });
    let layer = match format {
        LogFormat::Human => human(terminal && std::env::var_os("NO_COLOR").is_none(), journal()),
        LogFormat::Json => json(journal()),
    };
    // A second daemon in one process keeps the first one's log.
    let _ = registry().with(layer.with_filter(filter)).try_init();
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        error!(interaction = interaction::current().as_deref(), place, "panic");
    }));
    Ok(())
}

/// journald has the time already.
fn human<S>(colour: bool, journal: bool) -> Lines<S>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    let layer = lines::layer().with_writer(Patient::new).with_ansi(colour);
    let format = lines::format().with_ansi(colour).with_target(false);
    if journal {
        layer.event_format(Lined { format: format.without_time(), journal }).boxed()
    } else {
        layer.event_format(Lined { format, journal }).boxed()
    }
}

fn json<S>(journal: bool) -> Lines<S>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    let format = lines::format().json().flatten_event(true).with_span_list(false);
    let layer = lines::layer().with_writer(Patient::new).with_ansi(false);
    layer.fmt_fields(JsonFields::new()).event_format(Lined { format, journal }).boxed()
}

/// Whether standard error is journald's, as systemd.exec(5) has it told.
fn journal() -> bool {
    let stream = std::env::var("JOURNAL_STREAM").unwrap_or_default();
    let Ok(own) = std::fs::metadata("/proc/self/fd/2") else { return false };
    is_stream(&stream, own.dev(), own.ino())
}

fn is_stream(stream: &str, device: u64, inode: u64) -> bool {
    stream
        .split_once(':')
        .is_some_and(|(dev, ino)| dev.parse() == Ok(device) && ino.parse() == Ok(inode))
}

/// A format of lines that begin with their priority where journald reads them.
struct Lined<F> {
    format: F,
    journal: bool,
}

impl<S, N, F> FormatEvent<S, N> for Lined<F>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
    F: FormatEvent<S, N>,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        if self.journal {
            write!(writer, "<{}>", priority(*event.metadata().level()))?;
        }
        self.format.format_event(context, writer, event)
    }
}

/// The priority of syslog(3), as sd-daemon(3) takes it.
fn priority(level: Level) -> u8 {
    match level {
        Level::ERROR => 3,
        Level::WARN => 4,
        Level::INFO => 6,
        Level::DEBUG | Level::TRACE => 7,
    }
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

    #[test]
    fn only_the_stream_that_is_journalds_gets_priorities() {
        assert!(is_stream("8:42", 8, 42));
        for stream in ["", "8", "8:43", "9:42", "8:42:1", "x:y"] {
            assert!(!is_stream(stream, 8, 42), "{stream}");
        }
        assert_eq!(
            [Level::ERROR, Level::WARN, Level::INFO, Level::DEBUG].map(priority),
            [3, 4, 6, 7]
        );
    }
}
