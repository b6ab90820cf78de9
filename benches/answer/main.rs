//! How long an answer takes without the wire: from the interaction's JSON to the callback's body,
//! by kind of interaction, on the built-in matrix.
//!
//! ```text
//! cargo bench --bench answer
//! ```
//!
//! Each question runs several times, on one thread and warm; what counts is its median, in
//! microseconds.

#[path = "../search/measure.rs"]
mod measure;

use std::io::{self, Write};

use raci_bot::adapters::discord::gateway::payload::{self, Incoming};
use raci_bot::adapters::discord::interaction::respond;
use raci_bot::bot::{Bot, Library};
use raci_bot::commands::Settings;
use raci_bot::domain::Catalog;
use raci_bot::import;
use serde_json::{Value, json};

use measure::measure;

/// What people ask, some of it misspelt.
const QUESTIONS: [&str; 6] = [
    "backups",
    "abckups",
    "who handles incidents",
    "rotate the keys",
    "log retention",
    "tape robot",
];

/// Makes an interaction of what was typed.
type Make = fn(&str) -> Value;

fn main() -> io::Result<()> {
    let loaded = import::builtin();
    let library = Library::new(Catalog::new(loaded.matrices), &loaded.thesaurus, Vec::new());
    let bot = Bot::new(library, Settings::default());
    let rounds = if std::env::args().any(|argument| argument == "--bench") { 500 } else { 1 };
    let mut out = io::stdout().lock();
    writeln!(out, "{:24} {:>9} {:>9} {:>9}", "microseconds", "p50", "p99", "most")?;
    let kinds: [(&str, Make); 3] =
        [("a question", asked), ("a question half typed", typed), ("a button", pressed)];
    for (kind, make) in kinds {
        let frames: Vec<String> =
            QUESTIONS.iter().map(|text| frame(&make(text)).to_string()).collect();
        let measured = measure(&frames, rounds, |frame| answer(&bot, frame));
        writeln!(out, "{kind:24} {measured}")?;
    }
    Ok(())
}

/// The length of the answer to a frame.
fn answer(bot: &Bot, frame: &str) -> usize {
    match payload::read(frame.as_bytes()).map(|frame| frame.message) {
        Some(Incoming::Interaction(raw)) => respond(bot, &raw).to_string().len(),
        _ => 0,
    }
}

fn frame(interaction: &Value) -> Value {
    json!({ "op": 0, "s": 7, "t": "INTERACTION_CREATE", "d": interaction })
}

fn interaction(kind: u8, data: &Value) -> Value {
    let user = json!({ "id": "80351110224678912", "username": "ana", "discriminator": "0", "avatar": null });
    json!({
        "id": "1420000000000000001", "application_id": "1040000000000000001", "type": kind,
        "token": "aW50ZXJhY3Rpb24tdG9rZW4", "version": 1, "data": data, "locale": "en-GB",
        "guild_id": "290926798626357999", "channel_id": "645027906669510667",
        "channel": { "id": "645027906669510667", "type": 0, "name": "general" },
        "member": { "user": user, "nick": null, "roles": [], "joined_at": null, "deaf": false, "mute": false, "flags": 0 },
        "entitlements": [], "app_permissions": "2248473465835073", "attachment_size_limit": 10_485_760,
    })
}

fn option(text: &str, focused: bool) -> Value {
    let mut option = json!({ "name": "activity", "type": 3, "value": text });
    if focused {
        option["focused"] = json!(true);
    }
    json!({ "id": "9", "name": "raci", "type": 1, "options": [option] })
}

fn asked(text: &str) -> Value {
    interaction(2, &option(text, false))
}

fn typed(text: &str) -> Value {
    let half: String = text.chars().take(4).collect();
    interaction(4, &option(&half, true))
}

fn pressed(text: &str) -> Value {
    let id = format!("r1:a|kms|{text}");
    let mut pressed = interaction(3, &json!({ "component_type": 2, "custom_id": id }));
    pressed["message"] = json!({ "id": "5", "flags": 64 });
    pressed
}
