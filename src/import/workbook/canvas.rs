//! Cells by their places, merged ones spread out, to rows.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use crate::import::table::{Cell, GridRow, MAX_CELLS, MAX_ROWS, cell};

/// The most bytes of text that the cells of one sheet hold.
const MAX_TEXT: usize = 32 << 20;
/// The most columns that a sheet is read of, counted without empty ones.
const MAX_WIDTH: usize = 200;

/// The cells of a sheet. Rows and columns count from 0.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    rows: BTreeMap<usize, BTreeMap<usize, Cell>>,
    merged: Vec<Merged>,
    cells: usize,
    text: usize,
    /// Whether there was more than is read.
    pub(super) cut: bool,
}

/// A rectangle that is one cell to those who see it.
#[derive(Clone, Debug)]
pub(super) struct Merged {
    pub(super) rows: RangeInclusive<usize>,
    pub(super) columns: RangeInclusive<usize>,
}

impl Canvas {
    /// Writes a cell; what is empty stays away.
    pub(super) fn set(&mut self, row: usize, column: usize, cell: Cell) {
        if cell.text.trim().is_empty() {
            return;
        }
        let is_new_row = !self.rows.contains_key(&row);
        self.cells += 1;
        self.text += cell.text.len();
        if self.cells > MAX_CELLS / 4
            || self.text > MAX_TEXT
            || (is_new_row && self.rows.len() >= MAX_ROWS)
        {
            self.cut = true;
            return;
        }
        self.rows.entry(row).or_default().insert(column, cell);
    }

    /// Says that a rectangle is one cell.
    pub(super) fn merge(&mut self, merged: Merged) {
        let is_one = merged.rows.start() == merged.rows.end()
            && merged.columns.start() == merged.columns.end();
        if !is_one && self.merged.len() < MAX_ROWS {
            self.merged.push(merged);
        }
    }

    /// The rows, each with its number from 1. One without cells stands for rows that are empty, and
    /// an empty column for several of them.
    pub(super) fn into_rows(mut self) -> (Vec<GridRow>, bool) {
        self.spread();
        let columns = self.columns();
        let cut = self.cut || columns.len() > MAX_WIDTH;
        let mut rows: Vec<GridRow> = Vec::new();
        let mut expected = 0;
        for (number, mut row) in self.rows {
            if number > expected {
                rows.push(GridRow::default());
            }
            expected = number + 1;
            let mut take = |column: &Option<usize>| column.and_then(|column| row.remove(&column));
            let cells = columns.iter().take(MAX_WIDTH);
            let cells = cells.map(|column| take(column).unwrap_or_default()).collect();
            let line = u32::try_from(number + 1).unwrap_or(u32::MAX);
            rows.push(GridRow { line, cells, ..GridRow::default() });
        }
        (rows, cut)
    }

    /// The columns that something stands in, and `None` between those that others lie between.
    fn columns(&self) -> Vec<Option<usize>> {
        let used: BTreeSet<usize> = self.rows.values().flat_map(BTreeMap::keys).copied().collect();
        let mut columns: Vec<Option<usize>> = Vec::new();
        for column in used {
            let last = columns.last().copied().flatten();
            if last.is_some_and(|last| column > last + 1) {
                columns.push(None);
            }
            columns.push(Some(column));
        }
        columns
    }

    /// Writes what a merged cell says wherever it means it: down the rows of one column; over
    /// several columns only letters, and what stands above the first of them, since a text that
    /// lies over all columns heads the rows below.
    fn spread(&mut self) {
        let first_letters = self.rows.iter().find(|(_, cells)| {
            cells.iter().skip(1).any(|(_, cell)| cell::looks_like_letters(&cell.text))
        });
        let first_letters = first_letters.map_or(0, |(row, _)| *row);
        let first_column = self.columns().first().copied().flatten().unwrap_or(0);
        let last_row = self.rows.keys().next_back().copied().unwrap_or(0);
        for merged in std::mem::take(&mut self.merged) {
            let (top, left) = (*merged.rows.start(), *merged.columns.start());
            let Some(cell) = self.rows.get(&top).and_then(|row| row.get(&left)).cloned() else {
                continue;
            };
            let is_one_column = left == *merged.columns.end();
            let is_header = top < first_letters && left > first_column;
            if !is_one_column && !is_header && !cell::looks_like_letters(&cell.text) {
                continue;
            }
            for row in top..=last_row.min(*merged.rows.end()) {
                for column in left..=(*merged.columns.end()).min(left + MAX_WIDTH) {
                    if (row, column) != (top, left) {
                        self.set(row, column, cell.clone());
                    }
                }
            }
        }
    }
}
