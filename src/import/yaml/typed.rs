//! A tree to the type that a file describes, through `serde_yaml`'s values.
//!
//! Places travel as tags: each value of the tree is tagged `!line:column:width`, which types that
//! do not care about places never see and [`At`] reads.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{
    DeserializeOwned, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_yaml::Value;
use serde_yaml::value::{Tag, TaggedValue};

use super::node::{self, Kind, Node};
use super::schema;
use crate::import::source::{Mark, Source};

/// A type that a file describes.
pub(crate) trait Document: DeserializeOwned {
    /// The type's JSON Schema, generated once.
    fn schema() -> &'static serde_json::Value;
}

/// Reads a file's text as `T`; everything that is wrong with it is then reported in the source.
///
/// `None` when nothing at all can be made of the file. With errors of single places the rest is
/// there nevertheless, so that its own faults can be found too.
pub(crate) fn read<T: Document>(source: &mut Source<'_>) -> Option<T> {
    if source.has_errors() {
        return None;
    }
    let mut node = node::parse(source)?;
    schema::fit(source, &mut node, T::schema());
    match serde_yaml::from_value(value(node)) {
        Ok(file) => Some(file),
        Err(error) => {
            source.error("unreadable", Mark::default(), format!("cannot be read: {error}"));
            None
        }
    }
}

fn value(node: Node) -> Value {
    let value = match node.kind {
        Kind::Bool(truth) => return Value::Bool(truth),
        Kind::Number(number) => return Value::Number(number.into()),
        Kind::Word(word) => return Value::String(word),
        Kind::Broken => return Value::Null,
        Kind::Scalar(scalar) => Value::String(scalar.text),
        Kind::List(items) => Value::Sequence(items.into_iter().map(self::value).collect()),
        Kind::Map(entries) => Value::Mapping(
            entries.into_iter().map(|(k, v)| (self::value(k), self::value(v))).collect(),
        ),
    };
    let Mark { line, column, width } = node.mark;
    let tag = Tag::new(format!("{line}:{column}:{width}"));
    Value::Tagged(Box::new(TaggedValue { tag, value }))
}

/// A value and where it was read; made without a place, it can be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) mark: Mark,
}

impl<T> From<T> for At<T> {
    fn from(value: T) -> Self {
        Self { value, mark: Mark::default() }
    }
}

impl<T> Deref for At<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Serialize> Serialize for At<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<T: JsonSchema> JsonSchema for At<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for At<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Tagged<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Tagged<T> {
            type Value = At<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value with a place")
            }

            fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<At<T>, A::Error> {
                let (place, contents) = data.variant::<String>()?;
                let mark = mark(&place).ok_or_else(|| A::Error::custom("no place"))?;
                Ok(At { value: contents.newtype_variant()?, mark })
            }
        }

        deserializer.deserialize_any(Tagged(PhantomData))
    }
}

fn mark(place: &str) -> Option<Mark> {
    let mut parts = place.split(':').map(|part| part.parse().ok());
    Some(Mark { line: parts.next()??, column: parts.next()??, width: parts.next()?? })
}

/// A map whose keys the file chooses, or a list of such keys without values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Keys<V>(pub(crate) Vec<(At<String>, Option<V>)>);

impl<V> Default for Keys<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<V: Serialize> Serialize for Keys<V> {
    /// A map if every key has a value, else a list: no file gives both.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.iter().all(|(_, value)| value.is_some()) {
            serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
        } else {
            serializer.collect_seq(self.0.iter().map(|(key, _)| key))
        }
    }
}

impl<V: JsonSchema> JsonSchema for Keys<V> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("KeysOf{}", V::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<V>();
        schemars::json_schema!({ "anyOf": [
            { "type": "object", "additionalProperties": value },
            { "type": "array", "items": { "type": "string", "minLength": 1, "maxLength": 200 } }
        ] })
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Keys<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<V>(PhantomData<V>);

        impl<'de, V: Deserialize<'de>> Visitor<'de> for Entries<V> {
            type Value = Keys<V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map or a list")
            }

            fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Keys<V>, A::Error> {
                data.variant::<String>()?.1.newtype_variant()
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys<V>, A::Error> {
                let mut entries = Vec::new();
                while let Some((key, value)) = map.next_entry()? {
                    entries.push((key, Some(value)));
                }
                Ok(Keys(entries))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Keys<V>, A::Error> {
                let mut entries = Vec::new();
                while let Some(key) = list.next_element()? {
                    entries.push((key, None));
                }
                Ok(Keys(entries))
            }
        }

        deserializer.deserialize_any(Entries(PhantomData))
    }
}

/// A map whose keys the file chooses, in the file's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Open<V>(pub(crate) Vec<(At<String>, V)>);

impl<V> Default for Open<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<V: Serialize> Serialize for Open<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl<V: JsonSchema> JsonSchema for Open<V> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("MapOf{}", V::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<V>();
        schemars::json_schema!({ "type": "object", "additionalProperties": value })
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Open<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<V>(PhantomData<V>);

        impl<'de, V: Deserialize<'de>> Visitor<'de> for Entries<V> {
            type Value = Open<V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Open<V>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Open(entries))
            }
        }

        deserializer.deserialize_map(Entries(PhantomData))
    }
}
