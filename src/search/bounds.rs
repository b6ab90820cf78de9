//! What an activity can score at most, by the lists and titles that it may be in.

use super::cursor::Cursor;
use super::index::{Doc, Index};
use super::plan::Plan;
use super::rank::{order, shape};
use super::vocabulary::StemId;
use super::weights;

/// What activities could gain from their sections' titles.
pub(super) struct Titles {
    /// For each word asked that many titles have: granted to every activity.
    pub(super) common: Vec<f32>,
    all_common: f32,
    /// The sections whose titles have any of the other words, as bits, and what that is worth.
    marked: Vec<u64>,
    rare: f32,
}

impl Titles {
    pub(super) fn of(index: &Index, plan: &Plan) -> Self {
        let mut bounds = vec![(0.0_f32, 0_usize); plan.asked.len()];
        for lead in &plan.leads {
            let slot = usize::from(lead.slot);
            let sections = index.section_postings.of(lead.stem).len();
            if sections > 0 {
                let gain = weights::SECTION * lead.factor * plan.asked[slot].weight / plan.weight;
                bounds[slot] = (gain.max(bounds[slot].0), sections + bounds[slot].1);
            }
        }
        let sections = index.titles.group_count();
        let is_rare = |slot: usize| bounds[slot].1 <= sections / 8;
        let mut marked = vec![0_u64; sections.div_ceil(64)];
        for lead in plan.leads.iter().filter(|lead| is_rare(usize::from(lead.slot))) {
            for &section in index.section_postings.of(lead.stem) {
                marked[section as usize / 64] |= 1 << (section % 64);
            }
        }
        let slots = 0..bounds.len();
        let rare = slots.clone().filter(|&slot| is_rare(slot)).map(|slot| bounds[slot].0).sum();
        let common: Vec<f32> =
            slots.map(|slot| if is_rare(slot) { 0.0 } else { bounds[slot].0 }).collect();
        Self { all_common: common.iter().sum(), common, marked, rare }
    }

    pub(super) fn all(&self) -> f32 {
        self.all_common + self.rare
    }

    pub(super) fn gain(&self, index: &Index, doc: Doc) -> f32 {
        if self.is_marked(index, doc) { self.all() } else { self.all_common }
    }

    /// Whether the titles of an activity may have anything of what was asked.
    pub(super) fn may_give(&self, index: &Index, doc: Doc) -> bool {
        self.all_common > 0.0 || self.is_marked(index, doc)
    }

    fn is_marked(&self, index: &Index, doc: Doc) -> bool {
        let section = index.section[doc as usize];
        self.marked[section as usize / 64] & 1 << (section % 64) != 0
    }
}

/// How good the shape of an activity's names can be.
pub(super) struct Cover {
    /// The most weight of a name that each word asked can cover: of one word, or one phrase.
    by_slot: Vec<f32>,
    all: f32,
    /// The same of those that have lists which are not looked into: titles give as much.
    granted: f32,
    /// Those words asked, as bits.
    granted_slots: u64,
    /// The most weight of a single word of a name that can be matched.
    word: f32,
    /// Whether one word was asked.
    single: bool,
}

impl Cover {
    pub(super) fn of(index: &Index, plan: &Plan, titles: &Titles) -> Self {
        let weight = |stem: StemId| index.stem_weight[stem as usize];
        let mut by_slot = vec![0.0_f32; plan.asked.len()];
        let (mut word, mut granted_slots) = (0.0_f32, 0_u64);
        for lead in &plan.leads {
            let slot = usize::from(lead.slot);
            by_slot[slot] = by_slot[slot].max(lead.factor * weight(lead.stem));
            word = word.max(weight(lead.stem));
            if lead.factor * plan.asked[slot].weight / plan.weight <= titles.common[slot] {
                granted_slots |= 1 << slot;
            }
        }
        for phrase in &plan.phrases {
            let covers = &mut by_slot[phrase.span.trailing_zeros() as usize];
            *covers = covers.max(phrase.factor * plan.parts_of(phrase).map(weight).sum::<f32>());
        }
        let all = by_slot.iter().sum();
        let granted = bits(granted_slots).map(|slot| by_slot[slot]).sum();
        Self { all, granted, granted_slots, word, single: by_slot.len() == 1, by_slot }
    }

    /// The most weight of a name that these words asked can cover.
    pub(super) fn of_slots(&self, slots: u64) -> f32 {
        bits(slots).map(|slot| self.by_slot[slot]).sum()
    }

    /// The best shape of any activity whose names weigh no less.
    pub(super) fn best_shape(&self, index: &Index, lightest: f32) -> f32 {
        // A single word that is all of a name weighs no more than the word.
        let ordered = if self.single && lightest > self.word { 0.0 } else { 1.0 };
        shape(index, (self.all / lightest).min(1.0), ordered)
    }

    /// The best shape of an activity that has something for some words asked, which cover no more
    /// than that weight.
    pub(super) fn shape(&self, index: &Index, doc: Doc, slots: u64, covered: f32) -> f32 {
        let slots = slots | self.granted_slots;
        let pairs = (slots.count_ones() as usize).saturating_sub(1);
        let ordered = order(pairs, usize::from(index.shortest[doc as usize]));
        let covered = covered + self.granted;
        shape(index, (covered / index.lightest[doc as usize]).min(1.0), ordered)
    }
}

/// What lists that are not walked could add.
pub(super) struct Hope {
    /// For each word asked.
    by_slot: Vec<f32>,
    pub(super) all: f32,
    /// Those words asked, as bits.
    pub(super) slots: u64,
    /// The most weight of a name that could be covered, for each word asked.
    pub(super) covers: Vec<f32>,
}

impl Hope {
    pub(super) fn of(lists: &[Cursor<'_>], asked: usize) -> Self {
        let (mut by_slot, mut covers, mut slots) = (vec![0.0_f32; asked], vec![0.0_f32; asked], 0);
        for list in lists {
            by_slot[list.slot] = by_slot[list.slot].max(list.bound);
            covers[list.slot] = covers[list.slot].max(list.cover);
            slots |= 1 << list.slot;
        }
        let all = by_slot.iter().sum();
        Self { by_slot, all, slots, covers }
    }

    /// The most weight of a name that these words asked could cover.
    pub(super) fn cover(&self, slots: u64) -> f32 {
        bits(slots).map(|slot| self.covers[slot]).sum()
    }

    /// What they could add to an activity that has something for these words already.
    pub(super) fn without(&self, slots: u64) -> f32 {
        let open = self.by_slot.iter().enumerate().filter(|(slot, _)| slots & 1 << slot == 0);
        open.map(|(_, hope)| hope).sum()
    }
}

/// The places of the bits set, ascending.
pub(super) fn bits(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = bits.trailing_zeros() as usize;
        bits &= bits.wrapping_sub(1);
        (bit < 64).then_some(bit)
    })
}
