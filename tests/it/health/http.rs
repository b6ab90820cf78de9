//! `/livez`, `/readyz`, `/metrics`, and `raci-bot healthcheck`.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::cli::{raci_bot, run};
use crate::standin::Standin;
use crate::standin::daemon::{Daemon, LENIENCE, Launch, START, sent};
use crate::standin::gateway::End;
use crate::standin::session::Order;

/// The only labels there are: nothing of a person, a server or a channel.
const LABELS: &[&str] = &[
    "call", "cause", "command", "commit", "le", "outcome", "result", "rule", "service", "session",
    "severity", "version",
];

const MATRIX: &str = "
service: { name: Web shop, id: web }
source: { date: 2025-01-02 }
parties: [Ops]
sections: [{ title: Daily, activities: [{ name: Deploy, assignments: { Ops: R } }] }]
";

impl Daemon {
    /// Waits until a page says this, and gives its status and text.
    async fn page_says(&self, path: &str, part: &str) -> (u16, String) {
        let start = Instant::now();
        loop {
            let (status, text) = self.page(path).await;
            if text.contains(part) {
                return (status, text);
            }
            assert!(start.elapsed() < START, "`{part}` is missing in\n{text}\n{}", self.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

#[tokio::test]
async fn it_is_ready_while_it_is_connected_and_says_why_when_not() {
    let discord = Standin::start();
    let mut bot = Daemon::serve(&discord).await;
    let (status, text) = bot.page_says("/readyz", "gateway: connected\n").await;
    assert_eq!(status, 200, "{text}");
    assert!(text.starts_with("ready\n") && text.contains("matrices: 1, with "), "{text}");
    discord.closes_the_gateways();
    discord.orders(Order::End(End::Reset));
    let (status, text) = bot.page_says("/readyz", "gateway: not connected for ").await;
    assert_eq!(status, 503, "{text}");
    assert!(text.starts_with("not ready\n"), "{text}");
    assert_eq!(bot.page("/livez").await, (200, "alive\n".to_owned()), "it lives all the same");
    discord.recovers();
    assert_eq!(bot.page_says("/readyz", "gateway: connected\n").await.0, 200);
    bot.stops().await;
}

#[tokio::test]
async fn matrices_that_cannot_be_read_again_are_told_and_leave_it_ready() {
    let discord = Standin::start();
    let launch = Launch::at(&discord);
    let file = launch.file("matrices/web.yaml", MATRIX);
    let directory = file.trim_end_matches("/web.yaml").to_owned();
    let bot = Daemon::ready(launch.env("RACI_BOT_DATA", &directory), &discord).await;
    let text = bot.page("/metrics").await.1;
    assert!(text.contains("\nraci_bot_reload_success 1\n"), "{text}");
    assert!(text.contains("\nraci_bot_matrix_age_seconds{service=\"web\"} "), "{text}");
    let rule = r#"raci_bot_check_findings{rule="no-accountable",severity="warning"} 1"#;
    assert!(text.contains(rule), "{text}");
    std::fs::write(&file, "service: [\n").expect("a file of ours");
    bot.signal("HUP").await;
    let (status, text) = bot.page_says("/readyz", "reload: failed at ").await;
    assert_eq!(status, 200, "{text}");
    assert!(text.contains("web.yaml:1:10: "), "{text}");
    let text = bot.page("/metrics").await.1;
    assert!(text.contains("\nraci_bot_reload_success 0\n"), "{text}");
    assert!(text.contains("\nraci_bot_reloads_total{result=\"failure\"} 1\n"), "{text}");
    discord.asks("/raci deploy").await.says("Deploy");
}

#[tokio::test]
async fn a_directory_that_is_emptied_is_told_and_answers_on() {
    let discord = Standin::start();
    let launch = Launch::at(&discord);
    let file = launch.file("matrices/web.yaml", MATRIX);
    let directory = file.trim_end_matches("/web.yaml").to_owned();
    let bot = Daemon::ready(launch.env("RACI_BOT_DATA", &directory), &discord).await;
    std::fs::remove_file(&file).expect("a file of ours");
    let (status, text) = bot.page_says("/readyz", "reload: failed at ").await;
    assert_eq!(status, 200, "{text}");
    assert!(text.contains("with 1 error, the first at ") && text.contains("/matrices: "), "{text}");
    assert!(text.contains(": holds no matrix; what was read at ") && text.contains("matrices: 1"));
    let text = bot.page("/metrics").await.1;
    for line in ["raci_bot_reload_success 0", "raci_bot_matrices 1", "raci_bot_activities 1"] {
        assert!(text.lines().any(|known| known == line), "{line} is missing in\n{text}");
    }
    discord.asks("/raci deploy").await.says("Deploy");
    // The directory itself may go too, and all may come back.
    std::fs::remove_dir(&directory).expect("a directory of ours");
    let (status, text) = bot.page_says("/readyz", "/matrices: cannot be read: ").await;
    assert_eq!(status, 200, "{text}");
    discord.asks("/raci deploy").await.says("Deploy");
    std::fs::create_dir(&directory).expect("a directory of ours");
    std::fs::write(&file, MATRIX.replace("Deploy", "Roll out")).expect("a file of ours");
    bot.page_says("/metrics", "\nraci_bot_reload_success 1\n").await;
    discord.asks("/raci roll out").await.says("**Roll out**");
}

#[tokio::test]
async fn a_start_without_a_matrix_is_warned_of_and_ends_with_the_first_one() {
    let discord = Standin::start();
    let launch = Launch::at(&discord);
    let file = launch.file("matrices/README.md", "none yet");
    let directory = file.trim_end_matches("/README.md").to_owned();
    let bot = Daemon::ready(launch.env("RACI_BOT_DATA", &directory), &discord).await;
    bot.says("there is no matrix, so that no question has an answer; hint: ").await;
    let (status, text) = bot.page_says("/readyz", "gateway: connected\n").await;
    assert_eq!(status, 503, "{text}");
    assert!(text.contains("matrices: none, so that no question has an answer\n"), "{text}");
    assert!(bot.page("/metrics").await.1.contains("\nraci_bot_matrices 0\n"));
    std::fs::write(format!("{directory}/web.yaml"), MATRIX).expect("a file of ours");
    assert_eq!(bot.page_says("/readyz", "matrices: 1, with 1 activities\n").await.0, 200);
    discord.asks("/raci deploy").await.says("Deploy");
}

#[tokio::test]
async fn what_was_asked_is_counted_and_nobody_is_named() {
    let discord = Standin::start();
    let mut bot = Daemon::serve(&discord).await;
    discord.asks("/raci backups").await;
    discord.asks("/raci backups").await;
    discord.types("/raci back").await;
    discord.orders(Order::End(End::Reset));
    discord.asks("/raci-help").await;
    bot.page_says("/metrics", r#"{command="help",outcome="help"} 1"#).await;
    let (status, text) = bot.page("/metrics").await;
    assert_eq!(status, 200);
    for line in [
        r#"raci_bot_interactions_total{command="ask",outcome="answer"} 2"#,
        r#"raci_bot_interactions_total{command="complete",outcome="completions"} 1"#,
        "raci_bot_answer_seconds_count 4",
        "raci_bot_search_seconds_count 4",
        "raci_bot_gateway_connected 1",
        r#"raci_bot_gateway_reconnects_total{cause="broken"} 1"#,
        r#"raci_bot_gateway_sessions_total{session="resumed"} 1"#,
        "raci_bot_reload_success 1",
        "raci_bot_matrices 1",
        "# TYPE raci_bot_interactions_total counter",
        "# TYPE raci_bot_answer_seconds histogram",
        "# TYPE raci_bot_search_seconds histogram",
        "# TYPE raci_bot_gateway_reconnects_total counter",
    ] {
        assert!(text.lines().any(|known| known == line), "{line} is missing in\n{text}");
    }
    let labels: BTreeSet<&str> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('{')?.1.split_once('}'))
        .flat_map(|(labels, _)| labels.split("\","))
        .filter_map(|label| label.split_once("=\"").map(|(name, _)| name))
        .collect();
    assert!(labels.len() > 5 && labels.iter().all(|label| LABELS.contains(label)), "{labels:?}");
    bot.stops().await;
}

#[tokio::test]
async fn an_answer_that_discord_does_not_take_is_counted_as_undelivered() {
    use crate::standin::rest::{Route, Trouble};
    let discord = Standin::start();
    let bot = Daemon::serve(&discord).await;
    discord.troubles_always(Route::Callback, Trouble::Status(503));
    discord.chat().puts("/raci backups").await;
    let part = r#"raci_bot_interactions_total{command="ask",outcome="undelivered"} 1"#;
    let (_, text) = bot.page_says("/metrics", part).await;
    assert!(text.contains(r#"raci_bot_retries_total{call="callback",cause="failing"}"#), "{text}");
    discord.relents();
}

#[tokio::test]
async fn what_is_no_page_or_no_request_is_refused() {
    let discord = Standin::start();
    let bot = Daemon::serve(&discord).await;
    let address = bot.http().await;
    assert_eq!(bot.page("/metrics/..").await.0, 404);
    assert_eq!(bot.page("/metrics?x=y").await.0, 200);
    let long = format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(100_000));
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(1000));
    for (request, status) in [
        ("POST /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n", "405"),
        ("HEAD /readyz HTTP/1.1\r\nHost: x\r\n\r\n", "200"),
        (long.as_str(), "4"),
        (many.as_str(), "4"),
        ("\u{0}\u{1}nonsense\r\n\r\n", "4"),
    ] {
        let answer = sent(address, request.as_bytes()).await;
        let is_refused = answer.is_empty() || answer.starts_with(&format!("HTTP/1.1 {status}"));
        assert!(is_refused, "{answer:.300}");
    }
    discord.asks("/raci backups").await.says("Manage backups");
}

#[tokio::test]
async fn whoever_is_slow_is_left_and_keeps_nobody_out() {
    let discord = Standin::start();
    let bot = Daemon::serve(&discord).await;
    let address = bot.http().await;
    let mut slow = Vec::new();
    for _ in 0..40 {
        let mut stream = TcpStream::connect(address).await.expect("somebody listens");
        stream.write_all(b"GET /live").await.expect("a connection");
        slow.push(stream);
    }
    let start = Instant::now();
    assert_eq!(bot.page("/livez").await.0, 200);
    assert!(start.elapsed() < Duration::from_secs(8) * LENIENCE, "{:?}", start.elapsed());
    let mut rest = Vec::new();
    let end = tokio::time::timeout(START, slow[0].read_to_end(&mut rest)).await;
    assert!(end.is_ok(), "a slow connection is closed");
    discord.asks("/raci backups").await.says("Manage backups");
}

#[tokio::test]
async fn an_address_that_is_taken_is_told_and_questions_are_answered() {
    let discord = Standin::start();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let launch = Launch::at(&discord).env("RACI_BOT_HTTP", &address);
    let mut bot = Daemon::ready(launch, &discord).await;
    bot.says("no health and metrics until the address can be had; hint: `http`").await;
    discord.asks("/raci backups").await.says("Manage backups");
    bot.stops().await;
}

#[tokio::test]
async fn off_is_off_and_what_is_no_address_is_refused() {
    let discord = Standin::start();
    let launch = Launch::at(&discord).without("RACI_BOT_HTTP").configured("http: off\n");
    let mut bot = Daemon::ready(launch, &discord).await;
    discord.asks("/raci backups").await;
    bot.stops().await;
    assert!(!bot.log().contains("/metrics"), "{}", bot.log());
    let mut bot = Launch::at(&discord).env("RACI_BOT_HTTP", "localhost").starts();
    assert_eq!(bot.exits(START).await.code(), Some(78));
    assert!(bot.log().contains("`localhost` is no address to listen at"), "{}", bot.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_healthcheck_tells_what_the_daemon_says_of_itself() {
    let discord = Standin::start();
    let mut bot = Daemon::serve(&discord).await;
    let address = bot.http().await.to_string();
    let check =
        |arguments: &[&str], address: &str| run(raci_bot(arguments).env("RACI_BOT_HTTP", address));
    bot.page_says("/readyz", "gateway: connected\n").await;
    let healthy = check(&["healthcheck"], &address);
    assert_eq!(healthy.status, Some(0), "{healthy:?}");
    assert_eq!(healthy.first_line(), "ready");
    discord.closes_the_gateways();
    discord.orders(Order::End(End::Reset));
    bot.page_says("/readyz", "not connected").await;
    let sick = check(&["healthcheck"], &address);
    assert_eq!((sick.status, sick.first_line()), (Some(1), "not ready"));
    let alive = check(&["healthcheck", "--live"], &address);
    assert_eq!((alive.status, alive.first_line()), (Some(0), "alive"));
    bot.stops().await;
    let gone = check(&["healthcheck"], &address);
    assert_eq!(gone.status, Some(1));
    assert!(gone.err.contains("Connection refused") && gone.err.contains("hint: "), "{gone:?}");
    assert_eq!(check(&["healthcheck"], "off").status, Some(78));
}
