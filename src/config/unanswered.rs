//! The configuration's part about questions that found nothing.

use schemars::JsonSchema;
use serde::Deserialize;

/// What becomes of questions that found nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unanswered {
    /// Whether their text is kept.
    pub keep: bool,
    /// The most questions that are kept.
    pub most: usize,
    /// The days after which one is forgotten that is not asked again.
    pub days: u32,
}

impl Default for Unanswered {
    fn default() -> Self {
        Self { keep: false, most: 500, days: 90 }
    }
}

/// Questions that found nothing.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "Unanswered")]
pub(super) struct UnansweredFile {
    /// Whether to keep their text, in the directory `state`; it may hold personal data.
    keep: bool,
    /// The most questions to keep.
    #[schemars(range(min = 1, max = 10_000))]
    most: Option<u32>,
    /// The days after which one is forgotten that is not asked again.
    #[schemars(range(min = 1, max = 3_650))]
    days: Option<u32>,
}

impl UnansweredFile {
    pub(super) fn unanswered(&self) -> Unanswered {
        let default = Unanswered::default();
        Unanswered {
            keep: self.keep,
            most: self.most.map_or(default.most, |most| most as usize),
            days: self.days.unwrap_or(default.days),
        }
    }
}
