//! The picture that goes with an answer: drawn on another thread, so that no answer waits for it.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::spawn_blocking;
use tokio::time::{Instant, timeout_at};

use crate::adapters::discord::rest::Attachment;
use crate::bot::Bot;
use crate::commands::Context;
use crate::commands::reply::Picture;
use crate::domain::id::slug;

/// How long after an interaction came its picture may be ready, so that it can be sent in time.
const READY: Duration = Duration::from_millis(2_400);

/// The picture as a file; `None` where there is none, or not in time.
pub(super) async fn drawn(
    bot: &Arc<Bot>,
    (picture, context): (Picture, Context),
    received: Instant,
) -> Option<Attachment> {
    let name = name(&picture);
    let description = picture.description.clone();
    let bot = Arc::clone(bot);
    let drawing = spawn_blocking(move || bot.picture(&picture, &context));
    let contents = timeout_at(received + READY, drawing).await.ok()?.ok()??;
    Some(Attachment { name, media: "image/png", description, contents })
}

/// What the file is called: the service and the section.
fn name(picture: &Picture) -> String {
    let title = picture.title.as_deref().map(slug).filter(|title| !title.is_empty());
    let parts = [Some(picture.service.clone()), title];
    parts.into_iter().flatten().collect::<Vec<_>>().join("-") + ".png"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_what_it_shows() {
        let picture = |title: Option<&str>| Picture {
            service: "kms".into(),
            language: None,
            section: 0,
            title: title.map(str::to_owned),
            description: String::new(),
        };
        assert_eq!(name(&picture(Some("3.1 Daily opérations"))), "kms-3-1-daily-operations.png");
        assert_eq!(name(&picture(Some("備份"))), "kms.png");
        assert_eq!(name(&picture(None)), "kms.png");
    }
}
