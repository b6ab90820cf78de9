//! The daemon: start, reload, health, stop.

use std::process::ExitCode;

use crate::config::Config;

/// Runs until told to stop; the status is one of `sysexits`.
#[must_use]
pub fn serve(config: &Config) -> ExitCode {
    let _ = config;
    ExitCode::SUCCESS
}
