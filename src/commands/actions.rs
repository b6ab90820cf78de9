//! What can be done with an answer: post it, take it back, say that it is not the one that was
//! meant, look at other services or around.

use super::reply::{Audience, Button, Reply};
use super::{Command, Context, Shelf};

/// What an answer is about, for what can be done with it.
pub(super) struct Subject {
    /// The activity's id.
    pub(super) id: String,
    /// Its tag.
    pub(super) tag: String,
    /// The tags of what else may have been meant, best first.
    pub(super) others: Vec<String>,
    /// Whether several services are compared.
    pub(super) compared: bool,
    /// Whether there is something to compare with.
    pub(super) comparable: bool,
    /// The section that it stands in, where it was come from.
    pub(super) shelf: Option<Shelf>,
}

/// Adds the buttons: a private answer can be posted to the channel, a public one taken back.
pub(super) fn with_actions(mut reply: Reply, subject: Subject, context: &Context) -> Reply {
    let language = context.language;
    let mut press = |label: &str, command| {
        reply.buttons.push(Button { label: label.into(), command, enabled: true });
    };
    let Subject { id, tag, others, compared, comparable, shelf } = subject;
    let is_public = reply.audience == Audience::Channel;
    if !is_public {
        press(language.share(), Command::Share { id: id.clone(), compared });
    }
    press(language.not_this(), Command::NotThis { tag, others });
    if comparable && !compared {
        press(language.other_services(), Command::Compare { id });
    }
    if let Some(at) = shelf.filter(|_| !is_public) {
        press(language.up(), Command::Browse { at });
    }
    with_delete(reply, context)
}

/// Adds the button that takes a public answer back.
pub(super) fn with_delete(mut reply: Reply, context: &Context) -> Reply {
    let asker = || context.asker.as_ref().map(|asker| &asker.id);
    let is_public = reply.audience == Audience::Channel;
    if let Some(poster) = context.poster.as_ref().or_else(asker).filter(|_| is_public) {
        let label = context.language.delete().to_owned();
        let command = Command::Delete { poster: poster.clone() };
        reply.buttons.push(Button { label, command, enabled: true });
    }
    reply
}
