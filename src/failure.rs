//! Why a subcommand could not do its work, told to a person on standard error.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use crate::adapters::terminal::Screen;
use crate::domain::Problem;
use crate::exit::Exit;
use crate::import;

/// Why a subcommand could not do its work, and the status that says so.
///
/// The daemon tells it in the same plain words, whatever the form of its log: somebody who has just
/// started it is looking.
#[derive(Debug)]
pub(crate) struct Failure {
    /// The status.
    pub(crate) exit: Exit,
    explanation: Explanation,
}

#[derive(Debug)]
enum Explanation {
    Sentence { message: String, hint: Option<String> },
    Problems(Vec<Problem>),
}

impl Failure {
    /// A failure explained by a lower-case fragment.
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, explanation: Explanation::Sentence { message: message.into(), hint: None } }
    }

    /// The same, with what would be right.
    #[must_use]
    pub(crate) fn hint(mut self, right: impl Into<String>) -> Self {
        if let Explanation::Sentence { hint, .. } = &mut self.explanation {
            *hint = Some(right.into());
        }
        self
    }

    /// A failure explained by the faults of the files that were read.
    #[must_use]
    pub(crate) fn of_files(exit: Exit, problems: Vec<Problem>) -> Self {
        Self { exit, explanation: Explanation::Problems(problems) }
    }

    /// A configuration that cannot be used.
    #[must_use]
    pub(crate) fn of_configuration(problems: Vec<Problem>) -> Self {
        let unreadable = problems.iter().all(|problem| problem.rule == "unreadable");
        Self::of_files(if unreadable { Exit::NoInput } else { Exit::Config }, problems)
    }

    /// A failure to read standard input.
    #[must_use]
    pub(crate) fn of_input(error: &io::Error) -> Self {
        Self::new(Exit::NoInput, format!("standard input: {error}"))
    }

    /// Tells it on standard error and gives the status.
    pub(crate) fn report(self) -> ExitCode {
        match self.explanation {
            Explanation::Sentence { message, hint } => {
                complain(format_args!("raci-bot: {message}"));
                if let Some(hint) = hint {
                    complain(format_args!("hint: {hint}"));
                }
            }
            Explanation::Problems(problems) => {
                complain(import::render(&problems, Screen::of_stderr().colour).trim_end());
            }
        }
        self.exit.into()
    }
}

/// The status of a subcommand whose last act was to print: a reader that went away early has read
/// all it wanted.
pub(crate) fn printed(written: io::Result<()>, exit: Exit) -> Result<Exit, Failure> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(Exit::Output, format!("standard output: {error}")))
        }
        _ => Ok(exit),
    }
}

fn complain(message: impl Display) {
    // Nothing is left to tell it to when standard error is closed.
    let _ = writeln!(io::stderr(), "{message}");
}
