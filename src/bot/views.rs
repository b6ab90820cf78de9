//! What each asker sees: the whole library, or a part of it from which the services that are kept
//! from them are left out.
//!
//! A part is a library of its own, with an index of its own. Nothing that a hidden service says can
//! then show through: not its words, nor how rare they make others, nor its name.

use std::sync::{Arc, Mutex, PoisonError};

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
    /// Held while a part is made, so that many who ask at once have it made once.
    making: Mutex<()>,
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
        let mut groups: Vec<Sight> = Vec::new();
        for matrix in library.catalog.matrices() {
            let limits = access.limits_of(&matrix.service);
            groups.extend(limits.filter(|limits| !groups.contains(limits)));
        }
        if groups.is_empty() {
            library.thesaurus = Arc::default();
        }
        let views = Self {
            whole: Arc::new(library),
            groups,
            parts: ArcSwap::default(),
            making: Mutex::default(),
        };
        let known = before.map(|before| before.parts.load_full()).unwrap_or_default();
        let single = (0..access.limits.len()).map(Sight::of);
        let likely = std::iter::once(Sight::default())
            .chain(known.iter().skip(1).rev().map(|part| part.sight))
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
        let seen = self.seen(sight);
        if let Some(library) = self.made(&seen) {
            return library;
        }
        let _making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(library) = self.made(&seen) {
            return library;
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

impl Views {
    /// Whether what somebody sees is made already.
    pub(super) fn has(&self, sight: Sight) -> bool {
        self.made(&self.seen(sight)).is_some()
    }

    fn seen(&self, sight: Sight) -> Seen {
        self.groups.iter().map(|&limits| sight.meets(limits)).collect()
    }

    fn made(&self, seen: &Seen) -> Option<Arc<Library>> {
        if seen.iter().all(|&seen| seen) {
            return Some(Arc::clone(&self.whole));
        }
        let parts = self.parts.load();
        parts.iter().find(|part| part.seen == *seen).map(|part| Arc::clone(&part.library))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::access::Limit;
    use crate::domain::{Catalog, Matrix, Scheme, Service, Source};
    use crate::search::Thesaurus;

    fn matrix(id: &str) -> Matrix {
        Matrix {
            service: Service {
                id: id.into(),
                name: id.into(),
                aliases: Vec::new(),
                confidential: false,
            },
            language: None,
            scheme: Scheme::Raci,
            legend: Vec::new(),
            source: Source::default(),
            parties: Vec::new(),
            sections: Vec::new(),
            allowances: Vec::new(),
            activities: Vec::new(),
        }
    }

    fn library(ids: &[&str]) -> Library {
        let matrices = ids.iter().map(|id| matrix(id)).collect();
        Library::new(Catalog::new(matrices), &Thesaurus::default(), Vec::new())
    }

    /// Each service limited by a limit of its own.
    fn access(ids: &[String]) -> Access {
        let limit = |id: &String| Limit {
            services: vec![id.clone()],
            roles: vec!["1".into()],
            ..Limit::default()
        };
        Access { limits: ids.iter().map(limit).collect(), ..Access::default() }
    }

    fn seen(library: &Library) -> Vec<&str> {
        library.catalog.matrices().iter().map(|matrix| &*matrix.service.id).collect()
    }

    #[test]
    fn each_sees_what_the_limits_let_and_the_same_is_made_once() {
        let access = access(&["a".into(), "b".into(), "gone".into()]);
        let views = Views::new(library(&["a", "b", "open"]), &access, None);
        let of = |limits: &[usize]| {
            let bits = limits.iter().map(|&limit| Sight::of(limit));
            views.of(bits.fold(Sight::default(), Sight::and), &access)
        };
        assert_eq!(seen(&of(&[])), ["open"]);
        assert_eq!(seen(&of(&[0])), ["a", "open"]);
        assert_eq!(seen(&of(&[1])), ["b", "open"]);
        assert!(Arc::ptr_eq(&of(&[0, 1]), views.whole()));
        assert!(Arc::ptr_eq(&of(&[]), &of(&[2])), "what is not there makes no difference");
        assert_eq!(views.parts.load().len(), 3);
        assert!(Arc::ptr_eq(&views.of(Sight::ALL, &access), views.whole()));
    }

    #[test]
    fn many_who_ask_at_once_have_a_part_made_once() {
        let ids: Vec<String> = (0..12).map(|n| format!("s{n:02}")).collect();
        let all: Vec<&str> = ids.iter().map(String::as_str).collect();
        let access = access(&ids);
        let views = Views::new(library(&all), &access, None);
        let sight = Sight::of(10).and(Sight::of(11));
        assert!(!views.has(sight));
        let asked = std::thread::scope(|scope| {
            let threads: Vec<_> =
                (0..8).map(|_| scope.spawn(|| views.of(sight, &access))).collect();
            threads.into_iter().map(|one| one.join().expect("no panic")).collect::<Vec<_>>()
        });
        assert!(views.has(sight) && asked.iter().all(|one| Arc::ptr_eq(one, &asked[0])));
        assert_eq!(views.parts.load().len(), MAX_PREPARED + 1);
    }

    #[test]
    fn without_limits_there_is_only_the_whole() {
        let access = Access::default();
        let views = Views::new(library(&["a"]), &access, None);
        assert!(Arc::ptr_eq(&views.of(Sight::default(), &access), views.whole()));
        assert!(views.parts.load().is_empty());
    }

    #[test]
    fn parts_are_bounded_and_those_in_use_outlive_a_reload() {
        let ids: Vec<String> = (0..12).map(|n| format!("s{n:02}")).collect();
        let all: Vec<&str> = ids.iter().map(String::as_str).collect();
        let access = access(&ids);
        let views = Views::new(library(&all), &access, None);
        assert_eq!(views.parts.load().len(), MAX_PREPARED);
        let pairs = (0..12).flat_map(|a| (0..a).map(move |b| (a, b)));
        for (a, b) in pairs {
            let part = views.of(Sight::of(a).and(Sight::of(b)), &access);
            assert_eq!(seen(&part), [all[b], all[a]]);
        }
        assert_eq!(views.parts.load().len(), MAX_PARTS);
        assert!(seen(&views.parts.load()[0].library).is_empty(), "the one for everybody stays");
        let last = views.parts.load().last().map(|part| part.sight);
        let after = Views::new(library(&all), &access, Some(&views));
        let parts = after.parts.load();
        assert!(parts.len() <= MAX_PREPARED);
        assert!(parts.iter().any(|part| Some(part.sight) == last), "what was asked for last");
    }
}
