use proptest::prelude::*;
use serde_json::json;
use time::macros::date;

use super::*;
use crate::commands::{Channel, Language, Shelf};

const TODAY: Date = date!(2026 - 11 - 23);

fn user() -> Value {
    json!({ "id": "11", "username": "ada", "global_name": "Ada", "discriminator": "0", "avatar": null })
}

/// An interaction as Discord sends it from a server.
fn raw(kind: u8, data: &Value) -> Value {
    json!({
        "id": "1001", "application_id": "42", "type": kind, "token": "tok", "version": 1,
        "data": data, "guild_id": "7", "channel_id": "55", "locale": "fr", "guild_locale": "en-US",
        "channel": { "id": "55", "type": 11, "name": "inc-42", "parent_id": "54", "permissions": "0" },
        "member": {
            "user": user(), "nick": "Ada L.", "roles": [], "joined_at": "2024-01-01T00:00:00+00:00",
            "deaf": false, "mute": false, "flags": 0, "permissions": "0", "pending": false,
        },
        "app_permissions": "0", "entitlements": [], "authorizing_integration_owners": { "0": "7" },
        "context": 0, "attachment_size_limit": 10_485_760, "a_new_field": { "x": [1] },
    })
}

fn slash(name: &str, options: &Value) -> Value {
    raw(2, &json!({ "id": "9", "name": name, "type": 1, "options": options }))
}

#[expect(clippy::needless_pass_by_value, reason = "tests write the value in place")]
fn understood(raw: Value) -> Request {
    let (request, reason) = read(&raw, TODAY);
    assert_eq!(reason, None);
    request
}

#[test]
fn a_slash_command_is_parsed_with_its_context() {
    let request = understood(slash(
        "raci",
        &json!([
            { "name": "activity", "type": 3, "value": "backups" },
            { "name": "service", "type": 3, "value": "kms" },
            { "name": "share", "type": 5, "value": false },
        ]),
    ));
    let command = Command::Ask { text: "backups".into(), service: Some("kms".into()) };
    assert_eq!(request.ask, Ask::Command(command));
    let context = request.context;
    assert_eq!(context.language, Language::French);
    assert_eq!(context.share, Some(false));
    assert_eq!(context.asker.map(|asker| asker.name).as_deref(), Some("Ada L."));
    let channel =
        Channel { id: "55".into(), name: Some("inc-42".into()), parent: Some("54".into()) };
    assert_eq!(context.channel, Some(channel));
}

#[test]
fn a_command_alone_browses_and_a_strange_one_is_unknown() {
    let browse = Command::Browse { at: Shelf::Services { page: 0 } };
    assert_eq!(understood(slash("raci", &json!([]))).ask, Ask::Command(browse));
    assert_eq!(understood(slash("other", &json!([]))).ask, Ask::Command(Command::Unknown));
}

#[test]
fn a_private_conversation_knows_its_user() {
    let mut raw = slash("raci-help", &json!([]));
    let object = raw.as_object_mut().expect("an object");
    for key in ["guild_id", "member", "guild_locale"] {
        object.remove(key);
    }
    object.insert("user".into(), user());
    let request = understood(raw);
    assert_eq!(request.ask, Ask::Command(Command::Help));
    assert_eq!(request.context.asker.map(|asker| asker.name).as_deref(), Some("Ada"));
}

#[test]
fn completion_knows_its_option_and_the_service_beside_it() {
    let options = json!([
        { "name": "service", "type": 3, "value": "kms" },
        { "name": "activity", "type": 3, "value": "back", "focused": true },
    ]);
    let request =
        understood(raw(4, &json!({ "id": "9", "name": "raci", "type": 1, "options": options })));
    let expected = Ask::Complete {
        kind: OptionKind::Activity,
        text: "back".into(),
        service: Some("kms".into()),
    };
    assert_eq!(request.ask, expected);
    let options = json!([{ "name": "service", "type": 3, "value": "k", "focused": true }]);
    let request =
        understood(raw(4, &json!({ "id": "9", "name": "raci", "type": 1, "options": options })));
    let expected = Ask::Complete { kind: OptionKind::Service, text: "k".into(), service: None };
    assert_eq!(request.ask, expected);
}

fn message(flags: u64) -> Value {
    json!({
        "id": "77", "channel_id": "55", "author": user(), "content": "x", "timestamp": "2026-11-23T00:00:00+00:00",
        "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [], "mention_roles": [],
        "attachments": [], "embeds": [], "pinned": false, "type": 20, "flags": flags, "components": [],
        "interaction_metadata": { "id": "76", "type": 2, "user": user() },
    })
}

fn pressed(data: &Value, flags: u64) -> Request {
    let mut raw = raw(3, data);
    raw["message"] = message(flags);
    understood(raw)
}

#[test]
fn a_button_and_a_choice_carry_their_command() {
    let share = Command::Share { id: "kms-x-000000".into(), compared: false };
    let request = pressed(&json!({ "component_type": 2, "custom_id": "r1:p|kms-x-000000" }), 64);
    assert_eq!(request.ask, Ask::Component { command: share, private: true });
    assert_eq!(request.context.share, Some(false));
    let show = Command::Show { id: "kms-y-000000".into(), others: Vec::new() };
    let data =
        json!({ "component_type": 3, "custom_id": "r1:menu", "values": ["r1:s|kms-y-000000"] });
    let request = pressed(&data, 0);
    assert_eq!(request.ask, Ask::Component { command: show, private: false });
    assert_eq!(request.context.share, Some(true));
}

#[test]
fn buttons_of_others_and_of_other_versions_are_told_apart() {
    for id in ["pager:ack", "r9:s|x", ""] {
        let request = pressed(&json!({ "component_type": 2, "custom_id": id }), 0);
        assert_eq!(request.ask, Ask::ForeignButton, "{id}");
    }
    let request = pressed(&json!({ "component_type": 3, "custom_id": "r1:menu", "values": [] }), 0);
    assert_eq!(request.ask, Ask::ForeignButton);
}

#[test]
fn what_is_new_around_a_question_does_no_harm() {
    let news = [
        ("/entitlements", json!([{ "id": "1", "surprise": {} }])),
        ("/attachment_size_limit", Value::Null),
        ("/authorizing_integration_owners", json!({ "7": [3] })),
        ("/context", json!("new")),
        ("/channel/type", json!(250)),
        ("/channel", Value::Null),
        ("/member/flags", json!(1_u64 << 40)),
        ("/member/joined_at", json!(5)),
        ("/version", json!("2")),
    ];
    for (pointer, value) in news {
        let mut raw = slash("raci-help", &json!([]));
        *raw.pointer_mut(pointer).expect("a field") = value;
        assert_eq!(understood(raw).ask, Ask::Command(Command::Help), "{pointer}");
    }
}

#[test]
fn a_message_command_takes_the_messages_text_however_it_is_made() {
    let mut target = message(0);
    target["content"] = json!("restore failed");
    target["components"] = json!([{ "type": 99, "content": "on kms" }]);
    let data = json!({
        "id": "9", "name": MESSAGE_COMMAND, "type": 3, "target_id": "77",
        "resolved": { "messages": { "77": target } },
    });
    let expected = Command::Message { text: "restore failed\non kms".into() };
    assert_eq!(understood(raw(2, &data)).ask, Ask::Command(expected));
}

#[test]
fn what_cannot_be_read_is_still_a_request_in_the_askers_language() {
    let mut strange = slash("raci", &json!([]));
    strange["channel_id"] = json!({ "new": "shape" });
    let (request, reason) = read(&strange, TODAY);
    assert!(reason.is_some());
    assert_eq!(request.ask, Ask::Command(Command::Unknown));
    assert_eq!(request.context.language, Language::French);
    let (request, _) = read(&json!({ "type": 4 }), TODAY);
    assert_eq!(request.ask, Ask::CompleteNothing);
    for raw in [
        json!({ "type": 99 }),
        Value::Null,
        json!([]),
        json!({ "data": 5 }),
        json!({ "id": "x", "type": 2 }),
    ] {
        assert!(read(&raw, TODAY).1.is_some());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_in_any_field_breaks_reading(text in any::<String>(), field in 0..6_usize) {
        let pointer = ["/data/name", "/data/options/0/value", "/locale", "/id", "/member/nick", "/channel/name"];
        let mut raw = slash("raci", &json!([{ "name": "activity", "type": 3, "value": "x" }]));
        *raw.pointer_mut(pointer[field]).expect("a field") = json!(text);
        let _ = read(&raw, TODAY);
    }
}
