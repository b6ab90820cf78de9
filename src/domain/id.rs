//! Stable short names for activities, which go out into chat and come back later.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// The longest service id, in bytes.
pub const MAX_SERVICE_ID: usize = 24;
/// The longest activity id, in bytes: leaves room for an action around it in Discord's 100.
pub const MAX_ACTIVITY_ID: usize = 72;

const MAX_NUMBER: usize = 12;
const MAX_SLUG: usize = 24;
/// How many digits of the hash stand in an id: 40 bits, so that even among a million activities
/// of one name and section number two hardly ever share an id.
pub const TAG: usize = 8;
/// Digits without those that are read for another: `i`, `l`, `o`, `u`.
const BASE_32: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// An activity's id: `kms-3.1.1-manage-backups-1f3c9a7k`.
///
/// It is made of the service's short id, the section's number, a cut slug of the name and a hash
/// over all that tells the activity apart, so that it survives reordering and reloading, and
/// changes when the activity does. ASCII, at most [`MAX_ACTIVITY_ID`] bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActivityId(String);

impl ActivityId {
    /// The id of the activity `name` under the section path `path` (numbers and titles, outermost
    /// first) of a service; `language` keeps the variants of one service apart.
    #[must_use]
    pub fn new(
        service: &str,
        language: Option<&str>,
        path: &[(Option<&str>, &str)],
        name: &str,
    ) -> Self {
        let mut hash = Fnv::new();
        hash.add(service);
        hash.add(language.unwrap_or_default());
        for (number, title) in path {
            hash.add(number.unwrap_or_default());
            hash.add(title);
        }
        hash.add(name);
        let number = path.iter().rev().find_map(|(number, _)| *number);
        let parts = [
            cut(&slug(service), MAX_SERVICE_ID).to_owned(),
            number
                .map(|number| cut(&number_slug(number), MAX_NUMBER).to_owned())
                .unwrap_or_default(),
            cut(&slug(name), MAX_SLUG).to_owned(),
            hash.in_base_32(),
        ];
        Self(
            parts
                .iter()
                .filter(|part| !part.is_empty())
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join("-"),
        )
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its last [`TAG`] characters, which tell it from all others: for where many must fit.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.0[self.0.len() - TAG..]
    }
}

impl fmt::Display for ActivityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text as lower-case ASCII words joined by hyphens; accents are dropped, anything else that is
/// not a letter or a digit separates. Empty when nothing is left.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    // Most names are ASCII, which decomposition leaves as it is.
    if text.is_ascii() {
        push_slug(text.chars().map(|c| c.to_ascii_lowercase()), &mut slug);
    } else {
        push_slug(text.nfkd().flat_map(char::to_lowercase), &mut slug);
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

fn push_slug(text: impl Iterator<Item = char>, slug: &mut String) {
    for c in text {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !unicode_normalization::char::is_combining_mark(c)
            && !slug.is_empty()
            && !slug.ends_with('-')
        {
            slug.push('-');
        }
    }
}

fn number_slug(number: &str) -> String {
    number
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '.')
        .collect::<String>()
        .trim_matches('.')
        .to_ascii_lowercase()
}

/// Cuts ASCII text to at most `max` bytes, at a hyphen where one is near.
fn cut(text: &str, max: usize) -> &str {
    if text.len() <= max {
        return text;
    }
    let head = &text[..max];
    let whole_words = if text.as_bytes()[max] == b'-' { Some(max) } else { head.rfind('-') };
    match whole_words {
        Some(end) if end >= max / 2 => &head[..end],
        _ => head.trim_end_matches(['-', '.']),
    }
}

/// FNV-1a, 64 bits: fixed for ever, unlike the standard library's hasher.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, text: &str) {
        // The separator keeps ("ab", "c") and ("a", "bc") apart.
        for byte in text.bytes().chain([0]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        self.0 ^= self.0 >> 29;
    }

    fn in_base_32(&self) -> String {
        let digit = |place: usize| BASE_32[(self.0 >> (5 * place)) as usize & 31];
        (0..TAG).rev().map(|place| char::from(digit(place))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_like_its_activity() {
        let path = [(Some("3"), "Service usage"), (Some("3.1.1"), "Daily operations")];
        let id = ActivityId::new("kms", None, &path, "Manage backups");
        let (readable, hash) = id.as_str().rsplit_once('-').expect("a hash at the end");
        assert_eq!(readable, "kms-3.1.1-manage-backups");
        assert_eq!(hash.len(), TAG);
        assert_eq!(id, ActivityId::new("kms", None, &path, "Manage backups"));
    }

    #[test]
    fn the_same_name_in_another_section_service_or_language_is_another_activity() {
        let id = |service, language, title| {
            ActivityId::new(service, language, &[(Some("1"), title)], "Manage backups")
        };
        let ids = [
            id("kms", None, "A"),
            id("kms", None, "B"),
            id("vps", None, "A"),
            id("kms", Some("fr"), "A"),
        ];
        for (i, a) in ids.iter().enumerate() {
            for b in &ids[i + 1..] {
                assert_ne!(a, b);
            }
        }
    }

    #[test]
    fn an_id_is_short_ascii_whatever_the_name() {
        for name in
            ["é".repeat(300), "日本語".into(), "a b ".repeat(90), "🙂".into(), "-".repeat(99)]
        {
            let id =
                ActivityId::new(&name, Some("en"), &[(Some("1.2.3.4.5.6.7.8.9"), &name)], &name);
            assert!(id.as_str().is_ascii() && id.as_str().len() <= MAX_ACTIVITY_ID, "{id}");
        }
    }

    #[test]
    fn a_slug_drops_accents_and_joins_words() {
        assert_eq!(slug("  Gérer l'accès — réseau! "), "gerer-l-acces-reseau");
        assert_eq!(slug("???"), "");
    }
}
