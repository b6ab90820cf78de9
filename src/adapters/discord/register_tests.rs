use serde_json::json;

use super::*;

fn everywhere() -> Offer {
    Offer::default()
}

fn in_servers() -> Offer {
    Offer { guilds: vec![7], ..Offer::default() }
}

/// The commands as Discord gives them back.
fn registered(offer: &Offer) -> Vec<Value> {
    let mut commands = wanted(offer);
    for (n, command) in (100..).zip(&mut commands) {
        let map = command.as_object_mut().expect("an object");
        map.insert("id".into(), json!(n.to_string()));
        map.insert("version".into(), json!("1"));
        map.insert("application_id".into(), json!("42"));
        map.entry("default_member_permissions").or_insert(Value::Null);
        map.entry("name_localizations").or_insert(Value::Null);
        map.entry("contexts").or_insert(Value::Null);
        map.entry("integration_types").or_insert(json!([0]));
        map.entry("description").or_insert(json!(""));
        if map.get("options") == Some(&json!([])) {
            map.remove("options");
        }
    }
    commands
}

#[test]
fn what_is_there_already_is_left_alone() {
    let brought = Offer { user_installs: true, ..Offer::default() };
    let operated = Offer { operators: true, ..in_servers() };
    for offer in [everywhere(), in_servers(), brought, operated] {
        assert_eq!(plan(&registered(&offer), &wanted(&offer)), [], "{offer:?}");
    }
}

#[test]
fn only_what_differs_is_changed() {
    let mut existing = registered(&everywhere());
    existing[0]["description"] = json!("older words");
    existing[1]["options"][0]["choices"] = json!([{ "name": "a", "value": "a" }]);
    existing.remove(2);
    existing.push(json!({ "id": "9", "name": "raci-old", "type": 1, "description": "gone" }));
    existing.push(json!({ "id": "8", "name": "launch", "type": 4 }));
    existing.push(json!({ "id": "7", "name": "weather", "type": 1, "description": "not ours" }));
    let changes = plan(&existing, &wanted(&everywhere()));
    let kinds: Vec<String> = changes
        .iter()
        .map(|change| match change {
            Change::Create(body) => format!("create {}", body["name"]),
            Change::Update(id, body) => {
                format!("update {id} {} {}", body["name"], body["type"])
            }
            Change::Delete(id) => format!("delete {id}"),
        })
        .collect();
    assert_eq!(
        kinds,
        [
            "delete 9",
            r#"update 100 "raci" null"#,
            r#"update 101 "raci-duties" null"#,
            r#"create "raci-help""#,
        ]
    );
}

#[test]
fn where_commands_are_not_wanted_ours_go() {
    let changes = plan(&registered(&in_servers()), &[]);
    assert_eq!(changes.len(), COMMANDS.len() + 1);
    assert!(changes.iter().all(|change| matches!(change, Change::Delete(_))));
}

#[test]
fn commands_keep_the_limits_of_discord() {
    for command in wanted(&everywhere()) {
        let name = command["name"].as_str().expect("a name");
        assert!((1..=32).contains(&name.chars().count()), "{name}");
        if command["type"] == 3 {
            continue;
        }
        assert!(name.chars().all(|c| c == '-' || c.is_ascii_lowercase()), "{name}");
        let mut described = vec![&command];
        described.extend(command["options"].as_array().expect("options"));
        for part in described {
            let words = [&part["description"], &part["description_localizations"]["fr"]];
            for text in words.map(|text| text.as_str().expect("words")) {
                assert!((1..=100).contains(&text.chars().count()), "{text}");
            }
        }
    }
}

#[test]
fn text_options_are_completed_and_share_is_yes_or_no() {
    let raci = &wanted(&in_servers())[0];
    assert_eq!(raci["options"][0]["autocomplete"], true);
    assert_eq!(raci["options"][2]["type"], 5);
    assert_eq!(raci["options"][2]["autocomplete"], Value::Null);
    assert_eq!(raci.get("contexts"), None);
}

#[test]
fn the_operators_command_is_there_for_operators_and_hidden_from_others() {
    let find =
        |offer: &Offer| wanted(offer).into_iter().find(|command| command["name"] == "raci-admin");
    assert_eq!(find(&everywhere()), None);
    let command = find(&Offer { operators: true, ..everywhere() }).expect("it is offered");
    assert_eq!(command["default_member_permissions"], "0");
    assert_eq!(command["contexts"], json!([0]));
    let options = command["options"].as_array().expect("actions");
    assert!(options.iter().all(|option| option["type"] == 1));
    let command = find(&Offer { operators: true, ..in_servers() }).expect("it is offered");
    assert_eq!(command.get("contexts"), None);
    assert_eq!(command["default_member_permissions"], "0");
}

#[test]
fn people_can_install_it_for_themselves_only_when_that_is_switched_on() {
    let places = |user_installs| {
        let offer = Offer { user_installs, ..Offer::default() };
        let places =
            |command: Value| (command["contexts"].clone(), command["integration_types"].clone());
        let mut places: Vec<_> = wanted(&offer).into_iter().map(places).collect();
        places.dedup();
        places
    };
    assert_eq!(places(false), [(json!([0, 1]), json!([0]))]);
    assert_eq!(places(true), [(json!([0, 1, 2]), json!([0, 1]))]);
}
