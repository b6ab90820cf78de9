//! The section `checks` of the configuration: how bad it is to break each rule for matrices.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::Checks;
use crate::domain::Severity;
use crate::domain::checks::RULES;

/// The key beside the rules' names.
const MAX_AGE: &str = "max_age";
/// A rule that is not checked.
const OFF: &str = "off";

/// What a file says of rules: those that it names.
#[derive(Debug, Default)]
pub(super) struct ChecksFile {
    rules: Vec<(String, Option<Severity>)>,
    max_age: Option<u32>,
}

impl ChecksFile {
    /// What it says over the defaults.
    pub(super) fn checks(self) -> Checks {
        let mut checks = Checks::default();
        checks.severities.extend(self.rules);
        checks.max_age = self.max_age.unwrap_or(checks.max_age);
        checks
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
                    if key == MAX_AGE {
                        let days: u64 = map.next_value()?;
                        file.max_age = Some(u32::try_from(days).unwrap_or(u32::MAX));
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
        let days = json_schema!({ "type": "integer", "minimum": 0 });
        properties.insert(MAX_AGE.to_owned(), days.to_value());
        json_schema!({ "type": "object", "properties": properties, "additionalProperties": false })
    }
}
