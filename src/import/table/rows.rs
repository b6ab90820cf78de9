//! The rows of a matrix: activities, groups, and what was wrong with the rest.

use crate::domain::{Participation, Participations, Scheme};

use super::columns::{Column, Layout};
use super::{Cell, Grid, GridRow, MAX_CELL, MAX_NAME, MAX_REMARK, MAX_SHORT, cell, cut, words};
use crate::import::outcome::Report;

/// The most groups that stand in each other.
const MAX_GROUPS: usize = 8;

/// A row that was understood.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) line: u32,
    pub(super) name: String,
    pub(super) aliases: Vec<String>,
    /// The groups that it stands in, outermost first.
    pub(super) groups: Vec<String>,
    pub(super) notes: Vec<String>,
    /// The signs of the footnotes that belong to it.
    pub(super) marks: Vec<String>,
    /// Parties and their cells, in column order.
    pub(super) cells: Vec<(String, Participations)>,
}

/// The rows of a matrix that were understood; the others are reported.
pub(super) fn read(grid: &Grid, layout: &Layout, scheme: Scheme, report: &mut Report) -> Vec<Row> {
    for row in &grid.rows[..layout.header] {
        let text = row.cells.iter().map(Cell::flat).collect::<Vec<_>>().join(" ");
        report.noted(row.line, format!("caption `{}`", cut(text.trim(), 80)));
    }
    let body = &grid.rows[layout.header + 1..];
    if layout.turned {
        return turned(&grid.rows[layout.header], body, layout, scheme, report);
    }
    let mut reader = Reader {
        layout,
        scheme,
        header: &grid.rows[layout.header],
        groups: Vec::new(),
        after_group: false,
        filled: vec![None; layout.columns.len()],
        rows: Vec::new(),
    };
    let alone: Vec<bool> = body.iter().map(|row| reader.is_alone(row)).collect();
    let leading = leading(&alone);
    for (index, row) in body.iter().enumerate() {
        let next_is_alone = alone.get(index + 1).copied().unwrap_or(false);
        reader.row(row, leading[index], next_is_alone, report);
    }
    reader.rows
}

/// Which of the rows that say one thing alone head those below them: all, where the table begins
/// with one; else those that stand between others, where there are several. What the table ends in
/// heads nothing.
fn leading(alone: &[bool]) -> Vec<bool> {
    let last = alone.iter().rposition(|alone| !alone).unwrap_or(0);
    if alone.first() == Some(&true) {
        return alone.iter().enumerate().map(|(index, alone)| *alone && index < last).collect();
    }
    let between = |index: usize| {
        index > 0 && index < last && alone[index] && !alone[index - 1] && !alone[index + 1]
    };
    let between: Vec<bool> = (0..alone.len()).map(between).collect();
    let several = between.iter().filter(|between| **between).count() > 1;
    between.into_iter().map(|between| between && several).collect()
}

struct Reader<'a> {
    layout: &'a Layout,
    scheme: Scheme,
    header: &'a GridRow,
    /// The titles of the group rows above, outermost first.
    groups: Vec<String>,
    /// Whether the last row was such.
    after_group: bool,
    /// What each group column said last.
    filled: Vec<Option<String>>,
    rows: Vec<Row>,
}

impl Reader<'_> {
    fn row(&mut self, row: &GridRow, leads_others: bool, next_is_alone: bool, report: &mut Report) {
        let after_group = std::mem::take(&mut self.after_group);
        if row.cells.iter().all(Cell::is_blank) {
            report.noted(row.line, "an empty row");
        } else if self.repeats_header(row) {
            report.noted(row.line, "the header again");
        } else if row.cells.iter().all(|cell| is_rule(&cell.text)) {
            report.noted(row.line, "a line between rows");
        } else if let Some(title) = self.group_title(row, leads_others) {
            report.noted(row.line, format!("`{}` heads the rows below it", cut(&title, 80)));
            self.filled.fill(None);
            if !after_group {
                // One that stands alone takes the innermost one's place.
                let kept = if next_is_alone { 0 } else { self.groups.len().saturating_sub(1) };
                self.groups.truncate(kept);
            }
            self.groups.push(title);
            self.after_group = true;
        } else {
            self.activity(row, report);
        }
    }

    fn activity(&mut self, row: &GridRow, report: &mut Report) {
        if row.apart {
            report.noted(row.line, "continues the table above");
        }
        let mut read = Row { line: row.line, ..Row::default() };
        let mut applies = Vec::new();
        for (index, column) in self.layout.columns.iter().enumerate() {
            let empty = Cell::default();
            let cell = row.cells.get(index).unwrap_or(&empty);
            if cell.text.chars().count() > MAX_CELL {
                let text = format!("a cell of more than {MAX_CELL} characters");
                return report.left(row.line, text);
            }
            match column {
                Column::Activity(_) => {
                    read.name = cell.flat();
                    read.marks.extend(cell.marks.iter().cloned());
                }
                Column::Party(party) => {
                    if let Err(culprit) = part(&mut read, party, cell, self.scheme) {
                        return self.unknown(row, party, &culprit, report);
                    }
                }
                Column::Holders(participation, name) => {
                    if let Err(culprit) = holders(&mut read, *participation, cell) {
                        let text = format!("`{}` in `{name}` names nobody", cut(&culprit, 80));
                        return report.left(row.line, text);
                    }
                }
                Column::Number(_) => read.aliases.extend(code(&cell.flat())),
                Column::Applies(name) => {
                    if !cell.is_blank() && !words::is_nothing(&cell.text) {
                        applies.push(name.as_str());
                    }
                }
                Column::Group(_) => {
                    if !cell.is_blank() {
                        self.filled[index..].fill(None);
                        self.filled[index] = Some(cell.flat());
                    }
                }
                Column::Remark(name) => {
                    read.notes.extend(remark(name, &cell.flat()));
                    read.marks.extend(cell.marks.iter().cloned());
                }
                Column::Blank => {}
            }
        }
        self.finish(read, &applies, row, report);
    }

    fn finish(&mut self, mut read: Row, applies: &[&str], row: &GridRow, report: &mut Report) {
        if read.name.is_empty() {
            return report.left(row.line, "the row names no activity");
        }
        if read.name.chars().count() > MAX_NAME {
            let text = format!("the activity's name is longer than {MAX_NAME} characters");
            return report.left(row.line, text);
        }
        if !applies.is_empty() {
            read.notes.insert(0, format!("Applies to {}", applies.join(", ")));
        }
        read.notes.extend(row.excess.iter().filter_map(|cell| remark("", cell)));
        let columns = self.filled.iter().flatten();
        read.groups = self.groups.iter().chain(columns).take(MAX_GROUPS).cloned().collect();
        if read.cells.iter().all(|(_, cell)| cell.is_empty()) {
            report.noted(row.line, format!("`{}` has no letters", cut(&read.name, 80)));
        }
        self.rows.push(read);
    }

    fn unknown(&self, row: &GridRow, party: &str, culprit: &str, report: &mut Report) {
        let name = self.layout.activity().and_then(|column| row.cells.get(column));
        let name = name.map(Cell::flat).unwrap_or_default();
        let other = Scheme::ALL.into_iter().find(|scheme| cell::read(culprit, *scheme).is_ok());
        let text = format!(
            "`{}`: `{}` in the column `{party}` is no letter of {}",
            cut(&name, 80),
            cut(culprit, 80),
            self.scheme.id()
        );
        match other {
            Some(other) => {
                report.left_with_hint(row.line, text, format!("`--scheme {}` has it", other.id()));
            }
            None => report.left(row.line, text),
        }
    }

    fn repeats_header(&self, row: &GridRow) -> bool {
        let texts = |row: &GridRow| row.cells.iter().map(Cell::flat).collect::<Vec<_>>();
        texts(row) == texts(self.header)
    }

    /// Whether the row says one thing alone, in the activity's column or before it.
    fn is_alone(&self, row: &GridRow) -> bool {
        let filled: Vec<usize> =
            (0..row.cells.len()).filter(|&column| !row.cells[column].is_blank()).collect();
        let activity = self.layout.activity().unwrap_or(0);
        let said: Vec<usize> = filled
            .into_iter()
            .filter(|&column| !matches!(self.layout.columns.get(column), Some(Column::Number(_))))
            .collect();
        let merged = said.windows(2).all(|pair| row.cells[pair[0]].text == row.cells[pair[1]].text);
        match said.as_slice() {
            [only] => *only <= activity,
            [_, _, ..] => merged && said.len() == row.cells.len() && self.names_no_letters(row),
            [] => false,
        }
    }

    fn names_no_letters(&self, row: &GridRow) -> bool {
        row.cells.first().is_some_and(|cell| cell::read(&cell.text, self.scheme).is_err())
    }

    /// The title of a row that heads those below it.
    fn group_title(&self, row: &GridRow, leads_others: bool) -> Option<String> {
        if !self.is_alone(row) {
            return None;
        }
        let cell = row.cells.iter().find(|cell| !cell.is_blank() && !is_number(&cell.text))?;
        let text = cell.flat();
        let filled = row.cells.iter().position(|cell| !cell.is_blank());
        let in_group_column =
            filled.is_some_and(|at| matches!(self.layout.columns.get(at), Some(Column::Group(_))));
        let shouts = text.chars().any(char::is_alphabetic) && text == text.to_uppercase();
        let heads = cell.bold || text.ends_with(':') || shouts || leads_others || in_group_column;
        let too_long = text.chars().count() > MAX_NAME;
        (heads && !too_long).then_some(text)
    }
}

/// The parties of a cell that lists them.
fn holders(read: &mut Row, participation: Participation, cell: &Cell) -> Result<(), String> {
    let (text, marks) = cell::without_marks(&cell.text);
    read.marks.extend(marks);
    read.marks.extend(cell.marks.iter().cloned());
    if words::is_nothing(&text) {
        return Ok(());
    }
    for name in list(&text) {
        if words::is_nothing(&name) {
            continue;
        }
        if words::is_tick(&name) || !name.contains(char::is_alphabetic) {
            return Err(name);
        }
        let name = cut(&name, MAX_SHORT);
        let folded = words::fold(&name);
        match read.cells.iter_mut().find(|(known, _)| words::fold(known) == folded) {
            Some((_, cell)) => cell.insert(participation),
            None => read.cells.push((name, [participation].into_iter().collect())),
        }
    }
    Ok(())
}

/// The names in a list: by commas, semicolons, lines, and a conjunction that stands alone.
fn list(text: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut depth = 0_u32;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match names.last_mut() {
            Some(name) if depth > 0 || !",;\n".contains(c) => name.push(c),
            _ => names.push(String::new()),
        }
    }
    let conjunctions = [" and ", " & ", " / ", " + ", " et ", " und ", " y ", " e "];
    for conjunction in conjunctions {
        names = names.iter().flat_map(|name| name.split(conjunction)).map(super::flat).collect();
    }
    names.retain(|name| !name.is_empty());
    names
}

/// A code that people may call the row by; plain numbers are not such.
fn code(text: &str) -> Option<String> {
    text.contains(char::is_alphabetic).then(|| cut(text, 40))
}

fn is_number(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || ".) ".contains(c))
}

fn is_rule(text: &str) -> bool {
    let text = text.trim();
    text.contains('-') && text.chars().all(|c| "-: ".contains(c))
}

fn remark(header: &str, text: &str) -> Option<String> {
    if words::is_nothing(text) {
        return None;
    }
    let text = cut(text, MAX_REMARK);
    let speaks_for_itself = header.is_empty() || words::names_note(header);
    Some(if speaks_for_itself { text } else { format!("{header}: {text}") })
}

/// The rows of a table that has parties in its rows and activities in its columns.
fn turned(
    header: &GridRow,
    body: &[GridRow],
    layout: &Layout,
    scheme: Scheme,
    report: &mut Report,
) -> Vec<Row> {
    report.noted(header.line, "parties stand in the rows, activities in the columns");
    let mut rows: Vec<Row> = layout.columns[1..]
        .iter()
        .map(|column| Row { line: header.line, name: column.header().to_owned(), ..Row::default() })
        .collect();
    for row in body {
        let party = row.cells.first().map(Cell::flat).unwrap_or_default();
        if words::is_nothing(&party) {
            if !row.cells.iter().all(Cell::is_blank) {
                report.left(row.line, "the row names no party");
            }
            continue;
        }
        let party = cut(&party, MAX_SHORT);
        if row.cells.iter().skip(1).all(|cell| cell::read(&cell.text, scheme).is_err()) {
            report.noted(row.line, format!("`{}` is no party: it has no letters", cut(&party, 80)));
            continue;
        }
        for (cell, activity) in row.cells.iter().skip(1).zip(&mut rows) {
            if let Err(culprit) = part(activity, &party, cell, scheme) {
                let culprit = cut(&culprit, 80);
                let name = cut(&activity.name, 80);
                report.left(
                    row.line,
                    format!("`{name}`: `{culprit}` for `{party}` is no letter of {}", scheme.id()),
                );
                activity.name.clear();
            }
        }
    }
    rows.retain(|row| !row.name.is_empty());
    rows
}

/// Adds a party's cell to a row; the error is the part that the scheme does not know.
fn part(read: &mut Row, party: &str, cell: &Cell, scheme: Scheme) -> Result<(), String> {
    let reading = cell::read(&cell.text, scheme)?;
    if let Some(detail) = reading.detail {
        let letters = reading.participations.letters(scheme);
        read.notes.push(format!("{party}: {letters} ({detail})"));
    }
    read.marks.extend(reading.marks);
    read.marks.extend(cell.marks.iter().cloned());
    read.cells.push((party.to_owned(), reading.participations));
    Ok(())
}
