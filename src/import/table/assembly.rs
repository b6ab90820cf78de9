//! A document to its matrix: what its headings, legend and tables are together.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::domain::{Activity, ActivityId, Matrix, Participations, Party, Scheme};

use super::columns::{self, Kind, Layout};
use super::legend::{self, Legend};
use super::outline::Outline;
use super::rows::{self, Row};
use super::{Block, Document, Grid, Imported, MAX_NAME, MAX_REMARK, MAX_ROWS, Options};
use super::{cell, cut, flat, service, words};
use crate::import::matrix_file;
use crate::import::outcome::{NO_MATRIX, Report};
use crate::import::places::Places;
use crate::import::source::Mark;

/// What stands between the sections of a path that is written into one cell.
const PATH_SEPARATOR: &str = " › ";
/// The room for the number behind the name of a row that says something else than its namesake.
const ROOM_FOR_NUMBER: usize = 10;

/// A document to its matrix, if it holds one, and what became of its parts.
pub(in crate::import) fn assemble(
    document: &Document,
    options: Options<'_>,
    mut report: Report,
) -> Imported {
    let legend = legend::find(&document.blocks);
    let scheme = choose_scheme(document, options, legend.as_ref(), &mut report);
    let mut assembly = Assembly::new(document, scheme);
    let kinds = assembly.recognise();
    let mut heading = None;
    for (index, (block, kind)) in document.blocks.iter().zip(&kinds).enumerate() {
        match block {
            Block::Heading { level, text, literal } if !text.trim().is_empty() => {
                let as_it_stands = *literal && document.own.is_some();
                heading = Some(assembly.outline.open(*level, text, as_it_stands));
            }
            Block::Heading { .. } | Block::Text { .. } => {}
            Block::Grid(grid) => {
                let inside = legend.as_ref().is_some_and(|legend| legend.block == index);
                match kind {
                    _ if inside => report.noted(first_line(grid), "legend"),
                    Some(Kind::Matrix(layout)) => {
                        assembly.take(index, grid, layout, heading, &mut report);
                    }
                    Some(Kind::Other(reason)) => report.noted(first_line(grid), reason.clone()),
                    Some(Kind::Unreadable(reason)) => report.left(first_line(grid), reason.clone()),
                    None => {}
                }
            }
        }
    }
    let (matrices, places) = assembly.finish(legend, &mut report).into_iter().unzip();
    report.sort();
    Imported { matrices, places, report }
}

fn choose_scheme(
    document: &Document,
    options: Options<'_>,
    legend: Option<&Legend>,
    report: &mut Report,
) -> Scheme {
    if let Some(scheme) = options.scheme {
        report.noted(0, format!("letters are read as {} as asked", scheme.id()));
        return scheme;
    }
    if let Some(own) = &document.own {
        return own.scheme;
    }
    let Some(legend) = legend else {
        let Some((line, name, scheme)) = legend::named(document) else { return Scheme::default() };
        report.noted(line, format!("read as {}, since the document says `{name}`", scheme.id()));
        return scheme;
    };
    match legend.scheme() {
        Some(Scheme::Raci) => Scheme::Raci,
        Some(scheme) => {
            report.noted(legend.line, format!("the legend declares {}", scheme.id()));
            scheme
        }
        None => {
            let letters: Vec<String> =
                legend.items.iter().map(|item| format!("`{}`", item.letter)).collect();
            let known = Scheme::ALL.map(Scheme::id).join(", ");
            report.left_with_hint(
                legend.line,
                format!("no known scheme has the legend's letters {}", letters.join(", ")),
                format!("declare one of {known} with `--scheme`"),
            );
            Scheme::default()
        }
    }
}

/// A matrix in the making.
struct Assembly<'a> {
    document: &'a Document,
    /// The blocks with each sign, in order.
    footnotes: HashMap<&'a str, Vec<usize>>,
    scheme: Scheme,
    parties: Vec<Party>,
    outline: Outline,
    drafts: Vec<Draft>,
    /// Drafts by section and folded name.
    known: HashMap<(Option<usize>, String), usize>,
    /// How often a name was given a number so far.
    counts: HashMap<(Option<usize>, String), usize>,
}

/// An activity in the making: sections and parties are still being found.
struct Draft {
    line: u32,
    name: String,
    aliases: Vec<String>,
    note: Option<String>,
    section: Option<usize>,
    /// The index of a party and its cell.
    cells: Vec<(usize, Participations)>,
}

impl<'a> Assembly<'a> {
    fn new(document: &'a Document, scheme: Scheme) -> Self {
        let mut footnotes: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, block) in document.blocks.iter().enumerate() {
            if let Block::Text { sign: Some(sign), .. } = block {
                footnotes.entry(sign).or_default().push(at);
            }
        }
        Self {
            document,
            footnotes,
            scheme,
            parties: Vec::new(),
            outline: Outline::new(document.own.is_some()),
            drafts: Vec::new(),
            known: HashMap::new(),
            counts: HashMap::new(),
        }
    }

    /// What each block's grid is. The parties of all of them are found first, since a column that
    /// is empty in one table is known from another.
    fn recognise(&self) -> Vec<Option<Kind>> {
        let all = |known: &BTreeSet<String>| -> Vec<Option<Kind>> {
            let blocks = self.document.blocks.iter();
            blocks
                .map(|block| match block {
                    Block::Grid(grid) => Some(columns::recognise(grid, self.scheme, known)),
                    _ => None,
                })
                .collect()
        };
        let first = all(&BTreeSet::new());
        let known = first.iter().flatten().flat_map(Kind::parties).map(words::fold).collect();
        let mut kinds = all(&known);
        self.join_alike(&mut kinds);
        kinds
    }

    /// Takes a table without a single letter for a matrix where another with the same header is one.
    fn join_alike(&self, kinds: &mut [Option<Kind>]) {
        let grids: Vec<Option<&Grid>> = self.document.blocks.iter().map(Block::grid).collect();
        let mut layouts: HashMap<Vec<String>, Layout> = HashMap::new();
        for (grid, kind) in grids.iter().zip(kinds.iter()) {
            if let (Some(grid), Some(Kind::Matrix(layout))) = (grid, kind)
                && layout.header == 0
                && !layout.turned
            {
                layouts.entry(grid.header()).or_insert_with(|| layout.clone());
            }
        }
        for (grid, kind) in grids.iter().zip(kinds.iter_mut()) {
            if let (Some(grid), Some(Kind::Other(_))) = (grid, &kind)
                && grid.rows.len() > 1
                && let Some(layout) = layouts.get(&grid.header())
            {
                *kind = Some(Kind::Matrix(layout.clone()));
            }
        }
    }

    fn take(
        &mut self,
        block: usize,
        grid: &Grid,
        layout: &Layout,
        heading: Option<usize>,
        report: &mut Report,
    ) {
        let before = self.drafts.len();
        for row in rows::read(grid, layout, self.scheme, report) {
            self.add(block, row, heading, report);
        }
        let lines = line_ranges(self.drafts[before..].iter().map(|draft| draft.line));
        let title = layout.title();
        let text = match self.drafts.len() - before {
            0 => format!("table `{title}`: no row imported"),
            1 => format!("table `{title}`: 1 row imported, line {lines}"),
            count => format!("table `{title}`: {count} rows imported, lines {lines}"),
        };
        report.taken(first_line(grid), text);
    }

    fn add(&mut self, block: usize, row: Row, heading: Option<usize>, report: &mut Report) {
        // What our own export writes into one cell.
        let groups = row.groups.iter().flat_map(|group| group.split(PATH_SEPARATOR));
        let groups = groups.filter(|group| !group.trim().is_empty());
        let section =
            { groups }.fold(heading, |above, group| Some(self.outline.group(above, group)));
        let mut draft = Draft {
            line: row.line,
            name: row.name,
            aliases: row.aliases,
            note: None,
            section,
            cells: Vec::new(),
        };
        for (party, participations) in row.cells {
            let Some(party) = self.party(&party) else {
                let text = format!("more than {} parties", matrix_file::MAX_PARTIES);
                return report.left(row.line, text);
            };
            draft.cells.push((party, participations));
        }
        let mut notes = row.notes;
        for mark in self.name_marks(block, &mut draft.name).iter().chain(&row.marks) {
            match self.footnote(block, mark) {
                Some(text) if !notes.contains(&text) => notes.push(text),
                Some(_) => {}
                None => report.noted(row.line, format!("`{mark}` points at no footnote")),
            }
        }
        let note = flat(&notes.join("; "));
        if note.chars().count() > MAX_REMARK {
            report.noted(row.line, format!("the note is cut to {MAX_REMARK} characters"));
        }
        draft.note = (!note.is_empty()).then(|| cut(&note, MAX_REMARK));
        if !self.is_repetition(&mut draft, report) {
            self.known.insert((draft.section, words::fold(&draft.name)), self.drafts.len());
            self.drafts.push(draft);
        }
    }

    /// Whether a row says again what one of its section has said. One of the same name that says
    /// something else gets a number behind its name, since a section names an activity once.
    fn is_repetition(&mut self, draft: &mut Draft, report: &mut Report) -> bool {
        let (known, drafts) = (&self.known, &self.drafts);
        let find = |name: &str| drafts.get(*known.get(&(draft.section, words::fold(name)))?);
        let Some(first) = find(&draft.name) else { return false };
        let (name, line) = (cut(&draft.name, 80), first.line);
        if first.cells == draft.cells && first.note == draft.note {
            report.noted(draft.line, format!("`{name}` repeats line {line}, kept once"));
            return true;
        }
        let count = self.counts.entry((draft.section, words::fold(&draft.name))).or_insert(1);
        let base = cut(&draft.name, MAX_NAME - ROOM_FOR_NUMBER);
        let mut numbered =
            (*count + 1..=2 * MAX_ROWS).map(|count| (count, format!("{base} ({count})")));
        let Some((last, renamed)) = numbered.find(|(_, name)| find(name).is_none()) else {
            return false;
        };
        *count = last;
        let text = format!("`{name}` says something else in line {line}: named `{renamed}`");
        report.noted(draft.line, text);
        draft.name = renamed;
        false
    }

    /// The signs behind a name that point at footnotes there are; they leave the name.
    fn name_marks(&self, block: usize, name: &mut String) -> Vec<String> {
        let (bare, marks) = cell::without_marks(name);
        if bare.is_empty() || !marks.iter().all(|mark| self.footnote(block, mark).is_some()) {
            return Vec::new();
        }
        *name = bare;
        marks
    }

    /// The text of the footnote with this sign: the first after the table, else the last before.
    fn footnote(&self, block: usize, mark: &str) -> Option<String> {
        let blocks = self.footnotes.get(mark)?;
        let after = blocks.partition_point(|&at| at < block);
        let at = blocks.get(after).or_else(|| blocks.last())?;
        match self.document.blocks.get(*at)? {
            Block::Text { text, .. } => Some(flat(text)),
            Block::Heading { .. } | Block::Grid(_) => None,
        }
    }

    /// The index of the party of this name; none where there are too many already.
    fn party(&mut self, name: &str) -> Option<usize> {
        let by_name = self.parties.iter().position(|party| party.name == name);
        let known = by_name.or_else(|| {
            let folded = words::fold(name);
            self.parties.iter().position(|party| words::fold(&party.name) == folded)
        });
        if known.is_some() {
            return known;
        }
        if self.parties.len() == matrix_file::MAX_PARTIES as usize {
            return None;
        }
        self.parties.push(Party { name: name.to_owned(), aliases: Vec::new(), contact: None });
        Some(self.parties.len() - 1)
    }

    fn finish(mut self, legend: Option<Legend>, report: &mut Report) -> Option<(Matrix, Places)> {
        if self.drafts.is_empty() {
            if report.is_complete() {
                report.left(0, NO_MATRIX);
            }
            return None;
        }
        if self.parties.is_empty() {
            let line = self.drafts.first().map_or(0, |draft| draft.line);
            report.left(line, "no row says who has a part in it");
            return None;
        }
        let (service, language) = service::of(self.document);
        let used = self.drafts.iter().filter_map(|draft| draft.section);
        let (sections, places) = self.outline.prune(used, self.document.own.is_some());
        // The rows of a section that is entered again stand together.
        self.drafts.sort_by_key(|draft| draft.section.and_then(|section| places[section]));
        let mut matrix = Matrix {
            service,
            language,
            scheme: self.scheme,
            legend: legend.map(|legend| legend.texts(self.scheme)).unwrap_or_default(),
            source: self.document.source.clone(),
            parties: self.parties,
            sections,
            activities: Vec::new(),
            allowances: Vec::new(),
        };
        let mut places_of = Places::default();
        let mut ids = HashSet::new();
        let mut names: HashSet<String> =
            self.drafts.iter().map(|draft| draft.name.to_lowercase()).collect();
        for mut draft in self.drafts {
            draft.section =
                draft.section.and_then(|section| places.get(section).copied().flatten());
            draft.aliases.retain(|alias| names.insert(alias.to_lowercase()));
            let line = draft.line;
            let activity = draft.finish(&matrix);
            if ids.insert(activity.id.clone()) {
                matrix.activities.push(activity);
                places_of.activities.push(Mark { line, ..Mark::default() });
            } else {
                report.left(line, format!("`{}` gets the id of another row", activity.name));
            }
        }
        places_of.cells.clone_from(&places_of.activities);
        Some((matrix, places_of))
    }
}

impl Draft {
    fn finish(self, matrix: &Matrix) -> Activity {
        let path = self.section.map(|section| matrix.path(section)).unwrap_or_default();
        let path: Vec<(Option<&str>, &str)> = path
            .iter()
            .map(|section| (section.number.as_deref(), section.title.as_str()))
            .collect();
        let language = matrix.language.as_deref();
        let id = ActivityId::new(&matrix.service.id, language, &path, &self.name);
        let mut assignments = vec![Participations::NONE; matrix.parties.len()];
        for (party, cell) in self.cells {
            let both = Participations::iter;
            let cells = [assignments[party], cell];
            assignments[party] =
                cells.into_iter().flat_map(|cell| both(cell, matrix.scheme)).collect();
        }
        let Self { name, aliases, note, section, .. } = self;
        Activity { id, name, aliases, note, section, assignments }
    }
}

fn first_line(grid: &Grid) -> u32 {
    grid.rows.first().map_or(0, |row| row.line)
}

/// `24-26, 28` for lines in order.
fn line_ranges(lines: impl Iterator<Item = u32>) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for line in lines {
        match ranges.last_mut() {
            Some((_, last)) if line == *last || line == *last + 1 => *last = line,
            _ => ranges.push((line, line)),
        }
    }
    let range = |&(first, last): &(u32, u32)| {
        if first == last { first.to_string() } else { format!("{first}-{last}") }
    };
    ranges.iter().map(range).collect::<Vec<_>>().join(", ")
}
