//! Keeps questions that found nothing, where the configuration allows it: beside the answering, a
//! few seconds later, and whatever becomes of the disk.

mod store;

use std::sync::Arc;
use std::time::Duration;

use time::UtcDateTime;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep_until};
use tracing::{info, warn};

use crate::bot::{Bot, Note};
use crate::commands::unanswered::Asked;
pub(crate) use store::Store;

/// How long after a question it is written, with what came meanwhile.
const SOON: Duration = Duration::from_secs(5);
/// How long after a failure it is tried again.
const LATER: Duration = Duration::from_mins(1);
/// How often what is too old is looked for.
const TIDY: Duration = Duration::from_hours(6);
/// The most questions that wait to be written; the oldest go first.
const MAX_PENDING: usize = 1_000;

/// Keeps what the bot tells, until dropped, where the configuration says; nothing where it says so,
/// from the moment that it does.
pub(super) async fn keep(
    bot: Arc<Bot>,
    mut stores: watch::Receiver<Option<Store>>,
    mut notes: mpsc::Receiver<Note>,
) {
    let store = stores.borrow_and_update().clone().map(Arc::new);
    let mut keeper = Keeper { bot, store, pending: Vec::new(), failing: false };
    let mut due = Instant::now();
    loop {
        let mut waiting = None;
        tokio::select! {
            note = notes.recv() => match note {
                Some(Note::Asked(asked)) => {
                    if keeper.take(asked) == 1 && !keeper.failing {
                        due = due.min(Instant::now() + SOON);
                    }
                    continue;
                }
                Some(Note::Write(done)) => waiting = Some(done),
                None => return,
            },
            Ok(()) = stores.changed() => keeper.turn_to(stores.borrow_and_update().clone()),
            () = sleep_until(due) => {}
        }
        let written = keeper.write().await;
        waiting.into_iter().for_each(|done: oneshot::Sender<()>| {
            // Whoever waited may have given up.
            let _ = done.send(());
        });
        due = Instant::now() + if written { TIDY } else { LATER };
    }
}

struct Keeper {
    bot: Arc<Bot>,
    store: Option<Arc<Store>>,
    pending: Vec<(Asked, UtcDateTime)>,
    failing: bool,
}

impl Keeper {
    /// Keeps questions somewhere else from now on, or none at all: what waits is forgotten then.
    fn turn_to(&mut self, store: Option<Store>) {
        self.store = store.map(Arc::new);
        self.failing = false;
        if self.store.is_none() {
            self.pending.clear();
            self.bot.notes().forget();
        }
    }

    /// Takes a question, and says how many wait.
    fn take(&mut self, asked: Asked) -> usize {
        if self.store.is_none() {
            return 0;
        }
        if self.pending.len() == MAX_PENDING {
            self.pending.remove(0);
        }
        self.pending.push((asked, UtcDateTime::now()));
        self.pending.len()
    }

    /// Writes what waits, and tells the bot what is kept. What cannot be written waits on.
    async fn write(&mut self) -> bool {
        let Some(store) = self.store.clone() else { return true };
        let (directory, asked) = (store.directory.clone(), self.pending.clone());
        let today = UtcDateTime::now().date();
        let written = spawn_blocking(move || store.add(&asked, today)).await;
        let written = written.unwrap_or_else(|error| Err(std::io::Error::other(error)));
        match written {
            Ok(questions) => {
                self.pending.clear();
                self.bot.notes().remember(questions);
                if self.failing {
                    info!("questions that found nothing can be kept again");
                }
                self.failing = false;
                true
            }
            Err(error) => {
                let directory = directory.display();
                if !self.failing {
                    warn!(%directory, %error, "questions that found nothing cannot be kept now");
                }
                self.failing = true;
                false
            }
        }
    }
}
