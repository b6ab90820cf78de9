//! The bot's token: carried, sent, never shown.

use std::fmt;

/// A bot token. Its `Debug` says nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// The token in this text, without surrounding space and without the word `Bot` that some
    /// put before it; `None` when there is nothing, or a character that no token has.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix("Bot ").map_or(text, str::trim_start);
        let fit = !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic());
        fit.then(|| Self(text.to_owned()))
    }

    /// The characters, for the two places that send them: IDENTIFY and the `Authorization` header.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_trimmed_and_never_shown() {
        let token = Token::new(" Bot abc.def-ghi\n").expect("a token");
        assert_eq!(token.reveal(), "abc.def-ghi");
        assert_eq!(format!("{token:?}"), "Token(…)");
    }

    #[test]
    fn what_cannot_be_a_token_is_none() {
        for text in ["", " \n", "a b", "clé", "a\u{0}b"] {
            assert_eq!(Token::new(text), None, "{text:?}");
        }
    }
}
