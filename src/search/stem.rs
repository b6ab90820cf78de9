//! What the forms of a word have in common, in two steps: its *form* (plurals, tenses, spelling)
//! and its *stem* (nouns and verbs made of each other). A light rule of our own: neither need be a
//! word, only the same letters for words that belong together.

/// Endings of inflection; what remains must keep [`MIN_FORM`] letters and a vowel.
const INFLECTIONS: &[(&str, &str)] = &[
    ("ungen", "ung"),
    ("ings", ""),
    ("sses", "ss"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("xes", "x"),
    ("ies", "y"),
    ("ied", "y"),
    ("ing", ""),
    ("ed", ""),
    ("s", ""),
];

/// Endings of derivation, longest first; what remains must keep [`MIN_STEM`] letters and a vowel.
/// English ones and those of French, Spanish and Italian words for actions, which end alike.
const DERIVATIONS: &[&str] = &[
    "izational",
    "isational",
    "ization",
    "isation",
    "ionality",
    "ational",
    "ibility",
    "ability",
    "azioni",
    "azione",
    "acione",
    "ality",
    "ation",
    "ional",
    "acion",
    "ement",
    "ator",
    "ance",
    "ence",
    "able",
    "ible",
    "ment",
    "ate",
    "ity",
    "ize",
    "ise",
    "ion",
    "age",
    "ous",
    "at",
    "al",
    "iz",
    "er",
    "or",
    "ee",
];

/// The fewest letters that a stem keeps.
const MIN_STEM: usize = 4;
/// The fewest letters that an inflected word keeps (`logs`, `using`).
const MIN_FORM: usize = 3;

/// Forms that no ending explains.
const IRREGULAR: &[(&str, &str)] = &[
    ("bought", "buy"),
    ("built", "build"),
    ("choice", "choos"),
    ("choices", "choos"),
    ("chose", "choos"),
    ("chosen", "choos"),
    ("destruction", "destro"),
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

/// Writes what a folded word shares with its plurals, tenses and other spellings into `form`.
pub(super) fn form_into(word: &str, form: &mut String) {
    if begin(word, form) {
        finish(form);
    }
}

/// Writes what a folded word shares with all words of its family into `stem`.
pub(super) fn stem_into(word: &str, stem: &mut String) {
    if begin(word, stem) {
        derivation(stem);
        finish(stem);
    }
}

/// Takes the inflection off; false when the result is final.
fn begin(word: &str, form: &mut String) -> bool {
    form.clear();
    if let Ok(found) = IRREGULAR.binary_search_by_key(&word, |(form, _)| form) {
        form.push_str(IRREGULAR[found].1);
        return false;
    }
    form.push_str(word);
    if !word.is_ascii() || word.len() <= MIN_FORM || word.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    inflection(form);
    undouble(form);
    true
}

fn inflection(form: &mut String) {
    // A double `s` is no plural, nor is `us` or `is`: `access`, `status`, `analysis`.
    if ["ss", "us", "is"].iter().any(|end| form.ends_with(end)) {
        return;
    }
    for (ending, instead) in INFLECTIONS {
        let Some(rest) = form.strip_suffix(ending) else { continue };
        if rest.len() >= MIN_FORM && rest.bytes().any(is_vowel) {
            form.truncate(rest.len());
            form.push_str(instead);
            return;
        }
    }
}

fn derivation(stem: &mut String) {
    // `supply` and `family` are no manners of doing.
    if let Some(rest) = stem.strip_suffix("ly")
        && rest.len() >= MIN_STEM
        && !rest.ends_with(['p', 'i'])
    {
        stem.truncate(rest.len());
    }
    for ending in DERIVATIONS {
        let Some(rest) = stem.strip_suffix(ending) else { continue };
        if rest.len() < MIN_STEM || !rest.bytes().any(is_vowel) {
            continue;
        }
        // `centre` and `center`: nobody who cents.
        if *ending == "er" && rest.ends_with('t') && rest.len() == MIN_STEM {
            continue;
        }
        stem.truncate(rest.len());
        // What can be done is another matter than doing it: `accessible` is not `access`.
        if ending.ends_with("ble") || ending.ends_with("bility") {
            stem.push_str("bl");
        }
        return;
    }
}

/// `transferr` of `transferring` is `transfer`, which has an ending of its own.
fn undouble(form: &mut String) {
    let bytes = form.as_bytes();
    if let [.., a, b] = bytes
        && a == b
        && bytes.len() > MIN_FORM
        && !is_vowel(*b)
        && *b != b's'
    {
        form.pop();
    }
}

/// A final vowel, a doubled consonant, British for American.
fn finish(form: &mut String) {
    // `name` loses what `named` has lost; the other vowels tell short words apart (`data`, `date`).
    let shortest = if form.ends_with('e') { MIN_FORM } else { MIN_STEM };
    if form.len() > shortest && form.ends_with(['e', 'y', 'i', 'a', 'o']) {
        form.pop();
    }
    undouble(form);
    if form.len() <= MIN_STEM {
        return;
    }
    for (british, american) in
        [("our", "or"), ("enc", "ens"), ("ys", "yz"), ("is", "iz"), ("tr", "ter")]
    {
        if form.ends_with(british) {
            form.truncate(form.len() - british.len());
            form.push_str(american);
            return;
        }
    }
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(word: &str) -> String {
        let mut form = String::new();
        form_into(word, &mut form);
        form
    }

    fn stem(word: &str) -> String {
        let mut stem = String::new();
        stem_into(word, &mut stem);
        stem
    }

    #[test]
    fn plurals_tenses_and_spellings_share_their_form() {
        let cases: &[&[&str]] = &[
            &["backup", "backups"],
            &["role", "roles"],
            &["name", "names", "named"],
            &["configure", "configures", "configuring", "configured"],
            &["policy", "policies"],
            &["transfer", "transferring", "transfers", "transferred"],
            &["install", "installs", "installed", "installing"],
            &["control", "controlled"],
            &["plan", "plans", "planning"],
            &["access", "accesses"],
            &["process", "processes", "processing"],
            &["update", "updates", "updated", "updating"],
            &["patch", "patches", "patching"],
            &["cache", "caches"],
            &["service", "services"],
            &["function", "functions", "functioning"],
            &["choose", "chosen", "choosing"],
            &["license", "licence", "licences", "licensing"],
            &["virtualise", "virtualize"],
            &["analyse", "analyze"],
            &["colour", "color"],
            &["centre", "center"],
            &["sauvegarde", "sauvegardes"],
            &["sicherung", "sicherungen"],
            &["clave", "claves"],
            &["chiave", "chiavi"],
        ];
        for forms in cases {
            for word in *forms {
                assert_eq!(form(word), form(forms[0]), "{word} and {}", forms[0]);
                assert_eq!(stem(word), stem(forms[0]), "{word} and {}", forms[0]);
            }
        }
    }

    #[test]
    fn words_of_a_family_share_their_stem() {
        let cases: &[&[&str]] = &[
            &["configure", "configuration", "configurations"],
            &["administrate", "administration", "administrators"],
            &["manage", "management", "manager"],
            &["maintain", "maintenance"],
            &["destroy", "destruction"],
            &["migrate", "migration", "migrating"],
            &["capacity", "capacities"],
            &["store", "storage"],
            &["choose", "choice"],
            &["function", "functional", "functionality"],
            &["operate", "operation", "operational"],
            &["accessible", "accessibility"],
            &["virtualise", "virtualization"],
            &["encrypt", "encryption"],
            &["physical", "physically"],
            &["automatic", "automatically"],
            &["proper", "properly"],
            &["deploy", "deployment", "deployement"],
        ];
        for words in cases {
            for word in *words {
                assert_eq!(stem(word), stem(words[0]), "{word} and {}", words[0]);
            }
        }
    }

    #[test]
    fn different_words_keep_different_stems() {
        for (a, b) in [
            ("server", "service"),
            ("access", "accessible"),
            ("user", "use"),
            ("status", "state"),
            ("process", "proceed"),
            ("log", "login"),
            ("contract", "contact"),
            ("storung", "storage"),
            ("supply", "support"),
        ] {
            assert_ne!(stem(a), stem(b), "{a} and {b}");
        }
    }

    #[test]
    fn irregular_forms_are_sorted_for_the_binary_search() {
        assert!(IRREGULAR.is_sorted_by_key(|(form, _)| *form));
    }
}
