//! Long lists, a page at a time.

use super::reply::Button;
use super::{Command, Context};

/// The items of one page and where it stands.
pub(super) struct Page<'a, T> {
    /// What is on it.
    pub(super) items: &'a [T],
    /// Its number, from 0.
    pub(super) number: usize,
    /// How many pages there are, at least 1.
    pub(super) count: usize,
}

impl<'a, T> Page<'a, T> {
    /// The page `wanted` of `all`, `size` items a page; the last page when there are fewer.
    pub(super) fn of(all: &'a [T], wanted: u16, size: usize) -> Self {
        let count = all.len().div_ceil(size).max(1);
        let number = usize::from(wanted).min(count - 1);
        let items = all.chunks(size).nth(number).unwrap_or_default();
        Self { items, number, count }
    }

    /// `page 2 of 3`, when there is more than one.
    pub(super) fn label(&self, context: &Context) -> Option<String> {
        (self.count > 1).then(|| context.language.page(self.number + 1, self.count))
    }

    /// The buttons to the pages around, when there is more than one.
    pub(super) fn buttons(&self, context: &Context, to: impl Fn(u16) -> Command) -> Vec<Button> {
        if self.count == 1 {
            return Vec::new();
        }
        let button = |label: &str, target: Option<usize>| Button {
            label: label.into(),
            command: to(u16::try_from(target.unwrap_or(self.number)).unwrap_or(u16::MAX)),
            enabled: target.is_some(),
        };
        let next = self.number + 1;
        vec![
            button(context.language.previous(), self.number.checked_sub(1)),
            button(context.language.next(), (next < self.count).then_some(next)),
        ]
    }
}
