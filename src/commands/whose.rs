//! Whose duties: a party by any of its names, us and them, nobody, several.

use super::{Context, Sources};
use crate::domain::{Party, id::slug};

/// How alike two names must be, by Jaro-Winkler from 0 to 1, for one to be the other misspelt.
pub(super) const ALIKE: f64 = 0.88;

/// What people call the party that is us, and the others, in our languages.
const US: [&str; 6] = ["us", "we", "me", "ours", "nous", "moi"];
const THEM: [&str; 6] = ["them", "they", "theirs", "eux", "ils", "elles"];

/// What a matrix, or somebody who asks in another language, calls who buys a service, and who
/// provides it.
#[rustfmt::skip]
const BUYERS: &[&str] =
    &["customer", "customers", "client", "clients", "cliente", "clientes", "kunde", "kunden", "klient"];
#[rustfmt::skip]
const PROVIDERS: &[&str] = &[
    "provider", "service provider", "supplier", "vendor", "fournisseur", "prestataire", "hebergeur",
    "anbieter", "dienstleister", "lieferant", "proveedor", "fornitore", "dostawca",
];

/// Whose duties.
pub(super) enum Whose {
    /// The parties that go by one of these names in the matrices, and what to ask for them by.
    Parties(Vec<String>, String),
    /// What nobody answers for.
    Nobody,
    /// What more than one answer for.
    Several,
}

impl Whose {
    /// What to ask for them by: it means the same in any language.
    pub(super) fn name_to_ask_by(&self) -> &str {
        match self {
            Self::Parties(_, asked) => asked,
            Self::Nobody => "nobody",
            Self::Several => "several",
        }
    }
}

/// Whether a typed name means us or the others.
pub(super) fn is_us_or_them(typed: &str) -> bool {
    let folded = fold(typed);
    US.contains(&folded.as_str()) || THEM.contains(&folded.as_str())
}

/// Whom a typed name means: `us`, `them`, `nobody`, `several`, or a party by its name, an alias,
/// what we call it, its beginning, or something very like these.
pub(super) fn whose(sources: &Sources<'_>, typed: &str, scope: &[u32]) -> Option<Whose> {
    let folded = fold(typed);
    match folded.as_str() {
        "" => return None,
        "nobody" | "none" | "personne" => return Some(Whose::Nobody),
        "several" | "two" | "plusieurs" | "deux" => return Some(Whose::Several),
        _ => {}
    }
    let parties: Vec<&Party> =
        scope.iter().flat_map(|&index| &sources.matrix(index).parties).collect();
    let ours = |party: &&Party| sources.settings.party(party).is_some_and(|known| known.us);
    let named = |parties: Vec<&Party>, asked: &str| {
        let mut names: Vec<String> = Vec::new();
        for name in parties.into_iter().map(|party| sources.settings.name_of(party)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        (!names.is_empty()).then(|| Whose::Parties(names, asked.to_owned()))
    };
    if US.contains(&folded.as_str()) {
        return named(parties.into_iter().filter(ours).collect(), "us");
    }
    // Without us there is no them either.
    if THEM.contains(&folded.as_str()) && parties.iter().any(ours) {
        return named(parties.into_iter().filter(|party| !ours(party)).collect(), "them");
    }
    let named = closest(sources, &folded, &parties).or_else(|| of_kind(&folded, &parties));
    let name = sources.settings.name_of(named?);
    Some(Whose::Parties(vec![name.clone()], name))
}

fn closest<'a>(sources: &Sources<'_>, folded: &str, parties: &[&'a Party]) -> Option<&'a Party> {
    let named = |test: &dyn Fn(&str) -> bool| {
        let is_named = |party: &Party| names_of(sources, party).any(|name| test(&fold(&name)));
        parties.iter().copied().find(|party| is_named(party))
    };
    named(&|name| name == folded)
        .or_else(|| named(&|name| name.starts_with(folded)))
        .or_else(|| named(&|name| strsim::jaro_winkler(name, folded) >= ALIKE))
}

fn names_of<'a>(sources: &Sources<'_>, party: &'a Party) -> impl Iterator<Item = String> + 'a {
    let ours = sources.settings.name_of(party);
    std::iter::once(ours)
        .chain(std::iter::once(party.name.clone()))
        .chain(party.aliases.iter().cloned())
}

pub(super) fn called(sources: &Sources<'_>, party: &Party, name: &str) -> bool {
    sources.settings.name_of(party) == name
}

/// The party that a word for buyers or providers means: the only one that is called by such a word,
/// or, of a provider that goes by its own name, the only one that is not the buyer.
fn of_kind<'a>(folded: &str, parties: &[&'a Party]) -> Option<&'a Party> {
    let is = |party: &Party, words: &[&str]| {
        let mut names = std::iter::once(&party.name).chain(&party.aliases);
        names.any(|name| words.contains(&fold(name).as_str()))
    };
    let only = |test: &dyn Fn(&Party) -> bool| {
        let mut found = parties.iter().copied().filter(|party| test(party));
        let first = found.next()?;
        found.all(|party| party.name == first.name).then_some(first)
    };
    if BUYERS.contains(&folded) {
        return only(&|party| is(party, BUYERS));
    }
    if !PROVIDERS.contains(&folded) {
        return None;
    }
    let has_buyer = parties.iter().any(|party| is(party, BUYERS));
    only(&|party| is(party, PROVIDERS))
        .or_else(|| only(&|party| !is(party, BUYERS)).filter(|_| has_buyer))
}

/// The names that parties go by here, each once.
pub(super) fn party_names(sources: &Sources<'_>, scope: &[u32]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for party in scope.iter().flat_map(|&index| &sources.matrix(index).parties) {
        let name = sources.settings.name_of(party);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// What may be asked for beside the parties themselves: us and them where we are known, nobody and
/// several.
pub(super) fn groups(sources: &Sources<'_>, context: &Context) -> Vec<String> {
    let us_known = sources.settings.parties.iter().any(|party| party.us);
    let [us, them, nobody, several] = context.language.groups();
    let ours = [us, them].into_iter().filter(|_| us_known);
    ours.chain([nobody, several]).map(str::to_owned).collect()
}

pub(super) fn fold(text: &str) -> String {
    slug(text).replace('-', " ")
}
