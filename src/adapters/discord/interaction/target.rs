//! The text of a message that somebody asks about, wherever Discord keeps it.

use serde_json::Value;

/// The longest text that is looked at, in characters: alerts say what they mean at the top.
const MAX_TEXT: usize = 6_000;
/// How deep components and forwarded messages may nest.
const MAX_DEPTH: u8 = 6;

/// The text of the message that a message command is about: its content, its embeds, its
/// components, what it forwards. `None` when there is no message.
#[must_use]
pub(super) fn text(interaction: &Value) -> Option<String> {
    let data = interaction.get("data")?;
    let messages = data.get("resolved")?.get("messages")?.as_object()?;
    let target = data.get("target_id").and_then(Value::as_str);
    let message = target.and_then(|id| messages.get(id)).or_else(|| messages.values().next())?;
    let mut parts = Vec::new();
    collect(message, &mut parts, 0);
    Some(parts.join("\n").chars().take(MAX_TEXT).collect())
}

fn collect<'a>(message: &'a Value, parts: &mut Vec<&'a str>, depth: u8) {
    if depth > MAX_DEPTH {
        return;
    }
    add(message, &["content"], parts);
    for embed in list(message, "embeds") {
        add(embed, &["title", "description"], parts);
        for field in list(embed, "fields") {
            add(field, &["name", "value"], parts);
        }
    }
    // A text display's text is its content, which the call below finds.
    for component in list(message, "components") {
        collect(component, parts, depth + 1);
    }
    for snapshot in list(message, "message_snapshots") {
        if let Some(message) = snapshot.get("message") {
            collect(message, parts, depth + 1);
        }
    }
}

fn add<'a>(from: &'a Value, keys: &[&str], parts: &mut Vec<&'a str>) {
    let texts = keys.iter().filter_map(|&key| from.get(key).and_then(Value::as_str));
    parts.extend(texts.filter(|text| !text.trim().is_empty()));
}

fn list<'a>(from: &'a Value, key: &str) -> &'a [Value] {
    from.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(message: Value) -> Option<String> {
        let data =
            json!({ "target_id": "5", "resolved": { "messages": { "4": {}, "5": message } } });
        text(&json!({ "data": data }))
    }

    #[test]
    fn text_is_found_in_content_embeds_components_and_forwards() {
        let message = json!({
            "content": "Backup failed",
            "embeds": [{ "title": "KMS", "description": "down", "fields": [{ "name": "Host", "value": "a1" }] }],
            "components": [{ "type": 17, "components": [{ "type": 10, "content": "since noon" }] }],
            "message_snapshots": [{ "message": { "content": "forwarded" } }],
        });
        let expected = "Backup failed\nKMS\ndown\nHost\na1\nsince noon\nforwarded";
        assert_eq!(of(message).as_deref(), Some(expected));
    }

    #[test]
    fn odd_messages_are_short_or_no_text() {
        assert_eq!(of(json!({})).as_deref(), Some(""));
        assert_eq!(of(json!({ "content": 5, "embeds": "x" })).as_deref(), Some(""));
        assert_eq!(
            of(json!({ "content": "é".repeat(9000) })).map(|t| t.chars().count()),
            Some(6000)
        );
        assert_eq!(text(&json!({ "data": {} })), None);
        assert_eq!(text(&Value::Null), None);
    }
}
