//! Whether the gateway lives: since when it is connected or not, and when it was last heard.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// How much later than due a heartbeat's answer may be before the connection is no longer believed.
const LENIENCE: Duration = Duration::from_secs(15);
/// The state of the connection, in milliseconds since the start; atomics, so that a look from
/// outside never waits.
#[derive(Debug)]
pub struct Pulse {
    started: Instant,
    /// Since when it is as it is.
    since: AtomicU64,
    /// How often heartbeats are sent.
    interval: AtomicU64,
    /// Until when the last sign of life is good; 0 while disconnected.
    good_until: AtomicU64,
}

/// What is known of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// Events come.
    Connected,
    /// There is a connection, and no heartbeat was answered for too long.
    Silent,
    /// There is no connection, for this long.
    Disconnected(Duration),
}

impl Default for Pulse {
    fn default() -> Self {
        let [since, interval, good_until] = [0; 3].map(AtomicU64::new);
        Self { started: Instant::now(), since, interval, good_until }
    }
}

impl Pulse {
    /// What is known of the connection now.
    #[must_use]
    pub fn life(&self) -> Life {
        self.life_at(self.now())
    }

    pub(super) fn greeted(&self, interval: Duration) {
        self.interval.store(millis(interval), Relaxed);
    }

    pub(super) fn connected(&self) {
        self.since.store(self.now(), Relaxed);
        self.good_for(self.interval.load(Relaxed));
    }

    pub(super) fn beat(&self, interval: Duration) {
        self.good_for(millis(interval));
    }

    fn good_for(&self, interval: u64) {
        let until = self.now().saturating_add(interval).saturating_add(millis(LENIENCE));
        self.good_until.store(until, Relaxed);
    }

    pub(super) fn disconnected(&self) {
        // Each failed attempt says so again; away is since the first.
        if self.good_until.swap(0, Relaxed) > 0 {
            self.since.store(self.now(), Relaxed);
        }
    }

    fn now(&self) -> u64 {
        millis(self.started.elapsed())
    }

    fn life_at(&self, now: u64) -> Life {
        match self.good_until.load(Relaxed) {
            0 => {
                let away = now.saturating_sub(self.since.load(Relaxed));
                Life::Disconnected(Duration::from_millis(away))
            }
            until if now <= until => Life::Connected,
            _ => Life::Silent,
        }
    }
}

fn millis(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_is_believed_while_its_heartbeats_are_answered() {
        let pulse = Pulse::default();
        assert!(matches!(pulse.life(), Life::Disconnected(_)));
        let at = |seconds| pulse.life_at(millis(Duration::from_secs(seconds)));
        pulse.greeted(Duration::from_secs(100));
        pulse.connected();
        assert_eq!(
            (pulse.life(), at(114), at(120)),
            (Life::Connected, Life::Connected, Life::Silent)
        );
        pulse.beat(Duration::from_secs(41));
        assert_eq!((pulse.life(), at(60)), (Life::Connected, Life::Silent));
    }

    #[test]
    fn away_is_since_the_first_failure() {
        let pulse = Pulse::default();
        pulse.connected();
        pulse.since.store(0, Relaxed);
        pulse.disconnected();
        let since = pulse.since.load(Relaxed);
        pulse.since.store(since + 1, Relaxed);
        pulse.disconnected();
        assert_eq!(pulse.since.load(Relaxed), since + 1, "an attempt that fails is no new end");
        assert_eq!(pulse.life_at(since + 3001), Life::Disconnected(Duration::from_secs(3)));
    }
}
