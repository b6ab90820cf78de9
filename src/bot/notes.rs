//! Questions that found nothing sure: counted, and told to the daemon where it keeps them.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use arc_swap::ArcSwapOption;
use tokio::sync::{mpsc, oneshot};

use crate::commands::reply::Outcome;
use crate::commands::unanswered::{Asked, Question};
use crate::commands::{Command, Context, Reply};

/// The most notes that wait for the daemon; more are not worth an answer's time.
const MAX_NOTES: usize = 256;

/// Something that the daemon keeps for later.
#[derive(Debug)]
pub enum Note {
    /// A question that found nothing sure.
    Asked(Asked),
    /// Write down what there is now; said when that is done, well or not.
    Write(oneshot::Sender<()>),
}

/// Questions that found nothing sure.
#[derive(Debug, Default)]
pub struct Notes {
    count: AtomicU64,
    kept: ArcSwapOption<Vec<Question>>,
    sender: OnceLock<mpsc::Sender<Note>>,
}

impl Notes {
    /// Counts a question that found nothing sure, or an answer that was not meant, and tells the
    /// daemon a question's text where it keeps them; `limited` are the services that the asker may
    /// see and not everybody. What somebody wrote as a message was not asked, and is only counted.
    pub(super) fn note(
        &self,
        command: &Command,
        reply: &Reply,
        context: &Context,
        limited: impl FnOnce() -> Vec<String>,
    ) {
        let is_unsure = matches!(reply.outcome, Outcome::Nothing | Outcome::Suggestions);
        let counts = match command {
            Command::Ask { .. } | Command::Message { .. } => is_unsure,
            Command::NotThis { .. } => true,
            _ => false,
        };
        if !counts || context.viewer.owner {
            return;
        }
        self.count.fetch_add(1, Ordering::Relaxed);
        let (Some(sender), Command::Ask { text, .. }) = (self.sender.get(), command) else {
            return;
        };
        if let Some(asked) = Asked::new(text, context, limited()) {
            // When too many wait, this one is only counted.
            let _ = sender.try_send(Note::Asked(asked));
        }
    }

    /// How many there were since the start.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }

    /// The ones that are kept; none where they are not.
    #[must_use]
    pub fn kept(&self) -> Option<Arc<Vec<Question>>> {
        self.kept.load_full()
    }

    /// Has what was noted written down, and waits until that is done or given up.
    pub async fn write(&self) {
        let (done, written) = oneshot::channel();
        let told = self.sender.get().map(|notes| notes.try_send(Note::Write(done)));
        if let Some(Ok(())) = told {
            // A daemon that stops meanwhile writes nothing.
            let _ = written.await;
        }
    }

    /// What the daemon is to keep from now on; none when another one took it on before.
    pub fn receiver(&self) -> Option<mpsc::Receiver<Note>> {
        let (sender, receiver) = mpsc::channel(MAX_NOTES);
        self.sender.set(sender).ok().map(|()| receiver)
    }

    /// From now on none are kept.
    pub fn forget(&self) {
        self.kept.store(None);
    }

    /// Takes over which questions are kept.
    pub fn remember(&self, questions: Vec<Question>) {
        self.kept.store(Some(Arc::new(questions)));
    }
}
