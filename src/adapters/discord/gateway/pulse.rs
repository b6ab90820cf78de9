//! Heartbeats: when the next is due, and when a missing answer means that nobody is there.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// The bounds of the time that an answer may take, whatever the interval: Discord's 41 seconds
/// would leave a dead connection standing for too long.
const ANSWER: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(10));

/// The heartbeat of one connection; still until it is started.
#[derive(Debug, Default)]
pub(super) struct Pulse {
    interval: Duration,
    next: Option<Instant>,
    unanswered: Option<Instant>,
}

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// A heartbeat must be sent.
    Heartbeat,
    /// An answer did not come in time.
    Verdict,
}

impl Pulse {
    /// Begins to beat, first after a random part of the interval.
    pub(super) fn start(&mut self, interval: Duration, jitter: f64) {
        self.interval = interval;
        self.next = Some(Instant::now() + interval.mul_f64(jitter.clamp(0.0, 1.0)));
        self.unanswered = None;
    }

    /// Waits for what is due next; for ever when it was not started.
    pub(super) async fn due(&mut self) -> Due {
        let Some(next) = self.next else { return std::future::pending().await };
        match self.verdict() {
            Some(verdict) if verdict <= next => {
                sleep_until(verdict).await;
                Due::Verdict
            }
            _ => {
                sleep_until(next).await;
                self.next = Some(Instant::now() + self.interval);
                Due::Heartbeat
            }
        }
    }

    /// A heartbeat was sent; the oldest without an answer counts.
    pub(super) fn sent(&mut self) {
        self.unanswered.get_or_insert_with(Instant::now);
    }

    /// A heartbeat was answered: how long that took, and how often they are sent; `None` when
    /// none was open.
    pub(super) fn acknowledged(&mut self) -> Option<(Duration, Duration)> {
        self.unanswered.take().map(|sent| (sent.elapsed(), self.interval))
    }

    fn verdict(&self) -> Option<Instant> {
        self.unanswered.map(|sent| sent + self.interval.clamp(ANSWER.0, ANSWER.1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INTERVAL: Duration = Duration::from_secs(40);

    fn paused() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime")
    }

    #[test]
    fn the_first_heartbeat_is_jittered_and_a_missing_answer_is_noticed() {
        paused().block_on(async {
            let mut pulse = Pulse::default();
            pulse.start(Duration::from_millis(20), 0.5);
            let began = Instant::now();
            assert_eq!(pulse.due().await, Due::Heartbeat);
            assert!(began.elapsed() >= Duration::from_millis(10));
            pulse.sent();
            let answer = pulse.acknowledged().map(|(_, interval)| interval);
            assert_eq!(answer, Some(Duration::from_millis(20)));
            assert_eq!(pulse.acknowledged(), None);
            assert_eq!(pulse.due().await, Due::Heartbeat);
            pulse.sent();
            assert!(pulse.verdict().is_some_and(|at| at > Instant::now()));
        });
    }

    #[test]
    fn an_answer_may_take_ten_seconds_whatever_the_interval() {
        let mut pulse = Pulse { interval: INTERVAL, ..Pulse::default() };
        assert_eq!(pulse.verdict(), None);
        pulse.sent();
        let first = pulse.verdict().expect("a verdict");
        pulse.sent();
        assert_eq!(pulse.verdict(), Some(first), "the oldest counts");
        assert!(first <= Instant::now() + Duration::from_secs(10));
    }
}
