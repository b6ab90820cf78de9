//! A file's bytes to text, and its path to what it says of the service.

use std::path::Path;

use super::Document;

/// The largest file that is read, in bytes.
const MAX_FILE: usize = 4 << 20;

/// How files begin that are no text whatever their name, and what they are.
const MAGIC: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "a ZIP archive, such as XLSX, ODS or DOCX"),
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "a document of an old Office"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\x7fELF", "a program"),
];

/// The text of a file with line feeds alone at its line ends; the error says what the file is.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, String> {
    if bytes.len() > MAX_FILE {
        return Err(format!("the file is larger than {} MiB", MAX_FILE >> 20));
    }
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(format!("the file is {what}, not text"));
    }
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        _ if bytes.contains(&0) => return Err("the file is binary, not text".to_owned()),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => return Err("the file is not UTF-8".to_owned()),
        },
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
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

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, String> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    text.map_err(|_| "the file is not the UTF-16 that it says it is".to_owned())
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
            assert_eq!(decode(bytes).as_deref(), Ok("a\nb\n"), "{bytes:?}");
        }
    }

    #[test]
    fn what_is_no_text_is_named() {
        for (bytes, word) in
            [(b"PK\x03\x04..".as_slice(), "XLSX"), (b"%PDF-1.7", "PDF"), (b"a\0b", "binary")]
        {
            let error = decode(bytes).expect_err("no text");
            assert!(error.contains(word), "{error}");
        }
    }
}
