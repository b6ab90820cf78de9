//! What the daemon counts and knows of itself, for `/metrics` and `/readyz`.
//!
//! Everything that happens is told here by whoever it happens to; the names are Prometheus's, by
//! its conventions, and no label holds anything of a person, a server or a channel.

mod pulse;
mod snapshot;

use std::time::Duration;

use prometheus_client::encoding::prometheus_text;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

pub use pulse::{Life, Pulse};
pub use snapshot::Snapshot;

/// The media type of [`Metrics::text`].
pub const MEDIA_TYPE: &str = prometheus_text::CONTENT_TYPE;
/// What every name begins with.
pub const PREFIX: &str = "raci_bot";

/// From a question's arrival to Discord's word that it took the answer: a round trip when all is
/// well, and three seconds at most.
const ANSWER_SECONDS: [f64; 10] = [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 3.0];
/// The work on an answer: microseconds for one matrix, a millisecond for thousands.
const SEARCH_SECONDS: [f64; 9] =
    [0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.0025, 0.01, 0.05, 0.25];

/// Why connections to the gateway end, so that all begin at 0.
pub const CAUSES: [&str; 7] =
    ["asked", "broken", "closed", "garbled", "invalid_session", "refused", "silent"];

type Labels<const N: usize> = [(&'static str, &'static str); N];
type Counters<const N: usize> = Family<Labels<N>, Counter>;

/// The daemon's counters; cheap to tell, and never waited for.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    pulse: Pulse,
    interactions: Counters<2>,
    answer_seconds: Histogram,
    search_seconds: Histogram,
    connected: Gauge,
    reconnects: Counters<1>,
    sessions: Counters<1>,
    heartbeat_seconds: Gauge<f64, std::sync::atomic::AtomicU64>,
    retries: Counters<2>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix(PREFIX),
            pulse: Pulse::default(),
            interactions: Family::default(),
            answer_seconds: Histogram::new(ANSWER_SECONDS),
            search_seconds: Histogram::new(SEARCH_SECONDS),
            connected: Gauge::default(),
            reconnects: Family::default(),
            sessions: Family::default(),
            heartbeat_seconds: Gauge::default(),
            retries: Family::default(),
        };
        metrics.register();
        for cause in CAUSES {
            metrics.reconnects.get_or_create(&[("cause", cause)]).inc_by(0);
        }
        metrics
    }
}

impl Metrics {
    /// An interaction was dealt with: what was asked, and what came of it.
    pub fn dealt_with(&self, command: &'static str, outcome: &'static str) {
        self.interactions.get_or_create(&[("command", command), ("outcome", outcome)]).inc();
    }

    /// Discord took an answer this long after the question had arrived.
    pub fn answered(&self, after: Duration) {
        self.answer_seconds.observe(after.as_secs_f64());
    }

    /// An answer or completion was looked up and written in this time.
    pub fn searched(&self, took: Duration) {
        self.search_seconds.observe(took.as_secs_f64());
    }

    /// There is a connection to the gateway, on which heartbeats are sent this often.
    pub fn greeted(&self, interval: Duration) {
        self.pulse.greeted(interval);
    }

    /// The gateway is connected: with a new session, or with the one before.
    pub fn connected(&self, resumed: bool) {
        let session = if resumed { "resumed" } else { "new" };
        self.sessions.get_or_create(&[("session", session)]).inc();
        self.connected.set(1);
        self.pulse.connected();
    }

    /// The gateway answered a heartbeat after this long; the next answer is due within `interval`.
    pub fn beat(&self, took: Duration, interval: Duration) {
        self.heartbeat_seconds.set(took.as_secs_f64());
        self.pulse.beat(interval);
    }

    /// The connection to the gateway ended, or could not be made; another will be tried.
    pub fn disconnected(&self, cause: &'static str) {
        self.reconnects.get_or_create(&[("cause", cause)]).inc();
        self.stopped();
    }

    /// The gateway is left for good.
    pub fn stopped(&self) {
        self.connected.set(0);
        self.pulse.disconnected();
    }

    /// A call to Discord is tried again: which one, and why.
    pub fn retried(&self, call: &'static str, cause: &'static str) {
        self.retries.get_or_create(&[("call", call), ("cause", cause)]).inc();
    }

    /// Whether the gateway lives.
    #[must_use]
    pub fn pulse(&self) -> &Pulse {
        &self.pulse
    }

    /// Everything in Prometheus's text format, version 0.0.4.
    #[must_use]
    pub fn text(&self, snapshot: &Snapshot) -> String {
        let mut text = String::new();
        for registry in [&self.registry, &snapshot.registry()] {
            // Writing to a string cannot fail.
            let _ = prometheus_text::encode(&mut text, registry);
        }
        text
    }

    fn register(&mut self) {
        let registry = &mut self.registry;
        let build = [("version", env!("CARGO_PKG_VERSION")), ("commit", env!("RACI_BOT_COMMIT"))];
        registry.register("build", "The version that runs", Info::new(build));
        let interactions = self.interactions.clone();
        registry.register("interactions", "What Discord asked and what came of it", interactions);
        let help = "Seconds from a question's arrival until Discord took the answer";
        let answer = self.answer_seconds.clone();
        registry.register_with_unit("answer", help, Unit::Seconds, answer);
        let help = "Seconds of work on an answer or a completion";
        let search = self.search_seconds.clone();
        registry.register_with_unit("search", help, Unit::Seconds, search);
        self.register_connection();
    }

    fn register_connection(&mut self) {
        let registry = &mut self.registry;
        let help = "Whether the gateway's events come: 1 or 0";
        registry.register("gateway_connected", help, self.connected.clone());
        let help = "Connections to the gateway that ended or could not be made";
        registry.register("gateway_reconnects", help, self.reconnects.clone());
        let help = "Sessions that began anew or were resumed";
        registry.register("gateway_sessions", help, self.sessions.clone());
        let help = "Seconds until the gateway answered the last heartbeat";
        let heartbeat = self.heartbeat_seconds.clone();
        registry.register_with_unit("gateway_heartbeat", help, Unit::Seconds, heartbeat);
        let help = "Calls to Discord that were tried again";
        registry.register("retries", help, self.retries.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_stands_in_the_text_under_its_conventional_name() {
        let metrics = Metrics::default();
        metrics.dealt_with("ask", "answer");
        metrics.dealt_with("ask", "answer");
        metrics.answered(Duration::from_millis(30));
        metrics.searched(Duration::from_micros(70));
        metrics.connected(false);
        metrics.beat(Duration::from_millis(80), Duration::from_secs(41));
        metrics.retried("callback", "limited");
        let text = metrics.text(&Snapshot::default());
        for line in [
            "# TYPE raci_bot_interactions_total counter",
            r#"raci_bot_interactions_total{command="ask",outcome="answer"} 2"#,
            "# TYPE raci_bot_answer_seconds histogram",
            r#"raci_bot_answer_seconds_bucket{le="0.025"} 0"#,
            r#"raci_bot_answer_seconds_bucket{le="0.05"} 1"#,
            r#"raci_bot_search_seconds_bucket{le="0.0001"} 1"#,
            "raci_bot_gateway_connected 1",
            r#"raci_bot_gateway_reconnects_total{cause="refused"} 0"#,
            r#"raci_bot_gateway_sessions_total{session="new"} 1"#,
            "raci_bot_gateway_heartbeat_seconds 0.08",
            r#"raci_bot_retries_total{call="callback",cause="limited"} 1"#,
        ] {
            assert!(text.lines().any(|known| known == line), "{line} is missing in\n{text}");
        }
        let build = concat!(r#"raci_bot_build_info{version=""#, env!("CARGO_PKG_VERSION"), '"');
        assert!(text.contains(build), "{text}");
    }

    #[test]
    fn a_connection_that_ended_is_counted_by_its_cause() {
        let metrics = Metrics::default();
        metrics.connected(true);
        metrics.disconnected("silent");
        let text = metrics.text(&Snapshot::default());
        assert!(text.contains("raci_bot_gateway_connected 0\n"), "{text}");
        assert!(text.contains(r#"raci_bot_gateway_reconnects_total{cause="silent"} 1"#), "{text}");
    }
}
