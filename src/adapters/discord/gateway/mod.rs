//! The connection to Discord's gateway: kept, resumed, and never hammered.
//!
//! [`payload`] reads and writes frames, [`session`] knows the protocol, [`close`] what an end
//! means, [`pace`] how long to wait; `socket` is the wire. Here they are put to work. The
//! connection is our own because dependability is what this program is for; types and builders
//! are serenity's.

pub mod close;
mod life;
pub mod pace;
pub mod payload;
mod pulse;
pub mod session;
mod socket;

use std::time::Duration;

use serde_json::Value;
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_util::sync::CancellationToken;
use tracing::{debug, info, warn};

use super::rest::{self, Api};
pub use close::Fatal;
use life::Life;
use pace::{Identifies, Pace, Reached, Sends, StartLimit};
use payload::{Outgoing, Ready};
use pulse::Due;
use session::{End, Session, Step};
use socket::{Address, Dialler, Socket, are_related};

/// How long a connection, HELLO, READY and RESUMED may each take.
const ANSWER: Duration = Duration::from_secs(5);
/// How long they may take at first, and doubled with each attempt in vain, while there is a session
/// to resume: what is asked meanwhile is lost after three seconds.
const ANSWER_RESUMING: Duration = Duration::from_millis(1200);
/// How old Discord's word on new sessions may be.
const FRESH: Duration = Duration::from_secs(30);
/// How long to ask for it when there is an address to go to without.
const ASK_AGAIN: Duration = Duration::from_millis(1500);
/// The longest sleep without asking Discord anew whether there are new sessions.
const NAP: Duration = Duration::from_mins(5);
/// After how many refusals in a row we go by turns to where Discord told us to resume, and to its
/// gateway.
const ELSEWHERE: u32 = 2;
/// On stopping: how long the line must be quiet, how long that may take, and how long the
/// peer's farewell may take.
const QUIET: Duration = Duration::from_millis(25);
const DRAIN: Duration = Duration::from_millis(250);
const FAREWELL: Duration = Duration::from_millis(400);

/// What the gateway tells.
#[derive(Debug)]
pub enum Event {
    /// A new session is live.
    Began(Ready),
    /// The session goes on.
    Resumed,
    /// Somebody asks; the interaction as it came.
    Asked(Value),
    /// There is a connection, on which heartbeats are sent this often.
    Greeted(Duration),
    /// Discord answered a heartbeat.
    Beat {
        /// How long after it was sent.
        took: Duration,
        /// How often they are sent.
        interval: Duration,
    },
    /// The connection ended; another will be made.
    Away(End),
}

/// The connection to the gateway, over all sockets that it takes.
pub struct Gateway<'a, F> {
    api: &'a Api,
    stop: &'a CancellationToken,
    tell: F,
    started: Instant,
    session: Session,
    pace: Pace,
    identifies: Identifies,
    sends: Sends,
    dialler: Dialler,
    home: Option<Address>,
    asked: Option<Instant>,
    refused: u32,
    /// How many connections in a row came to nothing.
    in_vain: u32,
}

/// Why a connection is over.
enum Over {
    /// We were told to stop.
    Stopped,
    /// It ended after it came this far.
    Ended(End, Reached),
}

impl<'a, F: FnMut(Event)> Gateway<'a, F> {
    /// A gateway that tells what happens to `tell`, which must return at once.
    pub fn new(api: &'a Api, stop: &'a CancellationToken, tell: F) -> Self {
        Self {
            api,
            stop,
            tell,
            started: Instant::now(),
            session: Session::default(),
            pace: Pace::default(),
            identifies: Identifies::default(),
            sends: Sends::default(),
            dialler: Dialler::default(),
            home: None,
            asked: None,
            refused: 0,
            in_vain: 0,
        }
    }

    /// Stays connected until told to stop.
    ///
    /// # Errors
    ///
    /// When Discord will never accept this bot as it is.
    pub async fn run(mut self) -> Result<(), Fatal> {
        let stop = self.stop.clone();
        loop {
            let address = tokio::select! {
                () = stop.cancelled() => return Ok(()),
                address = self.address() => address?,
            };
            let (end, reached) = match self.connection(&address).await {
                Over::Stopped => return Ok(()),
                Over::Ended(end, reached) => (end, reached),
            };
            self.session.end(&end)?;
            let pause = self.pause(&end, reached);
            self.report(&end, reached, pause);
            (self.tell)(Event::Away(end));
            tokio::select! {
                () = stop.cancelled() => return Ok(()),
                () = sleep(pause) => {}
            }
        }
    }

    fn now(&self) -> Duration {
        self.started.elapsed()
    }

    fn pause(&mut self, end: &End, reached: Reached) -> Duration {
        self.refused = if matches!(end, End::Refused(_)) { self.refused + 1 } else { 0 };
        self.in_vain = if reached == Reached::Live { 0 } else { self.in_vain + 1 };
        self.pace.pause(self.now(), reached, self.session.can_resume(), fastrand::f64())
    }

    /// How long each step to a live connection may take now.
    fn patience(&self) -> Duration {
        if self.session.can_resume() {
            (ANSWER_RESUMING * 2_u32.pow(self.in_vain.min(3))).min(ANSWER)
        } else {
            ANSWER
        }
    }

    fn report(&self, end: &End, reached: Reached, pause: Duration) {
        let resume = self.session.can_resume();
        let pause_ms = pause.as_millis() as u64;
        // A long outage is told by its first lines, not by one for each attempt.
        if reached == Reached::Nobody && self.refused > 5 && !self.refused.is_multiple_of(50) {
            debug!(%end, resume, pause_ms, "disconnected");
        } else {
            warn!(%end, resume, pause_ms, "disconnected");
        }
    }

    /// Where to connect now; waits until Discord allows it.
    async fn address(&mut self) -> Result<Address, Fatal> {
        if self.session.can_resume() {
            let plain = self.api.is_elsewhere();
            let told = self.session.resume_url().map(|url| Address::parse(url, plain));
            let told = told.and_then(Result::ok).filter(|address| self.may_go(address));
            let told = told.filter(|_| self.refused < ELSEWHERE || self.refused % 2 == 1);
            if let Some(address) = told.or_else(|| self.home.clone()) {
                return Ok(address);
            }
        }
        let address = self.ask().await?;
        loop {
            let wait = self.identifies.wait(self.now());
            if wait.is_zero() {
                return Ok(address);
            }
            if wait > ANSWER {
                warn!(seconds = wait.as_secs(), "waiting: Discord limits new sessions");
            }
            sleep(wait.min(NAP)).await;
            if wait > ANSWER {
                self.asked = None;
                self.ask().await?;
            }
        }
    }

    /// Whether to resume there. Where we were sent elsewhere than to Discord, we stay there: an
    /// address of Discord's own would be given the token.
    fn may_go(&self, address: &Address) -> bool {
        let home = self.home.as_ref().map(Address::host);
        let hosts = [home, Some(self.api.host())];
        let related = hosts.into_iter().flatten().any(|host| are_related(host, address.host()));
        related || !self.api.is_elsewhere()
    }

    /// Asks Discord where its gateway is and how many sessions may begin. Goes on with what is
    /// known when it does not answer; insists when nothing is known.
    async fn ask(&mut self) -> Result<Address, Fatal> {
        let mut failures = Pace::default();
        loop {
            if let (Some(home), Some(asked)) = (&self.home, self.asked)
                && asked.elapsed() < FRESH
            {
                return Ok(home.clone());
            }
            let limit = if self.home.is_some() { ASK_AGAIN } else { ANSWER };
            let error = match self.api.gateway(limit).await.map(|found| self.learn(&found)) {
                Ok(Ok(())) => continue,
                Ok(Err(error)) => error,
                Err(rest::Error::Unauthorized) => return Err(Fatal::TOKEN),
                Err(error) => {
                    if let rest::Error::Limited { after } = error {
                        sleep(after.min(NAP)).await;
                    }
                    error.to_string()
                }
            };
            if let Some(home) = &self.home {
                debug!(%error, "going on with the gateway's known address");
                return Ok(home.clone());
            }
            let pause = failures.pause(self.now(), Reached::Nobody, false, fastrand::f64());
            warn!(%error, pause_ms = pause.as_millis() as u64, "cannot learn the gateway's address");
            sleep(pause.max(Duration::from_millis(100))).await;
        }
    }

    fn learn(&mut self, found: &rest::GatewayInfo) -> Result<(), String> {
        self.home = Some(Address::parse(&found.url, self.api.is_elsewhere())?);
        self.asked = Some(Instant::now());
        if let Some(limit) = found.session_start_limit {
            let reset = self.now().saturating_add(limit.reset_after);
            let concurrency = limit.max_concurrency;
            self.identifies.learn(StartLimit { remaining: limit.remaining, reset, concurrency });
        }
        Ok(())
    }

    /// One connection, from dialling to its end.
    async fn connection(&mut self, address: &Address) -> Over {
        self.session.connect();
        debug!(%address, "connecting");
        let patience = self.patience();
        let stop = self.stop.clone();
        let dialled = tokio::select! {
            () = stop.cancelled() => return Over::Stopped,
            dialled = self.dialler.dial(address, self.api.resolver(), patience) => dialled,
        };
        let mut socket = match dialled {
            Ok(socket) => socket,
            Err(end) => return Over::Ended(end, Reached::Nobody),
        };
        let mut life = Life::new(patience);
        let end = tokio::select! {
            () = stop.cancelled() => None,
            end = self.listen(&mut socket, &mut life) => Some(end),
        };
        if let Some(since) = life.live {
            self.identifies.lived(since.elapsed());
        }
        let Some(end) = end else {
            self.drain(socket).await;
            return Over::Stopped;
        };
        if matches!(end, End::Asked | End::Invalid { .. } | End::Silent(_) | End::Garbled(_)) {
            socket.leave().await;
        }
        Over::Ended(end, if life.live.is_some() { Reached::Live } else { Reached::Door })
    }

    /// Listens until the connection ends. May be dropped at any await without losing a frame:
    /// each is dealt with as soon as it is received.
    async fn listen(&mut self, socket: &mut Socket, life: &mut Life) -> End {
        loop {
            let turn = tokio::select! {
                // What is missed may have come while the whole process slept.
                biased;
                received = socket.receive() => match received {
                    Ok(message) => self.hear(message.as_payload(), socket, life).await,
                    Err(end) => Err(end),
                },
                () = sleep_until(life.deadline), if life.live.is_none() => {
                    Err(End::Silent(self.session.phase().awaits()))
                }
                due = life.pulse.due() => self.beat(due, socket, life).await,
            };
            if let Err(end) = turn {
                return end;
            }
        }
    }

    async fn hear(&mut self, text: &[u8], socket: &mut Socket, life: &mut Life) -> Result<(), End> {
        let Some(frame) = payload::read(text) else {
            debug!(bytes = text.len(), "ignoring a frame that cannot be read");
            return Ok(());
        };
        if frame.seq.is_some() {
            // What a resume sends again may take longer than its first answer.
            life.wait_on();
        }
        match self.session.on(frame) {
            Step::Nothing => Ok(()),
            Step::Greet(interval, say) => {
                life.greeted(interval);
                (self.tell)(Event::Greeted(interval));
                if say == Outgoing::Identify {
                    self.identifies.said(self.now());
                }
                self.say(&say, socket).await
            }
            Step::Beat => self.beat(Due::Heartbeat, socket, life).await,
            Step::Acknowledged => {
                if let Some((took, interval)) = life.pulse.acknowledged() {
                    (self.tell)(Event::Beat { took, interval });
                }
                Ok(())
            }
            Step::Began(ready) => {
                life.live = Some(Instant::now());
                info!(application = ready.application, guilds = ready.guilds.len(), "connected");
                (self.tell)(Event::Began(ready));
                Ok(())
            }
            Step::Resumed => {
                life.live = Some(Instant::now());
                info!("resumed");
                (self.tell)(Event::Resumed);
                Ok(())
            }
            Step::Answer(data) => {
                (self.tell)(Event::Asked(data));
                Ok(())
            }
            Step::Leave(end) => Err(end),
        }
    }

    async fn beat(&mut self, due: Due, socket: &mut Socket, life: &mut Life) -> Result<(), End> {
        if due == Due::Verdict {
            return Err(End::Silent("the answer to a heartbeat"));
        }
        if !self.sends.allow(self.now()) {
            debug!("holding back a heartbeat: Discord takes 120 frames a minute");
            return Ok(());
        }
        life.pulse.sent();
        self.say(&self.session.heartbeat(), socket).await
    }

    async fn say(&self, message: &Outgoing, socket: &mut Socket) -> Result<(), End> {
        socket.send(message.to_json(self.api.token())).await
    }

    /// Deals with what had arrived, then closes for good.
    async fn drain(&mut self, mut socket: Socket) {
        let _ = timeout(DRAIN, async {
            while let Ok(Ok(message)) = timeout(QUIET, socket.receive()).await {
                self.take_last(message.as_payload());
            }
        })
        .await;
        socket.close().await;
        let _ = timeout(FAREWELL, async {
            while let Ok(message) = socket.receive().await {
                self.take_last(message.as_payload());
            }
        })
        .await;
    }

    fn take_last(&mut self, text: &[u8]) {
        if let Some(Step::Answer(data)) = payload::read(text).map(|frame| self.session.on(frame)) {
            (self.tell)(Event::Asked(data));
        }
    }
}
