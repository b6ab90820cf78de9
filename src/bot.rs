//! What adapters hold: a command in, a reply out, over an index that can be replaced while it runs.

use std::sync::Arc;

use arc_swap::ArcSwap;

use crate::commands::reply::Completion;
use crate::commands::table::OptionKind;
use crate::commands::{Command, Context, Found, Reply, Settings, Sources};
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
}

impl Bot {
    /// A bot over a library.
    #[must_use]
    pub fn new(library: Library, settings: Settings) -> Self {
        Self { library: ArcSwap::from_pointee(library), settings }
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

    fn sources<'a>(&'a self, library: &'a Library) -> Sources<'a> {
        Sources { catalog: &library.catalog, index: &library.index, settings: &self.settings }
    }
}
