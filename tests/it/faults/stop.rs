//! Stopping while something is in the way: exit 0 within three seconds, whenever it is asked.

use std::time::{Duration, Instant};

use super::try_all;
use crate::standin::Standin;
use crate::standin::daemon::{Daemon, LENIENCE, Launch};
use crate::standin::gateway::{Conduct, End};
use crate::standin::rest::{After, Route, Trouble};
use crate::standin::session::Order;

/// What is in the way, from before the start or after it.
#[derive(Clone, Copy)]
struct Obstacle {
    name: &'static str,
    before: Option<fn(&Standin)>,
    after: Option<fn(&Standin)>,
}

const fn before(name: &'static str, before: fn(&Standin)) -> Obstacle {
    Obstacle { name, before: Some(before), after: None }
}

const fn after(name: &'static str, after: fn(&Standin)) -> Obstacle {
    Obstacle { name, before: None, after: Some(after) }
}

fn turns(discord: &Standin, conduct: Conduct) {
    discord.behaves(conduct);
    discord.orders(Order::End(End::Closed));
}

fn limited() -> Trouble {
    Trouble::Limited { after: After::Seconds(3600.0), global: true }
}

const OBSTACLES: &[Obstacle] = &[
    before("gateway/bot hangs", |discord| {
        discord.troubles_always(Route::GatewayBot, Trouble::Hang);
    }),
    before("gateway/bot is limited for an hour", |discord| {
        discord.troubles_always(Route::GatewayBot, limited());
    }),
    before("the registration is limited for an hour", |discord| {
        discord.troubles_always(Route::Commands, limited());
    }),
    before("gateway/bot fails", |discord| {
        discord.troubles_always(Route::GatewayBot, Trouble::Status(500));
    }),
    before("REST refuses connections", Standin::closes_rest),
    before("the gateway refuses connections", Standin::closes_the_gateways),
    before("the upgrade hangs", |discord| discord.behaves(Conduct::UpgradeHangs)),
    before("HELLO never comes", |discord| discord.behaves(Conduct::NoHello)),
    before("READY never comes", |discord| discord.behaves(Conduct::Deaf)),
    before("the registration hangs", |discord| {
        discord.troubles_always(Route::Commands, Trouble::Hang);
    }),
    before("no session may begin for hours", |discord| {
        let hours = Duration::from_hours(5);
        discord.shared.change(|state| state.gateway.identifies_left = (0, hours));
    }),
    after("it is reconnecting", |discord| {
        discord.closes_the_gateways();
        discord.orders(Order::End(End::Reset));
    }),
    after("it waits for RESUMED", |discord| turns(discord, Conduct::ResumeUnanswered)),
    after("the upgrade of a resume hangs", |discord| turns(discord, Conduct::UpgradeHangs)),
    after("the gateway is frozen", |discord| discord.orders(Order::Freeze)),
    after("a frame never ends", |discord| {
        discord.orders(Order::Endless(1 << 10, Duration::from_millis(1)));
    }),
    after("the gateway has closed and is deaf", |discord| {
        discord.orders(Order::End(End::StatusThenDeaf(1001)));
    }),
    after("a storm of closes", |discord| turns(discord, Conduct::HelloThen(End::Closed))),
];

async fn stop(obstacle: Obstacle) -> String {
    let discord = Standin::start();
    if let Some(before) = obstacle.before {
        before(&discord);
    }
    let mut bot = match obstacle.after {
        None => {
            let bot = Launch::at(&discord).starts();
            bot.says("starting").await;
            bot
        }
        Some(after) => {
            let bot = Daemon::serve(&discord).await;
            after(&discord);
            bot
        }
    };
    tokio::time::sleep(Duration::from_millis(600)).await;
    // Which means to read the matrices again, and never the end.
    bot.signal("HUP").await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(bot.is_running(), "{}", bot.log());
    let start = Instant::now();
    bot.stops().await;
    format!("stopped after {:.2} s", start.elapsed().as_secs_f64())
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_keeps_it_from_stopping() {
    try_all(OBSTACLES, |obstacle| obstacle.name, stop).await;
}

#[tokio::test]
async fn an_answer_that_hangs_is_still_tried_and_then_left() {
    let discord = Standin::start();
    let mut bot = Daemon::serve(&discord).await;
    discord.asks("/raci backups").await;
    discord.troubles(Route::Callback, [Trouble::Hang]);
    let asked = discord.chat().puts("/raci backups").await;
    let tried = |state: &crate::standin::state::State| {
        (state.requests_on(Route::Callback) >= 2).then_some(())
    };
    discord.until("a hanging answer", Duration::from_secs(3) * LENIENCE, tried).await;
    bot.stops().await;
    assert!(discord.has_answered(&asked), "{}", bot.log());
    let mut bot = Daemon::serve(&discord).await;
    discord.troubles_always(Route::Callback, Trouble::Hang);
    discord.chat().puts("/raci backups").await;
    bot.stops().await;
}

#[tokio::test]
async fn a_second_signal_ends_it_at_once() {
    let discord = Standin::start();
    let mut bot = Daemon::serve(&discord).await;
    discord.troubles_always(Route::Callback, Trouble::Hang);
    discord.chat().puts("/raci backups").await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    bot.signal("TERM").await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    bot.signal("TERM").await;
    let status = bot.exits(Duration::from_millis(500)).await;
    assert_ne!(status.code(), Some(0));
}
