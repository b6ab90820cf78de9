//! From the words of a query to its plan: what each may stand for, tried from the surest rule to
//! the least sure.

use super::index::{Index, whole_hash};
use super::ingredient::Ingredient;
use super::plan::{Asked, Lead, MAX_ASKED, Plan, Role, Rule, Target};
use super::stopwords::{Kind, is_filler};
use super::vocabulary::{FormId, StemId, Vocabulary, WordId};
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
    /// The form of each word of the text, if the vocabulary has it.
    pub(super) forms: Vec<Option<FormId>>,
    /// The stem of each word of the text, if the vocabulary has it.
    pub(super) stems: Vec<Option<StemId>>,
    pub(super) kinds: Vec<Kind>,
    /// The index in `asked` of each word of the text.
    pub(super) slot_of: Vec<Option<u8>>,
    /// Whether the last word may be half-typed even if it is a word.
    completing: bool,
    /// Whether the text names some of the services in scope, and not all.
    pub(super) narrowed: bool,
}

impl<'a> Planner<'a> {
    /// The plan of a text when looking in `scope`; where several services are in it, those that
    /// the text names are found. `completing` takes the last word for half-typed.
    pub(super) fn plan(index: &'a Index, text: &str, scope: &[u32], completing: bool) -> Plan {
        let mut plan = Plan::new();
        plan.words.read(text);
        let mut planner = Self {
            index,
            plan,
            forms: Vec::new(),
            stems: Vec::new(),
            kinds: Vec::new(),
            slot_of: Vec::new(),
            completing,
            narrowed: false,
        };
        let ids = planner.find_words();
        planner.find_whole(&ids);
        planner.read(ids);
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

    /// Looks every word of the text up in the vocabulary.
    fn find_words(&self) -> Vec<Option<WordId>> {
        let words = self.plan.words.iter();
        words.map(|word| self.index.vocabulary.words.find(word)).collect()
    }

    /// Finds the texts that are the query word by word.
    fn find_whole(&mut self, ids: &[Option<WordId>]) {
        let index = self.index;
        let ids: Option<Vec<WordId>> = ids.iter().copied().collect();
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

    /// Finds the form and the stem of every word, of which `ids` are those that the vocabulary has.
    fn read(&mut self, mut ids: Vec<Option<WordId>>) {
        if self.join() {
            ids = self.find_words();
        }
        let (vocabulary, words) = (&self.index.vocabulary, &self.plan.words);
        let mut buffer = String::new();
        for (word, id) in words.iter().zip(ids) {
            let (form, stem) = match id {
                Some(id) => (Some(vocabulary.forms.of(id)), Some(vocabulary.stem_of(id))),
                None => match plural_of(word, vocabulary) {
                    Some(id) => (Some(vocabulary.forms.of(id)), Some(vocabulary.stem_of(id))),
                    None => (
                        vocabulary.find_form(word, &mut buffer),
                        vocabulary.find_stem(word, &mut buffer),
                    ),
                },
            };
            self.forms.push(form);
            self.stems.push(stem);
        }
        self.kinds = words.iter().map(|word| self.index.kind(word)).collect();
        self.slot_of = vec![None; words.len()];
        self.plan.roles = vec![Role::Filler; words.len()];
    }

    /// Writes `back up` as `backup` where only that is a word of the catalog.
    fn join(&mut self) -> bool {
        if !self.index.uses_ingredient(Ingredient::Joined) {
            return false;
        }
        let (index, words) = (self.index, &self.plan.words);
        let mut both = String::new();
        let joined = (1..words.len()).find(|&at| {
            let (a, b) = (words.at(at - 1), words.at(at));
            if a.len() < 2 || b.len() < 2 || a.len() + b.len() < 5 {
                return false;
            }
            // Two words that hold a sentence together are no misspelt one (`ofthe`).
            if is_filler(a) && is_filler(b) {
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
        joined.is_some()
    }

    pub(super) fn used(&self, stem: StemId) -> bool {
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
            // Nor does anybody ask for one alone: `qual`.
            Kind::ForeignFiller => last && !self.is_foreign() && self.begins_word(word),
            Kind::Chat => self.forms[at].is_some(),
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

    pub(super) fn ask(&mut self, at: usize) -> Option<u8> {
        if self.slot_of[at].is_none() && self.plan.asked.len() < MAX_ASKED {
            self.slot_of[at] = u8::try_from(self.plan.asked.len()).ok();
            self.plan.asked.push(Asked {
                at,
                role: Role::Unknown,
                kind: self.kinds[at],
                weight: 0.0,
            });
        }
        self.slot_of[at]
    }

    /// What a word stands for by itself.
    fn expand(&mut self, slot: usize) {
        let at = self.plan.asked[slot].at;
        let known = self.stems[at].filter(|&stem| self.used(stem));
        if let Some(stem) = known {
            self.target_family(slot, stem);
        }
        let last = at + 1 == self.plan.words.len();
        if known.is_none() || self.completing && last {
            self.complete(slot, last);
        }
    }

    /// Adds the words of a family as targets of the very word, a form of it, or a relative.
    fn target_family(&mut self, slot: usize, stem: StemId) {
        let Ok(short) = u8::try_from(slot) else { return };
        let (vocabulary, at) = (&self.index.vocabulary, self.plan.asked[slot].at);
        let (typed, own) = (self.plan.words.at(at), self.forms[at]);
        let mut best = (weights::FAMILY, Rule::Family);
        for &word in vocabulary.stems.members(stem) {
            if !self.index.present[word as usize] {
                continue;
            }
            let (factor, rule) = if vocabulary.words.at(word) == typed {
                (weights::EXACT, Rule::Exact)
            } else if Some(vocabulary.forms.of(word)) == own {
                (weights::FORM, Rule::Inflection)
            } else {
                (weights::FAMILY, Rule::Family)
            };
            if factor > best.0 {
                best = (factor, rule);
            }
            self.plan.targets.push(Target { word, slot: short, factor, rule });
        }
        let (factor, rule) = best;
        self.plan.leads.push(Lead { slot: short, stem, factor, rule, phrase: None });
    }

    /// Adds the words of a form as targets.
    pub(super) fn target(&mut self, slot: usize, form: FormId, factor: f32, rule: Rule) {
        let Ok(short) = u8::try_from(slot) else { return };
        let vocabulary = &self.index.vocabulary;
        let words = vocabulary.forms.members(form).iter();
        let present = words.filter(|&&word| self.index.present[word as usize]);
        for &word in present {
            self.plan.targets.push(Target { word, slot: short, factor, rule });
            let stem = vocabulary.stem_of(word);
            let same = |last: &Lead| (last.slot, last.stem) == (short, stem);
            if !self.plan.leads.last().is_some_and(|last| same(last) && last.factor >= factor) {
                self.plan.leads.push(Lead { slot: short, stem, factor, rule, phrase: None });
            }
        }
    }

    /// The words that a word may be the beginning of.
    fn complete(&mut self, slot: usize, last: bool) {
        let index = self.index;
        if !index.uses_ingredient(Ingredient::Prefixes) {
            return;
        }
        let typed = self.plan.words.at(self.plan.asked[slot].at).to_owned();
        let length = typed.chars().count();
        if length < 3 && typed.is_ascii() && !last {
            return;
        }
        let own = self.forms[self.plan.asked[slot].at];
        let mut forms: Vec<(FormId, usize)> = Vec::new();
        let range = index.vocabulary.words.starting_with(&typed);
        for word in range.clone().take(MAX_STARTS as usize) {
            let form = index.vocabulary.forms.of(word);
            let whole = index.vocabulary.words.at(word).chars().count();
            let heavy = index.present[word as usize] && index.word_weight[word as usize] > 0.0;
            // Two letters of three are no beginning: `cv` is no `cve`.
            if !heavy || Some(form) == own || typed.len() == 2 && whole == 3 {
                continue;
            }
            if let Some((_, shortest)) = forms.iter_mut().find(|(known, _)| *known == form) {
                *shortest = whole.min(*shortest);
            } else if forms.len() < MAX_COMPLETIONS {
                forms.push((form, whole));
            } else {
                break;
            }
        }
        let several = forms.len();
        for &(form, whole) in &forms {
            self.target(slot, form, weights::prefix(length, whole, several), Rule::Prefix);
        }
        if several == 0 && length >= 4 && own.is_none() {
            self.complete_concept(slot, range);
        }
    }
}

/// The word that one is the plural of, where the ending alone would not tell: `apis`.
fn plural_of(word: &str, vocabulary: &Vocabulary) -> Option<WordId> {
    let singular = word.strip_suffix('s').filter(|singular| singular.len() > 2)?;
    vocabulary.words.find(singular)
}

impl Index {
    /// Whether the catalog has a word or a form of it, and it is no filler.
    pub(super) fn uses(&self, word: &str) -> bool {
        let form = match self.vocabulary.words.find(word) {
            Some(word) => Some(self.vocabulary.forms.of(word)),
            None => self.vocabulary.find_form(word, &mut String::new()),
        };
        form.is_some_and(|form| self.has(form)) && !is_filler(word)
    }

    /// Whether the catalog has a word of this form.
    pub(super) fn has(&self, form: FormId) -> bool {
        self.vocabulary.forms.members(form).iter().any(|&word| self.present[word as usize])
    }

    /// Whether a word is the beginning of a party's name and of nothing else.
    pub(super) fn is_party_prefix(&self, typed: &str) -> bool {
        let mut words = self.vocabulary.words.starting_with(typed).peekable();
        words.peek().is_some()
            && words
                .all(|word| self.party_stems.binary_search(&self.vocabulary.stem_of(word)).is_ok())
    }
}
