//! Duties: what a party is responsible, accountable, consulted or informed for.

use super::actions::with_delete;
use super::answer::{self, audience};
use super::pages::Page;
use super::reply::{Choice, LineKind, Menu, Outcome, Reply};
use super::text::{Text, quote};
use super::whose::{self, ALIKE, Whose, called, fold, party_names, whose};
use super::{Command, Context, Language, Sources, ask, known};
use crate::domain::{Activity, ActivityKey, Matrix, Participation, Party, Section};

/// How many activities a page shows: what a phone shows without much scrolling.
const PAGE: usize = 12;

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
        let headline = if whose::is_us_or_them(wanted.party) {
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
        party: whose.name_to_ask_by().to_owned(),
        participation: letter.map(String::from),
        service: service.map(|&index| sources.matrix(index).service.id.clone()),
        page,
    });
    let choices: Vec<Choice> = page.items.iter().map(|&key| ask::choice(sources, key)).collect();
    if !choices.is_empty() {
        reply.menus = vec![Menu { label: language.open().into(), choices }];
    }
    let letters = part.is_none() && matches!(whose, Whose::Parties(..));
    let listed = Listed { sources, whose: &whose, letters, all: &keys };
    if letters && !keys.is_empty() {
        reply = reply.line(LineKind::Remark, legend(sources, &scope, language));
    }
    reply = listed.items(reply, page.items, scope.len() > 1, language);
    if let Some(contact) = contact(sources, &whose, &scope, context) {
        reply = reply.line(LineKind::Contact, contact);
    }
    if let [only] = scope[..] {
        reply.source.clone_from(&sources.matrix(only).source.url);
    }
    with_delete(reply, context)
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
        Whose::Parties(names, _) => {
            let names: Vec<String> =
                names.iter().map(|name| shown(sources, name, scope, context)).collect();
            language.duties(&names, part.map(word), count, total)
        }
        Whose::Nobody => language.unowned(owner, count, total),
        Whose::Several => language.overowned(owner, count, total),
    };
    match scope {
        [only] => text.and(" · ").and(&sources.matrix(*only).service.name),
        _ => text.and(" · ").and(language.services(scope.len())),
    }
}

/// A party's name as it is first read.
fn shown(sources: &Sources<'_>, name: &str, scope: &[u32], context: &Context) -> String {
    let party = party(sources, name, scope);
    party.map_or_else(|| name.to_owned(), |party| answer::name(sources, party, context))
}

fn party<'a>(sources: &Sources<'a>, name: &str, scope: &[u32]) -> Option<&'a Party> {
    let mut parties = scope.iter().flat_map(|&index| &sources.matrix(index).parties);
    parties.find(|party| called(sources, party, name))
}

/// How to reach a party whose duties are listed.
fn contact(sources: &Sources<'_>, whose: &Whose, scope: &[u32], context: &Context) -> Option<Text> {
    let Whose::Parties(names, _) = whose else { return None };
    let [name] = &names[..] else { return None };
    let contact =
        sources.settings.contact_of(party(sources, name, scope)?, context.channel.as_ref())?;
    Some(context.language.reach(&shown(sources, name, scope, context), contact))
}

/// `R Responsible · A Accountable`: what the letters on a page mean.
fn legend(sources: &Sources<'_>, scope: &[u32], language: Language) -> Text {
    let mut letters: Vec<(char, Participation)> = Vec::new();
    for &index in scope {
        for &pair in sources.matrix(index).scheme.letters() {
            if !letters.contains(&pair) {
                letters.push(pair);
            }
        }
    }
    letters.into_iter().enumerate().fold(Text::default(), |text, (i, (letter, part))| {
        text.and(if i == 0 { "" } else { " · " })
            .and_strong(letter.to_string())
            .and(format!(" {}", language.participation(part)))
    })
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
        Text::strong(place).and(format!(" · {}", language.activities(count)))
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
                Text::plain(name).and(" — ").and_strong(cells.join(", "))
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
