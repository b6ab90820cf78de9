//! Which evidence is enough to be sure, and which is not.

use super::plan::{Asked, Plan, Role, Rule};
use super::rank::{Evidence, Scored};
use super::stopwords::Kind;
use super::vocabulary::WordId;
use super::weights;

/// The share of the query that must be matched for a sure answer: more than half.
pub(super) const NEEDED: f32 = 0.53;
/// The least score, which also counts what the name has beside: `hardware store` has one word of a
/// very long name.
pub(super) const NEEDED_SCORE: f32 = 0.44;
/// A second hit this near to the first makes it a choice.
pub(super) const MARGIN: f32 = 0.9;
/// The least share of a sure hit's score that another one is shown with.
pub(super) const BESIDE: f32 = 0.45;
/// The least share of a long message that must be matched: its other words may be about anything.
pub(super) const NEEDED_IN_CHAT: f32 = 0.36;
/// A message of at least so many words is long.
pub(super) const LONG: usize = 6;
/// A word that is at least this rare tells activities apart.
const SPECIFIC: f32 = 0.4;
/// A factor that counts as the word itself.
const AS_GOOD: f32 = 0.72;

/// Of a name of which less is asked for, that is only mentioned.
pub(super) const IN_PASSING: f32 = 0.15;
/// How many other hits are asked whether the question is rather about them.
pub(super) const RIVALS: usize = 4;

/// Why a search was sure of its first hit, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The text is an activity's id.
    Id,
    /// The text is an activity's name or alias, whole or cut off.
    WholeName,
    /// Enough of the query is matched.
    Enough,
    /// A long message with two specific words of the activity.
    SpecificWords,
    /// Too little of the query is matched.
    TooLittle,
    /// What the first hit lacks, another has that more of is asked for: the words point apart.
    Divided,
    /// The query only names a party or service.
    OnlyNames,
    /// Nothing is matched.
    NothingMatched,
}

impl Verdict {
    /// Whether the search was sure.
    #[must_use]
    pub fn is_sure(self) -> bool {
        matches!(self, Self::Id | Self::WholeName | Self::Enough | Self::SpecificWords)
    }
}

/// Whether the best hit is surely meant, and why.
pub(super) fn judge(plan: &Plan, best: &Scored, evidence: &[Evidence]) -> Verdict {
    if plan.asked.iter().all(|asked| matches!(asked.role, Role::Party | Role::Service)) {
        return Verdict::OnlyNames;
    }
    let tells = |(asked, found): (&Asked, &Evidence)| {
        asked.role == Role::Known && asked.kind != Kind::Chat && found.factor > 0.0
    };
    if !plan.asked.iter().zip(evidence).any(tells) {
        return Verdict::TooLittle;
    }
    let matched = sure_share(plan, best, evidence);
    if matched >= NEEDED && best.score >= NEEDED_SCORE {
        return Verdict::Enough;
    }
    let specific = |(asked, evidence): &(&Asked, &Evidence)| {
        asked.role == Role::Known && asked.weight >= SPECIFIC && evidence.factor >= AS_GOOD
    };
    let specific = plan.asked.iter().zip(evidence).filter(specific).count();
    if specific >= 2 && plan.words.len() >= LONG && matched >= NEEDED_IN_CHAT {
        return Verdict::SpecificWords;
    }
    Verdict::TooLittle
}

/// The telling words of the query that a hit has nothing for.
pub(super) fn missing(plan: &Plan, evidence: &[Evidence]) -> Vec<usize> {
    let lacks = |(asked, found): (&Asked, &Evidence)| {
        asked.role == Role::Known
            && asked.kind == Kind::Plain
            && asked.weight >= SPECIFIC
            && found.factor == 0.0
    };
    let slots = plan.asked.iter().zip(evidence).enumerate();
    slots.filter(|(_, pair)| lacks(*pair)).map(|(slot, _)| slot).collect()
}

/// Whether a hit has one of these words, as good as itself.
pub(super) fn has_one_of(evidence: &[Evidence], slots: &[usize]) -> bool {
    slots.iter().any(|&slot| evidence.get(slot).is_some_and(|found| found.factor >= AS_GOOD))
}

/// The share of the query that is matched by more than poor guesses at misspellings.
pub(super) fn sure_share(plan: &Plan, best: &Scored, evidence: &[Evidence]) -> f32 {
    let poor = |found: &Evidence| found.rule == Rule::Typo && found.factor < weights::FIRM;
    // `harbor registry`: what points to the registry that was asked for adds nothing.
    let again = |found: &Evidence| {
        let same = |other: &&Evidence| other.word == found.word && other.factor >= weights::FORM;
        found.rule == Rule::Hint
            && found.word != WordId::MAX
            && evidence.iter().any(|other| same(&other))
    };
    let guessed: f32 = plan
        .asked
        .iter()
        .zip(evidence)
        .filter(|(_, found)| poor(found) || again(found))
        .map(|(asked, found)| asked.weight * found.factor)
        .sum();
    if plan.weight > 0.0 { best.matched - guessed / plan.weight } else { 0.0 }
}

/// Whether the hit rests on a misspelling, a synonym or an abbreviation.
pub(super) fn is_guess(plan: &Plan, evidence: &[Evidence]) -> bool {
    plan.asked
        .iter()
        .zip(evidence)
        .any(|(asked, found)| found.factor > 0.0 && asked.weight > 0.0 && found.rule.is_guess())
}
