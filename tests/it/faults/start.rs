//! What is in the way of starting: it keeps trying and says so, or ends with reason and remedy.

use std::time::{Duration, Instant};

use serde_json::json;

use super::try_all;
use crate::standin::Standin;
use crate::standin::daemon::{Daemon, Launch, START};
use crate::standin::gateway::{Conduct, End};
use crate::standin::interaction;
use crate::standin::limits::response::Kind;
use crate::standin::rest::{After, Route, Trouble};
use crate::standin::state::State;
use crate::standin::world::{Channel, User};

/// Something in the way when it starts, for how long, and what the log says of it.
#[derive(Clone, Copy)]
struct Hindrance {
    name: &'static str,
    before: fn(&Standin),
    lasts: Duration,
}

const fn hindrance(name: &'static str, lasts: u64, before: fn(&Standin)) -> Hindrance {
    Hindrance { name, before, lasts: Duration::from_millis(lasts) }
}

fn limited(seconds: f64) -> Trouble {
    Trouble::Limited { after: After::Seconds(seconds), global: true }
}

const HINDRANCES: &[Hindrance] = &[
    hindrance("gateway/bot: 500", 0, |discord| {
        discord.troubles(Route::GatewayBot, vec![Trouble::Status(500); 3]);
    }),
    hindrance("gateway/bot: 429", 0, |discord| discord.troubles(Route::GatewayBot, [limited(0.5)])),
    hindrance("gateway/bot: reset", 0, |discord| {
        discord.troubles(Route::GatewayBot, vec![Trouble::Reset; 2]);
    }),
    hindrance("gateway/bot: hangs", 0, |discord| {
        discord.troubles(Route::GatewayBot, [Trouble::Hang]);
    }),
    hindrance("gateway/bot: a page", 0, |discord| {
        let page = "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n<html>";
        discord.troubles(Route::GatewayBot, [Trouble::Raw(page), Trouble::Status(403)]);
    }),
    hindrance("gateway/bot: a redirect", 0, |discord| {
        let away =
            "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
        discord.troubles(Route::GatewayBot, [Trouble::Raw(away)]);
    }),
    hindrance("REST: connections refused", 2500, Standin::closes_rest),
    hindrance("gateway: connections refused", 2500, Standin::closes_the_gateways),
    hindrance("gateway: upgrades refused", 2500, |discord| {
        discord.behaves(Conduct::UpgradeRefused(503));
    }),
    hindrance("gateway: no HELLO", 1000, |discord| discord.behaves(Conduct::NoHello)),
    hindrance("gateway: no READY", 1000, |discord| discord.behaves(Conduct::Deaf)),
    hindrance("registration: 503", 0, |discord| {
        discord.troubles(Route::Commands, vec![Trouble::Status(503); 2]);
    }),
    hindrance("registration: 429", 0, |discord| discord.troubles(Route::Commands, [limited(0.5)])),
    hindrance("registration: a page of 403", 0, |discord| {
        discord.troubles(Route::Commands, [Trouble::Status(403)]);
    }),
    hindrance("registration: bytes of another protocol", 0, |discord| {
        discord.troubles(Route::Commands, [Trouble::Raw("SSH-2.0-OpenSSH_9.2\r\n")]);
    }),
    hindrance("registration: reset", 0, |discord| {
        discord.troubles(Route::Commands, [Trouble::Reset]);
    }),
];

async fn start(hindrance: Hindrance) -> String {
    let discord = Standin::start();
    (hindrance.before)(&discord);
    let start = Instant::now();
    let mut bot = Launch::at(&discord).starts();
    bot.says("WARN").await;
    let before = bot.cpu();
    tokio::time::sleep(hindrance.lasts).await;
    discord.opens_rest();
    discord.recovers();
    let ready = |state: &State| (!state.gateway.history.ready.is_empty()).then_some(());
    discord.until("the connection", START, ready).await;
    discord.asks("/raci backups").await.says("Manage backups");
    let (took, cpu) = (start.elapsed(), bot.cpu() - before);
    bot.stops().await;
    let connects = discord.shared.read(super::connects);
    assert!(connects <= 12, "{connects} connections");
    assert!(cpu < 0.2 * super::SLOWER, "{cpu} s of CPU");
    format!("answered after {:.2} s, {cpu:.2} s CPU", took.as_secs_f64())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_hindrance_at_the_start_is_outlasted() {
    try_all(HINDRANCES, |hindrance| hindrance.name, start).await;
}

#[tokio::test]
async fn questions_are_answered_while_the_registration_hangs() {
    let discord = Standin::start();
    discord.troubles_always(Route::Commands, Trouble::Hang);
    let mut bot = Launch::at(&discord).starts();
    let ready = |state: &State| state.gateway.live.is_some().then_some(());
    discord.until("the connection", START, ready).await;
    let command = json!({"id": "1", "name": "raci", "type": 1});
    let option = json!({"name": "activity", "type": 3, "value": "backups"});
    let body =
        interaction::slash(&command, &[option], &User::named("Ana"), &Channel::named("general"));
    discord.response_to(&discord.puts(Kind::Command, body)).await;
    bot.stops().await;
}

/// A status that Discord closes with for good, and the one that the daemon ends with.
const REFUSALS: &[(&str, u16, i32)] = &[
    ("4004", 4004, 77),
    ("4010", 4010, 78),
    ("4011", 4011, 78),
    ("4012", 4012, 78),
    ("4013", 4013, 78),
    ("4014", 4014, 78),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_for_good_ends_it_with_reason_and_remedy() {
    try_all(
        REFUSALS,
        |refusal| refusal.0,
        |(_, status, exit)| async move {
            let discord = Standin::start();
            discord.behaves(Conduct::LoginThen(End::Status(Some(status))));
            let mut bot = Launch::at(&discord).starts();
            let ended = bot.exits(START).await;
            assert_eq!(ended.code(), Some(exit), "{}", bot.log());
            assert!(bot.log().contains("hint: "), "{}", bot.log());
            assert_eq!(discord.shared.read(super::connects), 1);
            format!("ends with {exit}")
        },
    )
    .await;
}

#[tokio::test]
async fn a_name_that_cannot_be_looked_up_is_tried_again_without_haste() {
    // No name at all, so that nobody is asked for it.
    let launch = Launch::bare().env("DISCORD_TOKEN", crate::standin::TOKEN);
    let mut bot = launch.env("DISCORD_API_URL", "http://discord..invalid").starts();
    bot.says("cannot learn the gateway's address").await;
    let (cpu, lines) = (bot.cpu(), bot.log().lines().count());
    tokio::time::sleep(Duration::from_secs(4)).await;
    let (cpu, lines) = (bot.cpu() - cpu, bot.log().lines().count() - lines);
    assert!(cpu < 0.1 * super::SLOWER && (1..12).contains(&lines), "{cpu} s, {lines} tries");
    bot.stops().await;
}

#[tokio::test]
async fn a_token_that_is_refused_later_ends_it_too() {
    let discord = Standin::start();
    let mut bot = Daemon::serve(&discord).await;
    discord.orders(crate::standin::session::Order::End(End::Status(Some(4004))));
    assert_eq!(bot.exits(START).await.code(), Some(77), "{}", bot.log());
}

#[tokio::test]
async fn sessions_are_begun_only_as_discord_allows() {
    let discord = Standin::start();
    // Longer than one question to Discord may take.
    let wait = Duration::from_secs(7);
    discord.shared.change(|state| state.gateway.identifies_left = (0, wait));
    let mut bot = Launch::at(&discord).starts();
    bot.says("limits new sessions").await;
    let start = Instant::now();
    discord.shared.change(|state| state.gateway.identifies_left = (1, Duration::from_hours(1)));
    let identified = |state: &State| state.gateway.history.identifies.first().copied();
    let first = discord.until("an IDENTIFY", START, identified).await;
    let waited = first - start;
    assert!(waited + Duration::from_millis(500) > wait, "only {waited:?}");
    bot.stops().await;
}

#[tokio::test]
async fn where_it_was_sent_elsewhere_it_is_not_led_to_discord_by_a_resume() {
    for url in ["wss://gateway-us-east1-b.discord.gg", "ws://192.0.2.1:9", "http://x", "none", ""] {
        let discord = Standin::start();
        discord.shared.change(|state| url.clone_into(&mut state.gateway.resume_url));
        let _bot = Daemon::serve(&discord).await;
        discord.orders(crate::standin::session::Order::End(End::Reset));
        discord.asks("/raci backups").await;
        let history = discord.shared.read(|state| state.gateway.history.clone());
        assert_eq!((history.identifies.len(), history.resumes.len()), (1, 1), "{url}");
    }
}

#[tokio::test]
async fn a_resume_goes_where_discord_said_and_costs_no_session() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    discord.orders(crate::standin::session::Order::End(End::Reset));
    discord.asks("/raci backups").await;
    let history = discord.shared.read(|state| state.gateway.history.clone());
    assert_eq!((history.connects.len(), history.connects_to_resume), (2, 1));
    assert_eq!((history.identifies.len(), history.resumes.len()), (1, 1));
}
