//! A file's bytes to text, and its path to what it says of the service.

use std::borrow::Cow;
use std::path::Path;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::Document;

/// The largest file of text that is read, in bytes.
const MAX_FILE: usize = 4 << 20;

/// How files begin that are no text whatever their name, and what they are.
const MAGIC: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "a ZIP archive, as XLSX, ODS and DOCX are"),
    (b"PK\x05\x06", "a ZIP archive without content"),
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "a document of an old Office, or one with a password"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\x7fELF", "a program"),
];

/// The text of a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Text {
    /// It, with line feeds alone at its line ends.
    pub(crate) text: String,
    /// How it was encoded, where that had to be guessed.
    pub(crate) guess: Option<&'static str>,
}

/// The text of a file; the error says what the file is.
pub(crate) fn decode(bytes: &[u8]) -> Result<Text, String> {
    if bytes.len() > MAX_FILE {
        return Err(format!("the file is larger than {} MiB", MAX_FILE >> 20));
    }
    if let Some(what) = magic(bytes) {
        return Err(format!("the file is {what}, not text"));
    }
    let (text, guess) = match Encoding::for_bom(bytes) {
        // Two bytes or three, and then what they announce.
        Some((encoding, mark)) => {
            let decoded =
                encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]);
            let broken = || format!("the file is not the {} that it says it is", encoding.name());
            (decoded.ok_or_else(broken)?, None)
        }
        None if bytes.contains(&0) => return Err("the file is binary, not text".to_owned()),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => (text.into(), None),
            Err(_) => (western(bytes)?, Some("Windows-1252")),
        },
    };
    Ok(Text { text: text.replace("\r\n", "\n").replace('\r', "\n"), guess })
}

/// What a file is that is no text, by how it begins.
pub(crate) fn magic(bytes: &[u8]) -> Option<&'static str> {
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|&(_, what)| what)
}

/// Text in the encoding that most of what is not UTF-8 is in.
fn western(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    let text = WINDOWS_1252.decode_without_bom_handling(bytes).0;
    let is_text = |c: char| !c.is_control() || "\t\n\r\x0b\x0c".contains(c);
    if text.chars().all(is_text) {
        Ok(text)
    } else {
        Err("the file is binary, not text".to_owned())
    }
}

/// A document without content, named after its file.
pub(crate) fn document(path: &Path) -> Document {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.rsplit_once('.').map_or(name.as_ref(), |(stem, _)| stem);
    let folder = path.parent().and_then(Path::file_name);
    Document {
        stem: stem.to_owned(),
        folder: folder.map(|folder| folder.to_string_lossy().into_owned()),
        ..Document::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_whatever_its_line_ends_and_marks() {
        for bytes in [
            b"a\nb\n".as_slice(),
            b"a\r\nb\r\n",
            b"\xef\xbb\xbfa\rb\r",
            b"\xff\xfea\0\n\0b\0\n\0",
            b"\xfe\xff\0a\0\n\0b\0\n",
        ] {
            let read = decode(bytes).expect("text");
            assert_eq!((read.text.as_str(), read.guess), ("a\nb\n", None), "{bytes:?}");
        }
        let read = decode(b"caf\xe9 \x96 \x80").expect("text");
        assert_eq!((read.text.as_str(), read.guess), ("café – €", Some("Windows-1252")));
    }

    #[test]
    fn what_is_no_text_is_named() {
        for (bytes, word) in [
            (b"PK\x03\x04..".as_slice(), "XLSX"),
            (b"%PDF-1.7", "PDF"),
            (b"a\0b", "binary"),
            (b"\xe9\x01", "binary"),
            (b"\xff\xfea", "UTF-16"),
        ] {
            let error = decode(bytes).expect_err("no text");
            assert!(error.contains(word), "{error}");
        }
    }
}
