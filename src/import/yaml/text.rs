//! Bytes to text: what is wrong with a file before its first character means anything.

use std::path::Path;

use crate::import::source::{Mark, Source};

/// The largest file that is read, in bytes.
pub(crate) const MAX_FILE: usize = 4 << 20;

const UTF8_BOM: &str = "\u{feff}";

/// The text of a file, with everything already reported that is wrong with it as text.
pub(crate) fn decode<'a>(path: &'a Path, bytes: &'a [u8]) -> Source<'a> {
    if let Some((rule, message, hint)) = refused(bytes) {
        let mut source = Source::new(path, "");
        source.error(rule, Mark::default(), message).hint(hint);
        return source;
    }
    let valid = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    };
    let text = valid.strip_prefix(UTF8_BOM).unwrap_or(valid);
    let mut source = Source::new(path, text);
    if text.len() < valid.len() {
        source
            .warning("byte-order-mark", at(1, 1), "the file begins with a byte order mark")
            .hint("save it as UTF-8 without one");
    }
    if let Some(&byte) = bytes.get(valid.len()) {
        let line = count(text.split('\n').count());
        let column = count(text.rsplit('\n').next().unwrap_or_default().chars().count() + 1);
        source
            .error("not-utf-8", at(line, column), format!("byte 0x{byte:02X} is not UTF-8"))
            .hint("save the file as UTF-8");
    } else {
        characters(&mut source);
    }
    source
}

fn refused(bytes: &[u8]) -> Option<(&'static str, String, &'static str)> {
    if bytes.len() > MAX_FILE {
        let message = format!("the file is larger than {} MiB", MAX_FILE >> 20);
        return Some(("too-large", message, "split it: several files make a catalog"));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Some(("not-utf-8", "the file is UTF-16".to_owned(), "save the file as UTF-8"));
    }
    None
}

/// Tabs that indent, characters that nobody sees, and line ends of another system.
fn characters(source: &mut Source<'_>) {
    let mut told = false;
    for (number, line) in (1..).zip(source.text().split('\n')) {
        let line = match line.strip_suffix('\r') {
            Some(line) => {
                if !std::mem::replace(&mut told, true) {
                    let mark = at(number, count(line.chars().count()).max(1));
                    source
                        .warning("crlf", mark, "lines end in CR LF, as on Windows")
                        .hint("save the file with LF line ends");
                }
                line
            }
            None => line,
        };
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if indent < line.len()
            && let Some(tab) = line[..indent].find('\t')
        {
            source
                .error("tab", at(number, count(tab + 1)), "a tab in the indentation")
                .hint("indent with spaces");
        }
        let odd = line.char_indices().find(|&(_, c)| c.is_control() && c != '\t');
        if let Some((byte, c)) = odd {
            let column = count(line[..byte].chars().count() + 1);
            source.error("control-character", at(number, column), control(c)).hint("remove it");
        }
    }
}

/// The name of a control character in a message.
pub(crate) fn control(c: char) -> String {
    format!("a control character, U+{:04X}", c as u32)
}

fn at(line: u32, column: u32) -> Mark {
    Mark { line, column, width: 1 }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
