//! Configuration and matrices that change underneath: read whole, swapped at once; while there are
//! errors the last good ones answer.
//!
//! The matrices are read when their directory changes, both when somebody asks for it. What was
//! asked for and failed stays wanted: the next reading, whatever its reason, is of both.

use std::sync::Arc;
use std::time::Duration;

use time::UtcDateTime;
use tokio::sync::watch;
use tokio::task::{JoinError, JoinHandle, spawn_blocking};
use tokio::time::sleep;
use tracing::{error, info, warn};

use super::look::Look;
use super::reading::{InForce, Read, Refused, Reread, read};
use super::unanswered::Store;
use super::wishes::{Wishes, grant};
use crate::adapters::discord::register::Offer;
use crate::bot::{Bot, Errand, Library};
use crate::commands::Standing;
use crate::commands::standing::{Changes, Reading};
use crate::config::{AT_START, Config, Unanswered};
use crate::domain::{Catalog, Problem, Severity};

/// How often the directory is looked at. File systems that are mounted over a network tell of
/// nothing, so looking is the only way that always works.
const EVERY: Duration = Duration::from_secs(1);
/// The most problems of one reload that are logged.
const MAX_LOGGED: usize = 50;

/// Keeps what the bot answers from that of the files.
pub(super) struct Keeper {
    bot: Arc<Bot>,
    reread: Reread,
    /// The configuration in force.
    config: Config,
    /// The keys whose new values wait for a restart.
    restart: Vec<&'static str>,
    /// Whether somebody asked for all to be read, and it was not done yet.
    wanted: bool,
    /// What the directory looked like when it was read.
    loaded: Look,
    offer: watch::Sender<Offer>,
    store: watch::Sender<Option<Store>>,
}

impl Keeper {
    /// A keeper of what was read at the start.
    pub(super) fn new(bot: Arc<Bot>, reread: Reread, config: Config, loaded: Look) -> Self {
        let (offer, store) =
            (watch::Sender::new(offer(&config)), watch::Sender::new(store(&config)));
        Self { bot, reread, config, restart: Vec::new(), wanted: false, loaded, offer, store }
    }

    /// The commands that are to be offered.
    pub(super) fn offers(&self) -> watch::Receiver<Offer> {
        self.offer.subscribe()
    }

    /// Where questions are to be kept that found nothing.
    pub(super) fn stores(&self) -> watch::Receiver<Option<Store>> {
        self.store.subscribe()
    }

    /// Keeps it until dropped. SIGHUP and an operator's errand have all read at once.
    pub(super) async fn keep(mut self) {
        let mut wishes = Wishes::of(&self.bot);
        let mut before = self.loaded.clone();
        loop {
            let asked = tokio::select! {
                () = sleep(EVERY) => None,
                asked = wishes.next() => Some(asked),
            };
            let now = self.look().await;
            // Only once it is quiet: half a file may well be a whole, smaller matrix.
            let settled = now == before && now != self.loaded;
            before = now;
            if asked.is_some() || settled {
                self.read_again(asked, &mut wishes).await;
            }
        }
    }

    async fn look(&self) -> Look {
        let directory = self.config.data.clone();
        spawn_blocking(move || Look::at(directory.as_deref())).await.unwrap_or_default()
    }

    /// Reads the matrices, or all where that was asked for, and tells who asked that it is done.
    async fn read_again(&mut self, mut asked: Option<Vec<Errand>>, wishes: &mut Wishes) {
        if let Some(standing) = self.bot.standing() {
            self.bot.stand(Standing::clone(&standing).reading(UtcDateTime::now()));
        }
        self.wanted |= asked.is_some();
        let reading = self.reading();
        let read = match asked {
            Some(_) => reading.await,
            // What changed before it was asked for may have been read already: it is begun anew,
            // and what began before is forgotten.
            None => tokio::select! {
                read = reading => read,
                wish = wishes.next() => {
                    asked = Some(wish);
                    self.wanted = true;
                    self.reading().await
                }
            },
        };
        self.take(read).await;
        asked.into_iter().flatten().for_each(grant);
    }

    /// Beside the answering.
    fn reading(&self) -> JoinHandle<Read> {
        let answers = !self.bot.library().catalog.matrices().is_empty();
        let in_force = InForce { config: self.config.clone(), answers };
        let reread = self.wanted.then(|| Arc::clone(&self.reread));
        spawn_blocking(move || read(&in_force, reread.as_ref()))
    }

    /// Takes over what was read, if nothing is wrong with it.
    async fn take(&mut self, read: Result<Read, JoinError>) {
        let standing = self.bot.standing();
        let Ok(Read { began, look, found }) = read else {
            error!("reading again failed; this is a bug in raci-bot");
            let before = standing.map(|standing| Standing::clone(&standing).undisturbed());
            before.into_iter().for_each(|standing| self.bot.stand(standing));
            return;
        };
        self.loaded = look;
        let configuration = self.wanted;
        let (problems, changes) = match found {
            Ok((config, library)) => self.renew(config, library).await,
            Err(refused) => {
                tell_refused(&refused, configuration);
                let restart = self.restart.clone();
                (refused.into_problems(), Changes { restart, ..Changes::default() })
            }
        };
        let (at, took) = (UtcDateTime::now(), began.elapsed());
        let reading = Reading { at, took, configuration, changes, problems };
        if !reading.has_failed() {
            tell(&reading, &self.bot.library());
            tell_of_limits(&self.config, &self.bot.library().catalog);
        }
        if let Some(standing) = standing {
            let standing = Standing::clone(&standing).read(reading);
            self.bot.stand(Standing { directory: self.config.data.clone(), ..standing });
        }
    }

    /// Puts in force what was read, and says what is odd about it and what is other than before.
    async fn renew(&mut self, config: Option<Config>, library: Library) -> (Vec<Problem>, Changes) {
        let before = self.bot.library();
        let services = Changes::of_services(&before.catalog, &library.catalog);
        let mut problems = library.warnings.clone();
        let mut keys = Vec::new();
        let settings = match config {
            None => self.bot.settings(),
            Some(config) => {
                problems.extend(config.warnings.iter().cloned());
                keys = self.adopt(config);
                Arc::new(self.config.settings.clone())
            }
        };
        let bot = Arc::clone(&self.bot);
        if spawn_blocking(move || bot.replace(settings, library)).await.is_err() {
            error!("using what was read failed; this is a bug in raci-bot");
        }
        tell_others(&self.offer, offer(&self.config));
        tell_others(&self.store, store(&self.config));
        (problems, Changes { keys, restart: self.restart.clone(), services })
    }

    /// Takes over a configuration, as far as that can be done; gives the keys that differ.
    fn adopt(&mut self, config: Config) -> Vec<&'static str> {
        let changes = config.changes(&self.config).into_iter();
        let (restart, keys) = changes.partition(|key| AT_START.contains(key));
        self.config = config.started_as(&self.config);
        self.restart = restart;
        self.wanted = false;
        keys
    }
}

/// Tells whoever waits for another value, where it is another one.
fn tell_others<T: PartialEq>(sender: &watch::Sender<T>, value: T) {
    sender.send_if_modified(|known| {
        let differs = *known != value;
        *known = value;
        differs
    });
}

/// Where questions are kept that found nothing, if they are to be.
fn store(config: &Config) -> Option<Store> {
    let Unanswered { keep, most, days } = config.unanswered;
    let directory = config.state.clone().filter(|_| keep)?;
    Some(Store { directory, most, days })
}

/// The commands that are offered by a configuration.
fn offer(config: &Config) -> Offer {
    let access = &config.settings.access;
    Offer {
        guilds: config.guilds.clone(),
        user_installs: access.user_installs,
        operators: !access.operators.is_empty(),
    }
}

/// Says loudly which limits protect nothing, since what they name is not there: mistyped, it would
/// leave to all what only some should see. And what nobody sees.
pub(super) fn tell_of_limits(config: &Config, catalog: &Catalog) {
    for problem in config.unprotected(catalog).iter().take(MAX_LOGGED) {
        error!(%problem, "`access` in the configuration names a service that no matrix has");
    }
    for service in config.settings.access.sealed(catalog).into_iter().take(MAX_LOGGED) {
        warn!(
            service = service.id,
            "nobody sees a service in team chat: it is confidential, and no rule of `access` names it"
        );
    }
}

/// Says what is odd about the configuration.
pub(super) fn tell_of_warnings(problems: &[Problem]) {
    for problem in problems.iter().take(MAX_LOGGED) {
        warn!(%problem, "the configuration is odd");
    }
}

/// Says what answers from now on.
fn tell(reading: &Reading, library: &Library) {
    let (matrices, activities) = (library.catalog.matrices().len(), library.catalog.len());
    let (warnings, ms) = (library.warnings.len(), reading.took.as_millis() as u64);
    if reading.configuration {
        let changed = reading.changes.keys.join(", ");
        info!(matrices, activities, warnings, changed, ms, "configuration and matrices read again");
    } else {
        info!(matrices, activities, warnings, ms, "matrices read again");
    }
    if !reading.changes.restart.is_empty() && reading.configuration {
        warn!("restart to apply: {}", reading.changes.restart.join(", "));
    }
}

/// Says why nothing of what was read is used.
fn tell_refused(refused: &Refused, configuration: bool) {
    let is_error = |problem: &&Problem| problem.severity == Severity::Error;
    for problem in refused.configuration.iter().filter(is_error).take(MAX_LOGGED) {
        error!(%problem, "the configuration cannot be used");
    }
    for problem in refused.matrices.iter().filter(is_error).take(MAX_LOGGED) {
        error!(%problem, "a matrix cannot be used");
    }
    let all = refused.configuration.iter().chain(&refused.matrices);
    let errors = all.filter(is_error).count();
    if configuration {
        warn!(errors, "keeping the configuration and the matrices read before");
    } else {
        warn!(errors, "keeping the matrices read before");
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc::channel;

    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn who_asks_while_something_is_read_waits_for_a_reading_that_began_after() {
        let bot = Arc::new(Bot::new(Library::default(), crate::commands::Settings::default()));
        let (go_on, held) = channel::<()>();
        let (held, readings) = (Mutex::new(Some(held)), Arc::new(AtomicUsize::new(0)));
        let begun = Arc::clone(&readings);
        let reread: Reread = Arc::new(move || {
            let number = readings.fetch_add(1, Ordering::Relaxed);
            let held = held.lock().expect("no panic while held").take();
            // The first reading lasts until it is let go.
            if let Some(held) = held {
                let _ = held.recv();
            }
            let service = Some(format!("reading {number}"));
            let settings =
                crate::commands::Settings { default_service: service, ..Default::default() };
            Ok(Config { settings, ..Config::default() })
        });
        let mut wishes = Wishes::of(&bot);
        let mut keeper = Keeper::new(Arc::clone(&bot), reread, Config::default(), Look::default());
        // As after a reload that failed: the next change of a file has all read.
        keeper.wanted = true;
        let asking = Arc::clone(&bot);
        let (done, asked) = oneshot::channel();
        tokio::spawn(async move {
            while begun.load(Ordering::Relaxed) == 0 {
                sleep(Duration::from_millis(1)).await;
            }
            asking.reload().await;
            let _ = done.send(asking.settings().default_service.clone());
        });
        keeper.read_again(None, &mut wishes).await;
        let service = asked.await.expect("it is done");
        assert_eq!(service.as_deref(), Some("reading 1"), "the first one is not waited for");
        go_on.send(()).expect("the first one still waits");
        sleep(Duration::from_millis(50)).await;
        let service = bot.settings().default_service.clone();
        assert_eq!(service.as_deref(), Some("reading 1"), "nor is it used any more");
        assert!(!keeper.wanted);
    }
}
