//! Duties: what a party is responsible, accountable, consulted or informed for.

use super::answer::audience;
use super::pages::Page;
use super::reply::{LineKind, Menu, Outcome, Reply};
use super::text::{Text, quote};
use super::{Command, Context, Language, Sources, ask, known};
use crate::domain::{Activity, ActivityKey, Matrix, Participation, Party, Section};

/// How many activities a page shows: what a phone shows without much scrolling.
const PAGE: usize = 12;

/// How alike two names must be, by Jaro-Winkler from 0 to 1, for one to be the other misspelt.
const ALIKE: f64 = 0.88;

/// What stands between a party and its part, in our languages.
const AS: [&str; 3] = [" as ", " comme ", " en tant que "];

/// What people call the party that is us, and the others, in our languages.
const US: [&str; 6] = ["us", "we", "me", "ours", "nous", "moi"];
const THEM: [&str; 6] = ["them", "they", "theirs", "eux", "ils", "elles"];

/// What was asked for, as typed.
pub(super) struct Wanted<'a> {
    pub(super) party: &'a str,
    pub(super) participation: Option<&'a str>,
    pub(super) service: Option<&'a str>,
}

impl Wanted<'_> {
    /// The same, where the party was typed as `ops as accountable`, in one breath.
    fn taken_apart(&self, sources: &Sources<'_>, scope: &[u32]) -> Self {
        let whole = Self { ..*self };
        if self.participation.is_some() {
            return whole;
        }
        let splits = AS.iter().filter_map(|word| self.party.rsplit_once(word));
        splits
            .map(|(party, part)| Self { party, participation: Some(part), ..*self })
            .find(|split| {
                whose(sources, split.party, scope).is_some()
                    && split
                        .participation
                        .is_some_and(|part| participation(sources, part, scope).is_some())
            })
            .unwrap_or(whole)
    }
}

/// Whose duties.
enum Whose {
    /// The parties that go by one of these names in the matrices, and what to ask for them by.
    Parties(Vec<String>, String),
    /// What nobody answers for.
    Nobody,
    /// What more than one answer for.
    Several,
}

/// Lists a party's duties, grouped by section.
pub(super) fn duties(
    sources: &Sources<'_>,
    wanted: &Wanted<'_>,
    page: u16,
    context: &Context,
) -> Reply {
    let mut scope = sources.scope(context);
    let language = context.language;
    if let Some(service) = wanted.service {
        let named = sources.services(service, &scope);
        if named.is_empty() {
            return sources.unknown_service(service, Outcome::Refused, context);
        }
        scope = named;
    }
    let wanted = wanted.taken_apart(sources, &scope);
    let Some(whose) = whose(sources, wanted.party, &scope) else {
        let folded = fold(wanted.party);
        let headline = if is_us(&folded) || THEM.contains(&folded.as_str()) {
            language.nobody_is_us()
        } else {
            language.unknown_party(&quote(wanted.party))
        };
        let reply = Reply::private(Outcome::Refused, headline);
        return reply.hint(known(language, party_names(sources, &scope).into_iter()));
    };
    let part =
        match wanted.participation.map(|typed| (typed, participation(sources, typed, &scope))) {
            Some((typed, None)) => {
                let headline = language.unknown_participation(&quote(typed));
                let words = participation_words(sources, context).into_iter();
                return Reply::private(Outcome::Refused, headline).hint(known(language, words));
            }
            Some((_, part)) => part,
            None => None,
        };
    let keys = matching(sources, &whose, part, &scope);
    let total = scope.iter().map(|&index| sources.matrix(index).activities.len()).sum();
    let page = Page::of(&keys, page, PAGE);
    let headline = headline(sources, &whose, part, (keys.len(), total), &scope, context);
    let headline = match page.label(context) {
        Some(label) => headline.and(format!(" · {label}")),
        None => headline,
    };
    let mut reply = Reply::private(Outcome::Duties, headline);
    reply.audience = audience(sources, context);
    // What was understood, not what was typed: it is shorter and means the same in any language.
    let letter = part
        .and_then(|part| scope.iter().find_map(|&index| sources.matrix(index).scheme.letter(part)));
    let service = wanted.service.and_then(|_| scope.first());
    reply.buttons = page.buttons(context, |page| Command::Duties {
        party: name_to_ask_by(&whose).to_owned(),
        participation: letter.map(String::from),
        service: service.map(|&index| sources.matrix(index).service.id.clone()),
        page,
    });
    let choices = page.items.iter().map(|&key| ask::choice(sources, key)).collect();
    reply.menu = (!page.items.is_empty()).then(|| Menu { label: language.open().into(), choices });
    let listed = Listed { sources, whose: &whose, letters: part.is_none(), all: &keys };
    listed.items(reply, page.items, scope.len() > 1, language)
}

fn headline(
    sources: &Sources<'_>,
    whose: &Whose,
    part: Option<Participation>,
    (count, total): (usize, usize),
    scope: &[u32],
    context: &Context,
) -> Text {
    let language = context.language;
    let word = |part| language.participation(part);
    // Of several schemes the owner may be called differently; each matrix has its own.
    let owner = scope.first().map(|&index| sources.matrix(index).scheme.owner());
    let owner = part.or(owner).map_or("", word);
    let text = match whose {
        Whose::Parties(names, _) => language.duties(names, part.map(word), count, total),
        Whose::Nobody => language.unowned(owner, count, total),
        Whose::Several => language.overowned(owner, count, total),
    };
    match scope {
        [only] => text.and(" · ").and(&sources.matrix(*only).service.name),
        _ => text.and(" · ").and(language.services(scope.len())),
    }
}

/// What is listed, of which a page is shown.
struct Listed<'a> {
    sources: &'a Sources<'a>,
    whose: &'a Whose,
    /// Whether the letters stand beside the activities.
    letters: bool,
    all: &'a [ActivityKey],
}

impl Listed<'_> {
    /// The lines of a page: a heading with its count where the section changes, then the
    /// activities.
    fn items(
        &self,
        mut reply: Reply,
        keys: &[ActivityKey],
        several: bool,
        language: Language,
    ) -> Reply {
        let mut last = None;
        for &key in keys {
            let place = self.place(key);
            if last != Some(place) {
                last = Some(place);
                let count = self.all.iter().filter(|&&other| self.place(other) == place).count();
                reply = reply.line(LineKind::Heading, self.heading(key, count, several, language));
            }
            reply = reply.line(LineKind::Item, self.item(key));
        }
        reply
    }

    fn place(&self, key: ActivityKey) -> (u32, Option<usize>) {
        (key.matrix, self.sources.catalog.at(key).activity.section)
    }

    fn heading(&self, key: ActivityKey, count: usize, several: bool, language: Language) -> Text {
        let found = self.sources.catalog.at(key);
        let section = found.matrix.section_of(found.activity);
        let section = section.map_or_else(|| language.no_section().to_owned(), Section::label);
        let place =
            if several { format!("{} › {section}", found.matrix.service.name) } else { section };
        Text::strong(place).and(format!(" · {count}"))
    }

    fn item(&self, key: ActivityKey) -> Text {
        let found = self.sources.catalog.at(key);
        let name = &found.activity.name;
        match self.whose {
            Whose::Parties(parties, _) if self.letters => {
                let cell = |party| cell(self.sources, found.matrix, found.activity, party);
                let cells: Vec<String> = match &parties[..] {
                    [one] => vec![cell(one)],
                    several => several
                        .iter()
                        .map(|party| (party, cell(party)))
                        .filter(|(_, letters)| !letters.is_empty())
                        .map(|(party, letters)| format!("{party} {letters}"))
                        .collect(),
                };
                Text::strong(cells.join(", ")).and(" ").and(name)
            }
            _ => Text::plain(name),
        }
    }
}

/// A party's letters in an activity.
fn cell(sources: &Sources<'_>, matrix: &Matrix, activity: &Activity, party: &str) -> String {
    let mut cells = matrix.parties.iter().zip(&activity.assignments);
    cells
        .find(|(known, _)| called(sources, known, party))
        .map(|(_, cell)| cell.letters(matrix.scheme))
        .unwrap_or_default()
}

fn matching(
    sources: &Sources<'_>,
    whose: &Whose,
    part: Option<Participation>,
    scope: &[u32],
) -> Vec<ActivityKey> {
    let wanted = |matrix: &Matrix, activity: &Activity| match whose {
        Whose::Nobody => {
            let part = part.unwrap_or(matrix.scheme.owner());
            matrix.holders(activity, part).next().is_none()
        }
        Whose::Several => {
            let part = part.unwrap_or(matrix.scheme.owner());
            matrix.holders(activity, part).nth(1).is_some()
        }
        Whose::Parties(names, _) => {
            matrix.parties.iter().zip(&activity.assignments).any(|(party, cell)| {
                names.iter().any(|name| called(sources, party, name))
                    && part.map_or(!cell.is_empty(), |part| cell.contains(part))
            })
        }
    };
    let all = scope.iter().flat_map(|&matrix| {
        (0..)
            .zip(&sources.matrix(matrix).activities)
            .map(move |(i, activity)| (matrix, i, activity))
    });
    all.filter(|&(matrix, _, activity)| wanted(sources.matrix(matrix), activity))
        .map(|(matrix, activity, _)| ActivityKey { matrix, activity })
        .collect()
}

/// Whom a typed name means: `us`, `them`, `nobody`, `several`, or a party by its name, an alias,
/// what we call it, its beginning, or something very like these.
fn whose(sources: &Sources<'_>, typed: &str, scope: &[u32]) -> Option<Whose> {
    let folded = fold(typed);
    match folded.as_str() {
        "" => return None,
        "nobody" | "none" | "personne" => return Some(Whose::Nobody),
        "several" | "two" | "plusieurs" | "deux" => return Some(Whose::Several),
        _ => {}
    }
    let parties: Vec<&Party> =
        scope.iter().flat_map(|&index| &sources.matrix(index).parties).collect();
    let ours = |party: &&Party| sources.settings.party(party).is_some_and(|known| known.us);
    let named = |parties: Vec<&Party>, asked: &str| {
        let mut names: Vec<String> = Vec::new();
        for name in parties.into_iter().map(|party| sources.settings.name_of(party)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        (!names.is_empty()).then(|| Whose::Parties(names, asked.to_owned()))
    };
    if is_us(&folded) {
        return named(parties.into_iter().filter(ours).collect(), "us");
    }
    // Without us there is no them either.
    if THEM.contains(&folded.as_str()) && parties.iter().any(ours) {
        return named(parties.into_iter().filter(|party| !ours(party)).collect(), "them");
    }
    let name = sources.settings.name_of(closest(sources, &folded, &parties)?);
    Some(Whose::Parties(vec![name.clone()], name))
}

fn is_us(folded: &str) -> bool {
    US.contains(&folded)
}

fn closest<'a>(
    sources: &Sources<'_>,
    folded: &str,
    parties: &'a [&'a Party],
) -> Option<&'a &'a Party> {
    let named = |test: &dyn Fn(&str) -> bool| {
        parties.iter().find(|party| names_of(sources, party).any(|name| test(&fold(&name))))
    };
    named(&|name| name == folded)
        .or_else(|| named(&|name| name.starts_with(folded)))
        .or_else(|| named(&|name| strsim::jaro_winkler(name, folded) >= ALIKE))
}

fn names_of<'a>(sources: &Sources<'_>, party: &'a Party) -> impl Iterator<Item = String> + 'a {
    let ours = sources.settings.name_of(party);
    std::iter::once(ours)
        .chain(std::iter::once(party.name.clone()))
        .chain(party.aliases.iter().cloned())
}

fn called(sources: &Sources<'_>, party: &Party, name: &str) -> bool {
    sources.settings.name_of(party) == name
}

fn name_to_ask_by(whose: &Whose) -> &str {
    match whose {
        Whose::Parties(_, asked) => asked,
        Whose::Nobody => "nobody",
        Whose::Several => "several",
    }
}

/// The participation of a letter, of its word in one of our languages, or of the beginning of one.
fn participation(sources: &Sources<'_>, typed: &str, scope: &[u32]) -> Option<Participation> {
    let folded = fold(typed);
    let matrices = || scope.iter().map(|&index| sources.matrix(index));
    let mut letters = folded.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return matrices().find_map(|matrix| matrix.scheme.participation(letter));
    }
    let words = matrices().flat_map(|matrix| matrix.scheme.letters()).flat_map(|&(_, part)| {
        Language::ALL.map(|language| (part, fold(language.participation(part))))
    });
    let words: Vec<(Participation, String)> = words.collect();
    let find = |test: &dyn Fn(&str) -> bool| words.iter().find(|(_, word)| test(word)).map(|w| w.0);
    find(&|word| word == folded)
        .or_else(|| find(&|word| !folded.is_empty() && word.starts_with(folded.as_str())))
        .or_else(|| find(&|word| strsim::jaro_winkler(word, &folded) >= ALIKE))
}

/// The names that parties go by here, each once.
pub(super) fn party_names(sources: &Sources<'_>, scope: &[u32]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for party in scope.iter().flat_map(|&index| &sources.matrix(index).parties) {
        let name = sources.settings.name_of(party);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// What may be asked for beside the parties themselves: us and them where we are known, nobody and
/// several.
pub(super) fn groups(sources: &Sources<'_>, context: &Context) -> Vec<String> {
    let us_known = sources.settings.parties.iter().any(|party| party.us);
    let [us, them, nobody, several] = context.language.groups();
    let ours = [us, them].into_iter().filter(|_| us_known);
    ours.chain([nobody, several]).map(str::to_owned).collect()
}

/// The words for the participations of the matrices here, each once.
pub(super) fn participation_words(sources: &Sources<'_>, context: &Context) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for index in sources.scope(context) {
        for &(_, part) in sources.matrix(index).scheme.letters() {
            let word = context.language.participation(part).to_owned();
            if !words.contains(&word) {
                words.push(word);
            }
        }
    }
    words
}

fn fold(text: &str) -> String {
    crate::domain::id::slug(text).replace('-', " ")
}
