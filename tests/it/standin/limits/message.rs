//! What Discord refuses in a message.

use serde_json::Value;

use super::{Faults, Node, component};

const KEYS: &[&str] =
    &["content", "embeds", "components", "allowed_mentions", "flags", "tts", "attachments"];
const EMBED_KEYS: &[&str] = &[
    "title",
    "type",
    "description",
    "url",
    "timestamp",
    "color",
    "footer",
    "image",
    "thumbnail",
    "author",
    "fields",
];
/// Only the asker sees it, no embeds, no notification.
const FLAGS: u64 = 1 << 6 | 1 << 2 | 1 << 12;

/// What is wrong with a message.
pub(crate) fn check(body: &Value) -> Faults {
    let mut faults = Faults::new();
    check_at(&Node::body(body), &mut faults);
    faults
}

/// The same for a message inside another body.
pub(crate) fn check_at(message: &Node, faults: &mut Faults) {
    message.knows(KEYS, faults);
    let content = message.text("content", 0..=2000, faults).unwrap_or_default();
    let embeds = message.items("embeds", 0..=10, faults);
    let sizes: usize = embeds.iter().map(|embed| check_embed(embed, faults)).sum();
    if sizes > 6000 {
        message.refuse("embeds must hold 6000 or fewer characters together", faults);
    }
    let rows = component::check_rows(message, faults);
    if content.trim().is_empty() && embeds.is_empty() && rows == 0 {
        message.refuse("a message must not be empty", faults);
    }
    if message.number("flags", faults).is_some_and(|flags| flags & !FLAGS != 0) {
        message.refuse("`flags` has an unknown bit", faults);
    }
    check_mentions(message, faults);
}

/// A rule of this house, not of Discord's: no message may ping.
fn check_mentions(message: &Node, faults: &mut Faults) {
    let Some(mentions) = message.field("allowed_mentions") else {
        return message.refuse("`allowed_mentions` is missing", faults);
    };
    mentions.knows(&["parse", "users", "roles", "replied_user"], faults);
    let is_empty_list = |key| mentions.value[key].as_array().is_some_and(Vec::is_empty);
    if !is_empty_list("parse") {
        mentions.refuse("`parse` must be an empty list", faults);
    }
    for key in ["users", "roles"] {
        if mentions.field(key).is_some() && !is_empty_list(key) {
            mentions.refuse(format!("`{key}` must be empty"), faults);
        }
    }
    if mentions.field("replied_user").is_some_and(|node| node.value != false) {
        mentions.refuse("`replied_user` must be false", faults);
    }
}

/// Checks an embed and counts the characters that the limit over all embeds counts.
fn check_embed(embed: &Node, faults: &mut Faults) -> usize {
    embed.knows(EMBED_KEYS, faults);
    if !embed.value.is_object() {
        return 0;
    }
    let mut texts =
        vec![embed.text("title", 1..=256, faults), embed.text("description", 1..=4096, faults)];
    embed.address("url", 2048, faults);
    if embed.number("color", faults).is_some_and(|color| color > 0xff_ffff) {
        embed.refuse("`color` must be 16777215 or less", faults);
    }
    for (key, inner, longest) in [("footer", "text", 2048), ("author", "name", 256)] {
        let Some(part) = embed.field(key) else { continue };
        part.knows(&[inner, "url", "icon_url"], faults);
        texts.push(part.required(inner, 1..=longest, faults));
        part.address("url", 2048, faults);
    }
    for field in embed.items("fields", 0..=25, faults) {
        field.knows(&["name", "value", "inline"], faults);
        texts.push(field.required("name", 1..=256, faults));
        texts.push(field.required("value", 1..=1024, faults));
    }
    if texts.iter().all(Option::is_none) && embed.field("image").is_none() {
        embed.refuse("an embed must not be empty", faults);
    }
    texts.into_iter().flatten().map(|text| text.chars().count()).sum()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::refusals;
    use super::*;

    /// A message at its limits.
    fn valid() -> Value {
        json!({
            "content": "c".repeat(2000),
            "embeds": [{
                "title": "t".repeat(256),
                "description": "d".repeat(1000),
                "url": "https://example.org",
                "color": 0xff_ffff,
                "footer": {"text": "f"},
                "author": {"name": "a"},
                "fields": vec![json!({"name": "n", "value": "v", "inline": false}); 25],
            }],
            "flags": 64,
            "allowed_mentions": {"parse": []},
        })
    }

    fn of_embeds(count: usize, letters: usize) -> Vec<Value> {
        vec![json!({"description": "d".repeat(letters)}); count]
    }

    refusals! { check, valid();
        a_body_that_is_no_object: "/embeds/0" => "x"; "embeds[0]: must be an object"
        an_unknown_key: "/contents" => "x"; "body: `contents` is unknown"
        content_of_2001_characters: "/content" => "c".repeat(2001);
            "content: must be 0 to 2000 in length"
        content_that_is_no_text: "/content" => 1; "content: must be text"
        nothing_at_all: "/content" => " ", "/embeds" => json!([]); "body: a message must not be empty"
        eleven_embeds: "/embeds" => of_embeds(11, 1); "embeds: must hold 0 to 10 items"
        embeds_that_are_no_list: "/embeds" => "x"; "embeds: must be a list"
        embeds_of_6001_characters_together: "/embeds" => of_embeds(3, 2001);
            "body: embeds must hold 6000 or fewer characters together"
        a_title_of_257_characters: "/embeds/0/title" => "t".repeat(257);
            "embeds[0].title: must be 1 to 256 in length"
        a_blank_title: "/embeds/0/title" => " "; "embeds[0].title: must be 1 to 256 in length"
        a_description_of_4097_characters: "/embeds/0/description" => "d".repeat(4097);
            "embeds[0].description: must be 1 to 4096 in length"
        a_footer_of_2049_characters: "/embeds/0/footer/text" => "f".repeat(2049);
            "embeds[0].footer.text: must be 1 to 2048 in length"
        a_footer_without_text: "/embeds/0/footer/text" => json!(null);
            "embeds[0].footer: `text` is required"
        an_author_of_257_characters: "/embeds/0/author/name" => "a".repeat(257);
            "embeds[0].author.name: must be 1 to 256 in length"
        twenty_six_fields: "/embeds/0/fields/-" => json!({"name": "n", "value": "v"});
            "embeds[0].fields: must hold 0 to 25 items"
        an_empty_field_name: "/embeds/0/fields/0/name" => "";
            "embeds[0].fields[0].name: must be 1 to 256 in length"
        a_missing_field_value: "/embeds/0/fields/0/value" => json!(null);
            "embeds[0].fields[0]: `value` is required"
        a_field_name_of_257_characters: "/embeds/0/fields/0/name" => "n".repeat(257);
            "embeds[0].fields[0].name: must be 1 to 256 in length"
        a_field_value_of_1025_characters: "/embeds/0/fields/0/value" => "v".repeat(1025);
            "embeds[0].fields[0].value: must be 1 to 1024 in length"
        an_embed_address_that_opens_nothing: "/embeds/0/url" => "javascript:alert(1)";
            "embeds[0]: `url` must be an http or https address"
        a_colour_beyond_white: "/embeds/0/color" => 0x100_0000;
            "embeds[0]: `color` must be 16777215 or less"
        a_colour_by_name: "/embeds/0/color" => "red"; "embeds[0].color: must be a number"
        an_empty_embed: "/embeds" => json!([{"color": 1}]); "embeds[0]: an embed must not be empty"
        an_unknown_embed_key: "/embeds/0/colour" => 1; "embeds[0]: `colour` is unknown"
        an_unknown_flag: "/flags" => 1 << 15; "body: `flags` has an unknown bit"
        no_word_on_mentions: "/allowed_mentions" => json!(null); "body: `allowed_mentions` is missing"
        mentions_left_to_discord: "/allowed_mentions" => json!({});
            "allowed_mentions: `parse` must be an empty list"
        mentions_of_everyone: "/allowed_mentions/parse" => ["everyone"];
            "allowed_mentions: `parse` must be an empty list"
        mentions_of_a_user: "/allowed_mentions/users" => ["1"];
            "allowed_mentions: `users` must be empty"
        mentions_of_a_role: "/allowed_mentions/roles" => ["1"];
            "allowed_mentions: `roles` must be empty"
        a_mention_of_whom_it_answers: "/allowed_mentions/replied_user" => true;
            "allowed_mentions: `replied_user` must be false"
    }
}
