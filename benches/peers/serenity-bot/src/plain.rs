//! Answers as the simplest of such bots give them: the most similar name, and fixed words.

use serenity::all::{CreateAllowedMentions, CreateEmbed, CreateInteractionResponseMessage};

/// The activities' names are all that this bot knows of the matrix.
const MATRIX: &str = include_str!("../../../../data/ovhcloud-kms.yaml");

pub(crate) struct Answers {
    activities: Vec<&'static str>,
}

impl Answers {
    pub(crate) fn new() -> Self {
        let activities = MATRIX.lines().filter_map(|line| line.trim().strip_prefix("- name: "));
        Self { activities: activities.collect() }
    }

    pub(crate) fn to(&self, question: &str) -> CreateInteractionResponseMessage {
        let question = question.to_lowercase();
        let similar = |name: &&&str| strsim::jaro_winkler(&name.to_lowercase(), &question);
        let best = self.activities.iter().max_by(|a, b| similar(a).total_cmp(&similar(b)));
        let embed = CreateEmbed::new()
            .title(best.copied().unwrap_or("Nothing found"))
            .description("OVHcloud does it and answers for it (R, A).")
            .field("Consulted", "nobody", true)
            .field("Informed", "nobody", true);
        CreateInteractionResponseMessage::new()
            .embed(embed)
            .allowed_mentions(CreateAllowedMentions::new())
            .ephemeral(true)
    }
}
