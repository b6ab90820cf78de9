//! What is decided per channel, read like the sample configuration.

use super::several::serve;
use crate::standin::Standin;
use crate::standin::world::{Channel, User};

/// The rules of an installation with a channel for every incident, and one for the compute team.
fn configuration(compute: &Channel) -> String {
    format!(
        r##"
visibility: private
channels:
  - channel: inc-kms-*
    service: kms
    contact: "the bridge, <@&81384788765712384>"
  - channel: inc-*
    visibility: public
  - channel: "{}"
    service: Public Cloud Instances
    visibility: public
    contact: "#compute-oncall"
parties:
  - party: Customer
    us: true
    name: ACME operations
    contact: "pager 42, #ops"
  - party: Provider
    contact: "+33 1 23 45 67 89"
"##,
        compute.id
    )
}

#[tokio::test]
async fn channels_are_known_by_pattern_and_id_and_threads_by_their_parent() {
    let discord = Standin::start();
    let compute = Channel::named("team-compute");
    let _bot = serve(&discord, &configuration(&compute)).await;
    let asks = |channel: Channel| discord.in_channel(channel);

    let kms = asks(Channel::named("inc-kms-7")).asks("/raci rotate keys").await;
    kms.publicly()
        .begins(
            "**Rotate keys** (Key vault) → **ACME operations** does it and answers for it (R, A).",
        )
        .says("**R** Responsible: ACME operations (Customer)")
        .says("Reach **ACME operations**: the bridge, <@&81384788765712384>")
        .never_says("pager 42");

    let incident = asks(Channel::named("inc-8")).asks("/raci backups").await;
    incident
        .publicly()
        .begins("**Manage backups** depends on the service → **Provider**: Key vault · **ACME operations**: Block Storage, Instances")
        .says("Reach **ACME operations**: pager 42, \\#ops")
        .says("Reach **Provider**: +33 1 23 45 67 89");

    for channel in [compute.clone(), compute.thread("disk full on Monday")] {
        asks(channel)
            .asks("/raci backups")
            .await
            .publicly()
            .begins("**Manage backups** (Public Cloud Instances) → **ACME operations** does it and answers for it (R, A).")
            .says("Reach **ACME operations**: \\#compute-oncall");
    }

    // A thread is not in the channel that its title looks like.
    let elsewhere = Channel::named("general").thread("what happened");
    let answer = asks(elsewhere).asks("/raci backup instances").await;
    answer.privately().says("Reach **ACME operations**: pager 42, \\#ops");
}

#[tokio::test]
async fn duties_of_us_and_them_are_paged_in_place() {
    let discord = Standin::start();
    let _bot = serve(&discord, &configuration(&Channel::named("x"))).await;
    let ours = discord.asks("/raci-duties us as:A").await;
    ours.privately()
        .begins("**ACME operations** is accountable for 4 of 5 activities · 3 services")
        .says("**Key vault › Daily operations · 1 activity**")
        .says("• Rotate keys");
    let opened = ours.chooses("Rotate keys").await;
    assert!(opened.is_update);
    opened.begins(
        "**Rotate keys** (Key vault) → **ACME operations** does it and answers for it (R, A).",
    );
    discord
        .asks("/raci-duties them")
        .await
        .begins("**Provider** has a part in 2 of 5 activities · 3 services");
    discord
        .asks("/raci-duties nobody")
        .await
        .begins("Every one of 5 activities has somebody accountable · 3 services");
    let chat = discord.chat().by(User::named("Zoé").speaking("fr"));
    chat.asks("/raci-duties nous")
        .await
        .begins("**ACME operations** a un rôle dans 4 activités sur 5 · 3 services");
}
