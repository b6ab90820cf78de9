//! Delete: an answer that stands in the channel, by whoever posted it or by a moderator.

use super::Context;
use super::reply::{Outcome, Reply};
use super::text::quote;

/// Takes an answer back, or says who may. Nobody but the platform's own word counts for who asks.
pub(super) fn delete(poster: &str, context: &Context) -> Reply {
    let asker = context.asker.as_ref();
    if asker.is_some_and(|asker| asker.moderates || asker.id == poster) {
        let by = asker.map(|asker| quote(&asker.name)).unwrap_or_default();
        return Reply::private(Outcome::Deleted, context.language.deleted(&by));
    }
    Reply::private(Outcome::Refused, context.language.not_yours_to_delete())
}
