//! Matrices that change underneath: noticed by looking, read whole, swapped at once; while they
//! have errors the last good ones answer.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use time::UtcDateTime;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;
use tokio::time::sleep;
use tracing::{error, info, warn};

use super::library::{Unusable, read};
use crate::bot::{Bot, Errand, Library};
use crate::commands::Standing;
use crate::domain::Severity;
use crate::import;

/// How often the directory is looked at. File systems that are mounted over a network tell of
/// nothing, so looking is the only way that always works.
const EVERY: Duration = Duration::from_secs(1);
/// The most problems of one reload that are logged.
const MAX_LOGGED: usize = 50;

/// What the directory looked like; none when it could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Look(Option<Entries>);

/// Every entry's size, time and place on disk.
type Entries = BTreeMap<PathBuf, (u64, Option<SystemTime>, u64)>;

impl Look {
    /// Looks at a directory without opening a file.
    fn at(directory: &Path) -> Self {
        let mut entries = Entries::new();
        let readable = look(directory, 0, &mut entries);
        Self(readable.map(|()| entries))
    }
}

fn look(directory: &Path, depth: usize, entries: &mut Entries) -> Option<()> {
    use std::os::unix::fs::MetadataExt;
    for entry in fs::read_dir(directory).ok()?.flatten() {
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') || entries.len() > import::MAX_FILES
        {
            continue;
        }
        if depth < import::MAX_DIRECTORIES && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            look(&path, depth + 1, entries);
        } else {
            // Follows links: a swapped one leads to another file of perhaps the same size and time,
            // and one that leads nowhere is a file that cannot be read.
            let about = fs::metadata(&path).ok();
            let about = about.map(|about| (about.len(), about.modified().ok(), about.ino()));
            entries.insert(path, about.unwrap_or_default());
        }
    }
    Some(())
}

/// Keeps the bot's matrices those of the directory, and its standing what became of that, until
/// dropped. SIGHUP and an operator's errand have them read at once.
pub(super) async fn keep(bot: Arc<Bot>, directory: PathBuf) {
    let mut wishes = Wishes::of(&bot);
    let mut loaded = look_at(&directory).await;
    let mut before = loaded.clone();
    loop {
        let asked = tokio::select! {
            () = sleep(EVERY) => None,
            asked = wishes.next() => Some(asked),
        };
        let now = look_at(&directory).await;
        // Only once it is quiet: half a file may well be a whole, smaller matrix.
        let settled = now == before && now != loaded;
        before = now.clone();
        if asked.is_some() || settled {
            loaded = now;
            read_again(&bot, &directory).await;
        }
        asked.into_iter().flatten().for_each(Wishes::grant);
    }
}

/// Without a directory there is nothing to read again; says so when asked.
pub(super) async fn keep_builtin(bot: Arc<Bot>) {
    let mut wishes = Wishes::of(&bot);
    loop {
        let asked = wishes.next().await;
        info!("the built-in matrices cannot change; `data` in the configuration names a directory");
        asked.into_iter().for_each(Wishes::grant);
    }
}

/// Who may want the matrices read at once: SIGHUP, and operators.
struct Wishes {
    hangup: Option<Signal>,
    errands: Option<mpsc::Receiver<Errand>>,
}

impl Wishes {
    fn of(bot: &Bot) -> Self {
        Self { hangup: signal(SignalKind::hangup()).ok(), errands: bot.errands() }
    }

    /// Waits for the next wish. Several that wait are one; each is told when it is done.
    async fn next(&mut self) -> Vec<Errand> {
        tokio::select! {
            () = heard(&mut self.hangup) => Vec::new(),
            errand = taken(&mut self.errands) => {
                let more = self.errands.as_mut().and_then(|errands| errands.try_recv().ok());
                [Some(errand), more].into_iter().flatten().collect()
            }
        }
    }

    fn grant(errand: Errand) {
        let Errand::Reload(done) = errand;
        // Whoever waited may have given up.
        let _ = done.send(());
    }
}

async fn heard(hangup: &mut Option<Signal>) {
    let heard = match hangup {
        Some(signal) => signal.recv().await.is_some(),
        None => false,
    };
    if !heard {
        std::future::pending::<()>().await;
    }
}

async fn taken(errands: &mut Option<mpsc::Receiver<Errand>>) -> Errand {
    if let Some(receiver) = errands
        && let Some(errand) = receiver.recv().await
    {
        return errand;
    }
    std::future::pending().await
}

async fn look_at(directory: &Path) -> Look {
    let directory = directory.to_owned();
    spawn_blocking(move || Look::at(&directory)).await.unwrap_or_default()
}

async fn read_again(bot: &Bot, directory: &Path) {
    let standing = bot.standing();
    if let Some(standing) = &standing {
        bot.stand(Standing::clone(standing).reading(UtcDateTime::now()));
    }
    let path = directory.to_owned();
    let before = !bot.library().catalog.matrices().is_empty();
    let Ok((library, reading)) = spawn_blocking(move || read(Some(&path), before)).await else {
        error!("reading the matrices failed; this is a bug in raci-bot");
        standing.into_iter().for_each(|standing| bot.stand(Standing::clone(&standing)));
        return;
    };
    tell(&library, directory, reading.took);
    if let Ok(library) = library {
        bot.replace(library);
        tell_of_limits(bot);
    }
    if let Some(standing) = standing {
        bot.stand(Standing::clone(&standing).read(reading));
    }
}

/// Says loudly which limits protect nothing, since what they name is not there: mistyped, it would
/// leave to all what only some should see.
pub(super) fn tell_of_limits(bot: &Bot) {
    for service in bot.settings().access.unknown(&bot.library().catalog) {
        error!(service, "`access` in the configuration names a service that no matrix has");
    }
}

fn tell(read: &Result<Library, Unusable>, directory: &Path, took: Duration) {
    let ms = took.as_millis() as u64;
    match read {
        Ok(library) => {
            let (matrices, activities) = (library.catalog.matrices().len(), library.catalog.len());
            info!(
                matrices,
                activities,
                warnings = library.warnings.len(),
                ms,
                "matrices read again"
            );
        }
        Err(Unusable::Directory(error)) => {
            warn!(directory = %directory.display(), %error, "keeping the matrices read before");
        }
        Err(Unusable::Files(problems)) => {
            let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
            for problem in errors.clone().take(MAX_LOGGED) {
                error!(%problem, "a matrix cannot be used");
            }
            warn!(errors = errors.count(), ms, "keeping the matrices read before");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_change_is_seen() {
        let directory = tempfile::tempdir().expect("a directory");
        let file = directory.path().join("a.yaml");
        let write = |text: &str| fs::write(&file, text).expect("a file");
        let look = || Look::at(directory.path());
        write("one");
        let first = look();
        assert_eq!(first, look());
        write("longer");
        assert_ne!(first, look());
        let second = look();
        let other = directory.path().join(".new");
        fs::write(&other, "longer").expect("a file");
        let time = fs::metadata(&file).and_then(|about| about.modified()).expect("a time");
        let options = fs::File::options().write(true).open(&other).expect("a file");
        options.set_modified(time).expect("a time");
        assert_eq!(second, look(), "hidden files are no matrices");
        fs::rename(&other, &file).expect("renamed");
        assert_ne!(second, look(), "another file of the same size and time");
        fs::create_dir(directory.path().join("more")).expect("a directory");
        let third = look();
        fs::write(directory.path().join("more/b.yaml"), "").expect("a file");
        assert_ne!(third, look());
    }

    #[test]
    fn a_directory_that_is_gone_looks_different() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().to_owned();
        let before = Look::at(&path);
        drop(directory);
        assert_ne!(before, Look::at(&path));
    }
}
