//! A section as a picture: what a platform that can show one attaches.

use super::browse::{self, cells, section_label, titled};
use super::reply::{LineKind, Outcome, Picture, Reply};
use super::text::Text;
use super::{Context, Shelf, Sources};
use crate::domain::{ActivityKey, Catalog, Section};

/// The longest description, in characters.
const MAX_DESCRIPTION: usize = 1_000;

/// The picture of a section, in the same words for those who do not see it.
pub(super) fn picture(
    sources: &Sources<'_>,
    service: &str,
    section: u16,
    context: &Context,
) -> Reply {
    let scope = sources.scope(context);
    let Some(index) = sources.service(service, &scope) else {
        return sources.unknown_service(service, Outcome::Refused, context);
    };
    let matrix = sources.matrix(index);
    let keys: Vec<ActivityKey> = browse::rows(matrix, index, usize::from(section));
    if keys.is_empty() {
        // From an older version of the matrix.
        let at = Shelf::Service { service: matrix.service.id.clone(), page: 0 };
        return browse::browse(sources, &at, context);
    }
    let label = section_label(matrix, usize::from(section), context);
    let title = format!("{} › {label}", matrix.service.name);
    let row = |&key: &ActivityKey| match cells(sources, key) {
        cells if cells.is_empty() => format!("{}: –", sources.catalog.at(key).activity.name),
        cells => format!("{}: {cells}", sources.catalog.at(key).activity.name),
    };
    let rows: Vec<String> = keys.iter().map(row).collect();
    let mut reply = Reply::private(Outcome::Browse, titled(&title, keys.len(), None, context));
    let section_title = matrix.sections.get(usize::from(section)).map(Section::label);
    reply.picture = Some(Picture {
        service: matrix.service.id.clone(),
        language: matrix.language.clone(),
        section,
        title: section_title,
        description: super::text::cut(&rows.join("; "), MAX_DESCRIPTION),
    });
    rows.into_iter().fold(reply, |reply, row| reply.line(LineKind::Item, Text::plain(row)))
}

impl Picture {
    /// The index of the matrix that it shows, where the section is still what it was.
    pub(crate) fn matrix(&self, catalog: &Catalog) -> Option<usize> {
        let found = catalog.matrices().iter().position(|matrix| {
            matrix.service.id == self.service && matrix.language == self.language
        })?;
        let section = catalog.matrices()[found].sections.get(usize::from(self.section));
        (section.map(Section::label) == self.title).then_some(found)
    }
}
