//! The legend of a document: what it says itself that each letter means.

mod text;

use crate::domain::{Participation, Scheme};

use super::{Block, Document, GridRow, MAX_REMARK, cut, flat, words};
use text::of_text;

/// The most rows of a table that can be a legend.
const MAX_ROWS: usize = 14;
/// The fewest letters that make a legend.
const MIN_LETTERS: usize = 3;

/// What people call the schemes whose letters mean something else than RACI's, or more.
const NAMES: &[(&str, Scheme)] = &[
    ("RASCI", Scheme::Rasci),
    ("RASIC", Scheme::Rasci),
    ("RACI-VS", Scheme::RaciVs),
    ("CAIRO", Scheme::Cairo),
    ("RACIO", Scheme::Cairo),
    ("DACI", Scheme::Daci),
];

/// A legend.
#[derive(Debug)]
pub(super) struct Legend {
    /// The block that it is in, or begins in.
    pub(super) block: usize,
    /// Its line.
    pub(super) line: u32,
    /// Its letters in its order.
    pub(super) items: Vec<Item>,
}

/// A letter and what the document says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) letter: char,
    pub(super) text: String,
}

impl Legend {
    /// The scheme that has all of the legend's letters, and no letter that is not in the legend
    /// where another one fits as well.
    pub(super) fn scheme(&self) -> Option<Scheme> {
        let surplus = |scheme: &Scheme| scheme.letters().len().abs_diff(self.items.len());
        let fits = |scheme: &Scheme| {
            let is_whole = surplus(scheme) == 0;
            self.items.iter().all(|item| item.fits(*scheme, is_whole))
        };
        Scheme::ALL.into_iter().filter(fits).min_by_key(surplus)
    }

    /// The texts of the participations that `scheme` has.
    pub(super) fn texts(&self, scheme: Scheme) -> Vec<(Participation, String)> {
        let items = self.items.iter();
        items
            .filter_map(|item| Some((scheme.participation(item.letter)?, flat(&item.text))))
            .filter(|(_, text)| !text.is_empty())
            .collect()
    }
}

impl Item {
    /// Whether the letter means in `scheme` what its text says. Only where a letter has several
    /// meanings does the text matter; and where the legend `is_whole`, no letter more or less than
    /// the scheme, it is enough that it says none of the others.
    fn fits(&self, scheme: Scheme, is_whole: bool) -> bool {
        let Some(meant) = scheme.participation(self.letter) else { return false };
        let meanings = Scheme::ALL.into_iter().filter_map(|s| s.participation(self.letter));
        let mut others = { meanings }.filter(|other| *other != meant).peekable();
        let is_common = matches!(
            meant,
            Participation::Responsible
                | Participation::Accountable
                | Participation::Consulted
                | Participation::Informed
        );
        is_common
            || (others.peek().is_none() && meant != Participation::Driver)
            || words::says(&self.text, meant)
            || (is_whole && !others.any(|other| words::says(&self.text, other)))
    }
}

/// The first legend of a document.
pub(super) fn find(blocks: &[Block]) -> Option<Legend> {
    let mut run: Option<Legend> = None;
    for (block, part) in blocks.iter().enumerate() {
        match part {
            Block::Grid(grid) => {
                if let Some(items) = of_rows(&grid.rows) {
                    let line = grid.rows.first().map_or(0, |row| row.line);
                    return Some(Legend { block, line, items });
                }
                run = None;
            }
            Block::Text { line, text, .. } => {
                let items = of_text(text);
                if items.is_empty() {
                    run = None;
                    continue;
                }
                let legend =
                    run.get_or_insert_with(|| Legend { block, line: *line, items: Vec::new() });
                legend.items.extend(items);
                if is_legend(&legend.items) && !next_continues(&blocks[block + 1..]) {
                    return run;
                }
            }
            Block::Heading { .. } => run = None,
        }
    }
    None
}

/// The one scheme beside RACI that a document calls by its name, in title, headings or texts: where
/// it does, how, and which it is.
pub(super) fn named(document: &Document) -> Option<(u32, &'static str, Scheme)> {
    let title = document.source.title.iter().map(|title| (0, title.as_str()));
    let texts = document.blocks.iter().filter_map(|block| match block {
        Block::Heading { text, .. } => Some((0, text.as_str())),
        Block::Text { line, text, .. } => Some((*line, text.as_str())),
        Block::Grid(_) => None,
    });
    let mut found: Option<(u32, &'static str, Scheme)> = None;
    let mut says_raci = false;
    for (line, text) in title.chain(texts) {
        let is_part = |c: char| c.is_alphanumeric() || c == '-';
        for word in text.split(|c| !is_part(c)) {
            says_raci |= word == "RACI";
            let known = NAMES.iter().find(|(name, _)| *name == word);
            match (known, found) {
                (Some((name, scheme)), None) => found = Some((line, name, *scheme)),
                (Some((_, scheme)), Some((_, _, first))) if first != *scheme => return None,
                _ => {}
            }
        }
    }
    // The others have RACI's letters too, and hurt nobody where they are only mentioned.
    found.filter(|(.., scheme)| !(says_raci && *scheme == Scheme::Daci))
}

/// The items of a table, if all of its rows but its header and a caption are such.
pub(super) fn of_rows(rows: &[GridRow]) -> Option<Vec<Item>> {
    if rows.len() > MAX_ROWS {
        return None;
    }
    if let [header, row] = rows
        && let Some(items) = lying(header, row)
    {
        return Some(items);
    }
    // What an empty cell means is no letter, and often the last line of a legend.
    let says_nothing = |row: &&GridRow| {
        row.cells.first().is_some_and(|cell| words::is_nothing(&cell.text) && !cell.is_blank())
    };
    let rows = rows.iter().filter(|row| !says_nothing(row));
    let items: Vec<Option<Item>> = rows.map(of_row).collect();
    let strangers = items.iter().filter(|item| item.is_none()).count();
    let strangers_lead = items.iter().take(strangers).all(Option::is_none);
    let items: Vec<Item> = items.into_iter().flatten().collect();
    (strangers <= 2 && strangers_lead && is_legend(&items)).then_some(items)
}

/// How many of these rows, from the first on, are a legend above or below a table; 0 if they are
/// none. A header may lead it.
pub(super) fn run(rows: &[GridRow]) -> usize {
    let mut count = 0;
    let mut items: Vec<Item> = Vec::new();
    let is_letters = |cell: &super::Cell| super::cell::looks_like_letters(&cell.text);
    for row in rows.iter().take(MAX_ROWS) {
        let is_new = |item: &Item| items.iter().all(|known| known.letter != item.letter);
        match of_row(row).filter(is_new) {
            Some(item) => items.push(item),
            None if count == 0 && !row.cells.iter().skip(1).any(is_letters) => {}
            None => break,
        }
        count += 1;
    }
    if is_legend(&items) { count } else { 0 }
}

/// The text of a legend that lies in one row, a letter or an item a cell; a line an item.
pub(super) fn lying_along(row: &GridRow) -> Option<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut letter = None;
    for cell in row.cells.iter().map(super::Cell::flat).filter(|cell| !cell.is_empty()) {
        match (letter.take(), letter_of(&cell).filter(|_| cell.chars().count() == 1)) {
            (Some(letter), None) => lines.push(format!("{letter}: {cell}")),
            (None, Some(found)) => letter = Some(found),
            (None, None) => lines.push(cell),
            (Some(_), Some(_)) => return None,
        }
    }
    let text = lines.join("\n");
    (is_legend(&of_text(&text)) && lines.len() > 1).then_some(text)
}

/// Whether a line of text explains letters.
pub(super) fn speaks(text: &str) -> bool {
    !of_text(text).is_empty()
}

/// A table of one row below a header of participations: `Responsible | Accountable | …`.
fn lying(header: &GridRow, row: &GridRow) -> Option<Vec<Item>> {
    let items = header.cells.iter().zip(&row.cells).map(|(head, text)| {
        let (head, text) = (head.flat(), text.flat());
        match of_text(&head).as_slice() {
            [only] => Some(Item {
                letter: only.letter,
                text: cut(&format!("{}: {text}", only.text), MAX_REMARK),
            }),
            _ => Some(Item { letter: letter_of(&head)?, text: cut(&text, MAX_REMARK) }),
        }
    });
    items.collect::<Option<Vec<_>>>().filter(|items| is_legend(items))
}

fn of_row(row: &GridRow) -> Option<Item> {
    let mut cells = row.cells.iter().map(super::Cell::flat).filter(|cell| !cell.is_empty());
    let first = cells.next()?;
    let rest: Vec<String> = cells.collect();
    if rest.is_empty() {
        let mut items = of_text(&first);
        return items.pop().filter(|_| items.is_empty());
    }
    if rest.iter().any(|cell| super::cell::looks_like_letters(cell) && letter_of(cell).is_none()) {
        return None;
    }
    let letter = letter_of(&first)?;
    let bare = first.trim_matches(|c: char| !c.is_alphanumeric());
    let text = if bare.chars().count() == 1 {
        // A letter, a word and its explanation.
        rest.join(": ")
    } else {
        rest.iter().filter(|cell| cell.chars().count() > 1).cloned().collect::<Vec<_>>().join(": ")
    };
    Some(Item { letter, text: cut(&text, MAX_REMARK) })
}

/// The letter that a short text stands for: `R`, `R:`, `(R)`, `Responsible`, `Responsible (R)`.
fn letter_of(text: &str) -> Option<char> {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    let mut chars = bare.chars();
    match (chars.next(), chars.next()) {
        (Some(letter), None) if letter.is_ascii_uppercase() => Some(letter),
        (Some(_), Some(_)) => {
            let bracketed = text.rsplit_once('(').and_then(|(_, rest)| letter_of(rest));
            bracketed.or_else(|| words::participation(bare).map(letter_of_participation))
        }
        _ => None,
    }
}

fn letter_of_participation(participation: Participation) -> char {
    let letters = Scheme::ALL.into_iter().find_map(|scheme| scheme.letter(participation));
    letters.unwrap_or_default()
}

fn next_continues(blocks: &[Block]) -> bool {
    matches!(blocks.first(), Some(Block::Text { text, .. }) if !of_text(text).is_empty())
}

/// Whether items are a legend's: several letters, none twice, among them the one of those who do
/// the work and the one of who answers for it. An `A, B, C, D` list is none.
fn is_legend(items: &[Item]) -> bool {
    let has = |letter| items.iter().any(|item| item.letter == letter);
    let drives = |item: &Item| item.letter == 'D' && words::says(&item.text, Participation::Driver);
    let distinct = items
        .iter()
        .enumerate()
        .all(|(at, item)| items[..at].iter().all(|known| known.letter != item.letter));
    let is_daci = items.len() == 4 && "DACI".chars().all(has);
    let has_doer = has('R') || is_daci || items.iter().any(drives);
    items.len() >= MIN_LETTERS && distinct && has('A') && has_doer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_lines(lines: &[&str]) -> Option<Vec<(char, String)>> {
        let blocks: Vec<Block> = lines
            .iter()
            .map(|text| Block::Text { line: 1, text: (*text).to_owned(), sign: None })
            .collect();
        let items = find(&blocks)?.items;
        Some(items.into_iter().map(|item| (item.letter, item.text)).collect())
    }

    fn letters(lines: &[&str]) -> String {
        of_lines(lines).into_iter().flatten().map(|(letter, _)| letter).collect()
    }

    fn scheme(lines: &[&str]) -> Option<Scheme> {
        let blocks: Vec<Block> = lines
            .iter()
            .map(|text| Block::Text { line: 1, text: (*text).to_owned(), sign: None })
            .collect();
        find(&blocks).expect("a legend").scheme()
    }

    #[test]
    fn a_line_of_prose_is_a_legend() {
        for line in [
            "R = Responsible, A = Accountable, C = Consulted, I = Informed",
            "Legend: R - Responsible; A - Accountable; C - Consulted; I - Informed.",
            "**RACI**: R: Responsible, A: Accountable, C: Consulted, I: Informed",
            "(R) Responsible, (A) Accountable, (C) Consulted, (I) Informed",
            "Responsible (R), Accountable (A), Consulted (C) and Informed (I)",
            "Each task has Responsible (R), Accountable (A), Consulted (C), Informed (I).",
        ] {
            let items = of_lines(&[line]).unwrap_or_default();
            assert_eq!(
                items.iter().map(|(letter, _)| *letter).collect::<String>(),
                "RACI",
                "{line}"
            );
            assert!(items[1].1.ends_with("Accountable"), "{line}: {items:?}");
        }
    }

    #[test]
    fn bullets_are_a_legend() {
        assert_eq!(
            of_lines(&["R: does it", "A : answers for it", "C – is asked", "I = is told"]),
            Some(vec![
                ('R', "does it".to_owned()),
                ('A', "answers for it".to_owned()),
                ('C', "is asked".to_owned()),
                ('I', "is told".to_owned()),
            ])
        );
        assert_eq!(
            letters(&["Responsible: does it", "Accountable: answers", "Informed: is told"]),
            "RAI"
        );
        assert_eq!(
            letters(&["Responsable (R) : fait", "Approbateur (A) : répond", "Informé (I) : sait"]),
            "RAI"
        );
    }

    #[test]
    fn other_texts_are_none() {
        assert_eq!(of_lines(&["Plan B: leave", "Option A: stay"]), None);
        assert_eq!(of_lines(&["See the R&D team - A. Smith"]), None);
        assert_eq!(of_lines(&["A: one", "B: two", "C: three", "D: four"]), None);
    }

    #[test]
    fn letters_and_words_choose_the_scheme() {
        let raci = "R: Responsible, A: Accountable, C: Consulted, I: Informed";
        assert_eq!(scheme(&[raci]), Some(Scheme::Raci));
        assert_eq!(scheme(&[&format!("{raci}, S: Support")]), Some(Scheme::Rasci));
        assert_eq!(scheme(&[&format!("{raci}, V: Verify, S: Sign off")]), Some(Scheme::RaciVs));
        assert_eq!(scheme(&[&format!("{raci}, O: Omitted")]), Some(Scheme::Cairo));
        let daci = "D: Driver, A: Approver, C: Contributor, I: Informed";
        assert_eq!(scheme(&[daci]), Some(Scheme::Daci));
        assert_eq!(scheme(&["R: Recommend, A: Agree, P: Perform, I: Input, D: Decide"]), None);
    }
}
