//! What is answered, and how sure.

use crate::standin::Standin;
use crate::standin::daemon::Daemon;
use crate::standin::world::{Channel, User};

#[tokio::test]
async fn a_word_is_enough_for_an_answer_that_is_read_from_its_first_line() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let answer = discord.asks("/raci backups").await;
    answer
        .begins("**Manage backups** → **OVHcloud** does it and answers for it (R, A).")
        .says("**R** Responsible: OVHcloud")
        .says("Customer: no role listed · Consulted: nobody · Informed: nobody")
        .says("OVHcloud KMS › 3.1.1 Daily operations · source dated 2 Oct 2024 (")
        .says("[Open source]");
}

#[tokio::test]
async fn a_whole_question_is_answered_like_its_words() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let answer = discord.asks("/raci who is responsible for backups?").await;
    answer.begins("**Manage backups** → **OVHcloud** does it and answers for it (R, A).");
}

#[tokio::test]
async fn a_misspelt_word_is_answered_and_said_to_be_a_guess() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let answer = discord.asks("/raci abckups").await;
    answer.says("Closest to “*abckups*”:").says("**Manage backups** → **OVHcloud** does it");
}

#[tokio::test]
async fn two_accountables_are_shown_with_a_warning() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let answer = discord.asks("/raci handle incidents").await;
    answer
        .says("→ **OVHcloud** does it (R).")
        .says("⚠ Two accountables in the source: **")
        .says("RACI expects one: agree now who decides.");
}

#[tokio::test]
async fn what_matches_nothing_is_said_privately_and_with_a_way_on() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let incident = discord.in_channel(Channel::named("inc-42"));
    for line in ["/raci xyzzy plugh", "/raci xyzzy plugh share:true"] {
        let answer = incident.asks(line).await;
        answer.privately().says("xyzzy plugh").says("Try fewer words, or `/raci` alone to browse.");
    }
}

#[tokio::test]
async fn half_typed_words_are_completed_best_first_and_the_choice_is_understood() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let offered = discord.types("/raci backu").await;
    let (name, value) = offered.first().expect("something is offered");
    assert!(name.starts_with("Manage backups"), "{offered:?}");
    assert!(offered.len() <= 25);
    for typed in [value, name] {
        discord
            .asks(&format!("/raci {typed}"))
            .await
            .begins("**Manage backups** → **OVHcloud** does it and answers for it (R, A).");
    }
}

#[tokio::test]
async fn everything_is_offered_before_anything_is_typed_as_far_as_discord_shows() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    assert_eq!(discord.types("/raci").await.len(), 25);
    assert_eq!(discord.types("/raci qqqqqqqq").await, []);
    let services = discord.types("/raci backups service:km").await;
    assert_eq!(services.first().map(|(name, _)| name.as_str()), Some("OVHcloud KMS"));
    let parties = discord.types("/raci-duties ov").await;
    assert_eq!(parties.first().map(|(name, _)| name.as_str()), Some("OVHcloud"));
}

#[tokio::test]
async fn browsing_leads_from_the_service_to_a_section_to_an_activity_and_back_up() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let shelf = discord.asks("/raci").await;
    shelf.privately().begins("**OVHcloud KMS** · 31 activities");
    let section = shelf.chooses("3.1.1 Daily operations").await;
    section.says("• Manage backups");
    assert!(section.is_update, "the list takes the place of the one before");
    let answer = section.chooses("Manage backups").await;
    answer.begins("**Manage backups** → **OVHcloud** does it and answers for it (R, A).");
    section.presses("Back to list").await.begins("**OVHcloud KMS** · 31 activities");
}

#[tokio::test]
async fn duties_say_what_a_party_answers_for() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let duties = discord.asks("/raci-duties OVHcloud as:A").await;
    duties.privately().says("**OVHcloud** is accountable for").says("• Manage backups");
    let unknown = discord.asks("/raci-duties nobody-like-that").await;
    unknown.privately().says("Known here: ");
}

#[tokio::test]
async fn help_shows_the_commands_and_the_documents_own_letters_privately() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let help = discord.in_channel(Channel::named("inc-42")).asks("/raci-help").await;
    help.privately()
        .says("`/raci [activity] [service] [share]`")
        .says("`/raci-duties party [as] [service]`")
        .says("**A** Accountable — Accountable for the successful completion of the process");
}

#[tokio::test]
async fn a_message_is_read_for_the_activity_that_it_talks_about() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let chat = discord.chat();
    let answer = chat.asks_about("do we know who manages the backups?").await;
    answer.says("**Manage backups** → **OVHcloud** does it and answers for it (R, A).");
    chat.asks_about("lunch?").await.privately();
    chat.asks_about("").await.privately();
}

#[tokio::test]
async fn french_is_answered_in_french() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let chat = discord.chat().by(User::named("Zoé").speaking("fr"));
    let answer = chat.asks("/raci backups").await;
    answer
        .begins("**Manage backups** → **OVHcloud** s’en charge et en répond (R, A).")
        .says("[Ouvrir la source]");
}

#[tokio::test]
async fn a_direct_message_is_answered_too() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let answer = discord.in_channel(Channel::direct()).asks("/raci backups").await;
    answer.begins("**Manage backups** → **OVHcloud** does it and answers for it (R, A).");
}

#[tokio::test]
async fn an_unknown_service_is_told_and_never_ignored() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let answer = discord.asks("/raci backups service:mainframe").await;
    answer.privately().says("No service here is called “*mainframe*”.").says("OVHcloud KMS");
}
