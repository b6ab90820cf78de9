//! Ask: who is responsible for what this text names?

use std::cmp::Reverse;

use super::actions::{Subject, with_actions};
use super::answer::answer;
use super::reply::{Choice, LineKind, Menu, Outcome, Reply};
use super::text::{self, Text};
use super::{Command, Context, Found, Shelf, Sources, browse, compare, find};
use crate::domain::ActivityKey;
use crate::domain::id::slug;
use crate::search::{Confidence, Hit, Query, Rule};

/// How many activities are named where nothing is sure.
const MAX_SUGGESTIONS: usize = 3;

/// A word that stands for another at least this well is the same in another language.
const TRANSLATION: f32 = 0.72;

/// Answers free text.
pub(super) fn ask(
    sources: &Sources<'_>,
    typed: &str,
    service: Option<&str>,
    context: &Context,
) -> Reply {
    if sources.catalog.is_empty() {
        return Reply::private(Outcome::Nothing, context.language.no_matrix());
    }
    if let Some(service) = service
        && sources.services(service, &sources.scope(context)).is_empty()
    {
        return sources.unknown_service(service, Outcome::Nothing, context);
    }
    let found = find::find(sources, typed, service, context);
    if service.is_none()
        && let Some(reply) = service_alone(sources, typed, &found, context)
    {
        return reply;
    }
    let guess = found.findings.guess && !translated(sources, typed, &found, context);
    let lead_in = guess.then(|| context.language.closest_to(&text::quote(typed)));
    put(sources, typed, &found, lead_in, context)
}

/// Whether the best hit was named plainly, in a language that the matrix is not in: what is a guess
/// in one language is how one says it in another.
fn translated(sources: &Sources<'_>, typed: &str, found: &Found, context: &Context) -> bool {
    let Some(best) = found.findings.hits.first() else { return false };
    let spoken = sources.catalog.at(best.key).matrix.language.as_deref().unwrap_or("en");
    if spoken == context.language.tag() {
        return false;
    }
    // The name of the service says nothing of the activity.
    let text = sources.called(&found.scope).taken_out_of(typed);
    let query = Query { text: &text, scope: &found.scope };
    let explained = sources.index.explain(sources.catalog, query);
    let says_as_much = |rule: Rule, factor: f32| match rule {
        Rule::Synonym => factor >= TRANSLATION,
        rule => !rule.is_guess(),
    };
    explained.hits.first().is_some_and(|hit| {
        hit.key == best.key && hit.words.iter().all(|word| says_as_much(word.rule, word.factor))
    })
}

/// Puts what was found into words; `lead_in` stands before an answer.
pub(super) fn put(
    sources: &Sources<'_>,
    typed: &str,
    found: &Found,
    lead_in: Option<Text>,
    context: &Context,
) -> Reply {
    let findings = &found.findings;
    let Some((best, others)) = findings.hits.split_first() else {
        return nothing(sources, typed, found, context);
    };
    match findings.confidence {
        Confidence::Answer | Confidence::Choices => {
            let reply = lead(sources, *best, others, found, context);
            let reply = Reply { preamble: lead_in, ..reply };
            if findings.confidence == Confidence::Choices {
                or_perhaps(sources, reply, *best, others, found, context)
            } else {
                reply
            }
        }
        Confidence::Suggestions => suggest(sources, typed, found, context),
        Confidence::Nothing => nothing(sources, typed, found, context),
    }
}

/// The best in full, or compared where it is the same in several services; the others in a menu.
fn lead(
    sources: &Sources<'_>,
    best: Hit,
    others: &[Hit],
    found: &Found,
    context: &Context,
) -> Reply {
    let others: Vec<ActivityKey> = others.iter().map(|hit| hit.key).collect();
    if found.matrix.is_none()
        && let Some(reply) = compare::compare(sources, best.key, &others, &found.scope, context)
    {
        return reply;
    }
    one(sources, best.key, &others, context)
}

/// One activity in full, the others in a menu.
pub(super) fn one(
    sources: &Sources<'_>,
    key: ActivityKey,
    others: &[ActivityKey],
    context: &Context,
) -> Reply {
    let found = sources.catalog.at(key);
    let tags = tags(sources, others);
    let scope = sources.scope(context);
    let comparable = scope.len() > 1 && compare::is_in_several(sources, key, &scope);
    let shelf = others.is_empty().then(|| Shelf::Section {
        service: found.matrix.service.id.clone(),
        section: found
            .activity
            .section
            .unwrap_or(found.matrix.sections.len())
            .try_into()
            .unwrap_or(u16::MAX),
        page: 0,
    });
    let id = &found.activity.id;
    let subject = Subject {
        id: id.as_str().to_owned(),
        tag: id.tag().to_owned(),
        others: tags,
        compared: false,
        comparable,
        shelf,
    };
    let mut reply = with_actions(answer(sources, found, context), subject, context);
    let label = context.language.other_matches(others.len());
    reply.menus = menu(sources, others, Some(key), label).into_iter().collect();
    reply
}

fn or_perhaps(
    sources: &Sources<'_>,
    reply: Reply,
    best: Hit,
    others: &[Hit],
    found: &Found,
    context: &Context,
) -> Reply {
    let compared = reply.outcome == Outcome::Comparison;
    let outcome = if compared { Outcome::Comparison } else { Outcome::Choices };
    let kin = if compared {
        sources.index.kin(sources.catalog, best.key, &found.scope)
    } else {
        Vec::new()
    };
    let others: Vec<ActivityKey> =
        others.iter().map(|hit| hit.key).filter(|key| !kin.contains(key)).collect();
    let reply = Reply { outcome, ..reply };
    match names(sources, &others, context) {
        Some(others) => reply.hint(Text::plain(context.language.or_perhaps()).and_text(others)),
        None => reply,
    }
}

fn suggest(sources: &Sources<'_>, typed: &str, found: &Found, context: &Context) -> Reply {
    let keys = nearest(sources, typed, found, context);
    let language = context.language;
    let mut reply = Reply::private(
        Outcome::Suggestions,
        language.nothing_sure(&text::quote(typed), place(sources, found), false),
    );
    if let Some(names) = names(sources, &keys, context) {
        reply = reply.line(LineKind::Remark, Text::plain(language.closest()).and_text(names));
    }
    reply.menus.extend(menu(sources, &keys, None, language.did_you_mean().into()));
    reply.hint(language.try_again())
}

/// The best hits. Where the words of the question point to different ones, they are sorted by how many
/// of these words they have, without those of their service, and then by how little they say beside.
fn nearest(
    sources: &Sources<'_>,
    typed: &str,
    found: &Found,
    context: &Context,
) -> Vec<ActivityKey> {
    let mut keys = different(sources, found);
    // As it was looked for: the name of a service is one among those of others.
    let named = !found.findings.named.is_empty();
    let scope = if named { sources.scope(context) } else { found.scope.clone() };
    let query = Query { text: typed, scope: &scope };
    let explained = sources.index.explain(sources.catalog, query);
    let words_of = |key: ActivityKey| -> Vec<usize> {
        let own = slug(&sources.catalog.at(key).matrix.service.name);
        let is_own = |word: &str| own.split('-').any(|own| own == word);
        let hit = explained.hits.iter().find(|hit| hit.key == key);
        let words = hit.into_iter().flat_map(|hit| &hit.words);
        let firm = words.filter(|word| word.factor >= TRANSLATION).map(|word| word.asked);
        firm.filter(|&asked| !is_own(&explained.words[asked].word)).collect()
    };
    let first = keys.first().map(|&key| words_of(key)).unwrap_or_default();
    let points_apart =
        |&key: &ActivityKey| words_of(key).iter().any(|asked| !first.contains(asked));
    if keys.iter().any(points_apart) {
        keys.sort_by_key(|&key| (Reverse(words_of(key).len()), words_beside(sources, key)));
    }
    keys
}

/// How many words a name has without what stands in parentheses and its service's name. Where the
/// words of a question point to different activities, the one that says least beside is likeliest.
pub(super) fn words_beside(sources: &Sources<'_>, key: ActivityKey) -> usize {
    let found = sources.catalog.at(key);
    let own = slug(&found.matrix.service.name);
    let name = slug(found.activity.name.split('(').next().unwrap_or_default());
    name.split('-').filter(|word| !own.split('-').any(|own| own == *word)).count()
}

/// The best hits, of those that mean the same in several services the first.
fn different(sources: &Sources<'_>, found: &Found) -> Vec<ActivityKey> {
    let mut known: Vec<ActivityKey> = Vec::new();
    let mut keys: Vec<ActivityKey> = Vec::new();
    for hit in &found.findings.hits {
        if keys.len() < MAX_SUGGESTIONS && !known.contains(&hit.key) {
            known.extend(sources.index.kin(sources.catalog, hit.key, &found.scope));
            keys.push(hit.key);
        }
    }
    keys
}

fn nothing(sources: &Sources<'_>, typed: &str, found: &Found, context: &Context) -> Reply {
    let quoted = text::quote(typed);
    let headline = if quoted.is_empty() {
        context.language.nothing_asked()
    } else {
        context.language.nothing_sure(&quoted, place(sources, found), true)
    };
    Reply::private(Outcome::Nothing, headline).hint(context.language.try_again())
}

/// Somebody who typed nothing but a service's name wants to look into it, unless an activity has
/// that name.
fn service_alone(
    sources: &Sources<'_>,
    typed: &str,
    found: &Found,
    context: &Context,
) -> Option<Reply> {
    let scope = sources.scope(context);
    if scope.len() < 2 || found.findings.hits.first().is_some_and(|best| best.score >= 1.0) {
        return None;
    }
    let index = sources.called(&scope).exactly(typed)?;
    let service = sources.matrix(index).service.id.clone();
    Some(browse::browse(sources, &Shelf::Service { service, page: 0 }, context))
}

fn place<'a>(sources: &Sources<'a>, found: &Found) -> Option<&'a str> {
    found.matrix.map(|index| sources.matrix(index).service.name.as_str())
}

/// The first few names, with their service where there are several.
pub(super) fn names(
    sources: &Sources<'_>,
    keys: &[ActivityKey],
    context: &Context,
) -> Option<Text> {
    const LONGEST: usize = 80;
    let scope = sources.scope(context);
    let name = |key: ActivityKey, kin: &[ActivityKey]| {
        let found = sources.catalog.at(key);
        let name = Text::strong(text::cut(&found.activity.name, LONGEST));
        let mut matrices: Vec<u32> = kin.iter().map(|key| key.matrix).collect();
        matrices.dedup();
        match matrices.len() {
            _ if scope.len() < 2 => name,
            ..2 => name.and(format!(" ({})", found.matrix.service.name)),
            several => name.and(format!(" ({})", context.language.services(several))),
        }
    };
    let mut known: Vec<ActivityKey> = Vec::new();
    let mut shown = keys.iter().filter_map(|&key| {
        let is_new = !known.contains(&key);
        // One that several services have is named once, with how many have it.
        let kin: Vec<ActivityKey> = sources.index.kin(sources.catalog, key, &scope);
        known.extend(&kin);
        is_new.then(|| name(key, &kin))
    });
    let mut shown = shown.by_ref().take(MAX_SUGGESTIONS);
    let first = shown.next()?;
    Some(shown.fold(first, |text, name| text.and(" · ").and_text(name)))
}

/// The tags of activities.
pub(super) fn tags(sources: &Sources<'_>, keys: &[ActivityKey]) -> Vec<String> {
    keys.iter().map(|&key| sources.catalog.at(key).activity.id.tag().to_owned()).collect()
}

/// A menu of activities; each leads to an answer from which the others, and `shown`, can be
/// reached.
pub(super) fn menu(
    sources: &Sources<'_>,
    keys: &[ActivityKey],
    shown: Option<ActivityKey>,
    label: String,
) -> Option<Menu> {
    let all: Vec<ActivityKey> = shown.into_iter().chain(keys.iter().copied()).collect();
    let choices: Vec<Choice> = keys
        .iter()
        .take(Menu::MAX)
        .map(|&key| {
            let rest: Vec<ActivityKey> =
                all.iter().copied().filter(|&other| other != key).collect();
            Choice { command: show(sources, key, &rest), ..choice(sources, key) }
        })
        .collect();
    (!choices.is_empty()).then_some(Menu { label, choices })
}

fn show(sources: &Sources<'_>, key: ActivityKey, others: &[ActivityKey]) -> Command {
    let id = sources.catalog.at(key).activity.id.as_str().to_owned();
    Command::Show { id, others: tags(sources, others) }
}

/// An activity as a place to go.
pub(super) fn choice(sources: &Sources<'_>, key: ActivityKey) -> Choice {
    let found = sources.catalog.at(key);
    let service = &found.matrix.service.name;
    Choice {
        label: found.activity.name.clone(),
        detail: match found.matrix.section_of(found.activity) {
            Some(section) => format!("{service} › {}", section.label()),
            None => service.clone(),
        },
        command: show(sources, key, &[]),
    }
}
