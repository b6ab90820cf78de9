//! Ask: who is responsible for what this text names?

use super::answer::answer;
use super::reply::{Audience, Button, Choice, LineKind, Menu, Outcome, Reply};
use super::text::{self, Text};
use super::{Command, Context, Found, Sources, delete};
use crate::domain::ActivityKey;
use crate::search::{Confidence, Findings, Hit, Query};

/// How many activities are named where nothing is sure.
const MAX_SUGGESTIONS: usize = 3;

/// How many activities a message is taken to be about.
const MAX_IN_MESSAGE: usize = 3;

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
        && sources.service(service, &sources.scope(context)).is_none()
    {
        return sources.unknown_service(service, Outcome::Nothing, context);
    }
    let found = find(sources, typed, service, context);
    put(sources, typed, &found, context)
}

/// What a question finds. An unknown service finds nothing.
pub(super) fn find(
    sources: &Sources<'_>,
    typed: &str,
    service: Option<&str>,
    context: &Context,
) -> Found {
    let scope = sources.scope(context);
    if let Some(service) = service {
        let matrix = sources.service(service, &scope);
        let only: Vec<u32> = matrix.into_iter().collect();
        return Found { findings: search(sources, typed, &only), matrix, scope: only };
    }
    let everywhere = search(sources, typed, &scope);
    if let [named] = everywhere.named[..] {
        return Found { findings: everywhere, matrix: Some(named), scope };
    }
    let usual = sources.settings.service_in(context.channel.as_ref());
    if let Some(matrix) = usual.and_then(|usual| sources.service(usual, &scope)) {
        let here = search(sources, typed, &[matrix]);
        if is_sure(&here) || !is_sure(&everywhere) {
            return Found { findings: here, matrix: Some(matrix), scope: vec![matrix] };
        }
    }
    let matrix = if let [only] = scope[..] { Some(only) } else { None };
    Found { findings: everywhere, matrix, scope }
}

/// Answers for what a message talks about, to the asker alone.
pub(super) fn message(sources: &Sources<'_>, message: &str, context: &Context) -> Reply {
    let prose = text::prose(message);
    let context = &Context { share: Some(false), ..context.clone() };
    let mut found = find(sources, &prose, None, context);
    if !is_sure(&found.findings) {
        return Reply::private(Outcome::Nothing, context.language.nothing_in_message())
            .hint(context.language.try_again());
    }
    found.findings.hits.truncate(MAX_IN_MESSAGE);
    put(sources, &prose, &found, context)
}

/// Answers for the activity of an id that we gave out earlier.
pub(super) fn show(sources: &Sources<'_>, id: &str, context: &Context) -> Reply {
    if let Some(key) = sources.catalog.find(id) {
        return with_share(answer(sources, sources.catalog.at(key), context), id, context);
    }
    let mut reply = ask(sources, &words_of(id), None, context);
    reply.preamble = Some(context.language.older_list());
    reply
}

/// Posts the activity of an id to the channel, with who asked.
pub(super) fn share(sources: &Sources<'_>, id: &str, context: &Context) -> Reply {
    let context = &Context { share: Some(true), poster: None, ..context.clone() };
    let reply = show(sources, id, context);
    match &context.asker {
        Some(asker) if reply.audience == Audience::Channel => {
            reply.line(LineKind::Remark, context.language.asked_by(&text::quote(&asker.name)))
        }
        _ => reply,
    }
}

fn search(sources: &Sources<'_>, typed: &str, scope: &[u32]) -> Findings {
    sources.index.search(sources.catalog, Query { text: typed, scope })
}

fn is_sure(findings: &Findings) -> bool {
    matches!(findings.confidence, Confidence::Answer | Confidence::Choices)
}

/// Puts what was found into words.
fn put(sources: &Sources<'_>, typed: &str, found: &Found, context: &Context) -> Reply {
    match (found.findings.confidence, found.findings.hits.split_first()) {
        (Confidence::Answer, Some((best, others))) => {
            lead(sources, typed, &found.findings, *best, others, context)
        }
        (Confidence::Choices, Some((best, others))) => {
            let reply = lead(sources, typed, &found.findings, *best, others, context);
            let reply = Reply { outcome: Outcome::Choices, ..reply };
            let language = context.language;
            match names(sources, others, context) {
                Some(others) => reply.hint(Text::plain(language.or_perhaps()).and_text(others)),
                None => reply,
            }
        }
        (Confidence::Suggestions, Some(_)) => suggest(sources, typed, found, context),
        _ => nothing(sources, typed, found, context),
    }
}

/// The best in full, the others in a menu.
fn lead(
    sources: &Sources<'_>,
    typed: &str,
    findings: &Findings,
    best: Hit,
    others: &[Hit],
    context: &Context,
) -> Reply {
    let best = sources.catalog.at(best.key);
    let mut reply = with_share(answer(sources, best, context), best.activity.id.as_str(), context);
    if findings.guess {
        reply.preamble = Some(context.language.closest_to(&text::quote(typed)));
    }
    reply.menu = menu(sources, others, context.language.other_matches(others.len()));
    reply
}

fn suggest(sources: &Sources<'_>, typed: &str, found: &Found, context: &Context) -> Reply {
    let hits = &found.findings.hits[..found.findings.hits.len().min(MAX_SUGGESTIONS)];
    let place = found.matrix.map(|index| sources.matrix(index).service.name.as_str());
    let language = context.language;
    let mut reply = Reply::private(
        Outcome::Suggestions,
        language.nothing_sure(&text::quote(typed), place, false),
    );
    if let Some(names) = names(sources, hits, context) {
        reply = reply.line(LineKind::Remark, Text::plain(language.closest()).and_text(names));
    }
    reply.menu = menu(sources, hits, language.did_you_mean().into());
    reply.hint(language.try_again())
}

fn nothing(sources: &Sources<'_>, typed: &str, found: &Found, context: &Context) -> Reply {
    let quoted = text::quote(typed);
    let place = found.matrix.map(|index| sources.matrix(index).service.name.as_str());
    let headline = if quoted.is_empty() {
        context.language.nothing_asked()
    } else {
        context.language.nothing_sure(&quoted, place, true)
    };
    Reply::private(Outcome::Nothing, headline).hint(context.language.try_again())
}

/// What can be done with an answer: a private one can be posted to the channel, a public one taken
/// back.
fn with_share(mut reply: Reply, id: &str, context: &Context) -> Reply {
    if reply.audience == Audience::Asker {
        reply.buttons.push(Button {
            label: context.language.share().into(),
            command: Command::Share { id: id.to_owned() },
            enabled: true,
        });
    } else {
        let asker = || context.asker.as_ref().map(|asker| &asker.id);
        let poster = context.poster.as_ref().or_else(asker);
        reply.buttons.extend(poster.map(|poster| delete::button(poster, context.language)));
    }
    reply
}

/// The first few names, with their service where there are several.
fn names(sources: &Sources<'_>, hits: &[Hit], context: &Context) -> Option<Text> {
    const LONGEST: usize = 80;
    let several = sources.scope(context).len() > 1;
    let mut shown = hits.iter().take(MAX_SUGGESTIONS).map(|hit| {
        let found = sources.catalog.at(hit.key);
        let name = Text::strong(text::cut(&found.activity.name, LONGEST));
        if several { name.and(format!(" ({})", found.matrix.service.name)) } else { name }
    });
    let first = shown.next()?;
    Some(shown.fold(first, |text, name| text.and(" · ").and_text(name)))
}

/// A menu of activities.
pub(super) fn menu(sources: &Sources<'_>, hits: &[Hit], label: String) -> Option<Menu> {
    let choices: Vec<Choice> =
        hits.iter().take(Menu::MAX).map(|hit| choice(sources, hit.key)).collect();
    (!choices.is_empty()).then_some(Menu { label, choices })
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
        command: Command::Show { id: found.activity.id.as_str().to_owned() },
    }
}

/// The words that an id is made of, without its number and hash.
fn words_of(id: &str) -> String {
    let mut parts: Vec<&str> = id.split('-').collect();
    parts.pop();
    parts.retain(|part| !part.chars().all(|c| c.is_ascii_digit() || c == '.'));
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_id_still_says_what_it_meant() {
        assert_eq!(words_of("kms-3.1.1-manage-backups-1f3c9a"), "kms manage backups");
        assert_eq!(words_of(""), "");
        assert_eq!(words_of("x"), "");
    }
}
