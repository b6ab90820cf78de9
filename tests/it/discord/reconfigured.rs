//! A configuration that changes underneath: read again when somebody asks, whole or not at all.

use std::fs;
use std::path::PathBuf;

use crate::standin::Standin;
use crate::standin::chat::Chat;
use crate::standin::daemon::{Daemon, Launch, START};
use crate::standin::world::{Channel, GUILD, User};

const SHOP: &str = "\
service: { id: shop, name: Web shop }
parties: [Operations]
activities:
  - name: Count the stock
    assignments: { Operations: RA }
";

const VAULT: &str = "\
service: { id: vault, name: Deep Vault }
parties: [Custodians]
activities:
  - name: Rotate the master key
    assignments: { Custodians: RA }
  - name: Polish the door
    assignments: { Custodians: R }
";

/// Only who has this role may see the vault.
const CUSTODIAN: u64 = 7;
const LIMITED: &str = "access: [{ services: [vault], roles: [7] }]\n";

/// A bot with a configuration and two matrices that can be written anew.
struct World {
    discord: Standin,
    bot: Daemon,
    home: PathBuf,
}

impl World {
    async fn new(configuration: &str) -> Self {
        Self::launched(configuration, |launch| launch).await
    }

    async fn launched(configuration: &str, with: fn(Launch) -> Launch) -> Self {
        let discord = Standin::start();
        let launch = Launch::at(&discord).configured(&format!("data: matrices\n{configuration}"));
        launch.file("matrices/shop.yaml", SHOP);
        launch.file("matrices/vault.yaml", VAULT);
        let home = launch.path("");
        let bot = Daemon::ready(with(launch), &discord).await;
        Self { discord, bot, home }
    }

    fn writes(&self, name: &str, text: &str) {
        fs::write(self.home.join(name), text).expect("a file of ours");
    }

    fn configures(&self, text: &str) {
        self.writes("raci-bot.yaml", &format!("data: matrices\n{text}"));
    }

    /// Has all read again, and waits until that went well.
    async fn reloads(&self) {
        self.hangs_up("configuration and matrices read again").await;
    }

    /// Has all read again, and waits until that was given up.
    async fn reloads_in_vain(&self) {
        self.hangs_up("keeping the configuration and the matrices read before").await;
    }

    async fn hangs_up(&self, words: &str) {
        let said = |log: &str| log.matches(words).count();
        let before = said(&self.bot.log());
        self.bot.signal("HUP").await;
        let heard = async {
            while said(&self.bot.log()) == before {
                tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            }
        };
        let is_heard = tokio::time::timeout(START, heard).await.is_ok();
        assert!(is_heard, "`{words}` is missing in:\n{}", self.bot.log());
    }

    fn bob(&self) -> Chat<'_> {
        self.discord.in_channel(Channel::named("general")).by(User::named("Bob"))
    }

    fn cleo(&self) -> Chat<'_> {
        let cleo = User::named("Cleo").with_role(CUSTODIAN);
        self.discord.in_channel(Channel::named("general")).by(cleo)
    }

    fn commands(&self) -> Vec<String> {
        let name = |command: &serde_json::Value| command["name"].as_str().map(str::to_owned);
        self.discord
            .shared
            .read(|state| state.commands.values().flatten().filter_map(name).collect())
    }

    async fn until(&self, what: &str, is_so: impl Fn(&[String]) -> bool) {
        let so = async {
            while !is_so(&self.commands()) {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        };
        let is_so = tokio::time::timeout(START, so).await.is_ok();
        assert!(is_so, "{what}: {:?}\n{}", self.commands(), self.bot.log());
    }
}

#[tokio::test]
async fn a_new_configuration_takes_effect_on_a_signal_and_not_before() {
    let world = World::new("").await;
    world.bob().asks("/raci count the stock").await.privately();
    world.configures("visibility: public\nparties: [{ party: Operations, name: Night shift }]\n");
    world.writes("matrices/shop.yaml", &SHOP.replace("Count", "Weigh"));
    world.bot.says("\"matrices read again\"").await;
    let noticed = world.bob().asks("/raci weigh the stock").await;
    noticed.privately().says("**Weigh the stock** (Web shop) → **Operations**");
    world.reloads().await;
    world.bob().asks("/raci weigh the stock").await.publicly().says("→ **Night shift**");
    assert!(world.bot.log().contains("\"visibility, parties\""), "{}", world.bot.log());
    world.reloads().await;
    assert!(world.bot.log().contains("\"changed\":\"\""), "{}", world.bot.log());
}

#[tokio::test]
async fn a_configuration_with_faults_changes_nothing_and_is_told_with_its_place() {
    let operators = format!("operators: {{ users: [{}] }}\n", User::named("Bob").id);
    let world = World::new(&operators).await;
    world.configures(&format!("visibility: public\nvisiblity: private\n{operators}"));
    world.writes("matrices/shop.yaml", &SHOP.replace("parties", "partys"));
    world.reloads_in_vain().await;
    let log = world.bot.log();
    for place in ["raci-bot.yaml:3:1: error: unknown key `visiblity`", "shop.yaml:2:1: error: "] {
        assert!(log.contains(place), "{place} is missing in:\n{log}");
    }
    world.bob().asks("/raci count the stock").await.privately().says("**Count the stock**");
    let (status, ready) = world.bot.page("/readyz").await;
    assert_eq!(status, 200, "{ready}");
    assert!(
        ready.contains("reload: failed at ") && ready.contains("raci-bot.yaml:3:1: "),
        "{ready}"
    );
    let metrics = world.bot.page("/metrics").await.1;
    assert!(metrics.contains("\nraci_bot_reload_success 0\n"), "{metrics}");
    let status = world.bob().asks("/raci-admin status").await;
    status
        .says("⚠ The files have faults, found ")
        .says("raci-bot.yaml:3:1`")
        .says("shop.yaml:2:1`");
    world.writes("matrices/shop.yaml", SHOP);
    world.reloads_in_vain().await;
    world.configures(&format!("visibility: public\n{operators}"));
    world.reloads().await;
    world.bob().asks("/raci count the stock").await.publicly();
    let metrics = world.bot.page("/metrics").await.1;
    assert!(metrics.contains("\nraci_bot_reload_success 1\n"), "{metrics}");
}

#[tokio::test]
async fn a_good_configuration_waits_for_good_matrices_and_is_not_forgotten() {
    let world = World::new("").await;
    world.configures("visibility: public\n");
    world.writes("matrices/shop.yaml", "service: [\n");
    world.reloads_in_vain().await;
    world.bob().asks("/raci count the stock").await.privately();
    // Nobody asks again: that a file changes is enough.
    world.writes("matrices/shop.yaml", SHOP);
    world.bot.says("configuration and matrices read again").await;
    world.bob().asks("/raci count the stock").await.publicly();
}

#[tokio::test]
async fn a_file_that_is_emptied_or_gone_opens_nothing() {
    let world = World::new(LIMITED).await;
    let file = world.home.join("raci-bot.yaml");
    for (text, words) in [
        (Some(""), "says nothing any more"),
        (Some("# access:\n\n  # all gone\n"), "says nothing any more"),
        (Some("access: [{ services: [vault], roles: [7"), "raci-bot.yaml:1:"),
        (None, "cannot be read"),
    ] {
        match text {
            Some(text) => fs::write(&file, text).expect("a file of ours"),
            None => fs::remove_file(&file).expect("a file of ours"),
        }
        world.reloads_in_vain().await;
        assert!(world.bot.log().contains(words), "{words}: {}", world.bot.log());
        world.bob().asks("/raci rotate the master key").await.never_says("Custodians");
        world.cleo().asks("/raci rotate the master key").await.says("**Custodians**");
    }
    fs::write(&file, "{ data: matrices }").expect("a file of ours");
    world.reloads().await;
    world.bob().asks("/raci rotate the master key").await.says("**Custodians**");
}

#[tokio::test]
async fn a_service_that_is_limited_is_hidden_at_once_from_old_buttons_too() {
    let world = World::new("").await;
    let list = world.bob().asks("/raci service:vault").await;
    let answer = world.bob().asks("/raci rotate the master key").await;
    let theirs = world.cleo().asks("/raci rotate the master key").await;
    world.configures(LIMITED);
    world.reloads().await;
    for never in [
        list.chooses("Rotate the master key").await,
        answer.presses("Share").await,
        world.bob().asks("/raci rotate the master key").await,
        world.bob().asks("/raci service:vault").await,
    ] {
        never.never_says("Custodians").never_says("Deep Vault");
    }
    let typed = world.bob().types("/raci rotate").await;
    assert!(!format!("{typed:?}").contains("master key"), "{typed:?}");
    world.cleo().asks("/raci rotate the master key").await.privately().says("**Custodians**");
    theirs.presses("Share").await.never_says("Custodians");
    let metrics = world.bot.page("/metrics").await.1;
    assert!(!metrics.contains("vault"), "{metrics}");
    // Other limits count anew, and whoever was let in by the first of the old ones is not.
    world.configures(&LIMITED.replace("roles: [7]", "roles: [8]"));
    world.reloads().await;
    world.cleo().asks("/raci rotate the master key").await.never_says("Custodians");
}

#[tokio::test]
async fn an_operator_has_it_read_and_is_told_what_is_different_and_what_waits() {
    let bob = User::named("Bob").id;
    let operators = format!("operators: {{ users: [{bob}] }}\n");
    let world = World::new(&operators).await;
    world.configures(&format!("visibility: public\nlog: {{ level: warn }}\n{operators}"));
    world.writes("matrices/shop.yaml", &SHOP.replace("Count", "Weigh"));
    world.writes("matrices/yard.yaml", &SHOP.replace("shop", "yard").replace("Web", "Back"));
    fs::remove_file(world.home.join("matrices/vault.yaml")).expect("a file of ours");
    let told = world.bob().asks("/raci-admin reload").await;
    told.privately()
        .says("**Read again**: the configuration and 2 matrices, 2 activities, in ")
        .says("Different in the configuration: `visibility`.")
        .says("New: **Back yard**.")
        .says("Different: **Web shop**.")
        .says("Gone: **Deep Vault**.")
        .says("⚠ Restart to apply: `log`.");
    assert!(world.bot.log().contains("restart to apply: log"), "{}", world.bot.log());
    world.bob().asks("/raci weigh the stock service:shop").await.publicly();
    world.bob().asks("/raci-admin status").await.says("⚠ Restart to apply: `log`.");
    let ready = world.bot.page("/readyz").await.1;
    assert!(ready.contains("; restart to apply: log\n"), "{ready}");
    let french = world.discord.in_channel(Channel::named("general"));
    let french = french.by(User::named("Bob").speaking("fr"));
    let told = french.asks("/raci-admin reload").await;
    told.says("**Relu** : la configuration et 2 matrices, 2 activités, en ")
        .says("⚠ Redémarrer pour appliquer : `log`.");
    // What is put back as it was waits for nothing.
    world.configures(&format!("visibility: public\n{operators}"));
    let told = world.bob().asks("/raci-admin reload").await;
    told.says("Nothing in them is different.").never_says("Restart");
    world.configures(&format!("access: [{{ services: [valut], roles: [7] }}]\n{operators}"));
    let told = world.bob().asks("/raci-admin reload").await;
    told.says("⚠ `access` limits `valut`, which is no service’s id: it protects nothing.");
    world.configures(&format!("unanswered: {{ keep: true }}\n{operators}"));
    let told = world.bob().asks("/raci-admin reload").await;
    told.says("**Nothing changed**").says("in the configuration needs a directory");
}

#[tokio::test]
async fn the_environment_wins_over_the_file_when_it_is_read_again_too() {
    let world = World::launched("", |launch| {
        let other = launch.file("other/yard.yaml", &SHOP.replace("stock", "benches"));
        launch.env("RACI_BOT_DATA", other.trim_end_matches("/yard.yaml"))
    })
    .await;
    world.configures("visibility: public\n");
    world.reloads().await;
    let told = world.bob().asks("/raci count").await;
    told.publicly().says("Count the benches").never_says("stock");
    world.writes("other/yard.yaml", &SHOP.replace("stock", "chairs"));
    world.bot.says("\"matrices read again\"").await;
    world.bob().asks("/raci count").await.says("Count the chairs");
}

#[tokio::test]
async fn another_directory_is_read_and_watched_from_then_on() {
    let world = World::new("").await;
    fs::create_dir(world.home.join("other")).expect("a directory of ours");
    world.writes("raci-bot.yaml", "data: other\n");
    world.reloads_in_vain().await;
    assert!(world.bot.log().contains("other: error: holds no matrix"), "{}", world.bot.log());
    world.writes("other/shop.yaml", &SHOP.replace("stock", "benches"));
    world.reloads().await;
    world.bob().asks("/raci count").await.says("Count the benches");
    world.writes("other/shop.yaml", &SHOP.replace("stock", "chairs"));
    world.bot.says("\"matrices read again\"").await;
    world.bob().asks("/raci count").await.says("Count the chairs");
}

#[tokio::test]
async fn the_commands_of_operators_and_servers_follow_the_configuration() {
    let admin = |names: &[String]| names.iter().any(|name| name == "raci-admin");
    let world = World::new("").await;
    assert!(!admin(&world.commands()), "{:?}", world.commands());
    world.configures(&format!("operators: {{ users: [{}] }}\n", User::named("Bob").id));
    world.reloads().await;
    world.until("an operator's command", admin).await;
    world.bob().asks("/raci-admin status").await.says("answers from 2 matrices");
    world.configures(&format!("guilds: [{GUILD}]\n"));
    world.reloads().await;
    world.until("no operator's command", |names| !admin(names) && !names.is_empty()).await;
    let places = || {
        world.discord.shared.read(|state| {
            let full = state.commands.iter().filter(|(_, commands)| !commands.is_empty());
            full.map(|(place, _)| place.clone()).collect::<Vec<_>>()
        })
    };
    world.until("only in the server", |_| places() == [Some(GUILD.to_string())]).await;
    let direct = world.discord.in_channel(Channel::direct()).by(User::named("Bob"));
    direct.asks("/raci count the stock").await.says("This bot does not answer in this place.");
    world.configures("");
    world.reloads().await;
    world.until("everywhere again", |_| places() == [None]).await;
    direct.asks("/raci count the stock").await.says("**Count the stock**");
}

#[tokio::test]
async fn no_answer_mixes_what_was_with_what_is() {
    let world = World::new("parties: [{ party: Operations, name: Amber }]\n").await;
    world.writes("matrices/shop.yaml", &SHOP.replace("Count", "Amber"));
    world.reloads().await;
    let (mut old, mut new) = ("Amber", "Beryl");
    for round in 0..6 {
        world.writes("matrices/shop.yaml", &SHOP.replace("Count", new));
        world.configures(&format!("parties: [{{ party: Operations, name: {new} }}]\n"));
        world.bot.signal("HUP").await;
        let mut asked = 0;
        loop {
            let text = world.bob().asks("/raci stock service:shop").await.text();
            assert_ne!(text.contains(old), text.contains(new), "round {round}: {text}");
            asked += 1;
            if text.contains(new) {
                break;
            }
            assert!(asked < 20_000, "never read: {}", world.bot.log());
        }
        (old, new) = (new, old);
    }
}
