use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::commands::Command;
use crate::commands::reply::{Button, Choice, Menu, Outcome};
use crate::domain::Participation;

fn json(reply: &Reply) -> Value {
    serde_json::to_value(message(reply, Language::English)).expect("JSON")
}

fn reply(headline: Text, lines: Vec<Line>) -> Reply {
    Reply {
        outcome: Outcome::Answer,
        audience: Audience::Channel,
        subject: None,
        preamble: None,
        headline,
        lines,
        menus: Vec::new(),
        buttons: Vec::new(),
        source: None,
        picture: None,
    }
}

fn nobody() -> Value {
    serde_json::json!({ "parse": [], "roles": [], "users": [] })
}

fn a_line(kind: LineKind, text: &str) -> Line {
    Line { kind, text: Text::plain(text) }
}

#[test]
fn an_answer_is_a_headline_an_embed_and_buttons() {
    let show = Command::Show { id: "kms-other-000000".into(), others: Vec::new() };
    let reply = Reply {
        preamble: Some(Text::default().and_emphasis("Closest to \"abckups\":")),
        menus: vec![Menu {
            label: "1 other match".into(),
            choices: vec![Choice {
                label: "Other".into(),
                detail: "KMS › 3. Use".into(),
                command: show,
            }],
        }],
        buttons: vec![Button {
            label: "Share".into(),
            command: Command::Share { id: "kms-x-000000".into(), compared: false },
            enabled: true,
        }],
        source: Some("https://example.com/raci?a=b c".into()),
        audience: Audience::Asker,
        ..reply(
            Text::strong("Manage backups").and(" → ").and_strong("OVHcloud").and(" does it"),
            vec![
                a_line(LineKind::Participation(Participation::Informed), "Informed: nobody"),
                a_line(LineKind::Warning, "Two accountables"),
                a_line(LineKind::Provenance, "OVHcloud KMS › 3.1.1 Daily operations"),
            ],
        )
    };
    let expected = serde_json::json!({
        "content": "*Closest to \"abckups\":* **Manage backups** → **OVHcloud** does it",
        "embeds": [{
            "description": "Informed: nobody\n⚠ Two accountables",
            "footer": { "text": "OVHcloud KMS › 3.1.1 Daily operations" },
        }],
        "allowed_mentions": nobody(),
        "flags": 64,
        "components": [
            { "type": 1, "components": [
                { "type": 2, "style": 5, "label": "Open source", "url": "https://example.com/raci?a=b%20c", "disabled": false },
                { "type": 2, "style": 1, "label": "Share", "custom_id": "r1:p|kms-x-000000", "disabled": false },
            ] },
            { "type": 1, "components": [
                { "type": 3, "custom_id": "r1:menu", "placeholder": "1 other match", "options": [
                    { "label": "Other", "value": "r1:s|kms-other-000000", "description": "KMS › 3. Use" },
                ] },
            ] },
        ],
    });
    let mut found = json(&reply);
    found.as_object_mut().expect("an object").remove("attachments");
    for embed in found["embeds"].as_array_mut().expect("embeds") {
        embed
            .as_object_mut()
            .expect("an object")
            .retain(|key, _| expected["embeds"][0].get(key).is_some());
    }
    for row in found["components"].as_array_mut().expect("rows") {
        for component in row["components"].as_array_mut().expect("components") {
            component.as_object_mut().expect("an object").retain(|_, value| !value.is_null());
        }
    }
    assert_eq!(found, expected);
}

#[test]
fn lines_that_do_not_fit_are_counted() {
    let lines = (0..300).map(|n| a_line(LineKind::Item, &format!("activity number {n}"))).collect();
    let found = json(&reply(Text::plain("Many"), lines));
    let text = found["embeds"][0]["description"].as_str().expect("a description");
    let shown = text.lines().count() - 1;
    assert!(text.starts_with("• activity number 0\n"));
    assert!(text.ends_with(&format!("\n… and {} more", 300 - shown)), "{text}");
}

#[test]
fn a_reply_of_nothing_is_still_a_message() {
    let found = json(&reply(Text::default(), vec![a_line(LineKind::Remark, " \u{200b}")]));
    assert_eq!(found["content"], "…");
    assert_eq!(found["embeds"], serde_json::json!([]));
}

#[test]
fn completions_are_cut_on_a_character_and_the_value_is_kept() {
    let found = completions(vec![
        Completion { label: "é".repeat(150), value: "kms-1-x-000000".into() },
        Completion { label: " \u{200b}".into(), value: "hidden".into() },
    ]);
    let found = serde_json::to_value(found).expect("JSON");
    let name = found["choices"][0]["name"].as_str().expect("a name");
    assert_eq!((name.chars().count(), name.ends_with('…')), (100, true));
    assert_eq!(found["choices"][0]["value"], "kms-1-x-000000");
    assert_eq!(found["choices"].as_array().map(Vec::len), Some(1));
}

fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        Just("@everyone <@1> **x** https://a.b/c ||s|| `".to_owned()),
        Just("👩‍👩‍👧‍👦".repeat(90)),
        Just("\u{200b}\u{202e}\u{feff}".to_owned()),
        Just("*_`\\[]<>@#|~:".repeat(400)),
        Just(" \r\n\t ".to_owned()),
        Just("word ".repeat(1500)),
    ];
    prop::collection::vec(piece, 0..3).prop_map(|pieces| pieces.concat())
}

fn text() -> impl Strategy<Value = Text> {
    prop::collection::vec((nasty(), 0..4_u8), 0..4).prop_map(|spans| {
        spans.into_iter().fold(Text::default(), |text, (span, style)| match style {
            0 => text.and(span),
            1 => text.and_strong(span),
            2 => text.and_emphasis(span),
            _ => text.and_code(span),
        })
    })
}

fn lines() -> impl Strategy<Value = Vec<Line>> {
    let kind = prop::sample::select(vec![
        LineKind::Participation(Participation::Responsible),
        LineKind::Remark,
        LineKind::Warning,
        LineKind::Contact,
        LineKind::Note,
        LineKind::Provenance,
        LineKind::Heading,
        LineKind::Item,
        LineKind::Hint,
    ]);
    prop::collection::vec((kind, text()).prop_map(|(kind, text)| Line { kind, text }), 0..12)
}

fn command() -> impl Strategy<Value = Command> {
    prop_oneof![
        nasty().prop_map(|id| Command::Show { id, others: Vec::new() }),
        nasty().prop_map(|id| Command::Share { id, compared: false }),
        (nasty(), prop::option::of(nasty()))
            .prop_map(|(text, service)| Command::Ask { text, service }),
        Just(Command::Help),
    ]
}

fn any_reply() -> impl Strategy<Value = Reply> {
    let choice = (nasty(), nasty(), command()).prop_map(|(label, detail, command)| Choice {
        label,
        detail,
        command,
    });
    let menus = prop::collection::vec(
        (nasty(), prop::collection::vec(choice, 0..28))
            .prop_map(|(label, choices)| Menu { label, choices }),
        0..5,
    );
    let button = (nasty(), command(), any::<bool>()).prop_map(|(label, command, enabled)| Button {
        label,
        command,
        enabled,
    });
    let buttons = prop::collection::vec(button, 0..15);
    (prop::option::of(text()), text(), lines(), menus, buttons, prop::option::of(nasty())).prop_map(
        |(preamble, headline, lines, menus, buttons, source)| Reply {
            preamble,
            menus,
            buttons,
            source,
            ..reply(headline, lines)
        },
    )
}

/// What Discord would refuse, in words.
fn fault(message: &Value) -> Option<String> {
    let length = |value: &Value| value.as_str().map_or(0, |text| text.trim().chars().count());
    let within = |value: &Value, max| (1..=max).contains(&length(value));
    if !within(&message["content"], 2000) || !is_visible(message["content"].as_str()?) {
        return Some(format!("content of {}", length(&message["content"])));
    }
    let embeds = message["embeds"].as_array()?;
    let total: usize =
        embeds.iter().map(|e| length(&e["description"]) + length(&e["footer"]["text"])).sum();
    if embeds.iter().any(|embed| !within(&embed["description"], 4096)) || total > 6000 {
        return Some(format!("embeds of {total}"));
    }
    if embeds.iter().any(|e| e.get("footer").is_some_and(|footer| !within(&footer["text"], 2048))) {
        return Some("a footer".to_owned());
    }
    let rows = message["components"].as_array()?;
    let mut ids = Vec::new();
    for row in rows {
        let parts = row["components"].as_array()?;
        for part in parts {
            ids.extend(part["custom_id"].as_str().map(str::to_owned));
            let good = match part["type"].as_u64()? {
                2 => within(&part["label"], 80) && parts.len() <= 5,
                3 => parts.len() == 1 && good_menu(part),
                _ => false,
            };
            if !good {
                return Some(format!("a component: {part}"));
            }
        }
    }
    let unique: std::collections::BTreeSet<&String> = ids.iter().collect();
    let good = rows.len() <= 5 && unique.len() == ids.len();
    let short = ids.iter().all(|id| (1..=100).contains(&id.chars().count()));
    (!good || !short).then(|| format!("rows: {rows:?}"))
}

fn good_menu(menu: &Value) -> bool {
    let length = |value: &Value| value.as_str().map_or(0, |text| text.trim().chars().count());
    let Some(options) = menu["options"].as_array() else { return false };
    let values: std::collections::BTreeSet<&str> =
        options.iter().filter_map(|option| option["value"].as_str()).collect();
    (1..=25).contains(&options.len())
        && values.len() == options.len()
        && length(&menu["placeholder"]) <= 150
        && options.iter().all(|option| {
            (1..=100).contains(&length(&option["label"]))
                && (1..=100).contains(&length(&option["value"]))
                && (option["description"].is_null()
                    || (1..=100).contains(&length(&option["description"])))
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(32) })]

    #[test]
    fn no_reply_breaks_a_limit_of_discord(reply in any_reply()) {
        let message = json(&reply);
        prop_assert_eq!(fault(&message), None);
        prop_assert_eq!(&message["allowed_mentions"], &nobody());
    }

    #[test]
    fn nothing_in_plain_text_is_markup(text in nasty()) {
        let shown = markdown::line(&Text::plain(text), 2000);
        let mut chars = shown.chars().peekable();
        while let Some(c) = chars.next() {
            if c == '\\' {
                prop_assert!(chars.next().is_some(), "a lonely escape: {}", shown);
            } else {
                prop_assert!(!"*_~`|<>#[]\n".contains(c), "{} in {}", c, shown);
                let link = c == ':' && chars.peek() == Some(&'/');
                prop_assert!(!link, "a link in {}", shown);
                let mention = c == '@' && chars.peek() != Some(&'\u{200b}');
                prop_assert!(!mention, "a mention in {}", shown);
            }
        }
    }
}
