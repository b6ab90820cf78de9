//! A reply as a Discord message that keeps every limit, whatever the reply.
//!
//! The headline is the message's content: it is what a notification shows and a screen reader
//! reads first, and it stays where embeds are switched off. The rest is one embed, a short line
//! each, read well on a phone; where it comes from stands in the footer.

mod components;
mod markdown;

use serenity::builder::{
    CreateAllowedMentions, CreateAutocompleteResponse, CreateEmbed, CreateEmbedFooter,
    CreateInteractionResponseMessage,
};

use crate::commands::reply::{Audience, Completion, Line, LineKind};
use crate::commands::text::{Text, cut};
use crate::commands::{Language, Reply};
use markdown::{clean, heading, is_visible, line};

/// Discord's limits, in characters, less some room.
const MAX_PREAMBLE: usize = 400;
const MAX_HEADLINE: usize = 1_500;
const MAX_LINE: usize = 700;
const MAX_DESCRIPTION: usize = 4_000;
const MAX_FOOTER: usize = 1_500;
/// Room for the line that counts what was left out.
const MAX_REST: usize = 40;

/// The most completions that Discord shows, and the longest name and value of one.
pub const MAX_COMPLETIONS: usize = 25;
const MAX_COMPLETION: usize = 100;

/// A reply as a new message; whether it is private is in it.
pub fn message(reply: &Reply, language: Language) -> CreateInteractionResponseMessage {
    update(reply, language).ephemeral(reply.audience == Audience::Asker)
}

/// A reply in the place of the message that it was asked from, which stays as private as it is.
pub fn update(reply: &Reply, language: Language) -> CreateInteractionResponseMessage {
    CreateInteractionResponseMessage::new()
        .content(content(reply))
        .embeds(shown(reply, language).into_iter().collect())
        .components(components::rows(reply, language))
        .allowed_mentions(CreateAllowedMentions::new())
}

/// A sentence for the asker alone.
pub fn remark(text: &Text) -> CreateInteractionResponseMessage {
    CreateInteractionResponseMessage::new()
        .content(line(text, MAX_HEADLINE))
        .allowed_mentions(CreateAllowedMentions::new())
        .ephemeral(true)
}

/// What half-typed text may become.
pub fn completions(completions: Vec<Completion>) -> CreateAutocompleteResponse {
    let choices = completions.into_iter().filter_map(|completion| {
        let name = label(&completion.label, MAX_COMPLETION)?;
        // An id always fits; a name that does not is understood when cut.
        let value: String = completion.value.chars().take(MAX_COMPLETION).collect();
        is_visible(&value).then_some((name, value))
    });
    choices.take(MAX_COMPLETIONS).fold(CreateAutocompleteResponse::new(), |response, choice| {
        response.add_string_choice(choice.0, choice.1)
    })
}

/// A label in which Discord reads no markup: on one line, cut with an ellipsis; `None` when there
/// is nothing to see.
fn label(text: &str, max: usize) -> Option<String> {
    let words = cut(clean(text).trim(), max);
    is_visible(&words).then_some(words)
}

fn content(reply: &Reply) -> String {
    let preamble = reply.preamble.as_ref().map(|text| line(text, MAX_PREAMBLE));
    let headline = line(&reply.headline, MAX_HEADLINE);
    let parts: Vec<String> =
        preamble.into_iter().chain([headline]).filter(|part| is_visible(part)).collect();
    // An empty message is refused; a reply without a headline is a fault, not a reason to be mute.
    if parts.is_empty() { "…".to_owned() } else { parts.join(" ") }
}

/// What stands below the first line; a picture says what its lines do.
fn shown(reply: &Reply, language: Language) -> Option<CreateEmbed> {
    if reply.picture.is_some() { None } else { embed(&reply.lines, language) }
}

fn embed(lines: &[Line], language: Language) -> Option<CreateEmbed> {
    let (provenance, body): (Vec<&Line>, Vec<&Line>) =
        lines.iter().partition(|line| line.kind == LineKind::Provenance);
    let described = description(&body, language);
    let footer: Vec<String> = provenance.iter().map(|line| line.text.to_plain()).collect();
    let footer = label(&footer.join(" · "), MAX_FOOTER);
    match (described, footer) {
        (Some(text), Some(footer)) => {
            Some(CreateEmbed::new().description(text).footer(CreateEmbedFooter::new(footer)))
        }
        (Some(text), None) => Some(CreateEmbed::new().description(text)),
        // An embed of nothing but a footer is refused.
        (None, Some(_)) => {
            description(&provenance, language).map(|text| CreateEmbed::new().description(text))
        }
        (None, None) => None,
    }
}

fn description(lines: &[&Line], language: Language) -> Option<String> {
    let lines: Vec<String> =
        lines.iter().map(|line| dressed(line)).filter(|line| is_visible(line)).collect();
    let mut text = String::new();
    let mut used = 0;
    for (written, line) in lines.iter().enumerate() {
        let length = line.chars().count() + 1;
        if used + length + MAX_REST > MAX_DESCRIPTION {
            text.push_str(&language.and_more("…", lines.len() - written));
            break;
        }
        used += length;
        text.push_str(line);
        text.push('\n');
    }
    let text = text.trim().to_owned();
    is_visible(&text).then_some(text)
}

fn dressed(a: &Line) -> String {
    match a.kind {
        LineKind::Heading => heading(&a.text, MAX_LINE),
        LineKind::Item => prefixed("• ", line(&a.text, MAX_LINE)),
        LineKind::Warning => prefixed("⚠ ", line(&a.text, MAX_LINE)),
        LineKind::Participation(_)
        | LineKind::Remark
        | LineKind::Contact
        | LineKind::Note
        | LineKind::Provenance
        | LineKind::Hint => line(&a.text, MAX_LINE),
    }
}

/// The line behind its sign, unless it has it already or there is nothing to see.
fn prefixed(sign: &str, line: String) -> String {
    if !is_visible(&line) || line.starts_with(sign.trim_end()) {
        return line;
    }
    format!("{sign}{line}")
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
