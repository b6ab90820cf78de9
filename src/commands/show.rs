//! Show, compare and share: the answer for an id that we gave out earlier.

use super::reply::{Audience, LineKind, Outcome, Reply};
use super::{Context, Sources, ask, compare as comparison, text};
use crate::domain::ActivityKey;

/// Answers for the activity of an id; `others` are the tags of what else may be meant.
pub(super) fn show(sources: &Sources<'_>, id: &str, others: &[String], context: &Context) -> Reply {
    match sources.catalog.find(id) {
        Some(key) => ask::one(sources, key, &tagged(sources, others), context),
        None => of_today(sources, id, context),
    }
}

/// Compares the activity of an id over the services that have it.
pub(super) fn compare(sources: &Sources<'_>, id: &str, context: &Context) -> Reply {
    let Some(key) = sources.catalog.find(id) else { return of_today(sources, id, context) };
    let scope = sources.scope(context);
    comparison::compare(sources, key, &[], &scope, context)
        .unwrap_or_else(|| ask::one(sources, key, &[], context))
}

/// Posts the answer for an id to the channel, with who asked.
pub(super) fn share(sources: &Sources<'_>, id: &str, compared: bool, context: &Context) -> Reply {
    let context = &Context { share: Some(true), poster: None, ..context.clone() };
    let reply =
        if compared { compare(sources, id, context) } else { show(sources, id, &[], context) };
    match &context.asker {
        Some(asker) if reply.audience == Audience::Channel => {
            reply.line(LineKind::Remark, context.language.asked_by(&text::quote(&asker.name)))
        }
        _ => reply,
    }
}

/// The activities of tags, as far as they are still there.
pub(super) fn tagged(sources: &Sources<'_>, tags: &[String]) -> Vec<ActivityKey> {
    tags.iter().filter_map(|tag| sources.catalog.tagged(tag)).collect()
}

/// The answer to what an id of an older catalog says in words.
fn of_today(sources: &Sources<'_>, id: &str, context: &Context) -> Reply {
    let words = words_of(id);
    if words.is_empty() {
        return Reply::private(Outcome::Nothing, context.language.gone())
            .hint(context.language.try_again());
    }
    let mut reply = ask::ask(sources, &words, None, context);
    let found = matches!(
        reply.outcome,
        Outcome::Answer | Outcome::Choices | Outcome::Comparison | Outcome::Browse
    );
    let language = context.language;
    reply.preamble = Some(if found { language.older_list() } else { language.gone() });
    reply
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
