use serde_json::json;

use super::*;

#[test]
fn an_id_may_be_a_number_and_must_be_something() {
    assert_eq!(text(&json!({ "id": 5 }), "id").as_deref(), Some("5"));
    assert_eq!(text(&json!({ "id": "5" }), "id").as_deref(), Some("5"));
    for raw in [json!({}), json!({ "id": "" }), json!({ "id": [] }), Value::Null] {
        assert_eq!(text(&raw, "id"), None);
    }
}

#[test]
fn an_answer_that_failed_is_an_apology_for_the_asker_alone() {
    let body = json(&panicked(Language::French, "1").body);
    assert_eq!((&body["type"], &body["data"]["flags"]), (&json!(4), &json!(64)));
    assert_eq!(body["data"]["allowed_mentions"]["parse"], json!([]));
}
