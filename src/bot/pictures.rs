//! Pictures of sections: drawn when somebody asks, and kept as long as their library.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::Library;
use crate::commands::Settings;
use crate::commands::reply::Picture;
use crate::domain::Matrix;
use crate::export;

/// How much is kept, in bytes: dozens of pictures.
const MAX_BYTES: usize = 2 << 20;

/// A service, the language of its matrix, and the section that is shown.
type Key = (String, Option<String>, u16);

/// The pictures drawn of one library and its parts, the oldest first.
#[derive(Default)]
pub struct Pictures(Mutex<VecDeque<(Key, Arc<[u8]>)>>);

impl Pictures {
    fn find(&self, key: &Key) -> Option<Arc<[u8]>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(known, _)| known == key).map(|(_, picture)| Arc::clone(picture))
    }

    fn keep(&self, key: Key, picture: &Arc<[u8]>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Two may have drawn it at once.
        kept.retain(|(known, _)| *known != key);
        kept.push_back((key, Arc::clone(picture)));
        while kept.iter().map(|(_, picture)| picture.len()).sum::<usize>() > MAX_BYTES {
            kept.pop_front();
        }
    }
}

impl fmt::Debug for Pictures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pictures")
    }
}

/// The picture as PNG; `None` where what it shows is no longer there. Takes milliseconds the first
/// time.
pub(super) fn draw(library: &Library, settings: &Settings, picture: &Picture) -> Option<Arc<[u8]>> {
    let matrix = &library.catalog.matrices()[picture.matrix(&library.catalog)?];
    let key = (picture.service.clone(), picture.language.clone(), picture.section);
    if let Some(drawn) = library.pictures.find(&key) {
        return Some(drawn);
    }
    let section =
        Some(usize::from(picture.section)).filter(|&section| section < matrix.sections.len());
    let part = named(export::rows_of(matrix, section), settings);
    let drawn: Arc<[u8]> = export::png::write(&part)?.into();
    library.pictures.keep(key, &drawn);
    Some(drawn)
}

/// The matrix with what this installation calls the parties.
fn named(mut matrix: Matrix, settings: &Settings) -> Matrix {
    for party in &mut matrix.parties {
        party.name = settings.name_of(party);
    }
    matrix
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(bytes: usize) -> Arc<[u8]> {
        vec![0; bytes].into()
    }

    fn key(service: u8, section: u16) -> Key {
        (service.to_string(), None, section)
    }

    #[test]
    fn what_was_drawn_is_kept_until_there_is_too_much() {
        let pictures = Pictures::default();
        pictures.keep(key(0, 1), &picture(MAX_BYTES / 2));
        pictures.keep(key(0, 2), &picture(MAX_BYTES / 2));
        assert!(pictures.find(&key(0, 1)).is_some() && pictures.find(&key(0, 2)).is_some());
        pictures.keep(key(0, 2), &picture(MAX_BYTES / 2));
        assert!(pictures.find(&key(0, 1)).is_some(), "drawn twice, it is kept once");
        pictures.keep(key(1, 1), &picture(1));
        assert!(pictures.find(&key(0, 1)).is_none() && pictures.find(&key(1, 1)).is_some());
        pictures.keep(key(9, 9), &picture(MAX_BYTES + 1));
        assert!(pictures.find(&key(9, 9)).is_none());
    }
}
