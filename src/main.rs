//! Arguments to one of the subcommands; exit codes.

use std::process::ExitCode;

use clap::Parser;
use raci_bot::cli::{self, Arguments};

fn main() -> ExitCode {
    match Arguments::try_parse() {
        Ok(arguments) => cli::run(arguments),
        Err(error) => cli::refuse(&error).into(),
    }
}
