//! The configuration file and the environment as one checked value.

use std::path::PathBuf;

use crate::commands::Settings;

/// Everything that an administrator decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The directory of matrices that replaces the built-in ones.
    pub data: Option<PathBuf>,
    /// The Discord servers to register commands in; all servers when empty.
    pub guilds: Vec<u64>,
    /// What answers depend on.
    pub settings: Settings,
    /// How to log.
    pub log: Log,
}

/// How to log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    /// The form; by default people's on a terminal, JSON elsewhere.
    pub format: Option<LogFormat>,
    /// A filter in the syntax of `tracing-subscriber`'s `EnvFilter`; `info` when missing.
    pub level: Option<String>,
}

/// The form of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Human,
    /// For machines, one JSON object a line.
    Json,
}
