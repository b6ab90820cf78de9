//! What each asker sees: the whole library, or a part of it from which the services that are kept
//! from them are left out.
//!
//! A part is a library of its own, with an index of its own. Nothing that a hidden service says can
//! then show through: not its words, nor how rare they make others, nor its name.

use std::sync::Arc;

use arc_swap::ArcSwap;

use super::Library;
use crate::commands::access::{Access, Sight};

/// The most parts that are held, at about 3 MB for a thousand activities each; the one that
/// everybody sees stays among them.
const MAX_PARTS: usize = 16;
/// The most parts that are made before somebody asks for them.
const MAX_PREPARED: usize = 8;

/// A library and its parts.
#[derive(Debug)]
pub(super) struct Views {
    whole: Arc<Library>,
    /// For each group of services that the same limits name, those limits.
    groups: Vec<Sight>,
    /// Oldest first, except that the one for everybody is the first.
    parts: ArcSwap<Vec<Part>>,
}

#[derive(Clone, Debug)]
struct Part {
    /// Which groups it holds.
    seen: Seen,
    /// What somebody was let see who first asked for it.
    sight: Sight,
    library: Arc<Library>,
}

/// For each group of limited services, whether it is seen.
type Seen = Box<[bool]>;

impl Views {
    /// Makes the parts that are most likely asked for: for everybody, for whom one limit lets in,
    /// and what was asked for before.
    pub(super) fn new(mut library: Library, access: &Access, before: Option<&Self>) -> Self {
        if access.limits.is_empty() {
            library.thesaurus = Arc::default();
        }
        let mut groups: Vec<Sight> = Vec::new();
        for matrix in library.catalog.matrices() {
            let limits = access.limits_of(&matrix.service);
            groups.extend(limits.filter(|limits| !groups.contains(limits)));
        }
        let views = Self { whole: Arc::new(library), groups, parts: ArcSwap::default() };
        let known = before.map(|before| before.parts.load_full()).unwrap_or_default();
        let single = (0..access.limits.len()).map(Sight::of);
        let likely = std::iter::once(Sight::default())
            .chain(known.iter().skip(1).map(|part| part.sight))
            .chain(single);
        for sight in likely.take(MAX_PREPARED) {
            views.of(sight, access);
        }
        views
    }

    pub(super) fn whole(&self) -> &Arc<Library> {
        &self.whole
    }

    /// What somebody sees. Makes it when nobody has asked for it before: work that is in proportion
    /// to the library, and done once.
    pub(super) fn of(&self, sight: Sight, access: &Access) -> Arc<Library> {
        let seen: Seen = self.groups.iter().map(|&limits| sight.meets(limits)).collect();
        if seen.iter().all(|&seen| seen) {
            return Arc::clone(&self.whole);
        }
        if let Some(part) = self.parts.load().iter().find(|part| part.seen == seen) {
            return Arc::clone(&part.library);
        }
        let library =
            Arc::new(self.whole.part(|service| {
                access.limits_of(service).is_none_or(|limits| sight.meets(limits))
            }));
        let part = Part { seen, sight, library: Arc::clone(&library) };
        self.parts.rcu(|parts| {
            let mut parts = Vec::clone(parts);
            if parts.len() == MAX_PARTS {
                parts.remove(1);
            }
            parts.push(part.clone());
            parts
        });
        library
    }
}
