//! From the words of a query to its plan: what each may stand for, tried from the surest rule to
//! the least sure.

use super::concepts::Phrase;
use super::index::{Index, kind_weight, whole_hash};
use super::plan::{Asked, Lead, MAX_ASKED, MAX_PARTS, MAX_PHRASES, Plan, PhraseTarget, Role, Rule, Target};
use super::stopwords::{Kind, is_filler};
use super::vocabulary::{StemId, WordId};
use super::weights;

/// The most words that a beginning is completed to.
const MAX_COMPLETIONS: usize = 24;
/// The most words of the vocabulary that are looked at for that.
const MAX_STARTS: u32 = 1_000;
/// The most texts that may be the query word by word and are looked at.
const MAX_NAMESAKES: usize = 64;

/// Makes the plan of a query.
pub(super) struct Planner<'a> {
    pub(super) index: &'a Index,
    pub(super) plan: Plan,
    /// The stem of each word of the text, if the vocabulary has it.
    pub(super) stems: Vec<Option<StemId>>,
    kinds: Vec<Kind>,
    /// The index in `asked` of each word of the text.
    slot_of: Vec<Option<u8>>,
    /// Whether the last word may be half-typed even if it is a word.
    completing: bool,
}

impl<'a> Planner<'a> {
    /// The plan of a text when looking in `scope`; where several services are in it, those that
    /// the text names are found. `completing` takes the last word for half-typed.
    pub(super) fn plan(index: &'a Index, text: &str, scope: &[u32], completing: bool) -> Plan {
        let mut plan = Plan::default();
        plan.words.read(text);
        let mut planner = Self {
            index,
            plan,
            stems: Vec::new(),
            kinds: Vec::new(),
            slot_of: Vec::new(),
            completing,
        };
        planner.find_whole();
        planner.read();
        (0..planner.plan.words.len()).for_each(|at| planner.place(at));
        (0..planner.plan.asked.len()).for_each(|slot| planner.expand(slot));
        planner.phrases();
        (0..planner.plan.asked.len()).for_each(|slot| planner.correct(slot));
        planner.name_parties();
        planner.name_services(scope);
        planner.weigh();
        planner.plan.build_table();
        planner.plan
    }

    /// Finds the texts that are the query word by word.
    fn find_whole(&mut self) {
        let (index, words) = (self.index, &self.plan.words);
        let ids: Option<Vec<WordId>> =
            words.iter().map(|word| index.vocabulary.words.find(word)).collect();
        let Some(ids) = ids.filter(|ids| !ids.is_empty()) else { return };
        let hash = whole_hash(&ids);
        let start = index.whole.partition_point(|&(known, _)| known < hash);
        self.plan.whole = index.whole[start..]
            .iter()
            .take(MAX_NAMESAKES)
            .take_while(|&&(known, _)| known == hash)
            .map(|&(_, text)| text)
            .filter(|&text| index.texts.text(text) == ids.as_slice())
            .collect();
    }

    fn read(&mut self) {
        self.join();
        let mut buffer = String::new();
        let words = &self.plan.words;
        self.stems = words
            .iter()
            .map(|word| self.index.vocabulary.find_stem(word, &mut buffer))
            .collect();
        self.kinds = words.iter().map(Kind::of).collect();
        self.slot_of = vec![None; words.len()];
        self.plan.roles = vec![Role::Filler; words.len()];
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
        let known = self.stems[at].is_some_and(|stem| self.used(stem));
        let counts = match self.kinds[at] {
            Kind::Filler => last && self.completing && at > 0,
            // `destroy con`: nobody ends a question with a preposition of another language.
            Kind::ForeignFiller => last && at > 0 && !self.is_foreign() && self.begins_word(word),
            Kind::Chat => self.stems[at].is_some(),
            Kind::Weak => true,
            Kind::Plain => word.len() > 1 || last || known,
        };
        if counts && !self.repeats(at) {
            self.ask(at);
        }
    }

    /// Whether another word of the text is a filler of another language.
    fn is_foreign(&self) -> bool {
        let before = self.kinds.len().saturating_sub(1);
        self.kinds[..before].contains(&Kind::ForeignFiller)
    }

    fn begins_word(&self, word: &str) -> bool {
        let index = self.index;
        let range = index.vocabulary.words.starting_with(word);
        range.take(64).any(|id| self.used(index.vocabulary.stem_of(id)))
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
    pub(super) fn target(&mut self, slot: usize, stem: StemId, factor: f32, rule: Rule) {
        let Ok(short) = u8::try_from(slot) else { return };
        let typed = self.plan.words.at(self.plan.asked[slot].at);
        for &word in self.index.vocabulary.members(stem) {
            let same = rule == Rule::Inflection && self.index.vocabulary.words.at(word) == typed;
            let (factor, rule) = if same { (weights::EXACT, Rule::Exact) } else { (factor, rule) };
            self.plan.targets.push(Target { word, slot: short, factor, rule });
        }
        let best = if rule == Rule::Inflection { weights::EXACT } else { factor };
        self.plan.leads.push(Lead { slot: short, stem, factor: best });
    }

    /// The words that a word may be the beginning of.
    fn complete(&mut self, slot: usize, last: bool) {
        let index = self.index;
        let typed = self.plan.words.at(self.plan.asked[slot].at).to_owned();
        let length = typed.chars().count();
        if length < 3 && typed.is_ascii() && !last {
            return;
        }
        let own = self.stems[self.plan.asked[slot].at];
        let mut stems: Vec<(StemId, usize)> = Vec::new();
        let range = index.vocabulary.words.starting_with(&typed);
        for word in range.clone().take(MAX_STARTS as usize) {
            let stem = index.vocabulary.stem_of(word);
            let length = index.vocabulary.words.at(word).chars().count();
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
        let several = stems.len();
        for &(stem, whole) in &stems {
            self.target(slot, stem, weights::prefix(length, whole, several), Rule::Prefix);
        }
        if several == 0 && length >= 4 && own.is_none() {
            self.complete_concept(slot, range);
        }
    }

    /// The concepts whose words a word may be the beginning of: `vuln`.
    fn complete_concept(&mut self, slot: usize, range: std::ops::Range<WordId>) {
        let index = self.index;
        let mut stems: Vec<StemId> =
            range.take(16).map(|word| index.vocabulary.stem_of(word)).collect();
        stems.dedup();
        for stem in stems.into_iter().take(4) {
            self.concept_of(slot, stem, weights::HALF_CONCEPT, Rule::Synonym);
        }
    }

    /// What the catalog says for a single word of the thesaurus, for a word that is taken for it.
    pub(super) fn concept_of(&mut self, slot: usize, stem: StemId, factor: f32, rule: Rule) {
        let index = self.index;
        for phrase in index.concepts.starting_with(stem).filter(|p| p.stems.len() == 1) {
            let by = if phrase.near { weights::NEAR } else { weights::SYNONYM };
            for &target in index.concepts.targets(phrase.set) {
                let target = index.concepts.phrase(target);
                if target.stems != phrase.stems {
                    self.require(1 << slot, &target.content, factor * by, rule);
                }
            }
        }
    }

    /// Words and phrases of the thesaurus in the query, and what the catalog says for them.
    fn phrases(&mut self) {
        let index = self.index;
        for at in 0..self.stems.len() {
            let Some(first) = self.stems[at] else { continue };
            for phrase in index.concepts.starting_with(first) {
                let words = self.stems.get(at..at + phrase.stems.len());
                if words.is_some_and(|w| w.iter().zip(&phrase.stems).all(|(a, b)| *a == Some(*b)))
                {
                    self.mean(phrase, at);
                }
            }
        }
    }

    /// Adds what the catalog says for a phrase that the query has.
    fn mean(&mut self, phrase: &Phrase, at: usize) {
        let index = self.index;
        let targets = index.concepts.targets(phrase.set);
        let length = phrase.stems.len();
        if targets.is_empty() || length == 1 && self.slot_of[at].is_none() {
            return;
        }
        let mut span = (at..at + length)
            .filter_map(|place| self.slot_of[place])
            .fold(0_u64, |span, slot| span | 1 << slot);
        if span == 0 {
            let Some(slot) = self.ask(at) else { return };
            span = 1 << slot;
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
    pub(super) fn require(&mut self, span: u64, stems: &[StemId], factor: f32, rule: Rule) {
        let slots = (0..self.plan.asked.len()).filter(|slot| span & 1 << slot != 0);
        if let [stem] = stems {
            slots.for_each(|slot| self.target(slot, *stem, factor, rule));
            return;
        }
        let Some(parts) = self.parts(stems) else { return };
        if self.plan.phrases.len() >= MAX_PHRASES {
            return;
        }
        self.plan.phrases.push(PhraseTarget { span, parts, factor, rule });
        let rarest = stems.iter().copied().max_by(|&a, &b| {
            self.index.stem_weight[a as usize].total_cmp(&self.index.stem_weight[b as usize])
        });
        let Some(stem) = rarest else { return };
        for slot in slots.filter_map(|slot| u8::try_from(slot).ok()) {
            self.plan.leads.push(Lead { slot, stem, factor });
        }
    }

    /// The bits of the parts of a phrase, new ones added; `None` when there is no room.
    fn parts(&mut self, stems: &[StemId]) -> Option<u128> {
        let mut bits = 0_u128;
        for stem in stems {
            let known = self.plan.parts.iter().position(|known| known == stem);
            let part = known.unwrap_or(self.plan.parts.len());
            if part >= MAX_PARTS {
                return None;
            }
            if known.is_none() {
                self.plan.parts.push(*stem);
            }
            bits |= 1 << part;
        }
        Some(bits)
    }

    /// Understands names of parties as such.
    fn name_parties(&mut self) {
        let index = self.index;
        for asked in &mut self.plan.asked {
            let typed = self.plan.words.at(asked.at);
            let named = match self.stems[asked.at] {
                Some(stem) => index.party_stems.binary_search(&stem).is_ok(),
                None => typed.len() >= 3 && index.is_party_prefix(typed),
            };
            if named {
                asked.role = Role::Party;
            }
        }
    }

    /// Understands names of services as such, unless nothing else was asked for.
    fn name_services(&mut self, scope: &[u32]) {
        let naming = self.index.services.named(self.index, &self.plan, &self.stems, scope);
        let in_name = |slot: usize| naming.words & 1 << slot != 0;
        let rest = self.plan.asked.iter().enumerate();
        let more = rest.clone().any(|(slot, a)| !in_name(slot) && a.role != Role::Party);
        for (slot, asked) in self.plan.asked.iter_mut().enumerate() {
            if in_name(slot) && more {
                asked.role = Role::Service;
            }
        }
        self.plan.named = naming.matrices;
    }

    /// Weighs every word asked.
    fn weigh(&mut self) {
        for slot in 0..self.plan.asked.len() {
            let leads = self.plan.leads_of(slot);
            let best = leads.clone().map(|lead| lead.factor).fold(0.0, f32::max);
            let rarity = leads
                .filter(|lead| lead.factor >= weights::SAME_AS_BEST * best)
                .map(|lead| self.index.stem_weight[lead.stem as usize])
                .fold(0.0, f32::max);
            let asked = &mut self.plan.asked[slot];
            if asked.role == Role::Unknown && best > 0.0 {
                asked.role = Role::Known;
            }
            let kind = match self.kinds[asked.at] {
                // A filler that counts after all, as part of a phrase or half-typed.
                Kind::Filler | Kind::ForeignFiller => 1.0,
                kind => kind_weight(kind),
            };
            asked.weight = match asked.role {
                Role::Filler => 0.0,
                Role::Party => weights::PARTY * rarity.max(weights::LEAST_NAME),
                Role::Service => weights::SERVICE * rarity.max(weights::LEAST_NAME),
                Role::Known => kind * rarity,
                Role::Unknown if self.kinds[asked.at] == Kind::Chat => 0.0,
                Role::Unknown => kind * weights::UNKNOWN,
            };
            self.plan.roles[asked.at] = asked.role;
        }
        self.plan.weight = self.plan.asked.iter().map(|asked| asked.weight).sum();
        for (part, &stem) in self.plan.parts.iter().enumerate() {
            let Ok(slot) = u8::try_from(self.plan.asked.len() + part) else { continue };
            for &word in self.index.vocabulary.members(stem) {
                self.plan.targets.push(Target { word, slot, factor: 1.0, rule: Rule::Synonym });
            }
        }
    }
}

impl Index {
    /// Whether the catalog has a word or a form of it, and it is no filler.
    pub(super) fn uses(&self, word: &str) -> bool {
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
            && words.all(|word| {
                self.party_stems.binary_search(&self.vocabulary.stem_of(word)).is_ok()
            })
    }
}
