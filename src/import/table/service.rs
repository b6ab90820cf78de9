//! What a document is about: the service's name, id and aliases, from title, file name and
//! excerpt, by what such documents have in common and not by a list of services.

mod boilerplate;

use std::collections::BTreeSet;

use crate::domain::Service;
use crate::domain::id::{MAX_SERVICE_ID, slug};

use super::{Block, Document, Own, cut, flat, words};
use boilerplate::{TAIL, bare, first_word, is_boilerplate, is_generic, is_strong};

/// What stands between the responsibilities and the service in a sentence, longest first.
const CONNECTORS: &[&str] = &[
    " for the use of the ",
    " for the use of ",
    " for using the ",
    " for using ",
    " for the ",
    " for ",
    " on the ",
    " on ",
    "pour l'utilisation des ",
    "pour l'utilisation du ",
    "pour l'utilisation de la ",
    "pour l'utilisation de ",
    " pour les ",
    " pour le ",
    " sur le ",
];

/// What stands between a service's formal name and what people call it.
const CALLED: &[&str] =
    &[" called ", " known as ", " appelé ", " appelée ", " connu sous le nom de "];

/// The most words of a service's name taken from a sentence.
const MAX_WORDS: usize = 7;
const MAX_SERVICE_NAME: usize = 120;
/// How much of an id too long is kept before the hash that tells it apart.
const KEPT_OF_LONG_ID: usize = MAX_SERVICE_ID - 5;

/// The service of a document and the language of its text.
pub(super) fn of(document: &Document) -> (Service, Option<String>) {
    if let Some(Own { id, name, .. }) = &document.own {
        let service = Service {
            id: id.clone(),
            name: name.clone(),
            aliases: Vec::new(),
            confidential: document.confidential,
        };
        return (service, document.language.clone());
    }
    let (stem, locale) = split_locale(&document.stem);
    let title = document.source.title.as_deref().map(without_boilerplate).unwrap_or_default();
    let (plain, initialism) = split_initialism(&title);
    let (plain, initialism) =
        if is_of_letters(&plain) { (String::new(), None) } else { (plain, initialism) };
    let spoken: Vec<String> = document
        .source
        .excerpt
        .iter()
        .map(String::as_str)
        .chain(intro(document))
        .filter_map(subject)
        .collect();
    let folder = document.folder.as_deref().filter(|folder| !is_generic(folder));
    let telling = [Some(stem), folder].into_iter().flatten().find(|name| !is_generic(name));
    let stem_words = telling.map(stem_to_words).filter(|words| !words.is_empty());
    let by_initialism = initialism.as_ref().and_then(|initialism| {
        let has = |name: &&String| name.split(' ').any(|word| word == initialism);
        spoken.iter().find(has).cloned()
    });
    let mut told = document.source.excerpt.iter().map(String::as_str).chain(intro(document));
    let name = told
        .find_map(nickname)
        .or(by_initialism)
        .or_else(|| Some(plain.clone()).filter(|name| !name.is_empty()))
        .or_else(|| spoken.first().cloned())
        .or_else(|| stem_words.clone())
        .or_else(|| document.source.title.clone().filter(|title| !title.is_empty()))
        .unwrap_or_else(|| stem.to_owned());
    let (name, stem) = match &document.sheet {
        Some(sheet) if words::fold(&name) == words::fold(sheet) => (name, stem.to_owned()),
        Some(sheet) => (format!("{name} – {}", flat(sheet)), format!("{stem} {sheet}")),
        None => (name, stem.to_owned()),
    };
    let name = cut(&name, MAX_SERVICE_NAME);
    let id = id(&stem, document.folder.as_deref(), &name);
    let mut seen = BTreeSet::from([words::fold(&name), String::new()]);
    // What the whole workbook is called is no name of one sheet of several.
    let is_one_of_several = document.sheet.is_some();
    let candidates = [plain].into_iter().chain(initialism).chain(spoken).chain(stem_words);
    let aliases = candidates
        .filter(|_| !is_one_of_several)
        .map(|alias| cut(&alias, MAX_SERVICE_NAME))
        .filter(|alias| seen.insert(words::fold(alias)))
        .collect();
    (
        Service { id, name, aliases, confidential: document.confidential },
        locale.or_else(|| document.language.clone()),
    )
}

/// Whether a name is no more than what the letters stand for.
fn is_of_letters(name: &str) -> bool {
    let words = words::fold(name);
    let mut words = words.split(' ').filter(|word| !is_boilerplate(word)).peekable();
    words.peek().is_some() && words.all(|word| words::participation(word).is_some())
}

/// The file name without a locale at its end, and the locale's language: `kms.en-gb` is `kms` in
/// `en`.
fn split_locale(stem: &str) -> (&str, Option<String>) {
    let Some((front, locale)) = stem.rsplit_once(['.', '_']) else { return (stem, None) };
    let (language, region) = locale.split_once('-').unwrap_or((locale, ""));
    let letters = |text: &str, lengths: &[usize]| {
        lengths.contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphabetic())
    };
    let is_locale = letters(language, &[2])
        && (region.is_empty() || letters(region, &[2, 4]))
        && (stem.as_bytes().get(front.len()) == Some(&b'.') || !region.is_empty());
    if is_locale && !front.is_empty() {
        (front, Some(language.to_ascii_lowercase()))
    } else {
        (stem, None)
    }
}

/// `public-cloud-instances-2023-02` as `public cloud instances`.
fn stem_to_words(stem: &str) -> String {
    let slug = slug(stem);
    let words: Vec<&str> = slug.split('-').collect();
    let is_extra =
        |word: &&str| word.chars().all(|c| c.is_ascii_digit()) || words::is_about_parts(word);
    let end = words.iter().rposition(|word| !is_extra(word)).map_or(0, |at| at + 1);
    words[..end].join(" ")
}

/// The service's id: the file's name, the folder's where the file's says nothing, else the
/// service's. One too long is cut and ends in a hash of it all, so that two never meet.
fn id(stem: &str, folder: Option<&str>, name: &str) -> String {
    let folder = folder.filter(|folder| !is_generic(folder));
    let source = if is_generic(stem) { folder.unwrap_or(name) } else { stem };
    let full = slug(source);
    let full = if full.is_empty() { slug(name) } else { full };
    if full.is_empty() {
        return "matrix".to_owned();
    }
    if full.len() <= MAX_SERVICE_ID {
        return full;
    }
    let hash = full
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!(
        "{}-{:04x}",
        full[..KEPT_OF_LONG_ID].trim_end_matches('-'),
        (hash >> 16) ^ (hash & 0xffff)
    )
}

/// A title without the words that say that it is about responsibilities.
fn without_boilerplate(title: &str) -> String {
    let title = without_language(title);
    // What stands in brackets behind nothing but boilerplate is a remark.
    let title = match title.split_once('(') {
        Some((front, _)) if is_strong(front) && bare(front).is_empty() => front,
        _ => title,
    };
    let segments: Vec<&str> =
        [" - ", " – ", " — ", " | ", ": "].iter().fold(vec![title], |segments, separator| {
            segments.into_iter().flat_map(|segment| segment.split(separator)).collect()
        });
    let names: Vec<&str> = segments.iter().copied().filter(|segment| !is_strong(segment)).collect();
    let best = if names.is_empty() || names.len() == segments.len() {
        segments.into_iter().map(bare).find(|name| !name.is_empty()).unwrap_or_default()
    } else {
        bare(names[0])
    };
    best.to_owned()
}

/// A title without a language in brackets at its end.
fn without_language(title: &str) -> &str {
    let title = title.trim();
    match title.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        Some((front, tag)) if tag.len() == 2 && tag == tag.to_uppercase() && !front.is_empty() => {
            front.trim_end()
        }
        _ => title,
    }
}

/// `Key Management Service (KMS)` as the name and its initialism.
fn split_initialism(name: &str) -> (String, Option<String>) {
    let Some((front, rest)) = name.split_once('(') else { return (name.to_owned(), None) };
    let Some((inside, tail)) = rest.split_once(')') else { return (name.to_owned(), None) };
    let is_short = inside.len() <= 12 && !inside.contains(' ') && inside == inside.to_uppercase();
    if is_short && !inside.is_empty() {
        (flat(&format!("{front} {tail}")), Some(inside.to_owned()))
    } else {
        (name.to_owned(), None)
    }
}

/// The service that a sentence such as "Shared responsibilities between A and B for X" is about.
fn subject(sentence: &str) -> Option<String> {
    let sentence = flat(sentence).replace('’', "'");
    if !is_strong(&sentence) {
        return None;
    }
    let (at, connector) = CONNECTORS
        .iter()
        .filter_map(|connector| Some((sentence.find(connector)?, *connector)))
        .min_by_key(|(at, connector)| (*at, std::cmp::Reverse(connector.len())))?;
    let rest = &sentence[at + connector.len()..];
    let rest = rest.split_once(". ").map_or(rest, |(first, _)| first);
    let mut name = bare(rest.trim_end_matches('.'));
    while let Some((word, tail)) = first_word(name) {
        if !TAIL.contains(&words::fold(word).as_str())
            && !["the", "le", "les"].contains(&word.trim())
        {
            break;
        }
        name = tail.trim_start();
    }
    let count = name.split_whitespace().count();
    (count > 0 && count <= MAX_WORDS && !name.ends_with(':')).then(|| name.to_owned())
}

/// What people call the service, where a sentence says so: "… for the product Managed Widget which
/// is called Bolt service on Acme".
fn nickname(sentence: &str) -> Option<String> {
    let sentence = flat(sentence);
    if !is_strong(&sentence) {
        return None;
    }
    let (_, rest) = CALLED.iter().find_map(|called| sentence.split_once(called))?;
    let rest = rest.split(['.', ',', ';', ':', '(', ')']).next().unwrap_or_default();
    let words = rest.split(' ').take_while(|word| !TAIL.contains(&words::fold(word).as_str()));
    let words: Vec<&str> = words.take(MAX_WORDS + 1).collect();
    let name = words.join(" ");
    let name = name.trim_matches(|c: char| c.is_whitespace() || "\"“”«»'’".contains(c));
    (words.len() <= MAX_WORDS && name.starts_with(char::is_uppercase)).then(|| name.to_owned())
}

/// The paragraph that says what the matrix is about, where there is one before the first table.
fn intro(document: &Document) -> impl Iterator<Item = &str> {
    let before_tables = document.blocks.iter().take_while(|block| !matches!(block, Block::Grid(_)));
    let texts = before_tables.filter_map(|block| match block {
        Block::Text { text, .. } => Some(text.as_str()),
        _ => None,
    });
    texts.filter(|text| is_strong(text)).take(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Source;

    fn service(stem: &str, title: &str, excerpt: &str) -> Service {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let source = Source { title: some(title), excerpt: some(excerpt), ..Source::default() };
        of(&Document { stem: stem.to_owned(), source, ..Document::default() }).0
    }

    #[test]
    fn titles_are_stripped_to_what_people_call_the_service() {
        for (title, name) in [
            ("Widget Store - Shared responsibilities", "Widget Store"),
            ("Responsibility sharing - Widget name service", "Widget name"),
            ("Responsibility sharing for the Widget service", "Widget"),
            ("Responsability sharing - Widgets on Acme", "Widgets on Acme"),
            ("Shared responsibility for Widgets (EN)", "Widgets"),
            ("Sharing responsibility for Widget on Acme solutions", "Widget on Acme"),
            ("Widgets - Shared Responsibility for the repair of things", "Widgets"),
            ("Responsibility model for the product Managed Widget", "Managed Widget"),
            ("RACI for Widgets", "Widgets"),
            ("RACI Gadgets Dédiés", "Gadgets Dédiés"),
            ("Widget RACI matrix", "Widget"),
            ("Partage de responsabilité sur le service Acme managed Widget", "Acme managed Widget"),
            ("Gemeinsame Verantwortung - Widget on Acme", "Widget on Acme"),
            ("Widget – Partage des responsabilités", "Widget"),
            ("The use of Widgets", "The use of Widgets"),
        ] {
            assert_eq!(service("x", title, "").name, name, "{title}");
        }
    }

    #[test]
    fn an_initialism_is_what_people_say() {
        let of = service(
            "wms",
            "Widget Mending Service (WMS) - Shared responsibilities",
            "Shared responsibilities between Acme and the customer for Acme WMS",
        );
        assert_eq!((of.id.as_str(), of.name.as_str()), ("wms", "Acme WMS"));
        assert_eq!(of.aliases, ["Widget Mending Service", "WMS"]);
    }

    #[test]
    fn what_people_call_it_wins_over_the_formal_name() {
        for (said, name) in [
            ("called Bolt offer on Acme.", "Bolt"),
            ("known as “Bolt Pro”, by Acme.", "Bolt Pro"),
            ("called for by the customer.", "Managed Widget Repair"),
            ("called ", "Managed Widget Repair"),
        ] {
            let excerpt = format!("Shared responsibilities for Managed Widget Repair, {said}");
            let of = service(
                "x",
                "Responsibility model for the product Managed Widget Repair",
                &excerpt,
            );
            assert_eq!(of.name, name, "{said}");
        }
    }

    #[test]
    fn file_name_and_excerpt_become_aliases() {
        let of = service(
            "public-widgets.en-gb",
            "Responsibility sharing for the Hosted Widget powered by Bolt service",
            "Shared responsibility between Acme and the customer for the use of the Bolt on Acme product",
        );
        assert_eq!(
            (of.id.as_str(), of.name.as_str()),
            ("public-widgets", "Hosted Widget powered by Bolt")
        );
        assert_eq!(of.aliases, ["Bolt on Acme", "public widgets"]);
    }

    #[test]
    fn ids_are_short_and_long_ones_do_not_meet() {
        let id = |stem: &str| service(stem, "X", "").id;
        let (a, b) = (id("widgets-on-acme-cloud-2023-02"), id("widgets-on-acme-cloud-2024-01"));
        assert!(a != b && a.len() <= MAX_SERVICE_ID && a.starts_with("widgets-on-acme"), "{a} {b}");
        assert_eq!(id("widgets.fr-fr"), id("widgets.en-gb"));
        assert_eq!(service("README", "RACI for Widgets", "").id, "widgets");
        assert_eq!(id("???"), "x");
    }
}
