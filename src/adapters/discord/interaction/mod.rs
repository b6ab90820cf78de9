//! Interactions in, answers out: each in a task of its own, exactly once, from memory.

mod current;
mod picture;
mod place;
mod reduce;
mod request;
mod seen;
mod target;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use serenity::builder::CreateInteractionResponse;
use time::OffsetDateTime;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, timeout};
use tokio_util::task::TaskTracker;
use tracing::{debug, error, info, warn};

use super::dress;
use super::rest::{Api, Attachment, Error};
use crate::bot::{Bot, Post};
use crate::commands::reply::{Audience, Outcome, Picture};
use crate::commands::text::Text;
use crate::commands::{Command, Context, Language, Reply};
use current::about;
pub use current::current;
use request::{Ask, Request, read};
use seen::Seen;

/// What is counted as the outcome of an interaction whose answer Discord did not take.
const UNDELIVERED: &str = "undelivered";

/// How long an answer waits for what has to be done before: within Discord's three seconds, with
/// room for a second try at sending it.
const PREPARATION: Duration = Duration::from_millis(2_200);

/// Takes interactions and answers them.
pub struct Desk {
    api: Arc<Api>,
    bot: Arc<Bot>,
    tasks: TaskTracker,
    seen: Seen,
}

/// An answer on its way, and what the log says of it.
struct Answer {
    body: CreateInteractionResponse,
    command: &'static str,
    outcome: &'static str,
    /// Whether the message that it was asked from is to go after that.
    deletes: bool,
    /// What is drawn beside it, and for whom.
    picture: Option<(Picture, Context)>,
    /// What it posts to the channel.
    post: Option<Post>,
}

impl Answer {
    /// An answer and nothing beside it.
    fn plain(
        body: CreateInteractionResponse,
        command: &'static str,
        outcome: &'static str,
    ) -> Self {
        Self { body, command, outcome, deletes: false, picture: None, post: None }
    }
}

impl Desk {
    /// A desk whose answers are written by `bot`, in tasks that `tasks` keeps count of.
    pub fn new(api: Arc<Api>, bot: Arc<Bot>, tasks: TaskTracker) -> Self {
        Self { api, bot, tasks, seen: Seen::default() }
    }

    /// Takes an interaction; returns at once.
    pub fn take(&mut self, raw: Value) {
        let received = Instant::now();
        let (Some(id), Some(token)) = (text(&raw, "id"), text(&raw, "token")) else {
            warn!("an interaction without id or token cannot be answered");
            return;
        };
        if !self.seen.is_new(&id) {
            debug!(interaction = id, "came twice");
            return;
        }
        let (api, bot) = (Arc::clone(&self.api), Arc::clone(&self.bot));
        self.tasks.spawn(async move {
            let language = Language::of_locale(&text(&raw, "locale").unwrap_or_default());
            let request = catch_unwind(AssertUnwindSafe(|| about(&id, || understood(&raw, &id))));
            let request = request.ok();
            if let Some(request) = &request {
                // Whether it was done in time is in the answer.
                let _ = timeout(PREPARATION, prepare(&bot, request)).await;
            }
            let began = Instant::now();
            let answered = |request| about(&id, || answer(&bot, request));
            let answer = request
                .and_then(|request| catch_unwind(AssertUnwindSafe(|| answered(request))).ok())
                .unwrap_or_else(|| panicked(language, &id));
            api.metrics().searched(began.elapsed());
            let (deletes, post) = (answer.deletes, answer.post.clone());
            let (answer, file) = illustrated(&bot, answer, language, received).await;
            let told = tell(&api, &id, &token, answer, file, language, received).await;
            match post {
                _ if told && deletes => delete(&api, &raw, &id, &token).await,
                Some(post) if !told => bot.unposted(&post),
                _ => {}
            }
        });
    }
}

/// Does what has to be done before an answer, while others are answered.
async fn prepare(bot: &Arc<Bot>, Request { ask, context }: &Request) {
    if !bot.is_ready(context) {
        let (bot, context) = (Arc::clone(bot), context.clone());
        // A panic there shows again where it is answered.
        let _ = spawn_blocking(move || bot.make_ready(&context)).await;
    }
    if let Ask::Command(command) = ask {
        bot.prepare(command, context).await;
    }
}

/// The answer and the file that goes with it; where it cannot be drawn, an answer that says so.
async fn illustrated(
    bot: &Arc<Bot>,
    answer: Answer,
    language: Language,
    received: Instant,
) -> (Answer, Option<Attachment>) {
    let Some(picture) = answer.picture.clone() else { return (answer, None) };
    match picture::drawn(bot, picture, received).await {
        Some(file) => (answer, Some(file)),
        None => (remark(&language.no_picture(), answer.command, "undrawn"), None),
    }
}

/// A value that is text; Discord's ids are, but a number will do.
fn text(raw: &Value, key: &str) -> Option<String> {
    match raw.get(key)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn understood(raw: &Value, id: &str) -> Request {
    let today = OffsetDateTime::now_utc().date();
    let (request, reason) = read(raw, today);
    if let Some(reason) = reason {
        warn!(interaction = id, "this version cannot read the interaction");
        debug!(interaction = id, reason, "not read");
    }
    request
}

/// The body of the answer to a raw interaction, as the desk sends it; without what is drawn beside
/// it. Pure but for today's date: what is measured and fuzzed.
#[must_use]
pub fn respond(bot: &Bot, raw: &Value) -> Value {
    json(&answer(bot, understood(raw, "")).body)
}

fn answer(bot: &Bot, Request { ask, context }: Request) -> Answer {
    match ask {
        Ask::Command(command) => {
            let reply = bot.answer(&command, &context);
            let message = dress::message(&reply, context.language);
            of_reply(CreateInteractionResponse::Message(message), &command, &reply, &context)
        }
        Ask::Component { command, private } => of_component(bot, &command, private, &context),
        Ask::ForeignButton => remark(&context.language.foreign_button(), "button", "foreign"),
        Ask::Complete { kind, text, service } => {
            let limit = dress::MAX_COMPLETIONS;
            let found = bot.complete(kind, &text, service.as_deref(), &context, limit);
            completed(found)
        }
        Ask::CompleteNothing => completed(Vec::new()),
        Ask::Ping => Answer::plain(CreateInteractionResponse::Pong, "ping", "pong"),
    }
}

/// The message is changed in place when it is seen by those who should see the reply; sharing
/// posts a new one, for Discord cannot make a private message public, and a picture stands beside
/// the list that it is of. What cannot be done, or leads nowhere, leaves the message as it is.
fn of_component(bot: &Bot, command: &Command, private: bool, context: &Context) -> Answer {
    let reply = bot.answer(command, context);
    let as_seen = private == (reply.audience == Audience::Asker);
    let goes = reply.outcome == Outcome::Deleted;
    let anew = matches!(command, Command::Share { .. } | Command::Picture { .. })
        || leads_nowhere(command, reply.outcome);
    let body = if (as_seen || goes) && !anew {
        CreateInteractionResponse::UpdateMessage(dress::update(&reply, context.language))
    } else {
        CreateInteractionResponse::Message(dress::message(&reply, context.language))
    };
    of_reply(body, command, &reply, context)
}

/// Whether a button or menu is old, or not the asker's to use. `Not this?` takes away what it
/// stands under in any case.
fn leads_nowhere(command: &Command, outcome: Outcome) -> bool {
    match outcome {
        Outcome::Refused => true,
        Outcome::Nothing | Outcome::Suggestions => !matches!(command, Command::NotThis { .. }),
        _ => false,
    }
}

fn of_reply(
    body: CreateInteractionResponse,
    command: &Command,
    reply: &Reply,
    context: &Context,
) -> Answer {
    let deletes = reply.outcome == Outcome::Deleted;
    let picture = reply.picture.clone().map(|picture| (picture, context.clone()));
    let (command, outcome) = (kind(command), reply.outcome.name());
    let post = Bot::post(reply, context);
    Answer { deletes, picture, post, ..Answer::plain(body, command, outcome) }
}

fn completed(found: Vec<crate::commands::reply::Completion>) -> Answer {
    let body = CreateInteractionResponse::Autocomplete(dress::completions(found));
    Answer::plain(body, "complete", "completions")
}

fn panicked(language: Language, id: &str) -> Answer {
    error!(interaction = id, "answering failed; this is a bug in raci-bot");
    remark(&language.failed(), "unknown", "panic")
}

fn remark(text: &Text, command: &'static str, outcome: &'static str) -> Answer {
    let body = CreateInteractionResponse::Message(dress::remark(text));
    Answer::plain(body, command, outcome)
}

fn kind(command: &Command) -> &'static str {
    match command {
        Command::Ask { .. } => "ask",
        Command::Message { .. } => "message",
        Command::Show { .. } => "show",
        Command::Compare { .. } => "compare",
        Command::Share { .. } => "share",
        Command::NotThis { .. } => "not_this",
        Command::Delete { .. } => "delete",
        Command::Browse { .. } => "browse",
        Command::Picture { .. } => "picture",
        Command::Duties { .. } => "duties",
        Command::Help => "help",
        Command::Admin(_) => "admin",
        Command::Unknown => "unknown",
    }
}

/// Takes away the message that a button stands on. What it said is gone already: the answer took
/// its place.
async fn delete(api: &Api, raw: &Value, id: &str, token: &str) {
    let application = text(raw, "application_id").unwrap_or_default();
    if let Err(error) = api.delete_original(&application, token).await {
        warn!(interaction = id, %error, "a message could not be deleted");
    }
}

/// Sends the answer; when Discord refuses how it is dressed, says so instead of nothing. Whether it
/// was taken.
async fn tell(
    api: &Api,
    id: &str,
    token: &str,
    answer: Answer,
    file: Option<Attachment>,
    language: Language,
    received: Instant,
) -> bool {
    let Answer { body, command, outcome, .. } = answer;
    let told = api.answer(id, token, &json(&body), file.as_ref(), received).await;
    let took = received.elapsed();
    let ms = took.as_millis() as u64;
    api.metrics().dealt_with(command, if told.is_ok() { outcome } else { UNDELIVERED });
    let arrived = told.is_ok();
    match told {
        Ok(told) => {
            api.metrics().answered(took);
            info!(interaction = id, command, outcome, tries = told.tries, ms, "answered");
        }
        Err(error @ Error::Refused { status: 400, code: 50035, .. }) => {
            error!(interaction = id, command, %error, "our answer breaks a limit of Discord");
            let apology = CreateInteractionResponse::Message(dress::remark(&language.failed()));
            let _ = api.answer(id, token, &json(&apology), None, received).await;
        }
        Err(error) => warn!(interaction = id, command, outcome, %error, ms, "not answered"),
    }
    arrived
}

fn json(body: &CreateInteractionResponse) -> Value {
    serde_json::to_value(body).unwrap_or_default()
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
