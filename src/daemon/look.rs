//! What a directory of matrices looks like, so that a change is noticed without opening a file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::import;

/// What the directory looked like; none when it could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Look(Option<Entries>);

/// Every entry's size, time and place on disk.
type Entries = BTreeMap<PathBuf, (u64, Option<SystemTime>, u64)>;

impl Look {
    /// Looks at a directory without opening a file; the built-in matrices always look the same.
    pub(super) fn at(directory: Option<&Path>) -> Self {
        let mut entries = Entries::new();
        let readable = directory.and_then(|directory| look(directory, 0, &mut entries));
        Self(readable.map(|()| entries))
    }
}

fn look(directory: &Path, depth: usize, entries: &mut Entries) -> Option<()> {
    use std::os::unix::fs::MetadataExt;
    for entry in fs::read_dir(directory).ok()?.flatten() {
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') || entries.len() > import::MAX_FILES
        {
            continue;
        }
        if depth < import::MAX_DIRECTORIES && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            look(&path, depth + 1, entries);
        } else {
            // Follows links: a swapped one leads to another file of perhaps the same size and time,
            // and one that leads nowhere is a file that cannot be read.
            let about = fs::metadata(&path).ok();
            let about = about.map(|about| (about.len(), about.modified().ok(), about.ino()));
            entries.insert(path, about.unwrap_or_default());
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_change_is_seen() {
        let directory = tempfile::tempdir().expect("a directory");
        let file = directory.path().join("a.yaml");
        let write = |text: &str| fs::write(&file, text).expect("a file");
        let look = || Look::at(Some(directory.path()));
        write("one");
        let first = look();
        assert_eq!(first, look());
        write("longer");
        assert_ne!(first, look());
        let second = look();
        let other = directory.path().join(".new");
        fs::write(&other, "longer").expect("a file");
        let time = fs::metadata(&file).and_then(|about| about.modified()).expect("a time");
        let options = fs::File::options().write(true).open(&other).expect("a file");
        options.set_modified(time).expect("a time");
        assert_eq!(second, look(), "hidden files are no matrices");
        fs::rename(&other, &file).expect("renamed");
        assert_ne!(second, look(), "another file of the same size and time");
        fs::create_dir(directory.path().join("more")).expect("a directory");
        let third = look();
        fs::write(directory.path().join("more/b.yaml"), "").expect("a file");
        assert_ne!(third, look());
    }

    #[test]
    fn a_directory_that_is_gone_looks_different() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().to_owned();
        let before = Look::at(Some(&path));
        drop(directory);
        assert_ne!(before, Look::at(Some(&path)));
    }
}
