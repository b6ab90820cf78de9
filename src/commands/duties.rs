//! Duties: what a party is responsible, accountable, consulted or informed for.

use super::answer::audience;
use super::pages::Page;
use super::reply::{LineKind, Outcome, Reply};
use super::text::{Text, quote};
use super::{Command, Context, Language, Sources, known};
use crate::domain::{Activity, ActivityKey, Matrix, Participation, Party, Section};

/// How many activities a page shows: what a phone shows without much scrolling.
const PAGE: usize = 12;

/// How alike two names must be, by Jaro-Winkler from 0 to 1, for one to be the other misspelt.
const ALIKE: f64 = 0.88;

/// What stands between a party and its part, in our languages.
const AS: [&str; 3] = [" as ", " comme ", " en tant que "];

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
    /// The parties that go by this name in the matrices.
    Party(String),
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
        let reply = Reply::private(Outcome::Refused, language.unknown_party(&quote(wanted.party)));
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
    let letters = part.is_none();
    items(reply, sources, page.items, &whose, letters, scope.len() > 1, language)
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
    let text = match whose {
        Whose::Party(name) => {
            language.duties(name, part.map(|part| language.participation(part)), count, total)
        }
        Whose::Nobody => language.unowned(count, total),
        Whose::Several => language.overowned(count, total),
    };
    match scope {
        [only] => text.and(" · ").and(&sources.matrix(*only).service.name),
        _ => text.and(" · ").and(language.services(scope.len())),
    }
}

/// The lines of a page: a heading where the section changes, then the activities.
fn items(
    mut reply: Reply,
    sources: &Sources<'_>,
    keys: &[ActivityKey],
    whose: &Whose,
    letters: bool,
    several: bool,
    language: Language,
) -> Reply {
    let mut last = None;
    for &key in keys {
        let found = sources.catalog.at(key);
        let place = (key.matrix, found.activity.section);
        if last != Some(place) {
            last = Some(place);
            let section = found.matrix.section_of(found.activity);
            let section = section.map_or_else(|| language.no_section().to_owned(), Section::label);
            let heading = if several {
                format!("{} › {section}", found.matrix.service.name)
            } else {
                section
            };
            reply = reply.line(LineKind::Heading, Text::strong(heading));
        }
        let text = match whose {
            Whose::Party(name) if letters => {
                let cell = cell(sources, found.matrix, found.activity, name);
                Text::strong(cell).and(" ").and(&found.activity.name)
            }
            _ => Text::plain(&found.activity.name),
        };
        reply = reply.line(LineKind::Item, text);
    }
    reply
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
        Whose::Nobody => matrix.holders(activity, matrix.scheme.owner()).next().is_none(),
        Whose::Several => matrix.holders(activity, matrix.scheme.owner()).nth(1).is_some(),
        Whose::Party(name) => {
            matrix.parties.iter().zip(&activity.assignments).any(|(party, cell)| {
                called(sources, party, name)
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
    let is_us = |party: &&&Party| sources.settings.party(party).is_some_and(|known| known.us);
    let party = match folded.as_str() {
        "us" | "we" | "me" | "nous" | "moi" => parties.iter().find(is_us),
        "them" | "they" | "eux" | "ils" => parties.iter().find(|party| !is_us(party)),
        _ => closest(sources, &folded, &parties),
    };
    party.map(|party| Whose::Party(sources.settings.name_of(party)))
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
        Whose::Party(name) => name,
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
