//! Help: how to ask, and what the letters mean in the documents' own words.

use super::admin::{self, ACTIONS};
use super::reply::{LineKind, Outcome, Reply};
use super::table::COMMANDS;
use super::text::Text;
use super::{Context, Sources};
use crate::domain::Matrix;

/// How many different legends are shown; more would not be read.
const MAX_LEGENDS: usize = 3;

/// Says how to ask.
pub(super) fn help(sources: &Sources<'_>, context: &Context) -> Reply {
    let language = context.language;
    let mut reply = Reply::private(Outcome::Help, language.help());
    for command in COMMANDS {
        let usage = std::iter::once(format!("/{}", language.named(command.name)))
            .chain(command.options.iter().map(|option| {
                let name = language.named(option.name);
                if option.required { name.to_owned() } else { format!("[{name}]") }
            }))
            .collect::<Vec<_>>()
            .join(" ");
        let text = Text::default().and_code(usage).and(" — ").and((command.description)(language));
        reply = reply.line(LineKind::Item, text);
    }
    let access = &sources.settings.access;
    // At a terminal there are better ways.
    if access.is_operator(context) && !context.viewer.owner {
        let actions: Vec<&str> = ACTIONS.iter().map(|action| action.name).collect();
        let usage = format!("/{} {}", admin::NAME, actions.join("|"));
        let text = Text::default().and_code(usage).and(" — ").and(admin::description(language));
        reply = reply.line(LineKind::Item, text);
    }
    let matrices: Vec<&Matrix> =
        sources.scope(context).into_iter().map(|index| sources.matrix(index)).collect();
    let mut seen: Vec<&Matrix> = Vec::new();
    for matrix in matrices {
        let known = seen.iter().any(|s| s.legend == matrix.legend && s.scheme == matrix.scheme);
        if !known && seen.len() < MAX_LEGENDS {
            seen.push(matrix);
            reply = legend(reply, matrix, context);
        }
    }
    reply
}

fn legend(reply: Reply, matrix: &Matrix, context: &Context) -> Reply {
    let language = context.language;
    let heading = if matrix.legend.is_empty() {
        language.letters()
    } else {
        language.letters_of(&matrix.service.name)
    };
    let reply = reply.line(LineKind::Heading, heading);
    matrix.scheme.letters().iter().fold(reply, |reply, &(letter, participation)| {
        let word = language.participation(participation);
        let text = Text::strong(letter.to_string()).and(format!(" {word}"));
        let text = match matrix.legend_of(participation) {
            Some(words) => text.and(" — ").and(words),
            None => text,
        };
        reply.line(LineKind::Participation(participation), text)
    })
}
