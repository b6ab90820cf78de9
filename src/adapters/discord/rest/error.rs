//! Why a REST call failed, without addresses and without tokens.

use std::error::Error as _;
use std::time::Duration;

use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

/// The longest wait that is believed.
const MAX_WAIT: Duration = Duration::from_hours(1);
/// The wait where Discord does not say how long.
const UNKNOWN_WAIT: Duration = Duration::from_secs(1);

/// Why a call failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Discord does not accept the token.
    #[error("Discord refuses the token (401)")]
    Unauthorized,
    /// Too many calls.
    #[error("Discord asks to wait for {} ms (429)", after.as_millis())]
    Limited {
        /// How long to wait.
        after: Duration,
    },
    /// Discord will not do it, however often it is asked.
    #[error("Discord refuses ({status}, code {code}): {message}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Discord's own code; 0 where it gives none.
        code: u64,
        /// Discord's words.
        message: String,
    },
    /// Discord has a fault, or what stands in front of it.
    #[error("Discord fails ({status})")]
    Failing {
        /// The HTTP status.
        status: u16,
    },
    /// No answer came, in words.
    #[error("no answer: {0}")]
    Lost(String),
}

impl Error {
    /// What it is counted under.
    #[must_use]
    pub fn cause(&self) -> &'static str {
        match self {
            Self::Unauthorized => "unauthorized",
            Self::Limited { .. } => "limited",
            Self::Refused { .. } => "refused",
            Self::Failing { .. } => "failing",
            Self::Lost(_) => "lost",
        }
    }

    /// The error of an answer that is not a success.
    pub(super) fn of(
        status: u16,
        retry_after: Option<&str>,
        body: &[u8],
        now: OffsetDateTime,
    ) -> Self {
        let body: Value = serde_json::from_slice(body).unwrap_or(Value::Null);
        match status {
            401 => Self::Unauthorized,
            429 => Self::Limited { after: wait(retry_after, &body, now) },
            // In Discord's own words. A page or a redirect comes from what stands in front of it.
            400..=499 if body.get("message").is_some() || body.get("code").is_some() => {
                Self::Refused {
                    status,
                    code: body.get("code").and_then(Value::as_u64).unwrap_or(0),
                    message: words(&body),
                }
            }
            _ => Self::Failing { status },
        }
    }

    /// The error of a call without an answer. The address is left out: it may hold a token.
    pub(super) fn lost(error: reqwest::Error) -> Self {
        let error = error.without_url();
        let mut words = error.to_string();
        let mut cause = error.source();
        while let Some(inner) = cause {
            words = format!("{words}: {inner}");
            cause = inner.source();
        }
        Self::Lost(words)
    }
}

/// Discord's message and where in what we sent its faults are; not what stood there.
fn words(body: &Value) -> String {
    let message = body.get("message").and_then(Value::as_str).unwrap_or("no reason given");
    let mut words: String = message.chars().take(200).collect();
    if let Some(errors) = body.get("errors") {
        words.extend(format!(" {errors}").chars().take(500));
    }
    words
}

/// How long to wait, by the header (seconds or a date) or the body, whichever can be read.
fn wait(header: Option<&str>, body: &Value, now: OffsetDateTime) -> Duration {
    let seconds = |seconds: f64| Duration::try_from_secs_f64(seconds).ok();
    let header = header.map(str::trim).and_then(|text| match text.parse() {
        Ok(number) => seconds(number),
        Err(_) => date(text).map(|at| seconds((at - now).as_seconds_f64()).unwrap_or_default()),
    });
    // The body's is the finer one: the header's is rounded up to whole seconds.
    let body = body.get("retry_after").and_then(Value::as_f64).and_then(seconds);
    body.or(header).unwrap_or(UNKNOWN_WAIT).min(MAX_WAIT)
}

/// What time it is: where the answer was written, for a date in it was meant by that clock.
pub(super) fn now(header: Option<&str>) -> OffsetDateTime {
    header.and_then(date).unwrap_or_else(OffsetDateTime::now_utc)
}

fn date(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(&text.replace("GMT", "+0000"), &Rfc2822).ok()
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-23 12:00:00 UTC);

    fn error(status: u16, header: Option<&str>, body: &str) -> Error {
        Error::of(status, header, body.as_bytes(), NOW)
    }

    fn after(header: Option<&str>, body: &str) -> Duration {
        match error(429, header, body) {
            Error::Limited { after } => after,
            error => panic!("{error}"),
        }
    }

    #[test]
    fn the_wait_is_read_wherever_it_stands() {
        let cases = [
            (None, r#"{"retry_after":0.25,"global":true}"#, 250),
            (Some("2"), r#"{"retry_after":1.5}"#, 1500),
            (Some("0.5"), "", 500),
            (Some("Mon, 23 Nov 2026 12:00:03 GMT"), "<html>", 3000),
            (Some("Mon, 23 Nov 2026 11:00:00 GMT"), "", 0),
            (Some("soon"), "{}", 1000),
            (None, r#"{"retry_after":-4}"#, 1000),
            (None, r#"{"retry_after":1e99}"#, 1000),
            (Some("NaN"), "", 1000),
            (Some("9999999"), "", 3_600_000),
        ];
        for (header, body, millis) in cases {
            assert_eq!(after(header, body), Duration::from_millis(millis), "{header:?} {body}");
        }
    }

    #[test]
    fn a_refusal_carries_discords_code_and_words() {
        let refused = error(404, None, r#"{"code":10062,"message":"Unknown interaction"}"#);
        assert_eq!(refused.to_string(), "Discord refuses (404, code 10062): Unknown interaction");
        assert_eq!(error(401, None, ""), Error::Unauthorized);
        assert_eq!(error(503, Some("1"), "busy"), Error::Failing { status: 503 });
        assert_eq!(
            error(404, None, r#"{"code":0}"#),
            Error::Refused { status: 404, code: 0, message: "no reason given".to_owned() }
        );
    }

    #[test]
    fn what_discord_did_not_say_may_pass() {
        for (status, body) in [(403, "<html>"), (404, ""), (408, "{}"), (307, ""), (500, "null")] {
            assert_eq!(error(status, None, body), Error::Failing { status });
        }
    }

    #[test]
    fn a_date_is_meant_by_the_clock_of_who_wrote_it() {
        let date = "Mon, 23 Nov 2026 12:00:00 GMT";
        assert_eq!(now(Some(date)), NOW);
        for other in [None, Some("yesterday")] {
            assert!(now(other) > datetime!(2020-01-01 00:00 UTC));
        }
    }
}
