//! A page's Markdown to headings, texts and tables with their lines.

use std::mem;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::inline::Inline;
use crate::import::outcome::Report;
use crate::import::table::{Block, Cell, Grid, GridRow, MAX_ROWS, cell, flat, footnote};

/// The blocks of a page whose first line has the number `first_line`.
pub(super) fn read(text: &str, first_line: u32, report: &mut Report) -> Vec<Block> {
    let mut reader = Reader::new(text, first_line);
    reader.read(report);
    if reader.rows_read > MAX_ROWS {
        report.left(0, format!("more than {MAX_ROWS} rows of tables; the rest is not read"));
    }
    reader.blocks
}

struct Reader<'a> {
    text: &'a str,
    first_line: u32,
    /// Where each line begins.
    starts: Vec<usize>,
    blocks: Vec<Block>,
    inline: Inline,
    /// The line and the bullet of the list item that is being read.
    item: Option<(u32, Option<char>)>,
    /// The label of the footnote that is being read.
    footnote: Option<String>,
    grid: Grid,
    cells: Vec<Cell>,
    /// Text that stands right below the last row of the table being read.
    glued: Vec<(u32, String)>,
    rows_read: usize,
    /// Whether what is read are rows that lost their header, below one made up for them.
    made_up: bool,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, first_line: u32) -> Self {
        let line_feeds = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            first_line,
            starts: std::iter::once(0).chain(line_feeds).collect(),
            blocks: Vec::new(),
            inline: Inline::default(),
            item: None,
            footnote: None,
            grid: Grid::default(),
            cells: Vec::new(),
            glued: Vec::new(),
            rows_read: 0,
            made_up: false,
        }
    }

    fn read(&mut self, report: &mut Report) {
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
        for (event, range) in Parser::new_ext(self.text, options).into_offset_iter() {
            self.event(event, range, report);
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>, report: &mut Report) {
        match event {
            Event::Start(tag) => self.start(tag, range, report),
            Event::End(tag) => self.end(tag, range, report),
            other => {
                let literal = self.is_literal(&other, &range);
                self.inline.event(other, literal);
            }
        }
    }

    /// Whether the first character of a text stands for itself: it is escaped, a reference, or code.
    fn is_literal(&self, event: &Event<'_>, range: &Range<usize>) -> bool {
        let Event::Text(text) = event else { return matches!(event, Event::Code(_)) };
        let written = &self.text[range.clone()];
        let is_as_written = text.chars().next() == written.chars().next();
        !is_as_written || self.text[..range.start].ends_with('\\')
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>, report: &mut Report) {
        let line = self.line(range.start);
        match tag {
            Tag::Heading { .. } | Tag::Paragraph | Tag::List(_) | Tag::BlockQuote(_) => {
                self.end_of_item_text();
            }
            Tag::Item => {
                self.end_of_item_text();
                self.item = Some((line, self.text[range].chars().next()));
            }
            Tag::FootnoteDefinition(label) => self.footnote = Some(label.into_string()),
            Tag::Table(_) => {
                self.end_of_item_text();
                self.grid = Grid::default();
            }
            Tag::TableCell => self.inline = Inline::default(),
            Tag::HtmlBlock => html(&self.text[range], line, report),
            other => self.inline.start(&other),
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>, report: &mut Report) {
        match tag {
            TagEnd::Heading(level) => {
                let inline = mem::take(&mut self.inline);
                let (level, literal) = (level as u8, inline.is_literal());
                let text = flat(&inline.into_cell().text);
                self.blocks.push(Block::Heading { level, text, literal });
            }
            TagEnd::Paragraph => {
                let cell = mem::take(&mut self.inline).into_cell();
                self.paragraph(range, cell.text, report);
            }
            TagEnd::Item => {
                self.end_of_item_text();
                self.item = None;
            }
            TagEnd::FootnoteDefinition => self.footnote = None,
            TagEnd::TableCell => self.cells.push(mem::take(&mut self.inline).into_cell()),
            TagEnd::TableHead | TagEnd::TableRow => self.row(range),
            TagEnd::Table => {
                self.blocks.push(Block::Grid(mem::take(&mut self.grid)));
                for (line, text) in mem::take(&mut self.glued) {
                    self.push_text(line, text, None);
                }
            }
            TagEnd::HtmlBlock => self.inline = Inline::default(),
            TagEnd::CodeBlock => self.code(range, report),
            other => self.inline.end(other),
        }
    }

    /// A block of code, in which legends are written too.
    fn code(&mut self, range: Range<usize>, report: &mut Report) {
        let line = self.line(range.start);
        let text = mem::take(&mut self.inline).into_cell().text;
        if text.lines().filter(|line| line.matches('|').count() > 1).count() > 1 {
            report.noted(line, "a table in a block of code is not read");
        } else {
            self.blocks.push(Block::Text { line, text, sign: None });
        }
    }

    fn row(&mut self, range: Range<usize>) {
        let raw = &self.text[range.clone()];
        let line = self.line(range.start);
        let cells = mem::take(&mut self.cells);
        if !raw.contains('|') {
            let text = cells.into_iter().next().unwrap_or_default().text;
            self.glued.push((line, text));
            return;
        }
        let excess = raw_cells(raw).into_iter().skip(cells.len()).filter(|cell| !cell.is_empty());
        let excess = excess.map(str::to_owned).collect();
        self.rows_read += 1;
        if self.rows_read <= MAX_ROWS {
            self.grid.rows.push(GridRow { line, cells, excess, apart: false });
        }
    }

    fn paragraph(&mut self, range: Range<usize>, text: String, report: &mut Report) {
        let line = self.line(range.start);
        let raw = self.text[range].trim_end();
        let is_rows = !self.made_up && raw.lines().all(|line| line.contains('|'));
        let begin_alike = is_rows && raw.lines().all(|line| line.trim_start().starts_with('|'));
        match self.blocks.last_mut() {
            Some(Block::Grid(grid)) if is_rows && width(grid) > 1 => {
                let rows = rows_of(raw, width(grid), line, true);
                tell_missing(raw, line, &rows, report);
                self.rows_read += rows.len();
                if self.rows_read <= MAX_ROWS {
                    grid.rows.extend(rows);
                }
            }
            _ if begin_alike && raw.lines().count() > 1 && raw_width(raw) > 1 => {
                let rows = rows_of(raw, raw_width(raw), line, false);
                tell_missing(raw, line, &rows, report);
                self.rows_read += rows.len();
                if self.rows_read <= MAX_ROWS && !rows.is_empty() {
                    self.blocks.push(Block::Grid(Grid { rows }));
                }
            }
            _ => {
                let bullet = self.item.and_then(|(_, bullet)| bullet);
                for (at, note) in footnote::split(&text) {
                    self.push_text(line.saturating_add(at), note, bullet);
                }
            }
        }
    }

    /// Pushes the text of a list item that is not in a paragraph of its own.
    fn end_of_item_text(&mut self) {
        let text = mem::take(&mut self.inline).into_cell().text;
        if let Some((line, bullet)) = self.item.filter(|_| !text.trim().is_empty()) {
            self.push_text(line, text, bullet);
        }
    }

    fn push_text(&mut self, line: u32, text: String, bullet: Option<char>) {
        let behind_table = match self.blocks.last() {
            Some(Block::Grid(_)) => true,
            Some(Block::Text { sign, .. }) => sign.is_some(),
            _ => false,
        };
        let (sign, text) = match (&self.footnote, footnote::signed(&text)) {
            (Some(label), _) => (Some(label.clone()), text),
            (None, Some((sign, rest))) => (Some(sign), rest),
            // A footnote that begins with an asterisk and a space is a list for Markdown.
            (None, None) if bullet == Some('*') && behind_table => (Some("*".to_owned()), text),
            (None, None) => (None, text),
        };
        self.blocks.push(Block::Text { line, text, sign });
    }

    fn line(&self, offset: usize) -> u32 {
        let index = self.starts.partition_point(|&start| start <= offset);
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        self.first_line.saturating_add(index).saturating_sub(1)
    }
}

/// A table in HTML is told of; as a loss, where it holds letters.
fn html(text: &str, line: u32, report: &mut Report) {
    if !text.to_ascii_lowercase().contains("<table") {
        return;
    }
    let mut texts = text.split('<').filter_map(|part| part.split_once('>'));
    if texts.any(|(_, text)| cell::is_surely_letters(text)) {
        let hint = "write it as a Markdown table";
        report.left_with_hint(line, "a table written in HTML is not read", hint);
    } else {
        report.noted(line, "no matrix: a table written in HTML, without letters");
    }
}

fn width(grid: &Grid) -> usize {
    grid.rows.first().map_or(0, |row| row.cells.len())
}

/// The most cells in a line of a text.
fn raw_width(raw: &str) -> usize {
    raw.lines().map(|line| raw_cells(line).len()).max().unwrap_or(0)
}

/// The rows in lines that a header does not stand above.
fn rows_of(raw: &str, width: usize, line: u32, apart: bool) -> Vec<GridRow> {
    let lines = raw.lines().map(str::trim_start).collect::<Vec<_>>().join("\n");
    let text = format!("{}\n{}\n{lines}\n", "|a".repeat(width), "|-".repeat(width));
    let mut reader = Reader::new(&text, 1);
    reader.made_up = true;
    reader.read(&mut Report::default());
    let Some(Block::Grid(grid)) = reader.blocks.into_iter().next() else { return Vec::new() };
    let rows = grid.rows.into_iter().filter(|row| row.line > 2);
    rows.map(|row| GridRow { line: line.saturating_add(row.line - 3), apart, ..row }).collect()
}

/// Reports the lines that were taken for rows and are none: a list may begin among them.
fn tell_missing(raw: &str, line: u32, rows: &[GridRow], report: &mut Report) {
    for line in (line..).take(raw.lines().count()) {
        if !rows.iter().any(|row| row.line == line) {
            report.left(line, "a line with `|` that belongs to no table");
        }
    }
}

/// The cells of a row as they stand in the file.
fn raw_cells(raw: &str) -> Vec<&str> {
    let raw = raw.trim();
    let raw = raw.strip_prefix('|').unwrap_or(raw);
    let mut cells = Vec::new();
    let mut start = 0;
    for (at, _) in raw.match_indices('|') {
        if !raw[..at].ends_with('\\') {
            cells.push(raw[start..at].trim());
            start = at + 1;
        }
    }
    if !raw[start..].trim().is_empty() {
        cells.push(raw[start..].trim());
    }
    cells
}
