//! What half-typed text in an option may become.

use super::reply::Completion;
use super::table::OptionKind;
use super::{Context, Sources, duties, whose};
use crate::search::Query;

/// The completions of an option, best first, at most `limit`.
pub(super) fn complete(
    sources: &Sources<'_>,
    kind: OptionKind,
    text: &str,
    service: Option<&str>,
    context: &Context,
    limit: usize,
) -> Vec<Completion> {
    let scope = sources.scope(context);
    match kind {
        OptionKind::Activity => activities(sources, text, service, context, limit),
        OptionKind::Service => services(sources, text, &scope, limit),
        OptionKind::Party => {
            let names = whose::party_names(sources, &scope);
            // Where there is no matrix, there is nothing that nobody does.
            let groups = whose::groups(sources, context).into_iter();
            let groups = groups.filter(|_| !scope.is_empty());
            starting_with(names.into_iter().chain(groups), text, limit)
        }
        OptionKind::Participation => {
            starting_with(duties::participation_words(sources, context).into_iter(), text, limit)
        }
        OptionKind::Share => Vec::new(),
    }
}

fn activities(
    sources: &Sources<'_>,
    text: &str,
    service: Option<&str>,
    context: &Context,
    limit: usize,
) -> Vec<Completion> {
    let scope = sources.scope(context);
    let usual = || sources.settings.service_in(context.channel.as_ref());
    let within = match service {
        Some(service) => sources.service(service, &scope),
        // An empty field offers what the channel is about; typed text may be about anything.
        None if text.trim().is_empty() => usual().and_then(|usual| sources.service(usual, &scope)),
        None => None,
    };
    let scope = within.map_or(scope, |matrix| vec![matrix]);
    let keys = sources.index.complete(sources.catalog, Query { text, scope: &scope }, limit);
    keys.into_iter()
        .map(|key| {
            let found = sources.catalog.at(key);
            let name = &found.activity.name;
            let label = if scope.len() > 1 {
                format!("{}: {name}", found.matrix.service.name)
            } else {
                name.clone()
            };
            Completion::of_activity(&found.activity.id, label)
        })
        .collect()
}

fn services(sources: &Sources<'_>, text: &str, scope: &[u32], limit: usize) -> Vec<Completion> {
    let indices = if text.trim().is_empty() {
        scope.to_vec()
    } else {
        sources.index.services(sources.catalog, text, scope)
    };
    let completion = |index| {
        let service = &sources.matrix(index).service;
        Completion { label: service.name.clone(), value: service.id.clone() }
    };
    indices.into_iter().take(limit).map(completion).collect()
}

fn starting_with(names: impl Iterator<Item = String>, text: &str, limit: usize) -> Vec<Completion> {
    let typed = text.trim().to_lowercase();
    let (mut first, inside): (Vec<String>, Vec<String>) = names
        .filter(|name| name.to_lowercase().contains(&typed))
        .partition(|name| name.to_lowercase().starts_with(&typed));
    first.extend(inside);
    let completion = |name: String| Completion { label: name.clone(), value: name };
    first.into_iter().take(limit).map(completion).collect()
}
