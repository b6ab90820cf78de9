//! Input that is meant to hurt, or that nobody expected.

use std::time::Duration;

use serde_json::{Value, json};

use crate::standin::Standin;
use crate::standin::daemon::Daemon;
use crate::standin::interaction;
use crate::standin::limits::change;
use crate::standin::limits::response::Kind;
use crate::standin::state::State;
use crate::standin::world::{Channel, User};

const UNREADABLE: &str = "That could not be read: it is probably meant for another version of this bot. Type `/raci` and your question; `/raci-help` says more.";

#[tokio::test]
async fn what_is_quoted_calls_nobody_and_is_no_markup() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let texts = [
        "@everyone",
        "@here",
        "<@1>",
        "<@!1>",
        "<@&2>",
        "<#3>",
        "</raci:1>",
        "<:a:4>",
        "<t:0:R>",
        "[x](https://evil.example)",
        "https://evil.example",
        "**b**",
        "||s||",
        "```c```",
        "\u{202e}zzz",
        "\u{7}\u{0}zzz",
        "z\u{200b}z\u{200d}z",
    ];
    for text in texts {
        let answer = discord.asks(&format!("/raci zzzz {text} qqqq")).await;
        answer.privately().never_says(text);
    }
    let heading = discord.asks("/raci zzzz\n# h").await;
    let lines = heading.text();
    assert!(!lines.lines().any(|line| line.starts_with('#')), "{lines}");
}

#[tokio::test]
async fn a_text_of_6000_characters_is_answered_shortly() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    for piece in ["x", "backups ", "\u{1f469}\u{200d}\u{1f467}", "`*_~|>", "\u{fdfd}", "é"] {
        let text: String = piece.chars().cycle().take(6000).collect();
        let answer = discord.asks(&format!("/raci {text}")).await;
        assert!(answer.text().chars().count() < 2000, "{}", answer.text());
        discord.types(&format!("/raci {text}")).await;
    }
}

#[tokio::test]
async fn a_lone_surrogate_is_answered() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let body = question(&discord, "SURROGATE").await;
    let id = discord.puts_written(Kind::Command, body, |text| text.replace("SURROGATE", "\\ud800"));
    discord.response_to(&id).await;
    discord.asks("/raci backups").await.says("Manage backups");
}

/// A question as Discord sends it.
async fn question(discord: &Standin, text: &str) -> Value {
    discord.asks("/raci-help").await;
    let command = discord.shared.read(|state| {
        state.commands.values().flatten().find(|command| command["name"] == "raci").cloned()
    });
    let command = command.expect("it is registered");
    let option = json!({"name": "activity", "type": 3, "value": text});
    interaction::slash(&command, &[option], &User::named("Ana"), &Channel::named("general"))
}

#[tokio::test]
async fn what_the_library_cannot_read_is_answered_and_logged() {
    let discord = Standin::start();
    let bot = Daemon::serve(&discord).await;
    let body = question(&discord, "backups").await;
    let oddities = [
        ("/data/name", json!("raci-of-tomorrow")),
        ("/data", json!({"custom": true})),
        ("/data", json!(null)),
        ("/type", json!(99)),
        ("/data/type", json!(77)),
    ];
    for (pointer, value) in oddities {
        let mut odd = body.clone();
        change(&mut odd, pointer, value);
        let response = discord.response_to(&discord.puts(Kind::Command, odd)).await;
        assert_eq!(response["data"]["content"], UNREADABLE, "{pointer}");
        assert_eq!(response["data"]["flags"], 64, "{pointer}");
    }
    assert!(bot.log().contains("cannot read"), "{}", bot.log());
}

#[tokio::test]
async fn fields_and_values_that_are_new_do_no_harm() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let body = question(&discord, "backups").await;
    let news = [
        ("/context", json!(9)),
        ("/entitlements", json!([{"id": "1", "surprise": {}}])),
        ("/authorizing_integration_owners", json!({"0": "1", "1": "2", "7": "3"})),
        ("/attachment_size_limit", json!(null)),
        ("/channel", json!({"id": "1", "type": 250, "name": "general"})),
        ("/channel", json!(null)),
        ("/member/flags", json!(1_u64 << 40)),
        ("/member/user/public_flags", json!(1_u64 << 50)),
        ("/locale", json!("tlh-QO")),
        ("/version", json!(2)),
        ("/data/options/0/surprise", json!([1])),
    ];
    for (pointer, value) in news {
        let mut odd = body.clone();
        change(&mut odd, pointer, value);
        let response = discord.response_to(&discord.puts(Kind::Command, odd)).await;
        let content = response["data"]["content"].as_str().unwrap_or_default();
        assert!(content.starts_with("**Manage backups**"), "{pointer}: {content}");
    }
}

#[tokio::test]
async fn ids_that_are_no_numbers_are_answered() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let body = question(&discord, "backups").await;
    for pointer in ["/id", "/guild_id", "/channel_id", "/channel/id", "/member/user/id", "/data/id"]
    {
        let mut odd = body.clone();
        change(&mut odd, pointer, json!("not-a-number"));
        let response = discord.response_to(&discord.puts(Kind::Command, odd)).await;
        assert_eq!(response["type"], 4, "{pointer}");
    }
}

#[tokio::test]
async fn typing_that_cannot_be_read_is_answered_with_nothing_to_choose() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let mut body = question(&discord, "backups").await;
    body["type"] = json!(4);
    for options in [
        json!([]),
        json!([{"name": "activity"}]),
        json!([{"name": "new", "type": 3, "value": "x", "focused": true}]),
    ] {
        let mut odd = body.clone();
        odd["data"]["options"] = options;
        let response = discord.response_to(&discord.puts(Kind::Autocomplete, odd)).await;
        assert_eq!(response["data"]["choices"], json!([]));
    }
}

#[tokio::test]
async fn many_servers_asking_at_once_are_all_answered() {
    // Unoptimised, on the two busy cores of a CI machine, a hundred take more than Discord's 3 s.
    let servers = if cfg!(debug_assertions) { 25 } else { 100 };
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let mut asked = Vec::new();
    for guild in 1..=servers {
        let channel = Channel::named("inc-1").in_guild(guild);
        asked.push(discord.in_channel(channel).puts("/raci backups").await);
    }
    let all = |state: &State| {
        asked.iter().all(|id| state.interactions[id].response.is_some()).then_some(())
    };
    discord.until("every server's answer", Duration::from_secs(3), all).await;
}
