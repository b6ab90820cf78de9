//! `raci-bot completions` and `raci-bot man`: what a package installs beside the program, written
//! by the program itself, so that it is never out of date.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::roff::{Roff, bold, roman};

use super::Arguments;
use crate::exit::Exit;
use crate::failure::{Failure, printed};

/// The sections of the main page that the arguments do not tell: a heading, and terms.
const SECTIONS: &[(&str, &[(&str, &str)])] = &[
    (
        "ENVIRONMENT",
        &[
            ("RACI_BOT_CONFIG", "The configuration file, unless --config names one."),
            ("RACI_BOT_DATA", "The directory of matrices, unless --data names one."),
            ("RACI_BOT_HTTP", "Where health and metrics are told: an address and a port, or off."),
            ("RACI_BOT_LOG", "The log filter: error, warn, info, debug or trace, or by module."),
            ("RACI_BOT_LOG_FORMAT", "The form of log lines: human or json."),
            ("DISCORD_TOKEN", "The bot's token."),
            ("DISCORD_TOKEN_FILE", "The file that holds the token."),
            ("CREDENTIALS_DIRECTORY", "Set by systemd; the token may be in discord-token there."),
            ("STATE_DIRECTORY", "Set by systemd; where what outlasts a restart is kept."),
            ("DISCORD_API_URL", "Another Discord: scheme, host and port."),
            ("LC_ALL, LC_MESSAGES, LANG", "The language of answers in a terminal."),
            ("COLUMNS, NO_COLOR, CLICOLOR_FORCE", "Width and colour of answers in a terminal."),
        ],
    ),
    (
        "FILES",
        &[
            ("/etc/raci-bot/raci-bot.yaml", "The configuration that the service reads."),
            ("/etc/raci-bot/discord-token", "The token that the service is given by systemd."),
            ("/var/lib/raci-bot", "What the service keeps, where the configuration allows it."),
        ],
    ),
    (
        "SIGNALS",
        &[
            (
                "SIGHUP",
                "Read configuration and matrices again, at once, and use both if all is right.",
            ),
            ("SIGTERM, SIGINT", "Answer what has arrived, and end; a second one ends at once."),
        ],
    ),
    (
        "EXIT STATUS",
        &[
            ("0", "Answered; ended as told."),
            ("1", "Nothing sure, or nothing found; not ready."),
            ("64", "The command line is wrong."),
            ("65", "A data file has errors."),
            ("66", "No such file or directory."),
            ("69", "Discord cannot be reached."),
            ("74", "The output cannot be written."),
            ("77", "Discord refuses the token."),
            ("78", "The configuration is wrong, or there is no token."),
        ],
    ),
];

/// Where manual pages go.
#[derive(Debug, clap::Args)]
pub struct ManArgs {
    /// Write a page for each subcommand too, into this directory
    directory: Option<PathBuf>,
}

/// Prints a shell's completions.
pub(super) fn completions(shell: Shell) -> Result<Exit, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "raci-bot", &mut text);
    printed(io::stdout().write_all(&text), Exit::Success)
}

/// Prints the manual page, or writes all of them.
pub(super) fn man(args: &ManArgs) -> Result<Exit, Failure> {
    match &args.directory {
        None => printed(page().and_then(|page| io::stdout().write_all(&page)), Exit::Success),
        Some(directory) => match pages(directory) {
            Ok(()) => Ok(Exit::Success),
            Err(error) => {
                Err(Failure::new(Exit::Output, format!("`{}`: {error}", directory.display())))
            }
        },
    }
}

fn pages(directory: &Path) -> io::Result<()> {
    clap_mangen::generate_to(Arguments::command(), directory)?;
    std::fs::write(directory.join("raci-bot.1"), page()?)
}

fn page() -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut page)?;
    let mut roff = Roff::new();
    for (heading, terms) in SECTIONS {
        roff.control("SH", [*heading]);
        for (term, meaning) in *terms {
            roff.control("TP", []);
            roff.text([bold(*term)]);
            roff.text([roman(*meaning)]);
        }
    }
    page.extend(roff.render().into_bytes());
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text() -> String {
        String::from_utf8(page().expect("a page")).expect("text")
    }

    #[test]
    fn the_page_names_every_subcommand_and_every_variable() {
        let text = text().replace("\\-", "-");
        for command in Arguments::command().get_subcommands() {
            assert!(text.contains(command.get_name()), "{}", command.get_name());
        }
        let known = include_str!("../config.rs");
        let variables = known.lines().filter(|line| line.contains("_VARIABLE: &str ="));
        let mut count = 0;
        for variable in variables.filter_map(|line| line.split('"').nth(1)) {
            assert!(text.contains(variable), "{variable}");
            count += 1;
        }
        assert!(count >= 5, "{count} variables");
    }
}
