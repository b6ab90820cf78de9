//! Which matrices, and which section, a command line means.

use crate::bot::Library;
use crate::commands::Language;
use crate::domain::{Matrix, Section};
use crate::exit::Exit;
use crate::export;
use crate::failure::Failure;

/// The most names that a hint lists.
const MAX_LISTED: usize = 12;

/// Which matrices, and which section of one.
#[derive(Debug, clap::Args)]
pub(super) struct Selection {
    /// The service; every one when left out
    service: Option<String>,
    /// Only this section, by its number or title, and what stands in it
    #[arg(long, value_name = "SECTION")]
    section: Option<String>,
}

impl Selection {
    /// The matrices meant: each service once, in this language where there is one.
    pub(super) fn of(&self, library: &Library, language: Language) -> Result<Vec<Matrix>, Failure> {
        let matrices = library.catalog.matrices();
        let scope = library.catalog.in_language(language.tag());
        let chosen = match &self.service {
            None => scope,
            Some(typed) => {
                let found = library.index.services(&library.catalog, typed, &scope);
                let names =
                    scope.iter().map(|&index| matrices[index as usize].service.name.clone());
                vec![*found.first().ok_or_else(|| {
                    Failure::new(Exit::Usage, format!("no service is called `{typed}`"))
                        .hint(listed(names))
                })?]
            }
        };
        let chosen: Vec<&Matrix> =
            chosen.into_iter().map(|index| &*matrices[index as usize]).collect();
        match (&self.section, chosen.as_slice()) {
            (None, _) => Ok(chosen.iter().copied().cloned().collect()),
            (Some(typed), [only]) => Ok(vec![section(only, typed)?]),
            (Some(_), _) => Err(of_several(&chosen, "`--section` is of one service")),
        }
    }
}

/// A failure because there are several services.
pub(super) fn of_several(matrices: &[&Matrix], message: &str) -> Failure {
    let names = matrices.iter().map(|matrix| matrix.service.name.clone());
    Failure::new(Exit::Usage, format!("{message}, and there are {}", matrices.len()))
        .hint(format!("name one: {}", listed(names)))
}

fn section(matrix: &Matrix, typed: &str) -> Result<Matrix, Failure> {
    match export::find_sections(matrix, typed).as_slice() {
        [only] => Ok(export::part(matrix, *only)),
        [] => {
            let message = format!("no section of {} is called `{typed}`", matrix.service.name);
            let labels = matrix.sections.iter().map(Section::label);
            Err(Failure::new(Exit::Usage, message).hint(listed(labels)))
        }
        several => {
            let message = format!("{} sections are called `{typed}`", several.len());
            let labels = several.iter().map(|&index| matrix.sections[index].label());
            Err(Failure::new(Exit::Usage, message).hint(format!("name one: {}", listed(labels))))
        }
    }
}

fn listed(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    let shown = names[..names.len().min(MAX_LISTED)].join(", ");
    match names.len().saturating_sub(MAX_LISTED) {
        0 if names.is_empty() => "there is none".to_owned(),
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
