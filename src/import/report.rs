//! Problems as people read them: the line, a caret below what is meant, and what would be right.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::domain::problem::Excerpt;
use crate::domain::{Problem, Severity};

/// Problems one below the other, each with its line and a caret; ends in a line feed unless empty.
///
/// Without colour everything is said all the same.
#[must_use]
pub fn render(problems: &[Problem], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    problems.iter().map(|problem| one(&renderer, problem)).collect::<Vec<_>>().join("\n")
}

fn one(renderer: &Renderer, problem: &Problem) -> String {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = annotate_snippets::normalize_untrusted_str(&problem.message);
    let group = Group::with_title(level.primary_title(title).id(problem.rule));
    let group = match problem.excerpt.as_ref() {
        Some(excerpt) => group.element(snippet(problem, excerpt)),
        None => group.element(origin(problem)),
    };
    let hint = problem.hint.as_deref().map(annotate_snippets::normalize_untrusted_str);
    let hint = hint.map(|hint| Level::HELP.with_name("hint").message(hint));
    let report = [hint.into_iter().fold(group, Group::element)];
    let mut text = renderer.render(&report);
    text.push('\n');
    text
}

/// Where a problem is of which there is no line to show.
fn origin(problem: &Problem) -> Origin<'static> {
    let origin = Origin::path(problem.place.file.display().to_string());
    match problem.place.line {
        0 => origin,
        line => origin.line(line as usize),
    }
}

/// The line that a problem is in.
fn snippet<'a>(problem: &Problem, excerpt: &'a Excerpt) -> Snippet<'a, Annotation<'a>> {
    let file = problem.place.file.display().to_string();
    // The renderer counts bytes, and panics between two of one character.
    let byte = |characters: u32| {
        excerpt
            .text
            .char_indices()
            .nth(characters as usize)
            .map_or(excerpt.text.len(), |(at, _)| at)
    };
    let meant = byte(excerpt.start)..byte(excerpt.start.saturating_add(excerpt.width));
    Snippet::source(excerpt.text.as_str())
        .line_start(problem.place.line.max(1) as usize)
        .path(file)
        .annotation(AnnotationKind::Primary.span(meant))
}
