//! The section `checks` of the configuration: how bad it is to break each rule for matrices.

use std::borrow::Cow;
use std::fmt;
use std::ops::RangeInclusive;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::Checks;
use crate::domain::Severity;
use crate::domain::checks::{Limits, RULES};

/// The most days that make a source stale: some centuries.
const MAX_DAYS: u32 = 100_000;
/// The most parties that a limit is about: more than a matrix has.
const MAX_PARTIES: u32 = 1_000;

/// A key beside the rules' names, what it can be, and what it sets.
type Limit = (&'static str, RangeInclusive<u32>, fn(&mut Limits) -> &mut u32);

/// The keys beside the rules' names.
const LIMITS: &[Limit] = &[
    ("max_age", 0..=MAX_DAYS, |limits| &mut limits.max_age),
    ("max_responsible", 1..=MAX_PARTIES, |limits| &mut limits.max_responsible),
    ("max_consulted", 1..=MAX_PARTIES, |limits| &mut limits.max_consulted),
    ("max_informed", 1..=MAX_PARTIES, |limits| &mut limits.max_informed),
];
/// A rule that is not checked.
const OFF: &str = "off";

/// What a file says of rules: those that it names.
#[derive(Debug, Default)]
pub(super) struct ChecksFile {
    rules: Vec<(String, Option<Severity>)>,
    limits: Limits,
}

impl ChecksFile {
    /// What it says over the defaults.
    pub(super) fn checks(self) -> Checks {
        let mut checks = Checks::default();
        checks.severities.extend(self.rules);
        Checks { limits: self.limits, ..checks }
    }
}

impl<'de> Deserialize<'de> for ChecksFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = ChecksFile;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map of rules")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ChecksFile, A::Error> {
                let mut file = ChecksFile::default();
                while let Some(key) = map.next_key::<String>()? {
                    if let Some((.., limit)) = LIMITS.iter().find(|(known, ..)| *known == key) {
                        let most: u64 = map.next_value()?;
                        *limit(&mut file.limits) = u32::try_from(most).unwrap_or(u32::MAX);
                    } else {
                        file.rules.push((key, severity(&map.next_value::<String>()?)?));
                    }
                }
                Ok(file)
            }
        }

        deserializer.deserialize_map(Entries)
    }
}

fn severity<E: Error>(word: &str) -> Result<Option<Severity>, E> {
    let known = Severity::ALL.into_iter().find(|severity| severity.name() == word);
    if known.is_none() && word != OFF {
        return Err(E::custom(format!("`{word}` is no severity")));
    }
    Ok(known)
}

impl JsonSchema for ChecksFile {
    fn schema_name() -> Cow<'static, str> {
        "Checks".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words: Vec<&str> = Severity::ALL.iter().map(|s| s.name()).chain([OFF]).collect();
        let rule = |id: &str| (id.to_owned(), json_schema!({ "type": "string", "enum": words }));
        let mut properties: serde_json::Map<String, serde_json::Value> =
            RULES.iter().map(|known| rule(known.id)).map(|(id, s)| (id, s.to_value())).collect();
        for (limit, range, _) in LIMITS {
            let most = json_schema!({ "type": "integer", "minimum": range.start(), "maximum": range.end() });
            properties.insert((*limit).to_owned(), most.to_value());
        }
        json_schema!({ "type": "object", "properties": properties, "additionalProperties": false })
    }
}
