//! What systemd hears on its socket, by sd_notify(3).

use std::path::PathBuf;
use std::time::Duration;

use tokio::net::UnixDatagram;
use tokio::time::timeout;

use crate::standin::Standin;
use crate::standin::daemon::{Daemon, Launch, START};
use crate::standin::rest::{Route, Trouble};

/// A socket as systemd opens it.
struct Manager(UnixDatagram);

impl Manager {
    fn of(launch: Launch) -> (Self, Launch) {
        let path: PathBuf = launch.path("notify");
        let socket = UnixDatagram::bind(&path).expect("a socket");
        let launch = launch.env("NOTIFY_SOCKET", path.to_str().expect("a plain path"));
        (Self(socket), launch.env("WATCHDOG_USEC", "600000"))
    }

    /// Waits until a message has this line, and gives all messages up to it.
    async fn hears(&self, wanted: &str) -> Vec<String> {
        let mut messages = Vec::new();
        let mut bytes = [0; 4096];
        loop {
            let received = timeout(START, self.0.recv(&mut bytes)).await;
            let length = received.unwrap_or_else(|_| panic!("no `{wanted}` in {messages:#?}"));
            let length = length.expect("a message");
            messages.push(String::from_utf8_lossy(&bytes[..length]).into_owned());
            let last = messages.last().expect("a message");
            if last.lines().any(|line| line.starts_with(wanted)) {
                return messages;
            }
        }
    }
}

#[tokio::test]
async fn systemd_hears_that_it_is_ready_that_it_lives_and_that_it_stops() {
    let discord = Standin::start();
    let (manager, launch) = Manager::of(Launch::at(&discord));
    let mut bot = Daemon::ready(launch, &discord).await;
    manager.hears("READY=1").await;
    manager.hears("WATCHDOG=1").await;
    discord.closes_the_gateways();
    discord.orders(crate::standin::session::Order::End(crate::standin::gateway::End::Reset));
    let status = manager.hears("STATUS=not ready; gateway: not connected; matrices: 1").await;
    manager.hears("WATCHDOG=1").await;
    assert!(status.len() < 100, "{status:#?}");
    bot.signal("TERM").await;
    manager.hears("STOPPING=1").await;
    assert_eq!(bot.exits(Duration::from_secs(9)).await.code(), Some(0));
}

#[tokio::test]
async fn a_start_that_discord_refuses_is_never_ready() {
    let discord = Standin::start();
    let (manager, launch) = Manager::of(Launch::at(&discord).env("DISCORD_TOKEN", "MTA0.wrong.x"));
    let mut bot = launch.starts();
    assert_eq!(bot.exits(START).await.code(), Some(77), "{}", bot.log());
    let mut bytes = [0; 4096];
    while let Ok(length) = manager.0.try_recv(&mut bytes) {
        let message = String::from_utf8_lossy(&bytes[..length]);
        assert!(!message.contains("READY=1"), "{message}");
    }
}

#[tokio::test]
async fn a_start_while_discord_is_away_is_ready_after_a_while() {
    let discord = Standin::start();
    discord.troubles_always(Route::GatewayBot, Trouble::Status(503));
    let (manager, launch) = Manager::of(Launch::at(&discord));
    let mut bot = launch.starts();
    let messages = manager.hears("READY=1").await;
    assert!(messages.iter().any(|message| message.contains("WATCHDOG=1")), "{messages:#?}");
    assert!(messages[0].contains("STATUS=not ready; "), "{messages:#?}");
    bot.stops().await;
}
