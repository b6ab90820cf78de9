//! Browse: services, their sections, the activities of a section.

use super::ask::choice;
use super::pages::Page;
use super::reply::{Button, Choice, LineKind, Menu, Outcome, Reply};
use super::text::Text;
use super::{Command, Context, Shelf, Sources};
use crate::domain::{ActivityKey, Matrix};

/// How many places a page offers: what a menu holds.
const PAGE: usize = Menu::MAX;

/// Shows what is in a place.
pub(super) fn browse(sources: &Sources<'_>, at: &Shelf, context: &Context) -> Reply {
    let scope = sources.scope(context);
    match (at, &scope[..]) {
        (_, []) => Reply::private(Outcome::Nothing, context.language.no_matrix()),
        (Shelf::Services { page }, [only]) => sections(sources, *only, *page, context),
        (Shelf::Services { page }, _) => services(sources, &scope, *page, context),
        (Shelf::Service { service, page }, _) => match sources.services(service, &scope)[..] {
            [] => sources.unknown_service(service, Outcome::Refused, context),
            [index] => sections(sources, index, *page, context),
            ref several => services(sources, several, 0, context),
        },
        (Shelf::Section { service, section, page }, _) => match sources.service(service, &scope) {
            Some(index) => activities(sources, index, usize::from(*section), *page, context),
            None => sources.unknown_service(service, Outcome::Refused, context),
        },
    }
}

fn services(sources: &Sources<'_>, scope: &[u32], page: u16, context: &Context) -> Reply {
    let page = Page::of(scope, page, PAGE);
    let mut headline = Text::strong(context.language.services(scope.len()));
    if let Some(label) = page.label(context) {
        headline = headline.and(format!(" · {label}"));
    }
    let choices = page.items.iter().map(|&index| {
        let matrix = sources.matrix(index);
        Choice {
            label: matrix.service.name.clone(),
            detail: context.language.activities(matrix.activities.len()),
            command: shelf(Shelf::Service { service: matrix.service.id.clone(), page: 0 }),
        }
    });
    let buttons = page.buttons(context, |page| shelf(Shelf::Services { page }));
    list(headline, choices.collect(), buttons, context)
}

fn sections(sources: &Sources<'_>, index: u32, page: u16, context: &Context) -> Reply {
    let matrix = sources.matrix(index);
    let filled = filled_sections(matrix);
    let service = matrix.service.id.clone();
    if let [(section, _)] = filled[..] {
        return activities(sources, index, section, page, context);
    }
    let page = Page::of(&filled, page, PAGE);
    let headline =
        titled(&matrix.service.name, matrix.activities.len(), page.label(context), context);
    let choices = page.items.iter().map(|&(section, count)| Choice {
        label: section_label(matrix, section, context),
        detail: context.language.activities(count),
        command: shelf(Shelf::Section {
            service: service.clone(),
            section: u16::try_from(section).unwrap_or(u16::MAX),
            page: 0,
        }),
    });
    let mut buttons =
        page.buttons(context, |page| shelf(Shelf::Service { service: service.clone(), page }));
    if sources.scope(context).len() > 1 {
        buttons.push(up(Shelf::Services { page: 0 }, context));
    }
    let reply = list(headline, choices.collect(), buttons, context);
    Reply { source: matrix.source.url.clone(), ..reply }
}

fn activities(
    sources: &Sources<'_>,
    index: u32,
    section: usize,
    page: u16,
    context: &Context,
) -> Reply {
    let matrix = sources.matrix(index);
    let service = matrix.service.id.clone();
    let keys = rows(matrix, index, section);
    let page = Page::of(&keys, page, PAGE);
    let title = format!("{} › {}", matrix.service.name, section_label(matrix, section, context));
    let headline = titled(&title, keys.len(), page.label(context), context);
    let choices = page
        .items
        .iter()
        .map(|&key| Choice { detail: cells(sources, key), ..choice(sources, key) });
    let section = u16::try_from(section).unwrap_or(u16::MAX);
    let mut buttons = page
        .buttons(context, |page| shelf(Shelf::Section { service: service.clone(), section, page }));
    // A service of one section is shown as its activities: what is around it are the services.
    let around = if filled_sections(matrix).len() > 1 {
        Some(Shelf::Service { service: service.clone(), page: 0 })
    } else {
        (sources.scope(context).len() > 1).then_some(Shelf::Services { page: 0 })
    };
    buttons.extend(around.map(|at| up(at, context)));
    buttons.push(Button {
        label: context.language.picture().into(),
        command: Command::Picture { service, section },
        enabled: true,
    });
    let reply = list(headline, choices.collect(), buttons, context);
    Reply { source: matrix.source.url.clone(), ..reply }
}

/// The rows that stand directly in a section; past the last one, those in none.
pub(super) fn rows(matrix: &Matrix, index: u32, section: usize) -> Vec<ActivityKey> {
    (0..)
        .zip(&matrix.activities)
        .filter(|(_, activity)| activity.section.unwrap_or(matrix.sections.len()) == section)
        .map(|(activity, _)| ActivityKey { matrix: index, activity })
        .collect()
}

/// The sections that hold activities themselves, with how many; the index past the last section
/// stands for the activities that are in none.
fn filled_sections(matrix: &Matrix) -> Vec<(usize, usize)> {
    let mut counts = vec![0_usize; matrix.sections.len() + 1];
    for activity in &matrix.activities {
        counts[activity.section.unwrap_or(matrix.sections.len())] += 1;
    }
    counts.into_iter().enumerate().filter(|&(_, count)| count > 0).collect()
}

pub(super) fn section_label(matrix: &Matrix, section: usize, context: &Context) -> String {
    match matrix.sections.get(section) {
        Some(section) => section.label(),
        None => context.language.no_section().into(),
    }
}

/// `OVHcloud RA · Customer I`.
pub(super) fn cells(sources: &Sources<'_>, key: ActivityKey) -> String {
    let found = sources.catalog.at(key);
    let cells = found.matrix.parties.iter().zip(&found.activity.assignments);
    let cells = cells.filter(|(_, cell)| !cell.is_empty()).map(|(party, cell)| {
        format!("{} {}", sources.settings.name_of(party), cell.letters(found.matrix.scheme))
    });
    cells.collect::<Vec<_>>().join(" · ")
}

pub(super) fn titled(title: &str, count: usize, page: Option<String>, context: &Context) -> Text {
    let page = page.map(|page| format!(" · {page}")).unwrap_or_default();
    Text::strong(title).and(format!(" · {}{page}", context.language.activities(count)))
}

fn list(headline: Text, choices: Vec<Choice>, buttons: Vec<Button>, context: &Context) -> Reply {
    let mut reply = Reply::private(Outcome::Browse, headline);
    for choice in &choices {
        let text = Text::plain(&choice.label);
        let text =
            if choice.detail.is_empty() { text } else { text.and(" — ").and(&choice.detail) };
        reply = reply.line(LineKind::Item, text);
    }
    if !choices.is_empty() {
        reply.menus = vec![Menu { label: context.language.open().into(), choices }];
    }
    reply.buttons = buttons;
    reply
}

fn up(at: Shelf, context: &Context) -> Button {
    Button { label: context.language.up().into(), command: shelf(at), enabled: true }
}

fn shelf(at: Shelf) -> Command {
    Command::Browse { at }
}
