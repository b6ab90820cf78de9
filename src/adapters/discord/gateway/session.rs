//! The protocol without the wire: what to do on each frame, and what survives the end of a
//! connection. No clock, no I/O.

use std::fmt;
use std::time::Duration;

use serde_json::Value;

use super::close::{Afterwards, Fatal, afterwards};
use super::payload::{Frame, Incoming, Outgoing, Ready};

/// How many resumes in a row may come to nothing before the session is given up.
const MAX_FRUITLESS: u8 = 3;

/// The session and how far the present connection has come with it.
#[derive(Debug, Default)]
pub struct Session {
    known: Option<Known>,
    seq: Option<u64>,
    phase: Phase,
}

/// What is needed to resume.
#[derive(Debug)]
struct Known {
    id: String,
    url: Option<String>,
    fruitless: u8,
}

/// How far a connection has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// HELLO has not come.
    #[default]
    Greeting,
    /// IDENTIFY was sent and READY has not come.
    Identifying,
    /// RESUME was sent and RESUMED has not come.
    Resuming,
    /// Events come.
    Live,
}

impl Phase {
    /// What must come next.
    #[must_use]
    pub fn awaits(self) -> &'static str {
        match self {
            Self::Greeting => "HELLO",
            Self::Identifying => "READY",
            Self::Resuming => "RESUMED",
            Self::Live => "anything",
        }
    }
}

/// What to do about a frame.
#[derive(Debug, PartialEq)]
pub enum Step {
    /// Nothing.
    Nothing,
    /// Begin to send heartbeats at this interval, and say this.
    Greet(Duration, Outgoing),
    /// Send a heartbeat now.
    Beat,
    /// The last heartbeat arrived.
    Acknowledged,
    /// A new session is live.
    Began(Ready),
    /// The session goes on.
    Resumed,
    /// Answer this interaction.
    Answer(Value),
    /// Leave this connection.
    Leave(End),
}

/// How a connection ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// The connection could not be made, in words.
    Refused(String),
    /// Something did not come in time.
    Silent(&'static str),
    /// Discord closed it, with or without a status.
    Closed(Option<u16>),
    /// It broke, in words.
    Broken(String),
    /// What came was not the protocol, in words.
    Garbled(String),
    /// Discord asked for a new connection.
    Asked,
    /// Discord does not know the session, or not now.
    Invalid {
        /// Whether it can be resumed later.
        resumable: bool,
    },
}

impl End {
    /// What it is counted under; one of [`crate::metrics::CAUSES`].
    #[must_use]
    pub fn cause(&self) -> &'static str {
        match self {
            Self::Refused(_) => "refused",
            Self::Silent(_) => "silent",
            Self::Closed(_) => "closed",
            Self::Broken(_) => "broken",
            Self::Garbled(_) => "garbled",
            Self::Asked => "asked",
            Self::Invalid { .. } => "invalid_session",
        }
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(why) => write!(f, "no connection: {why}"),
            Self::Silent(what) => write!(f, "{what} did not come in time"),
            Self::Closed(Some(code)) => write!(f, "closed by Discord with {code}"),
            Self::Closed(None) => f.write_str("closed by Discord"),
            Self::Broken(why) => write!(f, "connection lost: {why}"),
            Self::Garbled(why) => write!(f, "protocol error: {why}"),
            Self::Asked => f.write_str("Discord asked for a new connection"),
            Self::Invalid { .. } => f.write_str("Discord does not know the session"),
        }
    }
}

impl Session {
    /// Begins a connection.
    pub fn connect(&mut self) {
        self.phase = Phase::Greeting;
    }

    /// What to do about a frame; remembers its number.
    pub fn on(&mut self, frame: Frame) -> Step {
        if let Some(seq) = frame.seq {
            self.seq = Some(seq);
        }
        match frame.message {
            Incoming::Hello(interval) if self.phase == Phase::Greeting => self.greet(interval),
            Incoming::Ready(ready) if self.phase != Phase::Live => self.begin(ready),
            Incoming::Resumed if self.phase == Phase::Resuming => self.resumed(),
            Incoming::Interaction(data) => Step::Answer(data),
            Incoming::HeartbeatWanted => Step::Beat,
            Incoming::HeartbeatAck => Step::Acknowledged,
            Incoming::Reconnect => Step::Leave(End::Asked),
            Incoming::InvalidSession { resumable } => Step::Leave(End::Invalid { resumable }),
            Incoming::Hello(_) | Incoming::Ready(_) | Incoming::Resumed | Incoming::Other => {
                Step::Nothing
            }
        }
    }

    /// What survives the end of the connection; an error when nothing does.
    ///
    /// # Errors
    ///
    /// When Discord said that it will never accept this bot as it is.
    pub fn end(&mut self, end: &End) -> Result<(), Fatal> {
        let resuming = self.phase == Phase::Resuming;
        self.phase = Phase::Greeting;
        match end {
            End::Closed(code) => match afterwards(*code) {
                Afterwards::GiveUp(fatal) => return Err(fatal),
                Afterwards::Identify => self.forget(),
                Afterwards::ResumeOnce if resuming => self.forget(),
                Afterwards::Resume | Afterwards::ResumeOnce => {}
            },
            End::Invalid { resumable: false } => self.forget(),
            // A resume that always ends the same way would never come to an end by itself: an
            // event too large is sent again and again.
            End::Silent(_) | End::Garbled(_) | End::Invalid { resumable: true } if resuming => {
                self.count_fruitless();
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether the next connection will resume.
    #[must_use]
    pub fn can_resume(&self) -> bool {
        self.known.is_some() && self.seq.is_some()
    }

    /// Where to resume; not the place where it came to nothing before.
    #[must_use]
    pub fn resume_url(&self) -> Option<&str> {
        let known = self.known.as_ref().filter(|known| known.fruitless == 0)?;
        known.url.as_deref()
    }

    /// How far the present connection has come.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// A heartbeat.
    #[must_use]
    pub fn heartbeat(&self) -> Outgoing {
        Outgoing::Heartbeat(self.seq)
    }

    fn greet(&mut self, interval: Duration) -> Step {
        if let (Some(known), Some(seq)) = (&self.known, self.seq) {
            self.phase = Phase::Resuming;
            return Step::Greet(interval, Outgoing::Resume { session: known.id.clone(), seq });
        }
        self.forget();
        self.phase = Phase::Identifying;
        Step::Greet(interval, Outgoing::Identify)
    }

    fn begin(&mut self, ready: Ready) -> Step {
        let (id, url) = (ready.session.clone(), ready.resume_url.clone());
        self.known = Some(Known { id, url, fruitless: 0 });
        self.phase = Phase::Live;
        Step::Began(ready)
    }

    fn resumed(&mut self) -> Step {
        if let Some(known) = &mut self.known {
            known.fruitless = 0;
        }
        self.phase = Phase::Live;
        Step::Resumed
    }

    fn count_fruitless(&mut self) {
        let Some(known) = &mut self.known else { return };
        known.fruitless += 1;
        if known.fruitless >= MAX_FRUITLESS {
            self.forget();
        }
    }

    fn forget(&mut self) {
        self.known = None;
        self.seq = None;
    }
}

#[cfg(test)]
mod tests {
    use super::super::payload::read;
    use super::*;

    const HELLO: &str = r#"{"op":10,"d":{"heartbeat_interval":1000}}"#;
    const READY: &str =
        r#"{"op":0,"s":1,"t":"READY","d":{"session_id":"a","resume_gateway_url":"ws://r"}}"#;
    const RESUMED: &str = r#"{"op":0,"s":6,"t":"RESUMED","d":{}}"#;
    const EVENT: &str = r#"{"op":0,"s":5,"t":"X","d":{}}"#;

    fn on(session: &mut Session, text: &str) -> Step {
        session.on(read(text.as_bytes()).expect("a frame"))
    }

    fn live() -> Session {
        let mut session = Session::default();
        session.connect();
        on(&mut session, HELLO);
        on(&mut session, READY);
        on(&mut session, EVENT);
        assert_eq!(session.phase(), Phase::Live);
        session
    }

    fn greeting(session: &mut Session) -> Outgoing {
        session.connect();
        match on(session, HELLO) {
            Step::Greet(_, say) => say,
            step => panic!("{step:?}"),
        }
    }

    #[test]
    fn a_first_connection_identifies_and_a_later_one_resumes_where_it_stopped() {
        let mut session = Session::default();
        assert_eq!(greeting(&mut session), Outgoing::Identify);
        let mut session = live();
        assert_eq!(session.heartbeat(), Outgoing::Heartbeat(Some(5)));
        session.end(&End::Broken("reset".into())).expect("not fatal");
        assert_eq!(session.resume_url(), Some("ws://r"));
        assert_eq!(greeting(&mut session), Outgoing::Resume { session: "a".into(), seq: 5 });
        assert_eq!(on(&mut session, RESUMED), Step::Resumed);
        assert_eq!(session.heartbeat(), Outgoing::Heartbeat(Some(6)));
    }

    #[test]
    fn the_session_survives_every_end_but_those_that_say_otherwise() {
        let survives = [
            End::Closed(None),
            End::Closed(Some(1000)),
            End::Closed(Some(1001)),
            End::Closed(Some(4000)),
            End::Closed(Some(4003)),
            End::Closed(Some(4006)),
            End::Asked,
            End::Silent("HELLO"),
            End::Refused("refused".into()),
            End::Garbled("reserved bits".into()),
            End::Invalid { resumable: true },
        ];
        for end in survives {
            let mut session = live();
            session.end(&end).expect("not fatal");
            assert!(session.can_resume(), "{end}");
        }
        for end in
            [End::Closed(Some(4007)), End::Closed(Some(4009)), End::Invalid { resumable: false }]
        {
            let mut session = live();
            session.end(&end).expect("not fatal");
            assert_eq!(greeting(&mut session), Outgoing::Identify, "{end}");
        }
        assert!(live().end(&End::Closed(Some(4004))).is_err());
    }

    #[test]
    fn a_session_that_may_be_over_is_tried_once() {
        for code in [4003, 4006] {
            let mut session = live();
            session.end(&End::Closed(Some(code))).expect("not fatal");
            assert!(matches!(greeting(&mut session), Outgoing::Resume { .. }), "{code}");
            session.end(&End::Closed(Some(code))).expect("not fatal");
            assert_eq!(greeting(&mut session), Outgoing::Identify, "{code}");
        }
    }

    #[test]
    fn a_resume_that_nobody_answers_is_tried_elsewhere_and_then_given_up() {
        let mut session = live();
        for attempt in 1..=3 {
            assert!(matches!(greeting(&mut session), Outgoing::Resume { .. }));
            session.end(&End::Silent("RESUMED")).expect("not fatal");
            assert_eq!(session.resume_url(), None);
            assert_eq!(session.can_resume(), attempt < 3);
        }
        assert_eq!(greeting(&mut session), Outgoing::Identify);
    }

    #[test]
    fn what_is_replayed_before_resumed_is_answered() {
        let mut session = live();
        session.end(&End::Broken("end of file".into())).expect("not fatal");
        greeting(&mut session);
        let step = on(&mut session, r#"{"op":0,"s":6,"t":"INTERACTION_CREATE","d":{"id":"9"}}"#);
        assert_eq!(step, Step::Answer(serde_json::json!({ "id": "9" })));
        assert_eq!(session.heartbeat(), Outgoing::Heartbeat(Some(6)));
    }

    #[test]
    fn frames_out_of_place_change_nothing() {
        let mut session = live();
        for text in [HELLO, READY, RESUMED, r#"{"op":99}"#] {
            assert_eq!(on(&mut session, text), Step::Nothing, "{text}");
        }
        assert_eq!(session.phase(), Phase::Live);
    }

    #[test]
    fn identify_is_said_when_no_dispatch_was_numbered() {
        let mut session = Session::default();
        greeting(&mut session);
        on(&mut session, r#"{"op":0,"t":"READY","d":{"session_id":"a"}}"#);
        session.end(&End::Closed(None)).expect("not fatal");
        assert_eq!(greeting(&mut session), Outgoing::Identify);
    }
}
