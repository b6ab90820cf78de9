//! How long to wait before the next attempt, so that an outage is left quickly and a storm is
//! not joined. No clock: times are given as spans since the start.

use std::time::Duration;

/// The longest pause while a session can be resumed: back within a second.
const CAP_RESUME: Duration = Duration::from_millis(800);
/// The longest pause without a session.
const CAP_IDENTIFY: Duration = Duration::from_secs(4);
/// The pause after the first failure, doubled with each further one.
const FIRST: Duration = Duration::from_millis(150);

/// How many connections may be made at once before they are rationed: a fault or two in a row
/// are left without delay.
const BURST: f64 = 3.0;
/// How long it takes to earn another connection.
const REFILL: Duration = Duration::from_secs(3);

/// Discord allows `max_concurrency` IDENTIFYs in this span.
const IDENTIFY_WINDOW: Duration = Duration::from_secs(5);
/// How many IDENTIFYs in a row may come to nothing at the full rate.
const FREE_IDENTIFIES: u32 = 100;
/// How many of the day's IDENTIFYs are kept for its rest, whatever the others were good for.
const RESERVE: u32 = 200;
/// How long a session must have lived for its IDENTIFY to have been worth it.
const WORTH: Duration = Duration::from_mins(1);
/// The longest wait that pacing imposes while the day's IDENTIFYs last.
const MAX_PACED: Duration = Duration::from_mins(5);

/// How far an attempt came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// Nobody accepted the connection.
    Nobody,
    /// The connection was accepted, and events never came.
    Door,
    /// Events came.
    Live,
}

/// Decides about pauses between connections.
#[derive(Debug)]
pub struct Pace {
    failures: u32,
    tokens: f64,
    counted: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { failures: 0, tokens: BURST, counted: Duration::ZERO }
    }
}

impl Pace {
    /// The pause before the next connection, after one that came this far and ended `now`;
    /// `jitter` is a random number from 0 to 1.
    pub fn pause(
        &mut self,
        now: Duration,
        reached: Reached,
        resume: bool,
        jitter: f64,
    ) -> Duration {
        if reached == Reached::Live {
            self.failures = 0;
        }
        let backoff = self.backoff(resume, jitter);
        self.failures = self.failures.saturating_add(1);
        match reached {
            Reached::Nobody => backoff,
            Reached::Door | Reached::Live => backoff.max(self.ration(now)),
        }
    }

    /// Nothing after the first failure, then doubled up to the cap, less up to a quarter.
    fn backoff(&self, resume: bool, jitter: f64) -> Duration {
        let cap = if resume { CAP_RESUME } else { CAP_IDENTIFY };
        match self.failures {
            0 => Duration::ZERO,
            n => (FIRST * 2_u32.pow(n.min(10) - 1))
                .min(cap)
                .mul_f64(1.0 - jitter.clamp(0.0, 1.0) / 4.0),
        }
    }

    /// Takes a connection from the ration, and says how long until there is one.
    fn ration(&mut self, now: Duration) -> Duration {
        let earned = now.saturating_sub(self.counted).as_secs_f64() / REFILL.as_secs_f64();
        self.tokens = (self.tokens + earned).min(BURST) - 1.0;
        self.counted = now;
        if self.tokens >= 0.0 { Duration::ZERO } else { REFILL.mul_f64(-self.tokens) }
    }
}

/// What Discord said about new sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartLimit {
    /// How many IDENTIFYs are left.
    pub remaining: u32,
    /// When there will be more, as a span since the start.
    pub reset: Duration,
    /// How many may be said in five seconds.
    pub concurrency: u32,
}

/// Decides when IDENTIFY may be said: 1,000 a day, and then Discord resets the token.
#[derive(Debug, Default)]
pub struct Identifies {
    limit: Option<StartLimit>,
    last: Option<Duration>,
    in_vain: u32,
}

impl Identifies {
    /// Takes Discord's word for what is left.
    pub fn learn(&mut self, limit: StartLimit) {
        self.limit = Some(limit);
    }

    /// How long to wait before the next IDENTIFY.
    #[must_use]
    pub fn wait(&self, now: Duration) -> Duration {
        let limit = self.limit.filter(|limit| limit.reset > now);
        if let Some(limit) = limit.filter(|limit| limit.remaining == 0) {
            return limit.reset.saturating_sub(now);
        }
        let Some(last) = self.last else { return Duration::ZERO };
        let concurrency = limit.map_or(1, |limit| limit.concurrency.clamp(1, 16));
        let gap = (IDENTIFY_WINDOW / concurrency).max(self.paced(now, limit));
        (last + gap).saturating_sub(now)
    }

    /// The gap that makes what is left last until there is more, once many came to nothing or few
    /// are left.
    fn paced(&self, now: Duration, limit: Option<StartLimit>) -> Duration {
        let ample = limit.is_none_or(|limit| limit.remaining > RESERVE);
        if self.in_vain < FREE_IDENTIFIES && ample {
            return Duration::ZERO;
        }
        let even = limit
            .map_or(MAX_PACED, |limit| limit.reset.saturating_sub(now) / limit.remaining.max(1));
        even.min(MAX_PACED)
    }

    /// Counts an IDENTIFY that is being said.
    pub fn said(&mut self, now: Duration) {
        self.last = Some(now);
        self.in_vain = self.in_vain.saturating_add(1);
        if let Some(limit) = &mut self.limit {
            limit.remaining = limit.remaining.saturating_sub(1);
        }
    }

    /// Counts how long a connection was live.
    pub fn lived(&mut self, span: Duration) {
        if span >= WORTH {
            self.in_vain = 0;
        }
    }
}

/// Keeps what we send under Discord's 120 frames a minute.
#[derive(Debug, Default)]
pub struct Sends {
    recent: std::collections::VecDeque<Duration>,
}

impl Sends {
    const MAX: usize = 115;
    const WINDOW: Duration = Duration::from_mins(1);

    /// Whether a frame may be sent now; counts it if so.
    pub fn allow(&mut self, now: Duration) -> bool {
        while self.recent.front().is_some_and(|&sent| sent + Self::WINDOW <= now) {
            self.recent.pop_front();
        }
        let allowed = self.recent.len() < Self::MAX;
        if allowed {
            self.recent.push_back(now);
        }
        allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// When connections begin in a storm in which every one ends at once.
    fn storm(reached: Reached, resume: bool, span: Duration) -> Vec<Duration> {
        let (mut pace, mut now, mut begun) = (Pace::default(), 100 * SECOND, Vec::new());
        let end = now + span;
        while now < end {
            begun.push(now);
            // The worst case: no jitter slows it down, and time passes only in pauses.
            now += pace.pause(now, reached, resume, 1.0);
        }
        begun
    }

    #[test]
    fn the_first_reconnect_comes_at_once() {
        for reached in [Reached::Nobody, Reached::Door, Reached::Live] {
            assert_eq!(Pace::default().pause(SECOND, reached, true, 0.5), Duration::ZERO);
        }
    }

    #[test]
    fn a_storm_makes_a_handful_of_connections_in_ten_seconds() {
        for reached in [Reached::Door, Reached::Live] {
            for resume in [true, false] {
                let begun = storm(reached, resume, 60 * SECOND);
                let worst = begun.iter().map(|&start| {
                    begun.iter().filter(|&&at| at >= start && at < start + 10 * SECOND).count()
                });
                assert!(worst.max() <= Some(7), "{reached:?} {resume}: {begun:?}");
                assert!(begun.len() <= 24, "{}", begun.len());
            }
        }
    }

    #[test]
    fn while_nobody_listens_the_next_attempt_is_never_far() {
        for (resume, cap) in [(true, SECOND), (false, 5 * SECOND)] {
            let begun = storm(Reached::Nobody, resume, 120 * SECOND);
            assert!(begun.windows(2).all(|pair| pair[1] <= pair[0] + cap));
            assert!(begun.len() < 220, "{}", begun.len());
        }
    }

    #[test]
    fn single_faults_some_seconds_apart_are_all_left_at_once() {
        let mut pace = Pace::default();
        for fault in 1..50 {
            let pause = pace.pause(fault * 4 * SECOND, Reached::Live, true, 0.5);
            assert_eq!(pause, Duration::ZERO, "{fault}");
        }
    }

    #[test]
    fn identifies_keep_five_seconds_apart() {
        let mut identifies = Identifies::default();
        assert_eq!(identifies.wait(SECOND), Duration::ZERO);
        identifies.said(SECOND);
        assert_eq!(identifies.wait(2 * SECOND), 4 * SECOND);
        assert_eq!(identifies.wait(6 * SECOND), Duration::ZERO);
        let limit = StartLimit { remaining: 900, reset: 900 * SECOND, concurrency: 5 };
        identifies.learn(limit);
        assert_eq!(identifies.wait(2 * SECOND), Duration::ZERO);
    }

    #[test]
    fn the_last_identifies_of_a_day_are_spread_over_its_rest() {
        let mut identifies = Identifies::default();
        identifies.said(SECOND);
        let reset = 10_001 * SECOND;
        identifies.learn(StartLimit { remaining: 100, reset, concurrency: 1 });
        assert_eq!(identifies.wait(SECOND), 100 * SECOND);
        identifies.learn(StartLimit { remaining: 2, reset, concurrency: 1 });
        assert_eq!(identifies.wait(SECOND), MAX_PACED);
    }

    #[test]
    fn no_identify_is_said_when_none_is_left() {
        let mut identifies = Identifies::default();
        identifies.learn(StartLimit { remaining: 1, reset: 900 * SECOND, concurrency: 1 });
        assert_eq!(identifies.wait(SECOND), Duration::ZERO);
        identifies.said(SECOND);
        assert_eq!(identifies.wait(100 * SECOND), 800 * SECOND);
        assert_eq!(identifies.wait(901 * SECOND), Duration::ZERO);
    }

    #[test]
    fn a_day_of_identifies_in_vain_does_not_use_up_the_day() {
        let mut identifies = Identifies::default();
        let day = 86_400 * SECOND;
        identifies.learn(StartLimit { remaining: 1000, reset: day, concurrency: 1 });
        let (mut now, mut said) = (Duration::ZERO, 0);
        while now < day {
            now += identifies.wait(now);
            identifies.said(now);
            identifies.lived(SECOND);
            said += 1;
        }
        assert!(said <= 1000, "{said}");
        identifies.lived(WORTH);
        identifies.learn(StartLimit { remaining: 1000, reset: 2 * day, concurrency: 1 });
        assert!(identifies.wait(now) <= IDENTIFY_WINDOW);
    }

    #[test]
    fn frames_are_held_back_before_discord_minds() {
        let mut sends = Sends::default();
        let allowed = (0..600).filter(|&tenth| sends.allow(SECOND * tenth / 10)).count();
        assert_eq!(allowed, Sends::MAX);
        assert!(sends.allow(61 * SECOND));
    }
}
