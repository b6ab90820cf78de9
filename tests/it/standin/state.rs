//! What the stand-in knows, and waiting for it to change.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::sync::watch;

use super::gateway::Gateway;
use super::limits::response::Kind;
use super::rest::{Route, Trouble};

/// Where commands are registered: in a guild, or everywhere.
pub(crate) type Scope = Option<String>;

/// Everything that happened.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) gateway: Gateway,
    pub(crate) commands: BTreeMap<Scope, Vec<Value>>,
    pub(crate) interactions: HashMap<String, Asked>,
    /// Every request, in order.
    pub(crate) requests: Vec<Request>,
    /// What the bot did that Discord would refuse.
    pub(crate) complaints: Vec<String>,
    /// What the next requests on a route meet.
    pub(crate) troubles: HashMap<Route, VecDeque<Trouble>>,
    /// What every request on a route meets.
    pub(crate) always: HashMap<Route, Trouble>,
    last_id: u64,
}

/// A request that arrived.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) route: Route,
    pub(crate) method: String,
}

/// An interaction and what became of it.
pub(crate) struct Asked {
    pub(crate) token: String,
    pub(crate) kind: Kind,
    pub(crate) at: Instant,
    /// What it was, as the bot was told.
    pub(crate) body: Value,
    /// When it was sent to the bot, the last time.
    pub(crate) delivered: Option<Instant>,
    /// The first response, and when it came.
    pub(crate) response: Option<(Value, Instant)>,
    /// Later messages, in order.
    pub(crate) followups: Vec<Value>,
    /// Whether the message that it was made on was deleted.
    pub(crate) deleted: bool,
    /// How many first responses were tried and refused because there was one.
    pub(crate) repeated: usize,
}

impl State {
    /// A new id, as large as Discord's are.
    pub(crate) fn id(&mut self) -> String {
        self.last_id += 1;
        (1_420_000_000_000_000_000 + self.last_id).to_string()
    }

    /// Notes when an interaction was sent to the bot.
    pub(crate) fn delivered(&mut self, id: &str, now: Instant) {
        if let Some(asked) = self.interactions.get_mut(id) {
            asked.delivered = Some(now);
        }
    }

    /// What was on its way when its session was lost may never have arrived.
    pub(crate) fn forget_what_a_lost_session_held(&mut self) {
        let current = self.gateway.current.as_ref();
        if current.is_some_and(|id| !self.gateway.sessions.contains_key(id)) {
            let open = self.interactions.values_mut().filter(|asked| asked.response.is_none());
            open.for_each(|asked| asked.delivered = None);
        }
    }

    /// How many requests a route saw.
    pub(crate) fn requests_on(&self, route: Route) -> usize {
        self.requests.iter().filter(|request| request.route == route).count()
    }

    /// How many requests changed something on a route.
    pub(crate) fn changes_on(&self, route: Route) -> usize {
        let changes = |request: &&Request| request.route == route && request.method != "GET";
        self.requests.iter().filter(changes).count()
    }
}

/// The state, shared by all connections and the test.
pub(crate) struct Shared {
    state: Mutex<State>,
    changed: watch::Sender<()>,
}

impl Default for Shared {
    fn default() -> Self {
        Self { state: Mutex::default(), changed: watch::Sender::new(()) }
    }
}

impl Shared {
    pub(crate) fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.state.lock().expect("no panic while held"))
    }

    /// Changes the state and wakes whoever waits for a change.
    pub(crate) fn change<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        let result = act(&mut self.state.lock().expect("no panic while held"));
        self.changed.send_replace(());
        result
    }

    pub(crate) fn complain(&self, what: String) {
        self.change(|state| state.complaints.push(what));
    }

    /// What is found within this time, looking after each change.
    pub(crate) async fn until<T>(
        &self,
        within: Duration,
        mut find: impl FnMut(&State) -> Option<T>,
    ) -> Option<T> {
        let mut changes = self.changed.subscribe();
        let search = async {
            loop {
                changes.borrow_and_update();
                if let Some(found) = self.read(&mut find) {
                    return Some(found);
                }
                changes.changed().await.ok()?;
            }
        };
        tokio::time::timeout(within, search).await.unwrap_or(None)
    }
}
