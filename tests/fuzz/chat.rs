//! What must hold of whatever is asked, however it is written.

use std::path::Path;
use std::sync::LazyLock;

use raci_bot::adapters::discord::custom_id::{decode, encode};
use raci_bot::adapters::discord::gateway::payload::{self, Incoming};
use raci_bot::adapters::discord::interaction::respond;
use raci_bot::bot::{Bot, Library};
use raci_bot::commands::Settings;
use raci_bot::domain::Catalog;
use raci_bot::import::{thesaurus, yaml};
use serde_json::{Value, json};

static BOT: LazyLock<Bot> = LazyLock::new(|| {
    let matrix = include_bytes!("../../data/ovhcloud-kms.yaml");
    let loaded = yaml::read(Path::new("ovhcloud-kms.yaml"), matrix);
    let words = include_bytes!("../../data/thesaurus.yaml");
    let (words, _) = thesaurus::read(Path::new("thesaurus.yaml"), words);
    let library = Library::new(Catalog::new(loaded.matrices), &words, Vec::new());
    Bot::new(library, Settings::default())
});

/// Asks this, lets it be completed, and looks for it in a message.
///
/// # Panics
///
/// When something does not hold: that is the finding.
pub fn query(text: &str) {
    let option = json!({ "name": "activity", "type": 3, "value": text, "focused": true });
    let data = json!({ "id": "1", "name": "raci", "type": 1, "options": [option] });
    is_a_message(&respond(&BOT, &asked(2, data.clone())));
    let completed = respond(&BOT, &asked(4, data));
    let choices = completed["data"]["choices"].as_array().expect("choices");
    assert!(choices.len() <= 25, "{completed}");
    for choice in choices {
        for key in ["name", "value"] {
            assert!((1..=100).contains(&length(&choice[key])), "{choice}");
        }
    }
    let messages = json!({ "5": { "id": "5", "content": text } });
    let data = json!({ "id": "1", "name": "Who is responsible?", "type": 3, "target_id": "5", "resolved": { "messages": messages } });
    is_a_message(&respond(&BOT, &asked(2, data)));
}

/// Reads bytes as a frame of the gateway, and as an interaction.
///
/// # Panics
///
/// When something does not hold: that is the finding.
pub fn interaction(bytes: &[u8]) {
    if let Some(Incoming::Interaction(raw)) = payload::read(bytes).map(|frame| frame.message) {
        is_an_answer(&respond(&BOT, &raw));
    }
    if let Ok(raw) = serde_json::from_slice::<Value>(bytes) {
        is_an_answer(&respond(&BOT, &raw));
    }
}

/// Reads an id as it is and as one of ours, and presses a button that has it.
///
/// # Panics
///
/// When something does not hold: that is the finding.
pub fn custom_id(id: &str) {
    pressed(id);
    // Nobody guesses what ours begin with.
    pressed(&format!("r1:{id}"));
}

fn pressed(id: &str) {
    if let Some(command) = decode(id) {
        let again = encode(&command);
        assert!(again.len() <= 100, "{again}");
        let same = decode(&again).map(|command| encode(&command));
        assert_eq!(same.as_ref(), Some(&again), "{command:?}");
    }
    for values in [json!(null), json!([id])] {
        let message = json!({ "id": "5", "flags": 64 });
        let data = json!({ "custom_id": id, "component_type": 2 + u8::from(!values.is_null()), "values": values });
        let mut raw = asked(3, data);
        raw["message"] = message;
        is_an_answer(&respond(&BOT, &raw));
    }
}

fn asked(kind: u8, data: Value) -> Value {
    json!({
        "id": "1", "application_id": "2", "token": "t", "type": kind, "version": 1,
        "channel_id": "3", "locale": "en-GB", "data": data,
        "user": { "id": "4", "username": "ana", "discriminator": "0", "avatar": null },
    })
}

/// Whatever was asked, it is answered within Discord's limits.
fn is_an_answer(response: &Value) {
    match response["type"].as_u64() {
        Some(1 | 8) => {}
        Some(4 | 7) => is_a_message(response),
        kind => panic!("{kind:?} answers nothing: {response}"),
    }
}

fn is_a_message(response: &Value) {
    let data = &response["data"];
    assert!(length(&data["content"]) <= 2000, "{response}");
    let embeds = data["embeds"].as_array().map_or(&[][..], Vec::as_slice);
    let long =
        |embed: &&Value| length(&embed["description"]) > 4096 || length(&embed["title"]) > 256;
    assert!(embeds.len() <= 10 && embeds.iter().find(long).is_none(), "{response}");
    assert_eq!(data["allowed_mentions"]["parse"], json!([]), "{response}");
    assert!(length(&data["content"]) + embeds.len() > 0, "{response}");
}

fn length(text: &Value) -> usize {
    text.as_str().map_or(0, |text| text.chars().count())
}
