//! What a query's words mean to a catalog: which words of the vocabulary each of them may stand
//! for, by which rule, and how much it weighs.

use super::concepts::{MAX_PHRASE, Phrase};
use super::fold::Words;
use super::index::{Index, kind_weight};
use super::stopwords::is_filler;
use super::vocabulary::{StemId, WordId};
use super::weights;

/// The most words of a query that are matched; what follows in a long message adds little.
pub(super) const MAX_ASKED: usize = 40;
/// The most words that a beginning is completed to.
const MAX_COMPLETIONS: usize = 24;
/// The most phrases that a query is expanded to.
const MAX_PHRASES: usize = 96;
/// The most words in those phrases.
const MAX_PARTS: usize = 120;

/// How a word of the query stands for a word of the catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The same word.
    Exact,
    /// An inflection or another spelling of it.
    Inflection,
    /// Two words written as one, or one as two.
    Joined,
    /// The beginning of the word.
    Prefix,
    /// A misspelling of it.
    Typo,
    /// Initials or consonants of it.
    Abbreviation,
    /// Another word for the same thing, by the thesaurus.
    Synonym,
    /// A word that points to it, by the thesaurus.
    Hint,
}

impl Rule {
    /// Whether an answer that rests on this rule is a guess.
    #[must_use]
    pub fn is_guess(self) -> bool {
        matches!(self, Self::Typo | Self::Abbreviation | Self::Synonym | Self::Hint)
    }
}

/// What a word of the query is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Holds the sentence together, or asks who: weighs nothing.
    Filler,
    /// Names a party.
    Party,
    /// Names a service.
    Service,
    /// Stands for words of the catalog.
    Known,
    /// The catalog has nothing for it.
    Unknown,
}

/// A word of the query that counts.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// Its index among the words of the text.
    pub(super) at: usize,
    pub(super) role: Role,
    pub(super) weight: f32,
}

/// A word of the catalog that a word of the query may stand for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target {
    pub(super) word: WordId,
    /// The index in [`Plan::asked`], or that plus the index of a part of a phrase.
    pub(super) slot: u8,
    pub(super) factor: f32,
    pub(super) rule: Rule,
}

/// Words of the catalog that must stand together for words of the query.
#[derive(Clone, Copy, Debug)]
pub(super) struct PhraseTarget {
    /// The words of the query, as bits.
    pub(super) span: u64,
    /// The parts, as bits.
    pub(super) parts: u128,
    pub(super) factor: f32,
    pub(super) rule: Rule,
}

/// A query understood.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) words: Words,
    /// What each word of the text is taken for.
    pub(super) roles: Vec<Role>,
    pub(super) asked: Vec<Asked>,
    /// By word.
    pub(super) targets: Vec<Target>,
    pub(super) parts: Vec<StemId>,
    pub(super) phrases: Vec<PhraseTarget>,
    /// Where each word's targets begin, hashed.
    table: Vec<(WordId, u32)>,
    /// The matrices whose service the text names.
    pub(super) named: Vec<u32>,
    /// The weight of all that was asked.
    pub(super) weight: f32,
    /// For each word asked, the stems it may stand for and how well, best first.
    pub(super) stems: Vec<(u8, StemId, f32)>,
}

impl Plan {
    pub(super) fn slots(&self) -> usize {
        self.asked.len() + self.parts.len()
    }

    /// What a word of the catalog may answer.
    pub(super) fn targets_of(&self, word: WordId) -> &[Target] {
        if self.table.is_empty() {
            return &[];
        }
        let mask = self.table.len() - 1;
        let mut at = spread(word) & mask;
        loop {
            let (known, start) = self.table[at];
            if known == word {
                let start = start as usize;
                let rest = &self.targets[start..];
                let same = rest.iter().take_while(|target| target.word == word).count();
                return &rest[..same];
            }
            if known == WordId::MAX {
                return &[];
            }
            at = (at + 1) & mask;
        }
    }

    fn build_table(&mut self) {
        self.targets.sort_unstable_by(|a, b| {
            (a.word, a.slot).cmp(&(b.word, b.slot)).then(b.factor.total_cmp(&a.factor))
        });
        self.targets.dedup_by_key(|target| (target.word, target.slot));
        let size = (self.targets.len() * 2 + 2).next_power_of_two();
        self.table.clear();
        self.table.resize(size, (WordId::MAX, 0));
        let mut last = WordId::MAX;
        for (target, start) in self.targets.iter().zip(0..) {
            if target.word == last {
                continue;
            }
            last = target.word;
            let mut at = spread(last) & (size - 1);
            while self.table[at].0 != WordId::MAX {
                at = (at + 1) & (size - 1);
            }
            self.table[at] = (last, start);
        }
    }
}

fn spread(word: WordId) -> usize {
    (word.wrapping_mul(0x9e37_79b1) >> 7) as usize
}

/// Makes the plan of a query.
pub(super) struct Planner<'a> {
    index: &'a Index,
    plan: Plan,
    /// The stem of each word of the text, if the vocabulary has it.
    stems: Vec<Option<StemId>>,
    /// The index in `asked` of each word of the text.
    slot_of: Vec<Option<u8>>,
    buffer: String,
    /// Whether the last word may be half-typed even if it is a word.
    completing: bool,
}

impl<'a> Planner<'a> {
    pub(super) fn new(index: &'a Index, text: &str, completing: bool) -> Self {
        let plan = Plan { words: Words::of(text), ..Plan::default() };
        let mut planner = Self {
            index,
            plan,
            stems: Vec::new(),
            slot_of: Vec::new(),
            buffer: String::new(),
            completing,
        };
        planner.read();
        planner
    }

    /// The plan when looking in `scope`; where several services are in it, those that the text
    /// names are found.
    pub(super) fn plan(mut self, scope: &[u32]) -> Plan {
        for at in 0..self.plan.words.len() {
            self.place(at);
        }
        for slot in 0..self.plan.asked.len() {
            self.expand(slot);
        }
        self.phrases();
        for slot in 0..self.plan.asked.len() {
            self.correct(slot);
        }
        self.name_services(scope);
        self.weigh();
        self.plan.build_table();
        self.plan
    }

    /// Joins what was written apart, and finds stems.
    fn read(&mut self) {
        self.join();
        let mut buffer = String::new();
        self.stems = self
            .plan
            .words
            .iter()
            .map(|word| self.index.vocabulary.find_stem(word, &mut buffer))
            .collect();
        self.slot_of = vec![None; self.plan.words.len()];
        self.plan.roles = vec![Role::Filler; self.plan.words.len()];
    }

    /// Writes `back up` as `backup` where only that is a word of the catalog.
    fn join(&mut self) {
        let (index, words) = (self.index, &self.plan.words);
        let mut both = String::new();
        let joined = (1..words.len()).find(|&at| {
            let (a, b) = (words.at(at - 1), words.at(at));
            if a.len() < 2 || b.len() < 2 || a.len() + b.len() < 5 {
                return false;
            }
            both.clear();
            both.push_str(a);
            both.push_str(b);
            index.uses(&both) && !(index.uses(a) && index.uses(b))
        });
        if let Some(at) = joined {
            self.plan.words.join(at);
        }
    }

    fn used(&self, stem: StemId) -> bool {
        self.index.stem_weight[stem as usize] > 0.0
    }

    /// Decides whether a word counts.
    fn place(&mut self, at: usize) {
        let word = self.plan.words.at(at);
        let last = at + 1 == self.plan.words.len();
        if is_filler(word) && !(last && self.completing && at > 0) || self.repeats(at) {
            return;
        }
        let known = self.stems[at].is_some_and(|stem| self.used(stem));
        let kind = kind_weight(word);
        if kind > 0.0 && kind < weights::WEAK && !known && self.stems[at].is_none() {
            return;
        }
        if word.len() == 1 && !last && !known {
            return;
        }
        self.ask(at);
    }

    fn repeats(&self, at: usize) -> bool {
        let word = self.plan.words.at(at);
        self.plan.asked.iter().any(|asked| self.plan.words.at(asked.at) == word)
    }

    fn ask(&mut self, at: usize) -> Option<u8> {
        if self.slot_of[at].is_none() && self.plan.asked.len() < MAX_ASKED {
            self.slot_of[at] = u8::try_from(self.plan.asked.len()).ok();
            self.plan.asked.push(Asked { at, role: Role::Unknown, weight: 0.0 });
        }
        self.slot_of[at]
    }

    /// What a word stands for by itself.
    fn expand(&mut self, slot: usize) {
        let at = self.plan.asked[slot].at;
        let known = self.stems[at].filter(|&stem| self.used(stem));
        if let Some(stem) = known {
            self.target(slot, stem, weights::STEM, Rule::Inflection);
        }
        let last = at + 1 == self.plan.words.len();
        if known.is_none() || self.completing && last {
            self.complete(slot, last);
        }
    }

    /// Adds all words of a stem as targets; the very word is exact.
    fn target(&mut self, slot: usize, stem: StemId, factor: f32, rule: Rule) {
        let Ok(short) = u8::try_from(slot) else { return };
        let typed = self.plan.words.at(self.plan.asked[slot].at);
        for &word in self.index.vocabulary.members(stem) {
            let same = rule == Rule::Inflection && self.index.vocabulary.words.at(word) == typed;
            let (factor, rule) = if same { (weights::EXACT, Rule::Exact) } else { (factor, rule) };
            self.plan.targets.push(Target { word, slot: short, factor, rule });
        }
        let best = if rule == Rule::Inflection { weights::EXACT } else { factor };
        self.plan.stems.push((short, stem, best));
    }

    /// The words that a word may be the beginning of.
    fn complete(&mut self, slot: usize, last: bool) {
        let index = self.index;
        let typed = self.plan.words.at(self.plan.asked[slot].at).to_owned();
        if typed.len() < 2 && !last || typed.len() < 3 && !last && typed.is_ascii() {
            return;
        }
        let own = self.stems[self.plan.asked[slot].at];
        let mut stems: Vec<(StemId, usize)> = Vec::new();
        for word in index.vocabulary.words.starting_with(&typed).take(MAX_COMPLETIONS * 40) {
            let stem = index.vocabulary.stem_of(word);
            let length = index.vocabulary.words.at(word).len();
            if !self.used(stem) || Some(stem) == own || index.word_weight[word as usize] == 0.0 {
                continue;
            }
            if let Some((_, shortest)) = stems.iter_mut().find(|(known, _)| *known == stem) {
                *shortest = length.min(*shortest);
            } else if stems.len() < MAX_COMPLETIONS {
                stems.push((stem, length));
            } else {
                break;
            }
        }
        for (stem, length) in stems {
            self.target(slot, stem, weights::prefix(typed.len(), length), Rule::Prefix);
        }
    }

    /// Words and phrases of the thesaurus in the query, and what the catalog says for them.
    fn phrases(&mut self) {
        let index = self.index;
        for at in 0..self.stems.len() {
            let Some(first) = self.stems[at] else { continue };
            for phrase in index.concepts.starting_with(first) {
                if self.stands_at(phrase, at) {
                    self.mean(phrase, at);
                }
            }
        }
    }

    fn stands_at(&self, phrase: &Phrase, at: usize) -> bool {
        let words = self.stems.get(at..at + phrase.stems.len().min(MAX_PHRASE));
        words.is_some_and(|words| words.iter().zip(&phrase.stems).all(|(a, b)| *a == Some(*b)))
    }

    /// Adds what the catalog says for a phrase that the query has.
    fn mean(&mut self, phrase: &Phrase, at: usize) {
        let index = self.index;
        let targets = index.concepts.targets(phrase.set);
        let length = phrase.stems.len();
        if targets.is_empty() || length == 1 && self.slot_of[at].is_none() {
            return;
        }
        let mut span = 0_u64;
        for place in at..at + length {
            let counts = !is_filler(self.plan.words.at(place));
            if let Some(slot) = if counts { self.slot_of[place] } else { None } {
                span |= 1 << slot;
            }
        }
        if span == 0 {
            let Some(slot) = self.ask(at) else { return };
            span |= 1 << slot;
        }
        let (factor, rule) = if phrase.near {
            (weights::NEAR, Rule::Hint)
        } else {
            (weights::SYNONYM, Rule::Synonym)
        };
        for &target in targets {
            let target = index.concepts.phrase(target);
            if target.stems != phrase.stems {
                self.require(span, &target.content, factor, rule);
            }
        }
    }

    /// Words of the catalog that together stand for some words of the query.
    fn require(&mut self, span: u64, stems: &[StemId], factor: f32, rule: Rule) {
        if let [stem] = stems {
            for slot in 0..self.plan.asked.len() {
                if span & 1 << slot != 0 {
                    self.target(slot, *stem, factor, rule);
                }
            }
            return;
        }
        if self.plan.phrases.len() >= MAX_PHRASES {
            return;
        }
        let mut parts = 0_u128;
        for stem in stems {
            let part = match self.plan.parts.iter().position(|known| known == stem) {
                Some(part) => part,
                None if self.plan.parts.len() < MAX_PARTS => {
                    self.plan.parts.push(*stem);
                    self.plan.parts.len() - 1
                }
                None => return,
            };
            parts |= 1 << part;
        }
        self.plan.phrases.push(PhraseTarget { span, parts, factor, rule });
        let rarest = stems.iter().copied().max_by(|&a, &b| {
            self.index.stem_weight[a as usize].total_cmp(&self.index.stem_weight[b as usize])
        });
        if let Some(stem) = rarest {
            for slot in 0..8 * std::mem::size_of::<u64>() {
                if span & 1 << slot != 0
                    && let Ok(slot) = u8::try_from(slot)
                {
                    self.plan.stems.push((slot, stem, factor));
                }
            }
        }
    }

    /// For a word that nothing is known about: two words in one, initials, consonants, typos.
    fn correct(&mut self, slot: usize) {
        let at = self.plan.asked[slot].at;
        let known = self.plan.stems.iter().any(|(known, ..)| usize::from(*known) == slot);
        // What the thesaurus knows is spelt right, even if the catalog has nothing for it.
        if known || self.stems[at].is_some() {
            return;
        }
        let typed = self.plan.words.at(at).to_owned();
        if kind_weight(&typed) < weights::WEAK {
            return;
        }
        if !self.split(slot, &typed) && !self.abbreviate(slot, &typed) {
            self.respell(slot, &typed);
        }
    }

    fn split(&mut self, slot: usize, typed: &str) -> bool {
        if typed.len() < 6 || !typed.is_ascii() {
            return false;
        }
        for middle in 3..=typed.len() - 3 {
            let (a, b) = typed.split_at(middle);
            if !self.index.uses(a) || !self.index.uses(b) {
                continue;
            }
            let mut buffer = String::new();
            let mut find = |word| self.index.vocabulary.find_stem(word, &mut buffer);
            if let (Some(a), Some(b)) = (find(a), find(b)) {
                self.require(1 << slot, &[a, b], weights::JOINED, Rule::Joined);
                return true;
            }
        }
        false
    }

    fn abbreviate(&mut self, slot: usize, typed: &str) -> bool {
        let index = self.index;
        let mut found = false;
        for run in index.initials.find(typed).take(8) {
            let mut distinct = run.to_vec();
            distinct.sort_unstable();
            distinct.dedup();
            self.require(1 << slot, &distinct, weights::INITIALS, Rule::Abbreviation);
            found = true;
        }
        if !found && typed.len() >= 3 && typed.is_ascii() && !typed.bytes().any(is_vowel) {
            let words = &index.vocabulary.words;
            let stems: Vec<StemId> = words
                .starting_with(&typed[..1])
                .filter(|&word| index.word_weight[word as usize] > 0.0)
                .filter(|&word| is_skeleton(typed, words.at(word)))
                .map(|word| index.vocabulary.stem_of(word))
                .take(8)
                .collect();
            for stem in stems {
                self.target(slot, stem, weights::SKELETON, Rule::Abbreviation);
                found = true;
            }
        }
        found
    }

    fn respell(&mut self, slot: usize, typed: &str) {
        let index = self.index;
        let near = index.near.find(&index.vocabulary.words, typed);
        let length = typed.chars().count();
        let Some(best) = near.first().map(|near| near.edits) else { return };
        for neighbour in near.into_iter().take(12) {
            let stem = index.vocabulary.stem_of(neighbour.word);
            let mut factor = weights::typo(neighbour.edits, length);
            if neighbour.edits > best {
                factor *= 0.8;
            }
            let meant = index.vocabulary.words.at(neighbour.word);
            if meant.as_bytes().first() != typed.as_bytes().first() {
                factor *= 0.95;
            }
            if is_filler(meant) {
                continue;
            }
            if self.used(stem) {
                self.target(slot, stem, factor, Rule::Typo);
            }
            for phrase in index.concepts.starting_with(stem).filter(|p| p.stems.len() == 1) {
                let by = if phrase.near { weights::NEAR } else { weights::SYNONYM };
                for &target in index.concepts.targets(phrase.set) {
                    let target = index.concepts.phrase(target);
                    if target.stems != phrase.stems {
                        self.require(1 << slot, &target.content, factor * by, Rule::Typo);
                    }
                }
            }
        }
    }

    /// Understands names of services and parties as such.
    fn name_services(&mut self, scope: &[u32]) {
        let index = self.index;
        for slot in 0..self.plan.asked.len() {
            let at = self.plan.asked[slot].at;
            let typed = self.plan.words.at(at);
            let named = |stem: StemId| index.party_stems.binary_search(&stem).is_ok();
            let party = match self.stems[at] {
                Some(stem) => named(stem),
                None => typed.len() >= 3 && index.is_party_prefix(typed),
            };
            if party {
                self.plan.asked[slot].role = Role::Party;
            }
        }
        let (named, used) = index.services.named(index, &self.plan, &self.stems, scope);
        let left = self
            .plan
            .asked
            .iter()
            .zip(0..)
            .any(|(asked, slot)| used & (1_u64 << slot) == 0 && asked.role != Role::Party);
        for (asked, slot) in self.plan.asked.iter_mut().zip(0..) {
            if used & (1_u64 << slot) != 0 && left {
                asked.role = Role::Service;
            }
        }
        self.plan.named = named;
    }

    /// Weighs every word asked.
    fn weigh(&mut self) {
        let index = self.index;
        for slot in 0..self.plan.asked.len() {
            let typed = self.plan.words.at(self.plan.asked[slot].at);
            let targets = self.plan.stems.iter().filter(|(known, ..)| usize::from(*known) == slot);
            let best = targets.clone().map(|(.., factor)| *factor).fold(0.0, f32::max);
            let rarity = targets
                .filter(|(.., factor)| *factor >= 0.9 * best)
                .map(|(_, stem, _)| index.stem_weight[*stem as usize])
                .fold(0.0, f32::max);
            let asked = &mut self.plan.asked[slot];
            if asked.role == Role::Unknown && best > 0.0 {
                asked.role = Role::Known;
            }
            let kind = match kind_weight(typed) {
                // A filler that was asked for after all, as part of a phrase.
                0.0 => 1.0,
                kind => kind,
            };
            asked.weight = match asked.role {
                Role::Filler => 0.0,
                Role::Party => weights::PARTY * rarity.max(0.2),
                Role::Service => weights::SERVICE * rarity.max(0.2),
                Role::Known => kind * rarity,
                Role::Unknown if kind < weights::WEAK => 0.0,
                Role::Unknown => weights::UNKNOWN,
            };
            self.plan.roles[asked.at] = asked.role;
        }
        self.plan.weight = self.plan.asked.iter().map(|asked| asked.weight).sum();
        for (part, &stem) in self.plan.parts.iter().enumerate() {
            let Ok(slot) = u8::try_from(self.plan.asked.len() + part) else { continue };
            for &word in index.vocabulary.members(stem) {
                let target = Target { word, slot, factor: 1.0, rule: Rule::Synonym };
                self.plan.targets.push(target);
            }
        }
    }
}

impl Index {
    /// Whether the catalog has a word or a form of it, and it is no filler.
    fn uses(&self, word: &str) -> bool {
        !is_filler(word)
            && self
                .vocabulary
                .find_stem(word, &mut String::new())
                .is_some_and(|stem| self.stem_weight[stem as usize] > 0.0)
    }

    /// Whether a word is the beginning of a party's name and of nothing else.
    fn is_party_prefix(&self, typed: &str) -> bool {
        let mut words = self.vocabulary.words.starting_with(typed).peekable();
        words.peek().is_some()
            && words
                .all(|word| self.party_stems.binary_search(&self.vocabulary.stem_of(word)).is_ok())
    }
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Whether `typed` is made of letters of `word` in their order, from the first to the last
/// consonant, no more than twice as many letters left out.
fn is_skeleton(typed: &str, word: &str) -> bool {
    let mut letters = word.bytes();
    let singular = word.strip_suffix('s').unwrap_or(word);
    let last = singular.bytes().rev().find(|b| !is_vowel(*b));
    word.len() <= 3 * typed.len()
        && typed.bytes().last() == last
        && typed.bytes().all(|wanted| letters.any(|letter| letter == wanted))
}
