//! What goes wrong between the daemon and Discord, and that it loses nothing: tables of named
//! faults, each put before the built binary. A new fault is a line or two in a table.
//!
//! `RACI_FAULT=words cargo test --test it faults` tries only the faults whose names contain the
//! words; with `-- --nocapture` the figures are printed.

/// The connection ends, falls silent, or brings garbage.
pub(crate) mod connection;
/// Matrices that change underneath, and disks that fail.
mod matrices;
/// An answer that Discord's REST does not take at first.
mod rest;
/// What is in the way of starting.
mod start;
/// Stopping while something is in the way.
mod stop;
/// The same end again and again.
pub(crate) mod storm;
/// The same bytes, but not as they usually come.
mod wire;

use std::time::{Duration, Instant};

use tokio::sync::Semaphore;

use crate::standin::Standin;
use crate::standin::daemon::{Daemon, LENIENCE};
use crate::standin::gateway::Conduct;
use crate::standin::routes::PATIENCE;
use crate::standin::state::State;

/// How many faults are tried at once, of all tables together: they mostly wait, but each starts a
/// daemon.
const AT_ONCE: u32 = 3;
static GATE: Semaphore = Semaphore::const_new(AT_ONCE as usize);
/// How often a fault that was not survived is tried by itself: a clock on a busy machine shows
/// what the machine does.
const AGAIN: usize = 2;
/// The CPU time that being away may cost, in seconds: a part that coming back costs, and a share
/// of the time. What spins takes all of it; of a build for debugging only that is asserted.
const COMING_BACK: f64 = 0.15;
const CPU_PER_SECOND: f64 = if cfg!(debug_assertions) { 0.5 } else { 0.02 };
/// How much more a build for debugging may take; one that spins takes far more.
pub(crate) const SLOWER: f64 = if cfg!(debug_assertions) { 6.0 } else { 1.0 };

/// How the daemon comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Back {
    /// With a RESUME or without ever having left: nothing that was asked is lost.
    SameSession,
    /// With an IDENTIFY: what was asked meanwhile is lost with the session.
    Anew,
}

/// A fault: what happens, for how long, and what may come of it.
#[derive(Clone, Copy)]
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    pub(crate) strike: fn(&Standin),
    heartbeat: Duration,
    lasts: Duration,
    back: Back,
    within: Duration,
    attempts: usize,
    cost: f64,
}

impl Fault {
    /// A fault of a moment, after which the session is resumed within a second.
    pub(crate) const fn new(name: &'static str, strike: fn(&Standin)) -> Self {
        Self {
            name,
            strike,
            heartbeat: Duration::from_millis(41_250),
            lasts: Duration::ZERO,
            back: Back::SameSession,
            within: Duration::from_secs(1),
            attempts: 3,
            cost: COMING_BACK,
        }
    }

    pub(crate) const fn lasting(mut self, millis: u64) -> Self {
        self.lasts = Duration::from_millis(millis);
        self
    }

    /// With heartbeats this often.
    pub(crate) const fn beating(mut self, millis: u64) -> Self {
        self.heartbeat = Duration::from_millis(millis);
        self
    }

    /// The session cannot be resumed.
    pub(crate) const fn anew(mut self) -> Self {
        self.back = Back::Anew;
        self.within = Duration::from_secs(6);
        self
    }

    /// Back this long after the fault's end.
    pub(crate) const fn within(mut self, millis: u64) -> Self {
        self.within = Duration::from_millis(millis);
        self
    }

    /// With this many connections at most.
    pub(crate) const fn attempts(mut self, most: usize) -> Self {
        self.attempts = most;
        self
    }

    /// With so many seconds of CPU time for what has to be read.
    pub(crate) const fn costing(mut self, seconds: f64) -> Self {
        self.cost = seconds;
        self
    }
}

impl Fault {
    /// Whether what is asked while it lasts comes early enough to be answered.
    fn loses_nothing(&self) -> bool {
        let late = self.lasts + self.within;
        self.back == Back::SameSession && late < Duration::from_millis(2500)
    }
}

/// What a fault came to.
#[derive(Debug)]
struct Figures {
    away: Duration,
    back: Duration,
    attempts: usize,
    cpu: f64,
}

impl Standin {
    /// Behaves again.
    pub(crate) fn recovers(&self) {
        self.behaves(Conduct::Proper);
        self.opens_the_gateways();
    }
}

/// The session that is live, if there is one.
fn session(state: &State) -> Option<String> {
    state.gateway.live.as_ref().and(state.gateway.current.clone())
}

fn connects(state: &State) -> usize {
    state.gateway.history.connects.len()
}

/// Puts one fault before a daemon.
async fn survive(fault: Fault) -> Figures {
    let discord = Standin::start().beats_every(fault.heartbeat);
    let mut bot = Daemon::serve(&discord).await;
    discord.asks("/raci backups").await.says("Manage backups");
    let (session_before, connects_before) =
        discord.shared.read(|state| (session(state), connects(state)));
    let (cpu, struck) = (bot.cpu(), Instant::now());
    (fault.strike)(&discord);
    let meanwhile =
        if fault.loses_nothing() { Some(discord.chat().puts("/raci backups").await) } else { None };
    tokio::time::sleep(fault.lasts).await;
    discord.recovers();
    let ended = Instant::now();
    if fault.back == Back::Anew {
        let is_back =
            |state: &State| session(state).filter(|now| Some(now) != session_before.as_ref());
        discord.until("coming back", fault.within * LENIENCE, is_back).await;
    }
    is_answered(&discord, (fault.within * LENIENCE).saturating_sub(ended.elapsed())).await;
    if let Some(asked) = meanwhile {
        discord.response_to(&asked).await;
    }
    let figures = Figures {
        away: struck.elapsed(),
        back: ended.elapsed(),
        attempts: discord.shared.read(connects) - connects_before,
        cpu: bot.cpu() - cpu,
    };
    let most = SLOWER * fault.cost + CPU_PER_SECOND * figures.away.as_secs_f64();
    assert!(figures.cpu < most, "{figures:?} is more CPU than {most:.2} s");
    assert!(figures.attempts <= fault.attempts, "{figures:?}");
    discord.asks("/raci-help").await;
    nothing_was_answered_twice(&discord);
    bot.stops().await;
    figures
}

/// Asks until an answer comes: a question is gone after three seconds, and being back may take
/// longer.
async fn is_answered(discord: &Standin, within: Duration) {
    let end = Instant::now() + within.max(Duration::from_millis(500));
    loop {
        let asked = discord.chat().puts("/raci backups").await;
        let answered = |state: &State| state.interactions[&asked].response.is_some().then_some(());
        let left = end.saturating_duration_since(Instant::now());
        if left <= PATIENCE {
            return discord.until("an answer", left, answered).await;
        }
        if discord.shared.until(PATIENCE / 2, answered).await.is_some() {
            return;
        }
    }
}

fn nothing_was_answered_twice(discord: &Standin) {
    let repeated: usize =
        discord.shared.read(|state| state.interactions.values().map(|asked| asked.repeated).sum());
    assert_eq!(repeated, 0, "answers were sent twice");
}

/// Tries each of a table, several at once, and fails with the names of all that failed.
pub(crate) async fn try_all<T, F, R>(table: &[T], name: fn(&T) -> &'static str, attempt: F)
where
    T: Copy + Send + Sync + 'static,
    F: Fn(T) -> R,
    R: Future<Output = String> + Send + 'static,
{
    let wanted = std::env::var("RACI_FAULT").unwrap_or_default();
    let mut trials = Vec::new();
    for row in table.iter().filter(|row| name(row).contains(&wanted)) {
        let trial = attempt(*row);
        let trial = tokio::spawn(async move {
            let _turn = GATE.acquire().await;
            trial.await
        });
        trials.push((*row, trial));
    }
    let mut failed = Vec::new();
    for (row, trial) in trials {
        match trial.await {
            Ok(figures) => println!("{:52} {figures}", name(&row)),
            Err(_) => failed.push(row),
        }
    }
    for _ in 0..AGAIN {
        let mut still = Vec::new();
        for row in failed {
            let _all = GATE.acquire_many(AT_ONCE).await;
            match tokio::spawn(attempt(row)).await {
                Ok(figures) => println!("{:52} {figures} (tried again)", name(&row)),
                Err(_) => still.push(row),
            }
        }
        failed = still;
    }
    let failed: Vec<&str> = failed.iter().map(name).collect();
    assert!(failed.is_empty(), "{} failed: {failed:#?}", failed.len());
}

/// Survives each fault of a table.
async fn survive_all(table: &[Fault]) {
    try_all(
        table,
        |fault| fault.name,
        |fault| async move {
            let Figures { away, back, attempts, cpu } = survive(fault).await;
            format!(
                "away {:.2} s, back in {:.2} s, {attempts} connections, {cpu:.2} s CPU",
                away.as_secs_f64(),
                back.as_secs_f64()
            )
        },
    )
    .await;
}
