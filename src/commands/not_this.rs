//! Not this: the answer was not what was meant, and the next best is shown.

use super::reply::{Audience, Button, Outcome, Reply};
use super::show::tagged;
use super::{Command, Context, Shelf, Sources, ask, compare};
use crate::domain::{ActivityKey, Section};

/// Answers with the next best of `others`, or says that there is no more.
pub(super) fn not_this(
    sources: &Sources<'_>,
    tag: &str,
    others: &[String],
    context: &Context,
) -> Reply {
    let rejected = sources.catalog.tagged(tag);
    match tagged(sources, others).split_first() {
        Some((&next, rest)) => {
            let mut reply = show(sources, next, rest, rejected, context);
            reply.preamble = Some(context.language.next_best());
            reply
        }
        None => exhausted(sources, rejected, context),
    }
}

/// The next best. What was rejected stays at the end of the menu, for a finger that slipped.
fn show(
    sources: &Sources<'_>,
    next: ActivityKey,
    rest: &[ActivityKey],
    rejected: Option<ActivityKey>,
    context: &Context,
) -> Reply {
    let mut matrices = rest.iter().chain([&next]).chain(&rejected).map(|key| key.matrix);
    let one_service = matrices.all(|matrix| matrix == next.matrix);
    let scope = sources.scope(context);
    let compared =
        if one_service { None } else { compare::compare(sources, next, rest, &scope, context) };
    let mut reply = compared.unwrap_or_else(|| ask::one(sources, next, rest, context));
    if reply.outcome == Outcome::Answer {
        let all: Vec<ActivityKey> = rest.iter().copied().chain(rejected).collect();
        let label = context.language.other_matches(all.len());
        reply.menus = ask::menu(sources, &all, Some(next), label).into_iter().collect();
    }
    reply
}

/// Nothing else came near; the section of what was rejected may be the right place to look.
fn exhausted(sources: &Sources<'_>, rejected: Option<ActivityKey>, context: &Context) -> Reply {
    let language = context.language;
    let reply =
        Reply::private(Outcome::Nothing, language.nothing_else()).hint(language.try_again());
    let around = rejected.map(|key| sources.catalog.at(key)).map(|found| {
        let section = found.activity.section.unwrap_or(found.matrix.sections.len());
        let label = found.matrix.section_of(found.activity);
        let label = label.map_or_else(|| found.matrix.service.name.clone(), Section::label);
        let service = found.matrix.service.id.clone();
        let section = u16::try_from(section).unwrap_or(u16::MAX);
        let at = Shelf::Section { service, section, page: 0 };
        Button { label, command: Command::Browse { at }, enabled: true }
    });
    Reply { buttons: around.into_iter().collect(), audience: Audience::Asker, ..reply }
}
