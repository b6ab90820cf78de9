//! What Discord refuses in the first response to an interaction.

use serde_json::Value;

use super::{Faults, Node, message};

/// What an interaction was: what may be answered depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Command,
    Component,
    Autocomplete,
}

impl Kind {
    /// The types of response that Discord takes.
    fn takes(self) -> &'static [u64] {
        match self {
            Self::Command => &[4, 5, 9],
            Self::Component => &[4, 5, 6, 7, 9],
            Self::Autocomplete => &[8],
        }
    }
}

/// What is wrong with a response to an interaction of this kind.
pub(crate) fn check(kind: Kind, body: &Value) -> Faults {
    let mut faults = Faults::new();
    let response = Node::body(body);
    response.knows(&["type", "data"], &mut faults);
    let number = response.number("type", &mut faults).unwrap_or_default();
    if !kind.takes().contains(&number) {
        response.refuse(format!("type {number} does not answer this interaction"), &mut faults);
        return faults;
    }
    match (number, response.field("data")) {
        (4 | 7, Some(data)) => message::check_at(&data, &mut faults),
        (8, Some(data)) => check_choices(&data, &mut faults),
        (9, Some(data)) => check_modal(&data, &mut faults),
        (5, Some(data)) => data.knows(&["flags"], &mut faults),
        (6, Some(data)) => data.refuse("type 6 has no data", &mut faults),
        (5 | 6, None) => {}
        (_, None) => response.refuse("`data` is required", &mut faults),
        (_, Some(_)) => unreachable!("no kind takes it"),
    }
    faults
}

fn check_choices(data: &Node, faults: &mut Faults) {
    data.knows(&["choices"], faults);
    if data.field("choices").is_none() {
        data.refuse("`choices` is required", faults);
    }
    for choice in data.items("choices", 0..=25, faults) {
        choice.knows(&["name", "name_localizations", "value"], faults);
        choice.required("name", 1..=100, faults);
        choice.required("value", 1..=100, faults);
    }
}

fn check_modal(data: &Node, faults: &mut Faults) {
    data.knows(&["custom_id", "title", "components"], faults);
    data.required("custom_id", 1..=100, faults);
    data.required("title", 1..=45, faults);
    if data.items("components", 1..=5, faults).is_empty() {
        data.refuse("`components` is required", faults);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::refusals;
    use super::*;

    fn to_command(body: &Value) -> Faults {
        check(Kind::Command, body)
    }
    fn to_component(body: &Value) -> Faults {
        check(Kind::Component, body)
    }
    fn to_autocomplete(body: &Value) -> Faults {
        check(Kind::Autocomplete, body)
    }

    fn message() -> Value {
        json!({"type": 4, "data": {"content": "c", "allowed_mentions": {"parse": []}}})
    }
    fn nothing() -> Value {
        json!({"type": 6})
    }
    fn later() -> Value {
        json!({"type": 5, "data": {"flags": 64}})
    }
    fn choices() -> Value {
        json!({"type": 8, "data": {"choices": vec![json!({"name": "n".repeat(100), "value": "v".repeat(100)}); 25]}})
    }
    fn modal() -> Value {
        json!({"type": 9, "data": {"custom_id": "m", "title": "t".repeat(45), "components": [{}]}})
    }

    refusals! { to_command, message();
        a_pong: "/type" => 1; "body: type 1 does not answer this interaction"
        an_update_of_what_was_never_there: "/type" => 7; "body: type 7 does not answer this interaction"
        choices_for_a_command: "/type" => 8; "body: type 8 does not answer this interaction"
        a_response_without_type: "/type" => json!(null); "body: type 0 does not answer this interaction"
        a_message_without_data: "/data" => json!(null); "body: `data` is required"
        a_message_in_a_response_is_checked: "/data/content" => ""; "data: a message must not be empty"
        an_unknown_response_key: "/date" => 1; "body: `date` is unknown"
    }
    refusals! { to_component, message();
        an_update_is_checked: "/type" => 7, "/data/content" => ""; "data: a message must not be empty"
        choices_for_a_button: "/type" => 8; "body: type 8 does not answer this interaction"
    }
    refusals! { to_component, nothing();
        an_acknowledgement_with_data: "/data" => json!({"content": "x"}); "data: type 6 has no data"
    }
    refusals! { to_command, later();
        a_deferral_with_content: "/data/content" => "x"; "data: `content` is unknown"
    }
    refusals! { to_autocomplete, choices();
        a_message_while_typing: "/type" => 4; "body: type 4 does not answer this interaction"
        a_twenty_sixth_choice: "/data/choices/-" => json!({"name": "n", "value": "v"});
            "data.choices: must hold 0 to 25 items"
        a_choice_name_of_101_characters: "/data/choices/0/name" => "n".repeat(101);
            "data.choices[0].name: must be 1 to 100 in length"
        an_empty_choice_name: "/data/choices/0/name" => "";
            "data.choices[0].name: must be 1 to 100 in length"
        a_choice_without_name: "/data/choices/0/name" => json!(null); "data.choices[0]: `name` is required"
        a_choice_value_of_101_characters: "/data/choices/0/value" => "v".repeat(101);
            "data.choices[0].value: must be 1 to 100 in length"
        a_choice_without_value: "/data/choices/0/value" => json!(null); "data.choices[0]: `value` is required"
        no_choices: "/data/choices" => json!(null); "data: `choices` is required"
        an_unknown_choice_key: "/data/choices/0/label" => "x"; "data.choices[0]: `label` is unknown"
        an_unknown_key_beside_the_choices: "/data/content" => "x"; "data: `content` is unknown"
    }
    refusals! { to_command, modal();
        a_modal_title_of_46_characters: "/data/title" => "t".repeat(46); "data.title: must be 1 to 45 in length"
        a_modal_without_custom_id: "/data/custom_id" => json!(null); "data: `custom_id` is required"
        a_modal_without_components: "/data/components" => json!(null); "data: `components` is required"
        an_unknown_modal_key: "/data/content" => "x"; "data: `content` is unknown"
    }
}
