//! What each of Discord's routes does.

use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use super::daemon::LENIENCE;
use super::limits::command::{self, Place};
use super::limits::{Faults, message, response};
use super::rest::{Answer, Route};
use super::state::{Scope, State};
use super::{APPLICATION, interaction};

/// How long an interaction waits for its first response.
pub(crate) const PATIENCE: Duration = Duration::from_secs(3 * LENIENCE as u64);
/// How long an interaction's token is good for.
const TOKEN_LIFE: Duration = Duration::from_mins(15);
const MOST_SLASH_COMMANDS: usize = 100;
const MOST_MENU_COMMANDS: usize = 15;

/// Which route a path below the version belongs to.
pub(crate) fn route_of(path: &str) -> Route {
    match parts(path)[..] {
        ["gateway"] | ["gateway", "bot"] => Route::GatewayBot,
        ["applications", "@me"] => Route::Application,
        ["applications", _, .., "commands"] | ["applications", _, .., "commands", _] => {
            Route::Commands
        }
        ["interactions", _, _, "callback"] => Route::Callback,
        ["webhooks", _, _] | ["webhooks", _, _, "messages", _] => Route::Followup,
        _ => Route::Unknown,
    }
}

/// Does what a request asks.
pub(crate) fn obey(
    state: &mut State,
    method: &str,
    path: &str,
    query: &str,
    body: &Value,
) -> Answer {
    let own = APPLICATION.to_string();
    match (method, &parts(path)[..]) {
        ("GET", ["gateway"] | ["gateway", "bot"]) => (200, state.gateway.greeting()),
        ("GET", ["applications", "@me"]) => (200, json!({"id": own, "name": "raci-bot"})),
        (_, ["applications", app, "commands", rest @ ..]) if *app == own => {
            commands(state, method, None, rest, query, body)
        }
        (_, ["applications", app, "guilds", guild, "commands", rest @ ..]) if *app == own => {
            commands(state, method, Some((*guild).to_owned()), rest, query, body)
        }
        ("POST", ["interactions", id, token, "callback"]) => callback(state, id, token, body),
        (_, ["webhooks", app, token, rest @ ..]) if *app == own => {
            followup(state, method, token, rest, body)
        }
        _ => {
            state.complaints.push(format!("{method} {path}: no such route"));
            (404, json!({"message": "404: Not Found", "code": 0}))
        }
    }
}

fn parts(path: &str) -> Vec<&str> {
    path.trim_start_matches('/').split('/').collect()
}

fn refused(state: &mut State, what: &str, faults: &Faults) -> Answer {
    state.complaints.extend(faults.iter().map(|fault| format!("{what}: {fault}")));
    (400, json!({"message": "Invalid Form Body", "code": 50035, "errors": faults}))
}

fn callback(state: &mut State, id: &str, token: &str, body: &Value) -> Answer {
    let gone = (404, json!({"message": "Unknown interaction", "code": 10062}));
    let Some(asked) = state.interactions.get_mut(id) else { return gone };
    if asked.token != token || asked.at.elapsed() > PATIENCE {
        return gone;
    }
    if asked.response.is_some() {
        asked.repeated += 1;
        let message = "Interaction has already been acknowledged.";
        return (400, json!({"message": message, "code": 40060}));
    }
    let faults = response::check(asked.kind, body);
    if !faults.is_empty() {
        return refused(state, "callback", &faults);
    }
    asked.response = Some((body.clone(), Instant::now()));
    (204, Value::Null)
}

fn followup(state: &mut State, method: &str, token: &str, rest: &[&str], body: &Value) -> Answer {
    let unknown = (404, json!({"message": "Unknown Webhook", "code": 10015}));
    let id = state.id();
    let found = state.interactions.values_mut().find(|asked| asked.token == token);
    let Some(asked) = found.filter(|asked| asked.at.elapsed() < TOKEN_LIFE) else {
        return unknown;
    };
    let Some((first, _)) = &mut asked.response else { return unknown };
    if matches!((method, rest), ("POST", []) | ("PATCH", ["messages", "@original"])) {
        let faults = message::check(body);
        if !faults.is_empty() {
            return refused(state, "followup", &faults);
        }
    }
    match (method, rest) {
        ("POST", []) => {
            asked.followups.push(body.clone());
            (200, interaction::message(&id, &asked.body, body))
        }
        ("PATCH", ["messages", "@original"]) => {
            first["data"] = body.clone();
            (200, interaction::message(&id, &asked.body, body))
        }
        ("GET", ["messages", "@original"]) => {
            (200, interaction::message(&id, &asked.body, &first["data"]))
        }
        ("DELETE", ["messages", "@original"]) => {
            asked.deleted = true;
            (204, Value::Null)
        }
        _ => (405, json!({"message": "405: Method Not Allowed", "code": 0})),
    }
}

fn commands(
    state: &mut State,
    method: &str,
    scope: Scope,
    rest: &[&str],
    query: &str,
    body: &Value,
) -> Answer {
    match (method, rest) {
        ("GET", []) => (200, list(state, &scope, query.contains("with_localizations=true"))),
        ("POST", []) => create(state, &scope, body),
        ("PUT", []) => replace(state, &scope, body),
        ("PATCH", [id]) => edit(state, &scope, id, body),
        ("DELETE", [id]) => {
            state.commands.entry(scope).or_default().retain(|command| command["id"] != **id);
            (204, Value::Null)
        }
        _ => (405, json!({"message": "405: Method Not Allowed", "code": 0})),
    }
}

/// What is registered; without the translations unless they are asked for.
fn list(state: &State, scope: &Scope, with_localizations: bool) -> Value {
    let mut commands = state.commands.get(scope).cloned().unwrap_or_default();
    if !with_localizations {
        commands.iter_mut().for_each(forget_localizations);
    }
    Value::Array(commands)
}

fn forget_localizations(node: &mut Value) {
    match node {
        Value::Array(items) => items.iter_mut().for_each(forget_localizations),
        Value::Object(fields) => {
            fields.retain(|key, _| !key.ends_with("_localizations"));
            fields.values_mut().for_each(forget_localizations);
        }
        _ => {}
    }
}

/// Creates a command; one of the same name and type is replaced and keeps its id.
pub(crate) fn create(state: &mut State, scope: &Scope, body: &Value) -> Answer {
    let faults = check(scope, body);
    if !faults.is_empty() {
        return refused(state, "command", &faults);
    }
    let known = state.commands.entry(scope.clone()).or_default();
    let same = known.iter().position(|one| one["name"] == body["name"] && kind(one) == kind(body));
    if let Some(position) = same {
        let id = known[position]["id"].as_str().unwrap_or_default().to_owned();
        let command = stored(&id, scope, body, state.id());
        state.commands.entry(scope.clone()).or_default()[position] = command.clone();
        return (200, command);
    }
    let most = if kind(body) == 1 { MOST_SLASH_COMMANDS } else { MOST_MENU_COMMANDS };
    if known.iter().filter(|one| kind(one) == kind(body)).count() >= most {
        let faults = vec![format!("no more than {most} commands of type {}", kind(body))];
        return refused(state, "command", &faults);
    }
    let (id, version) = (state.id(), state.id());
    let command = stored(&id, scope, body, version);
    state.commands.entry(scope.clone()).or_default().push(command.clone());
    (201, command)
}

/// Puts a list in the place of what is registered.
fn replace(state: &mut State, scope: &Scope, body: &Value) -> Answer {
    let before = state.commands.insert(scope.clone(), Vec::new()).unwrap_or_default();
    for command in body.as_array().into_iter().flatten() {
        let answer = create(state, scope, command);
        if answer.0 >= 400 {
            state.commands.insert(scope.clone(), before);
            return answer;
        }
    }
    (200, list(state, scope, true))
}

/// Changes the keys that are given.
fn edit(state: &mut State, scope: &Scope, id: &str, body: &Value) -> Answer {
    let known = state.commands.entry(scope.clone()).or_default();
    let Some(position) = known.iter().position(|command| command["id"] == id) else {
        return (404, json!({"message": "Unknown application command", "code": 10063}));
    };
    let mut merged: Map<String, Value> = known[position].as_object().cloned().unwrap_or_default();
    merged.retain(|key, _| !ADDED.contains(&key.as_str()));
    if scope.is_some() {
        merged.retain(|key, _| !matches!(key.as_str(), "contexts" | "integration_types"));
    }
    merged.extend(body.as_object().cloned().unwrap_or_default());
    let merged = Value::Object(merged);
    let faults = check(scope, &merged);
    if !faults.is_empty() {
        return refused(state, "command", &faults);
    }
    let command = stored(id, scope, &merged, state.id());
    state.commands.entry(scope.clone()).or_default()[position] = command.clone();
    (200, command)
}

fn check(scope: &Scope, body: &Value) -> Faults {
    command::check(if scope.is_some() { Place::Guild } else { Place::Everywhere }, body)
}

fn kind(command: &Value) -> u64 {
    command["type"].as_u64().unwrap_or(1)
}

/// What Discord adds to a command.
const ADDED: [&str; 4] = ["id", "application_id", "version", "guild_id"];

/// A command as Discord gives it back: with what it adds, without what goes without saying.
fn stored(id: &str, scope: &Scope, body: &Value, version: String) -> Value {
    let mut command = body.clone();
    let fields = command.as_object_mut().expect("a checked command is an object");
    let mut default = |key: &str, value: Value| {
        fields.entry(key).or_insert(value);
    };
    default("type", json!(1));
    default("description", json!(""));
    default("nsfw", json!(false));
    for key in ["default_member_permissions", "name_localizations", "description_localizations"] {
        default(key, Value::Null);
    }
    if scope.is_none() {
        default("contexts", Value::Null);
        default("integration_types", json!([0]));
        default("dm_permission", json!(true));
    }
    fields.insert("id".to_owned(), json!(id));
    fields.insert("application_id".to_owned(), json!(APPLICATION.to_string()));
    fields.insert("version".to_owned(), json!(version));
    if let Some(guild) = scope {
        fields.insert("guild_id".to_owned(), json!(guild));
    }
    if fields.get("options").is_some_and(|options| options == &json!([])) {
        fields.remove("options");
    }
    for option in fields.get_mut("options").and_then(Value::as_array_mut).into_iter().flatten() {
        let option = option.as_object_mut().expect("a checked option is an object");
        option.retain(|_, value| *value != false && *value != json!([]) && !value.is_null());
        for key in ["name_localizations", "description_localizations"] {
            option.entry(key).or_insert(Value::Null);
        }
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standin::limits::response::Kind;
    use crate::standin::state::Asked;

    fn with_question(at: Instant) -> State {
        let mut state = State::default();
        let asked = Asked {
            token: "t".to_owned(),
            kind: Kind::Command,
            at,
            body: json!({"channel_id": "1", "application_id": "2"}),
            delivered: None,
            response: None,
            followups: Vec::new(),
            deleted: false,
            repeated: 0,
        };
        state.interactions.insert("1".to_owned(), asked);
        state
    }

    fn answer(state: &mut State, id: &str, token: &str) -> (u16, Option<u64>) {
        let body = json!({"type": 4, "data": {"content": "c", "allowed_mentions": {"parse": []}}});
        let (status, body) = callback(state, id, token, &body);
        (status, body["code"].as_u64())
    }

    #[test]
    fn a_first_response_is_taken_and_a_second_is_not() {
        let mut state = with_question(Instant::now());
        assert_eq!(answer(&mut state, "1", "t"), (204, None));
        assert_eq!(answer(&mut state, "1", "t"), (400, Some(40060)));
        assert_eq!(state.interactions["1"].repeated, 1);
    }

    #[test]
    fn a_response_to_nothing_or_with_another_token_is_refused() {
        let mut state = with_question(Instant::now());
        assert_eq!(answer(&mut state, "2", "t"), (404, Some(10062)));
        assert_eq!(answer(&mut state, "1", "u"), (404, Some(10062)));
    }

    #[test]
    fn a_response_after_three_seconds_is_refused() {
        let Some(past) = Instant::now().checked_sub(PATIENCE) else { return };
        assert_eq!(answer(&mut with_question(past), "1", "t"), (404, Some(10062)));
    }

    #[test]
    fn a_refused_response_is_a_complaint_and_leaves_the_question_open() {
        let mut state = with_question(Instant::now());
        let (status, body) = callback(&mut state, "1", "t", &json!({"type": 1}));
        assert_eq!((status, body["code"].as_u64()), (400, Some(50035)));
        assert_eq!(state.complaints, ["callback: body: type 1 does not answer this interaction"]);
        assert_eq!(answer(&mut state, "1", "t"), (204, None));
    }

    #[test]
    fn a_followup_before_the_first_response_is_refused_and_each_one_is_checked() {
        let mut state = with_question(Instant::now());
        let body = json!({"content": "c", "allowed_mentions": {"parse": []}});
        assert_eq!(followup(&mut state, "POST", "t", &[], &body).0, 404);
        answer(&mut state, "1", "t");
        assert_eq!(followup(&mut state, "POST", "t", &[], &body).0, 200);
        assert_eq!(followup(&mut state, "POST", "u", &[], &body).0, 404);
        for (method, rest) in [("POST", &[][..]), ("PATCH", &["messages", "@original"])] {
            assert_eq!(followup(&mut state, method, "t", rest, &json!({})).0, 400);
        }
        assert_eq!(state.complaints.len(), 4, "{:?}", state.complaints);
    }

    #[test]
    fn a_path_that_discord_does_not_have_is_a_complaint() {
        let mut state = State::default();
        assert_eq!(obey(&mut state, "GET", "/oauth", "", &Value::Null).0, 404);
        assert_eq!(state.complaints, ["GET /oauth: no such route"]);
    }

    #[test]
    fn a_command_of_the_same_name_is_replaced_and_one_too_many_is_refused() {
        let mut state = State::default();
        let named = |n: usize| json!({"name": format!("c{n}"), "description": "d"});
        assert_eq!(create(&mut state, &None, &named(0)).0, 201);
        assert_eq!(create(&mut state, &None, &named(0)).0, 200);
        for n in 1..MOST_SLASH_COMMANDS {
            assert_eq!(create(&mut state, &None, &named(n)).0, 201);
        }
        assert_eq!(create(&mut state, &None, &named(MOST_SLASH_COMMANDS)).0, 400);
        assert_eq!(state.complaints, ["command: no more than 100 commands of type 1"]);
    }

    #[test]
    fn an_edit_and_a_whole_list_are_checked_and_change_nothing_when_refused() {
        let mut state = State::default();
        create(&mut state, &None, &json!({"name": "a", "description": "d"}));
        let before = state.commands.clone();
        let id = before[&None][0]["id"].as_str().expect("an id").to_owned();
        assert_eq!(edit(&mut state, &None, &id, &json!({"description": ""})).0, 400);
        assert_eq!(edit(&mut state, &None, "7", &json!({})).0, 404);
        assert_eq!(replace(&mut state, &None, &json!([{"name": "B"}])).0, 400);
        assert_eq!(state.commands, before);
    }

    #[test]
    fn translations_are_given_only_when_asked_for() {
        let mut state = State::default();
        let body =
            json!({"name": "a", "description": "d", "description_localizations": {"fr": "f"}});
        create(&mut state, &None, &body);
        assert_eq!(list(&state, &None, false)[0].get("description_localizations"), None);
        assert_eq!(list(&state, &None, true)[0]["description_localizations"]["fr"], "f");
    }
}
