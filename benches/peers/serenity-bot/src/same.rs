//! raci-bot's own answers, so that nothing but the connection differs.

use raci_bot::adapters::discord::dress;
use raci_bot::bot::{Bot, Library};
use raci_bot::commands::{Command, Context, Language, Settings};
use raci_bot::domain::Catalog;
use raci_bot::import;
use serenity::all::CreateInteractionResponseMessage;
use time::macros::date;

pub(crate) struct Answers(Bot);

impl Answers {
    pub(crate) fn new() -> Self {
        let loaded = import::builtin();
        let library = Library::new(Catalog::new(loaded.matrices), &loaded.thesaurus, Vec::new());
        Self(Bot::new(library, Settings::default()))
    }

    pub(crate) fn to(&self, question: &str) -> CreateInteractionResponseMessage {
        let command = Command::Ask { text: question.to_owned(), service: None };
        let context = Context::new(Language::English, date!(2026 - 01 - 01));
        dress::message(&self.0.answer(&command, &context), Language::English)
    }
}
