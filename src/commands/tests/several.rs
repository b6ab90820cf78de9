//! The same activity in several services.

use super::*;

fn cloud() -> World {
    let compute = matrix(
        "pci",
        "Public Cloud Instances",
        &[
            (1, "Manage backups", "RA", ""),
            (1, "Restart the service", "R", "A"),
            (2, "Patch the operating system", "RA", "I"),
        ],
    );
    let block = matrix(
        "pcb",
        "Public Cloud Block Storage",
        &[(1, "Manage backups on the service", "RA", ""), (2, "Extend volumes", "RA", "")],
    );
    let object = matrix(
        "s3",
        "Object Storage",
        &[(1, "Manage backups", "RA", "C"), (2, "Rotate logs", "", "RA")],
    );
    World::of(vec![kms(), compute, block, object])
}

fn menu(reply: &Reply) -> Vec<(&str, &str)> {
    let choices = reply.menus.iter().flat_map(|menu| &menu.choices);
    choices.map(|choice| (choice.label.as_str(), choice.detail.as_str())).collect()
}

#[test]
fn services_that_differ_are_compared_by_who_does_it() {
    let reply = cloud().ask("backups");
    assert_eq!(
        read(&reply),
        "Manage backups depends on the service → OVHcloud: KMS · \
         Customer: Block Storage, Instances, Object Storage\n\
         Whoever is named does it and answers for it (R, A).\n\
         4 services · oldest source dated 2 Oct 2024 (2 years ago) — check before you rely on it"
    );
    assert_eq!(reply.outcome, Outcome::Comparison);
    assert_eq!(
        menu(&reply),
        [
            ("KMS", "OVHcloud RA"),
            ("Block Storage", "Customer RA"),
            ("Instances", "Customer RA"),
            ("Object Storage", "Customer RA · OVHcloud C"),
        ]
    );
}

#[test]
fn a_service_of_the_comparison_is_opened_and_left_again() {
    let world = cloud();
    let reply = world.ask("backups");
    let opened = world.answer(&reply.menus[0].choices[2].command);
    assert!(
        read(&opened).starts_with("Manage backups (Public Cloud Instances) → Customer does it")
    );
    let back = world.answer(press(&opened, "Other services"));
    assert_eq!(read(&back), read(&reply));
}

#[test]
fn services_that_agree_are_one_answer_that_names_them() {
    let rows = [(1, "Renew certificates", "I", "RA")];
    let world = World::of(vec![matrix("a", "Alpha", &rows), matrix("b", "Beta", &rows)]);
    assert_eq!(
        read(&world.ask("renew certificates")).lines().next(),
        Some(
            "Renew certificates → OVHcloud does it and answers for it (R, A) in 2 services: Alpha, Beta."
        )
    );
}

#[test]
fn who_answers_for_it_is_said_where_that_is_somebody_else_and_faults_with_their_service() {
    let row = |customer, provider| [(1, "Renew certificates", customer, provider)];
    let world = World::of(vec![
        matrix("a", "Alpha", &row("R", "A")),
        matrix("b", "Beta", &row("", "RA")),
        matrix("c", "Gamma", &row("AI", "RA")),
        matrix("d", "Delta", &row("R", "")),
    ]);
    assert_eq!(
        read(&world.ask("renew certificates")),
        "Renew certificates depends on the service → Customer: Alpha · OVHcloud: Beta · \
         OVHcloud: Gamma · Customer: Delta\n\
         ⚠ In Gamma: two accountables in the source, Customer and OVHcloud. RACI expects one: \
         agree now who decides.\n\
         ⚠ In Delta: no accountable in the source.\n\
         Alpha: Customer does it (R), OVHcloud answers for it (A)\n\
         Beta: OVHcloud does it and answers for it (R, A)\n\
         Gamma: OVHcloud does it (R), Customer and OVHcloud answer for it (A)\n\
         Delta: Customer does it (R)\n\
         4 services · oldest source dated 2 Oct 2024 (2 years ago) — check before you rely on it"
    );
}

#[test]
fn many_services_are_counted_in_the_first_line_and_named_below() {
    let row = |mine: bool| {
        let (customer, provider) = if mine { ("RA", "") } else { ("", "RA") };
        [(1, "Renew certificates", customer, provider)]
    };
    let names: Vec<String> =
        (0..20).map(|n| format!("Department {n} with a rather long name")).collect();
    let matrices = (0..).zip(&names).map(|(n, name)| matrix(&format!("s{n}"), name, &row(n > 8)));
    let reply = World::of(matrices.collect()).ask("renew certificates");
    let headline = reply.headline.to_plain();
    assert!(
        headline.contains(" and 5 more · Customer: ") && headline.ends_with(" and 7 more"),
        "{headline}"
    );
    let text = read(&reply);
    for name in &names {
        assert!(text.contains(name.as_str()), "{name}: {text}");
    }
    assert_eq!(menu(&reply).len(), 20);
}

#[test]
fn a_service_beside_the_question_in_it_or_at_its_end_is_no_comparison() {
    let world = cloud();
    let own =
        "Manage backups (Public Cloud Instances) → Customer does it and answers for it (R, A).";
    for reply in [
        world.ask_in("pci", "backups"),
        world.ask_in("instances", "backups"),
        world.ask_in("Instnaces", "backups"),
        world.ask("backup instances"),
        world.ask("instances backup"),
        world.ask("who does backups on public cloud instances"),
    ] {
        assert_eq!(read(&reply).lines().next(), Some(own));
    }
}

#[test]
fn a_channels_usual_service_is_meant_until_another_is_said() {
    let mut world = cloud();
    world.settings.default_service = Some("kms".into());
    assert!(read(&world.ask("backups")).starts_with("Manage backups (OVHcloud KMS) → OVHcloud"));
    assert!(
        read(&world.ask("backup instances")).starts_with("Manage backups (Public Cloud Instances)")
    );
    let volumes = read(&world.ask("extend volumes"));
    assert!(volumes.starts_with("Extend volumes (Public Cloud Block Storage)"), "{volumes}");
}

#[test]
fn a_name_that_may_be_several_services_is_compared_among_them() {
    let reply = cloud().ask_in("public cloud", "backups");
    assert_eq!(
        read(&reply).lines().next(),
        Some(
            "Manage backups → Customer does it and answers for it (R, A) in 2 services: Block Storage, Instances."
        )
    );
}

#[test]
fn a_service_alone_is_looked_into() {
    let world = cloud();
    for text in ["kms", "OVHcloud KMS", "instances", "s3", "Object storage"] {
        let reply = world.ask(text);
        assert_eq!(reply.outcome, Outcome::Browse, "{text}: {}", read(&reply));
    }
    assert!(read(&world.ask("kms")).starts_with("OVHcloud KMS · 7 activities"));
}

#[test]
fn a_service_is_named_in_any_order_of_its_words() {
    let world = cloud();
    for text in ["backups instances public cloud", "storage object backups"] {
        let reply = world.ask(text);
        assert_eq!(reply.outcome, Outcome::Answer, "{text}: {}", read(&reply));
    }
}

#[test]
fn services_and_what_else_may_be_meant_are_menus_of_their_own() {
    let mut matrices = vec![kms()];
    for (id, name) in [("a", "Alpha"), ("b", "Beta")] {
        let rows = [(1, "Manage backups", "RA", ""), (1, "Maintain backup devices", "RA", "")];
        matrices.push(matrix(id, name, &rows));
    }
    let reply = World::of(matrices).ask("backups");
    assert_eq!(reply.outcome, Outcome::Comparison);
    let menus: Vec<(&str, Vec<&str>)> = reply
        .menus
        .iter()
        .map(|menu| {
            let choices = menu.choices.iter().map(|choice| choice.label.as_str());
            (menu.label.as_str(), choices.collect())
        })
        .collect();
    assert_eq!(
        menus,
        [
            ("Open a service…", vec!["Alpha", "Beta", "KMS"]),
            ("2 other matches", vec!["Maintain backup devices", "Maintain backup devices"]),
        ]
    );
}

#[test]
fn what_a_name_says_beside_is_counted_without_its_service_and_parentheses() {
    let names = [
        "Deploy patches on the Kubernetes service (API, storage, and so on)",
        "Provide patches and upgrade versions of the Managed Kubernetes service to install",
        "Design what runs on the Kubernetes cluster for nodes to be managed as cattle",
    ];
    let rows = names.map(|name| (1, name, "I", "RA"));
    let world = World::of(vec![matrix("k8s", "Managed Kubernetes", &rows)]);
    let counts = world.catalog.keys().map(|key| ask::words_beside(&world.sources(), key));
    assert_eq!(counts.collect::<Vec<_>>(), [5, 10, 12]);
    let plants: Vec<String> = (0..30).map(|n| format!("Water plant {n}")).collect();
    let plants = plants.iter().map(|name| (1, name.as_str(), "RA", ""));
    let rows: Vec<_> = rows.into_iter().rev().chain(plants).collect();
    let world = World::of(vec![kms(), matrix("k8s", "Managed Kubernetes", &rows)]);
    let reply = world.ask("who patches managed kubernetes nodes");
    let labels: Vec<&str> =
        reply.menus[0].choices.iter().map(|choice| choice.label.as_str()).collect();
    assert_eq!((reply.outcome, labels), (Outcome::Suggestions, names.to_vec()));
}

#[test]
fn contacts_that_differ_say_for_which_service_they_are() {
    let mut matrices = vec![kms(), matrix("a", "Alpha", &[(1, "Manage backups", "", "RA")])];
    matrices[0].parties[1].contact = Some("+33 1".into());
    let text = read(&World::of(matrices).ask("backups"));
    assert!(text.contains("Reach OVHcloud (KMS): +33 1\n2 services"), "{text}");
}

#[test]
fn a_comparison_is_shared_as_a_comparison() {
    let world = cloud();
    let reply = world.ask("backups");
    let shared = world.answer(press(&reply, "Share"));
    assert_eq!(shared.audience, Audience::Channel);
    assert_eq!(shared.headline, reply.headline);
    assert!(read(&shared).ends_with("Asked by Ada"));
    assert_eq!(labels(&shared), ["Not this?", "Delete"]);
}

#[test]
fn everybody_named_can_be_reached_once() {
    let mut world = cloud();
    let contact = |party: &str, contact: &str| PartySettings {
        party: party.into(),
        contact: Some(contact.into()),
        ..PartySettings::default()
    };
    world.settings.parties = vec![contact("Customer", "#ops"), contact("OVHcloud", "+33 1")];
    let text = read(&world.ask("backups"));
    assert!(text.contains("Reach OVHcloud: +33 1\nReach Customer: #ops\n4 services"), "{text}");
}

#[test]
fn the_comparison_is_in_french_too() {
    let mut world = cloud();
    world.context.language = Language::French;
    let text = read(&world.ask("backups"));
    assert!(
        text.starts_with("Manage backups dépend du service → OVHcloud : KMS · Customer : "),
        "{text}"
    );
}
