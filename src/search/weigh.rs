//! What each word of a query is taken for in the end, and what it weighs: names of parties and
//! services are told from words of activities, and rare words from common ones.

use super::confidence;
use super::index::kind_weight;
use super::ingredient::Ingredient;
use super::plan::{Lead, Role, Rule, Target};
use super::planner::Planner;
use super::stopwords::Kind;
use super::vocabulary::StemId;
use super::weights;

impl Planner<'_> {
    /// Understands names of parties as such.
    pub(super) fn name_parties(&mut self) {
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
    pub(super) fn name_services(&mut self, scope: &[u32]) {
        if !self.index.uses_ingredient(Ingredient::Services) {
            return;
        }
        let is_used = |form| self.index.has(form);
        let services = &self.index.services;
        let naming = services.named(&self.plan, &self.stems, &self.forms, scope, is_used);
        let in_name = |slot: usize| naming.words & 1 << slot != 0;
        let rest = self.plan.asked.iter().enumerate();
        let more = rest.clone().any(|(slot, a)| !in_name(slot) && a.role != Role::Party);
        for (slot, asked) in self.plan.asked.iter_mut().enumerate() {
            if in_name(slot) && more {
                asked.role = Role::Service;
            }
        }
        self.narrowed = naming.matrices.len() < scope.len();
        self.plan.named = naming.matrices;
        if self.narrowed {
            self.forget_name();
        }
    }

    /// Forgets phrases that are no more than the name of the service that is looked in: within
    /// Object Storage, `bucket` points to no row that says `object storage`.
    fn forget_name(&mut self) {
        let [only] = self.plan.named[..] else { return };
        for (phrase, at) in (0..).zip(0..self.plan.phrases.len()) {
            let parts: Vec<StemId> = self.plan.parts_of(&self.plan.phrases[at]).collect();
            if self.index.services.is_name(only, &parts) {
                self.plan.phrases[at].factor = 0.0;
                let leads = self.plan.leads.iter_mut();
                let leads = leads.filter(|lead| lead.phrase == Some(phrase));
                leads.for_each(|lead| lead.factor = 0.0);
            }
        }
    }

    /// How well a word may stand for anything in the catalog, and how rare that is.
    fn best_lead(&self, slot: usize) -> (f32, f32) {
        let leads = self.plan.leads_of(slot);
        let best = leads.clone().map(|lead| lead.factor).fold(0.0, f32::max);
        let good = leads.filter(|lead| lead.factor >= weights::SAME_AS_BEST * best);
        let rarity = |lead: &Lead| self.index.stem_weight[lead.stem as usize];
        // A beginning is as common as the commonest word that it may become.
        let rarity = if good.clone().any(|lead| lead.rule == Rule::Prefix) {
            good.map(rarity).fold(1.0, f32::min)
        } else {
            good.map(rarity).fold(0.0, f32::max)
        };
        (best, rarity)
    }

    /// Weighs every word asked.
    pub(super) fn weigh(&mut self) {
        let long = self.plan.words.len() >= confidence::LONG;
        let unknown = if !self.index.uses_ingredient(Ingredient::Unknown) {
            0.0
        } else if long {
            weights::UNKNOWN_IN_CHAT
        } else {
            weights::UNKNOWN
        };
        for slot in 0..self.plan.asked.len() {
            let (best, rarity) = self.best_lead(slot);
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
                // Where to look, and no longer what to look for.
                Role::Service if self.narrowed => 0.0,
                Role::Service => weights::SERVICE * rarity.max(weights::LEAST_NAME),
                Role::Party => weights::PARTY * rarity.max(weights::LEAST_NAME),
                // A poor guess leaves the word as good as unknown.
                Role::Known if best < weights::FIRM => kind * weights::UNKNOWN,
                Role::Known => kind * rarity,
                Role::Unknown if self.kinds[asked.at] == Kind::Chat => 0.0,
                Role::Unknown => kind * unknown,
            };
            if asked.role == Role::Unknown && is_number(self.plan.words.at(asked.at)) {
                asked.weight *= weights::NUMBER;
            }
            self.plan.roles[asked.at] = asked.role;
        }
        self.plan.weight = self.plan.asked.iter().map(|asked| asked.weight).sum();
        for (part, &stem) in self.plan.parts.iter().enumerate() {
            let Ok(slot) = u8::try_from(self.plan.asked.len() + part) else { continue };
            for &word in self.index.vocabulary.stems.members(stem) {
                self.plan.targets.push(Target { word, slot, factor: 1.0, rule: Rule::Synonym });
            }
        }
    }
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}
