//! The connection ends, falls silent, or brings garbage.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Fault, survive_all};
use crate::standin::Standin;
use crate::standin::gateway::{Conduct, End};
use crate::standin::session::Order;

fn ends(discord: &Standin, how: End) {
    discord.orders(Order::End(how));
}

fn closes(discord: &Standin, status: u16) {
    ends(discord, End::Status(Some(status)));
}

/// The session is gone, and the connection with it.
fn forgets(discord: &Standin, how: End) {
    discord.shared.change(|state| state.gateway.forget_sessions());
    ends(discord, how);
}

/// From now on connections are treated like this; the present one ends.
fn turns(discord: &Standin, conduct: Conduct) {
    discord.behaves(conduct);
    ends(discord, End::Closed);
}

/// Nobody listens any more, and the present connection ends.
fn vanishes(discord: &Standin, how: End) {
    discord.closes_the_gateways();
    ends(discord, how);
}

fn says(discord: &Standin, frame: Value) {
    discord.orders(Order::Send(frame));
}

fn writes(discord: &Standin, text: &str) {
    discord.orders(Order::Text(text.to_owned()));
}

fn puts(discord: &Standin, bytes: &[u8]) {
    discord.orders(Order::Bytes(bytes.to_vec()));
}

/// A connection that hangs is left after little more than a second, and the next is soon made.
const PATIENCE: u64 = 2000;

pub(crate) const ENDS: &[Fault] = &[
    Fault::new("TCP is closed", |discord| ends(discord, End::Closed)),
    Fault::new("TCP is reset", |discord| ends(discord, End::Reset)),
    Fault::new("TCP is closed by half", |discord| ends(discord, End::HalfClosed)),
    Fault::new("closed without status", |discord| ends(discord, End::Status(None))),
    Fault::new("closed with 1000", |discord| closes(discord, 1000)),
    Fault::new("closed with 1001", |discord| closes(discord, 1001)),
    Fault::new("closed with 1006, which is none", |discord| puts(discord, &[0x88, 2, 3, 0xee])),
    Fault::new("closed with 1011", |discord| closes(discord, 1011)),
    Fault::new("closed with 1012", |discord| closes(discord, 1012)),
    Fault::new("closed with 4000", |discord| closes(discord, 4000)),
    Fault::new("closed with 4001", |discord| closes(discord, 4001)),
    Fault::new("closed with 4002", |discord| closes(discord, 4002)),
    Fault::new("closed with 4003", |discord| closes(discord, 4003)),
    Fault::new("closed with 4003, and the session is gone", |discord| {
        forgets(discord, End::Status(Some(4003)));
    })
    .anew(),
    Fault::new("closed with 4005", |discord| closes(discord, 4005)),
    Fault::new("closed with 4006", |discord| closes(discord, 4006)),
    Fault::new("closed with 4006, and the session is gone", |discord| {
        forgets(discord, End::Status(Some(4006)));
    })
    .anew(),
    Fault::new("closed with 4007", |discord| forgets(discord, End::Status(Some(4007)))).anew(),
    Fault::new("closed with 4008", |discord| closes(discord, 4008)),
    Fault::new("closed with 4009", |discord| forgets(discord, End::Status(Some(4009)))).anew(),
    Fault::new("closed with 4999", |discord| closes(discord, 4999)),
    Fault::new("closed, and the peer is deaf", |discord| ends(discord, End::StatusThenDeaf(4000))),
    Fault::new("closed, and the session is gone", |discord| forgets(discord, End::Closed)).anew(),
    Fault::new("opcode 7", |discord| says(discord, json!({"op": 7, "d": null}))),
    Fault::new("opcode 7, and the peer is deaf", |discord| {
        says(discord, json!({"op": 7, "d": null}));
        discord.orders(Order::Freeze);
    }),
    Fault::new("opcode 9, resumable", |discord| says(discord, json!({"op": 9, "d": true}))),
    Fault::new("opcode 9, not resumable", |discord| {
        discord.shared.change(|state| state.gateway.forget_sessions());
        says(discord, json!({"op": 9, "d": false}));
    })
    .anew(),
];

pub(crate) const SILENCES: &[Fault] = &[
    Fault::new("no acknowledgements", |discord| discord.orders(Order::StopAcks))
        .beating(300)
        .lasting(2000),
    Fault::new("frozen", |discord| discord.orders(Order::Freeze)).beating(300).lasting(2000),
    Fault::new("HELLO never comes", |discord| turns(discord, Conduct::NoHello))
        .lasting(300)
        .within(PATIENCE),
    Fault::new("READY and RESUMED never come", |discord| turns(discord, Conduct::Deaf))
        .lasting(300)
        .within(PATIENCE),
    Fault::new("RESUMED never comes", |discord| turns(discord, Conduct::ResumeUnanswered))
        .lasting(300)
        .within(PATIENCE),
    Fault::new("the upgrade hangs", |discord| turns(discord, Conduct::UpgradeHangs))
        .lasting(300)
        .within(PATIENCE),
    Fault::new("the upgrade is refused with 503", |discord| {
        turns(discord, Conduct::UpgradeRefused(503));
    })
    .lasting(3000)
    .attempts(10),
    Fault::new("the upgrade is refused with 429", |discord| {
        turns(discord, Conduct::UpgradeRefused(429));
    })
    .lasting(3000)
    .attempts(10),
    Fault::new("RESUME is refused, then taken", |discord| {
        turns(discord, Conduct::ResumeRefused(true));
    })
    .lasting(300)
    .within(4000),
    Fault::new("RESUME is refused for good", |discord| {
        discord.shared.change(|state| state.gateway.forget_sessions());
        turns(discord, Conduct::ResumeRefused(false));
    })
    .lasting(300)
    .anew(),
    Fault::new("connections refused after a close", |discord| vanishes(discord, End::Closed))
        .lasting(3000),
    Fault::new("connections refused after a reset", |discord| vanishes(discord, End::Reset))
        .lasting(3000),
    Fault::new("connections refused after 1001", |discord| {
        vanishes(discord, End::Status(Some(1001)));
    })
    .lasting(3000),
    Fault::new("connections refused after 4000", |discord| {
        vanishes(discord, End::Status(Some(4000)));
    })
    .lasting(3000),
    Fault::new("connections refused after opcode 7", |discord| {
        discord.closes_the_gateways();
        says(discord, json!({"op": 7, "d": null}));
    })
    .lasting(3000),
    Fault::new("connections refused for ten seconds", |discord| vanishes(discord, End::Reset))
        .lasting(10_000),
    Fault::new("connections refused where to resume", |discord| {
        discord.closes_the_gateway_for_resuming();
        ends(discord, End::Reset);
    })
    .lasting(900)
    .attempts(4),
    Fault::new("connections refused, and the session is gone", |discord| {
        discord.closes_the_gateways();
        forgets(discord, End::Reset);
    })
    .lasting(3000)
    .anew(),
];

pub(crate) const GARBAGE: &[Fault] = &[
    Fault::new("bad JSON", |discord| writes(discord, "{\"op\":")),
    Fault::new("an empty frame", |discord| writes(discord, "")),
    Fault::new("null", |discord| writes(discord, "null")),
    Fault::new("a list", |discord| writes(discord, "[0]")),
    Fault::new("a frame without opcode", |discord| writes(discord, "{}")),
    Fault::new("deep nesting", |discord| writes(discord, &"[".repeat(200_000))),
    Fault::new("an unknown opcode", |discord| says(discord, json!({"op": 42, "d": {}}))),
    Fault::new("an opcode that is no number", |discord| says(discord, json!({"op": "x"}))),
    Fault::new("an unknown event", |discord| discord.dispatches("OF_TOMORROW", json!({"a": [1]}))),
    Fault::new("an event without data", |discord| discord.dispatches("RESUMED", Value::Null)),
    Fault::new("an interaction without anything", |discord| {
        discord.dispatches("INTERACTION_CREATE", json!({}));
    }),
    Fault::new("an interaction that is null", |discord| {
        discord.dispatches("INTERACTION_CREATE", Value::Null);
    }),
    Fault::new("READY again, of nothing", |discord| writes(discord, "{\"op\":0,\"t\":\"READY\"}")),
    Fault::new("HELLO again, with odd intervals", |discord| {
        for interval in [json!(0), json!(-1), json!(1e300), Value::Null] {
            says(discord, json!({"op": 10, "d": {"heartbeat_interval": interval}}));
        }
    }),
    Fault::new("a heartbeat is asked for", |discord| says(discord, json!({"op": 1, "d": null}))),
    Fault::new("acknowledgements that nobody asked for", |discord| {
        for _ in 0..50 {
            says(discord, json!({"op": 11}));
        }
    }),
    Fault::new("READY, RESUMED and guilds out of place", |discord| {
        for name in ["READY", "RESUMED", "GUILD_CREATE", "GUILD_DELETE", "MESSAGE_CREATE"] {
            discord.dispatches(name, json!({"id": "1", "session_id": "x", "guilds": []}));
        }
    }),
    Fault::new("sequence numbers of every kind", |discord| {
        for number in [json!(null), json!(-1), json!("x"), json!(1.5), json!([1])] {
            says(discord, json!({"op": 0, "t": "OF_TOMORROW", "s": number, "d": {}}));
        }
    }),
    Fault::new("pings", |discord| {
        for _ in 0..200 {
            puts(discord, &[0x89, 1, b'?']);
        }
    }),
    Fault::new("frames in pieces", |discord| turns(discord, Conduct::InPieces)).lasting(200),
    Fault::new("binary frames", |discord| turns(discord, Conduct::Binary)).lasting(200),
    Fault::new("an event too large, with every resume again", |discord| {
        discord.dispatches("OF_TOMORROW", json!("x".repeat(33 << 20)));
    })
    .anew()
    .within(10_000)
    .costing(4.0)
    .attempts(6),
    Fault::new("bad UTF-8", |discord| puts(discord, &[0x81, 2, 0xff, 0xfe])),
    Fault::new("reserved bits", |discord| puts(discord, &[0xf1, 2, b'{', b'}'])),
    Fault::new("a reserved opcode", |discord| puts(discord, &[0x83, 0])),
    Fault::new("a masked frame", |discord| {
        puts(discord, &[0x81, 0x82, 0, 0, 0, 0, b'{', b'}']);
    }),
    Fault::new("a continuation of nothing", |discord| puts(discord, &[0x80, 1, b'x'])),
    Fault::new("a control frame that is too long", |discord| {
        let mut frame = vec![0x89, 126, 1, 0];
        frame.resize(260, b'x');
        puts(discord, &frame);
    }),
    Fault::new("a close frame of one byte", |discord| puts(discord, &[0x88, 1, 3])),
    Fault::new("a close frame with a status of nobody", |discord| {
        puts(discord, &[0x88, 2, 0, 1]);
    }),
    Fault::new("bytes of another protocol", |discord| {
        puts(discord, b"HTTP/1.1 400 Bad Request\r\n\r\n");
    }),
    Fault::new("a frame of 20 MiB", |discord| {
        discord.dispatches("OF_TOMORROW", json!("x".repeat(20 << 20)));
    })
    .within(3000)
    .costing(2.0),
    Fault::new("a frame that never ends, as fast as it comes", |discord| {
        discord.orders(Order::Endless(1 << 16, Duration::from_millis(1)));
    })
    .lasting(2000)
    .within(3000)
    .costing(2.0),
    Fault::new("a frame that never ends, byte by byte", |discord| {
        discord.orders(Order::Endless(1, Duration::from_millis(50)));
    })
    .beating(300)
    .lasting(2000),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_end_is_survived() {
    survive_all(ENDS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_silence_is_survived() {
    survive_all(SILENCES).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_garbage_is_survived() {
    survive_all(GARBAGE).await;
}
