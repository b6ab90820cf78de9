//! What goes over the gateway: frames read without trust, frames written.
//!
//! After Discord's documentation of gateway version 10.

use std::borrow::Cow;
use std::time::Duration;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

use crate::adapters::discord::token::Token;

/// The shortest and longest heartbeat interval that is believed.
const INTERVAL: (Duration, Duration) = (Duration::from_millis(100), Duration::from_mins(10));

/// Up to here a floating-point number holds every whole one.
const MOST_EXACT: f64 = 9_007_199_254_740_992.0;

/// A frame from Discord.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// The number of the dispatch, to resume from.
    pub seq: Option<u64>,
    /// What it says.
    pub message: Incoming,
}

/// What Discord says.
#[derive(Clone, Debug, PartialEq)]
pub enum Incoming {
    /// The first frame of a connection: how often to send a heartbeat.
    Hello(Duration),
    /// A session began.
    Ready(Ready),
    /// A session goes on, and everything missed has been sent.
    Resumed,
    /// Somebody asks; the interaction as it came.
    Interaction(Value),
    /// A heartbeat is wanted at once.
    HeartbeatWanted,
    /// The last heartbeat arrived.
    HeartbeatAck,
    /// Connect anew and resume.
    Reconnect,
    /// The session is not known, or not now.
    InvalidSession {
        /// Whether it can be resumed later.
        resumable: bool,
    },
    /// Something that this version does not know or need.
    Other,
}

/// The beginning of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ready {
    /// The session's id, to resume by.
    pub session: String,
    /// Where to resume.
    pub resume_url: Option<String>,
    /// The application that the token belongs to.
    pub application: Option<u64>,
    /// The servers that the bot is in.
    pub guilds: Vec<u64>,
}

#[derive(Deserialize)]
struct Envelope<'a> {
    op: u64,
    #[serde(default)]
    s: Option<u64>,
    #[serde(default, borrow)]
    t: Option<Cow<'a, str>>,
    // Skipped, not kept: a frame may be large and of no interest.
    #[serde(default, rename = "d")]
    _d: IgnoredAny,
}

#[derive(Deserialize)]
struct Payload<T> {
    d: T,
}

/// What an answer to an interaction needs at least, and in which language.
#[derive(Deserialize)]
struct Brief {
    id: Value,
    token: Value,
    #[serde(default, rename = "type")]
    kind: Value,
    #[serde(default)]
    locale: Value,
}

/// Reads a frame; `None` when it is not one.
#[must_use]
pub fn read(text: &[u8]) -> Option<Frame> {
    let envelope: Envelope<'_> = serde_json::from_slice(text).ok().or_else(|| odd(text))?;
    let payload = || payload(text);
    let message = match (envelope.op, envelope.t.as_deref()) {
        (0, Some("READY")) => ready(&payload()).map_or(Incoming::Other, Incoming::Ready),
        (0, Some("RESUMED")) => Incoming::Resumed,
        (0, Some("INTERACTION_CREATE")) => Incoming::Interaction(payload()),
        (1, _) => Incoming::HeartbeatWanted,
        (7, _) => Incoming::Reconnect,
        (9, _) => Incoming::InvalidSession { resumable: payload() == Value::Bool(true) },
        (10, _) => hello(&payload()).map_or(Incoming::Other, Incoming::Hello),
        (11, _) => Incoming::HeartbeatAck,
        _ => Incoming::Other,
    };
    Some(Frame { seq: envelope.s.filter(|_| envelope.op == 0), message })
}

/// The envelope of a frame whose number or name is not of the kind that it always was: without
/// them, rather than without what it says.
fn odd(text: &[u8]) -> Option<Envelope<'static>> {
    let frame: Value = serde_json::from_slice(text).ok()?;
    let name = frame.get("t").and_then(Value::as_str);
    Some(Envelope {
        op: frame.get("op")?.as_u64()?,
        s: frame.get("s").and_then(number),
        t: name.map(|name| Cow::Owned(name.to_owned())),
        _d: IgnoredAny,
    })
}

/// A whole number, however it is written.
fn number(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.as_u64().or_else(|| {
            let whole =
                number.as_f64().filter(|n| n.fract() == 0.0 && (0.0..MOST_EXACT).contains(n));
            #[expect(clippy::cast_sign_loss, reason = "it was just compared")]
            whole.map(|number| number as u64)
        }),
        _ => None,
    }
}

/// The payload; of one that cannot be read whole, what an answer needs at least.
fn payload(text: &[u8]) -> Value {
    let whole = |text: &[u8]| serde_json::from_slice(text).map(|payload: Payload<Value>| payload.d);
    if let Ok(data) = whole(text).or_else(|_| whole(&without_lone_surrogates(text))) {
        return data;
    }
    let brief = serde_json::from_slice(text).map(|payload: Payload<Brief>| payload.d);
    brief.map_or(
        Value::Null,
        |Brief { id, token, kind, locale }| json!({ "id": id, "token": token, "type": kind, "locale": locale }),
    )
}

/// The text with half pairs such as `\ud800`, which JSON allows and UTF-8 does not, replaced.
fn without_lone_surrogates(text: &[u8]) -> Vec<u8> {
    let unit = |at: usize| {
        let escape = text.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u16::from_str_radix(std::str::from_utf8(escape).ok()?, 16).ok()
    };
    let mut whole = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let length = match (unit(at), unit(at + 6)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                whole.extend_from_slice(b"\\ufffd");
                at += 6;
                continue;
            }
            // Any other escape, so that the second half of `\\\\` opens none.
            _ if text[at] == b'\\' => 2,
            _ => 1,
        };
        let end = (at + length).min(text.len());
        whole.extend_from_slice(&text[at..end]);
        at = end;
    }
    whole
}

fn hello(data: &Value) -> Option<Duration> {
    let millis = data.get("heartbeat_interval")?.as_f64()?;
    let interval = Duration::try_from_secs_f64(millis / 1000.0).ok()?;
    Some(interval.clamp(INTERVAL.0, INTERVAL.1))
}

fn ready(data: &Value) -> Option<Ready> {
    let session = data.get("session_id")?.as_str().filter(|id| !id.is_empty())?.to_owned();
    let resume_url = data.get("resume_gateway_url").and_then(Value::as_str).map(str::to_owned);
    let application = data.get("application").and_then(id);
    let guilds = data.get("guilds").and_then(Value::as_array);
    let guilds = guilds.map(|guilds| guilds.iter().filter_map(id).collect()).unwrap_or_default();
    Some(Ready { session, resume_url, application, guilds })
}

/// The snowflake in `id`, as text or as a number.
fn id(data: &Value) -> Option<u64> {
    match data.get("id")? {
        Value::String(text) => text.parse().ok(),
        value => value.as_u64(),
    }
}

/// What we say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outgoing {
    /// Begin a session.
    Identify,
    /// Go on with a session.
    Resume {
        /// The session's id.
        session: String,
        /// The last dispatch seen.
        seq: u64,
    },
    /// We are still here; the last dispatch seen.
    Heartbeat(Option<u64>),
}

impl Outgoing {
    /// The frame's text. No intents: interactions come without any.
    #[must_use]
    pub fn to_json(&self, token: &Token) -> String {
        let (op, data) = match self {
            Self::Heartbeat(seq) => (1, json!(seq)),
            Self::Identify => (
                2,
                json!({
                    "token": token.reveal(),
                    "intents": 0,
                    "properties": { "os": std::env::consts::OS, "browser": "raci-bot", "device": "raci-bot" },
                }),
            ),
            Self::Resume { session, seq } => {
                (6, json!({ "token": token.reveal(), "session_id": session, "seq": seq }))
            }
        };
        json!({ "op": op, "d": data }).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> Option<Incoming> {
        read(text.as_bytes()).map(|frame| frame.message)
    }

    #[test]
    fn every_known_frame_is_read() {
        let cases = [
            (
                r#"{"op":10,"d":{"heartbeat_interval":41250}}"#,
                Incoming::Hello(Duration::from_millis(41_250)),
            ),
            (r#"{"op":11}"#, Incoming::HeartbeatAck),
            (r#"{"op":1,"d":null}"#, Incoming::HeartbeatWanted),
            (r#"{"op":7,"d":null}"#, Incoming::Reconnect),
            (r#"{"op":9,"d":true}"#, Incoming::InvalidSession { resumable: true }),
            (r#"{"op":9,"d":false}"#, Incoming::InvalidSession { resumable: false }),
            (r#"{"op":9}"#, Incoming::InvalidSession { resumable: false }),
            (r#"{"op":0,"t":"RESUMED","s":7,"d":{}}"#, Incoming::Resumed),
            (
                r#"{"op":0,"t":"INTERACTION_CREATE","s":8,"d":{"id":"1"}}"#,
                Incoming::Interaction(json!({ "id": "1" })),
            ),
            (r#"{"op":0,"t":"NEW_EVENT","s":9,"d":[1,2]}"#, Incoming::Other),
            (r#"{"op":4242,"d":null,"new":1}"#, Incoming::Other),
        ];
        for (text, expected) in cases {
            assert_eq!(message(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn ready_gives_what_is_needed_and_tolerates_the_rest() {
        let text = r#"{"op":0,"s":1,"t":"READY","d":{"session_id":"s1","resume_gateway_url":"ws://x",
            "application":{"id":"42","flags":0},"guilds":[{"id":"7","unavailable":true},{"id":[]},3],"v":99}}"#;
        let ready = Ready {
            session: "s1".into(),
            resume_url: Some("ws://x".into()),
            application: Some(42),
            guilds: vec![7],
        };
        let frame = read(text.as_bytes()).expect("a frame");
        assert_eq!(frame, Frame { seq: Some(1), message: Incoming::Ready(ready) });
        assert_eq!(message(r#"{"op":0,"s":1,"t":"READY","d":{}}"#), Some(Incoming::Other));
    }

    #[test]
    fn garbage_is_no_frame_and_no_panic() {
        let deep = format!(r#"{{"op":0,"d":{}}}"#, "[".repeat(100_000));
        for text in ["", "null", "[]", "{", "{}", r#"{"op":"0"}"#, r#"{"op":-1}"#, "\u{0}", &deep] {
            assert_eq!(read(text.as_bytes()), None, "{}", &text[..text.len().min(40)]);
        }
        assert_eq!(read(b"\xff\xfe{\"op\":1}"), None);
    }

    #[test]
    fn a_lone_surrogate_in_a_question_is_replaced() {
        let text =
            r#"{"op":0,"t":"INTERACTION_CREATE","d":{"a":"x\ud800y\ud83d\ude00\\ud800\udc00"}}"#;
        let expected = json!({ "a": "x\u{fffd}y😀\\ud800\u{fffd}" });
        assert_eq!(message(text), Some(Incoming::Interaction(expected)));
    }

    #[test]
    fn a_question_nested_too_deeply_keeps_what_an_answer_needs() {
        let deep = format!("{}{}", "[".repeat(500), "]".repeat(500));
        let text = format!(
            r#"{{"op":0,"t":"INTERACTION_CREATE","d":{{"id":1,"token":"t","type":2,"locale":"fr","x":{deep}}}}}"#
        );
        let expected = json!({ "id": 1, "token": "t", "type": 2, "locale": "fr" });
        assert_eq!(message(&text), Some(Incoming::Interaction(expected)));
    }

    #[test]
    fn a_number_or_a_name_of_another_kind_loses_nothing_else() {
        let asked = Incoming::Interaction(json!({ "id": "1" }));
        for (seq, expected) in [
            ("null", None),
            ("-1", None),
            ("1.0", Some(1)),
            ("1.5", None),
            ("1e300", None),
            (r#""7""#, Some(7)),
            (r#""x""#, None),
            ("[1]", None),
            ("18446744073709551615", Some(u64::MAX)),
        ] {
            let text = format!(r#"{{"op":0,"s":{seq},"t":"INTERACTION_CREATE","d":{{"id":"1"}}}}"#);
            let frame = read(text.as_bytes()).expect("a frame");
            assert_eq!(frame, Frame { seq: expected, message: asked.clone() }, "{seq}");
        }
        assert_eq!(message(r#"{"op":1,"t":5,"d":null}"#), Some(Incoming::HeartbeatWanted));
    }

    #[test]
    fn an_absurd_heartbeat_interval_is_not_believed() {
        let hello =
            |value: &str| message(&format!(r#"{{"op":10,"d":{{"heartbeat_interval":{value}}}}}"#));
        assert_eq!(hello("0"), Some(Incoming::Hello(INTERVAL.0)));
        assert_eq!(hello("1e300"), Some(Incoming::Other));
        assert_eq!(hello("99999999999"), Some(Incoming::Hello(INTERVAL.1)));
        assert_eq!(hello("-5"), Some(Incoming::Other));
        assert_eq!(hello("null"), Some(Incoming::Other));
    }

    #[test]
    fn what_is_sent_is_what_discord_documents() {
        let token = Token::new("t").expect("a token");
        let sent = |message: Outgoing| -> Value {
            serde_json::from_str(&message.to_json(&token)).expect("JSON")
        };
        assert_eq!(sent(Outgoing::Heartbeat(None)), json!({ "op": 1, "d": null }));
        assert_eq!(sent(Outgoing::Heartbeat(Some(3))), json!({ "op": 1, "d": 3 }));
        let resume = Outgoing::Resume { session: "s".into(), seq: 3 };
        assert_eq!(
            sent(resume),
            json!({ "op": 6, "d": { "token": "t", "session_id": "s", "seq": 3 } })
        );
        let identify = sent(Outgoing::Identify);
        assert_eq!((&identify["op"], &identify["d"]["intents"]), (&json!(2), &json!(0)));
    }
}
