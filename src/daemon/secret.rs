//! Where the token comes from: the environment, a file, or systemd's credentials. Never from the
//! configuration file, which people show each other.

use std::io;
use std::path::{Path, PathBuf};

use crate::adapters::discord::token::Token;
use crate::exit::Exit;
use crate::failure::Failure;

const HINT: &str = "set `DISCORD_TOKEN`, or `DISCORD_TOKEN_FILE` to the file that holds it, or give \
    systemd the credential `discord-token`; without a token, `raci-bot chat` answers in a terminal";

/// The longest file that is taken for a token, in bytes.
const MAX_FILE: u64 = 4_096;

/// The token, from the first place that has one.
pub(super) fn token(variable: impl Fn(&str) -> Option<String>) -> Result<Token, Failure> {
    let set = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
    if let Some(text) = set("DISCORD_TOKEN") {
        return checked(&text, "`DISCORD_TOKEN`");
    }
    if let Some(file) = set("DISCORD_TOKEN_FILE") {
        return of_file(Path::new(file.trim()));
    }
    let credential = set("CREDENTIALS_DIRECTORY").map(|directory| {
        let path = PathBuf::from(directory).join("discord-token");
        path.exists().then(|| of_file(&path))
    });
    match credential.flatten() {
        Some(token) => token,
        None => Err(Failure::new(Exit::Config, "no Discord token").hint(HINT)),
    }
}

/// Where the token comes from, in words that do not show it.
pub(super) fn place(variable: impl Fn(&str) -> Option<String>) -> String {
    let set = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
    let place = if set("DISCORD_TOKEN").is_some() {
        "DISCORD_TOKEN".to_owned()
    } else if let Some(file) = set("DISCORD_TOKEN_FILE") {
        format!("{} (DISCORD_TOKEN_FILE)", file.trim())
    } else if set("CREDENTIALS_DIRECTORY").is_some() {
        "the credential discord-token (CREDENTIALS_DIRECTORY)".to_owned()
    } else {
        return "none".to_owned();
    };
    match token(variable) {
        Ok(_) => format!("hidden, from {place}"),
        Err(_) => format!("cannot be used, from {place}"),
    }
}

fn of_file(path: &Path) -> Result<Token, Failure> {
    let name = format!("`{}`", path.display());
    match read(path) {
        Ok(text) => checked(&text, &name),
        Err(error) => Err(Failure::new(Exit::Config, format!("{name}: {error}")).hint(HINT)),
    }
}

fn read(path: &Path) -> io::Result<String> {
    use io::Read;
    let mut text = String::new();
    std::fs::File::open(path)?.take(MAX_FILE).read_to_string(&mut text)?;
    Ok(text)
}

fn checked(text: &str, place: &str) -> Result<Token, Failure> {
    Token::new(text).ok_or_else(|| {
        let message = format!("{place} does not hold a Discord token");
        Failure::new(Exit::Config, message).hint("copy it anew, on one line, without spaces")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(variables: &[(&str, &str)]) -> Result<Token, Failure> {
        token(|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_first_place_that_has_a_token_gives_it() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("discord-token");
        std::fs::write(&path, "from-file\n").expect("a file");
        let (file, directory) = (path.to_string_lossy(), directory.path().to_string_lossy());
        let token = |text| Token::new(text).expect("a token");
        let all = [
            ("DISCORD_TOKEN", " from-environment "),
            ("DISCORD_TOKEN_FILE", &*file),
            ("CREDENTIALS_DIRECTORY", &*directory),
        ];
        assert_eq!(found(&all).ok(), Some(token("from-environment")));
        assert_eq!(found(&all[1..]).ok(), Some(token("from-file")));
        assert_eq!(found(&all[2..]).ok(), Some(token("from-file")));
    }

    #[test]
    fn without_a_token_all_ways_to_give_one_are_named() {
        let failure = found(&[("DISCORD_TOKEN", " "), ("CREDENTIALS_DIRECTORY", "/nowhere")])
            .expect_err("no token");
        assert_eq!(failure.exit, Exit::Config);
        let hint = format!("{failure:?}");
        for way in ["DISCORD_TOKEN`", "DISCORD_TOKEN_FILE", "discord-token", "raci-bot chat"] {
            assert!(hint.contains(way), "{hint}");
        }
    }

    #[test]
    fn a_place_is_named_and_its_token_is_not() {
        let told = |variables: &[(&str, &str)]| {
            place(|name| {
                variables.iter().find(|(known, _)| *known == name).map(|(_, v)| (*v).to_owned())
            })
        };
        assert_eq!(told(&[]), "none");
        assert_eq!(told(&[("DISCORD_TOKEN", "secret")]), "hidden, from DISCORD_TOKEN");
        assert_eq!(
            told(&[("DISCORD_TOKEN_FILE", "/nowhere/token")]),
            "cannot be used, from /nowhere/token (DISCORD_TOKEN_FILE)"
        );
    }

    #[test]
    fn a_failure_never_shows_what_was_taken_for_a_token() {
        let failure = found(&[("DISCORD_TOKEN", "se cret")]).expect_err("no token");
        assert!(!format!("{failure:?}").contains("cret"));
        let failure = found(&[("DISCORD_TOKEN_FILE", "/nowhere/token")]).expect_err("no file");
        assert!(format!("{failure:?}").contains("`/nowhere/token`: "), "{failure:?}");
    }
}
