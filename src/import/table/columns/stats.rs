//! What stands in a column, counted: what tells letters from names and numbers.

use std::collections::BTreeSet;

use super::{GridRow, MAX_CODE, cell, words};

/// What the cells of a column look like.
#[derive(Default)]
pub(super) struct Stats {
    pub(super) filled: usize,
    pub(super) letters: usize,
    pub(super) ticks: usize,
    pub(super) codes: usize,
    pub(super) distinct: usize,
    pub(super) longest: usize,
}

impl Stats {
    pub(super) fn of(rows: &[GridRow], column: usize) -> Self {
        let mut stats = Self::default();
        let mut seen = BTreeSet::new();
        for row in rows {
            let Some(cell) = row.cells.get(column) else { continue };
            let text = cell.flat();
            if words::is_nothing(&text) {
                continue;
            }
            let chars = text.chars().count();
            stats.filled += 1;
            stats.letters += usize::from(cell::is_surely_letters(&text));
            stats.ticks += usize::from(words::is_tick(&text));
            stats.codes += usize::from(is_code(&text));
            stats.longest = stats.longest.max(chars);
            seen.insert(text);
        }
        stats.distinct = seen.len();
        stats
    }

    pub(super) fn mostly_letters(&self) -> bool {
        self.letters * 2 >= self.filled && self.letters > 0
    }

    pub(super) fn all(&self, count: usize) -> bool {
        self.filled > 0 && count == self.filled
    }
}

fn is_code(text: &str) -> bool {
    text.chars().count() <= MAX_CODE
        && !text.contains(char::is_whitespace)
        && text.contains(|c: char| c.is_ascii_digit())
}
