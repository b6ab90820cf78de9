//! `raci-bot ask`: one question, one answer, and a status that says how sure it is.

mod explain;
mod json;

use std::io::{self, Read, Write};

use super::{Global, setup};
use crate::adapters::terminal::{Places, Screen};
use crate::bot::Bot;
use crate::commands::reply::Outcome;
use crate::commands::{Command, Context, Shelf};
use crate::exit::Exit;
use crate::failure::{Failure, printed};
use crate::search::Confidence;

/// What to ask, and how to print it.
#[derive(Debug, clap::Args)]
#[command(after_help = STATUSES)]
pub struct Args {
    /// What it is about, in your own words; without words: browse
    words: Vec<String>,
    /// The service it is about
    #[arg(long, value_name = "NAME")]
    service: Option<String>,
    /// Print one line of JSON; with `-` for the words, one for each line of standard input
    #[arg(long)]
    json: bool,
    /// Print which words matched what, by which rule, and why that was sure or not
    #[arg(long, conflicts_with = "json")]
    explain: bool,
    /// Answer for what a message talks about: an alert, a ticket, a mail on standard input
    #[arg(long, conflicts_with_all = ["words", "service", "json", "explain"])]
    message: bool,
    /// Whom to answer
    #[command(flatten)]
    seen_as: setup::As,
}

/// The longest message that is read, in bytes; it is cut further down, by characters.
const MAX_MESSAGE: u64 = 64 * 1024;

const STATUSES: &str = "\
Exit status: 0 answered, 1 nothing sure or nothing found, 64 usage, 65 broken data, 66 no such \
file, 78 configuration.";

/// Answers one question, or with `--json -` one a line.
pub(super) fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    let bot = setup::bot(global)?;
    let context = args.seen_as.context();
    if args.explain {
        let text = args.words.join(" ");
        let shown = explain::explain(&bot, &text, args.service.as_deref(), &context);
        return printed(io::stdout().write_all(shown.as_bytes()), Exit::Success);
    }
    if args.message {
        return print(&bot, &Command::Message { text: message()? }, &context);
    }
    match (args.json, args.words == ["-"]) {
        (true, true) => {
            let service = args.service.as_deref();
            let written =
                json::stream(&bot, service, &context, io::stdin().lock(), io::stdout().lock())?;
            printed(written, Exit::Success)
        }
        (true, false) => print_json(&bot, args, &context),
        (false, true) => Err(Failure::new(Exit::Usage, "`ask -` needs `--json`")
            .hint("`raci-bot chat` answers questions from standard input in words")),
        (false, false) => print(&bot, &args.command(), &context),
    }
}

/// The message on standard input. What is not UTF-8 is replaced.
fn message() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let mut input = io::stdin().lock().take(MAX_MESSAGE);
    input.read_to_end(&mut bytes).map_err(|error| Failure::of_input(&error))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn print(bot: &Bot, command: &Command, context: &Context) -> Result<Exit, Failure> {
    let reply = bot.answer(command, context);
    let shown = Screen::of_stdout().show(&reply, Places::Named, context.language);
    let exit = match reply.outcome {
        Outcome::Answer
        | Outcome::Comparison
        | Outcome::Choices
        | Outcome::Browse
        | Outcome::Duties
        | Outcome::Help
        | Outcome::Admin
        | Outcome::Deleted => Exit::Success,
        Outcome::Suggestions | Outcome::Nothing => Exit::Unsure,
        Outcome::Refused => Exit::Usage,
    };
    printed(io::stdout().write_all(shown.as_bytes()), exit)
}

fn print_json(bot: &Bot, args: &Args, context: &Context) -> Result<Exit, Failure> {
    let mut line = Vec::new();
    let text = args.words.join(" ");
    let answered = json::answer(bot, &text, args.service.as_deref(), context, &mut line);
    let exit = match answered {
        Ok(Confidence::Answer | Confidence::Choices) | Err(_) => Exit::Success,
        Ok(Confidence::Suggestions | Confidence::Nothing) => Exit::Unsure,
    };
    printed(answered.and_then(|_| io::stdout().write_all(&line)), exit)
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
