//! How well an activity answers a query.

use super::fold::narrow;
use super::index::{Doc, Index};
use super::ingredient::Ingredient;
use super::plan::{Plan, Rule, Target};
use super::vocabulary::WordId;
use super::weights;

/// There is room for so many names of an activity from the start.
const MANY_NAMES: usize = 8;

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

/// What a text has for each word asked.
type Found = [Evidence];

/// How much of a text was asked for.
#[derive(Clone, Copy)]
struct Reading {
    /// Which of an activity's names it is.
    at: usize,
    /// The weight of its words that were asked for.
    covered: f32,
    /// The share of its neighbouring words that are neighbours in the query too.
    ordered: f32,
}

/// Scores activities against one plan. What is being read is kept here for its memory.
pub(super) struct Ranker<'a> {
    index: &'a Index,
    plan: &'a Plan,
    /// The last section read, and what it matched, if anything.
    section: u32,
    in_section: Vec<Evidence>,
    is_in_section: bool,
    title: Vec<Evidence>,
    /// What all names of an activity have together.
    everywhere: Vec<Evidence>,
    /// The names of an activity that are worth a look, and what they have, one after the other.
    texts: Vec<Reading>,
    found: Vec<Evidence>,
    /// The most weight of a text's words that each word asked covers: each covers one.
    covers: Vec<f32>,
}

impl<'a> Ranker<'a> {
    pub(super) fn new(index: &'a Index, plan: &'a Plan) -> Self {
        let none = || vec![Evidence::NONE; plan.asked.len()];
        Self {
            index,
            plan,
            section: u32::MAX,
            in_section: none(),
            is_in_section: false,
            title: none(),
            everywhere: none(),
            texts: Vec::with_capacity(MANY_NAMES),
            found: Vec::with_capacity(MANY_NAMES * plan.asked.len()),
            covers: Vec::with_capacity(plan.asked.len()),
        }
    }

    /// The score of an activity; `None` when it has nothing of what was asked.
    pub(super) fn score(&mut self, doc: Doc) -> Option<Scored> {
        self.best(doc).map(|(scored, _)| scored)
    }

    /// Which of its names an activity answers with best: 0 the name itself, then its aliases.
    pub(super) fn answers_with(&mut self, doc: Doc) -> usize {
        self.best(doc).map_or(0, |(_, text)| self.texts[text].at)
    }

    /// What an activity has for each word asked.
    pub(super) fn evidence(&mut self, doc: Doc) -> Vec<Evidence> {
        let asked = self.plan.asked.len();
        match self.best(doc) {
            Some((_, text)) => self.found[text * asked..][..asked].to_vec(),
            None => vec![Evidence::NONE; asked],
        }
    }

    /// The score by the name or alias that answers best, and where that is in `texts`.
    fn best(&mut self, doc: Doc) -> Option<(Scored, usize)> {
        let (index, plan, asked) = (self.index, self.plan, self.plan.asked.len());
        if plan.weight <= 0.0 {
            return None;
        }
        self.read_section(index.section[doc as usize]);
        self.read_texts(doc);
        if self.texts.len() > 1 {
            self.everywhere.fill(Evidence::NONE);
            let texts = self.found.chunks_exact(asked);
            texts.for_each(|found| add(&mut self.everywhere, found, weights::ELSEWHERE));
        }
        let first = index.texts.of(doc).start;
        let mut best: Option<(Scored, usize)> = None;
        let texts = self.texts.iter().zip(self.found.chunks_exact_mut(asked));
        for (place, (reading, found)) in texts.enumerate() {
            if self.is_in_section {
                add(found, &self.in_section, 1.0);
            }
            if self.texts.len() > 1 {
                add(found, &self.everywhere, 1.0);
            }
            let found = plan.asked.iter().zip(&*found);
            let sum: f32 = found.map(|(asked, evidence)| asked.weight * evidence.factor).sum();
            let matched = sum / plan.weight;
            let covered = covered(index, first + narrow(reading.at), reading.covered);
            let share = if reading.at == 0 { 1.0 } else { weights::ALIAS };
            let score = matched * shape(index, covered, reading.ordered) * share;
            if score > best.map_or(0.0, |(known, _)| known.score) {
                best = Some((Scored { doc, score, matched, covered }, place));
            }
        }
        best
    }

    /// Reads the name of an activity, and those aliases that can answer better than the ones
    /// before them: of those with nothing that was asked, one alike in shape does for all.
    fn read_texts(&mut self, doc: Doc) {
        let (index, plan, asked) = (self.index, self.plan, self.plan.asked.len());
        self.texts.clear();
        self.found.clear();
        let (mut one_word, mut several) = (false, false);
        for (at, text) in index.texts.of(doc).enumerate() {
            let words = index.texts.text(text);
            let is_alias = at > 0;
            if is_alias && !plan.has_any(words) {
                let weighs = |word: &&WordId| index.word_weight[**word as usize] > 0.0;
                let known = match words.iter().filter(weighs).nth(1) {
                    Some(_) => &mut several,
                    None => &mut one_word,
                };
                if std::mem::replace(known, true) {
                    continue;
                }
            }
            let start = self.found.len();
            self.found.resize(start + asked, Evidence::NONE);
            let found = &mut self.found[start..];
            let guess = if is_alias { weights::GUESSED_ALIAS } else { 1.0 };
            let (covered, ordered) = read(index, plan, words, guess, found, &mut self.covers);
            if is_alias {
                let share = part_of_alias(self::covered(index, text, covered));
                found.iter_mut().for_each(|found| found.factor *= share);
            }
            self.texts.push(Reading { at, covered, ordered });
        }
    }

    fn read_section(&mut self, section: u32) {
        if self.section == section {
            return;
        }
        self.section = section;
        let (index, plan) = (self.index, self.plan);
        if std::mem::take(&mut self.is_in_section) {
            self.in_section.fill(Evidence::NONE);
        }
        if !index.uses_ingredient(Ingredient::Sections) {
            return;
        }
        for title in index.titles.of(section) {
            let words = index.titles.text(title);
            if !plan.has_any(words) {
                continue;
            }
            self.title.fill(Evidence::NONE);
            let (covered, _) = read(index, plan, words, 1.0, &mut self.title, &mut self.covers);
            let total: f32 = words.iter().map(|&word| index.word_weight[word as usize]).sum();
            let whole = total > 0.0 && covered >= weights::NEARLY_ALL * total;
            let share = if whole { weights::WHOLE_SECTION } else { weights::SECTION };
            add(&mut self.in_section, &self.title, share);
            self.is_in_section = true;
        }
    }
}

fn raise(found: &mut Evidence, evidence: Evidence) {
    if evidence.factor > found.factor {
        *found = evidence;
    }
}

/// Takes over what another text has, as far as it counts here.
fn add(found: &mut Found, other: &Found, share: f32) {
    for (found, &evidence) in found.iter_mut().zip(other) {
        raise(found, Evidence { factor: evidence.factor * share, ..evidence });
    }
}

/// What a name keeps for its share of words asked for, and of those that stand in order.
pub(super) fn shape(index: &Index, covered: f32, ordered: f32) -> f32 {
    let covered = if index.uses_ingredient(Ingredient::Coverage) { covered } else { 1.0 };
    let ordered = if index.uses_ingredient(Ingredient::Order) { ordered } else { 1.0 };
    let scattered = if ordered > 0.0 { 0.0 } else { weights::SCATTERED };
    1.0 - weights::UNCOVERED * (1.0 - covered) - weights::DISORDER * (1.0 - ordered) - scattered
}

/// The share of a text's weight that was asked for, of which that much was.
fn covered(index: &Index, text: u32, covered: f32) -> f32 {
    let total = index.text_weight[text as usize];
    if total > 0.0 { (covered / total).min(1.0) } else { 0.0 }
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

/// Matches a sequence of words; `guess` is what a guess at them counts. Says what weight of them
/// was asked for, and the share of neighbours that are neighbours in the query too.
fn read(
    index: &Index,
    plan: &Plan,
    words: &[WordId],
    guess: f32,
    found: &mut Found,
    covers: &mut Vec<f32>,
) -> (f32, f32) {
    let asked = plan.asked.len();
    covers.clear();
    covers.resize(asked, 0.0);
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
            raise(&mut found[slot], Evidence { factor, rule, word });
            if best.is_none_or(|(_, known)| factor > known) {
                best = Some((slot, factor));
            }
        }
        if let Some((slot, factor)) = best {
            covers[slot] = covers[slot].max(factor * weight);
        }
        let slot = best.map(|(slot, _)| slot);
        if before.is_some_and(|before: usize| slot == Some(before + 1)) {
            pairs |= 1 << slot.unwrap_or(0);
        }
        before = slot;
    }
    if parts != 0 {
        read_phrases(index, plan, parts, guess, found, covers);
    }
    (covers.iter().sum(), order(pairs.count_ones() as usize, heavy))
}

/// Credits the phrases whose parts a text has all of.
fn read_phrases(
    index: &Index,
    plan: &Plan,
    parts: u128,
    guess: f32,
    found: &mut Found,
    covers: &mut [f32],
) {
    for phrase in plan.phrases.iter().filter(|phrase| parts & phrase.parts == phrase.parts) {
        let factor = if phrase.rule.is_guess() { guess * phrase.factor } else { phrase.factor };
        let evidence = Evidence { factor, rule: phrase.rule, word: WordId::MAX };
        let mut slots = (0..plan.asked.len()).filter(|slot| phrase.span & 1 << slot != 0);
        let Some(first) = slots.next() else { continue };
        let weight: f32 = plan.parts_of(phrase).map(|stem| index.stem_weight[stem as usize]).sum();
        covers[first] = covers[first].max(factor * weight);
        for slot in std::iter::once(first).chain(slots) {
            raise(&mut found[slot], evidence);
        }
    }
}
