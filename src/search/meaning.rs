//! What the thesaurus says for the words of a query, as far as the catalog has it.

use super::concepts::Phrase;
use super::plan::{Lead, MAX_PARTS, MAX_PHRASES, PhraseTarget, Rule};
use super::planner::Planner;
use super::vocabulary::{FormId, StemId, WordId};
use super::weights;

/// A word that so many activities have needs no hints.
const PLENTY: usize = 200;

impl Planner<'_> {
    /// The concepts whose words a word may be the beginning of: `vuln`.
    pub(super) fn complete_concept(&mut self, slot: usize, range: std::ops::Range<WordId>) {
        let index = self.index;
        let mut forms: Vec<FormId> =
            range.take(16).map(|word| index.vocabulary.forms.of(word)).collect();
        forms.dedup();
        for form in forms.into_iter().take(4) {
            self.concept_of(slot, form, weights::HALF_CONCEPT, Rule::Synonym);
        }
    }

    /// What the catalog says for a single word of the thesaurus, for a word that is taken for it.
    pub(super) fn concept_of(&mut self, slot: usize, form: FormId, factor: f32, rule: Rule) {
        let index = self.index;
        for phrase in index.concepts.starting_with(form).filter(|p| p.forms.len() == 1) {
            let by = if phrase.near { weights::NEAR } else { weights::SYNONYM };
            if factor * by < weights::LEAST {
                continue;
            }
            for &target in index.concepts.targets(phrase.set) {
                let target = index.concepts.phrase(target);
                if target.forms != phrase.forms {
                    self.require(1 << slot, target, factor * by, rule);
                }
            }
        }
    }

    /// Words and phrases of the thesaurus in the query, and what the catalog says for them.
    pub(super) fn phrases(&mut self) {
        let index = self.index;
        for at in 0..self.forms.len() {
            let Some(first) = self.forms[at] else { continue };
            for phrase in index.concepts.starting_with(first) {
                let words = self.forms.get(at..at + phrase.forms.len());
                if words.is_some_and(|w| w.iter().zip(phrase.forms).all(|(a, b)| *a == Some(*b))) {
                    self.mean(phrase, at);
                }
            }
        }
    }

    /// Adds what the catalog says for a phrase that the query has.
    fn mean(&mut self, phrase: Phrase<'_>, at: usize) {
        let index = self.index;
        let targets = index.concepts.targets(phrase.set);
        let length = phrase.forms.len();
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
        if phrase.near && length == 1 && self.is_plenty(at) {
            return;
        }
        let (factor, rule) = if phrase.near {
            (weights::NEAR, Rule::Hint)
        } else {
            (weights::SYNONYM, Rule::Synonym)
        };
        for &target in targets {
            let target = index.concepts.phrase(target);
            if target.forms != phrase.forms {
                self.require(span, target, factor, rule);
            }
        }
    }

    /// Whether so many activities have the very word that hints at others add nothing.
    fn is_plenty(&self, at: usize) -> bool {
        let stem = self.stems[at].filter(|&stem| self.used(stem));
        stem.is_some_and(|stem| self.index.postings.of(stem).len() >= PLENTY)
    }

    /// A phrase of the catalog that stands for some words of the query.
    fn require(&mut self, span: u64, phrase: Phrase<'_>, factor: f32, rule: Rule) {
        if let [form] = phrase.forms {
            for slot in (0..self.plan.asked.len()).filter(|slot| span & 1 << slot != 0) {
                self.target(slot, *form, factor, rule);
            }
        } else {
            self.require_all(span, phrase.content, factor, rule);
        }
    }

    /// Words of the catalog that together stand for some words of the query.
    pub(super) fn require_all(&mut self, span: u64, stems: &[StemId], factor: f32, rule: Rule) {
        let Some(parts) = self.parts(stems) else { return };
        if self.plan.phrases.len() >= MAX_PHRASES {
            return;
        }
        let phrase = u8::try_from(self.plan.phrases.len()).ok();
        self.plan.phrases.push(PhraseTarget { span, parts, factor, rule });
        let rarest = stems.iter().copied().max_by(|&a, &b| {
            self.index.stem_weight[a as usize].total_cmp(&self.index.stem_weight[b as usize])
        });
        let Some(stem) = rarest else { return };
        let slots = (0..self.plan.asked.len()).filter(|slot| span & 1 << slot != 0);
        for slot in slots.filter_map(|slot| u8::try_from(slot).ok()) {
            self.plan.leads.push(Lead { slot, stem, factor, rule, phrase });
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
}
