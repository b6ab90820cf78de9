//! What the command line looks like, and what each of its subcommands calls.

mod ask;
mod chat;
mod check;
mod config;
mod documents;
mod export;
mod healthcheck;
mod import;
mod lines;
mod selection;
mod setup;
mod show;
mod unanswered;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand, ValueEnum};

use crate::daemon;
use crate::exit::Exit;
use crate::failure::{Failure, printed};

const LONG_VERSION: &str = concat!(
    env!("RACI_BOT_VERSION"),
    "\ncode: ",
    env!("CARGO_PKG_LICENSE"),
    "\ndata: OVHcloud KMS matrix: CC BY-NC-SA 4.0, adapted from OVHcloud's documentation",
);

/// Answers "who is responsible for this?" from your RACI matrices.
#[derive(Debug, Parser)]
#[command(name = "raci-bot", version = env!("RACI_BOT_VERSION"), long_version = LONG_VERSION, arg_required_else_help = true)]
#[command(propagate_version = true, max_term_width = 100)]
pub struct Arguments {
    /// What every subcommand takes.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub subcommand: Run,
}

/// What every subcommand takes.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Global {
    /// Read the matrices of this directory instead of the built-in ones [env: `RACI_BOT_DATA`]
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Read the configuration from this file [env: `RACI_BOT_CONFIG`]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Run {
    /// Answer a question and exit
    Ask(ask::Args),
    /// Ask in a dialogue, with the commands of team chat
    Chat(chat::Args),
    /// Answer in team chat until told to stop
    Serve,
    /// Print a matrix as a table
    Show(show::Args),
    /// Check matrices: the faults of their files, and the rules of good ones
    Check(check::Args),
    /// Read matrices from pages and tables, and write them as matrix files
    Import(import::Args),
    /// Write matrices in the formats of other tools
    Export(export::Args),
    /// List questions that found nothing, with the aliases that would help
    Unanswered(unanswered::Args),
    /// Ask a running daemon whether it answers questions
    Healthcheck(healthcheck::Args),
    /// Print the link that invites the bot to a Discord server
    Invite {
        /// The application's id; asked of Discord with the token when left out
        application: Option<u64>,
    },
    /// Print the configuration in force, and where each value comes from
    Config,
    /// Print the JSON Schema of a kind of file, for editors
    Schema {
        /// The kind of file
        #[arg(value_enum, default_value_t)]
        of: Kind,
    },
    /// Print a shell's completions
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man(documents::ManArgs),
}

/// What people write.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum Kind {
    /// Matrices
    #[default]
    Matrix,
    /// Words that mean the same
    Thesaurus,
    /// The configuration
    Config,
}

/// Runs one subcommand; what went wrong is told on standard error.
#[must_use]
pub fn run(arguments: Arguments) -> ExitCode {
    let global = &arguments.global;
    let ended = match arguments.subcommand {
        Run::Ask(args) => ask::run(global, &args),
        Run::Chat(args) => chat::run(global, &args),
        Run::Serve => {
            let global = global.clone();
            return daemon::serve(&(Arc::new(move || setup::checked(&global)) as daemon::Reread));
        }
        Run::Show(args) => show::run(global, &args),
        Run::Check(args) => check::run(global, &args),
        Run::Import(args) => import::run(&args),
        Run::Export(args) => export::run(global, &args),
        Run::Unanswered(args) => unanswered::run(global, &args),
        Run::Healthcheck(args) => healthcheck::run(global, &args),
        Run::Invite { application } => return daemon::invite(application),
        Run::Config => config::run(global),
        Run::Schema { of } => schema(of),
        Run::Completions { shell } => documents::completions(shell),
        Run::Man(args) => documents::man(&args),
    };
    ended.map_or_else(Failure::report, ExitCode::from)
}

/// Tells what is wrong with the arguments, or the help or version that was asked for.
#[must_use]
pub fn refuse(error: &clap::Error) -> Exit {
    // Nothing is left to tell it to when the terminal is gone.
    let _ = error.print();
    if error.use_stderr() { Exit::Usage } else { Exit::Success }
}

fn schema(of: Kind) -> Result<Exit, Failure> {
    let schema = match of {
        Kind::Matrix => crate::import::schema(),
        Kind::Thesaurus => crate::import::thesaurus::schema(),
        Kind::Config => crate::config::schema(),
    };
    printed(writeln!(io::stdout(), "{schema:#}"), Exit::Success)
}
