//! How it starts and stops, and with which status.

use std::time::Duration;

use crate::standin::Standin;
use crate::standin::daemon::{Daemon, LENIENCE, Launch, START};
use crate::standin::state::State;

#[tokio::test]
async fn it_stops_when_told_to_and_says_goodbye() {
    for signal in ["TERM", "INT"] {
        let discord = Standin::start();
        let mut bot = Daemon::serve(&discord).await;
        bot.signal(signal).await;
        let status = bot.exits(Duration::from_secs(3)).await;
        assert_eq!(status.code(), Some(0), "{}", bot.log());
        assert_eq!(discord.shared.read(|state| state.gateway.history.closes.clone()), [Some(1000)]);
    }
}

#[tokio::test]
async fn what_had_arrived_is_answered_before_it_stops() {
    let discord = Standin::start();
    let mut bot = Daemon::serve(&discord).await;
    let chat = discord.chat();
    let mut asked = Vec::new();
    for _ in 0..20 {
        asked.push(chat.puts("/raci backups").await);
    }
    let sent = |state: &State| {
        asked.iter().all(|id| state.interactions[id].delivered.is_some()).then_some(())
    };
    discord.until("all questions on the wire", Duration::from_secs(3) * LENIENCE, sent).await;
    bot.stops().await;
    let missing = asked.iter().filter(|id| !discord.has_answered(id)).count();
    assert_eq!(missing, 0, "of 20:\n{}", bot.log());
}

#[tokio::test]
async fn without_a_token_it_says_the_three_ways_to_give_one() {
    let mut bot = Launch::bare().starts();
    assert_eq!(bot.exits(START).await.code(), Some(78));
    for way in ["`DISCORD_TOKEN`", "`DISCORD_TOKEN_FILE`", "`discord-token`", "`raci-bot chat`"] {
        assert!(bot.log().contains(way), "{way} is missing in:\n{}", bot.log());
    }
}

#[tokio::test]
async fn the_token_may_be_in_a_file_or_a_credential() {
    let discord = Standin::start();
    for (variable, file) in
        [("DISCORD_TOKEN_FILE", "token"), ("CREDENTIALS_DIRECTORY", "c/discord-token")]
    {
        let launch = Launch::at(&discord).without("DISCORD_TOKEN");
        let path = launch.file(file, &format!("{}\n", crate::standin::TOKEN));
        let path = path.trim_end_matches("/discord-token").to_owned();
        Daemon::ready(launch.env(variable, &path), &discord).await.stops().await;
    }
}

#[tokio::test]
async fn a_refused_token_ends_it_for_good() {
    let discord = Standin::start();
    let mut bot = Launch::at(&discord).env("DISCORD_TOKEN", "MTA0.wrong.token").starts();
    assert_eq!(bot.exits(START).await.code(), Some(77));
    assert!(bot.log().contains("token"), "{}", bot.log());
    assert!(!bot.log().contains("MTA0.wrong.token"), "{}", bot.log());
}

#[tokio::test]
async fn a_broken_matrix_ends_it_with_the_place_of_the_fault() {
    let discord = Standin::start();
    let launch = Launch::at(&discord);
    let file = launch.file("data/broken.yaml", "service: { name: X, id: x }\nparty: []\n");
    let directory = file.trim_end_matches("/broken.yaml").to_owned();
    let mut bot = launch.env("RACI_BOT_DATA", &directory).starts();
    assert_eq!(bot.exits(START).await.code(), Some(65));
    assert!(bot.log().contains("broken.yaml:2:1"), "{}", bot.log());
}

#[tokio::test]
async fn a_missing_directory_and_a_broken_configuration_end_it() {
    let discord = Standin::start();
    let mut bot = Launch::at(&discord).env("RACI_BOT_DATA", "/nonexistent/raci").starts();
    assert_eq!(bot.exits(START).await.code(), Some(66), "{}", bot.log());
    let mut bot = Launch::at(&discord).configured("visiblity: public\n").starts();
    assert_eq!(bot.exits(START).await.code(), Some(78), "{}", bot.log());
    assert!(bot.log().contains("raci-bot.yaml:1:1"), "{}", bot.log());
}
