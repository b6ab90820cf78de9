//! What a matrix file looks like: the types that its reader, its writer and its JSON Schema share.

use std::sync::LazyLock;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::yaml::typed::{At, Document, Keys, Open};
use crate::domain::Scheme;

/// The longest name of an activity, in characters.
pub const MAX_NAME: u32 = 500;
/// The longest name of anything else, and the longest alias, in characters.
pub const MAX_SHORT: u32 = 200;
/// The longest line of running text, in characters.
pub const MAX_LINE: u32 = 1_000;
/// The most aliases of one thing.
pub const MAX_ALIASES: u32 = 200;
/// The most columns.
pub const MAX_PARTIES: u32 = 50;
/// The most rows of one section.
pub const MAX_ACTIVITIES: u32 = 100_000;
/// The most sections of a matrix.
pub const MAX_SECTIONS: u32 = 10_000;

/// A responsibility matrix: who does what for one service.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Responsibility matrix of raci-bot")]
pub(crate) struct MatrixFile {
    /// What the matrix is about: a name, or a map.
    #[schemars(schema_with = "name_or::<ServiceFile>")]
    pub(crate) service: At<ServiceFile>,
    /// The language of the text as a tag such as `en` or `fr-FR`. Two files may describe one
    /// service when their languages differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 35))]
    pub(crate) language: Option<At<String>>,
    /// Which letters the cells use; `raci` unless said.
    #[serde(default, skip_serializing_if = "is_raci")]
    pub(crate) scheme: SchemeName,
    /// What the document itself says that each letter means, by letter.
    #[serde(default, skip_serializing_if = "Open::is_empty")]
    pub(crate) legend: Open<Meaning>,
    /// Where the matrix was taken from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) source: Option<SourceFile>,
    /// The rules that the matrix breaks on purpose: the rule's name and the reason; a
    /// list of names alone is told of.
    #[serde(default, skip_serializing_if = "Keys::is_empty")]
    pub(crate) allow: Keys<Reason>,
    /// The columns in the document's order: names, or maps.
    #[schemars(schema_with = "parties")]
    pub(crate) parties: Vec<PartyFile>,
    /// The rows that stand before the first section.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_ACTIVITIES))]
    pub(crate) activities: Vec<ActivityFile>,
    /// The sections in the document's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_SECTIONS))]
    pub(crate) sections: Vec<SectionFile>,
}

/// The product or team whose work the matrix divides.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Service")]
pub(crate) struct ServiceFile {
    /// A short name for ids: lower-case letters, digits and hyphens, at most 24. Made from the
    /// name when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 24))]
    pub(crate) id: Option<At<String>>,
    /// The name shown.
    #[schemars(length(min = 1, max = MAX_SHORT))]
    pub(crate) name: At<String>,
    /// Other names that people use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_ALIASES), inner(length(min = 1, max = MAX_SHORT)))]
    pub(crate) aliases: Vec<At<String>>,
    /// Whether nobody may see it in team chat but whom a rule of `access` in the configuration
    /// names for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) confidential: bool,
}

/// Where a matrix was taken from.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Source")]
pub(crate) struct SourceFile {
    /// The document's title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub(crate) title: Option<String>,
    /// What the document says of itself in a line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub(crate) excerpt: Option<String>,
    /// Its address, beginning with `https://` or `http://`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 500))]
    pub(crate) url: Option<At<String>>,
    /// The day it was last changed, by its own word: `2024-10-02`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date"))]
    pub(crate) date: Option<At<String>>,
    /// The licence of its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_SHORT))]
    pub(crate) licence: Option<String>,
}

/// A column: somebody who can have a part in an activity.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Party")]
pub(crate) struct PartyFile {
    /// The name shown, and the key in `assignments`.
    #[schemars(length(min = 1, max = MAX_SHORT))]
    pub(crate) name: At<String>,
    /// Other names that people use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_ALIASES), inner(length(min = 1, max = MAX_SHORT)))]
    pub(crate) aliases: Vec<At<String>>,
    /// One line saying how to reach them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_SHORT))]
    pub(crate) contact: Option<String>,
    /// The rules that this column breaks on purpose: the rule's name and the reason; a
    /// list of names alone is told of.
    #[serde(default, skip_serializing_if = "Keys::is_empty")]
    pub(crate) allow: Keys<Reason>,
}

/// A heading of the document and what stands below it.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Section")]
pub(crate) struct SectionFile {
    /// Its number as printed, without a final dot: `3.1.1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "section_number")]
    pub(crate) number: Option<String>,
    /// Its title.
    #[schemars(length(min = 1, max = MAX_NAME))]
    pub(crate) title: At<String>,
    /// The rules that what stands in this section breaks on purpose: the rule's name and the reason; a
    /// list of names alone is told of.
    #[serde(default, skip_serializing_if = "Keys::is_empty")]
    pub(crate) allow: Keys<Reason>,
    /// The rows that stand directly below it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_ACTIVITIES))]
    pub(crate) activities: Vec<ActivityFile>,
    /// The sections inside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_SECTIONS))]
    pub(crate) sections: Vec<SectionFile>,
}

/// A row: something that has to be done.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Activity")]
pub(crate) struct ActivityFile {
    /// The name as the document has it.
    #[schemars(length(min = 1, max = MAX_NAME))]
    pub(crate) name: At<String>,
    /// Other names that people use; none may belong to two activities of the matrix.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_ALIASES), inner(length(min = 1, max = MAX_SHORT)))]
    pub(crate) aliases: Vec<At<String>>,
    /// A remark shown with the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub(crate) note: Option<String>,
    /// The rules that this row breaks on purpose: the rule's name and the reason; a
    /// list of names alone is told of.
    #[serde(default, skip_serializing_if = "Keys::is_empty")]
    pub(crate) allow: Keys<Reason>,
    /// Who takes part, and how: a party's name and its letters. Who is not named here has no role
    /// listed.
    pub(crate) assignments: At<Open<Cell>>,
}

/// A cell: the letters of one party in one activity, `RA`, `R/A`, `R, A` or `[R, A]`.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Cell(pub(crate) Vec<At<String>>);

/// What a letter means, in the document's own words.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Meaning(pub(crate) String);

/// Why a rule may be broken.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Reason(pub(crate) String);

/// The name of a scheme.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SchemeName(String);

impl Document for MatrixFile {
    fn schema() -> &'static serde_json::Value {
        static SCHEMA: LazyLock<serde_json::Value> =
            LazyLock::new(|| schemars::schema_for!(MatrixFile).to_value());
        &SCHEMA
    }
}

/// The JSON Schema of matrix files, for editors: what `data/matrix.schema.json` holds.
#[must_use]
pub fn schema() -> &'static serde_json::Value {
    MatrixFile::schema()
}

impl<V> Open<V> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<V> Keys<V> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Scheme> for SchemeName {
    fn from(scheme: Scheme) -> Self {
        Self(scheme.id().to_owned())
    }
}

impl Default for SchemeName {
    fn default() -> Self {
        Scheme::default().into()
    }
}

impl SchemeName {
    pub(crate) fn scheme(&self) -> Scheme {
        Scheme::from_id(&self.0).unwrap_or_default()
    }
}

impl JsonSchema for SchemeName {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Scheme".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let ids: Vec<&str> = Scheme::ALL.iter().map(|scheme| scheme.id()).collect();
        json_schema!({ "type": "string", "enum": ids })
    }
}

impl JsonSchema for Cell {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Cell".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Letters of the scheme in any order, as one text or as a list.",
            "anyOf": [
                { "type": "string", "maxLength": 50 },
                {
                    "type": "array",
                    "maxItems": 20,
                    "items": { "type": "string", "maxLength": 50, "format": "letters" }
                },
                { "type": "null" }
            ]
        })
    }
}

impl Serialize for Cell {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let letters: Vec<&str> = self.0.iter().map(|item| item.as_str()).collect();
        serializer.serialize_str(&letters.join(", "))
    }
}

impl JsonSchema for Meaning {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Meaning".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "minLength": 1, "maxLength": MAX_LINE })
    }
}

impl JsonSchema for Reason {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Reason".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "minLength": 1, "maxLength": MAX_LINE })
    }
}

/// A map of type `T`, or a text that is short for one with only a name.
fn name_or<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    let map = generator.subschema_for::<T>();
    json_schema!({
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": MAX_SHORT }, map]
    })
}

fn parties(generator: &mut SchemaGenerator) -> Schema {
    let party = name_or::<PartyFile>(generator);
    json_schema!({ "type": "array", "minItems": 1, "maxItems": MAX_PARTIES, "items": party })
}

/// A number is taken as it is written: `3.10` is not `3.1`.
fn section_number(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": ["string", "number"], "minLength": 1, "maxLength": 30 })
}

fn is_raci(scheme: &SchemeName) -> bool {
    scheme.scheme() == Scheme::Raci
}
