//! Duties: whose they are, grouped, counted, paged.

use super::*;

#[test]
fn duties_are_grouped_and_counted() {
    let world = World::of(vec![kms()]);
    assert_eq!(
        read(&world.duties("ovh", Some("a"))),
        "OVHcloud is accountable for 4 of 7 activities · OVHcloud KMS\n\
         3.1 Daily operations · 2 activities\n- Manage backups\n- Rotate the logs\n\
         3.2 Incidents · 2 activities\n- Handle incidents\n- Sign the contract"
    );
    assert_eq!(
        read(&world.duties("ovh as accountable", None)),
        read(&world.duties("ovh", Some("a"))),
        "in one breath"
    );
    assert_eq!(
        read(&world.duties("Custmer", None)).lines().next(),
        Some("Customer has a part in 5 of 7 activities · OVHcloud KMS")
    );
    assert!(read(&world.duties("nobody", None)).starts_with("Nobody is accountable for 2 of 7"));
    assert!(read(&world.duties("several", None)).starts_with("Several are accountable for 1 of 7"));
}

#[test]
fn us_and_them_are_who_the_configuration_says_and_all_others() {
    let mut world = World::of(vec![kms()]);
    assert_eq!(
        read(&world.duties("us", None)),
        "This bot has not been told which party is “us”. Name a party instead; whoever runs the bot \
         can set us: true for one below parties in its configuration.\n\
         Known here: Customer · OVHcloud"
    );
    assert_eq!(read(&world.duties("them", None)), read(&world.duties("us", None)));
    world.settings.parties = vec![PartySettings {
        party: "Customer".into(),
        us: true,
        name: Some("ACME".into()),
        contact: None,
    }];
    let first =
        |party: &str| read(&world.duties(party, Some("r"))).lines().next().map(str::to_owned);
    for us in ["us", "we", "nous", "ACME", "acme", "customer", "Custmer"] {
        let expected = "ACME is responsible for 3 of 7 activities · OVHcloud KMS";
        assert_eq!(first(us).as_deref(), Some(expected), "{us}");
    }
    for them in ["them", "eux", "ovh"] {
        let expected = "OVHcloud is responsible for 2 of 7 activities · OVHcloud KMS";
        assert_eq!(first(them).as_deref(), Some(expected), "{them}");
    }
    assert_eq!(
        first("nobody").as_deref(),
        Some("Nobody is responsible for 2 of 7 activities · OVHcloud KMS")
    );
    let offered = |typed: &str| -> Vec<String> {
        let kind = table::OptionKind::Party;
        let found = world.sources().complete(kind, typed, None, &world.context, 25);
        found.into_iter().map(|completion| completion.value).collect()
    };
    assert_eq!(offered(""), ["ACME", "OVHcloud", "us", "them", "nobody", "several"]);
    assert_eq!(offered("sev"), ["several"]);
}

#[test]
fn duties_are_a_list_that_activities_are_opened_from() {
    let world = World::of(vec![kms()]);
    let reply = world.duties("ovh", None);
    let menu = &reply.menus[0];
    let items = reply.lines.iter().filter(|line| line.kind == LineKind::Item).count();
    assert_eq!(menu.choices.len(), items);
    assert!(read(&world.answer(&menu.choices[0].command)).starts_with("Manage backups →"));
}

#[test]
fn an_unknown_party_or_letter_is_told_what_is_known() {
    let world = World::of(vec![kms()]);
    assert_eq!(
        read(&world.duties("@everyone", None)),
        "No party here is called “@everyone”.\nKnown here: Customer · OVHcloud"
    );
    assert_eq!(
        read(&world.duties("Customer", Some("Q"))).lines().last(),
        Some("Known here: Responsible · Accountable · Consulted · Informed")
    );
}

#[test]
fn long_lists_are_paged_and_end_at_their_last_page() {
    let names: Vec<String> = (1..=30).map(|i| format!("Task {i}")).collect();
    let rows: Vec<(usize, &str, &str, &str)> =
        names.iter().map(|n| (1, n.as_str(), "", "RA")).collect();
    let world = World::of(vec![matrix("x", "X", &rows)]);
    let page = |page| {
        world.answer(&Command::Duties {
            party: "OVHcloud".into(),
            participation: Some("R".into()),
            service: None,
            page,
        })
    };
    assert!(page(0).headline.to_plain().ends_with("page 1 of 3"));
    assert_eq!(page(0).buttons.iter().map(|b| b.enabled).collect::<Vec<_>>(), [false, true]);
    assert_eq!(page(99), page(2));
    assert_eq!(
        page(2).buttons.iter().map(|b| (b.label.as_str(), b.enabled)).collect::<Vec<_>>(),
        [("Previous", true), ("Next", false)]
    );
}

#[test]
fn a_page_is_of_the_matrix_as_it_is_now() {
    let rows = |count: usize| -> Vec<String> { (1..=count).map(|i| format!("Task {i}")).collect() };
    let world = |names: &[String]| {
        let rows: Vec<_> = names.iter().map(|n| (1, n.as_str(), "", "RA")).collect();
        World::of(vec![matrix("x", "X", &rows)])
    };
    let before = world(&rows(30)).duties("OVHcloud", None);
    let after = world(&rows(20)).answer(press(&before, "Next"));
    assert_eq!(
        after.headline.to_plain(),
        "OVHcloud has a part in 20 of 20 activities · X · page 2 of 2"
    );
}

#[test]
fn letters_stand_behind_the_activity_and_are_explained_once() {
    let mut world = World::of(vec![kms()]);
    world.settings.parties = vec![PartySettings {
        party: "Customer".into(),
        us: true,
        contact: Some("#ops".into()),
        ..PartySettings::default()
    }];
    assert_eq!(
        read(&world.duties("us", None)),
        "Customer (us) has a part in 5 of 7 activities · OVHcloud KMS\n\
         R Responsible · A Accountable · C Consulted · I Informed\n\
         3.1 Daily operations · 2 activities\n\
         - Administrate keys stored on the KMS — RA\n- Rotate the logs — R\n\
         3.2 Incidents · 3 activities\n\
         - Handle incidents — AI\n- Write the report — R\n- Sign the contract — I\n\
         Reach Customer (us): #ops"
    );
}

#[test]
fn what_everybody_sees_can_be_taken_back() {
    let mut world = World::of(vec![kms()]);
    assert_eq!(labels(&world.duties("ovh", None)), [""; 0]);
    world.settings.public = true;
    assert_eq!(labels(&world.duties("ovh", None)), ["Delete"]);
}

#[test]
fn a_party_is_understood_in_the_words_of_another_language_where_only_one_is_meant() {
    let first = |world: &World, party: &str| world.duties(party, Some("r")).headline.to_plain();
    let world = World::of(vec![kms()]);
    for (typed, party) in [
        ("client", "Customer"),
        ("Kunde", "Customer"),
        ("fournisseur", "OVHcloud"),
        ("prestataire", "OVHcloud"),
        ("service provider", "OVHcloud"),
    ] {
        assert!(first(&world, typed).starts_with(party), "{typed}: {}", first(&world, typed));
    }
    let mut third = kms();
    third.parties.push(party("Reseller"));
    third.activities.iter_mut().for_each(|row| row.assignments.push(Participations::default()));
    let world = World::of(vec![third]);
    assert!(first(&world, "client").starts_with("Customer"));
    assert!(first(&world, "fournisseur").starts_with("No party here is called"));
    let mut teams = kms();
    teams.parties = vec![party("Ops"), party("Developers")];
    let world = World::of(vec![teams]);
    for typed in ["client", "fournisseur"] {
        assert!(first(&world, typed).starts_with("No party here is called"), "{typed}");
    }
}
