//! What adapters hold: a command in, a reply out, over an index that can be replaced while it runs.

mod notes;
mod pictures;
mod posts;
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
use views::Views;

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
    views: ArcSwap<Views>,
    settings: Settings,
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
    /// Read the matrices again now; said when it is done, well or not.
    Reload(oneshot::Sender<()>),
}

impl Bot {
    /// A bot over a library.
    #[must_use]
    pub fn new(library: Library, settings: Settings) -> Self {
        Self {
            views: ArcSwap::from_pointee(Views::new(library, &settings.access, None)),
            settings,
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
        let reply = self.answer_now(command, context);
        if let (Outcome::Deleted, Some(channel)) = (reply.outcome, &context.channel) {
            self.posts.forget_channel(&channel.id);
        }
        let shares = match command {
            Command::Share { .. } => true,
            Command::Ask { .. } => context.share == Some(true),
            _ => false,
        };
        match Self::post(&reply, context).filter(|_| shares) {
            Some(post) if !self.posts.is_new(&post, Instant::now()) => self.again(command, context),
            _ => reply,
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
    fn again(&self, command: &Command, context: &Context) -> Reply {
        let context = Context { share: Some(false), poster: None, ..context.clone() };
        let reply = match command {
            Command::Share { id, compared: true } => {
                self.answer_now(&Command::Compare { id: id.clone() }, &context)
            }
            Command::Share { id, compared: false } => {
                let others = Vec::new();
                self.answer_now(&Command::Show { id: id.clone(), others }, &context)
            }
            command => self.answer_now(command, &context),
        };
        let before = reply.preamble.unwrap_or_default();
        let preamble = context.language.posted_already();
        let preamble = if before.spans().is_empty() { preamble } else { preamble.and(" ") };
        Reply { preamble: Some(preamble.and_text(before)), ..reply }
    }

    fn answer_now(&self, command: &Command, context: &Context) -> Reply {
        let access = &self.settings.access;
        if !access.admits(&context.viewer) {
            return Reply::private(Outcome::Refused, context.language.not_served_here());
        }
        let views = self.views.load();
        let seen = views.of(access.sight(context), access);
        if let Command::Admin(wanted) = command {
            return self.operate(wanted, context, &seen, views.whole());
        }
        let read_along = views.of(access.sight_of_readers(context), access);
        let reply = self.sources(&seen).answer(command, context);
        let limited = || limited_services(&seen.catalog, access);
        self.notes.note(command, &reply, context, limited);
        if Arc::ptr_eq(&seen, &read_along) {
            return reply;
        }
        self.guarded(reply, command, context, &read_along)
    }

    /// An answer to somebody whose roles let them see more than `read_along`, which is what all may
    /// see who read along. The channel gets what they may see, when that answers for the same.
    fn guarded(
        &self,
        mut reply: Reply,
        command: &Command,
        context: &Context,
        read_along: &Library,
    ) -> Reply {
        let is_open = |id: &str| read_along.catalog.find(id).is_some();
        reply.buttons.retain(|button| match &button.command {
            Command::Share { id, .. } => is_open(id),
            _ => true,
        });
        if reply.audience == Audience::Asker {
            return reply;
        }
        let open = self.sources(read_along).answer(command, context);
        if open.subject == reply.subject && (open.subject.is_some() || open == reply) {
            return open;
        }
        let language = context.language;
        match command {
            Command::Share { .. } => Reply::private(Outcome::Refused, language.not_for_everybody()),
            _ => Reply { audience: Audience::Asker, ..reply.hint(language.kept_private()) },
        }
    }

    fn operate(&self, wanted: &Admin, context: &Context, seen: &Library, whole: &Library) -> Reply {
        let (standing, kept) = (self.standing(), self.notes.kept());
        let operation = Operation {
            sources: self.sources(seen),
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
        let library = self.seen_by(context);
        let found = self.sources(&library).find(text, service, context);
        (library, found)
    }

    /// The picture that goes with a reply, as PNG; `None` where what it shows has gone since, or is
    /// not for this asker.
    ///
    /// The first time it takes milliseconds, in which nothing else should wait.
    #[must_use]
    pub fn picture(&self, picture: &Picture, context: &Context) -> Option<Arc<[u8]>> {
        pictures::draw(&self.seen_by(context), &self.settings, picture)
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
        if !self.settings.access.admits(&context.viewer) {
            return Vec::new();
        }
        let library = self.seen_by(context);
        self.sources(&library).complete(kind, text, service, context, limit)
    }

    /// Answers from another library from now on.
    pub fn replace(&self, library: Library) {
        let before = self.views.load();
        self.views.store(Arc::new(Views::new(library, &self.settings.access, Some(&before))));
    }

    /// What the installation decides.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The library that answers now, whole.
    #[must_use]
    pub fn library(&self) -> Arc<Library> {
        Arc::clone(self.views.load().whole())
    }

    /// What of the library this asker may see; nothing where they are not answered.
    fn seen_by(&self, context: &Context) -> Arc<Library> {
        let access = &self.settings.access;
        if access.admits(&context.viewer) {
            self.views.load().of(access.sight(context), access)
        } else {
            Arc::default()
        }
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
        let access = &self.settings.access;
        let Command::Admin(wanted) = command else { return };
        if !access.admits(&context.viewer) || !access.is_operator(context) {
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
        let library = self.seen_by(context);
        let gaps = unanswered::gaps(&self.sources(&library), questions, context);
        (library, gaps)
    }

    /// Has the matrices read again, and waits until that is done; nothing happens without a daemon.
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

    fn sources<'a>(&'a self, library: &'a Library) -> Sources<'a> {
        Sources { catalog: &library.catalog, index: &library.index, settings: &self.settings }
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
