//! What parties are called and how they are reached.

use super::*;

#[test]
fn we_are_called_as_we_call_ourselves_and_can_be_reached() {
    let mut world = World::of(vec![kms()]);
    world.settings.parties = vec![PartySettings {
        party: "customer".into(),
        us: true,
        name: Some("Platform team".into()),
        contact: Some("#platform-oncall".into()),
    }];
    let answer = world.show("Rotate the logs");
    assert!(
        answer.starts_with(
            "Rotate the logs → Platform team does it (R), OVHcloud answers for it (A)."
        ),
        "{answer}"
    );
    assert!(answer.contains("R Responsible: Platform team (Customer)"), "{answer}");
    assert!(answer.contains("Reach Platform team: #platform-oncall"), "{answer}");
    world.settings.channels = vec![ChannelRule {
        channel: "9".into(),
        contact: Some("the bridge".into()),
        ..ChannelRule::default()
    }];
    world.context.channel = Some(Channel { id: "9".into(), ..Channel::default() });
    assert!(world.show("Rotate the logs").contains("Reach Platform team: the bridge"));
}

#[test]
fn whose_customer_is_meant_is_said_where_we_have_no_name() {
    let mut world = World::of(vec![kms()]);
    world.settings.parties =
        vec![PartySettings { party: "Customer".into(), us: true, ..PartySettings::default() }];
    let answer = world.show("Rotate the logs");
    let headline = "Rotate the logs → Customer (us) does it (R), OVHcloud answers for it (A).";
    assert_eq!(answer.lines().next(), Some(headline));
    assert!(answer.contains("R Responsible: Customer (us)\n"), "{answer}");
}

#[test]
fn who_answers_for_it_can_be_reached_beside_who_does_it() {
    let mut world = World::of(vec![kms()]);
    let contact = |party: &str, contact: &str| PartySettings {
        party: party.into(),
        contact: Some(contact.into()),
        ..PartySettings::default()
    };
    world.settings.parties = vec![contact("Customer", "#ops"), contact("OVHcloud", "+33 1")];
    for (name, expected) in [
        ("Rotate the logs", "Reach Customer: #ops\nReach OVHcloud, who answers for it: +33 1\n"),
        ("Manage backups", "nobody\nReach OVHcloud: +33 1\n"),
        ("Handle incidents", "Reach OVHcloud: +33 1\nReach Customer, who answers for it: #ops\n"),
    ] {
        assert!(world.show(name).contains(expected), "{}", world.show(name));
    }
}

#[test]
fn a_role_is_shown_where_the_configuration_names_it_and_never_from_a_matrix() {
    let mut world = World::of(vec![{
        let mut matrix = kms();
        matrix.parties[1].contact = Some("call <@&7>".into());
        matrix
    }]);
    world.settings.parties = vec![PartySettings {
        party: "Customer".into(),
        contact: Some("<@&42> or #ops".into()),
        ..PartySettings::default()
    }];
    let roles = |name: &str| -> Vec<String> {
        let reply = world.answer(&Command::Show { id: world.id(name), others: Vec::new() });
        let contact = reply.lines.into_iter().find(|line| line.kind == LineKind::Contact);
        let spans = contact.expect("a contact").text.spans().to_vec();
        let roles = spans.into_iter().filter(|span| span.style == text::Style::Role);
        roles.map(|span| span.text).collect()
    };
    assert_eq!(roles("Rotate the logs"), ["42"]);
    assert_eq!(roles("Manage backups"), [""; 0]);
}
