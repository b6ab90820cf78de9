//! Buttons and menus, of today, of yesterday, of others.

use serde_json::{Value, json};

use crate::standin::Standin;
use crate::standin::daemon::Daemon;
use crate::standin::world::{Channel, User};

const FOREIGN: &str =
    "That button is from another version of this bot and no longer works. Ask again with `/raci`.";

fn button(id: &str) -> Value {
    json!({"type": 2, "custom_id": id})
}

#[tokio::test]
async fn the_menu_opens_another_match_in_place() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let answer = discord.asks("/raci keys").await;
    let menu = answer.components().into_iter().find(|part| part["type"] == 3).expect("a menu");
    let other = menu["options"][0]["label"].as_str().expect("a label").to_owned();
    let opened = answer.chooses(&other).await;
    assert!(opened.is_update);
    opened.privately().begins(&first_line_of(&discord, &other).await);
}

/// What asking by name says first.
async fn first_line_of(discord: &Standin, name: &str) -> String {
    let answer = discord.asks(&format!("/raci {name}")).await;
    answer.text().lines().next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_public_answer_is_changed_by_who_asked_and_all_others_are_answered_for_themselves() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let incident = discord.in_channel(Channel::named("inc-1"));
    let answer = incident.asks("/raci keys").await;
    let menu = answer.components().into_iter().find(|part| part["type"] == 3).expect("a menu");
    let other = menu["options"][0]["label"].as_str().expect("a label").to_owned();
    answer.publicly();
    let opened = answer.chooses(&other).await;
    assert!(opened.is_update);
    opened.publicly();
    let duties = incident.asks("/raci-duties ovhcloud").await;
    duties.publicly();
    let (answer, duties) = (answer.used_by(User::named("Bob")), duties.used_by(User::named("Bob")));
    for own in [
        answer.chooses(&other).await,
        answer.presses("Not this?").await,
        duties.presses("Next").await,
    ] {
        assert!(!own.is_update, "{}", own.text());
        own.privately();
    }
    answer.chooses(&other).await.says("[Share]").never_says("[Delete]");
}

#[tokio::test]
async fn a_button_outlives_a_restart() {
    let discord = Standin::start();
    let mut bot = Daemon::serve(&discord).await;
    let answer = discord.asks("/raci backups").await;
    bot.stops().await;
    let _bot = Daemon::serve(&discord).await;
    answer
        .presses("Share")
        .await
        .publicly()
        .begins("**Manage backups** → **OVHcloud** does it and answers for it (R, A).");
}

#[tokio::test]
async fn an_id_of_an_older_matrix_is_answered_with_todays_best_match() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let answer = discord.asks("/raci backups").await;
    let old = button("r1:s|kms-3.1.1-manage-backups-000000");
    discord
        .chat()
        .uses(&old, None, &answer.message)
        .await
        .says("That list is from an older version of the matrix. Today’s answer:")
        .says("**Manage backups** → **OVHcloud** does it");
}

#[tokio::test]
async fn ids_of_other_bots_and_of_other_versions_are_answered_privately() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let message = discord.asks("/raci backups").await.message;
    let chat = discord.in_channel(Channel::named("inc-1"));
    for id in
        ["poll:7", "r2:s|kms-1", "r1:", "r1:zz", "r1:b|99999999", "r1:d|x", "r1:s", "\u{202e}"]
    {
        chat.uses(&button(id), None, &message).await.privately().begins(FOREIGN);
    }
    let menu = json!({"type": 3, "custom_id": "r1:menu"});
    chat.uses(&menu, Some("poll:7"), &message).await.privately().begins(FOREIGN);
}

#[tokio::test]
async fn what_a_button_cannot_do_is_told_beside_the_message_and_leaves_it_alone() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let message = discord.asks("/raci backups").await.message;
    for id in [
        "r1:d|1|2|3|4",
        "r1:d|0|||zzz",
        "r1:v|0|gone",
        "r1:e|0|0|gone",
        "r1:i|0|gone",
        "r1:s|zzz-zzzzzz-00000000",
        "r1:c|zzz-zzzzzz-00000000",
        "r1:a||zzzzzz",
        "r1:o|status",
        "r1:u",
    ] {
        let answer = discord.chat().uses(&button(id), None, &message).await;
        assert!(!answer.is_update, "{id}: {}", answer.text());
        answer.privately();
    }
}

#[tokio::test]
async fn a_section_is_shown_as_a_picture_beside_its_list() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let section = discord.asks("/raci").await.chooses("3.1.1").await;
    for _again in 0..2 {
        let shown = section.presses("Picture").await;
        assert!(!shown.is_update, "the list stays");
        shown.privately().begins("**OVHcloud KMS › 3.1.1 Daily operations** · 5 activities");
        shown.never_says("Manage backups");
        let file = &shown.message["attachments"][0];
        assert_eq!(file["filename"], "kms-3-1-1-daily-operations.png");
        let description = file["description"].as_str().expect("a description");
        assert!(description.contains("Manage backups: OVHcloud RA"), "{description}");
    }
    let old = button("r1:i|999|kms");
    let answer = discord.chat().uses(&old, None, &section.message).await;
    answer.privately().says("OVHcloud KMS");
    assert!(answer.message["attachments"].as_array().is_none_or(Vec::is_empty));
    section
        .presses("Picture")
        .await
        .begins("**OVHcloud KMS › 3.1.1 Daily operations** · 5 activities");
}

#[tokio::test]
async fn a_gone_page_or_section_is_answered_with_what_there_is() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let message = discord.asks("/raci").await.message;
    for id in ["r1:e|0|999|kms", "r1:e|9|1|kms", "r1:v|77|kms", "r1:v|0|gone", "r1:b|65535"] {
        let answer = discord.chat().uses(&button(id), None, &message).await;
        answer.privately().says("OVHcloud KMS");
    }
}

#[tokio::test]
async fn not_this_shows_the_next_best_in_place_and_ends() {
    let discord = Standin::start();
    let bot = Daemon::serve(&discord).await;
    let mut answer = discord.asks("/raci keys").await;
    let first = answer.text();
    for _ in 0..12 {
        answer = answer.presses("Not this?").await;
        assert!(answer.is_update);
        if answer.text().starts_with("No more matches.") {
            break;
        }
        answer.privately().says("Next closest:");
        assert_ne!(answer.text(), first);
    }
    answer.begins("No more matches.").never_says("[Not this?]").never_says("[Share]");
    assert!(bot.log().contains("not_this"), "it is counted:\n{}", bot.log());
}
