//! The text of a heading, paragraph or cell: what is read of it, without its mark-up.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::import::table::Cell;

/// A text in the making.
#[derive(Debug, Default)]
pub(super) struct Inline {
    text: String,
    bold: u32,
    /// Whether something of it is bold, and whether something is not.
    has_bold: bool,
    has_plain: bool,
    raised: bool,
    /// Where in the text characters are that stand for themselves, in bytes.
    literal: Vec<usize>,
    marks: Vec<String>,
}

impl Inline {
    /// Takes the start of an inline tag.
    pub(super) fn start(&mut self, tag: &Tag<'_>) {
        if matches!(tag, Tag::Strong) {
            self.bold += 1;
        }
    }

    /// Takes the end of an inline tag.
    pub(super) fn end(&mut self, tag: TagEnd) {
        if matches!(tag, TagEnd::Strong) {
            self.bold = self.bold.saturating_sub(1);
        }
    }

    /// Takes an event without an end of its own. A `literal` one begins with a character that is no
    /// mark-up, whatever it looks like.
    pub(super) fn event(&mut self, event: Event<'_>, literal: bool) {
        match event {
            Event::Text(text) if self.raised => self.marks.push(text.trim().to_owned()),
            Event::Text(text) | Event::Code(text) => {
                self.literal.extend(literal.then_some(self.text.len()));
                self.push(&text);
            }
            Event::SoftBreak | Event::HardBreak => self.text.push('\n'),
            Event::InlineHtml(tag) => self.html(&tag),
            Event::FootnoteReference(label) => self.marks.push(label.into_string()),
            _ => {}
        }
    }

    /// Whether what could end a number, or a title, is escaped.
    pub(super) fn is_literal(&self) -> bool {
        let signs = [')', ' ', ':'];
        self.literal.iter().any(|&at| self.text[at..].starts_with(signs))
    }

    /// The whole text; without kramdown's `{.attributes}`.
    pub(super) fn into_cell(self) -> Cell {
        Cell {
            text: without_attributes(&self.text, &self.literal),
            bold: self.has_bold && !self.has_plain,
            marks: self.marks,
        }
    }

    fn push(&mut self, text: &str) {
        if text.contains(|c: char| !c.is_whitespace()) {
            self.has_bold |= self.bold > 0;
            self.has_plain |= self.bold == 0;
        }
        self.text.push_str(text);
    }

    fn html(&mut self, tag: &str) {
        let tag = tag.to_ascii_lowercase();
        if tag.starts_with("<br") {
            self.text.push('\n');
        } else if tag.starts_with("<sup") {
            self.raised = true;
        } else if tag.starts_with("</sup") {
            self.raised = false;
        }
    }
}

/// A text without `{.attributes}`, except those whose brace is at one of the `literal` places.
fn without_attributes(text: &str, literal: &[usize]) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let (before, from) = rest.split_at(start);
        kept.push_str(before);
        let is_attribute = from[1..].starts_with(['.', '#', ':'])
            && literal.binary_search(&(text.len() - from.len())).is_err();
        match from.find('}').filter(|_| is_attribute) {
            Some(end) => rest = &from[end + 1..],
            None => {
                kept.push('{');
                rest = &from[1..];
            }
        }
    }
    kept.push_str(rest);
    kept.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_go_and_other_braces_stay() {
        assert_eq!(without_attributes("a{.external} b {#c}", &[]), "a b");
        assert_eq!(without_attributes("{name} {.open", &[]), "{name} {.open");
        assert_eq!(without_attributes("é {.a} {.b}", &[3]), "é {.a}");
    }
}
