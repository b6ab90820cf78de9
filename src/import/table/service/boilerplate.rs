//! Words and file names that say nothing of a service, and what is left without them.

use super::{slug, words};

/// Words that stand around them in titles and say nothing of the service.
const WEAK: &[&str] = &[
    "shared",
    "share",
    "sharing",
    "model",
    "matrix",
    "chart",
    "table",
    "the",
    "a",
    "of",
    "for",
    "on",
    "in",
    "to",
    "use",
    "using",
    "and",
    "service",
    "services",
    "solution",
    "solutions",
    "product",
    "products",
    "offer",
    "offers",
    "partage",
    "partagee",
    "partagees",
    "de",
    "des",
    "du",
    "la",
    "le",
    "les",
    "l",
    "d",
    "sur",
    "pour",
    "utilisation",
    "produit",
    "produits",
    "modele",
    "matrice",
    "gemeinsame",
    "geteilte",
    "fur",
    "den",
    "die",
    "das",
    "der",
    "dienst",
    "modell",
    "matrix",
    "compartida",
    "compartidas",
    "para",
    "el",
    "los",
    "las",
    "servicio",
    "servicios",
    "modelo",
    "matriz",
    "condivisa",
    "condivise",
    "per",
    "il",
    "lo",
    "gli",
    "i",
    "servizio",
    "servizi",
    "modello",
    "podzial",
    "wspolna",
    "dla",
    "uslugi",
    "partilhada",
    "compartilhada",
    "o",
    "os",
    "servico",
    "servicos",
    "zur",
    "zu",
    "delle",
    "della",
    "von",
];

/// Words behind a service's name that are not part of it.
pub(super) const TAIL: &[&str] = &[
    "service",
    "services",
    "solution",
    "solutions",
    "product",
    "products",
    "offer",
    "offers",
    "produit",
    "produits",
];

/// File names that say nothing of what is in the file.
const GENERIC: &[&str] = &[
    "readme",
    "index",
    "guide",
    "raci",
    "matrix",
    "raci-matrix",
    "responsibilities",
    "shared-responsibilities",
    "responsibility-sharing",
    "responsibility-model",
    "sheet1",
    "page",
    "responsibility",
    "shared-responsibility",
    "table",
    "data",
    "stdin",
    "doc",
    "docs",
    "documents",
    "documentation",
    "pages",
    "content",
    "wiki",
    "src",
    "files",
    "templates",
    "management",
    "process",
    "governance",
    "tmp",
];

pub(super) fn is_generic(stem: &str) -> bool {
    let slug = slug(stem);
    let named = slug.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    GENERIC.contains(&named) || named.is_empty()
}

pub(super) fn is_strong(text: &str) -> bool {
    words::is_about_parts(text)
}

/// A phrase without the boilerplate around the service's name: leading words up to the last one
/// of the run that holds a strong one, trailing words alike.
pub(super) fn bare(phrase: &str) -> &str {
    let mut rest = phrase.trim();
    if is_strong(rest) {
        while let Some((word, tail)) = first_word(rest).filter(|(word, _)| is_boilerplate(word)) {
            rest = tail;
            if word.is_empty() {
                break;
            }
        }
        while let Some((front, _)) = last_word(rest).filter(|(_, word)| is_boilerplate(word)) {
            rest = front;
        }
    }
    while let Some((front, word)) = last_word(rest) {
        if front.is_empty() || !TAIL.contains(&words::fold(word).as_str()) {
            break;
        }
        rest = front;
    }
    rest.trim_matches(|c: char| c.is_whitespace() || ".:,;-–—\"".contains(c))
}

pub(super) fn is_boilerplate(word: &str) -> bool {
    let folded = words::fold(word);
    folded
        .split(' ')
        .all(|word| WEAK.contains(&word) || word.is_empty() || words::is_about_parts(word))
}

pub(super) fn first_word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let end = text
        .find([' ', '\'', '’'])
        .map_or(text.len(), |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    (!text.is_empty()).then(|| text.split_at(end))
}

fn last_word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end();
    let start = text.rfind(' ').map_or(0, |at| at + 1);
    (!text.is_empty()).then(|| text.split_at(start))
}
