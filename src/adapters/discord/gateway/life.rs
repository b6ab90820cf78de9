//! The clocks of one connection.

use std::time::Duration;

use tokio::time::Instant;

use super::pulse::Pulse;

/// How long it is waited for what, and since when events come.
pub(super) struct Life {
    patience: Duration,
    pub(super) deadline: Instant,
    pub(super) pulse: Pulse,
    pub(super) live: Option<Instant>,
}

impl Life {
    /// A connection just made; each step to events may take as long as `patience`.
    pub(super) fn new(patience: Duration) -> Self {
        let deadline = Instant::now() + patience;
        Self { patience, deadline, pulse: Pulse::default(), live: None }
    }

    /// HELLO came, and asks for heartbeats this often.
    pub(super) fn greeted(&mut self, interval: Duration) {
        self.wait_on();
        self.pulse.start(interval, fastrand::f64());
    }

    /// Grants the next step its whole time.
    pub(super) fn wait_on(&mut self) {
        self.deadline = Instant::now() + self.patience;
    }
}
