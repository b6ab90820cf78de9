//! An answer that Discord's REST does not take at first: it is tried again inside its three
//! seconds, and holds up nobody else.

use std::time::{Duration, Instant};

use serde_json::json;

use super::try_all;
use crate::standin::Standin;
use crate::standin::daemon::{Daemon, LENIENCE};
use crate::standin::rest::{After, Route, Trouble};
use crate::standin::routes::PATIENCE;

/// What one answer meets, one try after another.
#[derive(Clone, Copy)]
struct Meeting {
    name: &'static str,
    troubles: fn() -> Vec<Trouble>,
}

const fn meeting(name: &'static str, troubles: fn() -> Vec<Trouble>) -> Meeting {
    Meeting { name, troubles }
}

fn limited(after: After, global: bool) -> Trouble {
    Trouble::Limited { after, global }
}

fn heard(then: Trouble) -> Trouble {
    Trouble::Heard(Box::new(then))
}

const MEETINGS: &[Meeting] = &[
    meeting("429, 0.3 s", || vec![limited(After::Seconds(0.3), false)]),
    meeting("429, global, 0.5 s", || vec![limited(After::Seconds(0.5), true)]),
    meeting("429, until a date", || vec![limited(After::Date(1), false)]),
    meeting("429, for how long is not said", || vec![limited(After::Unsaid, false)]),
    meeting("500", || vec![Trouble::Status(500)]),
    meeting("502", || vec![Trouble::Status(502)]),
    meeting("503", || vec![Trouble::Status(503)]),
    meeting("504", || vec![Trouble::Status(504)]),
    meeting("500 three times", || vec![Trouble::Status(500); 3]),
    meeting("a reset", || vec![Trouble::Reset]),
    meeting("a reset three times", || vec![Trouble::Reset; 3]),
    meeting("a hang", || vec![Trouble::Hang]),
    meeting("a hang, then a 503", || vec![Trouble::Hang, Trouble::Status(503)]),
    meeting("an answer that trickles", || vec![Trouble::Trickle(Duration::from_millis(2))]),
    meeting("heard, then a reset", || vec![heard(Trouble::Reset)]),
    meeting("heard, then a hang", || vec![heard(Trouble::Hang)]),
    meeting("heard, then a 502", || vec![heard(Trouble::Status(502))]),
];

async fn meet(meeting: Meeting) -> String {
    let discord = Standin::start();
    let mut bot = Daemon::serve(&discord).await;
    discord.asks("/raci backups").await;
    let before = discord.shared.read(|state| state.requests_on(Route::Callback));
    discord.troubles(Route::Callback, (meeting.troubles)());
    let start = Instant::now();
    discord.asks("/raci backups").await.says("Manage backups");
    let took = start.elapsed();
    assert!(took < PATIENCE, "{took:?}");
    bot.stops().await;
    assert!(!bot.log().contains("not answered"), "{}", bot.log());
    let tries = discord.shared.read(|state| state.requests_on(Route::Callback)) - before;
    assert!(tries <= 6, "{tries} tries");
    format!("answered after {:.2} s, {tries} tries", took.as_secs_f64())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_trouble_with_an_answer_is_overcome() {
    try_all(MEETINGS, |meeting| meeting.name, meet).await;
}

#[tokio::test]
async fn one_answer_that_hangs_holds_up_no_other() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let chat = discord.chat();
    chat.asks("/raci backups").await;
    discord.troubles(Route::Callback, vec![Trouble::Hang; 20]);
    let mut asked = Vec::new();
    for _ in 0..20 {
        asked.push(chat.puts("/raci backups").await);
    }
    let hanging = |state: &crate::standin::state::State| {
        (state.requests_on(Route::Callback) >= 21).then_some(())
    };
    discord.until("twenty hanging answers", Duration::from_secs(3) * LENIENCE, hanging).await;
    let start = Instant::now();
    chat.asks("/raci backups").await;
    assert!(start.elapsed() < Duration::from_millis(700), "{:?}", start.elapsed());
    for id in asked {
        discord.response_to(&id).await;
    }
}

#[tokio::test]
async fn an_interaction_that_is_gone_is_let_go() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let before = discord.shared.read(|state| state.requests_on(Route::Callback));
    discord.dispatches("INTERACTION_CREATE", json!({"id": "7", "token": "gone", "type": 2}));
    let told = |state: &crate::standin::state::State| {
        (state.requests_on(Route::Callback) > before).then_some(())
    };
    discord.until("a try", Duration::from_secs(3) * LENIENCE, told).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(discord.shared.read(|state| state.requests_on(Route::Callback)), before + 1);
}

#[tokio::test]
async fn what_a_resume_sends_again_is_answered_once() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    discord.shared.change(|state| state.gateway.repeats_itself = true);
    for _ in 0..3 {
        discord.asks("/raci backups").await;
        discord.orders(crate::standin::session::Order::End(crate::standin::gateway::End::Reset));
        discord.asks("/raci backups").await;
    }
    super::nothing_was_answered_twice(&discord);
}
