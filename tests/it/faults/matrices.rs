//! Matrices that change underneath, and disks that fail: read whole and swapped at once, or the
//! last good ones go on answering.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use super::try_all;
use crate::standin::Standin;
use crate::standin::daemon::{Daemon, LENIENCE, Launch};

/// How long a change may take to be noticed: looked at every second, and once more when quiet; and
/// a thousand files take a while to be read.
const NOTICED: Duration = Duration::from_secs(6);

/// The activity that the matrix begins with, and the one that it is changed to.
const OLD: &str = "Renew certificates";
const NEW: &str = "Rotate certificates";

/// A matrix of one activity.
fn matrix(activity: &str) -> String {
    format!(
        "service: {{ id: web, name: Web shop }}\nparties: [Operations]\nactivities:\n  \
         - name: {activity}\n    assignments: {{ Operations: RA }}\n"
    )
}

/// What happens to the directory, and what comes of it.
#[derive(Clone, Copy)]
struct Change {
    name: &'static str,
    act: fn(&Path),
    then: Then,
}

#[derive(Clone, Copy)]
enum Then {
    /// The new matrix answers.
    Answers,
    /// The old one does, and the log says this.
    Keeps(&'static str),
}

const fn answers(name: &'static str, act: fn(&Path)) -> Change {
    Change { name, act, then: Then::Answers }
}

const fn keeps(name: &'static str, says: &'static str, act: fn(&Path)) -> Change {
    Change { name, act, then: Then::Keeps(says) }
}

fn write(path: &Path, text: impl AsRef<[u8]>) {
    fs::write(path, text).expect("a directory of our own");
}

fn rename(from: &Path, to: &Path) {
    fs::rename(from, to).expect("a directory of our own");
}

const CHANGES: &[Change] = &[
    answers("written in place", |data| write(&data.join("web.yaml"), matrix(NEW))),
    answers("renamed over, as editors do", |data| {
        write(&data.join(".web.yaml.tmp"), matrix(NEW));
        rename(&data.join(".web.yaml.tmp"), &data.join("web.yaml"));
    }),
    answers("moved aside and written anew", |data| {
        rename(&data.join("web.yaml"), &data.join("web.yaml~"));
        write(&data.join(".web.yaml.swp"), [0, 159, 146, 150]);
        write(&data.join("4913"), "");
        write(&data.join("web.yaml"), matrix(NEW));
    }),
    answers("written in two halves", |data| {
        let text = matrix(NEW);
        let (first, _) = text.split_at(text.len() / 2);
        write(&data.join("web.yaml"), first);
        std::thread::sleep(Duration::from_millis(400));
        write(&data.join("web.yaml"), &text);
    }),
    answers("of another time", |data| {
        write(&data.join("web.yaml"), matrix(NEW));
        let file = fs::File::options().write(true).open(data.join("web.yaml")).expect("a file");
        file.set_modified(SystemTime::UNIX_EPOCH).expect("a time");
    }),
    answers("removed, and another added", |data| {
        write(&data.join("shop.yaml"), matrix(NEW));
        fs::remove_file(data.join("web.yaml")).expect("a file");
    }),
    answers("the directory replaced by a link to another", |data| {
        let other = data.with_file_name("other");
        fs::create_dir(&other).expect("a directory");
        write(&other.join("web.yaml"), matrix(NEW));
        rename(data, &data.with_file_name("before"));
        symlink(&other, data).expect("a link");
    }),
    answers("mounted as a ConfigMap is, and swapped", |data| {
        for (version, activity) in [("..1", OLD), ("..2", NEW)] {
            fs::create_dir(data.join(version)).expect("a directory");
            write(&data.join(version).join("web.yaml"), matrix(activity));
        }
        symlink("..1", data.join("..data")).expect("a link");
        symlink("..data/web.yaml", data.join(".link")).expect("a link");
        rename(&data.join(".link"), &data.join("web.yaml"));
        std::thread::sleep(Duration::from_millis(2500));
        symlink("..2", data.join("..data_tmp")).expect("a link");
        rename(&data.join("..data_tmp"), &data.join("..data"));
    }),
    answers("a thousand files", |data| {
        for n in 0..1000 {
            let text = matrix(&format!("Paint fence {n}")).replace("web", &format!("web{n}"));
            write(
                &data.join(format!("web{n}.yaml")),
                text.replace("Web shop", &format!("Web {n}")),
            );
        }
        write(&data.join("web.yaml"), matrix(NEW));
    }),
    keeps("half a file that stays", "web.yaml:", |data| {
        write(&data.join("web.yaml"), "service: { id: web, name: ");
    }),
    keeps("a file with a fault", "web.yaml:2:1", |data| {
        write(&data.join("web.yaml"), matrix(NEW).replace("parties", "partys"));
    }),
    keeps("a good file and one with a fault", "other.yaml:1:", |data| {
        write(&data.join("other.yaml"), "service: 5\n");
        write(&data.join("web.yaml"), matrix(NEW));
    }),
    keeps("not UTF-8", "web.yaml:", |data| write(&data.join("web.yaml"), [0xff, 0xfe, 0x00])),
    keeps("a link to nowhere", "cannot be read", |data| {
        symlink("nowhere", data.join("lost.yaml")).expect("a link");
    }),
    keeps("the directory gone", "keeping the matrices", |data| {
        rename(data, &data.with_file_name("before"));
    }),
    keeps("all files gone", "holds no matrix", |data| {
        fs::remove_file(data.join("web.yaml")).expect("a file");
    }),
    keeps("the directory a file", "keeping the matrices", |data| {
        rename(data, &data.with_file_name("before"));
        write(data, "");
    }),
];

/// A daemon over a directory of one matrix.
async fn serving(discord: &Standin) -> (Daemon, PathBuf) {
    let launch = Launch::at(discord);
    let file = PathBuf::from(launch.file("data/web.yaml", &matrix(OLD)));
    let data = file.parent().expect("a directory").to_owned();
    let launch = launch.env("RACI_BOT_DATA", data.to_str().expect("a plain path"));
    (Daemon::ready(launch, discord).await, data)
}

async fn says(discord: &Standin, activity: &str) -> bool {
    discord.asks("/raci certificates").await.text().contains(activity)
}

/// Waits until the new matrix answers.
async fn answers_anew(discord: &Standin, bot: &Daemon) -> Duration {
    let start = Instant::now();
    while !says(discord, NEW).await {
        assert!(start.elapsed() < NOTICED * LENIENCE, "{}", bot.log());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    start.elapsed()
}

async fn change(change: Change) -> String {
    let discord = Standin::start();
    let (mut bot, data) = serving(&discord).await;
    assert!(says(&discord, OLD).await, "{}", bot.log());
    let act = data.clone();
    tokio::task::spawn_blocking(move || (change.act)(&act)).await.expect("no panic");
    let figures = match change.then {
        Then::Answers => format!("after {:.1} s", answers_anew(&discord, &bot).await.as_secs_f64()),
        Then::Keeps(words) => {
            bot.says(words).await;
            assert!(says(&discord, OLD).await, "{}", bot.log());
            "kept".to_owned()
        }
    };
    let cpu = bot.cpu();
    tokio::time::sleep(Duration::from_secs(2)).await;
    let cpu = bot.cpu() - cpu;
    assert!(cpu < 0.1 * super::SLOWER, "{cpu} s of CPU in two seconds of quiet");
    bot.stops().await;
    format!("{figures}, then {cpu:.2} s CPU in 2 s")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_change_is_noticed_and_no_fault_replaces_anything() {
    try_all(CHANGES, |change| change.name, change).await;
}

#[tokio::test]
async fn after_a_fault_the_next_good_file_answers_at_once_on_a_signal() {
    let discord = Standin::start();
    let (mut bot, data) = serving(&discord).await;
    write(&data.join("web.yaml"), "service: 5\n");
    bot.signal("HUP").await;
    bot.says("web.yaml:1:").await;
    assert!(says(&discord, OLD).await);
    write(&data.join("web.yaml"), matrix(NEW));
    bot.signal("HUP").await;
    answers_anew(&discord, &bot).await;
    bot.stops().await;
}

#[tokio::test]
async fn a_log_that_cannot_be_written_keeps_nobody_from_an_answer() {
    let discord = Standin::start();
    // Every write fails as on a full disk.
    let launch = Launch::at(&discord).logging_to("/dev/full").env("RACI_BOT_LOG", "debug");
    let mut bot = Daemon::ready(launch, &discord).await;
    discord.asks("/raci backups").await.says("Manage backups");
    bot.signal("HUP").await;
    discord.asks("/raci backups").await.says("Manage backups");
    bot.stops().await;
}
