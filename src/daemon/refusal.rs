//! Why the daemon does not run: what happened, what would be right, and the status.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use crate::adapters::discord::gateway::Fatal;
use crate::domain::Problem;
use crate::exit::Exit;
use crate::import::render;

/// Why the daemon does not run. It is told on standard error in plain words, whatever the form of
/// the log: somebody who has just started it is looking.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) exit: Exit,
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

impl Refusal {
    pub(super) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), hint: None }
    }

    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Refuses to run on files with errors, all of which are told.
    pub(super) fn of_files(problems: &[Problem]) -> Self {
        let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        complain(render(problems, colour).trim_end());
        Self::new(Exit::Data, "the matrices have errors")
            .hint("`raci-bot` starts when they are corrected")
    }

    pub(super) fn report(&self) -> ExitCode {
        complain(format_args!("raci-bot: {}", self.message));
        if let Some(hint) = &self.hint {
            complain(format_args!("hint: {hint}"));
        }
        self.exit.into()
    }
}

impl From<Fatal> for Refusal {
    fn from(fatal: Fatal) -> Self {
        Self::new(fatal.exit, fatal.reason).hint(fatal.remedy)
    }
}

fn complain(message: impl Display) {
    // Nothing is left to tell it to when standard error is closed.
    let _ = writeln!(io::stderr(), "{message}");
}
