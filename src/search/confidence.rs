//! Which evidence is enough to be sure, and which is not.

use super::plan::{Asked, Plan, Role};
use super::rank::{Evidence, Scored};

/// The share of the query that must be matched for a sure answer: more than half.
pub(super) const NEEDED: f32 = 0.53;
/// A second hit this near to the first makes it a choice.
pub(super) const MARGIN: f32 = 0.9;
/// The least share of a long message that must be matched: its other words may be about anything.
pub(super) const NEEDED_IN_CHAT: f32 = 0.36;
/// A message of at least so many words is long.
const LONG: usize = 6;
/// A word that is at least this rare tells activities apart.
const SPECIFIC: f32 = 0.4;
/// A factor that counts as the word itself.
const FIRM: f32 = 0.72;

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
    if best.matched >= NEEDED {
        return Verdict::Enough;
    }
    let specific = |(asked, evidence): &(&Asked, &Evidence)| {
        asked.role == Role::Known && asked.weight >= SPECIFIC && evidence.factor >= FIRM
    };
    let specific = plan.asked.iter().zip(evidence).filter(specific).count();
    if specific >= 2 && plan.words.len() >= LONG && best.matched >= NEEDED_IN_CHAT {
        return Verdict::SpecificWords;
    }
    Verdict::TooLittle
}

/// Whether the hit rests on a misspelling, a synonym or an abbreviation.
pub(super) fn is_guess(plan: &Plan, evidence: &[Evidence]) -> bool {
    plan.asked
        .iter()
        .zip(evidence)
        .any(|(asked, found)| found.factor > 0.0 && asked.weight > 0.0 && found.rule.is_guess())
}
