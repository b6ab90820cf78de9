//! What stands in the log, in which form, and what never does.

use std::os::unix::fs::MetadataExt;
use std::time::Duration;

use serde_json::{Value, json};

use crate::standin::daemon::{Daemon, Launch, sent};
use crate::standin::limits::response::Kind;
use crate::standin::rest::{After, Route, Trouble};
use crate::standin::world::{Channel, User};
use crate::standin::{Standin, TOKEN, interaction};

/// A word that nobody writes.
const SECRET: &str = "zzxyqqsecret";

/// Has everything asked that a question can be: well, in part, unreadable, and in vain.
async fn ask_everything(discord: &Standin) {
    discord.asks(&format!("/raci {SECRET}")).await;
    discord.asks(&format!("/raci backups {SECRET} service:{SECRET}")).await;
    discord.types(&format!("/raci {SECRET}")).await;
    discord.asks(&format!("/raci-duties {SECRET}")).await;
    let (ana, general) = (User::named("Ana"), Channel::named("general"));
    let command = json!({"id": "1", "name": "raci", "type": 1});
    let odd = json!({"name": SECRET, "type": 77, "value": SECRET});
    let body = interaction::slash(&command, &[odd], &ana, &general);
    discord.response_to(&discord.puts(Kind::Command, body)).await;
    let limited = Trouble::Limited { after: After::Seconds(0.01), global: false };
    for trouble in [Trouble::Status(500), limited, Trouble::Reset] {
        discord.troubles(Route::Callback, [trouble]);
        discord.asks(&format!("/raci {SECRET}")).await;
    }
}

fn lines(log: &str) -> Vec<Value> {
    log.lines().map(|line| serde_json::from_str(line).expect(line)).collect()
}

#[tokio::test]
async fn what_somebody_asked_is_never_logged_above_debug_and_tokens_never() {
    let discord = Standin::start();
    let launch = Launch::at(&discord).env("RACI_BOT_LOG", "trace,raci_bot=trace");
    let mut bot = Daemon::ready(launch, &discord).await;
    ask_everything(&discord).await;
    bot.stops().await;
    let log = bot.log();
    assert!(log.contains("\"level\":\"TRACE\""), "everything was to be logged:\n{log}");
    for line in log.lines().filter(|line| line.contains(SECRET)) {
        let level = &serde_json::from_str::<Value>(line).expect("JSON")["level"];
        assert!(level == "DEBUG" || level == "TRACE", "{line}");
    }
    assert!(!log.contains(TOKEN) && !log.contains("interaction-token-"), "{log}");
}

#[tokio::test]
async fn every_line_about_an_interaction_carries_its_id() {
    let discord = Standin::start();
    let mut bot = Daemon::ready(Launch::at(&discord).env("RACI_BOT_LOG", "debug"), &discord).await;
    ask_everything(&discord).await;
    bot.stops().await;
    let (mut seen, lines) = (0, lines(&bot.log()));
    for line in &lines {
        let target = line["target"].as_str().expect("a target");
        let is_about = target.contains("::interaction") || target.contains("::callback");
        let id = line["interaction"].as_str().unwrap_or_default();
        assert!(!is_about || id.parse::<u64>().is_ok(), "{line}");
        seen += usize::from(is_about);
    }
    assert!(seen >= 10, "{seen} lines of {lines:#?}");
    let answered = lines.iter().find(|line| line["message"] == "answered").expect("a line");
    assert!(answered["ms"].is_u64() && answered["tries"].is_u64(), "{answered}");
}

#[tokio::test]
async fn the_first_line_says_what_starts() {
    let discord = Standin::start();
    let bot = Daemon::serve(&discord).await;
    let lines = lines(&bot.log());
    let first = &lines[0];
    assert_eq!(first["message"], "starting");
    assert_eq!(first["platform"], "discord");
    assert!(first["version"].as_str().is_some_and(|v| v.starts_with(env!("CARGO_PKG_VERSION"))));
    assert_eq!(first["matrices"], 1);
    assert!(first["activities"].as_u64().is_some_and(|count| count > 20), "{first}");
    assert!(first["warnings"].is_u64(), "{first}");
}

#[tokio::test]
async fn lines_are_for_people_where_that_is_wanted_and_begin_with_a_priority_for_journald() {
    let discord = Standin::start();
    for (format, begins) in [("human", "<6> INFO starting version="), ("json", "<6>{\"timestamp\"")]
    {
        let launch = Launch::at(&discord).env("RACI_BOT_LOG_FORMAT", format);
        let path = launch.path("journal");
        let file = std::fs::File::create(&path).expect("a file");
        let about = file.metadata().expect("a file");
        let stream = format!("{}:{}", about.dev(), about.ino());
        let launch = launch.env("JOURNAL_STREAM", &stream).logs_to(file);
        let mut bot = Daemon::ready(launch, &discord).await;
        discord.orders(crate::standin::session::Order::End(crate::standin::gateway::End::Reset));
        discord.asks("/raci backups").await;
        bot.stops().await;
        let log = std::fs::read_to_string(&path).expect("a log");
        assert!(log.starts_with(begins), "{log}");
        assert!(log.lines().any(|line| line.starts_with("<4>")), "a warning is missing:\n{log}");
        assert!(!log.contains('\u{1b}'), "{log}");
    }
    let launch = Launch::at(&discord).env("RACI_BOT_LOG_FORMAT", "human");
    let bot = Daemon::ready(launch.env("JOURNAL_STREAM", "1:1"), &discord).await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(bot.log().contains("Z  INFO starting version="), "{}", bot.log());
}

#[tokio::test]
async fn a_log_that_nobody_reads_holds_up_no_answer() {
    let discord = Standin::start();
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|door| door.local_addr());
    let address = port.expect("a port").to_string();
    let (unread, log) = std::io::pipe().expect("a pipe");
    let launch = Launch::at(&discord).env("RACI_BOT_LOG", "trace").env("RACI_BOT_HTTP", &address);
    let mut bot = Daemon::ready(launch.logs_to(log), &discord).await;
    // A pipe holds 64 KiB; a line has some 200 bytes.
    for _ in 0..500 {
        discord.asks("/raci backups").await;
    }
    let request = b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n";
    let text = sent(address.parse().expect("an address"), request).await;
    let line = text.lines().find_map(|line| line.strip_prefix("raci_bot_log_lines_dropped_total "));
    let dropped: u64 = line.and_then(|number| number.parse().ok()).expect("a number");
    assert!(dropped > 0, "{text}");
    bot.stops().await;
    drop(unread);
}
