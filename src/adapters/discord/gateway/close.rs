//! What the end of a connection means: which session survives it, and which end is final.

use crate::exit::Exit;

/// What can be done after the gateway closed a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Afterwards {
    /// Connect anew and go on with the session.
    Resume,
    /// Go on with the session, unless it was going on with it that was refused.
    ResumeOnce,
    /// Connect anew and begin a new session.
    Identify,
    /// Give up: nothing changes until somebody changes something.
    GiveUp(Fatal),
}

/// Why the daemon cannot go on, and what would help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fatal {
    /// What happened, a lower-case fragment.
    pub reason: &'static str,
    /// What somebody can do about it.
    pub remedy: &'static str,
    /// The status to end with; a service manager need not try again.
    pub exit: Exit,
}

impl Fatal {
    /// Discord does not accept the token.
    pub const TOKEN: Self = Self {
        reason: "Discord refuses the token",
        remedy: "copy or reset the token under Bot at https://discord.com/developers/applications",
        exit: Exit::Refused,
    };
    const SHARD: Self = Self {
        reason: "Discord refuses the shard (4010)",
        remedy: "this version knows no shards; report this as a bug",
        exit: Exit::Config,
    };
    const SHARDS_NEEDED: Self = Self {
        reason: "the bot is in more servers than one connection may serve (4011)",
        remedy: "remove it from servers that do not use it, or run a second application",
        exit: Exit::Config,
    };
    const VERSION: Self = Self {
        reason: "Discord no longer speaks this version of its gateway (4012)",
        remedy: "update raci-bot",
        exit: Exit::Config,
    };
    const INTENTS: Self = Self {
        reason: "Discord does not know the intents (4013)",
        remedy: "update raci-bot, or check `DISCORD_API_URL`",
        exit: Exit::Config,
    };
    const INTENTS_REFUSED: Self = Self {
        reason: "Discord refuses the intents (4014)",
        remedy: "update raci-bot: it asks for none; or check `DISCORD_API_URL`",
        exit: Exit::Config,
    };
}

/// What a close status means for the session; `None` is an end without one.
///
/// Where Discord's documentation leaves it open, the session is tried: a refused resume costs a
/// round trip, an identify costs one of the day's thousand and loses what was asked meanwhile.
#[must_use]
pub fn afterwards(code: Option<u16>) -> Afterwards {
    match code {
        Some(4004) => Afterwards::GiveUp(Fatal::TOKEN),
        Some(4010) => Afterwards::GiveUp(Fatal::SHARD),
        Some(4011) => Afterwards::GiveUp(Fatal::SHARDS_NEEDED),
        Some(4012) => Afterwards::GiveUp(Fatal::VERSION),
        Some(4013) => Afterwards::GiveUp(Fatal::INTENTS),
        Some(4014) => Afterwards::GiveUp(Fatal::INTENTS_REFUSED),
        // Not authenticated, session no longer valid: neither says which session is meant.
        Some(4003 | 4006) => Afterwards::ResumeOnce,
        // Invalid sequence, session timed out.
        Some(4007 | 4009) => Afterwards::Identify,
        _ => Afterwards::Resume,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_close_code_means_what_discord_documents() {
        for code in [1000, 1001, 1006, 1011, 4000, 4001, 4002, 4005, 4008, 4900] {
            assert_eq!(afterwards(Some(code)), Afterwards::Resume, "{code}");
        }
        for code in [4003, 4006] {
            assert_eq!(afterwards(Some(code)), Afterwards::ResumeOnce, "{code}");
        }
        for code in [4007, 4009] {
            assert_eq!(afterwards(Some(code)), Afterwards::Identify, "{code}");
        }
        assert_eq!(afterwards(Some(4004)), Afterwards::GiveUp(Fatal::TOKEN));
        assert_eq!(Fatal::TOKEN.exit, Exit::Refused);
        for code in 4010..=4014 {
            assert!(
                matches!(afterwards(Some(code)), Afterwards::GiveUp(fatal) if fatal.exit == Exit::Config),
                "{code}"
            );
        }
        assert_eq!(afterwards(None), Afterwards::Resume);
    }
}
