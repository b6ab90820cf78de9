//! Activities that are looked at together.

use super::bounds::{Hope, bits};
use super::cursor::Cursor;
use super::fold::narrow;
use super::index::Doc;

/// So many at most: what is known of them fits the fastest memory.
pub(super) const WINDOW: usize = 1_024;

/// Activities with neighbouring numbers, and what the lists walked give each.
pub(super) struct Window {
    pub(super) gain: Vec<f32>,
    /// The words asked that an activity has something for, as bits.
    pub(super) slots: Vec<u64>,
    /// The most weight of their names that may be covered.
    pub(super) cover: Vec<f32>,
    /// The activities in any list, as bits.
    touched: Vec<u64>,
    /// The first activity.
    pub(super) from: Doc,
}

impl Window {
    pub(super) fn new() -> Self {
        Self {
            gain: vec![0.0; WINDOW],
            slots: vec![0; WINDOW],
            cover: vec![0.0; WINDOW],
            touched: vec![0; WINDOW / 64],
            from: 0,
        }
    }

    /// Moves the lists, strongest first, over `size` activities from `from` on; `hope` is for the
    /// other lists.
    pub(super) fn fill(&mut self, lists: &mut [Cursor<'_>], hope: &Hope, from: Doc, size: usize) {
        self.gain[..size].fill(0.0);
        self.slots[..size].fill(0);
        self.cover[..size].fill(0.0);
        self.touched.fill(0);
        self.from = from;
        let end = from.saturating_add(narrow(size));
        for list in lists {
            let bit = 1 << list.slot;
            let cover = list.cover.max(hope.covers[list.slot]);
            for doc in list.take_before(end) {
                if !list.counts(*doc) {
                    continue;
                }
                let at = (doc - from) as usize;
                self.cover[at] += cover;
                if self.slots[at] & bit == 0 {
                    self.slots[at] |= bit;
                    self.gain[at] += list.bound;
                    self.touched[at / 64] |= 1 << (at % 64);
                }
            }
        }
    }

    /// The places of the activities in any list, ascending.
    pub(super) fn touched(&self) -> impl Iterator<Item = usize> {
        let blocks = self.touched.iter().enumerate();
        blocks.flat_map(|(block, &touched)| bits(touched).map(move |bit| 64 * block + bit))
    }
}
