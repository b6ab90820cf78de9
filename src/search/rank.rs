//! How well an activity answers a query.

use super::index::{Doc, Index};
use super::ingredient::Ingredient;
use super::plan::{Plan, Rule, Target};
use super::vocabulary::WordId;
use super::weights;

/// How well one activity answers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scored {
    pub(super) doc: Doc,
    /// The share of the query that it matches, less what it leaves uncovered.
    pub(super) score: f32,
    /// The share of the query that it matches, 0 to 1.
    pub(super) matched: f32,
    /// The share of its best name that was asked for.
    pub(super) covered: f32,
}

/// What an activity has for a word asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Evidence {
    /// How well it stands for the word; 0 when there is nothing.
    pub(super) factor: f32,
    pub(super) rule: Rule,
    /// The word of the activity, where a single one matched.
    pub(super) word: WordId,
}

impl Evidence {
    const NONE: Self = Self { factor: 0.0, rule: Rule::Exact, word: WordId::MAX };
}

/// What a text matched.
#[derive(Default)]
struct Reading {
    /// For each word asked.
    found: Vec<Evidence>,
    /// The most weight of its words that each word asked covers: each covers one.
    covers: Vec<f32>,
    /// The weight of its words that were asked for.
    covered: f32,
    /// The share of its neighbouring words that are neighbours in the query too.
    ordered: f32,
}

impl Reading {
    fn clear(&mut self, asked: usize) {
        self.found.clear();
        self.found.resize(asked, Evidence::NONE);
        self.covers.clear();
        self.covers.resize(asked, 0.0);
    }

    fn raise(&mut self, slot: usize, evidence: Evidence) {
        if evidence.factor > self.found[slot].factor {
            self.found[slot] = evidence;
        }
    }

    fn lessen(&mut self, share: f32) {
        self.found.iter_mut().for_each(|found| found.factor *= share);
    }

    /// Takes over what another text has, as far as it counts here.
    fn add(&mut self, other: &Self, share: f32) {
        for (slot, &evidence) in other.found.iter().enumerate() {
            self.raise(slot, Evidence { factor: evidence.factor * share, ..evidence });
        }
    }
}

/// Scores activities against one plan.
pub(super) struct Ranker<'a> {
    index: &'a Index,
    plan: &'a Plan,
    /// The last section read, and what it matched.
    section: u32,
    in_section: Reading,
    /// What is being read, kept for its memory: a title, all names of an activity, each of them.
    title: Reading,
    everywhere: Reading,
    texts: Vec<Reading>,
}

impl<'a> Ranker<'a> {
    pub(super) fn new(index: &'a Index, plan: &'a Plan) -> Self {
        Self {
            index,
            plan,
            section: u32::MAX,
            in_section: Reading::default(),
            title: Reading::default(),
            everywhere: Reading::default(),
            texts: Vec::new(),
        }
    }

    /// The score of an activity; `None` when it has nothing of what was asked.
    pub(super) fn score(&mut self, doc: Doc) -> Option<Scored> {
        self.best(doc).map(|(scored, _)| scored)
    }

    /// Which of its names an activity answers with best: 0 the name itself, then its aliases.
    pub(super) fn answers_with(&mut self, doc: Doc) -> usize {
        self.best(doc).map_or(0, |(_, text)| text)
    }

    /// What an activity has for each word asked.
    pub(super) fn evidence(&mut self, doc: Doc) -> Vec<Evidence> {
        let asked = self.plan.asked.len();
        match self.best(doc) {
            Some((_, text)) => self.texts[text].found.clone(),
            None => vec![Evidence::NONE; asked],
        }
    }

    /// The score by the name or alias that answers best, and which of them that is.
    fn best(&mut self, doc: Doc) -> Option<(Scored, usize)> {
        let (index, plan) = (self.index, self.plan);
        if plan.weight <= 0.0 {
            return None;
        }
        self.read_section(index.section[doc as usize]);
        let texts = index.texts.of(doc);
        let count = texts.len();
        if self.texts.len() < count {
            self.texts.resize_with(count, Reading::default);
        }
        for (reading, text) in self.texts.iter_mut().zip(texts.clone()) {
            let is_alias = text != texts.start;
            let guess = if is_alias { weights::GUESSED_ALIAS } else { 1.0 };
            read(index, plan, index.texts.text(text), guess, reading);
            if is_alias {
                reading.lessen(part_of_alias(covered(index, text, reading)));
            }
        }
        if count > 1 {
            self.everywhere.clear(plan.asked.len());
            self.texts[..count].iter().for_each(|r| self.everywhere.add(r, weights::ELSEWHERE));
        }
        let mut best: Option<(Scored, usize)> = None;
        for (at, text) in texts.enumerate() {
            let reading = &mut self.texts[at];
            reading.add(&self.in_section, 1.0);
            if count > 1 {
                reading.add(&self.everywhere, 1.0);
            }
            let found = plan.asked.iter().zip(&reading.found);
            let sum: f32 = found.map(|(asked, evidence)| asked.weight * evidence.factor).sum();
            let matched = sum / plan.weight;
            let covered = covered(index, text, reading);
            let share = if at == 0 { 1.0 } else { weights::ALIAS };
            let score = matched * shape(index, covered, reading.ordered) * share;
            if score > best.map_or(0.0, |(known, _)| known.score) {
                best = Some((Scored { doc, score, matched, covered }, at));
            }
        }
        best
    }

    fn read_section(&mut self, section: u32) {
        if self.section == section {
            return;
        }
        self.section = section;
        let (index, plan) = (self.index, self.plan);
        self.in_section.clear(plan.asked.len());
        if !index.uses_ingredient(Ingredient::Sections) {
            return;
        }
        for title in index.titles.of(section) {
            let words = index.titles.text(title);
            read(index, plan, words, 1.0, &mut self.title);
            let total: f32 = words.iter().map(|&word| index.word_weight[word as usize]).sum();
            let whole = total > 0.0 && self.title.covered >= weights::NEARLY_ALL * total;
            let share = if whole { weights::WHOLE_SECTION } else { weights::SECTION };
            self.in_section.add(&self.title, share);
        }
    }
}

/// What a name keeps for its share of words asked for, and of those that stand in order.
pub(super) fn shape(index: &Index, covered: f32, ordered: f32) -> f32 {
    let covered = if index.uses_ingredient(Ingredient::Coverage) { covered } else { 1.0 };
    let ordered = if index.uses_ingredient(Ingredient::Order) { ordered } else { 1.0 };
    let scattered = if ordered > 0.0 { 0.0 } else { weights::SCATTERED };
    1.0 - weights::UNCOVERED * (1.0 - covered) - weights::DISORDER * (1.0 - ordered) - scattered
}

/// The share of a text's weight that was asked for.
fn covered(index: &Index, text: u32, reading: &Reading) -> f32 {
    let total = index.text_weight[text as usize];
    if total > 0.0 { (reading.covered / total).min(1.0) } else { 0.0 }
}

/// What words of an alias count of which so much was asked for: it is meant as a whole.
fn part_of_alias(covered: f32) -> f32 {
    if covered >= weights::NEARLY_ALL {
        1.0
    } else {
        weights::PART_OF_ALIAS + (1.0 - weights::PART_OF_ALIAS) * covered
    }
}

/// The share of a name's neighbouring words, `heavy` words in all, that are so many pairs.
#[expect(clippy::cast_precision_loss, reason = "counts of words")]
pub(super) fn order(pairs: usize, heavy: usize) -> f32 {
    if heavy > 1 { (pairs as f32 / (heavy - 1) as f32).min(1.0) } else { 1.0 }
}

/// Matches a sequence of words; `guess` is what a guess at them counts.
fn read(index: &Index, plan: &Plan, words: &[WordId], guess: f32, reading: &mut Reading) {
    let asked = plan.asked.len();
    reading.clear(asked);
    let mut parts = 0_u128;
    let (mut pairs, mut heavy) = (0_u64, 0_usize);
    let mut before = None;
    for &word in words {
        let weight = index.word_weight[word as usize];
        if weight <= 0.0 {
            continue;
        }
        heavy += 1;
        let mut best: Option<(usize, f32)> = None;
        for target in plan.targets_of(word) {
            let slot = usize::from(target.slot);
            if slot >= asked {
                parts |= 1 << (slot - asked);
                continue;
            }
            let Target { rule, .. } = *target;
            let is_near = rule.is_guess() || rule == Rule::Family;
            let factor = if is_near { guess * target.factor } else { target.factor };
            reading.raise(slot, Evidence { factor, rule, word });
            if best.is_none_or(|(_, known)| factor > known) {
                best = Some((slot, factor));
            }
        }
        if let Some((slot, factor)) = best {
            reading.covers[slot] = reading.covers[slot].max(factor * weight);
        }
        let slot = best.map(|(slot, _)| slot);
        if before.is_some_and(|before: usize| slot == Some(before + 1)) {
            pairs |= 1 << slot.unwrap_or(0);
        }
        before = slot;
    }
    if parts != 0 {
        read_phrases(index, plan, parts, guess, reading);
    }
    reading.covered = reading.covers.iter().sum();
    reading.ordered = order(pairs.count_ones() as usize, heavy);
}

/// Credits the phrases whose parts a text has all of.
fn read_phrases(index: &Index, plan: &Plan, parts: u128, guess: f32, reading: &mut Reading) {
    for phrase in plan.phrases.iter().filter(|phrase| parts & phrase.parts == phrase.parts) {
        let factor = if phrase.rule.is_guess() { guess * phrase.factor } else { phrase.factor };
        let evidence = Evidence { factor, rule: phrase.rule, word: WordId::MAX };
        let mut slots = (0..plan.asked.len()).filter(|slot| phrase.span & 1 << slot != 0);
        let Some(first) = slots.next() else { continue };
        let weight: f32 = plan.parts_of(phrase).map(|stem| index.stem_weight[stem as usize]).sum();
        reading.covers[first] = reading.covers[first].max(factor * weight);
        for slot in std::iter::once(first).chain(slots) {
            reading.raise(slot, evidence);
        }
    }
}
