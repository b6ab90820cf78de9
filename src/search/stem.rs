//! A word's stem: what its inflections have in common. A light rule of our own: it need not give a
//! word, only the same letters for forms that operators use for the same thing.

/// Endings, longest first; what remains must keep [`MIN_STEM`] letters and a vowel.
///
/// English verb and noun endings, and those of the French, German, Spanish and Italian words for
/// actions, which end alike (`-ation`, `-ación`, `-azione`, `-ung`).
const ENDINGS: &[&str] = &[
    "izations",
    "ization",
    "isations",
    "isation",
    "ibilities",
    "abilities",
    "azioni",
    "azione",
    "aciones",
    "ibility",
    "ability",
    "ations",
    "ation",
    "ements",
    "acion",
    "ement",
    "ments",
    "ators",
    "ating",
    "ances",
    "ences",
    "ities",
    "ungen",
    "ables",
    "ibles",
    "ment",
    "ator",
    "ated",
    "ates",
    "ance",
    "ence",
    "able",
    "ible",
    "izes",
    "ises",
    "ized",
    "ised",
    "izing",
    "ising",
    "ions",
    "ings",
    "ages",
    "ers",
    "ors",
    "ies",
    "ied",
    "ity",
    "ate",
    "ize",
    "ise",
    "ion",
    "ing",
    "ung",
    "age",
    "ous",
    "ees",
    "al",
    "ed",
    "er",
    "or",
    "es",
    "en",
    "ee",
    "s",
    "e",
    "y",
    "i",
    "a",
    "o",
];

/// The fewest letters that a stem keeps.
const MIN_STEM: usize = 4;
/// The fewest letters left by endings that are also ends of short words (`-er`, `-ing`, `-ed`).
const MIN_SHORT_STEM: usize = 3;

/// Forms that no ending explains.
const IRREGULAR: &[(&str, &str)] = &[
    ("bought", "buy"),
    ("built", "build"),
    ("chose", "choos"),
    ("chosen", "choos"),
    ("choice", "choos"),
    ("choices", "choos"),
    ("destruction", "destroy"),
    ("held", "hold"),
    ("kept", "keep"),
    ("maintenance", "maintain"),
    ("maintenances", "maintain"),
    ("ran", "run"),
    ("removal", "remov"),
    ("sent", "send"),
    ("subscription", "subscrib"),
    ("subscriptions", "subscrib"),
    ("written", "writ"),
    ("wrote", "writ"),
];

/// Writes the stem of a folded word into `stem`.
pub(super) fn stem_into(word: &str, stem: &mut String) {
    stem.clear();
    if let Ok(found) = IRREGULAR.binary_search_by_key(&word, |(form, _)| form) {
        stem.push_str(IRREGULAR[found].1);
        return;
    }
    stem.push_str(word);
    if !word.is_ascii() || word.len() <= MIN_SHORT_STEM || word.bytes().any(|b| b.is_ascii_digit())
    {
        return;
    }
    strip(stem);
    spell(stem);
}

fn strip(stem: &mut String) {
    // A double `s` is no plural: `access`, `process`.
    if stem.ends_with("ss") {
        return;
    }
    for ending in ENDINGS {
        let Some(rest) = stem.strip_suffix(ending) else { continue };
        let needed = if matches!(*ending, "s" | "es" | "ing" | "ed" | "ies") {
            MIN_SHORT_STEM
        } else {
            MIN_STEM
        };
        if rest.len() < needed
            || !rest.bytes().any(is_vowel)
            || *ending == "s" && rest.ends_with('u')
        {
            continue;
        }
        stem.truncate(rest.len());
        if matches!(*ending, "s" | "es") {
            // The singular may have an ending of its own: `updates`, `services`, `policies`.
            strip_last_vowel(stem);
        }
        break;
    }
    undouble(stem);
}

fn strip_last_vowel(stem: &mut String) {
    for ending in [
        "ation", "ement", "ment", "ator", "ance", "ence", "able", "ing", "ion", "age", "ate",
        "ity", "er", "or", "e", "y", "i", "a", "o",
    ] {
        if stem.strip_suffix(ending).is_some_and(|rest| rest.len() >= MIN_STEM) {
            stem.truncate(stem.len() - ending.len());
            return;
        }
    }
}

/// `transferr`, `setting`: a consonant doubled before an ending.
fn undouble(stem: &mut String) {
    let bytes = stem.as_bytes();
    if let [.., a, b] = bytes
        && a == b
        && bytes.len() > MIN_STEM
        && !is_vowel(*b)
        && !matches!(b, b's' | b'l')
    {
        stem.pop();
    }
}

/// British and American spelling: `licence`, `colour`, `virtualise`, `centre`.
fn spell(stem: &mut String) {
    for (british, american) in [("our", "or"), ("enc", "ens"), ("ys", "yz"), ("is", "iz")] {
        if stem.len() > MIN_STEM && stem.ends_with(british) {
            stem.truncate(stem.len() - british.len());
            stem.push_str(american);
            return;
        }
    }
    if stem.len() > MIN_STEM && stem.ends_with("tr") {
        stem.truncate(stem.len() - 1);
        stem.push_str("er");
    }
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stem(word: &str) -> String {
        let mut stem = String::new();
        stem_into(word, &mut stem);
        stem
    }

    #[test]
    fn forms_of_a_word_share_their_stem() {
        let cases: &[&[&str]] = &[
            &["backup", "backups"],
            &["configure", "configures", "configuring", "configuration", "configurations"],
            &["administrate", "administrates", "administration", "administrator", "administrators"],
            &["manage", "manages", "managing", "managed", "management", "manager"],
            &["maintain", "maintains", "maintaining", "maintenance"],
            &["destroy", "destroys", "destroyed", "destroying", "destruction"],
            &["migrate", "migration", "migrating", "migrations"],
            &["policy", "policies"],
            &["inventory", "inventories"],
            &["capacity", "capacities"],
            &["transfer", "transferring", "transfers", "transferred"],
            &["access", "accesses", "accessibility", "accessible"],
            &["update", "updates", "updated", "updating"],
            &["patch", "patches", "patching"],
            &["device", "devices"],
            &["location", "locations"],
            &["key", "keys"],
            &["choose", "choosing", "choice", "chosen"],
            &["license", "licence", "licences", "licensing"],
            &["virtualise", "virtualize", "virtualisation", "virtualization"],
            &["analyse", "analyze"],
            &["colour", "color"],
            &["centre", "center"],
            &["encrypt", "encryption", "encrypted"],
            &["recover", "recovery", "recovering"],
            &["deploy", "deployment", "deployments", "deploying"],
            &["sauvegarde", "sauvegardes"],
            &["sicherung", "sicherungen", "sichern"],
            &["clave", "claves"],
        ];
        for forms in cases {
            for form in *forms {
                assert_eq!(stem(form), stem(forms[0]), "{form} and {}", forms[0]);
            }
        }
    }

    #[test]
    fn different_words_keep_different_stems() {
        for (a, b) in [
            ("server", "service"),
            ("user", "use"),
            ("status", "state"),
            ("process", "proceed"),
            ("log", "login"),
            ("plan", "plane"),
            ("test", "tested2"),
            ("contract", "contact"),
        ] {
            assert_ne!(stem(a), stem(b), "{a} and {b}");
        }
    }

    #[test]
    fn irregular_forms_are_sorted_for_the_binary_search() {
        assert!(IRREGULAR.is_sorted_by_key(|(form, _)| *form));
    }
}
