//! `raci-bot ask`: one question, one answer, and a status that says how sure it is.

use std::io::{self, Write};

use super::failure::{Failure, printed};
use super::{Global, setup};
use crate::adapters::terminal::{Places, Screen};
use crate::commands::reply::Outcome;
use crate::commands::{Command, Shelf};
use crate::exit::Exit;

/// What to ask, and how to print it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What it is about, in your own words; without words: browse
    words: Vec<String>,
    /// The service it is about
    #[arg(long, value_name = "NAME")]
    service: Option<String>,
}

/// Answers one question.
pub(super) fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    let bot = setup::bot(global)?;
    let reply = bot.answer(&args.command(), &setup::context());
    let shown = Screen::of_stdout().show(&reply, Places::Named);
    printed(io::stdout().write_all(shown.as_bytes()), exit_of(reply.outcome))
}

impl Args {
    fn command(&self) -> Command {
        let text = self.words.join(" ");
        let service = self.service.clone();
        match (text.trim().is_empty(), service) {
            (false, service) => Command::Ask { text, service },
            (true, Some(service)) => Command::Browse { at: Shelf::Service { service, page: 0 } },
            (true, None) => Command::Browse { at: Shelf::Services { page: 0 } },
        }
    }
}

fn exit_of(outcome: Outcome) -> Exit {
    match outcome {
        Outcome::Answer | Outcome::Choices | Outcome::Browse | Outcome::Duties | Outcome::Help => {
            Exit::Success
        }
        Outcome::Suggestions | Outcome::Nothing => Exit::Unsure,
        Outcome::Refused => Exit::Usage,
    }
}
