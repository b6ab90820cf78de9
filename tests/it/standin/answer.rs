//! What the bot answered, as people see it.

use serde_json::Value;

use super::chat::Chat;
use super::interaction;
use super::routes::PATIENCE;
use super::state::State;
use super::world::User;

const EPHEMERAL: u64 = 1 << 6;
const UPDATE: u64 = 7;

/// An answer in a channel.
pub(crate) struct Answer<'a> {
    chat: Chat<'a>,
    /// The message as Discord stores it.
    pub(crate) message: Value,
    /// Whether it takes the place of the message that was pressed.
    pub(crate) is_update: bool,
    /// The interaction that it answers.
    interaction: String,
}

impl<'a> Answer<'a> {
    /// The answer to an interaction by its first response; `on` is the message it was made on.
    pub(crate) fn new(chat: &Chat<'a>, id: &str, response: &Value, on: Option<&Value>) -> Self {
        let discord = chat.discord;
        let body = discord.shared.read(|state| state.interactions[id].body.clone());
        let is_update = response["type"] == UPDATE;
        let message_id = match on {
            Some(message) if is_update => message["id"].as_str().unwrap_or_default().to_owned(),
            _ => discord.shared.change(super::state::State::id),
        };
        let mut message = interaction::message(&message_id, &body, &response["data"]);
        if let (true, Some(before)) = (is_update, on) {
            for key in ["flags", "interaction_metadata"] {
                message[key] = before[key].clone();
            }
        }
        let chat = Chat { discord, user: chat.user.clone(), channel: chat.channel.clone() };
        Self { chat, message, is_update, interaction: id.to_owned() }
    }

    /// Whether only the asker sees it.
    pub(crate) fn is_private(&self) -> bool {
        self.message["flags"].as_u64().unwrap_or_default() & EPHEMERAL != 0
    }

    /// Everything there is to read, a line each: texts with their markup, then buttons in
    /// brackets, then the menu.
    pub(crate) fn text(&self) -> String {
        let mut lines = vec![string(&self.message["content"])];
        for embed in list(&self.message["embeds"]) {
            lines.extend([
                string(&embed["author"]["name"]),
                string(&embed["title"]),
                string(&embed["description"]),
            ]);
            for field in list(&embed["fields"]) {
                lines.push(format!("{}: {}", string(&field["name"]), string(&field["value"])));
            }
            lines.push(string(&embed["footer"]["text"]));
        }
        for row in list(&self.message["components"]) {
            lines
                .push(list(&row["components"]).iter().map(component).collect::<Vec<_>>().join(" "));
        }
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }

    /// Asserts the first line.
    #[track_caller]
    pub(crate) fn begins(&self, line: &str) -> &Self {
        assert_eq!(self.text().lines().next(), Some(line), "{}", self.text());
        self
    }

    /// Asserts that this is somewhere in the text.
    #[track_caller]
    pub(crate) fn says(&self, part: &str) -> &Self {
        assert!(self.text().contains(part), "`{part}` is missing in:\n{}", self.text());
        self
    }

    /// Asserts that this is nowhere in the text.
    #[track_caller]
    pub(crate) fn never_says(&self, part: &str) -> &Self {
        assert!(!self.text().contains(part), "`{part}` stands in:\n{}", self.text());
        self
    }

    /// Asserts that only the asker sees it.
    #[track_caller]
    pub(crate) fn privately(&self) -> &Self {
        assert!(self.is_private(), "everybody sees:\n{}", self.text());
        self
    }

    /// Asserts that everybody sees it.
    #[track_caller]
    pub(crate) fn publicly(&self) -> &Self {
        assert!(!self.is_private(), "only the asker sees:\n{}", self.text());
        self
    }

    /// Waits until the message is deleted.
    pub(crate) async fn goes(&self) {
        let discord = self.chat.discord;
        let deleted = |state: &State| state.interactions[&self.interaction].deleted.then_some(());
        discord.until("the deletion", PATIENCE, deleted).await;
    }

    /// The components that can be used.
    pub(crate) fn components(&self) -> Vec<&Value> {
        let rows = list(&self.message["components"]).iter();
        rows.flat_map(|row| list(&row["components"]))
            .filter(|part| part["disabled"] != true)
            .collect()
    }

    /// Presses the button of this label.
    pub(crate) async fn presses(&self, label: &str) -> Answer<'a> {
        let button = self.component(|part| part["label"] == label, label);
        self.chat.uses(button, None, &self.message).await
    }

    /// Chooses the first entry of the menu whose label contains this.
    pub(crate) async fn chooses(&self, label: &str) -> Answer<'a> {
        let is_meant = |option: &&Value| string(&option["label"]).contains(label);
        let menu =
            self.component(|part| list(&part["options"]).iter().any(|o| is_meant(&o)), label);
        let option = list(&menu["options"]).iter().find(is_meant).expect("just found");
        self.chat.uses(menu, option["value"].as_str(), &self.message).await
    }

    /// Lets somebody else press and choose.
    pub(crate) fn used_by(mut self, user: User) -> Self {
        self.chat.user = user;
        self
    }

    fn component(&self, is_meant: impl Fn(&Value) -> bool, label: &str) -> &Value {
        let found = self.components().into_iter().find(|part| is_meant(part));
        found.unwrap_or_else(|| panic!("nothing says `{label}` in:\n{}", self.text()))
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn component(part: &Value) -> String {
    if part["type"] != 3 {
        return format!("[{}]", string(&part["label"]));
    }
    let option = |option: &Value| {
        let detail = string(&option["description"]);
        let dash = if detail.is_empty() { "" } else { " — " };
        format!("{}{dash}{detail}", string(&option["label"]))
    };
    let options: Vec<String> = list(&part["options"]).iter().map(option).collect();
    format!("[{} ▾] {}", string(&part["placeholder"]), options.join(" · "))
}
