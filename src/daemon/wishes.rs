//! Who may want the configuration and the matrices read again at once.

use std::iter;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc;

use crate::bot::{Bot, Errand};

/// Who may want it: SIGHUP, and operators.
pub(super) struct Wishes {
    hangup: Option<Signal>,
    errands: Option<mpsc::Receiver<Errand>>,
}

impl Wishes {
    pub(super) fn of(bot: &Bot) -> Self {
        Self { hangup: signal(SignalKind::hangup()).ok(), errands: bot.errands() }
    }

    /// Waits for the next wish. Several that wait are one; each is told when it is done.
    pub(super) async fn next(&mut self) -> Vec<Errand> {
        tokio::select! {
            () = heard(&mut self.hangup) => Vec::new(),
            errand = taken(&mut self.errands) => {
                let receiver = self.errands.iter_mut();
                let more = receiver.flat_map(|errands| iter::from_fn(|| errands.try_recv().ok()));
                iter::once(errand).chain(more).collect()
            }
        }
    }
}

/// Tells who waits that it is done.
pub(super) fn grant(errand: Errand) {
    let Errand::Reload(done) = errand;
    // Whoever waited may have given up.
    let _ = done.send(());
}

async fn heard(hangup: &mut Option<Signal>) {
    let heard = match hangup {
        Some(signal) => signal.recv().await.is_some(),
        None => false,
    };
    if !heard {
        std::future::pending::<()>().await;
    }
}

async fn taken(errands: &mut Option<mpsc::Receiver<Errand>>) -> Errand {
    if let Some(receiver) = errands
        && let Some(errand) = receiver.recv().await
    {
        return errand;
    }
    std::future::pending().await
}
