//! How well an activity answers a query.

use super::index::{Doc, Index};
use super::plan::{MAX_ASKED, Plan, Rule};
use super::weights;

const MAX_SLOTS: usize = 256;

/// How well one activity answers.
#[derive(Clone, Debug)]
pub(super) struct Scored {
    pub(super) doc: Doc,
    /// The share of the query that it matches, with what it leaves uncovered.
    pub(super) score: f32,
    /// The share of the query that it matches, 0 to 1.
    pub(super) matched: f32,
    /// The share of its best name that was asked for.
    pub(super) covered: f32,
}

/// What was matched of a query in some text: a factor for every word asked.
#[derive(Clone)]
struct Match {
    factor: [f32; MAX_ASKED],
    rule: [Rule; MAX_ASKED],
}

impl Match {
    const NONE: Self = Self { factor: [0.0; MAX_ASKED], rule: [Rule::Exact; MAX_ASKED] };

    fn raise(&mut self, slot: usize, factor: f32, rule: Rule) {
        if factor > self.factor[slot] {
            self.factor[slot] = factor;
            self.rule[slot] = rule;
        }
    }

    fn add(&mut self, other: &Self, share: f32, asked: usize) {
        for slot in 0..asked {
            self.raise(slot, other.factor[slot] * share, other.rule[slot]);
        }
    }
}

/// Scores activities against one plan.
pub(super) struct Ranker<'a> {
    index: &'a Index,
    plan: &'a Plan,
    /// The last section read, and what it matched.
    section: Option<(u32, Match)>,
}

/// What a text matched, beside the words: its covered weight and how many words stand in order.
struct Reading {
    found: Match,
    covered: f32,
    ordered: f32,
}

impl<'a> Ranker<'a> {
    pub(super) fn new(index: &'a Index, plan: &'a Plan) -> Self {
        Self { index, plan, section: None }
    }

    /// The score of an activity; `None` when it has nothing of what was asked.
    pub(super) fn score(&mut self, doc: Doc) -> Option<Scored> {
        self.best(doc).map(|(scored, _)| scored)
    }

    /// By which rule, and how well, each word asked was matched by an activity.
    pub(super) fn evidence(&mut self, doc: Doc) -> Vec<(f32, Rule)> {
        let asked = self.plan.asked.len();
        match self.best(doc) {
            Some((_, found)) => found.factor.iter().copied().zip(found.rule).take(asked).collect(),
            None => vec![(0.0, Rule::Exact); asked],
        }
    }

    fn best(&mut self, doc: Doc) -> Option<(Scored, Match)> {
        let (index, plan) = (self.index, self.plan);
        if plan.weight <= 0.0 {
            return None;
        }
        let asked = plan.asked.len();
        let section = self.section(index.section[doc as usize]).clone();
        let texts = index.texts.of(doc);
        let name = texts.start;
        let readings: Vec<Reading> =
            texts.clone().map(|text| self.read(index.texts.text(text))).collect();
        let mut everywhere = Match::NONE;
        readings
            .iter()
            .for_each(|reading| everywhere.add(&reading.found, weights::ELSEWHERE, asked));
        everywhere.add(&section, 1.0, asked);
        let mut best: Option<(Scored, Match)> = None;
        for (text, reading) in texts.zip(&readings) {
            let mut found = reading.found.clone();
            found.add(&everywhere, 1.0, asked);
            let matched =
                (0..asked).map(|slot| plan.asked[slot].weight * found.factor[slot]).sum::<f32>()
                    / plan.weight;
            if matched <= 0.0 {
                continue;
            }
            let total = index.text_weight[text as usize];
            let covered = if total > 0.0 { (reading.covered / total).min(1.0) } else { 0.0 };
            let shape = 1.0
                - weights::UNCOVERED * (1.0 - covered)
                - weights::DISORDER * (1.0 - reading.ordered);
            let share = if text == name { 1.0 } else { weights::ALIAS };
            let score = matched * shape * share;
            if best.as_ref().is_none_or(|(known, _)| score > known.score) {
                best = Some((Scored { doc, score, matched, covered }, found));
            }
        }
        best
    }

    fn section(&mut self, section: u32) -> &Match {
        if self.section.as_ref().is_none_or(|(known, _)| *known != section) {
            let mut found = Match::NONE;
            let asked = self.plan.asked.len();
            for title in self.index.titles.of(section) {
                let words = self.index.titles.text(title);
                let reading = self.read(words);
                let total: f32 =
                    words.iter().map(|&word| self.index.word_weight[word as usize]).sum();
                let whole = total > 0.0 && reading.covered >= 0.98 * total;
                let share = if whole { weights::WHOLE_SECTION } else { weights::SECTION };
                found.add(&reading.found, share, asked);
            }
            self.section = Some((section, found));
        }
        match &self.section {
            Some((_, found)) => found,
            None => unreachable!("the section was just read"),
        }
    }

    /// Matches a sequence of words.
    #[expect(clippy::cast_precision_loss, reason = "counts of words")]
    fn read(&self, words: &[u32]) -> Reading {
        let plan = self.plan;
        let asked = plan.asked.len();
        let mut found = Match::NONE;
        let mut covered = 0.0;
        let mut parts = 0_u128;
        let mut part_weight = [0.0_f32; 128];
        let (mut pairs, mut heavy) = (0_usize, 0_usize);
        let mut last = usize::MAX - 1;
        for &word in words {
            let weight = self.index.word_weight[word as usize];
            if weight <= 0.0 {
                continue;
            }
            heavy += 1;
            let mut best = 0.0_f32;
            let mut first = usize::MAX - 1;
            for target in plan.targets_of(word) {
                let slot = usize::from(target.slot);
                if slot >= asked {
                    parts |= 1 << (slot - asked);
                    part_weight[slot - asked] = weight;
                    continue;
                }
                found.raise(slot, target.factor, target.rule);
                if target.factor > best {
                    best = target.factor;
                    first = slot;
                }
            }
            covered += best * weight;
            if first == last + 1 {
                pairs += 1;
            }
            last = first;
        }
        if parts != 0 {
            for phrase in &plan.phrases {
                if parts & phrase.parts != phrase.parts {
                    continue;
                }
                let mut gained = false;
                for slot in 0..asked {
                    if phrase.span & 1 << slot != 0 && found.factor[slot] < phrase.factor {
                        found.raise(slot, phrase.factor, phrase.rule);
                        gained = true;
                    }
                }
                if gained {
                    let weight: f32 = (0..plan.parts.len())
                        .filter(|part| phrase.parts & 1 << part != 0)
                        .map(|part| part_weight[part])
                        .sum();
                    covered += phrase.factor * weight;
                }
            }
        }
        debug_assert!(plan.slots() <= MAX_SLOTS);
        let ordered = if heavy > 1 { pairs as f32 / (heavy - 1) as f32 } else { 1.0 };
        Reading { found, covered, ordered }
    }
}
