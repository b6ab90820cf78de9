//! A plain serenity bot that answers `/raci`: what the load driver (`tests/it/load.rs`) measures
//! raci-bot against. Everything is serenity's usual way, but for the address of Discord.

#[cfg_attr(not(feature = "same-answers"), path = "plain.rs")]
#[cfg_attr(feature = "same-answers", path = "same.rs")]
mod answers;

use serenity::all::{
    ClientBuilder, CommandInteraction, Context, CreateInteractionResponse, EventHandler,
    GatewayIntents, HttpBuilder, Interaction,
};
use serenity::async_trait;

use answers::Answers;

struct Handler(Answers);

#[async_trait]
impl EventHandler for Handler {
    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let Interaction::Command(command) = interaction else { return };
        let response = CreateInteractionResponse::Message(self.0.to(question(&command)));
        if let Err(error) = command.create_response(&context.http, response).await {
            eprintln!("not answered: {error}");
        }
    }
}

fn question(command: &CommandInteraction) -> &str {
    let option = command.data.options.iter().find(|option| option.name == "activity");
    option.and_then(|option| option.value.as_str()).unwrap_or_default()
}

#[tokio::main]
async fn main() {
    let token = std::env::var("DISCORD_TOKEN").expect("`DISCORD_TOKEN` is set");
    let url = std::env::var("DISCORD_API_URL").expect("`DISCORD_API_URL` is set");
    // With its rate limiter serenity would talk to discord.com in spite of the address.
    let http = HttpBuilder::new(&token).proxy(url).ratelimiter_disabled(true).build();
    let mut client = ClientBuilder::new_with_http(http, GatewayIntents::empty())
        .event_handler(Handler(Answers::new()))
        .await
        .expect("a client");
    client.start().await.expect("a connection");
}
