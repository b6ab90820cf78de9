//! The file of questions that found nothing: bounded in number and age, written whole or not at
//! all, and shared by the daemon with the program that lists and clears it.

use std::cmp::Reverse;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use time::macros::format_description;
use time::{Date, Duration, UtcDateTime};

use crate::commands::unanswered::{Asked, Question};

const FILE: &str = "unanswered.json";
/// Written first, then renamed: a reader sees the old file or the new one.
const NEW: &str = "unanswered.json.new";
/// What could not be read, put aside.
const BROKEN: &str = "unanswered.json.broken";
const LOCK: &str = "unanswered.lock";
/// The longest file that is read, in bytes: far more than the most questions take.
const MAX_FILE: u64 = 64 << 20;

/// Where questions are kept, and how many for how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Store {
    /// The directory, made when it is missing.
    pub(crate) directory: PathBuf,
    /// The most questions; those asked last stay.
    pub(crate) most: usize,
    /// The days after which a question is forgotten that is not asked again.
    pub(crate) days: u32,
}

/// The file.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    /// When everything was cleared last, in seconds since 1970: what was asked before and comes
    /// late is not kept.
    #[serde(default)]
    cleared: i64,
    questions: Vec<Entry>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    text: String,
    guild: Option<String>,
    #[serde(default)]
    sees: Vec<String>,
    times: u32,
    last: String,
}

impl Store {
    /// Everything that is kept.
    pub(crate) fn read(&self, today: Date) -> io::Result<Vec<Question>> {
        Ok(self.pruned(load(&self.directory.join(FILE))?.into_questions(), today))
    }

    /// Adds what was asked, each with its moment, and gives everything that is then kept. Also
    /// forgets what is too old, so that calling it with nothing is of use.
    pub(super) fn add(
        &self,
        asked: &[(Asked, UtcDateTime)],
        today: Date,
    ) -> io::Result<Vec<Question>> {
        if asked.is_empty() && !self.directory.join(FILE).exists() {
            // So that a directory of somebody else's making is noticed at the start.
            return fs::create_dir_all(&self.directory).map(|()| Vec::new());
        }
        self.locked(|| {
            let kept = self.load_or_put_aside()?;
            let (cleared, before) = (kept.cleared, kept.questions.len());
            let mut questions = kept.into_questions();
            let new = asked.iter().filter(|(_, at)| at.unix_timestamp() >= cleared);
            let new: Vec<_> = new.collect();
            for (asked, at) in &new {
                merge(&mut questions, asked, at.date());
            }
            let questions = self.pruned(questions, today);
            if !new.is_empty() || questions.len() != before {
                self.write(&Kept::of(cleared, &questions))?;
            }
            Ok(questions)
        })
    }

    /// Forgets everything, also what a running daemon has yet to add; says how much it was.
    pub(crate) fn clear(&self, now: UtcDateTime) -> io::Result<usize> {
        if !self.directory.exists() {
            return Ok(0);
        }
        self.locked(|| {
            let count = load(&self.directory.join(FILE)).map_or(0, |kept| kept.questions.len());
            // Seconds are cut off, and what is asked within this one was asked before.
            self.write(&Kept::of(now.unix_timestamp() + 1, &[]))?;
            remove(&self.directory.join(BROKEN))?;
            Ok(count)
        })
    }

    fn pruned(&self, mut questions: Vec<Question>, today: Date) -> Vec<Question> {
        let oldest = today.saturating_sub(Duration::days(self.days.into()));
        questions.retain(|question| question.last >= oldest);
        questions.sort_by_key(|question| Reverse((question.last, question.times)));
        questions.truncate(self.most);
        questions
    }

    fn load_or_put_aside(&self) -> io::Result<Kept> {
        let file = self.directory.join(FILE);
        match load(&file) {
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                fs::rename(&file, self.directory.join(BROKEN))?;
                Ok(Kept::default())
            }
            loaded => loaded,
        }
    }

    /// Does something while no other process does, where the file system can tell.
    fn locked<T>(&self, work: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        fs::create_dir_all(&self.directory)?;
        let lock = self.private(LOCK)?;
        match lock.lock() {
            Err(error) if error.kind() != io::ErrorKind::Unsupported => return Err(error),
            _ => {}
        }
        work()
    }

    fn write(&self, kept: &Kept) -> io::Result<()> {
        let new = self.directory.join(NEW);
        let written = self.private(NEW).and_then(|mut file| {
            file.set_len(0)?;
            serde_json::to_writer(&mut file, kept)?;
            file.write_all(b"\n")?;
            file.sync_all()
        });
        written.and_then(|()| fs::rename(&new, self.directory.join(FILE)))
    }
}

impl Store {
    /// A file that only we may read, since people's words are in it. It belongs to whom the directory
    /// belongs, even when an administrator clears it.
    fn private(&self, name: &str) -> io::Result<File> {
        use std::os::unix::fs::{MetadataExt, OpenOptionsExt, fchown};
        let mut options = OpenOptions::new();
        let options = options.write(true).create(true).truncate(false).mode(0o600);
        let file = options.open(self.directory.join(name))?;
        let (ours, wanted) = (file.metadata()?, fs::metadata(&self.directory)?);
        if (ours.uid(), ours.gid()) != (wanted.uid(), wanted.gid()) {
            // Only an administrator can, and only then is it needed.
            let _ = fchown(&file, Some(wanted.uid()), Some(wanted.gid()));
        }
        Ok(file)
    }
}

impl Kept {
    fn of(cleared: i64, questions: &[Question]) -> Self {
        let entry = |question: &Question| Entry {
            text: question.asked.text.clone(),
            guild: question.asked.guild.clone(),
            sees: question.asked.sees.clone(),
            times: question.times,
            last: question.last.to_string(),
        };
        Self { cleared, questions: questions.iter().map(entry).collect() }
    }

    fn into_questions(self) -> Vec<Question> {
        let day = format_description!("[year]-[month]-[day]");
        let question = |entry: Entry| {
            let Entry { text, guild, sees, times, last } = entry;
            let last = Date::parse(&last, day).ok()?;
            Some(Question { asked: Asked { text, guild, sees }, times, last })
        };
        self.questions.into_iter().filter_map(question).collect()
    }
}

fn merge(questions: &mut Vec<Question>, asked: &Asked, day: Date) {
    match questions.iter_mut().find(|known| known.asked.key() == asked.key()) {
        Some(known) => {
            known.times = known.times.saturating_add(1);
            known.last = known.last.max(day);
        }
        None => questions.push(Question { asked: asked.clone(), times: 1, last: day }),
    }
}

fn load(path: &Path) -> io::Result<Kept> {
    let mut text = Vec::new();
    match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Kept::default()),
        file => file?.take(MAX_FILE).read_to_end(&mut text)?,
    };
    serde_json::from_slice(&text).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
