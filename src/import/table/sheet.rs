//! Rows of a spreadsheet or a delimited file to headings, texts and tables: what Markdown marks, a
//! sheet shows only by where things stand.

use std::collections::BTreeSet;
use std::mem;

use super::{Block, Cell, Grid, GridRow, MAX_REMARK, cell, cut, footnote, legend, words};
use crate::import::date;

/// The most rows of `Key | value` before a table that are taken for what the sheet says of itself.
const MAX_PAIRS: usize = 12;
/// How many rows are looked at for the one that says what those before it are.
const MAX_LEAD: usize = 50;
/// The keys whose value is the title.
const TITLES: &[&str] = &[
    "title",
    "titre",
    "service",
    "project",
    "projet",
    "projekt",
    "system",
    "application",
    "product",
];
/// What remarks below a table begin with.
const REMARKS: &[&str] =
    &["note", "remark", "remarque", "legend", "key", "source", "version", "author", "last updated"];

/// What a sheet says of itself, and its parts in order.
#[derive(Debug, Default)]
pub(in crate::import) struct Sheet {
    pub(in crate::import) title: Option<String>,
    pub(in crate::import) blocks: Vec<Block>,
}

/// The parts of a sheet. A row without content stands for any number of them.
pub(in crate::import) fn read(mut rows: Vec<GridRow>) -> Sheet {
    without_blank_columns(&mut rows);
    let mut reader = Reader::default();
    let (mut islands, mut legends) = (Vec::new(), Vec::new());
    for island in rows.split(GridRow::is_blank).filter(|island| !island.is_empty()) {
        let (island, aside) = split_aside(island);
        islands.push(island);
        legends.extend(aside.map(|rows| Block::Grid(Grid { rows })));
    }
    let ends = islands.iter().scan(0, |end, island| {
        *end += island.len();
        Some(*end)
    });
    let (ends, rows): (Vec<usize>, Vec<GridRow>) = (ends.collect(), islands.concat());
    let mut start = 0;
    for end in ends {
        reader.island(&rows[start..], end - start);
        start = end;
    }
    let mut sheet = reader.finish();
    sheet.blocks.extend(legends);
    sheet
}

impl GridRow {
    fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }

    /// The columns that something stands in.
    fn filled(&self) -> Vec<usize> {
        (0..self.cells.len()).filter(|&column| !self.cells[column].is_blank()).collect()
    }

    /// The only text in it.
    fn only(&self) -> Option<&Cell> {
        match self.filled().as_slice() {
            [only] => self.cells.get(*only),
            _ => None,
        }
    }

    fn has_letters(&self) -> bool {
        self.cells.iter().skip(1).any(|cell| cell::looks_like_letters(&cell.text))
    }

    fn texts(&self) -> Vec<String> {
        self.cells.iter().map(Cell::flat).collect()
    }
}

#[derive(Default)]
struct Reader {
    sheet: Sheet,
    /// The table that rows may still belong to.
    open: Grid,
    /// The header of the open table.
    header: Vec<String>,
    /// Rows of one text, until it is known what they stand above.
    lead: Vec<GridRow>,
    /// The text that the sheet begins with, if it stands right above a table.
    first: Option<String>,
    headings: usize,
}

impl Reader {
    /// Takes the first rows, as many as stand together.
    fn island(&mut self, rows: &[GridRow], count: usize) {
        let last = rows[..count].iter().rposition(|row| row.only().is_none());
        let mut joined = false;
        let mut at = 0;
        while at < count {
            let (row, rest) = (&rows[at], &rows[at..]);
            let legend = legend::run(&rest[..count - at]);
            if legend > 0 {
                self.close();
                self.sheet.blocks.push(Block::Grid(Grid { rows: rest[..legend].to_vec() }));
                (joined, at) = (false, at + legend);
                continue;
            }
            at += 1;
            if let Some(text) = legend::lying_along(row) {
                self.close();
                self.sheet.blocks.push(Block::Text { line: row.line, text, sign: None });
                joined = false;
                continue;
            }
            if row.only().is_some() {
                self.single(row, rest, joined, last.is_none_or(|last| at > last));
                continue;
            }
            if is_header(rest) && self.may_begin(row, joined) {
                self.begin(row);
            } else if !joined && (self.header.is_empty() || !row.has_letters()) {
                self.begin_without_header();
            }
            let apart = !joined && !self.open.rows.is_empty();
            self.take(row, apart);
            joined = true;
        }
    }

    /// A row of one text: a title, a heading, a group of rows, a remark.
    fn single(&mut self, row: &GridRow, rest: &[GridRow], joined: bool, is_last: bool) {
        let next = rest.iter().take(MAX_LEAD).position(|row| row.only().is_none());
        let leads = next.is_some_and(|next| is_header(&rest[next..]));
        let text = row.only().map(Cell::flat).unwrap_or_default();
        if joined && !leads && !(is_last && is_remark(&text)) {
            self.take(row, false);
        } else {
            self.lead.push(row.clone());
        }
    }

    /// Adds a row to the open table, and before it the single ones that turn out to be its groups.
    fn take(&mut self, row: &GridRow, apart: bool) {
        let lead = mem::take(&mut self.lead).into_iter();
        self.open.rows.extend(lead.map(|row| GridRow { apart, ..row }));
        self.open.rows.push(GridRow { apart, ..row.clone() });
    }

    /// A new table below its header.
    fn begin(&mut self, header: &GridRow) {
        self.close();
        let lead = mem::take(&mut self.lead);
        let count = lead.len();
        for (index, row) in lead.into_iter().enumerate() {
            let text = row.only().map(Cell::flat).unwrap_or_default();
            let speaks = legend::speaks(&text) || date::of_update(&text).is_some();
            let heads = index + 1 == count && !speaks;
            if heads && self.is_first() {
                self.first = Some(text);
            } else if heads {
                self.headings += 1;
                self.sheet.blocks.push(Block::Heading { level: 2, text, literal: false });
            } else {
                self.text(row.line, text);
            }
        }
        self.header = header.texts();
    }

    fn begin_without_header(&mut self) {
        self.close();
        self.texts();
    }

    /// Ends the open table.
    fn close(&mut self) {
        let grid = mem::take(&mut self.open);
        self.header.clear();
        if grid.rows.is_empty() {
            return;
        }
        if grid.rows.len() <= MAX_PAIRS && grid.rows.iter().all(is_pair) {
            for row in grid.rows {
                let texts: Vec<String> =
                    row.filled().into_iter().map(|c| row.cells[c].flat()).collect();
                self.pair(row.line, &texts);
            }
        } else {
            self.sheet.blocks.push(Block::Grid(grid));
        }
    }

    /// `Key | value`.
    fn pair(&mut self, line: u32, texts: &[String]) {
        let [key, value] = texts else { return self.text(line, texts.join(" ")) };
        if TITLES.contains(&words::fold(key).as_str()) && self.sheet.title.is_none() {
            self.sheet.title = Some(value.clone());
        }
        self.text(line, format!("{}: {value}", key.trim_end_matches(':').trim_end()));
    }

    fn texts(&mut self) {
        for row in mem::take(&mut self.lead) {
            let text = row.only().map(Cell::flat).unwrap_or_default();
            self.text(row.line, text);
        }
    }

    fn text(&mut self, line: u32, text: String) {
        let speaks = legend::speaks(&text) || date::of_update(&text).is_some();
        if self.is_first() && !speaks && self.sheet.title.is_none() {
            self.sheet.title = Some(text.clone());
        }
        let (sign, text) = match footnote::signed(&text) {
            Some((sign, rest)) => (Some(sign), rest),
            None => (None, text),
        };
        self.sheet.blocks.push(Block::Text { line, text, sign });
    }

    fn is_first(&self) -> bool {
        self.sheet.blocks.is_empty() && self.first.is_none()
    }

    /// Whether what looks like a header is one here: inside a table it has as many names as the
    /// last, or says `Activity`; else it is a row whose letters are still open.
    fn may_begin(&self, row: &GridRow, joined: bool) -> bool {
        if self.repeats_header(row) || self.is_above_header(joined) {
            return false;
        }
        let names = self.header.iter().filter(|name| !name.is_empty()).count();
        let says_so = row.cells.iter().any(|cell| words::names_activity(&cell.flat()) == 2);
        // Behind a header that says `Activity`, the next one would say it, too.
        let said = self.header.iter().any(|text| words::names_activity(text) == 2);
        let as_full = !said && row.filled().len() >= names;
        !joined || self.header.is_empty() || says_so || as_full
    }

    fn repeats_header(&self, row: &GridRow) -> bool {
        !self.open.rows.is_empty() && self.header == row.texts()
    }

    /// Whether the open table is a row above the header that says to whom its columns belong.
    fn is_above_header(&self, joined: bool) -> bool {
        let [row] = self.open.rows.as_slice() else { return false };
        let texts: Vec<String> = row.texts().into_iter().filter(|text| !text.is_empty()).collect();
        let repeats = texts.iter().collect::<BTreeSet<_>>().len() < texts.len();
        let leaves_out = row.cells.first().is_none_or(Cell::is_blank);
        joined && (repeats || leaves_out) && !row.has_letters()
    }

    fn finish(mut self) -> Sheet {
        self.close();
        self.texts();
        let Self { mut sheet, first, headings, .. } = self;
        sheet.title = sheet.title.map(|title| cut(&title, MAX_REMARK));
        if let Some(text) = first {
            // One of several headings, or else the title.
            if headings > 0 {
                sheet.blocks.insert(0, Block::Heading { level: 2, text, literal: false });
            } else {
                sheet.title = sheet.title.or(Some(cut(&text, MAX_REMARK)));
            }
        }
        sheet
    }
}

/// Whether the first of these rows names the columns of letters, or of those who hold one, below it.
fn is_header(rows: &[GridRow]) -> bool {
    let Some((header, below)) = rows.split_first() else { return false };
    let filled = header.filled();
    let below = &below[..below.len().min(MAX_LEAD)];
    let Some(next) = below.iter().find(|row| row.only().is_none()) else { return false };
    let under = |row: &GridRow, test: fn(&str) -> bool| {
        filled.iter().skip(1).any(|&column| row.cells.get(column).is_some_and(|c| test(&c.text)))
    };
    if filled.len() < 2 {
        return false;
    }
    let cells = || header.cells.iter().filter(|cell| !cell.is_blank());
    let names_activity = cells().any(|cell| words::names_activity(&cell.flat()) == 2);
    let letters = cells().filter(|cell| cell::is_surely_letters(&cell.text)).count();
    let ticks = cells().any(|cell| words::is_tick(&cell.text));
    let below = || below.iter().filter(|row| row.only().is_none()).take(3);
    if below().any(|row| under(row, cell::is_surely_letters)) {
        return names_activity || (letters == 0 && !ticks);
    }
    // Below a header of activities `DAI` is no role's initials.
    if names_activity && below().any(|row| under(row, cell::looks_like_letters)) {
        return true;
    }
    let parts = cells().filter(|cell| cell::looks_like_letters(&cell.text)).count();
    let is_name = |text: &str| !words::is_nothing(text) && !cell::looks_like_letters(text);
    // Words as `Responsible`, or letters beside the header of activities; a row has neither.
    let in_words = cells().all(|cell| !cell::is_run_of_letters(&cell.flat()));
    (in_words || names_activity) && parts >= 2 && parts < filled.len() && under(next, is_name)
}

fn is_pair(row: &GridRow) -> bool {
    row.filled().len() <= 2 && !row.has_letters()
}

/// Whether a text below a table is about the table.
fn is_remark(text: &str) -> bool {
    let folded = words::fold(text);
    let starts = REMARKS.iter().any(|word| {
        folded
            .strip_prefix(word)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', 's']))
    });
    let is_said = starts && text.contains(':');
    is_said
        || footnote::signed(text).is_some()
        || legend::speaks(text)
        || date::of_update(text).is_some()
}

/// The rows without a legend that stands beside them, beyond an empty column, and that legend.
fn split_aside(rows: &[GridRow]) -> (Vec<GridRow>, Option<Vec<GridRow>>) {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let is_gap =
        |column: usize| rows.iter().all(|row| row.cells.get(column).is_none_or(Cell::is_blank));
    for gap in (1..width).filter(|&column| is_gap(column)) {
        let right: Vec<GridRow> = rows
            .iter()
            .map(|row| GridRow {
                cells: row.cells.get(gap + 1..).unwrap_or(&[]).to_vec(),
                ..row.clone()
            })
            .filter(|row| !row.is_blank())
            .collect();
        if legend::of_rows(&right).is_some() {
            let left = rows.iter().map(|row| {
                let cells = row.cells.iter().take(gap).cloned().collect();
                GridRow { cells, ..row.clone() }
            });
            return (left.filter(|row| !row.is_blank()).collect(), Some(right));
        }
    }
    (rows.to_vec(), None)
}

/// Removes the columns in which nothing stands on the whole sheet, but for one between others.
fn without_blank_columns(rows: &mut [GridRow]) {
    let used: BTreeSet<usize> = rows.iter().flat_map(GridRow::filled).collect();
    let is_kept = |column: usize| {
        used.contains(&column)
            || (column > 0 && used.contains(&(column - 1)) && used.range(column..).next().is_some())
    };
    for row in rows {
        let mut column = 0;
        row.cells.retain(|_| {
            column += 1;
            is_kept(column - 1)
        });
    }
}
