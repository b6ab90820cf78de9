//! All faults at random for minutes, and no answer lost.
//!
//! `RACI_SOAK_MINUTES=30 RACI_SOAK_SEED=1 cargo test --test it soak -- --ignored --nocapture`; the
//! seed is printed, so that a run can be repeated.

use std::time::{Duration, Instant};

use fastrand::Rng;

use crate::faults::{Fault, connection, storm};
use crate::standin::Standin;
use crate::standin::daemon::Daemon;
use crate::standin::gateway::End;
use crate::standin::rest::{After, Route, Trouble};
use crate::standin::routes::PATIENCE;
use crate::standin::session::Order;
use crate::standin::state::{Asked, State};

/// How old a question may be when it is delivered and still be counted: what one hanging try
/// takes has to fit into the rest of its three seconds.
const IN_TIME: Duration = Duration::from_millis(1800);
/// How long people wait between questions.
const BETWEEN: Duration = Duration::from_millis(150);
/// How much more memory may be in use after a soak, in KiB.
const GROWTH: u64 = 8 * 1024;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: `RACI_SOAK_MINUTES`, `RACI_SOAK_SEED`"]
async fn soak_in_all_faults_and_lose_no_answer() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let minutes = number("RACI_SOAK_MINUTES").unwrap_or(1);
    let seed = number("RACI_SOAK_SEED").unwrap_or_else(|| fastrand::u64(..));
    println!("RACI_SOAK_MINUTES={minutes} RACI_SOAK_SEED={seed}");
    let discord = Standin::start().beats_every(Duration::from_secs(1));
    let mut bot = Daemon::serve(&discord).await;
    discord.asks("/raci backups").await;
    let (memory, cpu) = (bot.memory(), bot.cpu());
    let end = Instant::now() + Duration::from_secs(60 * minutes);
    tokio::join!(torment(&discord, &bot, Rng::with_seed(seed), end), ask(&discord, end));
    discord.recovers();
    discord.relents();
    // What one connection had to hold, a frame of 20 MiB perhaps, goes with it.
    discord.orders(Order::End(End::Closed));
    tokio::time::sleep(Duration::from_secs(12)).await;
    discord.asks("/raci backups").await;
    let (asked, late, lost) = discord.shared.read(count);
    let history = discord.shared.read(|state| state.gateway.history.clone());
    println!(
        "{asked} questions, {late} of them delivered too late or never, {lost} lost; {} \
         connections, {} resumes, {} identifies; {:.1} s CPU; memory {memory} → {} KiB",
        history.connects.len(),
        history.resumes.len(),
        history.identifies.len(),
        bot.cpu() - cpu,
        bot.memory(),
    );
    assert!(bot.is_running());
    assert!(bot.memory() < memory + GROWTH, "{} KiB", bot.memory());
    bot.stops().await;
    assert_eq!(lost, 0, "answers were lost, with seed {seed}");
}

/// Faults at random, each with its end, and now and then trouble with an answer.
async fn torment(discord: &Standin, bot: &Daemon, mut rng: Rng, end: Instant) {
    let tables = [connection::ENDS, connection::SILENCES, connection::GARBAGE, storm::STORMS];
    let faults: Vec<&Fault> = tables.into_iter().flatten().collect();
    while Instant::now() < end {
        let fault = faults[rng.usize(..faults.len())];
        (fault.strike)(discord);
        let trouble = match rng.u8(..8) {
            0 => Some(Trouble::Status(503)),
            1 => Some(Trouble::Reset),
            2 => Some(Trouble::Hang),
            3 => Some(Trouble::Heard(Box::new(Trouble::Reset))),
            4 => Some(Trouble::Limited { after: After::Seconds(0.2), global: true }),
            _ => None,
        };
        discord.relents();
        discord.troubles(Route::Callback, trouble);
        if rng.u8(..10) == 0 {
            bot.signal("HUP").await;
        }
        tokio::time::sleep(Duration::from_millis(rng.u64(..2500))).await;
        discord.recovers();
        tokio::time::sleep(Duration::from_millis(rng.u64(..4000))).await;
    }
}

async fn ask(discord: &Standin, end: Instant) {
    let chat = discord.chat();
    while Instant::now() < end {
        chat.puts("/raci backups").await;
        tokio::time::sleep(BETWEEN).await;
    }
}

/// How many questions were put, how many of them were delivered too late or never, and how many
/// others were not answered.
fn count(state: &State) -> (usize, usize, usize) {
    let in_time =
        |asked: &&Asked| asked.delivered.is_some_and(|delivered| delivered - asked.at < IN_TIME);
    let answered = |asked: &&Asked| {
        asked.response.as_ref().is_some_and(|(_, answered)| *answered - asked.at < PATIENCE)
    };
    let all = state.interactions.len();
    let due: Vec<&Asked> = state.interactions.values().filter(in_time).collect();
    let lost = due.iter().filter(|asked| !answered(asked)).count();
    (all, all - due.len(), lost)
}
