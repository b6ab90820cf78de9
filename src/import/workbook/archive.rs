//! The parts of a ZIP archive, unpacked to no more than a fixed size together.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::import::table::input;

/// The most bytes that are unpacked of one archive.
const MAX_UNPACKED: u64 = 64 << 20;
/// The most parts of an archive; a workbook has a few dozen.
const MAX_PARTS: usize = 10_000;
/// How the entry of a part begins in the directory of an archive.
const ENTRY: &[u8] = b"PK\x01\x02";

/// An archive whose parts are read one by one.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// How many bytes may still be unpacked.
    left: u64,
}

impl<'a> Archive<'a> {
    /// Reads the directory of an archive.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, String> {
        // Each of them takes memory before anything is unpacked.
        if bytes.windows(ENTRY.len()).filter(|window| *window == ENTRY).count() > MAX_PARTS {
            return Err(format!("the archive has more than {MAX_PARTS} parts"));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        Ok(Self { zip, left: MAX_UNPACKED })
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// The text of a part; none where there is no such part.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, String> {
        let part = match self.zip.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(broken(&error)),
        };
        let mut bytes = Vec::new();
        let read = part.take(self.left + 1).read_to_end(&mut bytes);
        read.map_err(|_| format!("`{name}` in the archive is damaged"))?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or_else(|| {
            format!("the archive unpacks to more than {} MiB", MAX_UNPACKED >> 20)
        })?;
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => input::decode(error.as_bytes())?.text,
        };
        Ok(Some(text))
    }
}

fn broken(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(why) => format!("the archive cannot be read: {why}"),
        _ => "the archive is damaged, or none".to_owned(),
    }
}
