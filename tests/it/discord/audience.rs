//! Who sees an answer: the asker, or the channel.

use crate::standin::Standin;
use crate::standin::daemon::Daemon;
use crate::standin::world::{Channel, User};

/// As the shipped configuration has it.
const INCIDENTS: &str = "channels:\n  - channel: inc-*\n    visibility: public\n";

#[tokio::test]
async fn an_answer_is_private_elsewhere_and_public_in_an_incident_channel() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    discord.asks("/raci backups").await.privately();
    let incident = Channel::named("inc-2026-11-23");
    discord.in_channel(incident.clone()).asks("/raci backups").await.publicly();
    for name in ["db-incident-7", "war-room-2"] {
        discord.in_channel(Channel::named(name)).asks("/raci backups").await.publicly();
    }
}

#[tokio::test]
async fn a_thread_is_as_public_as_the_channel_that_a_rule_names() {
    let channel = Channel::named("operations");
    let discord = Standin::start();
    let rule = format!("channels:\n  - channel: \"{}\"\n    visibility: public\n", channel.id);
    let _bot = Daemon::configured(&discord, &rule).await;
    discord.in_channel(channel.clone()).asks("/raci backups").await.publicly();
    discord.in_channel(channel.thread("what happened")).asks("/raci backups").await.publicly();
    discord.in_channel(Channel::named("inc-1")).asks("/raci backups").await.privately();
}

#[tokio::test]
async fn the_asker_can_say_who_sees_it() {
    let discord = Standin::start();
    let _bot = Daemon::configured(&discord, INCIDENTS).await;
    discord.asks("/raci backups share:true").await.publicly();
    let incident = discord.in_channel(Channel::named("inc-1"));
    incident.asks("/raci backups share:false").await.privately();
}

#[tokio::test]
async fn a_private_answer_can_be_shared_and_then_says_who_asked() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let chat = discord.chat().by(User::named("Ada"));
    let shared = chat.asks("/raci backups").await.presses("Share").await;
    shared
        .publicly()
        .begins("**Manage backups** → **OVHcloud** does it and answers for it (R, A).")
        .says("Asked by **Ada**")
        .never_says("[Share]");
    assert!(!shared.is_update, "Discord cannot make a private message public");
}

#[tokio::test]
async fn who_shares_is_named_without_being_called() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let chat = discord.chat().by(User::named("@everyone <@1> **x**").with_role(7));
    let shared = chat.asks("/raci backups").await.presses("Share").await;
    shared.publicly().never_says("@everyone").never_says("<@1>").never_says("** **x**");
}

#[tokio::test]
async fn help_and_mistakes_are_private_even_in_an_incident_channel() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let incident = discord.in_channel(Channel::named("inc-1"));
    for line in ["/raci-help", "/raci zzzzzz", "/raci backups service:zzz", "/raci-duties zzz"] {
        incident.asks(line).await.privately();
    }
}

#[tokio::test]
async fn a_shared_answer_is_deleted_by_whoever_shared_it_or_a_moderator_and_nobody_else() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let chat = discord.chat().by(User::named("Ada"));
    let bob = User::named("Bob");
    for who in [User::named("Ada"), bob.clone().moderating()] {
        let shared = chat.asks("/raci backups").await.presses("Share").await.used_by(bob.clone());
        let refused = shared.presses("Delete").await;
        refused.privately().begins("Only whoever posted it, or a moderator, can delete it.");
        assert!(!refused.is_update);
        let gone = shared.used_by(who).presses("Delete").await;
        assert!(gone.is_update);
        gone.never_says("OVHcloud").never_says("[Delete]").goes().await;
    }
}

#[tokio::test]
async fn whoever_changes_a_public_answer_does_not_become_its_owner() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let incident = discord.in_channel(Channel::named("inc-1")).by(User::named("Ada"));
    let answer = incident.asks("/raci keys").await.used_by(User::named("Bob"));
    let menu = answer.components().into_iter().find(|part| part["type"] == 3).expect("a menu");
    let other = menu["options"][0]["label"].as_str().expect("a label").to_owned();
    answer.chooses(&other).await.privately().never_says("[Delete]");
    let changed =
        answer.used_by(User::named("Ada")).chooses(&other).await.used_by(User::named("Bob"));
    changed.publicly().presses("Delete").await.privately().says("Only whoever posted it");
    changed.used_by(User::named("Ada")).presses("Delete").await.goes().await;
}

#[tokio::test]
async fn the_same_is_posted_to_a_channel_once_and_a_repeat_stays_private() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let (ada, bob) = (User::named("Ada"), User::named("Bob"));
    let answer = discord.chat().by(ada).asks("/raci backups").await;
    answer.presses("Share").await.publicly();
    let again = answer.presses("Share").await;
    again
        .privately()
        .begins(
            "Already posted in this channel within the last 30 seconds, so only you see this copy: **Manage backups** → **OVHcloud** does it and answers for it (R, A).",
        )
        .never_says("Asked by");
    discord.chat().by(bob.clone()).asks("/raci backups share:true").await.privately();
    // Another answer, and another channel, are no repeats.
    discord.chat().by(bob.clone()).asks("/raci handle incidents share:true").await.publicly();
    let elsewhere = discord.in_channel(Channel::named("other")).by(bob);
    elsewhere.asks("/raci backups").await.presses("Share").await.publicly();
}
