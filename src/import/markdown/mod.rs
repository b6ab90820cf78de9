//! Matrices in Markdown pages, as people publish them.
//!
//! `front_matter` is what a page says of itself, `blocks` its headings, texts and tables; what
//! they mean is for [`super::table`].

mod blocks;
mod front_matter;
mod inline;
#[cfg(test)]
mod tests;

use std::path::Path;

use time::Date;

use super::matrix_reader::is_service_id;
use super::outcome::Report;
use super::table::{self, Block, Document, Imported, Options, Own, cut, flat, input};
use super::{Loaded, date, matrix_file};
use crate::domain::{Scheme, Source};
use front_matter::FrontMatter;

/// The blocks at the start of a page among which it says when it was last changed.
const DATE_WITHIN: usize = 12;
/// The longest title, excerpt or address that is kept, in characters.
const MAX_LINE: usize = matrix_file::MAX_LINE as usize;
/// The longest address that is kept, in characters: a matrix file holds no longer one.
const MAX_URL: usize = 500;

/// Reads the matrix of a Markdown page. The path names the service where the page does not; it is
/// not opened.
#[must_use]
pub fn read(path: &Path, bytes: &[u8], options: Options<'_>) -> Imported {
    match input::decode(bytes) {
        Ok(text) => page(path, &text, options),
        Err(reason) => Imported::nothing(reason),
    }
}

/// Reads a Markdown page of a data directory: what was not taken becomes problems.
#[must_use]
pub fn load(path: &Path, bytes: &[u8]) -> Loaded {
    read(path, bytes, Options::default()).into_loaded(path)
}

fn page(path: &Path, text: &input::Text, options: Options<'_>) -> Imported {
    let (front, body, first_line) = front_matter::split(&text.text);
    let mut report = Report::default();
    report.encoding(text.guess);
    let mut blocks = blocks::read(body, first_line, &mut report);
    let own = own(&front, &mut blocks);
    let source = source(&front, &blocks, &mut report);
    let language = front.value(&["lang", "language", "locale"]).and_then(language);
    let confidential = front.value(&["confidential"]).is_some_and(is_meant);
    let document =
        Document { source, confidential, language, own, blocks, ..input::document(path) };
    table::assemble(&document, options, report)
}

/// Whether a key that hides something is on: whatever it says, unless that is no.
fn is_meant(value: &str) -> bool {
    !["false", "no", "off", "0"].iter().any(|no| value.eq_ignore_ascii_case(no))
}

/// What a page that we exported declares; its first heading, which is the service's name, is then no
/// section.
fn own(front: &FrontMatter, blocks: &mut Vec<Block>) -> Option<Own> {
    let id = front.value(&["service"]).filter(|id| is_service_id(id))?.to_owned();
    let scheme = front.value(&["scheme"]).and_then(Scheme::from_id)?;
    match blocks.first() {
        Some(Block::Heading { level: 1, text, .. }) => {
            let name = cut(text, matrix_file::MAX_SHORT as usize);
            blocks.remove(0);
            Some(Own { id, name, scheme })
        }
        _ => None,
    }
}

fn source(front: &FrontMatter, blocks: &[Block], report: &mut Report) -> Source {
    let said = |text: &String| !text.is_empty();
    let line =
        |keys: &[&str]| front.value(keys).map(|text| cut(&flat(text), MAX_LINE)).filter(said);
    let first_heading = blocks.iter().find_map(|block| match block {
        Block::Heading { level: 1, text, .. } => Some(cut(text, MAX_LINE)).filter(said),
        _ => None,
    });
    let url = line(&["url", "canonical", "canonical_url", "source"]);
    Source {
        title: line(&["title"]).or(first_heading),
        excerpt: line(&["excerpt", "description", "summary", "subtitle"]),
        url: url.filter(|url| {
            let rest = ["https://", "http://"].iter().find_map(|scheme| url.strip_prefix(scheme));
            let is_web = rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(' '));
            is_web && url.chars().count() <= MAX_URL
        }),
        date: last_change(front, blocks, report),
        licence: line(&["licence", "license"])
            .map(|text| cut(&text, matrix_file::MAX_SHORT as usize)),
    }
}

/// The day of the last change by the page's own word; the later one where it says two.
fn last_change(front: &FrontMatter, blocks: &[Block], report: &mut Report) -> Option<Date> {
    const KEYS: &[&[&str]] = &[
        &["updated", "last_updated", "last-updated", "lastupdated", "last_update"],
        &["lastmod", "modified", "last_modified", "last_modified_at", "last-modified"],
        &["date", "published", "publishdate", "created"],
    ];
    let in_front = KEYS.iter().find_map(|keys| front.value(keys).and_then(date::find));
    let in_body = blocks.iter().take(DATE_WITHIN).find_map(|block| match block {
        Block::Text { line, text, .. } => Some((*line, date::of_update(text)?)),
        _ => None,
    });
    if let (Some(front), Some((line, body))) = (in_front, in_body)
        && front != body
    {
        let later = front.max(body);
        report.noted(line, format!("last changed on {body} here, on {front} above: {later}"));
    }
    in_front.max(in_body.map(|(_, date)| date))
}

/// A BCP 47 tag from what front matters call a language: `en_GB` is `en`.
fn language(text: &str) -> Option<String> {
    let primary = text.split(['-', '_']).next()?.trim();
    let is_tag =
        (2..=3).contains(&primary.len()) && primary.chars().all(|c| c.is_ascii_alphabetic());
    is_tag.then(|| primary.to_ascii_lowercase())
}
