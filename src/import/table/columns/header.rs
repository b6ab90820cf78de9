//! Which row of a table names its columns, and what it calls them.

use std::collections::BTreeSet;

use super::{Cell, GridRow, MAX_LEAD, SAMPLE, Stats, cell, names_activity, words};

/// The index of the row that names the columns of letters below it: each of them has a name, and
/// not all of the names are letters, as the cells of a row would be.
pub(super) fn header(rows: &[GridRow], width: usize) -> Option<usize> {
    let is_header = |row: usize| {
        if !rows[..row].iter().all(|lead| is_caption(lead, &rows[row])) {
            return false;
        }
        let below = &rows[row + 1..rows.len().min(row + 1 + SAMPLE)];
        let columns = (0..width).filter(|&column| Stats::of(below, column).mostly_letters());
        let names: Vec<String> = columns
            .map(|column| rows[row].cells.get(column).map(Cell::flat).unwrap_or_default())
            .collect();
        let is_name = |name: &String| !words::is_nothing(name) && !words::is_tick(name);
        !names.is_empty()
            && names.iter().all(is_name)
            && (names.iter().any(|name| !cell::is_surely_letters(name))
                || names_activity(&rows[row]))
    };
    let last = rows.len().saturating_sub(1).min(MAX_LEAD);
    let first = (0..last).find(|&row| is_header(row))?;
    // Of a header in two lines the lower one names the columns.
    let names = |row: usize| rows[row].cells.iter().filter(|cell| !cell.is_blank()).count() > 1;
    let is_lower = |row: usize| {
        let letters = rows[row].cells.iter().any(|cell| cell::is_surely_letters(&cell.text));
        row < last
            && names(row)
            && !letters
            && is_caption(&rows[first], &rows[row])
            && is_header(row)
    };
    Some(if is_lower(first + 1) { first + 1 } else { first })
}

/// Whether a row can stand above a header: it says less, or the same several times.
pub(super) fn is_caption(lead: &GridRow, header: &GridRow) -> bool {
    let filled = |row: &GridRow| -> Vec<String> {
        row.cells.iter().map(Cell::flat).filter(|text| !text.is_empty()).collect()
    };
    let lead = filled(lead);
    lead.len() < filled(header).len() || lead.iter().collect::<BTreeSet<_>>().len() < lead.len()
}

/// The names of the columns. Where several have the same, what stands above it in the row before,
/// there or in a cell to the left that lies over it, tells them apart.
pub(super) fn names(rows: &[GridRow], header: usize, width: usize) -> Vec<String> {
    let text = |row: &GridRow, column: usize| {
        let text = row.cells.get(column).map(Cell::flat).unwrap_or_default();
        cell::without_marks(&text).0
    };
    let names: Vec<String> = (0..width).map(|column| text(&rows[header], column)).collect();
    let above = header.checked_sub(1).map(|above| &rows[above]);
    let Some(above) = above.filter(|row| row.cells.iter().skip(1).any(|c| !c.is_blank())) else {
        return names;
    };
    let over = |column: usize| {
        (0..=column).rev().map(|column| text(above, column)).find(|text| !text.is_empty())
    };
    let is_twice = |name: &String| names.iter().filter(|other| *other == name).count() > 1;
    let told_apart = names.iter().enumerate().map(|(column, name)| match over(column) {
        Some(over) if is_twice(name) && !name.is_empty() && over != *name => {
            format!("{over} {name}")
        }
        _ => name.clone(),
    });
    told_apart.collect()
}
