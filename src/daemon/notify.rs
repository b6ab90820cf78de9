//! What systemd is told: that the daemon is ready, how it is, that it lives, that it stops.

use std::sync::Arc;
use std::time::Duration;

use sd_notify::NotifyState;
use tokio::time::{Instant, MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use tracing::warn;

use super::health::Health;
use crate::metrics::Life;

/// How often it is looked whether there is something to tell.
const LOOK: Duration = Duration::from_secs(1);
/// How long the first connection is waited for. Whoever starts the service sees a refused token at
/// once; but when Discord is away the start is not what failed.
const PATIENCE: Duration = Duration::from_secs(10);

/// Whether somebody is to be told.
pub(super) fn is_wanted() -> bool {
    std::env::var_os("NOTIFY_SOCKET").is_some()
}

/// Tells systemd until `stop` is cancelled, and then that it stops. The watchdog hears nothing
/// when this loop stands still, or when the gateway's own does: a connection that is silent is left
/// by it within seconds.
pub(super) async fn keep(health: Arc<Health>, stop: CancellationToken) {
    let started = Instant::now();
    let watched = sd_notify::watchdog_enabled();
    let period = watched.map_or(LOOK, |timeout| (timeout / 3).min(LOOK));
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut ready, mut told) = (false, String::new());
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            _ = ticks.tick() => {}
        }
        let life = health.life();
        let mut news = Vec::new();
        if !ready && (life == Life::Connected || started.elapsed() >= PATIENCE) {
            ready = true;
            news.push(NotifyState::Ready);
        }
        let status = steady(&health.status());
        if status != told {
            told.clone_from(&status);
            news.push(NotifyState::Status(&told));
        }
        if watched.is_some() && life != Life::Silent {
            news.push(NotifyState::Watchdog);
        }
        tell(&news);
    }
    tell(&[NotifyState::Stopping, NotifyState::Status("stopping")]);
}

/// Without the seconds, which would be news every second.
fn steady(status: &str) -> String {
    match status.split_once(" for ") {
        Some((before, after)) if status.starts_with("not ready") => {
            let after = after.split_once(';').map_or("", |(_, after)| after);
            format!("{before};{after}")
        }
        _ => status.to_owned(),
    }
}

fn tell(news: &[NotifyState<'_>]) {
    if news.is_empty() {
        return;
    }
    if let Err(error) = sd_notify::notify(news) {
        warn!(%error, "systemd cannot be told");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_away_is_no_news() {
        let status = "not ready; gateway: not connected for 7 s; matrices: 1; reload: read";
        assert_eq!(steady(status), "not ready; gateway: not connected; matrices: 1; reload: read");
        assert_eq!(steady("ready; gateway: connected"), "ready; gateway: connected");
    }
}
