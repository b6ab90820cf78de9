//! A matrix file to a matrix: what its keys mean together, and every fault of that.

use std::collections::HashMap;

use time::Date;

use super::allowances;
use super::matrix_file::{
    ActivityFile, Cell, MAX_SECTIONS, MatrixFile, Meaning, PartyFile, SectionFile, ServiceFile,
    SourceFile,
};
use super::places::Places;
use super::source::{Mark, Source as Text, suggestion};
use super::yaml::scalar::{DAY, cut};
use super::yaml::typed::{At, Open};
use crate::domain::checks::CHECKS;
use crate::domain::id::{MAX_SERVICE_ID, slug};
use crate::domain::{
    Activity, ActivityId, Matrix, Participation, Participations, Party, Scheme, Scope, Section,
    Service, Source,
};

/// The matrix of a file, and where its parts stand. With errors reported in `text` it is of no use.
pub(crate) fn matrix(file: MatrixFile, text: &mut Text<'_>) -> (Matrix, Places) {
    let scheme = file.scheme.scheme();
    let places = Places {
        date: date_of(&file),
        parties: file.parties.iter().map(|party| party.name.mark).collect(),
        ..Places::default()
    };
    let mut allowed = allowances::of_columns(&file);
    let matrix = Matrix {
        service: service(file.service, text),
        language: file.language.map(|tag| language(tag, text)),
        scheme,
        legend: legend(file.legend, scheme, text),
        source: file.source.map(|source| self::source(source, text)).unwrap_or_default(),
        parties: parties(file.parties, text),
        sections: Vec::new(),
        activities: Vec::new(),
        allowances: Vec::new(),
    };
    allowed.extend(allowances::of_matrix(file.allow));
    let mut rows = Rows { matrix, text, marks: Vec::new(), seen: HashMap::new(), allowed, places };
    for activity in file.activities {
        rows.activity(activity, None);
    }
    for section in file.sections {
        rows.section(section, None);
    }
    rows.aliases();
    rows.allowances();
    rows.rules();
    rows.places.activities = rows.marks.iter().map(|marks| marks.name).collect();
    rows.places.cells = rows.marks.iter().map(|marks| marks.cells).collect();
    (rows.matrix, rows.places)
}

fn date_of(file: &MatrixFile) -> Mark {
    let date = file.source.as_ref().and_then(|source| source.date.as_ref());
    date.map(|date| date.mark).unwrap_or_default()
}

fn service(file: At<ServiceFile>, text: &mut Text<'_>) -> Service {
    let ServiceFile { id, name, aliases, confidential } = file.value;
    let given = id.is_some();
    let id = id.unwrap_or_else(|| At { value: slug(&name), mark: name.mark });
    if !name.is_empty() && !is_service_id(&id) {
        let message = if given {
            format!("`{}` cannot be a service's id", cut(&id))
        } else {
            format!("no id can be made from `{}`", cut(&name))
        };
        text.error("service-id", id.mark, message).hint(format!(
            "give an `id` of lower-case letters, digits and hyphens, {MAX_SERVICE_ID} at most"
        ));
    }
    let aliases = unshared(aliases, &mut HashMap::new(), &name, "service", text);
    Service { id: id.value, name: name.value, aliases, confidential }
}

/// Whether a text may be a service's id.
pub(super) fn is_service_id(id: &str) -> bool {
    (1..=MAX_SERVICE_ID).contains(&id.len()) && slug(id) == id
}

fn language(tag: At<String>, text: &mut Text<'_>) -> String {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    let is_tag = (2..=3).contains(&primary.len())
        && primary.bytes().all(|b| b.is_ascii_alphabetic())
        && parts
            .all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    if !is_tag {
        text.error("language", tag.mark, format!("`{}` is no language tag", cut(&tag)))
            .hint("write it as in `en`, `fr` or `pt-BR`");
    }
    tag.value
}

fn legend(
    file: Open<Meaning>,
    scheme: Scheme,
    text: &mut Text<'_>,
) -> Vec<(Participation, String)> {
    let mut legend: Vec<(Participation, String)> = Vec::new();
    for (key, Meaning(meaning)) in file.0 {
        let mut letters = key.chars();
        let letter = letters.next().filter(|_| letters.as_str().is_empty());
        match letter.and_then(|letter| scheme.participation(letter)) {
            None => {
                text.error("unknown-letter", key.mark, format!("unknown letter `{}`", cut(&key)))
                    .hint(letters_of(scheme, letter));
            }
            Some(known) if legend.iter().any(|(seen, _)| *seen == known) => {
                text.error("duplicate-key", key.mark, format!("`{}` is given twice", cut(&key)))
                    .hint("keep one of them");
            }
            Some(participation) => legend.push((participation, meaning)),
        }
    }
    legend
}

fn source(file: SourceFile, text: &mut Text<'_>) -> Source {
    if let Some(url) = &file.url {
        let rest = ["https://", "http://"].iter().find_map(|scheme| url.strip_prefix(scheme));
        if rest.is_none_or(|rest| rest.is_empty() || rest.contains(char::is_whitespace)) {
            text.error("no-address", url.mark, format!("`{}` is no web address", cut(url)))
                .hint("it begins with `https://` or `http://` and holds no space");
        }
    }
    Source {
        title: file.title,
        excerpt: file.excerpt,
        url: file.url.map(|url| url.value),
        date: file.date.and_then(|date| Date::parse(&date, DAY).ok()),
        licence: file.licence,
    }
}

fn parties(files: Vec<PartyFile>, text: &mut Text<'_>) -> Vec<Party> {
    let mut names: HashMap<String, String> = HashMap::new();
    for PartyFile { name, .. } in &files {
        let again = names.insert(folded(name), name.value.clone()).is_some();
        if again && !name.is_empty() {
            text.error("duplicate-party", name.mark, format!("a second party `{}`", cut(name)))
                .hint("keep one of them");
        }
    }
    files
        .into_iter()
        .map(|PartyFile { name, aliases, contact, .. }| Party {
            aliases: unshared(aliases, &mut names, &name, "party", text),
            name: name.value,
            contact,
        })
        .collect()
}

/// The aliases of one thing, without those that another thing has, which are reported.
///
/// `names` is what is taken already: names and aliases, and whose they are.
fn unshared(
    aliases: Vec<At<String>>,
    names: &mut HashMap<String, String>,
    owner: &str,
    what: &str,
    text: &mut Text<'_>,
) -> Vec<String> {
    let mut kept = Vec::with_capacity(aliases.len());
    for alias in aliases {
        let other = names.insert(folded(&alias), owner.to_owned());
        let message = match &other {
            Some(other) if other != owner => {
                text.error(
                    "shared-alias",
                    alias.mark,
                    format!("`{}` also means the {what} `{}`", cut(&alias), cut(other)),
                )
                .hint("an alias leads to one of them: keep it there");
                continue;
            }
            Some(_) => "is given twice",
            None if folded(&alias) == folded(owner) => "is the name itself",
            None => {
                kept.push(alias.value);
                continue;
            }
        };
        text.warning(
            "needless-alias",
            alias.mark,
            format!("the alias `{}` {message}", cut(&alias)),
        )
        .hint("remove it");
    }
    kept
}

/// Sections and activities as they come.
struct Rows<'t, 'a> {
    matrix: Matrix,
    text: &'t mut Text<'a>,
    marks: Vec<RowMarks>,
    /// Activities by their section's path and their name: their line.
    seen: HashMap<(Vec<String>, String), u32>,
    allowed: Vec<allowances::Entry>,
    places: Places,
}

/// Where the parts of a row stand.
struct RowMarks {
    name: Mark,
    cells: Mark,
    aliases: Vec<At<String>>,
    faulty: bool,
}

impl Rows<'_, '_> {
    fn section(&mut self, file: SectionFile, parent: Option<usize>) {
        let index = self.matrix.sections.len();
        if index == MAX_SECTIONS as usize {
            let message = format!("more than {MAX_SECTIONS} sections");
            self.text.error("too-many", file.title.mark, message);
        }
        if index >= MAX_SECTIONS as usize {
            self.matrix.sections.truncate(index);
            return;
        }
        let number = file.number.map(|number| number.trim_end_matches('.').to_owned());
        // Dots alone number nothing.
        let number = number.filter(|number| !number.is_empty());
        let title = file.title.value;
        self.matrix.sections.push(Section { number, title, parent });
        self.allowed.extend(allowances::entries(file.allow, Scope::Section(index)));
        for activity in file.activities {
            self.activity(activity, Some(index));
        }
        for section in file.sections {
            self.section(section, Some(index));
        }
    }

    fn activity(&mut self, file: ActivityFile, section: Option<usize>) {
        let before = self.text.faults();
        let name = file.name;
        let id = {
            let path = section.map(|index| self.matrix.path(index)).unwrap_or_default();
            let path: Vec<(Option<&str>, &str)> =
                path.iter().map(|s| (s.number.as_deref(), s.title.as_str())).collect();
            let key = path.iter().map(|(number, title)| format!("{number:?}{title}")).collect();
            let first = self.seen.entry((key, folded(&name))).or_insert(name.mark.line);
            if *first != name.mark.line && !name.is_empty() {
                let message = format!("`{}` stands in this section twice", cut(&name));
                self.text
                    .error("duplicate-activity", name.mark, message)
                    .hint(format!("it is on line {first} already; keep one of them"));
            }
            let language = self.matrix.language.as_deref();
            ActivityId::new(&self.matrix.service.id, language, &path, &name)
        };
        let row = Scope::Activity(self.matrix.activities.len());
        self.allowed.extend(allowances::entries(file.allow, row));
        let cells = file.assignments.mark;
        let assignments = self.assignments(file.assignments.value);
        let at_fault = |mark: Mark, text: &Text<'_>| text.has_error_on(mark.line);
        let faulty = self.text.faults() > before
            || at_fault(name.mark, self.text)
            || at_fault(cells, self.text);
        self.marks.push(RowMarks { name: name.mark, cells, aliases: file.aliases, faulty });
        self.matrix.activities.push(Activity {
            id,
            name: name.value,
            aliases: Vec::new(),
            note: file.note,
            section,
            assignments,
        });
    }

    fn assignments(&mut self, file: Open<Cell>) -> Vec<Participations> {
        let mut cells = vec![Participations::NONE; self.matrix.parties.len()];
        for (key, cell) in file.0 {
            let parties = &self.matrix.parties;
            match parties.iter().position(|party| party.name == key.value) {
                Some(index) => cells[index] = letters(&cell, self.matrix.scheme, self.text),
                // Without parties nothing else can be right, and that is told.
                None if parties.is_empty() => {}
                None => {
                    let known: Vec<&str> = parties.iter().map(|p| p.name.as_str()).collect();
                    self.text
                        .error("unknown-party", key.mark, format!("unknown party `{}`", cut(&key)))
                        .maybe(suggestion(&key, known));
                }
            }
        }
        cells
    }

    /// Gives the activities their aliases, once all names are known.
    fn aliases(&mut self) {
        let mut names: HashMap<String, String> = HashMap::new();
        for activity in &self.matrix.activities {
            names.insert(folded(&activity.name), activity.name.clone());
        }
        for (activity, marks) in self.matrix.activities.iter_mut().zip(&mut self.marks) {
            let aliases = std::mem::take(&mut marks.aliases);
            activity.aliases = unshared(aliases, &mut names, &activity.name, "activity", self.text);
        }
    }

    fn allowances(&mut self) {
        let allowed = std::mem::take(&mut self.allowed);
        (self.matrix.allowances, self.places.allowances) = allowances::read(allowed, self.text);
    }

    /// Warns of what breaks the scheme's own rules, and of ids that coincide.
    fn rules(&mut self) {
        let mut ids: HashMap<&str, &str> = HashMap::new();
        for (index, (activity, marks)) in self.matrix.activities.iter().zip(&self.marks).enumerate()
        {
            if marks.faulty {
                continue;
            }
            for check in CHECKS {
                if let Some(message) = (check.run)(&self.matrix, activity)
                    && self.matrix.allowance(check.id, Scope::Activity(index)).is_none()
                {
                    self.text.warning(check.id, marks.cells, message);
                }
            }
            if let Some(other) = ids.insert(activity.id.as_str(), &activity.name) {
                let message = format!("`{}` gets the id of `{}`", cut(&activity.name), cut(other));
                self.text.error("same-id", marks.name, message).hint("change one of the names");
            }
        }
    }
}

/// The participations of a cell; what is none is reported.
fn letters(cell: &Cell, scheme: Scheme, text: &mut Text<'_>) -> Participations {
    let mut set = Participations::NONE;
    for item in &cell.0 {
        let letters = item.chars().filter(|c| !c.is_whitespace() && !"/,+&".contains(*c));
        for letter in letters {
            if let Some(participation) = scheme.participation(letter) {
                set.insert(participation);
                continue;
            }
            let message = if item.chars().nth(1).is_some() {
                format!("unknown letter `{letter}` in `{}`", cut(item))
            } else {
                format!("unknown letter `{letter}`")
            };
            text.error("unknown-letter", item.mark, message).hint(letters_of(scheme, Some(letter)));
            break;
        }
    }
    set
}

/// The letters that a scheme has, and which schemes have the one that it has not.
fn letters_of(scheme: Scheme, unknown: Option<char>) -> String {
    let letters = scheme.letters().iter().map(|(letter, _)| letter.to_string());
    let mut hint = format!("the letters of `{}` are {}", scheme.id(), listed(letters));
    if let Some(letter) = unknown {
        let others = Scheme::ALL.iter().filter(|other| other.participation(letter).is_some());
        let others: Vec<String> = others.map(|other| other.id().to_owned()).collect();
        if !others.is_empty() {
            hint += &format!("; `{letter}` is one of `scheme:` {}", listed(others.into_iter()));
        }
    }
    hint
}

fn listed(words: impl Iterator<Item = String>) -> String {
    let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    match words.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        words => words.concat(),
    }
}

/// Text as it is compared: without case, and with single spaces.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
