//! A gateway connection after its upgrade: HELLO, IDENTIFY, RESUME, heartbeats, events.

use std::collections::VecDeque;
use std::future::pending;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_websockets::{Message, WebSocketStream};

use super::gateway::{self, Conduct, End};
use super::state::{Shared, State};
use super::{APPLICATION, TOKEN};

/// `GUILD_MEMBERS`, `GUILD_PRESENCES`, `MESSAGE_CONTENT`: to be asked for at Discord, and not needed.
const PRIVILEGED: u64 = 1 << 1 | 1 << 8 | 1 << 15;
/// Interactions come without any intent; `GUILDS` does no harm.
const MOST_INTENTS: u64 = 1;
/// What a bot may send in a minute.
const MOST_SENDS: usize = 120;
const MINUTE: Duration = Duration::from_mins(1);
const LARGEST_SEND: usize = 4096;

/// What a test tells the live connection to do.
#[derive(Clone, Debug)]
pub(crate) enum Order {
    /// Send a frame of JSON.
    Send(Value),
    /// Send a text frame that may hold anything.
    Text(String),
    /// Put bytes on the wire, past the WebSocket protocol.
    Bytes(Vec<u8>),
    /// Send a text frame that goes on and on, a piece of so many bytes every so often.
    Endless(usize, Duration),
    /// End the connection.
    End(End),
    /// Neither read nor write any more.
    Freeze,
    /// Acknowledge no heartbeat any more.
    StopAcks,
}

/// A session: what was sent in it, so that it can be resumed.
#[derive(Debug, Default)]
pub(crate) struct Session {
    frames: Vec<Value>,
}

impl Session {
    fn sequence(&self) -> u64 {
        self.frames.len() as u64
    }

    /// Makes the next event of the session.
    pub(crate) fn record(&mut self, name: &str, data: Value) -> Value {
        let frame = json!({"op": 0, "t": name, "s": self.sequence() + 1, "d": data});
        self.frames.push(frame.clone());
        frame
    }

    fn since(&self, sequence: u64) -> &[Value] {
        &self.frames[usize::try_from(sequence).unwrap_or(usize::MAX).min(self.frames.len())..]
    }
}

/// Serves an upgraded connection to its end.
pub(crate) async fn run(socket: WebSocketStream<TcpStream>, shared: Arc<Shared>, conduct: Conduct) {
    let (sender, orders) = unbounded_channel();
    let acknowledges = !matches!(conduct, Conduct::NoAcks);
    let mut connection = Connection {
        socket,
        shared,
        conduct,
        sender,
        session: None,
        acknowledges,
        sends: VecDeque::new(),
    };
    let end = connection.serve(orders).await;
    connection.shared.change(|state| {
        let live = &mut state.gateway.live;
        if live.as_ref().is_some_and(|live| live.same_channel(&connection.sender)) {
            *live = None;
        }
    });
    match end {
        Over::Gone => {}
        Over::End(how) => gateway::end(connection.socket, how).await,
        Over::Silent => gateway::swallow(connection.socket.get_mut()).await,
        Over::Frozen => pending().await,
    }
}

/// Why a connection is served no longer.
enum Over {
    /// The bot is gone.
    Gone,
    /// It is to be ended.
    End(End),
    /// Nothing is answered any more.
    Silent,
    /// Nothing is even read any more.
    Frozen,
}

struct Connection {
    socket: WebSocketStream<TcpStream>,
    shared: Arc<Shared>,
    conduct: Conduct,
    sender: UnboundedSender<Order>,
    session: Option<String>,
    acknowledges: bool,
    /// When the bot sent something, within the last minute.
    sends: VecDeque<Instant>,
}

impl Connection {
    async fn serve(&mut self, mut orders: UnboundedReceiver<Order>) -> Over {
        let interval = self.shared.read(|state| state.gateway.heartbeat.as_millis() as u64);
        let hello = json!({"op": 10, "t": null, "s": null, "d": {"heartbeat_interval": interval, "_trace": []}});
        self.send(&hello).await;
        match self.conduct {
            Conduct::HelloThen(how) => return Over::End(how),
            Conduct::Deaf => return Over::Silent,
            _ => {}
        }
        loop {
            let over = tokio::select! {
                message = self.socket.next() => self.hear(message).await,
                Some(order) = orders.recv() => self.obey(order).await,
            };
            if let Err(over) = over {
                return over;
            }
        }
    }

    async fn send(&mut self, frame: &Value) {
        let now = Instant::now();
        let text = frame.to_string();
        let sent = match self.conduct {
            Conduct::InPieces => {
                self.socket.get_mut().write_all(&in_pieces(text.as_bytes())).await.is_ok()
            }
            Conduct::Binary => self.socket.send(Message::binary(text)).await.is_ok(),
            _ => self.socket.send(Message::text(text)).await.is_ok(),
        };
        if let (true, "INTERACTION_CREATE", Some(id)) =
            (sent, frame["t"].as_str().unwrap_or_default(), frame["d"]["id"].as_str())
        {
            self.shared.change(|state| state.delivered(id, now));
        }
    }

    async fn obey(&mut self, order: Order) -> Result<(), Over> {
        match order {
            Order::Send(frame) => self.send(&frame).await,
            Order::Text(text) => drop(self.socket.send(Message::text(text)).await),
            Order::Bytes(bytes) => drop(self.socket.get_mut().write_all(&bytes).await),
            Order::Endless(size, pause) => return Err(self.never_end(size, pause).await),
            Order::End(how) => return Err(Over::End(how)),
            Order::Freeze => return Err(Over::Frozen),
            Order::StopAcks => self.acknowledges = false,
        }
        Ok(())
    }

    /// Sends a text frame of 2^62 bytes, as far as it gets.
    async fn never_end(&mut self, size: usize, pause: Duration) -> Over {
        let stream = self.socket.get_mut();
        let mut piece = vec![0x81, 127];
        piece.extend_from_slice(&(1_u64 << 62).to_be_bytes());
        while stream.write_all(&piece).await.is_ok() {
            tokio::time::sleep(pause).await;
            piece = vec![b' '; size];
        }
        Over::Gone
    }

    async fn hear(
        &mut self,
        message: Option<Result<Message, tokio_websockets::Error>>,
    ) -> Result<(), Over> {
        let Some(Ok(message)) = message else {
            self.shared.change(|state| state.gateway.history.closes.push(None));
            return Err(Over::Gone);
        };
        if let Some((code, _)) = message.as_close() {
            self.part(code.into());
            while let Some(Ok(_)) = self.socket.next().await {}
            return Err(Over::Gone);
        }
        if message.is_ping() || message.is_pong() {
            let pongs = usize::from(message.is_pong());
            self.shared.change(|state| state.gateway.history.pongs += pongs);
            return Ok(());
        }
        self.count_send(&message);
        let frame: Option<Value> =
            message.as_text().and_then(|text| serde_json::from_str(text).ok());
        let Some(frame) = frame else { return Err(self.breach(4002, "a frame is no JSON text")) };
        match frame["op"].as_u64() {
            Some(1) => self.acknowledge(&frame["d"]).await,
            Some(2) => self.identify(&frame["d"]).await,
            Some(6) => self.resume(&frame["d"]).await,
            Some(3) if self.session.is_some() => Ok(()),
            op => Err(self.breach(4001, &format!("opcode {op:?} is none of a bot's"))),
        }
    }

    /// The bot says goodbye: 1000 and 1001 end its session, anything else leaves it open.
    fn part(&self, code: u16) {
        self.shared.change(|state| {
            state.gateway.history.closes.push(Some(code));
            if let (1000 | 1001, Some(session)) = (code, &self.session) {
                state.gateway.sessions.remove(session);
            }
        });
    }

    fn count_send(&mut self, message: &Message) {
        self.sends.push_back(Instant::now());
        while self.sends.front().is_some_and(|sent| sent.elapsed() > MINUTE) {
            self.sends.pop_front();
        }
        if self.sends.len() > MOST_SENDS {
            self.shared.complain("gateway: more than 120 sends in a minute".to_owned());
        }
        if message.as_payload().len() > LARGEST_SEND {
            self.shared.complain("gateway: a frame of more than 4096 bytes".to_owned());
        }
    }

    /// Ends the connection for a breach of the rules, which is a complaint.
    fn breach(&self, status: u16, what: &str) -> Over {
        self.shared.complain(format!("gateway: {status}: {what}"));
        Over::End(End::Status(Some(status)))
    }

    async fn acknowledge(&mut self, sequence: &Value) -> Result<(), Over> {
        let last = self.shared.change(|state| {
            state.gateway.history.heartbeats.push(Instant::now());
            let session = self.session.as_ref().and_then(|id| state.gateway.sessions.get(id));
            session.map(Session::sequence)
        });
        let said = sequence.as_u64();
        // One that crosses READY on its way knows of no event yet.
        if sequence.is_null() && last.is_none_or(|last| last <= 1)
            || said.is_some() && (last.is_none() || said <= last)
        {
            if self.acknowledges {
                self.send(&json!({"op": 11})).await;
            }
            return Ok(());
        }
        Err(self.breach(4007, &format!("a heartbeat says {sequence}, the last event was {last:?}")))
    }

    async fn identify(&mut self, data: &Value) -> Result<(), Over> {
        self.shared.change(|state| state.gateway.history.identifies.push(Instant::now()));
        if self.session.is_some() {
            return Err(self.breach(4005, "IDENTIFY after IDENTIFY"));
        }
        if !self.knows(&data["token"]) {
            return Err(Over::End(End::Status(Some(4004))));
        }
        self.check_identify(data)?;
        match self.conduct {
            Conduct::LoginThen(how) => return Err(Over::End(how)),
            Conduct::LoginRefused => {
                self.send(&json!({"op": 9, "d": false})).await;
                return Ok(());
            }
            _ => {}
        }
        let (id, frames) = self.shared.change(|state| welcome(state, &self.sender));
        self.session = Some(id);
        self.send_all(&frames).await;
        Ok(())
    }

    /// Whether this is the token; Discord takes it as REST does too.
    fn knows(&self, token: &Value) -> bool {
        let serves_others = self.shared.read(|state| state.gateway.serves_others);
        let bare = token.as_str().unwrap_or_default();
        bare.strip_prefix("Bot ").filter(|_| serves_others).unwrap_or(bare) == TOKEN
    }

    fn check_identify(&self, data: &Value) -> Result<(), Over> {
        let Some(intents) = data["intents"].as_u64() else {
            return Err(self.breach(4013, "IDENTIFY without intents"));
        };
        if intents & PRIVILEGED != 0 {
            return Err(self.breach(4014, "privileged intents"));
        }
        if intents & !MOST_INTENTS != 0 {
            self.shared.complain(format!("gateway: intents {intents} are more than is needed"));
        }
        for property in ["os", "browser", "device"] {
            if !data["properties"][property].is_string() {
                return Err(self.breach(4002, &format!("IDENTIFY without property `{property}`")));
            }
        }
        if data["compress"] == true && !self.shared.read(|state| state.gateway.serves_others) {
            return Err(self.breach(4002, "compression, which this gateway does not have"));
        }
        Ok(())
    }

    async fn resume(&mut self, data: &Value) -> Result<(), Over> {
        self.shared.change(|state| state.gateway.history.resumes.push(Instant::now()));
        if self.session.is_some() {
            return Err(self.breach(4005, "RESUME in a session"));
        }
        if !self.knows(&data["token"]) {
            return Err(Over::End(End::Status(Some(4004))));
        }
        match self.conduct {
            Conduct::ResumeUnanswered => return Ok(()),
            Conduct::LoginThen(how) => {
                if how == End::Status(Some(4006)) {
                    self.shared.change(|state| state.gateway.forget_sessions());
                }
                return Err(Over::End(how));
            }
            Conduct::ResumeRefused(resumable) => {
                self.send(&json!({"op": 9, "d": resumable})).await;
                return Ok(());
            }
            Conduct::LoginRefused => {
                self.shared.change(|state| state.gateway.forget_sessions());
                self.send(&json!({"op": 9, "d": false})).await;
                return Ok(());
            }
            _ => {}
        }
        let id = data["session_id"].as_str().unwrap_or_default().to_owned();
        let sequence = data["seq"].as_u64();
        match self.shared.change(|state| replay(state, &id, sequence, &self.sender)) {
            Some(frames) => {
                self.session = Some(id);
                self.send_all(&frames).await;
            }
            None => self.send(&json!({"op": 9, "d": false})).await,
        }
        Ok(())
    }

    async fn send_all(&mut self, frames: &[Value]) {
        for frame in frames {
            self.send(frame).await;
        }
    }
}

/// A text message as frames of a hundred bytes, with a ping between each two.
fn in_pieces(text: &[u8]) -> Vec<u8> {
    let pieces: Vec<&[u8]> = text.chunks(100).collect();
    let mut frames = Vec::new();
    for (n, piece) in pieces.iter().enumerate() {
        let (opcode, is_last) = (u8::from(n == 0), n + 1 == pieces.len());
        frames.extend([opcode | u8::from(is_last) << 7, piece.len() as u8]);
        frames.extend_from_slice(piece);
        if !is_last {
            frames.extend([0x89, 1, b'?']);
        }
    }
    frames
}

/// Opens a session.
fn welcome(state: &mut State, sender: &UnboundedSender<Order>) -> (String, Vec<Value>) {
    let id = format!("session{}", state.id());
    let guild = state.id();
    let application = APPLICATION.to_string();
    let ready = json!({
        "v": 10,
        "user": {"id": application, "username": "raci-bot", "discriminator": "0", "global_name": null, "avatar": null, "bot": true, "verified": true, "mfa_enabled": true, "email": null, "flags": 0},
        "guilds": [{"id": guild, "unavailable": true}],
        "session_id": id,
        "session_type": "normal",
        "resume_gateway_url": state.gateway.resume_url,
        "application": {"id": application, "flags": 0},
        "user_settings": {},
        "relationships": [],
        "private_channels": [],
        "presences": [],
        "guild_join_requests": [],
        "geo_ordered_rtc_regions": ["milan"],
        "auth": {},
        "_trace": ["[\"gateway-prd-us-east1-b\",{}]"],
    });
    state.forget_what_a_lost_session_held();
    let mut session = Session::default();
    let frame = session.record("READY", ready);
    let gateway = &mut state.gateway;
    gateway.sessions.insert(id.clone(), session);
    gateway.current = Some(id.clone());
    gateway.live = Some(sender.clone());
    gateway.identifies_left.0 = gateway.identifies_left.0.saturating_sub(1);
    gateway.history.ready.push(Instant::now());
    (id, vec![frame])
}

/// What a resumed session missed, RESUMED last; none when it cannot be resumed.
fn replay(
    state: &mut State,
    id: &str,
    sequence: Option<u64>,
    sender: &UnboundedSender<Order>,
) -> Option<Vec<Value>> {
    let gateway = &mut state.gateway;
    let session = gateway.sessions.get_mut(id)?;
    let sequence = sequence.filter(|sequence| *sequence <= session.sequence())?;
    let again = u64::from(gateway.repeats_itself && sequence > 1);
    let mut frames = session.since(sequence - again).to_vec();
    frames.push(session.record("RESUMED", json!({"_trace": []})));
    gateway.current = Some(id.to_owned());
    gateway.live = Some(sender.clone());
    gateway.history.ready.push(Instant::now());
    Some(frames)
}
