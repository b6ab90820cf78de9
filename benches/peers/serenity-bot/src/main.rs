//! A plain serenity bot that answers `/raci` with the most similar activity: what the load driver
//! (`tests/it/load.rs`) measures raci-bot against. Everything is serenity's usual way, but for the
//! address of Discord.

use serenity::all::{
    ClientBuilder, CommandInteraction, Context, CreateEmbed, CreateInteractionResponse,
    CreateInteractionResponseMessage, EventHandler, GatewayIntents, HttpBuilder, Interaction,
};
use serenity::async_trait;

/// The activities' names are all that this bot knows of the matrix.
const MATRIX: &str = include_str!("../../../../data/ovhcloud-kms.yaml");

struct Handler {
    activities: Vec<&'static str>,
}

#[async_trait]
impl EventHandler for Handler {
    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let Interaction::Command(command) = interaction else { return };
        let asked = question(&command);
        let similar = |name: &&&str| strsim::jaro_winkler(&name.to_lowercase(), &asked);
        let best = self.activities.iter().max_by(|a, b| similar(a).total_cmp(&similar(b)));
        let embed = CreateEmbed::new()
            .title(best.copied().unwrap_or("Nothing found"))
            .description("OVHcloud does it and answers for it (R, A).")
            .field("Consulted", "nobody", true)
            .field("Informed", "nobody", true);
        let message = CreateInteractionResponseMessage::new().embed(embed).ephemeral(true);
        let response = CreateInteractionResponse::Message(message);
        if let Err(error) = command.create_response(&context.http, response).await {
            eprintln!("not answered: {error}");
        }
    }
}

fn question(command: &CommandInteraction) -> String {
    let option = command.data.options.iter().find(|option| option.name == "activity");
    option.and_then(|option| option.value.as_str()).unwrap_or_default().to_lowercase()
}

#[tokio::main]
async fn main() {
    let token = std::env::var("DISCORD_TOKEN").expect("`DISCORD_TOKEN` is set");
    let url = std::env::var("DISCORD_API_URL").expect("`DISCORD_API_URL` is set");
    // With its rate limiter serenity would talk to discord.com in spite of the address.
    let http = HttpBuilder::new(&token).proxy(url).ratelimiter_disabled(true).build();
    let activities = MATRIX.lines().filter_map(|line| line.trim().strip_prefix("- name: "));
    let handler = Handler { activities: activities.collect() };
    let mut client = ClientBuilder::new_with_http(http, GatewayIntents::empty())
        .event_handler(handler)
        .await
        .expect("a client");
    client.start().await.expect("a connection");
}
