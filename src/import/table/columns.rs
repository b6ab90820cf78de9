//! What a table is, and what each of its columns holds.

mod header;
mod stats;

use std::collections::BTreeSet;

use crate::domain::{Participation, Scheme};

use super::{Cell, Grid, GridRow, MAX_COLUMNS, cell, cut, flat, legend, words};
use header::{header, is_caption, names};
use stats::Stats;

/// The most rows before the header: captions and the like.
const MAX_LEAD: usize = 30;
/// The room for the number behind a name that another column has, too, in characters.
const ROOM_FOR_NUMBER: usize = 10;
/// How many rows below a header are looked at to tell that it is one.
const SAMPLE: usize = 200;
/// The longest cell of a column of marks and codes, in characters.
const MAX_CODE: usize = 16;

/// What a table is.
#[derive(Debug)]
pub(super) enum Kind {
    /// A matrix.
    Matrix(Layout),
    /// No matrix, and why.
    Other(String),
    /// Something with letters in it that is not understood, and why.
    Unreadable(String),
}

/// How a matrix is laid out.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// The index of the header row; what stands before it is a caption.
    pub(super) header: usize,
    /// What each column holds.
    pub(super) columns: Vec<Column>,
    /// Whether the table lies on its side, parties in its rows.
    pub(super) turned: bool,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// What has to be done.
    Activity(String),
    /// Somebody's part in it.
    Party(String),
    /// The parties that have this part in it.
    Holders(Participation, String),
    /// A number or code.
    Number(String),
    /// Ticks: whether the row is about this.
    Applies(String),
    /// What the row belongs to, often only in the first row of several.
    Group(String),
    /// A remark.
    Remark(String),
    /// Nothing.
    Blank,
}

impl Kind {
    /// The parties that have a column of their own.
    pub(super) fn parties(&self) -> impl Iterator<Item = &str> {
        let columns = match self {
            Self::Matrix(layout) => layout.columns.as_slice(),
            Self::Other(_) | Self::Unreadable(_) => &[],
        };
        columns.iter().filter_map(|column| match column {
            Column::Party(name) => Some(name.as_str()),
            _ => None,
        })
    }
}

impl Layout {
    /// The headers as one reads them.
    pub(super) fn title(&self) -> String {
        let headers: Vec<&str> = self.columns.iter().map(Column::header).collect();
        cut(&headers.join(" | "), 120)
    }

    /// The index of the activity column.
    pub(super) fn activity(&self) -> Option<usize> {
        self.columns.iter().position(|column| matches!(column, Column::Activity(_)))
    }
}

impl Column {
    /// The header of the column.
    pub(super) fn header(&self) -> &str {
        match self {
            Self::Activity(name)
            | Self::Party(name)
            | Self::Holders(_, name)
            | Self::Number(name)
            | Self::Applies(name)
            | Self::Group(name)
            | Self::Remark(name) => name,
            Self::Blank => "",
        }
    }
}

/// What a table is; `known` are the folded names of parties of other tables.
pub(super) fn recognise(grid: &Grid, scheme: Scheme, known: &BTreeSet<String>) -> Kind {
    let rows = &grid.rows;
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    if width > MAX_COLUMNS {
        return Kind::Unreadable(format!("a table of {width} columns, {MAX_COLUMNS} are read"));
    }
    if let [header] = rows.as_slice() {
        return if header_of_matrix(header) {
            Kind::Other("a header without rows".to_owned())
        } else {
            Kind::Other("no matrix: a single row".to_owned())
        };
    }
    if legend::of_rows(rows).is_some() {
        return Kind::Other("legend".to_owned());
    }
    if rows.iter().skip(1).all(|row| row.cells.iter().all(Cell::is_blank)) {
        return Kind::Other("a header above empty rows".to_owned());
    }
    if let Some(layout) = plain(rows, width, scheme).or_else(|| holders(rows, width, scheme)) {
        return Kind::Matrix(layout);
    }
    let Some(header) = header(rows, width) else {
        let with_letters = rows
            .iter()
            .find(|row| row.cells.iter().skip(1).any(|cell| cell::looks_like_letters(&cell.text)));
        return match with_letters.filter(|_| looks_like_matrix(rows, width)) {
            Some(row) => Kind::Unreadable(format!(
                "letters in line {}, but no header that names parties above them",
                row.line
            )),
            None => Kind::Other("no matrix: no column of letters".to_owned()),
        };
    };
    layout(rows, header, width, known)
}

/// The layout of a table that leaves nothing to guess: its header names the activities first, or
/// right behind what they belong to, remarks at most last, and all between is letters or nothing.
fn plain(rows: &[GridRow], width: usize, scheme: Scheme) -> Option<Layout> {
    let (header, below) = rows.split_first()?;
    let name = |cell: &Cell| cut(&cell.flat(), super::MAX_SHORT);
    let names: Vec<String> = header.cells.iter().map(name).collect();
    let is_activity = |name: &String| words::names_activity(name) == 2;
    let activity = names.iter().take(2).position(is_activity)?;
    let grouped = activity == 0 || words::names_group(&names[0]);
    let is_other = |name: &str| {
        words::names_remark(name) || words::names_number(name) || words::names_group(name)
    };
    let remark = names.last().is_some_and(|name| words::names_remark(name));
    let parties = activity + 1..width - usize::from(remark);
    let whole = names.len() == width && names.iter().all(|name| !name.is_empty());
    if !whole
        || !grouped
        || parties.is_empty()
        || names[parties.clone()].iter().any(|n| is_other(n))
    {
        return None;
    }
    let mut any = false;
    for text in below.iter().flat_map(|row| parties.clone().filter_map(|c| row.cells.get(c))) {
        let reading = cell::read(&text.text, scheme).ok()?;
        any |= !reading.participations.is_empty();
    }
    let column = |(index, name): (usize, String)| match index {
        _ if index < activity => Column::Group(name),
        _ if index == activity => Column::Activity(name),
        _ if index < parties.end => Column::Party(name),
        _ => Column::Remark(name),
    };
    let columns = names.into_iter().enumerate().map(column).collect();
    any.then(|| Layout { header: 0, columns: distinct(columns), turned: false })
}

/// Whether a row names an activity column and, by its length, parties.
fn header_of_matrix(header: &GridRow) -> bool {
    header.cells.len() > 1 && names_activity(header)
}

fn names_activity(header: &GridRow) -> bool {
    header.cells.iter().any(|cell| words::names_activity(&cell.flat()) == 2)
}

/// Whether a table has a column that is mostly letters.
fn looks_like_matrix(rows: &[GridRow], width: usize) -> bool {
    (1..width).any(|column| Stats::of(rows, column).mostly_letters())
}

/// Whether the only letters stand before the activities, each once: what is left of a legend that
/// is not understood.
fn explains_letters(below: &[GridRow], columns: &[Column], activity: usize) -> bool {
    let is_party = |column: &usize| matches!(columns[*column], Column::Party(_));
    let parties: Vec<usize> = (0..columns.len()).filter(is_party).collect();
    let [only] = parties.as_slice() else { return false };
    let cells = below.iter().filter_map(|row| row.cells.get(*only)).map(Cell::flat);
    let letters: Vec<String> = cells.filter(|text| cell::is_run_of_letters(text)).collect();
    let distinct = letters.iter().collect::<BTreeSet<_>>().len() == letters.len();
    let single = letters.iter().all(|text| text.chars().count() == 1);
    *only < activity && letters.len() > 2 && distinct && single
}

/// The layout of a table with a header row whose columns of letters are known.
fn layout(rows: &[GridRow], header: usize, width: usize, known: &BTreeSet<String>) -> Kind {
    let below = &rows[header + 1..];
    let stats: Vec<Stats> = (0..width).map(|column| Stats::of(below, column)).collect();
    let names = names(rows, header, width);
    let is_party = |column: usize| {
        stats[column].mostly_letters()
            && !words::names_remark(&names[column])
            && !words::names_number(&names[column])
            && words::names_activity(&names[column]) < 2
    };
    let Some(activity) = activity(&stats, &names, is_party) else {
        return Kind::Unreadable("no column says what has to be done".to_owned());
    };
    let turned = activity == 0
        && words::names_parties(&names[0])
        && (1..width).all(|column| is_party(column) || stats[column].filled == 0);
    let column = |column: usize| {
        let name = cut(&names[column], super::MAX_SHORT);
        match column {
            _ if column == activity => Column::Activity(name),
            _ if is_party(column) => Column::Party(name),
            _ if column < activity => before_activity(&stats[column], name),
            _ => behind_activity(&stats[column], name, known),
        }
    };
    let columns = distinct((0..width).map(column).collect());
    if explains_letters(below, &columns, activity) {
        return Kind::Other("no matrix: it explains letters".to_owned());
    }
    if !columns.iter().any(|column| matches!(column, Column::Party(_))) {
        return Kind::Other("no matrix: no party has a column".to_owned());
    }
    Kind::Matrix(Layout { header, columns, turned })
}

/// The column that says what has to be done: by its header, else the one with the most to say.
fn activity(
    stats: &[Stats],
    headers: &[String],
    is_party: impl Fn(usize) -> bool,
) -> Option<usize> {
    let filled =
        || (0..stats.len()).filter(|&column| stats[column].filled > 0 && !is_party(column));
    let texts = || filled().filter(|&column| !stats[column].all(stats[column].ticks));
    let names = |column: &usize, sureness| words::names_activity(&headers[*column]) == sureness;
    let by_name =
        filled().find(|column| names(column, 2)).or(texts().find(|column| names(column, 1)));
    if by_name.is_some() {
        return by_name;
    }
    let first_party = (0..stats.len()).find(|&column| is_party(column)).unwrap_or(0);
    let telling = |&column: &usize| {
        let (stats, name) = (&stats[column], &headers[column]);
        let is_number = stats.all(stats.codes) || words::names_number(name) && !name.is_empty();
        let says = !is_number && !words::names_remark(name) && !words::names_group(name);
        (column < first_party, says, !is_number, stats.distinct, std::cmp::Reverse(column))
    };
    texts().max_by_key(telling)
}

fn before_activity(stats: &Stats, name: String) -> Column {
    if stats.filled == 0 {
        Column::Blank
    } else if stats.all(stats.ticks) {
        Column::Applies(name)
    } else if (stats.all(stats.codes) || words::names_number(&name)) && !words::names_group(&name) {
        Column::Number(name)
    } else {
        Column::Group(name)
    }
}

fn behind_activity(stats: &Stats, name: String, known: &BTreeSet<String>) -> Column {
    let is_known = known.contains(&words::fold(&name));
    let remark = words::names_remark(&name);
    if is_known {
        Column::Party(name)
    } else if stats.all(stats.ticks) {
        Column::Applies(name)
    } else if stats.filled == 0 {
        if remark || name.is_empty() { Column::Blank } else { Column::Party(name) }
    } else if !remark && stats.letters > 0 && stats.longest <= MAX_CODE && !name.is_empty() {
        Column::Party(name)
    } else {
        Column::Remark(name)
    }
}

/// Gives a number to a party whose name another column of the table has already.
fn distinct(mut columns: Vec<Column>) -> Vec<Column> {
    let mut seen = BTreeSet::new();
    for (index, column) in columns.iter_mut().enumerate() {
        if let Column::Party(name) = column {
            if name.is_empty() {
                *name = format!("Column {}", index + 1);
            }
            let base = cut(name, super::MAX_SHORT - ROOM_FOR_NUMBER);
            let mut count = 1;
            while !seen.insert(words::fold(name)) {
                count += 1;
                *name = format!("{base} ({count})");
            }
        }
    }
    columns
}

/// The layout of a table whose columns are participations and whose cells name parties.
fn holders(rows: &[GridRow], width: usize, scheme: Scheme) -> Option<Layout> {
    let header = (0..rows.len().saturating_sub(1).min(MAX_LEAD)).find(|&row| {
        let found = rows[row].cells.iter().filter_map(|cell| cell::heading(&cell.text, scheme));
        let found: Vec<Participation> = found.collect();
        let key = found.contains(&scheme.doer()) || found.contains(&scheme.owner());
        let leads = rows[..row].iter().all(|lead| is_caption(lead, &rows[row]));
        found.len() >= 2 && key && found.len() < rows[row].cells.len() && leads
    })?;
    let below = &rows[header + 1..];
    // Rows of a delimited file may be longer than its header.
    let name = |column: usize| rows[header].cells.get(column).map(Cell::flat).unwrap_or_default();
    let names: Vec<String> = (0..width).map(name).collect();
    let heading = |column: usize| names.get(column).and_then(|name| cell::heading(name, scheme));
    let stats: Vec<Stats> = (0..width).map(|column| Stats::of(below, column)).collect();
    if (0..width).any(|column| heading(column).is_some() && stats[column].mostly_letters()) {
        return None;
    }
    let activity = activity(&stats, &names, |column| heading(column).is_some())?;
    let columns = (0..width).map(|column| {
        let name = names.get(column).map(|name| flat(name)).unwrap_or_default();
        match heading(column) {
            Some(participation) => Column::Holders(participation, name),
            None if column == activity => Column::Activity(name),
            None if column < activity => before_activity(&stats[column], name),
            None => Column::Remark(name),
        }
    });
    Some(Layout { header, columns: columns.collect(), turned: false })
}
