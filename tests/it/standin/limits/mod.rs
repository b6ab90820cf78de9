//! What Discord refuses: the limits of its reference, checked on every body that the bot sends.
//!
//! Beside Discord's own there are rules of this house: every message says whom it may ping, and
//! says nobody.

pub(crate) mod command;
pub(crate) mod component;
pub(crate) mod message;
pub(crate) mod response;

use std::fmt::Display;
use std::ops::RangeInclusive;

use serde_json::Value;

/// What is wrong with a body, each with the place.
pub(crate) type Faults = Vec<String>;

/// A value and where it stands in the body.
pub(crate) struct Node<'a> {
    pub(crate) path: String,
    pub(crate) value: &'a Value,
}

impl<'a> Node<'a> {
    /// A whole body.
    pub(crate) fn body(value: &'a Value) -> Self {
        Self { path: String::new(), value }
    }

    /// The value under a key; a null counts as missing, as it does for Discord.
    pub(crate) fn field(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        let dot = if self.path.is_empty() { "" } else { "." };
        Some(Self { path: format!("{}{dot}{key}", self.path), value })
    }

    /// The items of a list under a key, of which there must be so many if it is there.
    pub(crate) fn items(
        &self,
        key: &str,
        count: RangeInclusive<usize>,
        faults: &mut Faults,
    ) -> Vec<Self> {
        let Some(list) = self.field(key) else { return Vec::new() };
        let Some(items) = list.value.as_array() else {
            list.refuse("must be a list", faults);
            return Vec::new();
        };
        if !count.contains(&items.len()) {
            list.refuse(format!("must hold {} to {} items", count.start(), count.end()), faults);
        }
        let item = |(n, value)| Self { path: format!("{}[{n}]", list.path), value };
        items.iter().enumerate().map(item).collect()
    }

    /// The text under a key, which must be so long if it is there; blanks alone count as nothing.
    pub(crate) fn text(
        &self,
        key: &str,
        length: RangeInclusive<usize>,
        faults: &mut Faults,
    ) -> Option<&'a str> {
        let node = self.field(key)?;
        let Some(text) = node.value.as_str() else {
            node.refuse("must be text", faults);
            return None;
        };
        let shown = if text.trim().is_empty() { 0 } else { text.chars().count() };
        if !length.contains(&shown) {
            node.refuse(
                format!("must be {} to {} in length", length.start(), length.end()),
                faults,
            );
        }
        Some(text)
    }

    /// The text under a key, which must be there.
    pub(crate) fn required(
        &self,
        key: &str,
        length: RangeInclusive<usize>,
        faults: &mut Faults,
    ) -> Option<&'a str> {
        if self.field(key).is_none() {
            self.refuse(format!("`{key}` is required"), faults);
        }
        self.text(key, length, faults)
    }

    /// The number under a key; anything else there is refused.
    pub(crate) fn number(&self, key: &str, faults: &mut Faults) -> Option<u64> {
        let node = self.field(key)?;
        if !node.value.is_u64() {
            node.refuse("must be a number", faults);
        }
        node.value.as_u64()
    }

    /// Refuses keys that Discord does not know here: it ignores them, but they are mistakes.
    pub(crate) fn knows(&self, keys: &[&str], faults: &mut Faults) {
        let Some(object) = self.value.as_object() else {
            return self.refuse("must be an object", faults);
        };
        for key in object.keys().filter(|key| !keys.contains(&key.as_str())) {
            self.refuse(format!("`{key}` is unknown"), faults);
        }
    }

    /// Refuses an address that a client cannot open.
    pub(crate) fn address(&self, key: &str, longest: usize, faults: &mut Faults) {
        let Some(url) = self.text(key, 1..=longest, faults) else { return };
        if !url.starts_with("https://") && !url.starts_with("http://") {
            self.refuse(format!("`{key}` must be an http or https address"), faults);
        }
    }

    pub(crate) fn refuse(&self, what: impl Display, faults: &mut Faults) {
        let place = if self.path.is_empty() { "body" } else { &self.path };
        faults.push(format!("{place}: {what}"));
    }
}

/// The names that stand twice.
pub(crate) fn twice<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = std::collections::BTreeSet::new();
    names.into_iter().filter(|name| !seen.insert(*name)).collect()
}

/// Asserts that a body passes, and that with one value changed it is refused for exactly that.
#[track_caller]
pub(crate) fn refuses(
    check: fn(&Value) -> Faults,
    valid: &Value,
    changes: &[(&str, Value)],
    complaint: &str,
) {
    assert_eq!(check(valid), Faults::new(), "the unchanged body must pass");
    let mut body = valid.clone();
    for (pointer, value) in changes {
        change(&mut body, pointer, value.clone());
    }
    assert_eq!(check(&body), [complaint], "{body:#}");
}

/// Sets the value at a JSON pointer whose last step may be new; `-` adds to a list.
pub(crate) fn change(body: &mut Value, pointer: &str, value: Value) {
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer starts with a slash");
    let place = body.pointer_mut(parent).expect("the parent exists");
    match place {
        Value::Array(items) if key == "-" => items.push(value),
        Value::Array(items) => items[key.parse::<usize>().expect("an index")] = value,
        Value::Object(fields) => drop(fields.insert(key.to_owned(), value)),
        _ => panic!("nothing can be set at {pointer}"),
    }
}

/// Makes a test of each row: its name, what is changed in the valid body, the complaint.
macro_rules! refusals {
    ($check:path, $valid:expr; $($name:ident: $($pointer:literal => $value:expr),+; $complaint:literal)+) => {
        $(#[test]
        fn $name() {
            let changes = [$(($pointer, serde_json::json!($value))),+];
            $crate::standin::limits::refuses($check, &$valid, &changes, $complaint);
        })+
    };
}
pub(crate) use refusals;
