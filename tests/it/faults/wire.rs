//! The same bytes, but not as they usually come: in other pieces, by other addresses, with more
//! around them.

use std::time::Duration;

use super::try_all;
use crate::standin::Standin;
use crate::standin::daemon::{Daemon, Launch};
use crate::standin::gateway::End;
use crate::standin::relay::{Manner, Relay};
use crate::standin::session::Order;

/// A way to the gateway.
#[derive(Clone, Copy)]
struct Way {
    name: &'static str,
    lead: fn(&Standin) -> Vec<Relay>,
}

const fn way(name: &'static str, lead: fn(&Standin) -> Vec<Relay>) -> Way {
    Way { name, lead }
}

/// By an address that is written differently.
fn by(discord: &Standin, address: impl Fn(u16) -> String) -> Vec<Relay> {
    discord.moves(address);
    Vec::new()
}

/// Through a relay before each gateway.
fn through(discord: &Standin, host: &str, manner: Manner) -> Vec<Relay> {
    let relays = std::cell::RefCell::new(Vec::new());
    discord.moves(|port| {
        let relay = Relay::at(&format!("{host}:0"), port, manner);
        let address = format!("ws://{host}:{}", relay.port());
        relays.borrow_mut().push(relay);
        address
    });
    relays.into_inner()
}

const V4: &str = "127.0.0.1";

const WAYS: &[Way] = &[
    way("an address with a slash", |discord| by(discord, |port| format!("ws://127.0.0.1:{port}/"))),
    way("an address with path and query", |discord| {
        by(discord, |port| format!("ws://127.0.0.1:{port}/path/?v=9&encoding=etf&compress=zlib"))
    }),
    way("an address by name", |discord| by(discord, |port| format!("ws://localhost:{port}"))),
    way("an address of IPv6", |discord| through(discord, "[::1]", Manner::Plain)),
    way("byte by byte", |discord| through(discord, V4, Manner::Bytewise)),
    way("HELLO in one piece with the upgrade", |discord| {
        through(discord, V4, Manner::Together(Duration::from_millis(30)))
    }),
    way("an upgrade with more headers", |discord| {
        let headers = "Date: x\r\nset-cookie: a=b\r\nset-cookie: c=d\r\nCF-RAY: 8\r\nX-Empty:\r\n\
                       alt-svc: h3=\":443\"; ma=86400\r\nServer: cloudflare\r\nX-Odd: \u{e9}\r\n";
        through(discord, V4, Manner::Headed(headers))
    }),
];

async fn go(way: Way) -> String {
    let discord = Standin::start();
    let relays = (way.lead)(&discord);
    let mut bot = Daemon::serve(&discord).await;
    discord.asks("/raci backups").await.says("Manage backups");
    discord.orders(Order::End(End::Reset));
    discord.asks("/raci backups").await.says("Manage backups");
    let history = discord.shared.read(|state| state.gateway.history.clone());
    assert_eq!((history.identifies.len(), history.resumes.len()), (1, 1), "{}", bot.log());
    bot.stops().await;
    format!("{} relays", relays.len())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_way_leads_to_an_answer() {
    try_all(WAYS, |way| way.name, go).await;
}

/// What an upgrade may be answered with that is none; the daemon tries again without haste.
const UPGRADES: &[Way] = &[
    way("an upgrade whose key is too long", |discord| {
        through(discord, V4, Manner::Headed(KEY.leak()))
    }),
    way("an upgrade with a hundred headers", |discord| {
        through(discord, V4, Manner::Headed(HEADERS.leak()))
    }),
    way("an upgrade with a header of a mebibyte", |discord| {
        through(discord, V4, Manner::Headed(HEADER.leak()))
    }),
];

/// A line repeated so often.
struct Lines(&'static str, usize, &'static str);

const KEY: Lines =
    Lines("sec-websocket-accept: ", 1, "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQQ==\r\n");
const HEADERS: Lines = Lines("", 100, "x-header: x\r\n");
const HEADER: Lines = Lines("x-header: ", 1 << 20, "x");

impl Lines {
    fn leak(&self) -> &'static str {
        let end = if self.2.ends_with('\n') { "" } else { "\r\n" };
        format!("{}{}{end}", self.0, self.2.repeat(self.1)).leak()
    }
}

async fn refuse(way: Way) -> String {
    let discord = Standin::start();
    let _relays = (way.lead)(&discord);
    let mut bot = Launch::at(&discord).starts();
    bot.says("disconnected").await;
    let cpu = bot.cpu();
    tokio::time::sleep(Duration::from_secs(3)).await;
    let cpu = bot.cpu() - cpu;
    assert!(cpu < 0.15 * super::SLOWER, "{cpu} s of CPU");
    assert!(bot.is_running(), "{}", bot.log());
    bot.stops().await;
    format!("{cpu:.2} s CPU")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upgrade_that_is_none_is_survived() {
    try_all(UPGRADES, |way| way.name, refuse).await;
}

#[tokio::test]
async fn a_ping_is_answered() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    discord.orders(Order::Bytes(vec![0x89, 1, b'?']));
    let answered =
        |state: &crate::standin::state::State| (state.gateway.history.pongs > 0).then_some(());
    discord.until("an answer to a ping", Duration::from_secs(2), answered).await;
}

#[tokio::test]
async fn a_process_that_was_stopped_goes_on_where_it_was() {
    let discord = Standin::start().beats_every(Duration::from_millis(300));
    let mut bot = Daemon::serve(&discord).await;
    discord.asks("/raci backups").await;
    bot.signal("STOP").await;
    let asked = discord.chat().puts("/raci backups").await;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    bot.signal("CONT").await;
    discord.response_to(&asked).await;
    assert!(discord.shared.read(super::connects) <= 2, "{}", bot.log());
    bot.stops().await;
}
