//! What the configuration may say, as a JSON Schema.

use std::sync::LazyLock;

use super::ConfigFile;
use crate::import::yaml::typed::Document;

impl Document for ConfigFile {
    fn schema() -> &'static serde_json::Value {
        static SCHEMA: LazyLock<serde_json::Value> =
            LazyLock::new(|| schemars::schema_for!(ConfigFile).to_value());
        &SCHEMA
    }
}

/// The JSON Schema of the configuration, for editors.
#[must_use]
pub fn schema() -> &'static serde_json::Value {
    ConfigFile::schema()
}
