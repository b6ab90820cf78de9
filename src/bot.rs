//! What adapters hold: a command in, a reply out, over an index that can be replaced while it runs.

use std::sync::{Arc, OnceLock};

use arc_swap::{ArcSwap, ArcSwapOption};
use tokio::sync::{mpsc, oneshot};

use crate::commands::reply::Completion;
use crate::commands::table::OptionKind;
use crate::commands::{Command, Context, Found, Reply, Settings, Sources, Standing};
use crate::domain::{Catalog, Problem};
use crate::search::{Index, Thesaurus};

/// A catalog and what is needed to answer from it; immutable.
#[derive(Debug, Default)]
pub struct Library {
    /// Every matrix.
    pub catalog: Catalog,
    /// The index over exactly this catalog.
    pub index: Index,
    /// What was odd about its files.
    pub warnings: Vec<Problem>,
}

impl Library {
    /// Indexes a catalog.
    #[must_use]
    pub fn new(catalog: Catalog, thesaurus: &Thesaurus, warnings: Vec<Problem>) -> Self {
        let index = Index::build(&catalog, thesaurus);
        Self { catalog, index, warnings }
    }
}

/// Answers commands from memory.
#[derive(Debug)]
pub struct Bot {
    library: ArcSwap<Library>,
    settings: Settings,
    standing: ArcSwapOption<Standing>,
    errands: OnceLock<mpsc::Sender<Errand>>,
}

/// The most errands that wait for the daemon.
const MAX_ERRANDS: usize = 8;

/// Something that an answer waits for and that only the daemon can do.
#[derive(Debug)]
pub enum Errand {
    /// Read the matrices again now; said when it is done, well or not.
    Reload(oneshot::Sender<()>),
}

impl Bot {
    /// A bot over a library.
    #[must_use]
    pub fn new(library: Library, settings: Settings) -> Self {
        Self {
            library: ArcSwap::from_pointee(library),
            settings,
            standing: ArcSwapOption::empty(),
            errands: OnceLock::new(),
        }
    }

    /// The answer to a command. No I/O, no lock, no failure.
    #[must_use]
    pub fn answer(&self, command: &Command, context: &Context) -> Reply {
        self.sources(&self.library.load()).answer(command, context)
    }

    /// What a question finds, with the library that it was found in, whose keys the hits hold.
    #[must_use]
    pub fn find(
        &self,
        text: &str,
        service: Option<&str>,
        context: &Context,
    ) -> (Arc<Library>, Found) {
        let library = self.library();
        let found = self.sources(&library).find(text, service, context);
        (library, found)
    }

    /// What half-typed text in an option may become, best first, at most `limit`.
    ///
    /// `service` is what stands in the service option beside it.
    #[must_use]
    pub fn complete(
        &self,
        kind: OptionKind,
        text: &str,
        service: Option<&str>,
        context: &Context,
        limit: usize,
    ) -> Vec<Completion> {
        self.sources(&self.library.load()).complete(kind, text, service, context, limit)
    }

    /// Answers from another library from now on.
    pub fn replace(&self, library: Library) {
        self.library.store(Arc::new(library));
    }

    /// The library that answers now.
    #[must_use]
    pub fn library(&self) -> Arc<Library> {
        self.library.load_full()
    }

    /// What became of reading the files; none where no daemon keeps them.
    #[must_use]
    pub fn standing(&self) -> Option<Arc<Standing>> {
        self.standing.load_full()
    }

    /// Takes over what became of reading the files.
    pub fn stand(&self, standing: Standing) {
        self.standing.store(Some(Arc::new(standing)));
    }

    /// Has the matrices read again, and waits until that is done; nothing happens without a daemon.
    pub async fn reload(&self) {
        let (done, read) = oneshot::channel();
        let told = self.errands.get().map(|errands| errands.try_send(Errand::Reload(done)));
        if let Some(Ok(())) = told {
            // A daemon that stops meanwhile does no errand.
            let _ = read.await;
        }
    }

    /// What the daemon is to do from now on; none when another one took it on before.
    pub fn errands(&self) -> Option<mpsc::Receiver<Errand>> {
        let (sender, receiver) = mpsc::channel(MAX_ERRANDS);
        self.errands.set(sender).ok().map(|()| receiver)
    }

    fn sources<'a>(&'a self, library: &'a Library) -> Sources<'a> {
        Sources { catalog: &library.catalog, index: &library.index, settings: &self.settings }
    }
}
