//! `raci-bot chat`: the commands of team chat at a prompt or from a pipe; no network, no token.

use std::io::{self, IsTerminal, Write};

use super::lines::Lines;
use super::{Global, setup};
use crate::adapters::terminal::{Dialogue, Places, Prompt, Screen, Turn};
use crate::bot::Bot;
use crate::exit::Exit;
use crate::failure::{Failure, printed};

/// Whom to answer.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    seen_as: setup::As,
}

/// Talks until the input ends or somebody says `/quit`.
pub(super) fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    let bot = setup::bot(global)?;
    let dialogue = Dialogue::new(&bot, args.seen_as.context());
    let mut chat = Chat { dialogue, screen: Screen::of_stdout() };
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        chat.at_a_prompt(&bot)
    } else {
        chat.over_a_pipe()
    }
}

struct Chat<'a> {
    dialogue: Dialogue<'a>,
    screen: Screen,
}

impl Chat<'_> {
    fn at_a_prompt(&mut self, bot: &Bot) -> Result<Exit, Failure> {
        let context = self.dialogue.context();
        let mut prompt = Prompt::new(bot, context, self.screen).map_err(|e| of_terminal(&e))?;
        let mut written = writeln!(io::stdout(), "{}", context.language.welcome());
        while written.is_ok() {
            let Some(line) = prompt.read().map_err(|error| of_terminal(&error))? else { break };
            match self.answer(&line) {
                Some(answer) => written = answer,
                None => break,
            }
        }
        if let Err(error) = prompt.remember() {
            // The conversation was had all the same.
            let _ = writeln!(io::stderr(), "raci-bot: the history could not be kept: {error}");
        }
        printed(written, Exit::Success)
    }

    fn over_a_pipe(&mut self) -> Result<Exit, Failure> {
        let mut lines = Lines::new(io::stdin().lock());
        let mut written = Ok(());
        while written.is_ok() {
            let Some(line) = lines.next().map_err(|error| Failure::of_input(&error))? else {
                break;
            };
            match self.answer(&line) {
                Some(answer) => written = answer,
                None => break,
            }
        }
        printed(written, Exit::Success)
    }

    /// Answers a line, if it is not the last one.
    fn answer(&mut self, line: &str) -> Option<io::Result<()>> {
        let language = self.dialogue.context().language;
        match self.dialogue.say(line) {
            Turn::Reply(reply) => {
                let shown = self.screen.show(reply, Places::Offered, language);
                // An empty line ends an answer, for people and for programs.
                Some(writeln!(io::stdout().lock(), "{shown}"))
            }
            Turn::Silence => Some(Ok(())),
            Turn::Farewell => None,
        }
    }
}

fn of_terminal(error: &io::Error) -> Failure {
    Failure::new(Exit::NoInput, format!("terminal: {error}"))
}
