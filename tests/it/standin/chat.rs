//! Talking to the bot as people do: `asks`, `types`, `asks_about`.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::answer::Answer;
use super::gateway::Gateway;
use super::limits::response::Kind;
use super::routes::PATIENCE;
use super::state::Asked;
use super::world::{Channel, User};
use super::{Standin, interaction};

/// How long the registration of a command may take.
const REGISTRATION: Duration = Duration::from_secs(10);

/// Somebody in a channel.
pub(crate) struct Chat<'a> {
    pub(crate) discord: &'a Standin,
    pub(crate) user: User,
    pub(crate) channel: Channel,
}

impl Standin {
    /// Ana in a channel.
    pub(crate) fn in_channel(&self, channel: Channel) -> Chat<'_> {
        Chat { discord: self, user: User::named("Ana"), channel }
    }

    /// Ana in a channel that has nothing to do with incidents.
    pub(crate) fn chat(&self) -> Chat<'_> {
        self.in_channel(Channel::named("general"))
    }

    /// Ana asks in a channel that has nothing to do with incidents.
    pub(crate) async fn asks(&self, line: &str) -> Answer<'_> {
        self.chat().asks(line).await
    }

    /// Ana types in a channel that has nothing to do with incidents.
    pub(crate) async fn types(&self, line: &str) -> Vec<(String, String)> {
        self.chat().types(line).await
    }

    /// Sends an interaction without waiting for its answer, and gives its id.
    pub(crate) fn puts(&self, kind: Kind, body: Value) -> String {
        self.puts_as(kind, body, |gateway, body| gateway.dispatch("INTERACTION_CREATE", body))
    }

    /// Sends an interaction whose text was edited into what no JSON value can hold.
    pub(crate) fn puts_written(
        &self,
        kind: Kind,
        body: Value,
        edit: impl FnOnce(String) -> String,
    ) -> String {
        self.puts_as(kind, body, |gateway, body| {
            gateway.dispatch_written("INTERACTION_CREATE", body, edit);
        })
    }

    fn puts_as(
        &self,
        kind: Kind,
        mut body: Value,
        send: impl FnOnce(&mut Gateway, Value),
    ) -> String {
        self.shared.change(|state| {
            let id = body["id"].as_str().map_or_else(|| state.id(), str::to_owned);
            let token = format!("interaction-token-{id}");
            body["id"] = json!(id);
            body["token"] = json!(token);
            let asked = Asked {
                token,
                kind,
                at: Instant::now(),
                body: body.clone(),
                delivered: None,
                response: None,
                followups: Vec::new(),
                deleted: false,
                repeated: 0,
            };
            state.interactions.insert(id.clone(), asked);
            send(&mut state.gateway, body);
            id
        })
    }

    /// The first response to an interaction.
    pub(crate) async fn response_to(&self, id: &str) -> Value {
        let within = PATIENCE + Duration::from_millis(500);
        let response =
            |asked: &Asked| asked.response.as_ref().map(|(response, _)| response.clone());
        self.until("an answer", within, |state| state.interactions.get(id).and_then(response)).await
    }

    /// Whether an interaction has been answered.
    pub(crate) fn has_answered(&self, id: &str) -> bool {
        self.shared.read(|state| state.interactions[id].response.is_some())
    }

    /// A command of ours as it is registered, as soon as it is.
    async fn command(&self, name: &str) -> Value {
        let what = format!("the registration of `{name}`");
        self.until(&what, REGISTRATION, |state| {
            let mut commands = state.commands.values().flatten();
            commands.find(|command| command["name"] == name).cloned()
        })
        .await
    }
}

impl<'a> Chat<'a> {
    /// The same place, somebody else.
    pub(crate) fn by(mut self, user: User) -> Self {
        self.user = user;
        self
    }

    /// Sends a slash command, written as in Discord: `/raci backups share:true`.
    pub(crate) async fn asks(&self, line: &str) -> Answer<'a> {
        let id = self.puts(line).await;
        self.answer(id).await
    }

    /// Sends a slash command without waiting for the answer, and gives the interaction's id.
    pub(crate) async fn puts(&self, line: &str) -> String {
        let (command, options) = self.parse(line).await;
        let body = interaction::slash(&command, &options, &self.user, &self.channel);
        self.discord.puts(Kind::Command, body)
    }

    /// Types a slash command up to the end of this line, and gives what is offered: names and
    /// values.
    pub(crate) async fn types(&self, line: &str) -> Vec<(String, String)> {
        let (command, mut options) = self.parse(line).await;
        if options.is_empty() {
            options.push(option(&command["options"][0], ""));
        }
        if let Some(focused) = options.last_mut() {
            focused["focused"] = json!(true);
        }
        let body = interaction::typing(&command, &options, &self.user, &self.channel);
        let response = self.discord.response_to(&self.discord.puts(Kind::Autocomplete, body)).await;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let choices = response["data"]["choices"].as_array().cloned().unwrap_or_default();
        choices.iter().map(|choice| (text(&choice["name"]), text(&choice["value"]))).collect()
    }

    /// Chooses `Who is responsible?` in the menu of somebody's message.
    pub(crate) async fn asks_about(&self, message: &str) -> Answer<'a> {
        let command = self.discord.command("Who is responsible?").await;
        let id = self.discord.shared.change(super::state::State::id);
        let message = interaction::written(&id, message, &User::named("Bob"), &self.channel);
        let body = interaction::on_message(&command, &message, &self.user, &self.channel);
        self.answer(self.discord.puts(Kind::Command, body)).await
    }

    /// Uses a component of a message: presses it, or chooses a value.
    pub(crate) async fn uses(
        &self,
        component: &Value,
        value: Option<&str>,
        message: &Value,
    ) -> Answer<'a> {
        let body = interaction::on_component(component, value, message, &self.user, &self.channel);
        let id = self.discord.puts(Kind::Component, body);
        let response = self.discord.response_to(&id).await;
        Answer::new(self, &id, &response, Some(message))
    }

    async fn answer(&self, id: String) -> Answer<'a> {
        let response = self.discord.response_to(&id).await;
        Answer::new(self, &id, &response, None)
    }

    /// The command and the options of a line. Words belong to the option named last; before any,
    /// to the command's first.
    async fn parse(&self, line: &str) -> (Value, Vec<Value>) {
        let (name, rest) = line.split_once(' ').unwrap_or((line, ""));
        let command = self.discord.command(name.trim_start_matches('/')).await;
        let known = command["options"].as_array().cloned().unwrap_or_default();
        if let Some(action) = known.iter().find(|known| known["type"] == 1 && known["name"] == rest)
        {
            let action = json!({"name": action["name"], "type": 1, "options": []});
            return (command, vec![action]);
        }
        let mut given: Vec<(usize, String)> = Vec::new();
        for word in rest.split(' ').filter(|_| !rest.is_empty()) {
            let starts = |option: &Value| {
                let name = option["name"].as_str()?;
                word.strip_prefix(name)?.strip_prefix(':')
            };
            let named = known.iter().enumerate().find_map(|(n, option)| Some((n, starts(option)?)));
            match (named, given.last_mut()) {
                (Some((n, value)), _) => given.push((n, value.to_owned())),
                (None, None) => given.push((0, word.to_owned())),
                (None, Some((_, value))) => {
                    value.push(' ');
                    value.push_str(word);
                }
            }
        }
        let options = given.iter().map(|(n, value)| option(&known[*n], value)).collect();
        (command, options)
    }
}

/// An option with its value, in the type that the command has registered.
fn option(known: &Value, value: &str) -> Value {
    let value = match known["type"].as_u64() {
        Some(5) => json!(value == "true"),
        _ => json!(value),
    };
    json!({"name": known["name"], "type": known["type"], "value": value})
}
