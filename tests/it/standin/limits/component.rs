//! What Discord refuses in a message's components.

use super::{Faults, Node, twice};

const ROW: u64 = 1;
const BUTTON: u64 = 2;
const STRING_SELECT: u64 = 3;
const LINK: u64 = 5;

/// Checks the rows of components and counts them.
pub(crate) fn check_rows(message: &Node, faults: &mut Faults) -> usize {
    let rows = message.items("components", 0..=5, faults);
    let mut ids = Vec::new();
    for row in &rows {
        check_row(row, &mut ids, faults);
    }
    for id in twice(ids) {
        message.refuse(format!("the custom id `{id}` stands twice"), faults);
    }
    rows.len()
}

fn check_row<'a>(row: &Node<'a>, ids: &mut Vec<&'a str>, faults: &mut Faults) {
    if row.number("type", faults) != Some(ROW) {
        return row.refuse("only rows (type 1) stand at the top", faults);
    }
    row.knows(&["type", "id", "components"], faults);
    let parts = row.items("components", 1..=5, faults);
    if row.field("components").is_none() {
        row.refuse("`components` is required", faults);
    }
    let selects = parts.iter().filter(|part| part.value["type"] == STRING_SELECT).count();
    if selects > 0 && parts.len() > 1 {
        row.refuse("a select stands alone in its row", faults);
    }
    for part in &parts {
        match part.number("type", faults) {
            Some(BUTTON) => ids.extend(check_button(part, faults)),
            Some(STRING_SELECT) => ids.extend(check_select(part, faults)),
            kind => part.refuse(format!("unknown component type {kind:?}"), faults),
        }
    }
}

fn check_button<'a>(button: &Node<'a>, faults: &mut Faults) -> Option<&'a str> {
    let keys = ["type", "id", "style", "label", "emoji", "custom_id", "url", "disabled"];
    button.knows(&keys, faults);
    button.text("label", 1..=80, faults);
    if button.field("label").is_none() && button.field("emoji").is_none() {
        button.refuse("`label` or `emoji` is required", faults);
    }
    match button.number("style", faults) {
        Some(1..LINK) => {
            if button.field("url").is_some() {
                button.refuse("only a link has a `url`", faults);
            }
            button.required("custom_id", 1..=100, faults)
        }
        Some(LINK) => {
            if button.field("url").is_none() {
                button.refuse("`url` is required", faults);
            }
            if button.field("custom_id").is_some() {
                button.refuse("a link has no `custom_id`", faults);
            }
            button.address("url", 512, faults);
            None
        }
        style => {
            button.refuse(format!("unknown style {style:?}"), faults);
            None
        }
    }
}

fn check_select<'a>(select: &Node<'a>, faults: &mut Faults) -> Option<&'a str> {
    let keys = [
        "type",
        "id",
        "custom_id",
        "options",
        "placeholder",
        "min_values",
        "max_values",
        "disabled",
    ];
    select.knows(&keys, faults);
    select.text("placeholder", 1..=150, faults);
    let options = select.items("options", 1..=25, faults);
    if select.field("options").is_none() {
        select.refuse("`options` is required", faults);
        return None;
    }
    let mut values = Vec::new();
    for option in &options {
        option.knows(&["label", "value", "description", "emoji", "default"], faults);
        option.required("label", 1..=100, faults);
        option.text("description", 1..=100, faults);
        values.extend(option.required("value", 1..=100, faults));
    }
    for value in twice(values) {
        select.refuse(format!("the value `{value}` stands twice"), faults);
    }
    let most = select.number("max_values", faults).unwrap_or(1);
    let least = select.number("min_values", faults).unwrap_or(1);
    if most == 0 || most > options.len() as u64 || least > most {
        select.refuse("`min_values` and `max_values` do not fit the options", faults);
    }
    select.required("custom_id", 1..=100, faults)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::{message, refusals};

    /// Five rows at their limits.
    fn valid() -> Value {
        let options: Vec<Value> = (0..25)
            .map(|n| json!({"label": "l".repeat(100), "value": format!("{n:0100}"), "description": "d".repeat(100)}))
            .collect();
        let select = json!({"type": 3, "custom_id": "s", "options": options, "placeholder": "p".repeat(150), "min_values": 1, "max_values": 1});
        let button = |row: usize, n: usize| json!({"type": 2, "style": 1 + n % 4, "label": "l".repeat(80), "custom_id": format!("{row}{n:099}")});
        let buttons = |row: usize| json!({"type": 1, "components": (0..5).map(|n| button(row, n)).collect::<Vec<_>>()});
        let link = json!({"type": 1, "components": [{"type": 2, "style": 5, "label": "l", "url": "https://example.org"}]});
        json!({
            "allowed_mentions": {"parse": []},
            "components": [{"type": 1, "components": [select]}, link, buttons(0), buttons(1), buttons(2)],
        })
    }

    refusals! { message::check, valid();
        a_sixth_row: "/components/-" => json!({"type": 1, "components": [{"type": 2, "style": 2, "label": "l", "custom_id": "x"}]});
            "components: must hold 0 to 5 items"
        a_button_outside_a_row: "/components/1" => json!({"type": 2, "style": 1, "label": "l", "custom_id": "x"});
            "components[1]: only rows (type 1) stand at the top"
        an_empty_row: "/components/1/components" => json!([]);
            "components[1].components: must hold 1 to 5 items"
        a_row_without_parts: "/components/1/components" => json!(null);
            "components[1]: `components` is required"
        a_sixth_button: "/components/2/components/-" => json!({"type": 2, "style": 1, "label": "l", "custom_id": "x"});
            "components[2].components: must hold 1 to 5 items"
        a_button_beside_a_select: "/components/0/components/-" => json!({"type": 2, "style": 1, "label": "l", "custom_id": "x"});
            "components[0]: a select stands alone in its row"
        a_text_input: "/components/1/components/0" => json!({"type": 4, "custom_id": "x"});
            "components[1].components[0]: unknown component type Some(4)"
        a_component_that_nobody_knows: "/components/1/components/0/type" => 99;
            "components[1].components[0]: unknown component type Some(99)"
        one_custom_id_in_two_rows: "/components/2/components/0/custom_id" => "s";
            "body: the custom id `s` stands twice"
        a_custom_id_of_101_characters: "/components/2/components/0/custom_id" => "c".repeat(101);
            "components[2].components[0].custom_id: must be 1 to 100 in length"
        an_empty_custom_id: "/components/2/components/0/custom_id" => "";
            "components[2].components[0].custom_id: must be 1 to 100 in length"
        a_button_without_custom_id: "/components/2/components/0/custom_id" => json!(null);
            "components[2].components[0]: `custom_id` is required"
        a_label_of_81_characters: "/components/2/components/0/label" => "l".repeat(81);
            "components[2].components[0].label: must be 1 to 80 in length"
        an_empty_label: "/components/2/components/0/label" => "";
            "components[2].components[0].label: must be 1 to 80 in length"
        a_button_without_label: "/components/2/components/0/label" => json!(null);
            "components[2].components[0]: `label` or `emoji` is required"
        a_style_that_nobody_knows: "/components/1/components/0/style" => 7;
            "components[1].components[0]: unknown style Some(7)"
        an_unknown_button_key: "/components/2/components/0/lable" => "x";
            "components[2].components[0]: `lable` is unknown"
        an_unknown_row_key: "/components/2/style" => 1; "components[2]: `style` is unknown"
        a_link_without_address: "/components/1/components/0/url" => json!(null);
            "components[1].components[0]: `url` is required"
        a_link_that_opens_nothing: "/components/1/components/0/url" => "ftp://example.org";
            "components[1].components[0]: `url` must be an http or https address"
        a_link_of_513_characters: "/components/1/components/0/url" => format!("https://{}", "x".repeat(505));
            "components[1].components[0].url: must be 1 to 512 in length"
        a_link_with_custom_id: "/components/1/components/0/custom_id" => "x";
            "components[1].components[0]: a link has no `custom_id`"
        a_button_with_address: "/components/2/components/0/url" => "https://example.org";
            "components[2].components[0]: only a link has a `url`"
        a_select_of_26_options: "/components/0/components/0/options/-" => json!({"label": "l", "value": "x"});
            "components[0].components[0].options: must hold 1 to 25 items"
        a_select_without_options: "/components/0/components/0/options" => json!(null);
            "components[0].components[0]: `options` is required"
        one_value_in_two_options: "/components/0/components/0/options/0/value" => "x", "/components/0/components/0/options/1/value" => "x";
            "components[0].components[0]: the value `x` stands twice"
        an_option_label_of_101_characters: "/components/0/components/0/options/0/label" => "l".repeat(101);
            "components[0].components[0].options[0].label: must be 1 to 100 in length"
        an_option_without_label: "/components/0/components/0/options/0/label" => json!(null);
            "components[0].components[0].options[0]: `label` is required"
        an_option_value_of_101_characters: "/components/0/components/0/options/0/value" => "v".repeat(101);
            "components[0].components[0].options[0].value: must be 1 to 100 in length"
        an_option_without_value: "/components/0/components/0/options/0/value" => json!(null);
            "components[0].components[0].options[0]: `value` is required"
        an_option_description_of_101_characters: "/components/0/components/0/options/0/description" => "d".repeat(101);
            "components[0].components[0].options[0].description: must be 1 to 100 in length"
        an_empty_option_description: "/components/0/components/0/options/0/description" => "";
            "components[0].components[0].options[0].description: must be 1 to 100 in length"
        an_unknown_option_key: "/components/0/components/0/options/0/detail" => "x";
            "components[0].components[0].options[0]: `detail` is unknown"
        a_placeholder_of_151_characters: "/components/0/components/0/placeholder" => "p".repeat(151);
            "components[0].components[0].placeholder: must be 1 to 150 in length"
        more_choices_than_options: "/components/0/components/0/max_values" => 26;
            "components[0].components[0]: `min_values` and `max_values` do not fit the options"
        no_choice_at_all: "/components/0/components/0/max_values" => 0, "/components/0/components/0/min_values" => 0;
            "components[0].components[0]: `min_values` and `max_values` do not fit the options"
        a_select_without_custom_id: "/components/0/components/0/custom_id" => json!(null);
            "components[0].components[0]: `custom_id` is required"
        an_unknown_select_key: "/components/0/components/0/label" => "x";
            "components[0].components[0]: `label` is unknown"
    }
}
