//! A word's stem: what its inflections have in common. A light rule of our own: it need not give a
//! word, only the same letters for forms that operators use for the same thing.

/// Endings of inflection, tried first; what remains must keep [`MIN_SHORT_STEM`] letters and a
/// vowel.
const INFLECTIONS: &[&str] = &["ings", "ies", "ied", "ing", "ed", "es", "s"];

/// Endings of derivation, longest first; what remains must keep [`MIN_STEM`] letters and a vowel.
/// English ones and those of French, German, Spanish and Italian words for actions, which end
/// alike (`-ation`, `-ación`, `-azione`, `-ung`).
const DERIVATIONS: &[&str] = &[
    "izational", "isational", "ization", "isation", "ational", "ibility", "ability", "azioni",
    "azione", "acione", "ality", "ation", "ional", "acion", "ement", "ator", "ance", "ence",
    "able", "ible", "ment", "ibl", "abl", "ate", "ity", "ize", "ise", "ion", "ung", "age", "ous",
    "at", "al", "iz", "er", "or", "en", "ee", "e", "y", "i", "a", "o",
];

/// The fewest letters that a stem keeps.
const MIN_STEM: usize = 4;
/// The fewest letters that an inflected word keeps (`logs`, `using`).
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
    if !word.is_ascii() || word.len() <= MIN_SHORT_STEM || word.bytes().any(|b| b.is_ascii_digit()) {
        return;
    }
    inflection(stem);
    derivation(stem);
    spell(stem);
}

fn inflection(stem: &mut String) {
    // A double `s` is no plural, nor is `us` or `is`: `access`, `status`, `analysis`.
    if ["ss", "us", "is"].iter().any(|end| stem.ends_with(end)) {
        return;
    }
    for ending in INFLECTIONS {
        let Some(rest) = stem.strip_suffix(ending) else { continue };
        if rest.len() >= MIN_SHORT_STEM && rest.bytes().any(is_vowel) {
            stem.truncate(rest.len());
            undouble(stem);
            return;
        }
    }
}

fn derivation(stem: &mut String) {
    for ending in DERIVATIONS {
        let Some(rest) = stem.strip_suffix(ending) else { continue };
        if rest.len() >= MIN_STEM && rest.bytes().any(is_vowel) {
            stem.truncate(rest.len());
            // `-able` and `-ability` make words of their own: `accessible` is not `access`.
            if ending.ends_with("ble") || ending.ends_with("bility") || ending.ends_with("bl") {
                stem.push_str("bl");
            }
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
            &["access", "accesses"],
            &["accessible", "accessibility"],
            &["function", "functions", "functional", "functioning"],
            &["operate", "operation", "operations", "operational", "operating"],
            &["monitor", "monitors", "monitoring", "monitored"],
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
            ("access", "accessibility"),
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
