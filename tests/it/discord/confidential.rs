//! Services that only some may see, and every way in for all others.

use raci_bot::adapters::discord::custom_id::encode;
use raci_bot::commands::{Admin, Command, Shelf};
use serde_json::{Value, json};

use crate::standin::Standin;
use crate::standin::chat::Chat;
use crate::standin::daemon::{Daemon, Launch};
use crate::standin::world::{Channel, GUILD, User};

/// What everybody may see.
const SHOP: &str = "\
service: { id: shop, name: Web shop }
parties: [Operations, Sellers]
sections:
  - number: \"1\"
    title: Daily operations
    activities:
      - name: Renew certificates
        assignments: { Operations: RA }
      - name: Count the stock
        assignments: { Sellers: RA, Operations: I }
      - name: Dust the shelves
        assignments: { Sellers: R }
";

/// What only some may see.
const VAULT: &str = "\
service: { id: vault, name: Deep Vault, aliases: [strongroom] }
parties: [Operations, Custodians]
legend: { R: Turns the key }
sections:
  - number: \"9\"
    title: Secret ceremonies
    activities:
      - name: Rotate the master key
        aliases: [keyspin]
        assignments: { Custodians: RA, Operations: I }
      - name: Renew certificates
        assignments: { Custodians: RA }
      - name: Sweep up confetti
        assignments: { Operations: R }
";

/// The role that lets in, everywhere in its server.
const CUSTODIAN: u64 = 7;

/// A server with both services, or with the one for everybody alone.
struct World {
    discord: Standin,
    _bot: Daemon,
}

impl World {
    async fn new(matrices: &[(&str, &str)], configuration: &str) -> Self {
        let discord = Standin::start();
        let launch = Launch::at(&discord).configured(configuration);
        let mut directory = String::new();
        for (name, text) in matrices {
            let path = launch.file(&format!("matrices/{name}"), text);
            directory = path.trim_end_matches(name).to_owned();
        }
        let launch = launch.env("RACI_BOT_DATA", &directory);
        let bot = Daemon::ready(launch, &discord).await;
        Self { discord, _bot: bot }
    }

    async fn with_the_vault(limits: &str) -> Self {
        Self::new(&[("shop.yaml", SHOP), ("vault.yaml", VAULT)], limits).await
    }

    fn asked_by(&self, user: &User, channel: &Channel) -> Chat<'_> {
        self.discord.in_channel(channel.clone()).by(user.clone())
    }
}

/// Only custodians of one server may see the vault, and who is in one of its channels.
fn limits() -> String {
    format!(
        "access:\n  - {{ services: [vault], guilds: [{GUILD}], roles: [{CUSTODIAN}] }}\n  \
         - {{ services: [Vault], channels: [{}] }}\n",
        Channel::named("vault-room").id
    )
}

fn custodian() -> User {
    User::named("Cleo").with_role(1).with_role(CUSTODIAN)
}

/// A way to ask for something.
#[derive(Debug)]
enum Way {
    Asked(&'static str),
    Typed(&'static str),
    Read(&'static str),
    Pressed(Command),
}

use Way::{Asked, Pressed, Read, Typed};

/// Every way in, and whether somebody who may see the vault is told more.
fn ways(vault_id: &str) -> Vec<(Way, bool)> {
    let text = str::to_owned;
    let some = |text: &str| Some(text.to_owned());
    let browse = |at| Pressed(Command::Browse { at });
    let ask = |text: &str, service: Option<&str>| {
        Pressed(Command::Ask { text: text.to_owned(), service: service.map(str::to_owned) })
    };
    let duties = |party: &str, participation: Option<&str>, service: Option<&str>| {
        Pressed(Command::Duties {
            party: party.to_owned(),
            participation: participation.map(str::to_owned),
            service: service.map(str::to_owned),
            page: 0,
        })
    };
    vec![
        (Asked("/raci"), true),
        (Asked("/raci service:vault"), true),
        (Asked("/raci service:Deep Vault"), true),
        (Asked("/raci service:strongroom"), true),
        (Asked("/raci service:zzz"), true),
        (Asked("/raci rotate the master key"), true),
        (Asked("/raci keyspin"), true),
        (Asked("/raci rotte the mastr kye"), true),
        (Asked("/raci key service:vault"), true),
        (Asked("/raci key service:vualt"), true),
        (Asked("/raci vault"), true),
        (Asked("/raci deep vault certificates"), true),
        (Asked("/raci renew certificates"), true),
        (Asked("/raci who renews certificates on the vault"), true),
        (Asked("/raci certificates strongroom"), true),
        (Asked("/raci confetti"), true),
        (Asked("/raci confeti"), true),
        (Asked("/raci secret ceremonies"), true),
        (Asked("/raci custodians"), true),
        (Asked("/raci dust the shelfs"), true),
        (Asked("/raci rmk"), true),
        (Asked("/raci zzzzzz"), true),
        (Asked("/raci-duties Custodians"), true),
        (Asked("/raci-duties Custodians as:A"), true),
        (Asked("/raci-duties Operations"), true),
        (Asked("/raci-duties zzz"), true),
        (Asked("/raci-duties party:nobody"), true),
        (Asked("/raci-duties them service:vault"), true),
        (Asked("/raci-help"), true),
        (Read("the master key of the deep vault was not rotated"), true),
        (Read("certificates on the vault have expired"), true),
        (Typed("/raci"), true),
        (Typed("/raci mast"), true),
        (Typed("/raci keysp"), true),
        (Typed("/raci conf"), true),
        (Typed("/raci x service:"), true),
        (Typed("/raci x service:va"), true),
        (Typed("/raci x service:strong"), true),
        (Typed("/raci-duties"), true),
        (Typed("/raci-duties Cus"), true),
        (Typed("/raci-duties Operations as:"), false),
        (ask("key", Some("vault")), true),
        (ask("rotate the master key", None), true),
        (Pressed(Command::Message { text: text("rotate the master key") }), true),
        (Pressed(Command::Show { id: text(vault_id), others: Vec::new() }), true),
        (
            Pressed(Command::Show {
                id: vault_id[..vault_id.len() - 8].to_owned() + "00000000",
                others: Vec::new(),
            }),
            true,
        ),
        (Pressed(Command::Compare { id: text(vault_id) }), true),
        (Pressed(Command::Share { id: text(vault_id), compared: false }), true),
        (Pressed(Command::Share { id: text(vault_id), compared: true }), true),
        (Pressed(Command::NotThis { tag: tag(vault_id), others: Vec::new() }), true),
        (Pressed(Command::NotThis { tag: text("00000000"), others: vec![tag(vault_id)] }), true),
        (browse(Shelf::Services { page: 0 }), true),
        (browse(Shelf::Services { page: 9 }), true),
        (browse(Shelf::Service { service: text("vault"), page: 0 }), true),
        (browse(Shelf::Section { service: text("vault"), section: 0, page: 0 }), true),
        (Pressed(Command::Picture { service: text("vault"), section: 0 }), true),
        (duties("Custodians", some("A").as_deref(), None), true),
        (duties("Operations", None, Some("vault")), true),
        (duties("several", None, Some("vault")), true),
        (Pressed(Command::Delete { poster: text("1") }), false),
        (Pressed(Command::Help), true),
        (Pressed(Command::Admin(Admin::Status)), false),
        (Pressed(Command::Admin(Admin::Reload)), false),
        (Pressed(Command::Admin(Admin::Unanswered { page: 0 })), false),
        (Pressed(Command::Unknown), false),
    ]
}

/// What tells an id from all others.
fn tag(id: &str) -> String {
    id[id.len() - 8..].to_owned()
}

/// Stops to compile when there is a command that has no way in `ways` yet.
fn is_among_the_ways(command: &Command) -> bool {
    match command {
        Command::Ask { .. }
        | Command::Message { .. }
        | Command::Show { .. }
        | Command::Compare { .. }
        | Command::Share { .. }
        | Command::NotThis { .. }
        | Command::Delete { .. }
        | Command::Browse {
            at: Shelf::Services { .. } | Shelf::Service { .. } | Shelf::Section { .. },
        }
        | Command::Picture { .. }
        | Command::Duties { .. }
        | Command::Help
        | Command::Admin(_)
        | Command::Unknown => true,
    }
}

/// Everything that somebody is shown.
async fn shown(chat: &Chat<'_>, way: &Way) -> Value {
    let answer = match way {
        Asked(line) => chat.asks(line).await,
        Read(message) => chat.asks_about(message).await,
        Typed(line) => return json!(chat.types(line).await),
        Pressed(command) => {
            assert!(is_among_the_ways(command));
            // On a private message of ours, such as an earlier answer.
            let message = chat.asks("/raci-help").await.message;
            chat.uses(&json!({"type": 2, "custom_id": encode(command)}), None, &message).await
        }
    };
    let mut message = answer.message.clone();
    message["id"] = Value::Null;
    message["interaction_metadata"]["id"] = Value::Null;
    json!({"message": message, "update": answer.is_update})
}

/// The id of an activity of the vault, as somebody is given it who may see it.
async fn vault_id(world: &World) -> String {
    let chat = world.asked_by(&custodian(), &Channel::named("general"));
    let offered = chat.types("/raci rotate the master key").await;
    let (_, id) = offered.into_iter().next().expect("it is offered");
    assert!(id.starts_with("vault-9-"), "{id}");
    id
}

#[tokio::test]
async fn to_others_everything_is_as_if_the_service_did_not_exist() {
    let with = World::with_the_vault(&limits()).await;
    let without = World::new(&[("shop.yaml", SHOP)], &limits()).await;
    let id = vault_id(&with).await;
    let general = Channel::named("general");
    let outsiders = [
        (User::named("Bob").with_role(1), general.clone()),
        // With the right role, elsewhere.
        (custodian(), general.clone().in_guild(4242)),
        (custodian(), Channel::direct()),
        // In an incident channel, where answers are for all.
        (User::named("Bob"), Channel::named("inc-1")),
        // In a channel that lets in by its id and not by its name.
        (User::named("Bob"), general.thread("vault-room-2")),
    ];
    for (user, channel) in &outsiders {
        for (way, _) in ways(&id) {
            let theirs = shown(&with.asked_by(user, channel), &way).await;
            let expected = shown(&without.asked_by(user, channel), &way).await;
            assert_eq!(theirs, expected, "{way:?} by {user:?} in {channel:?}");
        }
    }
}

#[tokio::test]
async fn to_those_let_in_every_way_shows_it() {
    let with = World::with_the_vault(&limits()).await;
    let without = World::new(&[("shop.yaml", SHOP)], &limits()).await;
    let id = vault_id(&with).await;
    let room = Channel::named("vault-room");
    let insiders = [
        (custodian(), Channel::named("general")),
        (User::named("Bob"), room.clone()),
        (User::named("Bob"), room.thread("noon")),
    ];
    for (user, channel) in &insiders {
        for (way, tells_more) in ways(&id) {
            let theirs = shown(&with.asked_by(user, channel), &way).await;
            let others = shown(&without.asked_by(user, channel), &way).await;
            assert_eq!(theirs != others, tells_more, "{way:?} by {user:?} in {channel:?}");
        }
    }
}

#[tokio::test]
async fn what_takes_a_role_goes_to_the_channel_only_as_all_may_see_it() {
    let world = World::with_the_vault(&limits()).await;
    let incident = world.asked_by(&custodian(), &Channel::named("inc-1"));
    let secret = incident.asks("/raci rotate the master key share:true").await;
    secret
        .privately()
        .says("**Custodians** does it")
        .says("Only you can see this: it is about a service that not everybody in this channel may see.")
        .never_says("[Share]");
    incident.asks("/raci-duties Custodians").await.privately().says("Rotate the master key");
    let open = incident.asks("/raci count the stock").await;
    open.publicly().says("**Sellers** does it").never_says("Vault");
    // What both have is answered for all of what they may see.
    incident.asks("/raci-help").await.privately().says("Turns the key");
}

#[tokio::test]
async fn only_what_all_may_see_can_be_shared() {
    let world = World::with_the_vault(&limits()).await;
    let id = vault_id(&world).await;
    let general = world.asked_by(&custodian(), &Channel::named("general"));
    let secret = general.asks("/raci rotate the master key").await;
    secret.privately().says("**Custodians** does it").never_says("[Share]");
    let share = json!({"type": 2, "custom_id": encode(&Command::Share { id, compared: false })});
    let refused = general.uses(&share, None, &secret.message).await;
    refused.privately().begins("Not posted: it is about a service that not everybody in this channel may see. Share it in a channel where everybody may.");
    refused.never_says("Custodians");
    let shared = general.asks("/raci count the stock").await.presses("Share").await;
    shared.publicly().says("**Sellers** does it").says("Asked by **Cleo**").never_says("Vault");
    // Where the channel lets in, everybody who reads along is let in too.
    let room = world.asked_by(&User::named("Bob"), &Channel::named("vault-room"));
    let shared = room.asks("/raci rotate the master key").await.presses("Share").await;
    shared.publicly().says("**Custodians** does it");
}

#[tokio::test]
async fn a_button_is_pressed_by_whoever_presses_it() {
    let world = World::with_the_vault(&limits()).await;
    let room = world.asked_by(&User::named("Bob"), &Channel::named("vault-room"));
    let answer = room.asks("/raci rotate the master key share:true").await;
    answer.publicly().says("**Custodians** does it");
    // Sharing, then asking elsewhere with the same button.
    let general = world.asked_by(&User::named("Bob"), &Channel::named("general"));
    for component in answer.components() {
        let value = component["options"][0]["value"].as_str();
        let told = general.uses(component, value, &answer.message).await;
        told.never_says("Custodians").never_says("Vault").never_says("master key");
    }
    // Whose role is taken away no longer sees what an old message of theirs leads to.
    let theirs = world.asked_by(&custodian(), &Channel::named("general"));
    let list = theirs.asks("/raci service:vault").await.used_by(User::named("Cleo"));
    list.privately();
    list.chooses("Rotate the master key").await.privately().never_says("Custodians");
}

#[tokio::test]
async fn a_service_stays_hidden_through_a_reload_and_a_mistyped_limit_is_said_loudly() {
    let limits = format!("{}  - {{ services: [vualt], roles: [7] }}\n", limits());
    let discord = Standin::start();
    let launch = Launch::at(&discord).configured(&limits);
    let directory = launch.file("matrices/shop.yaml", SHOP);
    let vault = launch.file("matrices/vault.yaml", VAULT);
    let launch = launch.env("RACI_BOT_DATA", directory.trim_end_matches("shop.yaml"));
    let bot = Daemon::ready(launch, &discord).await;
    bot.says("vualt").await;
    let bob = || discord.in_channel(Channel::named("general")).by(User::named("Bob"));
    let cleo = || discord.in_channel(Channel::named("general")).by(custodian());
    bob().asks("/raci polish the door").await.never_says("Custodians");
    let text = VAULT.replace("Sweep up confetti", "Polish the door");
    std::fs::write(&vault, text).expect("a file");
    bot.signal("HUP").await;
    bot.says("matrices read again").await;
    cleo()
        .asks("/raci polish the door")
        .await
        .begins("**Polish the door** (Deep Vault) → **Operations** does it (R).");
    bob().asks("/raci polish the door").await.never_says("Vault").never_says("Polish");
    bob()
        .asks("/raci count the stock")
        .await
        .begins("**Count the stock** → **Sellers** does it and answers for it (R, A).");
}

#[tokio::test]
async fn a_confidential_matrix_is_hidden_from_whom_no_limit_names() {
    let sealed = VAULT.replace("id: vault", "confidential: true, id: vault");
    let mistyped = format!("access: [{{ services: [vualt], roles: [{CUSTODIAN}] }}]\n");
    let discord = Standin::start();
    let launch = Launch::at(&discord).configured(&mistyped);
    let configuration = launch.path("raci-bot.yaml");
    let directory = launch.file("matrices/shop.yaml", SHOP);
    launch.file("matrices/vault.yaml", &sealed);
    launch.file("matrices/vault-fr.yaml", &format!("language: fr\n{VAULT}"));
    let launch = launch.env("RACI_BOT_DATA", directory.trim_end_matches("shop.yaml"));
    let bot = Daemon::ready(launch, &discord).await;
    bot.says("raci-bot.yaml:1:23: error: no matrix is about `vualt`").await;
    bot.says("nobody sees a service in team chat: it is confidential").await;
    let (_, ready) = bot.page("/readyz").await;
    assert!(ready.contains("access: names 1 service that no matrix has"), "{ready}");
    let (_, metrics) = bot.page("/metrics").await;
    let finding = r#"raci_bot_check_findings{rule="unknown-service",severity="error"} 1"#;
    assert!(metrics.contains(finding) && !metrics.contains("vault"), "{metrics}");
    let bob = || discord.in_channel(Channel::named("general")).by(User::named("Bob"));
    let cleo = || discord.in_channel(Channel::named("general")).by(custodian());
    for chat in [bob(), cleo(), bob().by(User::named("Bob").speaking("fr"))] {
        chat.asks("/raci rotate the master key").await.never_says("Custodians");
        chat.asks("/raci service:vault").await.never_says("Deep Vault");
    }
    std::fs::write(configuration, mistyped.replace("vualt", "vault")).expect("a file");
    bot.signal("HUP").await;
    bot.says("configuration and matrices read again").await;
    bob().asks("/raci rotate the master key").await.never_says("Custodians");
    cleo().asks("/raci rotate the master key").await.privately().says("**Custodians**");
    let (_, ready) = bot.page("/readyz").await;
    assert!(!ready.contains("access: "), "{ready}");
}

const REFUSAL: &str =
    "This bot does not answer in this place. Use it in a server that its operator has allowed.";

#[tokio::test]
async fn other_servers_and_direct_messages_get_a_short_refusal() {
    let configuration = format!("guilds: [{GUILD}]\n");
    let world = World::new(&[("shop.yaml", SHOP)], &configuration).await;
    let general = Channel::named("general");
    let bob = User::named("Bob");
    world.asked_by(&bob, &general).asks("/raci stock").await.says("Sellers");
    for channel in [general.in_guild(4242), Channel::direct()] {
        let chat = world.asked_by(&bob, &channel);
        for (way, _) in ways("shop-1-count-the-stock-00000000") {
            match &way {
                Typed(line) => assert_eq!(chat.types(line).await, [], "{line}"),
                way => {
                    let shown = shown(&chat, way).await;
                    assert_eq!(shown["message"]["content"], REFUSAL, "{way:?}");
                    assert_eq!(shown["message"]["embeds"], json!([]), "{way:?}");
                }
            }
        }
        chat.asks("/raci stock share:true").await.privately().begins(REFUSAL);
    }
}

#[tokio::test]
async fn who_brings_the_bot_along_is_answered_only_when_that_is_switched_on() {
    let general = Channel::named("general").brought_along();
    let bob = User::named("Bob");
    for (configuration, answered) in [("", false), ("user_installs: true\n", true)] {
        let world = World::new(&[("shop.yaml", SHOP)], configuration).await;
        let chat = world.asked_by(&bob, &general);
        let answer = chat.asks("/raci stock").await;
        assert_eq!(answer.text().contains("Sellers"), answered, "{}", answer.text());
        assert_eq!(answer.text().contains(REFUSAL), !answered, "{}", answer.text());
        assert_eq!(chat.types("/raci sto").await.is_empty(), !answered);
        let commands = world.discord.shared.read(|state| state.commands[&None].clone());
        let types = if answered { json!([0, 1]) } else { json!([0]) };
        assert!(commands.iter().all(|command| command["integration_types"] == types));
    }
}
