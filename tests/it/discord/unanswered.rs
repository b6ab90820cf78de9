//! Questions that found nothing: counted, kept where that is allowed, forgotten when told to.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::standin::Standin;
use crate::standin::chat::Chat;
use crate::standin::daemon::{Daemon, Launch};
use crate::standin::world::{Channel, GUILD, User};

const WEB: &str = "\
service: { id: web, name: Web shop }
parties: [Operations]
activities:
  - name: Renew certificates
    assignments: { Operations: RA }
  - name: Replace storage tapes
    assignments: { Operations: R }
";

const VAULT: &str = "\
service: { id: vault, name: Deep Vault }
parties: [Custodians]
activities:
  - name: Rotate the master key
    assignments: { Custodians: RA }
";

/// A bot whose files lie where the other program looks too.
struct World {
    discord: Standin,
    bot: Daemon,
    home: PathBuf,
}

impl World {
    async fn new(configuration: &str) -> Self {
        let discord = Standin::start();
        let launch = Launch::at(&discord).configured(configuration);
        let home =
            PathBuf::from(launch.file("matrices/web.yaml", WEB).replace("matrices/web.yaml", ""));
        launch.file("matrices/vault.yaml", VAULT);
        let bot = Daemon::ready(launch, &discord).await;
        Self { discord, bot, home }
    }

    fn asked_by(&self, user: User) -> Chat<'_> {
        self.discord.in_channel(Channel::named("general")).by(user)
    }

    /// What `raci-bot unanswered` prints.
    fn lists(&self, arguments: &[&str]) -> String {
        let run = Command::new(env!("CARGO_BIN_EXE_raci-bot"))
            .env_clear()
            .args(["--config", "raci-bot.yaml", "unanswered"])
            .args(arguments)
            .current_dir(&self.home)
            .stdin(Stdio::null())
            .output()
            .expect("the binary was built");
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).expect("text")
    }

    fn kept(&self) -> String {
        fs::read_to_string(self.home.join("memory/unanswered.json")).unwrap_or_default()
    }
}

fn ann() -> User {
    User::named("Ann")
}

fn keeping(more: &str) -> String {
    format!(
        "data: matrices\nstate: memory\nunanswered: {{ keep: true }}\n\
         access: [{{ services: [vault], roles: [7] }}]\noperators: {{ users: [{}], {more} }}\n",
        ann().id
    )
}

#[tokio::test]
async fn they_are_listed_with_what_comes_nearest_ready_to_be_pasted() {
    let mut world = World::new(&keeping("")).await;
    let bob = || world.asked_by(User::named("Bob"));
    for question in ["/raci tape robots", "/raci Tape robots?", "/raci xyzzy <@123>"] {
        bob().asks(question).await.never_says("does it");
    }
    let told = world.asked_by(ann()).asks("/raci-admin unanswered").await;
    told.privately()
        .says("**2 questions** find nothing sure")
        .says("*tape robots* · 2 times, last ")
        .says(" → **Replace storage tapes** (Web shop) `aliases: [\"tape robots\"]`")
        .says("xyzzy")
        .says("nothing comes near")
        .never_says("123")
        .never_says("Bob");
    world
        .asked_by(ann())
        .asks("/raci-admin status")
        .await
        .says("3 questions found nothing sure since the start.");
    let listed = world.lists(&[]);
    assert!(
        listed.starts_with(
            "# Web shop (web)\n- name: \"Replace storage tapes\"\n  aliases:\n    \
             - \"tape robots\" # 2 times, last "
        ),
        "{listed}"
    );
    assert!(listed.contains("# nothing comes near:\n#   - \"xyzzy …\" # once, last "), "{listed}");
    // Once the alias is there, the question is answered and no longer listed.
    let text = WEB.replace("tapes\n", "tapes\n    aliases: [\"tape robots\"]\n");
    fs::write(world.home.join("matrices/web.yaml"), text).expect("a file");
    world.asked_by(ann()).asks("/raci-admin reload").await.says("Read again");
    bob().asks("/raci tape robots").await.says("**Replace storage tapes**");
    let told = world.asked_by(ann()).asks("/raci-admin unanswered").await;
    told.says("**1 question** finds nothing sure").never_says("tape");
    world.bot.stops().await;
    assert!(world.kept().contains("xyzzy"));
    assert!(world.kept().contains("\"tape robots\""), "{}", world.kept());
    assert_eq!(world.lists(&["--clear"]), "2 questions forgotten\n");
    assert!(!world.kept().contains("xyzzy"), "{}", world.kept());
}

#[tokio::test]
async fn what_is_asked_is_written_before_it_stops_and_clearing_forgets_what_waits() {
    let mut world = World::new(&keeping("")).await;
    let bob = || world.asked_by(User::named("Bob"));
    // Until the daemon has looked at the disk for the first time.
    world.asked_by(ann()).asks("/raci-admin unanswered").await;
    bob().asks("/raci xyzzy plugh").await;
    world.lists(&["--clear"]);
    world.asked_by(ann()).asks("/raci-admin unanswered").await.says("No question is kept");
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    bob().asks("/raci frotz ozmoo").await;
    world.bot.stops().await;
    assert!(world.kept().contains("frotz ozmoo"), "{}", world.kept());
    assert!(!world.kept().contains("plugh"), "{}", world.kept());
}

#[tokio::test]
async fn nothing_is_kept_unless_the_configuration_says_so_and_never_a_message() {
    let mut world = World::new(&keeping("").replace("keep: true", "keep: false")).await;
    world.asked_by(User::named("Bob")).asks("/raci xyzzy plugh").await;
    let told = world.asked_by(ann()).asks("/raci-admin unanswered").await;
    told.privately().begins(
        "What is asked is not kept; `unanswered: { keep: true }` in the configuration would keep what finds nothing.",
    );
    let status = world.asked_by(ann()).asks("/raci-admin status").await;
    status.says("1 question found nothing sure since the start.");
    world.bot.stops().await;
    assert!(!world.home.join("memory").exists());
    let mut world = World::new(&keeping("")).await;
    world.asked_by(User::named("Bob")).asks_about("somebody wrote: xyzzy plugh").await;
    world.bot.stops().await;
    assert!(!world.kept().contains("plugh"), "{}", world.kept());
}

async fn read(chat: &Chat<'_>) -> String {
    chat.asks("/raci-admin unanswered").await.text()
}

#[tokio::test]
async fn operators_read_what_their_own_server_asks_and_nothing_of_those_who_see_more() {
    let world = World::new(&keeping("roles: [9], guilds: [4242]")).await;
    let elsewhere = Channel::named("general").in_guild(4242);
    let custodian = User::named("Cleo").with_role(7);
    world.asked_by(User::named("Bob")).asks("/raci herexyzzy").await;
    let bob = || world.discord.in_channel(elsewhere.clone()).by(User::named("Bob"));
    bob().asks("/raci therexyzzy").await;
    world.asked_by(custodian.clone()).asks("/raci vaultxyzzy").await;
    let expects = |text: &str, expected: [bool; 3]| {
        let found = ["herexyzzy", "therexyzzy", "vaultxyzzy"]
            .map(|word| text.split(|c: char| !c.is_alphanumeric()).any(|other| other == word));
        assert_eq!(found, expected, "{text}");
    };
    let by_role = User::named("Dan").with_role(9);
    expects(&read(&world.asked_by(by_role.clone())).await, [true, false, false]);
    expects(&read(&world.asked_by(by_role.with_role(7))).await, [true, false, true]);
    expects(&read(&bob()).await, [false, true, false]);
    expects(&read(&world.asked_by(ann())).await, [true, true, false]);
    expects(&read(&world.asked_by(ann().with_role(7))).await, [true, true, true]);
    expects(&world.lists(&[]), [true, true, true]);
    assert_eq!(GUILD, Channel::named("general").guild.unwrap_or_default());
}

#[tokio::test]
async fn a_disk_that_takes_nothing_is_survived_and_said_once() {
    let configuration = keeping("").replace("state: memory", "state: raci-bot.yaml/memory");
    let world = World::new(&configuration).await;
    for word in ["xyzzy", "plugh"] {
        world.asked_by(User::named("Bob")).asks(&format!("/raci {word}")).await.says(word);
        world.asked_by(ann()).asks("/raci-admin unanswered").await;
    }
    let log = world.bot.log();
    assert_eq!(log.matches("cannot be kept now").count(), usize::from(!log.is_empty()), "{log}");
    world.asked_by(User::named("Bob")).asks("/raci certificates").await.says("**Operations**");
}

#[tokio::test]
async fn keeping_without_a_place_is_refused_at_the_start() {
    let discord = Standin::start();
    let launch = Launch::at(&discord).configured("unanswered: { keep: true }\n");
    let mut bot = launch.starts();
    let status = bot.exits(std::time::Duration::from_secs(30)).await;
    assert_eq!(status.code(), Some(78), "{}", bot.log());
    assert!(bot.log().contains("`unanswered.keep` in the configuration needs a directory"));
    assert!(!Path::new("memory").exists());
}

#[tokio::test]
async fn keeping_begins_and_ends_with_the_configuration() {
    let world = World::new(&keeping("").replace("keep: true", "keep: false")).await;
    let hangs_up = async |times: usize| {
        world.bot.signal("HUP").await;
        let words = "configuration and matrices read again";
        while world.bot.log().matches(words).count() < times {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    };
    let asks = async |text: &str| {
        world.asked_by(User::named("Bob")).asks(&format!("/raci {text}")).await;
        world.asked_by(ann()).asks("/raci-admin unanswered").await
    };
    asks("jukebox needle").await.says("not kept");
    fs::write(world.home.join("raci-bot.yaml"), keeping("")).expect("a file");
    hangs_up(1).await;
    asks("tape robot").await.says("tape robot").never_says("jukebox");
    assert!(world.kept().contains("tape robot"), "{}", world.kept());
    fs::write(world.home.join("raci-bot.yaml"), keeping("").replace("keep: true", "keep: false"))
        .expect("a file");
    hangs_up(2).await;
    asks("lava lamp").await.says("not kept").never_says("tape robot");
    assert!(!world.kept().contains("lava"), "{}", world.kept());
}
