//! The service manager's wishes: stop, stop at once, read the matrices again.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

/// What a shell reports for a process that a signal ended: this and the signal's number.
const ENDED_BY_SIGNAL: i32 = 128;

/// The signals that the daemon heeds; from now on they do nothing by themselves.
pub(super) struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    /// Takes over SIGTERM and SIGINT; and SIGHUP, which means nothing before the matrices were
    /// read and would end the process.
    pub(super) fn new() -> io::Result<Self> {
        drop(signal(SignalKind::hangup())?);
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Stops at the first signal, and ends the process at the second.
    pub(super) async fn heed(mut self, stop: CancellationToken) {
        let name = self.next().await.1;
        info!(signal = name, "stopping");
        stop.cancel();
        let (number, name) = self.next().await;
        warn!(signal = name, "ending at once");
        std::process::exit(ENDED_BY_SIGNAL + number);
    }

    async fn next(&mut self) -> (i32, &'static str) {
        tokio::select! {
            _ = self.terminate.recv() => (SignalKind::terminate().as_raw_value(), "SIGTERM"),
            _ = self.interrupt.recv() => (SignalKind::interrupt().as_raw_value(), "SIGINT"),
        }
    }
}
