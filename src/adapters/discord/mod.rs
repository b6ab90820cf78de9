//! The edge to Discord.
//!
//! - [`gateway`]: what Discord says; [`rest`]: what we say; [`resolve`]: where it is.
//! - [`register`]: the commands that Discord shows.
//! - [`interaction`]: a request in, an answer out; [`custom_id`]: a command in a button and back.
//! - [`dress`]: a reply as a message that keeps Discord's limits.

pub mod custom_id;
pub mod dress;
pub mod gateway;
pub mod interaction;
pub mod register;
pub mod resolve;
pub mod rest;
pub mod token;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::AbortHandle;
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::warn;

use crate::bot::Bot;
use gateway::payload::Ready;
use gateway::{Event, Fatal, Gateway};
use interaction::Desk;
use register::Offer;
use rest::Api;

/// How long answers under way are waited for once the connection is closed; with the closing
/// itself it stays within the three seconds in which a service must stop.
const LAST_ANSWERS: Duration = Duration::from_millis(1800);

/// Answers on Discord until told to stop: stays connected, registers the commands that are offered
/// whenever these change, and answers what is asked. Once stopped, what had arrived is still answered.
///
/// # Errors
///
/// When Discord will never accept this bot as it is.
pub async fn run(
    api: Arc<Api>,
    bot: Arc<Bot>,
    offer: watch::Receiver<Offer>,
    stop: CancellationToken,
) -> Result<(), Fatal> {
    let tasks = TaskTracker::new();
    let mut desk = Desk::new(Arc::clone(&api), bot, tasks.clone());
    let (report, mut reported) = mpsc::channel(1);
    let mut registration = Registration { api: Arc::clone(&api), offer, report, running: None };
    let metrics = api.metrics();
    let gateway = Gateway::new(&api, &stop, |event| match event {
        Event::Asked(raw) => desk.take(raw),
        Event::Began(ready) => {
            metrics.connected(false);
            registration.begin(&ready);
        }
        Event::Resumed => metrics.connected(true),
        Event::Greeted(interval) => metrics.greeted(interval),
        Event::Beat { took, interval } => metrics.beat(took, interval),
        Event::Away(end) => metrics.disconnected(end.cause()),
    });
    let result = tokio::select! {
        result = gateway.run() => result,
        Some(fatal) = reported.recv() => Err(fatal),
    };
    metrics.stopped();
    tasks.close();
    if timeout_at(Instant::now() + LAST_ANSWERS, tasks.wait()).await.is_err() {
        warn!(left = tasks.len(), "stopping with answers under way");
    }
    result
}

/// The registration of commands, beside everything else: once, and when others are offered.
struct Registration {
    api: Arc<Api>,
    offer: watch::Receiver<Offer>,
    report: mpsc::Sender<Fatal>,
    running: Option<AbortHandle>,
}

impl Registration {
    fn begin(&mut self, ready: &Ready) {
        let Some(application) = ready.application.filter(|_| self.running.is_none()) else {
            return;
        };
        let (api, mut offer) = (Arc::clone(&self.api), self.offer.clone());
        let (report, mut present) = (self.report.clone(), ready.guilds.clone());
        let task = tokio::spawn(async move {
            loop {
                let offered = offer.borrow_and_update().clone();
                tokio::select! {
                    registered = register::register(&api, application, &offered, &present) => {
                        if let Err(fatal) = registered {
                            let _ = report.send(fatal).await;
                            return;
                        }
                        if offer.changed().await.is_err() {
                            return;
                        }
                    }
                    // What is still to be done for the former offer is not wanted any more.
                    Ok(()) = offer.changed() => {}
                }
                // From servers that are no longer named the commands are taken away.
                let former = offered.guilds.iter().filter(|guild| !present.contains(guild));
                let former: Vec<u64> = former.copied().collect();
                present.extend(former);
            }
        });
        self.running = Some(task.abort_handle());
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        if let Some(running) = &self.running {
            running.abort();
        }
    }
}
