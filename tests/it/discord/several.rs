//! Several services at once: comparisons, and everything that leads to one service.

use crate::standin::Standin;
use crate::standin::daemon::{Daemon, Launch};
use crate::standin::world::{Channel, User};

const COMPUTE: &str = "\
service: { id: pci, name: Public Cloud Instances, aliases: [vm] }
parties: [Customer, Provider]
sections:
  - title: Daily operations
    activities:
      - { name: Manage backups, assignments: { Customer: RA } }
      - { name: Patch the operating system, assignments: { Customer: RA, Provider: I } }
";
const STORAGE: &str = "\
service: { id: pcb, name: Public Cloud Block Storage }
parties: [Customer, Provider]
sections:
  - title: Daily operations
    activities:
      - { name: Manage backups of the service, assignments: { Customer: RA } }
";
const KEYS: &str = "\
service: { id: kms, name: Key vault }
parties: [Customer, Provider]
sections:
  - title: Daily operations
    activities:
      - { name: Manage backups, assignments: { Provider: RA } }
      - { name: Rotate keys, assignments: { Customer: RA } }
";

/// A daemon over three services.
pub(super) async fn serve(discord: &Standin, configuration: &str) -> Daemon {
    let launch = Launch::at(discord);
    for (name, text) in [("compute", COMPUTE), ("storage", STORAGE)] {
        launch.file(&format!("data/{name}.yaml"), text);
    }
    let last = launch.file("data/keys.yaml", KEYS);
    let (directory, _) = last.rsplit_once('/').expect("a directory");
    let launch = launch.env("RACI_BOT_DATA", directory).configured(configuration);
    Daemon::ready(launch, discord).await
}

const COMPARED: &str = "**Manage backups** depends on the service → **Provider**: Key vault · \
                        **Customer**: Block Storage, Instances";

#[tokio::test]
async fn what_services_do_differently_is_one_comparison_from_which_each_is_opened() {
    let discord = Standin::start();
    let _bot = serve(&discord, "").await;
    let compared = discord.asks("/raci backups").await;
    compared
        .privately()
        .begins(COMPARED)
        .says("Whoever is named does it and answers for it (R, A).")
        .says("[Open a service… ▾] Key vault — Provider RA · Block Storage — Customer RA");
    let opened = compared.chooses("Instances").await;
    assert!(opened.is_update);
    opened.begins("**Manage backups** (Public Cloud Instances) → **Customer** does it and answers for it (R, A).");
    let back = opened.presses("Other services").await;
    assert!(back.is_update);
    back.begins(COMPARED);
    let shared = back.presses("Share").await;
    shared.publicly().begins(COMPARED).says("Asked by **Ana**");
    back.presses("Share")
        .await
        .privately()
        .says("Already posted in this channel within the last 30 seconds");
}

#[tokio::test]
async fn a_completion_that_is_chosen_is_answered_for_its_service() {
    let discord = Standin::start();
    let _bot = serve(&discord, "").await;
    for (service, owner) in [("Key vault", "Provider"), ("Public Cloud Instances", "Customer")] {
        let offered = discord.types("/raci manage backups").await;
        let offered = offered.iter().find(|(label, _)| label.starts_with(service));
        let (_, id) = offered.expect("a completion for each service");
        let own = format!(
            "**Manage backups** ({service}) → **{owner}** does it and answers for it (R, A)."
        );
        discord.asks(&format!("/raci {id}")).await.begins(&own);
    }
}

#[tokio::test]
async fn a_service_in_the_text_beside_it_or_of_the_channel_is_the_one_that_is_meant() {
    let discord = Standin::start();
    let rule = "channels:\n  - { channel: inc-kms-*, service: kms, visibility: public }\n";
    let _bot = serve(&discord, rule).await;
    let own = "**Manage backups** (Public Cloud Instances) → **Customer** does it and answers for it (R, A).";
    for line in [
        "/raci backup instances",
        "/raci backups service:pci",
        "/raci backups service:vm",
        "/raci backups service:instnaces",
    ] {
        discord.asks(line).await.begins(own);
    }
    let incident = discord.in_channel(Channel::named("inc-kms-7"));
    incident
        .asks("/raci backups")
        .await
        .publicly()
        .begins("**Manage backups** (Key vault) → **Provider** does it and answers for it (R, A).");
    incident.asks("/raci backup instances").await.begins(own);
}

#[tokio::test]
async fn services_sections_and_activities_are_browsed_in_one_message() {
    let discord = Standin::start();
    let _bot = serve(&discord, "").await;
    let services = discord.asks("/raci").await;
    services.privately().begins("**3 services**");
    let activities = services.chooses("Key vault").await;
    activities.begins("**Key vault › Daily operations** · 2 activities");
    let answer = activities.chooses("Rotate keys").await;
    answer.begins("**Rotate keys** (Key vault) → **Customer** does it and answers for it (R, A).");
    let up = answer.presses("Back to list").await;
    up.begins("**Key vault › Daily operations** · 2 activities");
    let top = up.presses("Back to list").await;
    top.begins("**3 services**");
    assert!([&activities, &answer, &up, &top].iter().all(|answer| answer.is_update));
    discord.asks("/raci key vault").await.begins("**Key vault › Daily operations** · 2 activities");
}

#[tokio::test]
async fn an_alert_is_answered_for_the_service_that_it_names() {
    let discord = Standin::start();
    let _bot = serve(&discord, "").await;
    let alert = "[FIRING:1] BackupJobFailed (critical)\n*Service:* Public Cloud Instances\n\
                 *Summary:* Backup failed twice\n*Runbook:* <https://runbooks.example.com/x>";
    let incident = discord.in_channel(Channel::named("inc-1"));
    let answer = incident.asks_about(alert).await;
    answer
        .privately()
        .begins("That message seems to be about: **Manage backups** (Public Cloud Instances) → **Customer** does it and answers for it (R, A).");
    answer.presses("Share").await.publicly().never_says("That message");
    incident
        .asks_about("lunch?")
        .await
        .privately()
        .begins("That message names no activity that I am sure of.");
}

#[tokio::test]
async fn a_french_asker_is_answered_in_french_throughout() {
    let discord = Standin::start();
    let _bot = serve(&discord, "").await;
    let chat = discord.chat().by(User::named("Zoé").speaking("fr"));
    let compared = chat.asks("/raci backups").await;
    compared
        .begins("**Manage backups** dépend du service → **Provider** : Key vault · **Customer** : Block Storage, Instances")
        .says("[Partager] [Pas cela ?]")
        .says("[Ouvrir un service… ▾]");
    compared.chooses("Instances").await.says("[Autres services]");
}
