//! The stand-in tried out: that it lets in what is right, and refuses and misbehaves as it says.

use std::time::{Duration, Instant};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_websockets::{ClientBuilder, MaybeTlsStream, Message, WebSocketStream};

use super::daemon::LENIENCE;
use super::gateway::{Conduct, End};
use super::rest::{After, Route, Trouble};
use super::session::Order;
use super::{Standin, TOKEN};

/// How long the stand-in may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// A client that says what a test tells it.
struct Client(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Client {
    async fn connect(discord: &Standin) -> Self {
        let url = discord.shared.read(|state| state.gateway.url.clone());
        let url = format!("{url}/?v=10&encoding=json").parse().expect("an address");
        let (socket, _) = ClientBuilder::from_uri(url).connect().await.expect("an upgrade");
        Self(socket)
    }

    /// Connects, and hears HELLO.
    async fn greeted(discord: &Standin) -> Self {
        let mut client = Self::connect(discord).await;
        assert_eq!(client.hears().await["op"], 10);
        client
    }

    /// Connects and identifies, and hears READY.
    async fn ready(discord: &Standin) -> (Self, String) {
        let mut client = Self::greeted(discord).await;
        client.says(&identify()).await;
        let ready = client.hears().await;
        assert_eq!(ready["t"], "READY");
        (client, ready["d"]["session_id"].as_str().expect("an id").to_owned())
    }

    async fn says(&mut self, frame: &Value) {
        self.0.send(Message::text(frame.to_string())).await.expect("an open connection");
    }

    async fn hears(&mut self) -> Value {
        let next = tokio::time::timeout(PATIENCE, self.0.next()).await;
        let message = next.expect("a frame in time").expect("a frame").expect("a proper frame");
        serde_json::from_str(message.as_text().expect("text")).expect("JSON")
    }

    /// The status that the connection is closed with.
    async fn closed_with(mut self) -> u16 {
        let close = async {
            while let Some(Ok(message)) = self.0.next().await {
                if let Some((code, _)) = message.as_close() {
                    return code.into();
                }
            }
            1006
        };
        tokio::time::timeout(PATIENCE, close).await.expect("an end in time")
    }
}

fn identify() -> Value {
    let properties = json!({"os": "linux", "browser": "b", "device": "d"});
    json!({"op": 2, "d": {"token": TOKEN, "intents": 0, "properties": properties}})
}

fn resume(session: &str, sequence: u64) -> Value {
    json!({"op": 6, "d": {"token": TOKEN, "session_id": session, "seq": sequence}})
}

/// Identifies with one value changed.
fn identify_with(pointer: &str, value: Value) -> Value {
    let mut frame = identify();
    super::limits::change(&mut frame, pointer, value);
    frame
}

#[tokio::test]
async fn a_breach_of_the_gateways_rules_is_a_complaint_and_ends_the_connection() {
    let breaches = [
        (identify_with("/d/intents", json!(1 << 15)), 4014, "privileged intents"),
        (identify_with("/d/intents", Value::Null), 4013, "IDENTIFY without intents"),
        (identify_with("/d/properties/os", Value::Null), 4002, "IDENTIFY without property `os`"),
        (
            identify_with("/d/compress", json!(true)),
            4002,
            "compression, which this gateway does not have",
        ),
        (json!({"op": 77}), 4001, "opcode Some(77) is none of a bot's"),
        (json!({"op": 3}), 4001, "opcode Some(3) is none of a bot's"),
        (json!({"op": 1, "d": "x"}), 4007, "a heartbeat says \"x\", the last event was None"),
    ];
    let discord = Standin::start();
    for (frame, status, complaint) in breaches {
        let mut client = Client::greeted(&discord).await;
        client.says(&frame).await;
        assert_eq!(client.closed_with().await, status, "{frame}");
        assert_eq!(discord.takes_complaints(), [format!("gateway: {status}: {complaint}")]);
    }
    let mut client = Client::greeted(&discord).await;
    client.0.send(Message::text("{")).await.expect("an open connection");
    assert_eq!(client.closed_with().await, 4002);
    assert_eq!(discord.takes_complaints(), ["gateway: 4002: a frame is no JSON text"]);
}

#[tokio::test]
async fn a_session_is_identified_once_and_its_heartbeats_are_checked() {
    let discord = Standin::start();
    let (mut client, session) = Client::ready(&discord).await;
    for sequence in [json!("x"), json!(2)] {
        let (mut client, _) = Client::ready(&discord).await;
        client.says(&json!({"op": 1, "d": sequence})).await;
        assert_eq!(client.closed_with().await, 4007);
    }
    client.says(&json!({"op": 1, "d": 1})).await;
    assert_eq!(client.hears().await["op"], 11);
    client.says(&identify()).await;
    assert_eq!(client.closed_with().await, 4005);
    let (mut client, _) = Client::ready(&discord).await;
    client.says(&resume(&session, 1)).await;
    assert_eq!(client.closed_with().await, 4005);
    assert_eq!(discord.takes_complaints().len(), 4);
}

#[tokio::test]
async fn a_wrong_token_is_refused_and_more_intents_than_needed_are_a_complaint() {
    let discord = Standin::start();
    for frame in [identify_with("/d/token", json!("x")), json!({"op": 6, "d": {"token": "x"}})] {
        let mut client = Client::greeted(&discord).await;
        client.says(&frame).await;
        assert_eq!(client.closed_with().await, 4004);
    }
    let mut client = Client::greeted(&discord).await;
    client.says(&identify_with("/d/intents", json!(1 << 9))).await;
    assert_eq!(client.hears().await["t"], "READY");
    assert_eq!(discord.takes_complaints(), ["gateway: intents 512 are more than is needed"]);
}

#[tokio::test]
async fn too_many_and_too_large_sends_are_complaints() {
    let discord = Standin::start();
    let (mut client, _) = Client::ready(&discord).await;
    for _ in 0..119 {
        client.says(&json!({"op": 1, "d": 1})).await;
    }
    for _ in 0..119 {
        client.hears().await;
    }
    assert_eq!(discord.takes_complaints(), Vec::<String>::new());
    client.says(&json!({"op": 1, "d": 1, "x": "x".repeat(5000)})).await;
    client.hears().await;
    let complaints = discord.takes_complaints();
    assert_eq!(
        complaints,
        ["gateway: more than 120 sends in a minute", "gateway: a frame of more than 4096 bytes"]
    );
}

#[tokio::test]
async fn an_address_without_version_is_a_complaint() {
    let discord = Standin::start();
    let url = discord.shared.read(|state| state.gateway.url.clone());
    let builder = ClientBuilder::from_uri(url.parse().expect("an address"));
    let _ = builder.connect().await.expect("an upgrade");
    let complaint = |pair| format!("gateway: `{pair}` is missing in the query ``");
    assert_eq!(discord.takes_complaints(), [complaint("v=10"), complaint("encoding=json")]);
}

#[tokio::test]
async fn a_resumed_session_hears_what_it_missed() {
    let discord = Standin::start();
    let (client, session) = Client::ready(&discord).await;
    drop(client);
    discord.dispatches("A", json!(1));
    let mut client = Client::greeted(&discord).await;
    client.says(&resume(&session, 1)).await;
    assert_eq!(client.hears().await["t"], "A");
    let resumed = client.hears().await;
    assert_eq!((&resumed["t"], &resumed["s"]), (&json!("RESUMED"), &json!(3)));
    discord.dispatches("B", json!(1));
    assert_eq!(client.hears().await["s"], 4);
}

#[tokio::test]
async fn a_session_that_never_was_or_was_closed_cannot_be_resumed() {
    let discord = Standin::start();
    let (mut client, session) = Client::ready(&discord).await;
    client.0.close().await.expect("an open connection");
    let closed =
        |state: &super::state::State| (!state.gateway.history.closes.is_empty()).then_some(());
    discord.until("the close", Duration::from_secs(1), closed).await;
    let (_, living) = Client::ready(&discord).await;
    for frame in [resume(&session, 1), resume("x", 1), resume(&living, 9)] {
        let mut client = Client::greeted(&discord).await;
        client.says(&frame).await;
        assert_eq!(client.hears().await, json!({"op": 9, "d": false}));
    }
}

#[tokio::test]
async fn the_gateway_misbehaves_on_demand() {
    let discord = Standin::start();
    let (client, _) = Client::ready(&discord).await;
    discord.orders(Order::End(End::Status(Some(4000))));
    assert_eq!(client.closed_with().await, 4000);
    let (client, _) = Client::ready(&discord).await;
    discord.orders(Order::End(End::Status(None)));
    assert_eq!(client.closed_with().await, 1005);
    for end in [End::Closed, End::Reset, End::HalfClosed] {
        let (client, _) = Client::ready(&discord).await;
        discord.orders(Order::End(end));
        assert_eq!(client.closed_with().await, 1006);
    }
    discord.behaves(Conduct::HelloThen(End::Status(Some(1001))));
    assert_eq!(Client::greeted(&discord).await.closed_with().await, 1001);
    discord.behaves(Conduct::LoginThen(End::Status(Some(4010))));
    let mut client = Client::greeted(&discord).await;
    client.says(&identify()).await;
    assert_eq!(client.closed_with().await, 4010);
}

#[tokio::test]
async fn a_closed_gateway_refuses_and_opens_on_the_same_port() {
    let discord = Standin::start();
    let address = discord.shared.read(|state| state.gateway.url.replace("ws://", ""));
    for _ in 0..3 {
        discord.closes_the_gateways();
        let refused = async { while TcpStream::connect(&address).await.is_ok() {} };
        tokio::time::timeout(Duration::from_secs(2), refused).await.expect("a refusal");
        discord.opens_the_gateways();
        let taken = async { while TcpStream::connect(&address).await.is_err() {} };
        tokio::time::timeout(Duration::from_secs(2), taken).await.expect("a connection");
    }
}

fn get(discord: &Standin, path: &str) -> reqwest::RequestBuilder {
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let url = format!("{}/api/v10{path}", discord.url());
    client
        .get(url)
        .header("user-agent", "DiscordBot (x, 1)")
        .header("authorization", format!("Bot {TOKEN}"))
}

#[tokio::test]
async fn rest_wants_the_token_a_user_agent_and_a_known_path() {
    let discord = Standin::start();
    let status = |request: reqwest::RequestBuilder| async {
        request.send().await.expect("an answer").status().as_u16()
    };
    assert_eq!(status(get(&discord, "/gateway/bot")).await, 200);
    assert_eq!(discord.takes_complaints(), Vec::<String>::new());
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let path = format!("{}/api/v10/gateway/bot", discord.url());
    let wrong = client.get(&path).header("user-agent", "DiscordBot (x, 1)");
    assert_eq!(status(wrong.header("authorization", "Bot x")).await, 401);
    assert_eq!(status(client.get(&path)).await, 403);
    assert_eq!(discord.takes_complaints().len(), 1);
    assert_eq!(status(get(&discord, "/x")).await, 404);
    assert_eq!(discord.takes_complaints(), ["GET /x: no such route"]);
}

#[tokio::test]
async fn rest_misbehaves_on_demand_and_then_no_more() {
    let discord = Standin::start();
    let limited = |after| Trouble::Limited { after, global: true };
    discord.troubles(
        Route::GatewayBot,
        [
            Trouble::Status(502),
            limited(After::Seconds(1.5)),
            limited(After::Date(60)),
            limited(After::Unsaid),
            Trouble::Reset,
            Trouble::Heard(Box::new(Trouble::Reset)),
            Trouble::Hang,
            Trouble::Trickle(Duration::from_millis(2)),
        ],
    );
    let ask = || get(&discord, "/gateway/bot").timeout(Duration::from_secs(3) * LENIENCE).send();
    assert_eq!(ask().await.expect("an answer").status(), 502);
    let after = |answer: &reqwest::Response| {
        answer.headers().get("retry-after").map(|value| value.to_str().expect("text").to_owned())
    };
    let answer = ask().await.expect("an answer");
    assert_eq!(after(&answer).as_deref(), Some("2"));
    assert_eq!(answer.json::<Value>().await.expect("JSON")["retry_after"], 1.5);
    assert!(after(&ask().await.expect("an answer")).is_some_and(|date| date.ends_with("GMT")));
    assert_eq!(after(&ask().await.expect("an answer")), None);
    for what in ["a reset", "a reset after it was heard", "a hang"] {
        assert!(ask().await.is_err(), "{what}");
    }
    let start = Instant::now();
    let answer = ask().await.expect("an answer").json::<Value>().await.expect("JSON");
    assert_eq!(answer["shards"], 1);
    assert!(start.elapsed() > Duration::from_millis(100));
    assert_eq!(ask().await.expect("an answer").status(), 200);
    assert_eq!(discord.shared.read(|state| state.requests_on(Route::GatewayBot)), 9);
}
