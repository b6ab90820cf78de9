//! Which commands Discord shows, and what a start changes about them.

use std::time::Duration;

use serde_json::{Value, json};

use crate::standin::Standin;
use crate::standin::daemon::Daemon;
use crate::standin::rest::Route;

const OURS: [&str; 4] = ["Who is responsible?", "raci", "raci-duties", "raci-help"];

fn names(discord: &Standin, guild: Option<&str>) -> Vec<String> {
    let scope = guild.map(str::to_owned);
    let mut names: Vec<String> = discord.shared.read(|state| {
        let commands = state.commands.get(&scope).into_iter().flatten();
        commands.filter_map(|command| command["name"].as_str()).map(str::to_owned).collect()
    });
    names.sort();
    names
}

fn changes(discord: &Standin) -> usize {
    discord.shared.read(|state| state.changes_on(Route::Commands))
}

/// Waits until the registration has come to what it should be.
async fn settles(is_done: impl Fn() -> bool) {
    let wait = async {
        while !is_done() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), wait).await.expect("the registration settles");
}

#[tokio::test]
async fn the_commands_are_registered_and_a_second_start_changes_nothing() {
    let discord = Standin::start();
    Daemon::serve(&discord).await.stops().await;
    assert_eq!(names(&discord, None), OURS);
    let (commands, before) =
        (discord.shared.read(|state| state.commands.clone()), changes(&discord));
    let mut bot = Daemon::serve(&discord).await;
    discord.asks("/raci backups").await;
    bot.stops().await;
    assert_eq!(changes(&discord), before);
    assert_eq!(discord.shared.read(|state| state.commands.clone()), commands);
}

#[tokio::test]
async fn a_stale_command_is_removed_and_a_changed_one_corrected() {
    let discord = Standin::start();
    discord.registers(None, json!({"name": "raci-old", "description": "Gone since"}));
    let id = discord.registers(None, json!({"name": "raci-help", "description": "Other words"}));
    let _bot = Daemon::serve(&discord).await;
    settles(|| names(&discord, None) == OURS).await;
    let help = discord.shared.read(|state| {
        state.commands[&None].iter().find(|command| command["name"] == "raci-help").cloned()
    });
    let help = help.unwrap_or_default();
    assert_ne!(help["description"], "Other words");
    assert_eq!(help["id"], id, "it is changed, not replaced: people's shortcuts stay");
}

#[tokio::test]
async fn commands_for_listed_servers_are_not_shown_twice() {
    let discord = Standin::start();
    discord.registers(None, json!({"name": "raci", "description": "From when it was everywhere"}));
    let _bot = Daemon::configured(&discord, "guilds: [81384788765712384, 4242]").await;
    settles(|| {
        names(&discord, None).is_empty()
            && names(&discord, Some("81384788765712384")) == OURS
            && names(&discord, Some("4242")) == OURS
    })
    .await;
}

#[tokio::test]
async fn the_options_are_those_of_the_documentation() {
    let discord = Standin::start();
    let _bot = Daemon::serve(&discord).await;
    let commands = discord.shared.read(|state| state.commands[&None].clone());
    let options = |name: &str| -> Vec<(Value, Value, Value)> {
        let command = commands.iter().find(|command| command["name"] == name);
        let options = command.and_then(|command| command["options"].as_array());
        let part = |option: &Value| {
            let completed = option.get("autocomplete").cloned().unwrap_or(json!(false));
            (option["name"].clone(), option["type"].clone(), completed)
        };
        options.into_iter().flatten().map(part).collect()
    };
    let text = |name: &str| (json!(name), json!(3), json!(true));
    assert_eq!(
        options("raci"),
        [text("activity"), text("service"), (json!("share"), json!(5), json!(false))]
    );
    assert_eq!(options("raci-duties"), [text("party"), text("as"), text("service")]);
    assert_eq!(options("raci-help"), []);
    let french = |command: &Value| command["description_localizations"]["fr"].is_string();
    let named = |name: &str| -> Value {
        let command = commands.iter().find(|command| command["name"] == name);
        command.expect("it is registered")["name_localizations"]["fr"].clone()
    };
    assert_eq!(named("raci-duties"), "raci-tâches");
    assert_eq!(named("raci-help"), "raci-aide");
    assert_eq!(named("Who is responsible?"), "Qui est responsable ?");
    assert!(commands.iter().filter(|command| command["type"] == 1).all(french));
}
