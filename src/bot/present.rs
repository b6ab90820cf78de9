//! What answers at one moment: what the installation decides, and what each asker sees. Both are
//! swapped at once, and looked up once for each answer, so that none mixes old and new.

use std::sync::Arc;

use super::Library;
use super::views::Views;
use crate::commands::{Context, Settings, Sources};

/// Settings, and the library with its parts by these settings.
#[derive(Debug)]
pub(super) struct Present {
    pub(super) settings: Arc<Settings>,
    pub(super) views: Views,
}

impl Present {
    /// Takes its time: the parts that are likely asked for are indexed.
    pub(super) fn new(settings: Arc<Settings>, library: Library, before: Option<&Self>) -> Self {
        let limits = &settings.access.limits;
        // A part is known by the numbers of the limits that let in: by other limits, to others.
        let before = before.filter(|before| before.settings.access.limits == *limits);
        let views = Views::new(library, &settings.access, before.map(|before| &before.views));
        Self { settings, views }
    }

    /// Whether this asker is answered at all.
    pub(super) fn admits(&self, context: &Context) -> bool {
        self.settings.access.admits(&context.viewer)
    }

    /// The library that this asker may see; nothing where they are not answered.
    pub(super) fn seen_by(&self, context: &Context) -> Arc<Library> {
        let access = &self.settings.access;
        if self.admits(context) {
            self.views.of(access.sight(context), access)
        } else {
            Arc::default()
        }
    }

    /// Whether what this asker is answered from is made, and so found at once.
    pub(super) fn is_ready(&self, context: &Context) -> bool {
        let access = &self.settings.access;
        let sights = [access.sight(context), access.sight_of_readers(context)];
        !self.admits(context) || sights.into_iter().all(|sight| self.views.has(sight))
    }

    /// The library that everybody may see who reads along where it is asked.
    pub(super) fn seen_by_readers(&self, context: &Context) -> Arc<Library> {
        let access = &self.settings.access;
        self.views.of(access.sight_of_readers(context), access)
    }

    pub(super) fn sources<'a>(&'a self, library: &'a Library) -> Sources<'a> {
        Sources { catalog: &library.catalog, index: &library.index, settings: &self.settings }
    }
}
