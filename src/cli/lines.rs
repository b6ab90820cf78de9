//! Lines of an input that may be anything: of any length, not text, never ending.

use std::io::{self, BufRead, BufReader, Read};

/// What is kept of a line, in bytes; the rest of it is skipped.
pub(super) const MAX_LINE: usize = 16 * 1024;

/// Lines of an input.
#[derive(Debug)]
pub(super) struct Lines<R> {
    input: BufReader<R>,
}

impl<R: Read> Lines<R> {
    /// The lines of an input from here on.
    pub(super) fn new(input: R) -> Self {
        Self { input: BufReader::new(input) }
    }

    /// Whether another whole line has arrived already, so that reading it will not wait.
    pub(super) fn is_ready(&self) -> bool {
        self.input.buffer().contains(&b'\n')
    }

    /// The next line without its end; `None` at the end of the input. What is not UTF-8 is
    /// replaced, and what is over [`MAX_LINE`] is left out.
    pub(super) fn next(&mut self) -> io::Result<Option<String>> {
        let mut line = Vec::new();
        let mut started = false;
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                return Ok(started.then(|| text(line)));
            }
            started = true;
            let end = chunk.iter().position(|&byte| byte == b'\n');
            let part = &chunk[..end.unwrap_or(chunk.len())];
            line.extend_from_slice(&part[..part.len().min(MAX_LINE - line.len())]);
            let used = part.len() + usize::from(end.is_some());
            self.input.consume(used);
            if end.is_some() {
                return Ok(Some(text(line)));
            }
        }
    }
}

fn text(mut line: Vec<u8>) -> String {
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    let full = line.len() == MAX_LINE;
    let mut text = match String::from_utf8(line) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    };
    if full && text.ends_with(char::REPLACEMENT_CHARACTER) {
        // The cut went through a character.
        text.pop();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(input: &[u8]) -> Vec<String> {
        let mut lines = Lines::new(input);
        std::iter::from_fn(|| lines.next().expect("memory can be read")).collect()
    }

    #[test]
    fn lines_end_as_on_any_system_and_the_last_one_need_not() {
        assert_eq!(lines(b"a\n\r\n\nb\r\nc"), ["a", "", "", "b", "c"]);
        assert_eq!(lines(b""), [""; 0]);
        assert_eq!(lines(b"\n"), [""]);
    }

    #[test]
    fn what_is_not_text_is_replaced() {
        assert_eq!(lines(b"a\xff\nb\0"), ["a\u{fffd}", "b\0"]);
    }

    #[test]
    fn an_endless_line_is_cut_and_the_next_one_whole() {
        let mut input = "é".repeat(100_000).into_bytes();
        input.insert(0, b'x');
        input.extend_from_slice(b"\nnext\n");
        let lines = lines(&input);
        assert_eq!(lines.len(), 2);
        assert!(lines[0].len() <= MAX_LINE && lines[0].ends_with('é'));
        assert_eq!(lines[1], "next");
    }
}
