//! A Discord of our own over real sockets on loopback: gateway v10, REST v10 under `/api/v10`.
//!
//! It behaves as Discord's reference says, refuses what Discord refuses, and misbehaves on demand.
//! A body that it refuses and a breach of the gateway's rules are *complaints*, and a stand-in that
//! still has complaints when it is dropped fails its test.

pub(crate) mod answer;
pub(crate) mod chat;
pub(crate) mod daemon;
pub(crate) mod door;
pub(crate) mod gateway;
pub(crate) mod interaction;
pub(crate) mod limits;
mod multipart;
pub(crate) mod relay;
pub(crate) mod rest;
pub(crate) mod routes;
pub(crate) mod session;
pub(crate) mod state;
mod trial;
pub(crate) mod world;

use std::sync::Arc;
use std::time::Duration;

use door::Door;
use gateway::Conduct;
use rest::{Route, Trouble};
use serde_json::Value;
use session::Order;
use state::{Scope, Shared, State};

/// The token that the stand-in takes.
pub(crate) const TOKEN: &str = "MTA0.stand-in.token";
/// The application's id.
pub(crate) const APPLICATION: u64 = 1_040_000_000_000_000_001;

/// A running stand-in. Dropping it ends it.
pub(crate) struct Standin {
    pub(crate) shared: Arc<Shared>,
    rest: Door,
    gateway: Door,
    resume: Door,
}

impl Standin {
    /// Opens REST, the gateway and the gateway for resuming, each on a port of its own.
    pub(crate) fn start() -> Self {
        let shared = Arc::new(Shared::default());
        let of = Arc::clone(&shared);
        let rest = Door::open(move |stream| rest::serve(stream, Arc::clone(&of)));
        let of = Arc::clone(&shared);
        let gateway = Door::open(move |stream| gateway::serve(stream, Arc::clone(&of), false));
        let of = Arc::clone(&shared);
        let resume = Door::open(move |stream| gateway::serve(stream, Arc::clone(&of), true));
        shared.change(|state| {
            state.gateway.url = format!("ws://127.0.0.1:{}", gateway.port());
            state.gateway.resume_url = format!("ws://127.0.0.1:{}", resume.port());
        });
        Self { shared, rest, gateway, resume }
    }

    /// What `DISCORD_API_URL` should say.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.rest.port())
    }

    /// Sets how often the bot has to send heartbeats, from the next HELLO on.
    pub(crate) fn beats_every(self, interval: Duration) -> Self {
        self.shared.change(|state| state.gateway.heartbeat = interval);
        self
    }

    /// Answers requests on this route with these troubles, one each, then properly again.
    pub(crate) fn troubles(&self, route: Route, troubles: impl IntoIterator<Item = Trouble>) {
        self.shared.change(|state| state.troubles.entry(route).or_default().extend(troubles));
    }

    /// Answers all requests on this route with this trouble until it [relents](Self::relents).
    pub(crate) fn troubles_always(&self, route: Route, trouble: Trouble) {
        self.shared.change(|state| state.always.insert(route, trouble));
    }

    /// Answers all requests properly again.
    pub(crate) fn relents(&self) {
        self.shared.change(|state| {
            state.always.clear();
            state.troubles.clear();
        });
    }

    /// Treats gateway connections from now on like this until told otherwise.
    pub(crate) fn behaves(&self, conduct: Conduct) {
        self.shared.change(|state| state.gateway.conduct = conduct);
    }

    /// Gives an order to the live gateway connection; without one nothing happens.
    pub(crate) fn orders(&self, order: Order) {
        self.shared.change(|state| state.gateway.order(order));
    }

    /// Refuses connections to both gateways: nobody listens on their ports.
    pub(crate) fn closes_the_gateways(&self) {
        self.gateway.close();
        self.resume.close();
    }

    /// Refuses connections to the gateway for resuming.
    pub(crate) fn closes_the_gateway_for_resuming(&self) {
        self.resume.close();
    }

    /// Says other addresses of the gateway and of that for resuming, made from their ports.
    pub(crate) fn moves(&self, address: impl Fn(u16) -> String) {
        self.shared.change(|state| {
            state.gateway.url = address(self.gateway.port());
            state.gateway.resume_url = address(self.resume.port());
        });
    }

    /// Listens on both gateways' ports again.
    pub(crate) fn opens_the_gateways(&self) {
        self.gateway.reopen();
        self.resume.reopen();
    }

    /// Refuses connections to REST.
    pub(crate) fn closes_rest(&self) {
        self.rest.close();
    }

    /// Listens for REST again.
    pub(crate) fn opens_rest(&self) {
        self.rest.reopen();
    }

    /// Has a command registered as by an earlier start, and gives its id.
    pub(crate) fn registers(&self, scope: Scope, body: Value) -> String {
        let (_, command) = self.shared.change(|state| routes::create(state, &scope, &body));
        command["id"].as_str().unwrap_or_default().to_owned()
    }

    /// Dispatches an event to the bot, now or when it resumes.
    pub(crate) fn dispatches(&self, name: &str, data: Value) {
        self.shared.change(|state| state.gateway.dispatch(name, data));
    }

    /// Waits until something has happened, and gives what was found.
    pub(crate) async fn until<T>(
        &self,
        what: &str,
        within: Duration,
        find: impl FnMut(&State) -> Option<T>,
    ) -> T {
        self.shared.until(within, find).await.unwrap_or_else(|| {
            let state = self.shared.read(|state| format!("{:#?}", state.gateway.history));
            panic!("{what} did not happen within {within:?}; gateway: {state}")
        })
    }

    /// Takes the complaints, for a test that means to provoke them.
    pub(crate) fn takes_complaints(&self) -> Vec<String> {
        self.shared.change(|state| std::mem::take(&mut state.complaints))
    }
}

impl Drop for Standin {
    fn drop(&mut self) {
        let complaints = self.takes_complaints();
        if !std::thread::panicking() {
            assert!(complaints.is_empty(), "the stand-in complains: {complaints:#?}");
        }
    }
}
