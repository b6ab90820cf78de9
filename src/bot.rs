//! What adapters hold: a command in, a reply out, over an index that can be replaced while it runs.

mod notes;
mod pictures;
mod posts;
mod present;
mod views;

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use arc_swap::{ArcSwap, ArcSwapOption};
use tokio::sync::{mpsc, oneshot};

use crate::commands::admin::Operation;
use crate::commands::reply::{Audience, Completion, Outcome, Picture};
use crate::commands::table::OptionKind;
use crate::commands::unanswered::{self, Gap, Question};
use crate::commands::{Access, Admin, Command, Context, Found, Reply, Settings, Sources, Standing};
use crate::domain::{Catalog, Problem, Service};
use crate::search::{Index, Thesaurus};
use posts::Posts;
use present::Present;

pub use notes::{Note, Notes};
pub use pictures::Pictures;
pub use posts::Post;

/// A catalog and what is needed to answer from it; immutable.
#[derive(Debug, Default)]
pub struct Library {
    /// Every matrix.
    pub catalog: Catalog,
    /// The index over exactly this catalog.
    pub index: Index,
    /// What was odd about its files.
    pub warnings: Vec<Problem>,
    /// What the index was built with, for the index of a part.
    pub thesaurus: Arc<Thesaurus>,
    /// The pictures drawn of it.
    pub pictures: Arc<Pictures>,
}

impl Library {
    /// Indexes a catalog.
    #[must_use]
    pub fn new(catalog: Catalog, thesaurus: &Thesaurus, warnings: Vec<Problem>) -> Self {
        let index = Index::build(&catalog, thesaurus);
        let (thesaurus, pictures) = (Arc::new(thesaurus.clone()), Arc::default());
        Self { catalog, index, warnings, thesaurus, pictures }
    }

    /// The library of those services alone that are to be kept, as if there were no others.
    fn part(&self, keep: impl Fn(&Service) -> bool) -> Self {
        let catalog = self.catalog.part(|matrix| keep(&matrix.service));
        let index = Index::build(&catalog, &self.thesaurus);
        let thesaurus = Arc::clone(&self.thesaurus);
        // They show the same; who may see one is asked before it is looked for.
        let pictures = Arc::clone(&self.pictures);
        Self { catalog, index, warnings: Vec::new(), thesaurus, pictures }
    }
}

/// Answers commands from memory.
#[derive(Debug)]
pub struct Bot {
    present: ArcSwap<Present>,
    posts: Posts,
    standing: ArcSwapOption<Standing>,
    errands: OnceLock<mpsc::Sender<Errand>>,
    notes: Notes,
}

/// The most errands that wait for the daemon.
const MAX_ERRANDS: usize = 8;

/// Something that an answer waits for and that only the daemon can do.
#[derive(Debug)]
pub enum Errand {
    /// Read the configuration and the matrices again now; said when it is done, well or not.
    Reload(oneshot::Sender<()>),
}

impl Bot {
    /// A bot over a library.
    #[must_use]
    pub fn new(library: Library, settings: Settings) -> Self {
        Self {
            present: ArcSwap::from_pointee(Present::new(Arc::new(settings), library, None)),
            posts: Posts::default(),
            standing: ArcSwapOption::empty(),
            errands: OnceLock::new(),
            notes: Notes::default(),
        }
    }

    /// The answer to a command. No I/O, no failure, no lock but for an instant where something is
    /// posted to a channel: the same only once in a while, so that a repeat is the asker's alone.
    ///
    /// Who may not see a service is answered as if it did not exist; who is not answered at all is
    /// told so.
    #[must_use]
    pub fn answer(&self, command: &Command, context: &Context) -> Reply {
        let present = self.present.load();
        let reply = self.answer_from(&present, command, context);
        if let (Outcome::Deleted, Some(channel)) = (reply.outcome, &context.channel) {
            self.posts.forget_channel(&channel.id);
        }
        let shares = match command {
            Command::Share { .. } => true,
            Command::Ask { .. } => context.share == Some(true),
            _ => false,
        };
        match Self::post(&reply, context).filter(|_| shares) {
            Some(post) if !self.posts.is_new(&post, Instant::now()) => {
                self.again(&present, command, context)
            }
            _ => reply,
        }
    }

    /// Whether what this asker is answered from is there. If not, [`Bot::make_ready`] makes it: work
    /// in proportion to the library, that no other answer should wait for.
    #[must_use]
    pub fn is_ready(&self, context: &Context) -> bool {
        self.present.load().is_ready(context)
    }

    /// Makes what this asker is answered from, where nobody with the same sight has asked before.
    pub fn make_ready(&self, context: &Context) {
        let present = self.present.load();
        if present.admits(context) {
            present.seen_by(context);
            present.seen_by_readers(context);
        }
    }

    /// What a reply posts to a channel, if it does.
    #[must_use]
    pub fn post(reply: &Reply, context: &Context) -> Option<Post> {
        let channel = context.channel.as_ref().filter(|_| reply.audience == Audience::Channel)?;
        let subject = format!("{} {}", reply.outcome.name(), reply.subject.as_ref()?);
        Some(Post { channel: channel.id.clone(), subject })
    }

    /// Something did not arrive in its channel, and may be posted again.
    pub fn unposted(&self, post: &Post) {
        self.posts.forget(post);
    }

    /// The answer to what was posted moments ago, for the asker alone.
    fn again(&self, present: &Present, command: &Command, context: &Context) -> Reply {
        let context = Context { share: Some(false), poster: None, ..context.clone() };
        let command = match command {
            Command::Share { id, compared: true } => Command::Compare { id: id.clone() },
            Command::Share { id, compared: false } => {
                Command::Show { id: id.clone(), others: Vec::new() }
            }
            command => command.clone(),
        };
        let reply = self.answer_from(present, &command, &context);
        let before = reply.preamble.unwrap_or_default();
        let preamble = context.language.posted_already();
        let preamble = if before.spans().is_empty() { preamble } else { preamble.and(" ") };
        Reply { preamble: Some(preamble.and_text(before)), ..reply }
    }

    fn answer_from(&self, present: &Present, command: &Command, context: &Context) -> Reply {
        if !present.admits(context) {
            return Reply::private(Outcome::Refused, context.language.not_served_here());
        }
        let seen = present.seen_by(context);
        if let Command::Admin(wanted) = command {
            return self.operate(wanted, context, present.sources(&seen), present.views.whole());
        }
        let read_along = present.seen_by_readers(context);
        let reply = present.sources(&seen).answer(command, context);
        let limited = || limited_services(&seen.catalog, &present.settings.access);
        self.notes.note(command, &reply, context, limited);
        if Arc::ptr_eq(&seen, &read_along) {
            return reply;
        }
        guarded(reply, command, context, present.sources(&read_along))
    }

    fn operate(
        &self,
        wanted: &Admin,
        context: &Context,
        sources: Sources<'_>,
        whole: &Library,
    ) -> Reply {
        let (standing, kept) = (self.standing(), self.notes.kept());
        let operation = Operation {
            sources,
            whole: &whole.catalog,
            warnings: &whole.warnings,
            standing: standing.as_deref(),
            unanswered: self.notes.count(),
            kept: kept.as_ref().map(|kept| kept.as_slice()),
        };
        operation.answer(wanted, context)
    }

    /// What a question finds, with the library that it was found in, whose keys the hits hold.
    #[must_use]
    pub fn find(
        &self,
        text: &str,
        service: Option<&str>,
        context: &Context,
    ) -> (Arc<Library>, Found) {
        let present = self.present.load();
        let library = present.seen_by(context);
        let found = present.sources(&library).find(text, service, context);
        (library, found)
    }

    /// The picture that goes with a reply, as PNG; `None` where what it shows has gone since, or is
    /// not for this asker.
    ///
    /// The first time it takes milliseconds, in which nothing else should wait.
    #[must_use]
    pub fn picture(&self, picture: &Picture, context: &Context) -> Option<Arc<[u8]>> {
        let present = self.present.load();
        pictures::draw(&present.seen_by(context), &present.settings, picture)
    }

    /// What half-typed text in an option may become, best first, at most `limit`.
    ///
    /// `service` is what stands in the service option beside it.
    #[must_use]
    pub fn complete(
        &self,
        kind: OptionKind,
        text: &str,
        service: Option<&str>,
        context: &Context,
        limit: usize,
    ) -> Vec<Completion> {
        let present = self.present.load();
        if !present.admits(context) {
            return Vec::new();
        }
        let library = present.seen_by(context);
        present.sources(&library).complete(kind, text, service, context, limit)
    }

    /// Answers from another library from now on, by these settings. It takes as long as indexing
    /// the library again for each of the limits, and nobody waits for it.
    pub fn replace(&self, settings: Arc<Settings>, library: Library) {
        let before = self.present.load();
        self.present.store(Arc::new(Present::new(settings, library, Some(&before))));
    }

    /// What the installation decides, and the library that answers by it, whole.
    #[must_use]
    pub fn present(&self) -> (Arc<Settings>, Arc<Library>) {
        let present = self.present.load();
        (Arc::clone(&present.settings), Arc::clone(present.views.whole()))
    }

    /// What the installation decides.
    #[must_use]
    pub fn settings(&self) -> Arc<Settings> {
        self.present().0
    }

    /// The library that answers now, whole.
    #[must_use]
    pub fn library(&self) -> Arc<Library> {
        self.present().1
    }

    /// What became of reading the files; none where no daemon keeps them.
    #[must_use]
    pub fn standing(&self) -> Option<Arc<Standing>> {
        self.standing.load_full()
    }

    /// Takes over what became of reading the files.
    pub fn stand(&self, standing: Standing) {
        self.standing.store(Some(Arc::new(standing)));
    }

    /// Does what a command needs done before it is answered, if its asker may have that done, and
    /// waits until it is. Of most commands it is nothing.
    pub async fn prepare(&self, command: &Command, context: &Context) {
        let Command::Admin(wanted) = command else { return };
        let settings = self.settings();
        if !settings.access.admits(&context.viewer) || !settings.access.is_operator(context) {
            return;
        }
        match wanted {
            Admin::Status => {}
            Admin::Reload => self.reload().await,
            Admin::Unanswered { .. } => self.notes.write().await,
        }
    }

    /// What found nothing sure: how often, and what of it is kept.
    #[must_use]
    pub fn notes(&self) -> &Notes {
        &self.notes
    }

    /// Which of these questions find nothing sure today and what comes nearest, with the catalog
    /// that the keys are of.
    #[must_use]
    pub fn gaps<'a>(
        &self,
        questions: &'a [Question],
        context: &Context,
    ) -> (Arc<Library>, Vec<Gap<'a>>) {
        let present = self.present.load();
        let library = present.seen_by(context);
        let gaps = unanswered::gaps(&present.sources(&library), questions, context);
        (library, gaps)
    }

    /// Has the configuration and the matrices read again, and waits until that is done; nothing
    /// happens without a daemon.
    pub async fn reload(&self) {
        let (done, read) = oneshot::channel();
        let told = self.errands.get().map(|errands| errands.try_send(Errand::Reload(done)));
        if let Some(Ok(())) = told {
            // A daemon that stops meanwhile does no errand.
            let _ = read.await;
        }
    }

    /// What the daemon is to do from now on; none when another one took it on before.
    pub fn errands(&self) -> Option<mpsc::Receiver<Errand>> {
        let (sender, receiver) = mpsc::channel(MAX_ERRANDS);
        self.errands.set(sender).ok().map(|()| receiver)
    }
}

/// The ids of the services of a catalog that not everybody may see, each once.
fn limited_services(catalog: &Catalog, access: &Access) -> Vec<String> {
    let services = catalog.matrices().iter().map(|matrix| &matrix.service);
    let limited = services.filter(|service| access.limits_of(service).is_some());
    let mut ids: Vec<String> = limited.map(|service| service.id.clone()).collect();
    ids.dedup();
    ids
}

/// An answer to somebody whose roles let them see more than `read_along`, which is what all may
/// see who read along. The channel gets what they may see, when that answers for the same.
fn guarded(
    mut reply: Reply,
    command: &Command,
    context: &Context,
    read_along: Sources<'_>,
) -> Reply {
    let is_open = |id: &str| read_along.catalog.find(id).is_some();
    reply.buttons.retain(|button| match &button.command {
        Command::Share { id, .. } => is_open(id),
        _ => true,
    });
    if reply.audience == Audience::Asker {
        return reply;
    }
    let open = read_along.answer(command, context);
    if open.subject == reply.subject && (open.subject.is_some() || open == reply) {
        return open;
    }
    let language = context.language;
    match command {
        Command::Share { .. } => Reply::private(Outcome::Refused, language.not_for_everybody()),
        _ => Reply { audience: Audience::Asker, ..reply.hint(language.kept_private()) },
    }
}
