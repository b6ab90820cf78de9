//! Discord's gateway: how a connection is taken in, and what happened on it.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc::UnboundedSender;
use tokio_websockets::{CloseCode, Message, ServerBuilder, WebSocketStream};

use super::session::{self, Order, Session};
use super::state::Shared;

/// How long a closing handshake may take.
const FAREWELL: Duration = Duration::from_secs(1);
/// As real Discord's.
const HEARTBEAT: Duration = Duration::from_millis(41_250);

/// How connections are treated.
#[derive(Clone, Debug, Default)]
pub(crate) enum Conduct {
    /// As Discord does when all is well.
    #[default]
    Proper,
    /// Ended as soon as it stands.
    Ends(End),
    /// The upgrade is never answered.
    UpgradeHangs,
    /// The upgrade is refused with this status.
    UpgradeRefused(u16),
    /// Ended as soon as it is upgraded.
    UpgradeThen(End),
    /// Upgraded, then silent.
    NoHello,
    /// Ended right after HELLO.
    HelloThen(End),
    /// HELLO, and then nothing, whatever comes.
    Deaf,
    /// RESUME is not answered; IDENTIFY is.
    ResumeUnanswered,
    /// Ended as answer to IDENTIFY or RESUME.
    LoginThen(End),
    /// RESUME is answered with opcode 9 and this; IDENTIFY is obeyed.
    ResumeRefused(bool),
    /// IDENTIFY and RESUME are answered with opcode 9 and false.
    LoginRefused,
    /// All is well, but no heartbeat is acknowledged.
    NoAcks,
    /// All is well, but frames come in pieces, with a ping between each two.
    InPieces,
    /// All is well, but frames are binary ones.
    Binary,
}

/// How a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// TCP is closed.
    Closed,
    /// TCP is reset.
    Reset,
    /// One half is closed; the other half stays open and silent.
    HalfClosed,
    /// A close frame, with this status or none.
    Status(Option<u16>),
    /// A close frame, and then the peer is deaf: TCP stays open.
    StatusThenDeaf(u16),
}

/// What the gateway knows.
pub(crate) struct Gateway {
    pub(crate) url: String,
    pub(crate) resume_url: String,
    pub(crate) heartbeat: Duration,
    pub(crate) conduct: Conduct,
    /// How many IDENTIFYs are left today, and when there are more.
    pub(crate) identifies_left: (u64, Duration),
    /// Whether a resume sends again what the bot has acknowledged last.
    pub(crate) repeats_itself: bool,
    /// Whether bots that are not ours may ask for what this gateway does not have: compression.
    pub(crate) serves_others: bool,
    pub(crate) sessions: HashMap<String, Session>,
    /// The session that events go to.
    pub(crate) current: Option<String>,
    pub(crate) live: Option<UnboundedSender<Order>>,
    pub(crate) history: History,
}

/// What happened, each time with when.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    pub(crate) connects: Vec<Instant>,
    /// Those of them that came to the gateway for resuming.
    pub(crate) connects_to_resume: usize,
    pub(crate) identifies: Vec<Instant>,
    pub(crate) resumes: Vec<Instant>,
    /// READY or RESUMED was sent.
    pub(crate) ready: Vec<Instant>,
    pub(crate) heartbeats: Vec<Instant>,
    /// How many pings the bot has answered.
    pub(crate) pongs: usize,
    /// How the bot ended its connections: with which status, if any.
    pub(crate) closes: Vec<Option<u16>>,
}

impl Default for Gateway {
    fn default() -> Self {
        Self {
            url: String::new(),
            resume_url: String::new(),
            heartbeat: HEARTBEAT,
            conduct: Conduct::Proper,
            identifies_left: (1000, Duration::from_hours(14)),
            repeats_itself: false,
            serves_others: false,
            sessions: HashMap::new(),
            current: None,
            live: None,
            history: History::default(),
        }
    }
}

impl Gateway {
    /// The answer to `GET /gateway/bot`.
    pub(crate) fn greeting(&self) -> Value {
        let (remaining, reset_after) = self.identifies_left;
        json!({
            "url": self.url,
            "shards": 1,
            "session_start_limit": {
                "total": 1000,
                "remaining": remaining,
                "reset_after": reset_after.as_millis() as u64,
                "max_concurrency": 1,
            },
        })
    }

    pub(crate) fn order(&self, order: Order) {
        if let Some(live) = &self.live {
            let _ = live.send(order);
        }
    }

    /// Sends an event now, or keeps it for when the session is resumed.
    pub(crate) fn dispatch(&mut self, name: &str, data: Value) {
        if let Some(frame) = self.record(name, data) {
            self.order(Order::Send(frame));
        }
    }

    /// Sends an event now, its text edited.
    pub(crate) fn dispatch_written(
        &mut self,
        name: &str,
        data: Value,
        edit: impl FnOnce(String) -> String,
    ) {
        if let Some(frame) = self.record(name, data) {
            self.order(Order::Text(edit(frame.to_string())));
        }
    }

    fn record(&mut self, name: &str, data: Value) -> Option<Value> {
        let session = self.current.as_ref().and_then(|id| self.sessions.get_mut(id))?;
        Some(session.record(name, data))
    }

    /// Forgets all sessions: none can be resumed.
    pub(crate) fn forget_sessions(&mut self) {
        self.sessions.clear();
    }
}

/// Serves one connection to the gateway, or to the gateway for resuming.
pub(crate) async fn serve(mut stream: TcpStream, shared: Arc<Shared>, to_resume: bool) {
    let conduct = shared.change(|state| {
        state.gateway.history.connects.push(Instant::now());
        state.gateway.history.connects_to_resume += usize::from(to_resume);
        state.gateway.conduct.clone()
    });
    match conduct {
        Conduct::Ends(how) => return end_tcp(stream, how).await,
        Conduct::UpgradeHangs => return swallow(&mut stream).await,
        Conduct::UpgradeRefused(status) => return refuse(stream, status).await,
        _ => {}
    }
    let Ok((request, mut socket)) = ServerBuilder::new().accept(stream).await else { return };
    let query = request.uri().query().unwrap_or_default();
    for wanted in ["v=10", "encoding=json"] {
        if !query.split('&').any(|pair| pair == wanted) {
            shared.complain(format!("gateway: `{wanted}` is missing in the query `{query}`"));
        }
    }
    match conduct {
        Conduct::UpgradeThen(how) => end(socket, how).await,
        Conduct::NoHello => swallow(socket.get_mut()).await,
        conduct => session::run(socket, shared, conduct).await,
    }
}

/// Ends a WebSocket connection.
pub(crate) async fn end(mut socket: WebSocketStream<TcpStream>, how: End) {
    let status = match how {
        End::Status(status) => status,
        End::StatusThenDeaf(status) => Some(status),
        _ => return end_tcp(socket.into_inner(), how).await,
    };
    let code = status.and_then(|status| CloseCode::try_from(status).ok());
    let _ = socket.send(Message::close(code, "")).await;
    if let End::StatusThenDeaf(_) = how {
        return swallow(socket.get_mut()).await;
    }
    let reply = async { while let Some(Ok(_)) = socket.next().await {} };
    let _ = tokio::time::timeout(FAREWELL, reply).await;
}

async fn end_tcp(mut stream: TcpStream, how: End) {
    match how {
        End::Reset => drop(stream.set_zero_linger()),
        End::HalfClosed => {
            let _ = stream.shutdown().await;
            swallow(&mut stream).await;
        }
        _ => {}
    }
}

async fn refuse(mut stream: TcpStream, status: u16) {
    let mut request = [0; 4096];
    let _ = stream.read(&mut request).await;
    let answer =
        format!("HTTP/1.1 {status} Refused\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    let _ = stream.write_all(answer.as_bytes()).await;
}

/// Reads until the peer ends, and says nothing.
pub(crate) async fn swallow(stream: &mut TcpStream) {
    let mut buffer = [0; 4096];
    while matches!(stream.read(&mut buffer).await, Ok(1..)) {}
}
