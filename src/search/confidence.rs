//! Which evidence is enough to be sure, and which is not.

use super::plan::{Plan, Role, Rule};
use super::rank::Scored;

/// The share of the query that must be matched for a sure answer: more than half.
pub(super) const NEEDED: f32 = 0.53;
/// A second hit this near to the first makes it a choice.
pub(super) const MARGIN: f32 = 0.9;
/// The least share for a long message whose other words are about something else.
pub(super) const NEEDED_IN_CHAT: f32 = 0.36;
/// A word that is at least this rare tells activities apart.
const SPECIFIC: f32 = 0.4;
/// A factor that counts as the word itself.
const FIRM: f32 = 0.72;

/// Whether the best hit is surely meant.
pub(super) fn is_sure(plan: &Plan, best: &Scored, evidence: &[(f32, Rule)]) -> bool {
    if plan.asked.iter().all(|asked| matches!(asked.role, Role::Party)) {
        return false;
    }
    if best.matched >= NEEDED {
        return true;
    }
    let asked = plan.asked.iter().zip(evidence);
    let specific = asked
        .filter(|(asked, (factor, _))| {
            asked.role == Role::Known && asked.weight >= SPECIFIC && *factor >= FIRM
        })
        .count();
    specific >= 2 && plan.words.len() >= 6 && best.matched >= NEEDED_IN_CHAT
}
