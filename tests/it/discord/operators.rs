//! What operators can do, and nobody else.

use std::fs;

use serde_json::json;

use crate::standin::Standin;
use crate::standin::chat::Chat;
use crate::standin::daemon::{Daemon, Launch};
use crate::standin::world::{Channel, GUILD, User};

const WEB: &str = "\
service: { id: web, name: Web shop }
source: { date: 2026-01-02 }
parties: [Operations]
activities:
  - name: Renew certificates
    assignments: { Operations: RA }
";

const VAULT: &str = "\
service: { id: vault, name: Deep Vault }
parties: [Custodians]
activities:
  - name: Rotate the master key
    assignments: { Custodians: RA }
";

const REFUSAL: &str = "That is for this bot’s operators, whom its configuration names.";

/// A bot with files of its own, and operators.
struct World {
    discord: Standin,
    bot: Daemon,
    directory: String,
}

impl World {
    async fn new(configuration: &str) -> Self {
        let discord = Standin::start();
        let launch = Launch::at(&discord).configured(configuration);
        let directory = launch.file("matrices/web.yaml", WEB).replace("web.yaml", "");
        let launch = launch.env("RACI_BOT_DATA", &directory);
        let bot = Daemon::ready(launch, &discord).await;
        Self { discord, bot, directory }
    }

    fn writes(&self, name: &str, text: &str) {
        fs::write(format!("{}{name}", self.directory), text).expect("a file");
    }

    fn asked_by(&self, user: User) -> Chat<'_> {
        self.discord.in_channel(Channel::named("inc-1")).by(user)
    }
}

fn ann() -> User {
    User::named("Ann")
}

fn ann_operates() -> String {
    format!("operators: {{ users: [{}] }}\n", ann().id)
}

#[tokio::test]
async fn an_operator_sees_how_the_bot_stands_and_nobody_else_does() {
    let world = World::new(&ann_operates()).await;
    let status = world.asked_by(ann()).asks("/raci-admin status").await;
    status
        .privately()
        .says("** answers from 1 matrix, 1 activity.")
        .says("Read ")
        .says("matrices")
        .says("• **Web shop** (web) · 1 activity · 2 Jan 2026 (");
    for user in [User::named("Bob"), User::named("Bob").moderating()] {
        for action in ["status", "reload"] {
            let told = world.asked_by(user.clone()).asks(&format!("/raci-admin {action}")).await;
            told.privately().begins(REFUSAL).never_says("Web");
        }
        let message = world.asked_by(user.clone()).asks("/raci certificates").await.message;
        for id in ["r1:o|status", "r1:o|reload"] {
            let button = json!({"type": 2, "custom_id": id});
            let told = world.asked_by(user.clone()).uses(&button, None, &message).await;
            told.privately().begins(REFUSAL);
        }
    }
    assert!(!world.bot.log().contains("read again"), "{}", world.bot.log());
    let help = "`/raci-admin status|reload|unanswered` — For the operators of this bot";
    world.asked_by(ann()).asks("/raci-help").await.says(help);
    world.asked_by(User::named("Bob")).asks("/raci-help").await.never_says("admin");
}

#[tokio::test]
async fn operators_are_named_by_user_role_or_server() {
    let role = User::named("Bob").with_role(77);
    for (configuration, user, operates) in [
        ("operators: { roles: [77] }\n".to_owned(), role.clone(), true),
        ("operators: { roles: [78] }\n".to_owned(), role.clone(), false),
        (format!("operators: {{ guilds: [{GUILD}] }}\n"), User::named("Bob"), true),
        ("operators: { guilds: [4242] }\n".to_owned(), role, false),
    ] {
        let world = World::new(&configuration).await;
        let told = world.asked_by(user).asks("/raci-admin status").await;
        assert_eq!(!told.text().contains(REFUSAL), operates, "{configuration}{}", told.text());
    }
}

#[tokio::test]
async fn without_operators_there_is_no_command() {
    let world = World::new("").await;
    let names = world.discord.shared.read(|state| {
        let commands = state.commands.values().flatten();
        commands.map(|command| command["name"].to_string()).collect::<Vec<_>>()
    });
    assert!(!names.is_empty() && !names.iter().any(|name| name.contains("admin")), "{names:?}");
}

#[tokio::test]
async fn an_operator_has_the_matrices_read_again_and_is_told_what_came_of_it() {
    let world = World::new(&ann_operates()).await;
    let chat = world.asked_by(ann());
    world.writes("web.yaml", &WEB.replace("Renew", "Revoke"));
    let told = chat.asks("/raci-admin reload").await;
    told.privately()
        .says("**Read again**: the configuration and 1 matrix, 1 activity, in ")
        .says("Different: **Web shop**.");
    chat.asks("/raci certificates")
        .await
        .begins("**Revoke certificates** → **Operations** does it and answers for it (R, A).");
    world.writes("bad.yaml", "service: Bad\nparty: []\n");
    let told = chat.asks("/raci-admin reload").await;
    told.privately()
        .begins("**Nothing changed**: the files have faults. What was read before answers on.")
        .says("bad.yaml:2:1` unknown key ");
    chat.asks("/raci certificates").await.says("**Revoke certificates**");
    let status = chat.asks("/raci-admin status").await;
    status
        .says("⚠ The files have faults, found ")
        .says("bad.yaml:2:1`")
        .says("1 in vain")
        .says("answers from 1 matrix, 1 activity.");
    let french = world.asked_by(ann().speaking("fr")).asks("/raci-admin status").await;
    french.says("Les fichiers ont des défauts").says("répond d’après 1 matrice, 1 activité.");
}

#[tokio::test]
async fn an_operator_who_may_not_see_a_service_is_told_nothing_of_it() {
    let limit = "access: [{ services: [vault], roles: [7] }]\n";
    let world = World::new(&format!("{limit}{}", ann_operates())).await;
    world.writes("vault.yaml", VAULT);
    let blind = || world.asked_by(ann());
    let told = blind().asks("/raci-admin reload").await;
    told.says("1 matrix, 1 activity").says("Only what you may see here is told and counted.");
    let status = blind().asks("/raci-admin status").await;
    status.says("1 matrix, 1 activity").says("Web shop").never_says("vault").never_says("Vault");
    let seeing = || world.asked_by(ann().with_role(7));
    seeing().asks("/raci-admin status").await.says("2 matrices, 2 activities").says("Deep Vault");
    world.writes("vault.yaml", &VAULT.replace("Custodians: RA", "Custodian: RA"));
    let told = blind().asks("/raci-admin reload").await;
    told.says("1 fault; the log shows them.").never_says("Custodian").never_says("vault");
    let told = seeing().asks("/raci-admin reload").await;
    told.says("vault.yaml:5:").says("Custodian");
}

#[tokio::test]
async fn with_the_built_in_matrices_the_configuration_is_read_again() {
    let discord = Standin::start();
    let _bot = Daemon::configured(&discord, &ann_operates()).await;
    let chat = discord.in_channel(Channel::named("general")).by(ann());
    let told = chat.asks("/raci-admin reload").await;
    told.says("**Read again**: the configuration and 1 matrix, 31 activities, in ")
        .says("Nothing in them is different.");
    chat.asks("/raci-admin status").await.says("They are built in").says("OVHcloud KMS");
}
