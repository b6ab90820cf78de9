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

fn raw_429(header: &'static str, body: &'static str) -> Trouble {
    let length = body.len();
    let text = format!("HTTP/1.1 429 Slow Down\r\n{header}content-length: {length}\r\n\r\n{body}");
    Trouble::Raw(text.leak())
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
    meeting("429, at once again", || vec![limited(After::Seconds(0.0), true); 3]),
    meeting("429, by header alone", || vec![raw_429("retry-after: 1\r\n", "")]),
    meeting("429, by body alone", || vec![raw_429("", r#"{"retry_after":0.3}"#)]),
    meeting("429, less than nothing", || vec![raw_429("retry-after: -5\r\n", "")]),
    meeting("429, not a number", || vec![raw_429("retry-after: NaN\r\n", "{}")]),
    meeting("a page of 403", || vec![Trouble::Status(403)]),
    meeting("a page of 404", || vec![Trouble::Status(404)]),
    meeting("a redirect", || {
        vec![Trouble::Raw(
            "HTTP/1.1 307 Moved\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n",
        )]
    }),
    meeting("bytes of another protocol", || vec![Trouble::Raw("SSH-2.0-OpenSSH_9.2\r\n")]),
    meeting("nothing, and closed", || vec![Trouble::Raw(""); 2]),
    meeting("half a head", || vec![Trouble::Raw("HTTP/1.1 204 No")]),
    meeting("heard, 204 and closed", || {
        vec![heard(Trouble::Raw("HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n"))]
    }),
    meeting("heard, 200 with a body in chunks", || {
        let answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
        vec![heard(Trouble::Raw(answer))]
    }),
    meeting("heard, 200 of HTTP/1.0", || {
        vec![heard(Trouble::Raw("HTTP/1.0 200 OK\r\nX-Odd:\r\n\r\nall well"))]
    }),
    meeting("heard, 204 after 103", || {
        vec![heard(Trouble::Raw("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"))]
    }),
    meeting("heard, 200 that breaks off", || {
        vec![heard(Trouble::Raw("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"))]
    }),
    meeting("heard, 200 that never ends", || {
        vec![heard(Trouble::RawOpen("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"))]
    }),
    meeting("heard, then half a head", || vec![heard(Trouble::Raw("HTTP/1.1 2"))]),
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
async fn what_is_limited_for_longer_than_it_lives_is_let_go_and_holds_up_no_other() {
    let discord = Standin::start();
    let mut bot = Daemon::serve(&discord).await;
    discord.troubles(Route::Callback, [raw_429("retry-after: 99999999999\r\n", "")]);
    let before = discord.shared.read(|state| state.requests_on(Route::Callback));
    discord.chat().puts("/raci backups").await;
    bot.says("not answered").await;
    discord.asks("/raci backups").await.says("Manage backups");
    assert_eq!(discord.shared.read(|state| state.requests_on(Route::Callback)), before + 2);
    bot.stops().await;
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
