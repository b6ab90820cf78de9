//! How fast it answers and what that costs, next to a plain serenity bot in the same run.
//!
//! `RACI_LOAD_PEER=PROGRAM cargo test --release --test it load -- --ignored --nocapture`; the
//! program is that of `benches/peers/serenity-bot`, and without one only ours is measured. The
//! figures are medians of rounds in which the bots take turns.

use std::path::Path;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::json;

use crate::standin::daemon::{Daemon, Launch, START};
use crate::standin::limits::response::Kind;
use crate::standin::state::{Asked, State};
use crate::standin::world::{Channel, User};
use crate::standin::{Standin, interaction};

/// How often each bot is started and asked.
const ROUNDS: usize = 5;
/// How many questions are asked one after another, and how many many at once.
const ALONE: usize = 500;
const TOGETHER: usize = 3000;
/// How many at once.
const AT_ONCE: usize = 32;
/// How long a bot is left alone before its memory is looked at.
const IDLE: Duration = Duration::from_secs(2);

/// What people ask, some of it misspelt.
const QUESTIONS: &[&str] = &[
    "backups",
    "abckups",
    "who handles incidents",
    "rotate the keys",
    "monitoring",
    "decommission the service",
    "account creation",
    "data residency",
    "log retention",
    "tape robot",
];

/// What is measured, and in which unit.
const FIGURES: [&str; 10] = [
    "start to READY, ms",
    "memory idle, MiB",
    "one at a time: median, ms",
    "one at a time: p99, ms",
    "one at a time: CPU s per 1,000",
    "32 at once: median, ms",
    "32 at once: p99, ms",
    "32 at once: CPU s per 1,000",
    "memory after, MiB",
    "threads",
];

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes a minute, and wants an optimised build on a quiet machine"]
async fn load_side_by_side() {
    let peer = std::env::var("RACI_LOAD_PEER").ok().map(|path| {
        let path = std::fs::canonicalize(path).expect("a program");
        path.into_os_string().into_string().expect("a plain path")
    });
    let (mut ours, mut theirs, mut large) = (Vec::new(), Vec::new(), Vec::new());
    let matrices = matrices(100, 100);
    for _ in 0..ROUNDS {
        ours.push(measure(Launch::bare(), false).await);
        if let Some(peer) = &peer {
            theirs.push(measure(Launch::of(peer), true).await);
        }
        let data = matrices.path().to_str().expect("a plain path");
        large.push(measure(Launch::bare().env("RACI_BOT_DATA", data), false).await);
    }
    let columns = [("raci-bot", ours), ("serenity", theirs), ("10,000 activities", large)];
    let columns: Vec<_> = columns.into_iter().filter(|(_, rounds)| !rounds.is_empty()).collect();
    print!("{:32}", "");
    columns.iter().for_each(|(name, _)| print!("{name:>20}"));
    for (row, figure) in FIGURES.iter().enumerate() {
        print!("\n{figure:32}");
        columns.iter().for_each(|(_, rounds)| print!("{:>20.3}", median(rounds, row)));
    }
    println!();
}

fn median(rounds: &[[f64; FIGURES.len()]], row: usize) -> f64 {
    let mut values: Vec<f64> = rounds.iter().map(|round| round[row]).collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Starts a bot, leaves it alone, asks it, and ends it.
async fn measure(launch: Launch, is_another: bool) -> [f64; FIGURES.len()] {
    let discord = Standin::start();
    discord.shared.change(|state| state.gateway.serves_others = is_another);
    let start = Instant::now();
    let bot = launch.talking_to(&discord).starts();
    let ready = |state: &State| state.gateway.history.ready.first().copied();
    let ready = discord.until("the connection", START, ready).await - start;
    tokio::time::sleep(IDLE).await;
    let idle = mebibytes(&bot);
    let alone = ask(&discord, &bot, ALONE, 1).await;
    let together = ask(&discord, &bot, TOGETHER, AT_ONCE).await;
    let after = [mebibytes(&bot), number(bot.threads())];
    if is_another {
        // It keeps Discord's rules in its own way.
        discord.takes_complaints();
    }
    let all = [&[millis(ready), idle][..], &alone, &together, &after].concat();
    all.try_into().expect("a figure for each name")
}

/// Asks this many questions, so many at once: median and 99th percentile in milliseconds, and CPU
/// seconds per thousand.
async fn ask(discord: &Standin, bot: &Daemon, questions: usize, at_once: usize) -> [f64; 3] {
    let cpu = bot.cpu();
    let asker = async |first: usize| {
        let mut took = Vec::new();
        for n in (first..questions).step_by(at_once) {
            took.push(answered(discord, &put(discord, QUESTIONS[n % QUESTIONS.len()])).await);
        }
        took
    };
    let mut took = join_all((0..at_once).map(asker)).await.concat();
    let cpu = (bot.cpu() - cpu) / (number(took.len() as u64) / 1000.0);
    took.sort();
    [millis(took[took.len() / 2]), millis(took[took.len() * 99 / 100]), cpu]
}

fn put(discord: &Standin, question: &str) -> String {
    let command = json!({"id": "1", "name": "raci", "type": 1});
    let option = json!({"name": "activity", "type": 3, "value": question});
    let (user, channel) = (User::named("Ana"), Channel::named("general"));
    discord.puts(Kind::Command, interaction::slash(&command, &[option], &user, &channel))
}

/// The time from the question's frame to its answer.
async fn answered(discord: &Standin, id: &str) -> Duration {
    let took = |asked: &Asked| Some(asked.response.as_ref()?.1 - asked.delivered?);
    discord.until("an answer", START, |state| took(&state.interactions[id])).await
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

fn mebibytes(bot: &Daemon) -> f64 {
    number(bot.memory()) / 1024.0
}

#[expect(clippy::cast_precision_loss, reason = "counts far below the precision of f64")]
fn number(count: u64) -> f64 {
    count as f64
}

/// A directory of so many matrices of so many activities.
fn matrices(files: usize, activities: usize) -> tempfile::TempDir {
    let directory = tempfile::tempdir().expect("a directory");
    (0..files).for_each(|file| write(directory.path(), file, activities));
    directory
}

fn write(directory: &Path, file: usize, activities: usize) {
    const VERBS: [&str; 10] = [
        "Manage",
        "Restore",
        "Monitor",
        "Rotate",
        "Renew",
        "Audit",
        "Patch",
        "Provision",
        "Remove",
        "Document",
    ];
    const THINGS: [&str; 10] = [
        "backups",
        "certificates",
        "keys",
        "volumes",
        "firewalls",
        "accounts",
        "clusters",
        "logs",
        "snapshots",
        "images",
    ];
    let mut text = format!("service: {{ id: s{file}, name: Service {file} }}\n");
    text += "parties: [Provider, Customer]\nactivities:\n";
    for n in 0..activities {
        let (verb, thing) = (VERBS[n % 10], THINGS[n / 10 % 10]);
        text += &format!("  - name: {verb} {thing} of tier {}\n", file * 31 + n);
        text += "    assignments: { Provider: RA, Customer: I }\n";
    }
    std::fs::write(directory.join(format!("s{file}.yaml")), text).expect("a file");
}
