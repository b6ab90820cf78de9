//! What Discord refuses in the registration of a command.

use serde_json::Value;

use super::{Faults, Node, twice};

const KEYS: &[&str] = &[
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "options",
    "default_member_permissions",
    "type",
    "nsfw",
    "contexts",
    "integration_types",
    "dm_permission",
];
const OPTION_KEYS: &[&str] = &[
    "type",
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "required",
    "choices",
    "options",
    "channel_types",
    "autocomplete",
    "min_length",
    "max_length",
    "min_value",
    "max_value",
];
/// What a global command alone may say; a guild's command belongs to its guild.
const GLOBAL_KEYS: [&str; 3] = ["contexts", "integration_types", "dm_permission"];
const LOCALES: &[&str] = &[
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl",
    "no", "pl", "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th",
    "zh-CN", "ja", "zh-TW", "ko",
];
/// A subcommand; of groups of them there is none of ours.
const SUBCOMMAND: u64 = 1;
const GROUP: u64 = 2;
const CHANNEL: u64 = 7;
const COMPLETED: [u64; 3] = [3, 4, 10];
const MOST_CHARACTERS: usize = 8000;

/// Where a command is registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Everywhere,
    Guild,
}

/// What is wrong with a command.
pub(crate) fn check(place: Place, body: &Value) -> Faults {
    let mut faults = Faults::new();
    let command = Node::body(body);
    command.knows(KEYS, &mut faults);
    if place == Place::Guild {
        for key in GLOBAL_KEYS.into_iter().filter(|key| command.field(key).is_some()) {
            command.refuse(format!("`{key}` is for global commands only"), &mut faults);
        }
    }
    match command.number("type", &mut faults).unwrap_or(1) {
        1 => check_slash(&command, &mut faults),
        2 | 3 => check_menu(&command, &mut faults),
        kind => command.refuse(format!("unknown command type {kind}"), &mut faults),
    }
    faults
}

fn check_slash(command: &Node, faults: &mut Faults) {
    check_name(command, faults);
    check_description(command, faults);
    let options = command.items("options", 0..=25, faults);
    let is_sub = |option: &&Node| option.value["type"].as_u64().is_some_and(is_subcommand);
    let subcommands = options.iter().filter(is_sub).count();
    for option in &options {
        check_option(option, subcommands == options.len(), faults);
    }
    let is_required = |option: &Node| option.value["required"] == true;
    if options.windows(2).any(|pair| !is_required(&pair[0]) && is_required(&pair[1])) {
        command.refuse("required options come first", faults);
    }
    for name in twice(options.iter().filter_map(|option| option.value["name"].as_str())) {
        command.refuse(format!("the option `{name}` stands twice"), faults);
    }
    if characters(command.value) > MOST_CHARACTERS {
        command.refuse("must hold 8000 or fewer characters in all", faults);
    }
}

fn check_menu(command: &Node, faults: &mut Faults) {
    command.required("name", 1..=32, faults);
    check_localizations(command, "name", 32, faults);
    for key in ["description", "description_localizations", "options"] {
        if command.field(key).is_some_and(|node| !is_empty(node.value)) {
            command.refuse(format!("a command on a menu has no `{key}`"), faults);
        }
    }
}

/// Libraries write what a command does not have as empty, and Discord takes that.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => value.is_null(),
    }
}

fn is_subcommand(kind: u64) -> bool {
    kind == SUBCOMMAND
}

/// Subcommands make the command itself unusable, and so stand beside nothing but each other.
fn check_option(option: &Node, among_subcommands: bool, faults: &mut Faults) {
    option.knows(OPTION_KEYS, faults);
    let kind = option.number("type", faults).unwrap_or_default();
    for (key, owner) in [("options", SUBCOMMAND), ("channel_types", CHANNEL)] {
        if kind != owner && option.field(key).is_some_and(|node| !is_empty(node.value)) {
            option.refuse(format!("this type of option has no `{key}`"), faults);
        }
    }
    let misplaced = is_subcommand(kind) && !among_subcommands;
    if misplaced || kind == GROUP || !(1..=11).contains(&kind) {
        option.refuse(format!("unknown option type {kind}"), faults);
    }
    check_name(option, faults);
    check_description(option, faults);
    let choices = option.items("choices", 0..=25, faults);
    for choice in &choices {
        choice.knows(&["name", "name_localizations", "value"], faults);
        choice.required("name", 1..=100, faults);
        choice.required("value", 1..=100, faults);
    }
    for name in twice(choices.iter().filter_map(|choice| choice.value["name"].as_str())) {
        option.refuse(format!("the choice `{name}` stands twice"), faults);
    }
    if option.value["autocomplete"] == true {
        if !choices.is_empty() {
            option.refuse("either `choices` or `autocomplete`", faults);
        }
        if !COMPLETED.contains(&kind) {
            option.refuse("this type of option has no `autocomplete`", faults);
        }
    }
}

fn check_name(node: &Node, faults: &mut Faults) {
    let fits = |c: char| {
        matches!(c, '-' | '_' | '\'') || c.is_numeric() || c.is_alphabetic() && !c.is_uppercase()
    };
    if node.required("name", 1..=32, faults).is_some_and(|name| !name.chars().all(fits)) {
        node.refuse("`name` must be lower-case letters, digits, `-`, `_` or `'`", faults);
    }
    check_localizations(node, "name", 32, faults);
}

fn check_description(node: &Node, faults: &mut Faults) {
    node.required("description", 1..=100, faults);
    check_localizations(node, "description", 100, faults);
}

fn check_localizations(node: &Node, key: &str, longest: usize, faults: &mut Faults) {
    let Some(map) = node.field(&format!("{key}_localizations")) else { return };
    map.knows(LOCALES, faults);
    for locale in map.value.as_object().into_iter().flat_map(|map| map.keys()) {
        map.text(locale, 1..=longest, faults);
    }
}

/// The characters that count: names, descriptions and the choices, the longest language of each.
fn characters(node: &Value) -> usize {
    let longest = |key: &str| {
        let own = node[key].as_str().into_iter();
        let localized = &node[format!("{key}_localizations")];
        let others = localized.as_object().into_iter().flatten().filter_map(|(_, v)| v.as_str());
        own.chain(others).map(|text| text.chars().count()).max().unwrap_or_default()
    };
    let inner = ["options", "choices"].into_iter().filter_map(|key| node[key].as_array()).flatten();
    longest("name")
        + longest("description")
        + node["value"].as_str().map_or(0, |value| value.chars().count())
        + inner.map(characters).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::refusals;
    use super::*;

    fn everywhere(body: &Value) -> Faults {
        check(Place::Everywhere, body)
    }
    fn in_guild(body: &Value) -> Faults {
        check(Place::Guild, body)
    }

    fn option(n: usize) -> Value {
        json!({"type": 3, "name": format!("o{n}"), "description": "d".repeat(100), "autocomplete": true, "required": false, "choices": [], "options": [], "channel_types": [], "min_value": null})
    }

    /// A slash command at its limits.
    fn slash() -> Value {
        let choices: Vec<Value> = (0..25)
            .map(|n| json!({"name": format!("{n:0100}"), "value": format!("{n:099}")}))
            .collect();
        let mut options: Vec<Value> = (0..25).map(option).collect();
        options[0] = json!({"type": 3, "name": "n".repeat(32), "description": "d", "required": true, "choices": choices});
        json!({
            "name": "raci-'_é9",
            "description": "d".repeat(100),
            "description_localizations": {"fr": "d".repeat(100)},
            "options": options,
        })
    }
    fn menu() -> Value {
        json!({"type": 3, "name": "Who is responsible?", "contexts": [0], "integration_types": [0]})
    }
    fn of_guild() -> Value {
        json!({"type": 3, "name": "Who is responsible?", "description": "", "description_localizations": {}, "options": [], "nsfw": false})
    }
    fn wordy() -> Vec<Value> {
        let choices: Vec<Value> = (0..25)
            .map(|n| json!({"name": format!("{n:0100}"), "value": "v".repeat(100)}))
            .collect();
        (0..2).map(|n| json!({"type": 3, "name": format!("o{n}"), "description": "d", "choices": choices})).collect()
    }

    refusals! { everywhere, slash();
        a_name_in_capitals: "/name" => "Raci"; "body: `name` must be lower-case letters, digits, `-`, `_` or `'`"
        a_name_with_a_blank: "/name" => "ra ci"; "body: `name` must be lower-case letters, digits, `-`, `_` or `'`"
        a_name_of_33_characters: "/name" => "n".repeat(33); "name: must be 1 to 32 in length"
        no_name: "/name" => json!(null); "body: `name` is required"
        a_localized_name_of_33_characters: "/name_localizations" => json!({"fr": "n".repeat(33)});
            "name_localizations.fr: must be 1 to 32 in length"
        no_description: "/description" => json!(null); "body: `description` is required"
        an_empty_description: "/description" => ""; "description: must be 1 to 100 in length"
        a_description_of_101_characters: "/description" => "d".repeat(101);
            "description: must be 1 to 100 in length"
        a_localized_description_of_101_characters: "/description_localizations/fr" => "d".repeat(101);
            "description_localizations.fr: must be 1 to 100 in length"
        a_locale_that_nobody_knows: "/description_localizations/fr-FR" => "d";
            "description_localizations: `fr-FR` is unknown"
        a_command_type_that_nobody_knows: "/type" => 9; "body: unknown command type 9"
        an_unknown_command_key: "/title" => "x"; "body: `title` is unknown"
        a_twenty_sixth_option: "/options/-" => option(99); "options: must hold 0 to 25 items"
        one_option_twice: "/options/2/name" => "o1"; "body: the option `o1` stands twice"
        an_option_in_capitals: "/options/1/name" => "O";
            "options[1]: `name` must be lower-case letters, digits, `-`, `_` or `'`"
        an_option_without_description: "/options/1/description" => json!(null);
            "options[1]: `description` is required"
        an_option_description_that_is_too_long: "/options/1/description" => "d".repeat(101);
            "options[1].description: must be 1 to 100 in length"
        a_required_option_after_others: "/options/5/required" => true; "body: required options come first"
        an_option_type_that_nobody_knows: "/options/0/type" => 12; "options[0]: unknown option type 12"
        a_subcommand: "/options/0/type" => 1; "options[0]: unknown option type 1"
        an_unknown_key_of_an_option: "/options/1/title" => "x"; "options[1]: `title` is unknown"
        options_of_a_text_option: "/options/1/options" => [option(1)];
            "options[1]: this type of option has no `options`"
        channel_types_of_a_text_option: "/options/1/channel_types" => [0];
            "options[1]: this type of option has no `channel_types`"
        a_twenty_sixth_choice_of_an_option: "/options/0/choices/-" => json!({"name": "n", "value": "v"});
            "options[0].choices: must hold 0 to 25 items"
        a_choice_with_too_long_a_name: "/options/0/choices/0/name" => "n".repeat(101);
            "options[0].choices[0].name: must be 1 to 100 in length"
        a_choice_with_too_long_a_value: "/options/0/choices/0/value" => "v".repeat(101);
            "options[0].choices[0].value: must be 1 to 100 in length"
        one_choice_twice: "/options/0/choices/0/name" => "x", "/options/0/choices/1/name" => "x";
            "options[0]: the choice `x` stands twice"
        choices_and_autocomplete: "/options/0/autocomplete" => true;
            "options[0]: either `choices` or `autocomplete`"
        autocomplete_of_a_boolean: "/options/1/type" => 5;
            "options[1]: this type of option has no `autocomplete`"
        more_than_8000_characters: "/options" => wordy(); "body: must hold 8000 or fewer characters in all"
    }
    refusals! { everywhere, menu();
        a_menu_name_of_33_characters: "/name" => "n".repeat(33); "name: must be 1 to 32 in length"
        a_menu_command_with_description: "/description" => "d";
            "body: a command on a menu has no `description`"
        a_menu_command_with_options: "/options" => [option(1)]; "body: a command on a menu has no `options`"
    }
    refusals! { in_guild, of_guild();
        contexts_in_a_guild: "/contexts" => [0]; "body: `contexts` is for global commands only"
        integration_types_in_a_guild: "/integration_types" => [0];
            "body: `integration_types` is for global commands only"
    }
}
