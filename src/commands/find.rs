//! What a question finds: in the service that is named beside it, in it, or meant by the channel.

use super::{Context, Found, Sources};
use crate::search::{Confidence, Findings, Query};

/// The most words that a service is named by at an end of a question.
const MAX_NAME_WORDS: usize = 4;

/// What a question finds. An unknown service finds nothing.
pub(super) fn find(
    sources: &Sources<'_>,
    typed: &str,
    service: Option<&str>,
    context: &Context,
) -> Found {
    let scope = sources.scope(context);
    if let Some(service) = service {
        return within(sources, typed, sources.services(service, &scope));
    }
    let everywhere = search(sources, typed, &scope);
    if everywhere.named.len() == 1 && is_sure(&everywhere) {
        return of_named(everywhere, typed, scope);
    }
    // What names several (`public cloud`), or part of a name, may belong to the whole name of one.
    if let Some(found) = by_an_end(sources, typed, &everywhere, &scope) {
        return found;
    }
    if !everywhere.named.is_empty() {
        return of_named(everywhere, typed, scope);
    }
    let usual = sources.settings.service_in(context.channel.as_ref());
    if let Some(usual) = usual {
        let matrices = sources.services(usual, &scope);
        let here = search(sources, typed, &matrices);
        if !matrices.is_empty() && (is_sure(&here) || !is_sure(&everywhere)) {
            return found(here, typed, matrices);
        }
    }
    found(everywhere, typed, scope)
}

/// What a question finds in some matrices.
pub(super) fn within(sources: &Sources<'_>, typed: &str, scope: Vec<u32>) -> Found {
    found(search(sources, typed, &scope), typed, scope)
}

fn found(findings: Findings, typed: &str, scope: Vec<u32>) -> Found {
    let searched = (typed.to_owned(), scope.clone());
    Found { findings, matrix: only(&scope), scope, searched }
}

fn of_named(findings: Findings, typed: &str, everywhere: Vec<u32>) -> Found {
    let scope = findings.named.clone();
    let searched = (typed.to_owned(), everywhere);
    Found { matrix: only(&scope), scope, findings, searched }
}

/// What a question finds in the service whose whole name, short name or alias stands at one of its
/// ends (`backup instances`), where the rest of it is surely something there. A name of an activity
/// typed in full means itself.
fn by_an_end(
    sources: &Sources<'_>,
    typed: &str,
    everywhere: &Findings,
    scope: &[u32],
) -> Option<Found> {
    if scope.len() < 2 || everywhere.hits.first().is_some_and(|hit| hit.score >= 1.0) {
        return None;
    }
    let words: Vec<&str> = typed.split_whitespace().collect();
    let longest = MAX_NAME_WORDS.min(words.len().saturating_sub(1));
    if longest == 0 {
        return None;
    }
    let mut splits = (1..=longest).rev().flat_map(|length| {
        let end = words.len() - length;
        [(&words[end..], &words[..end]), (&words[..length], &words[length..])]
    });
    let called = sources.called(scope);
    splits.find_map(|(name, rest)| {
        let index = called.exactly(&name.join(" "))?;
        let rest = rest.join(" ");
        let findings = search(sources, &rest, &[index]);
        is_sure(&findings).then(|| found(findings, &rest, vec![index]))
    })
}

fn only(matrices: &[u32]) -> Option<u32> {
    if let [only] = matrices { Some(*only) } else { None }
}

pub(super) fn search(sources: &Sources<'_>, typed: &str, scope: &[u32]) -> Findings {
    sources.index.search(sources.catalog, Query { text: typed, scope })
}

pub(super) fn is_sure(findings: &Findings) -> bool {
    matches!(findings.confidence, Confidence::Answer | Confidence::Choices)
}
