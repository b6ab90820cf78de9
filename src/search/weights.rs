//! Every number that the ranking rests on, with its reason.

/// The weight of a word by how many of `all` activities have it: 1 for a word that none has, less
/// the more have it. Logarithmic, as is usual, so that one very common word cannot decide.
#[expect(clippy::cast_precision_loss, reason = "counts far below the precision of f32")]
pub(super) fn rarity(having: u32, all: usize) -> f32 {
    let all = all.max(1) as f32;
    (1.0 + all / having.max(1) as f32).ln() / (1.0 + all / 0.5).ln()
}

/// A word that the catalog does not know keeps its full weight, so that it stands against
/// confidence: `concert tickets` is half unknown.
pub(super) const UNKNOWN: f32 = 1.0;
/// In a long message there are more words that are about something else.
pub(super) const UNKNOWN_IN_CHAT: f32 = 0.75;
/// A number that the catalog does not have says little, on top.
pub(super) const NUMBER: f32 = 0.3;
/// A name of a party says who asks or acts, rarely what about.
pub(super) const PARTY: f32 = 0.2;
/// A name of the only service there is tells its activities hardly apart.
pub(super) const SERVICE: f32 = 0.15;
/// Words of small talk, where the catalog uses them at all.
pub(super) const CHAT: f32 = 0.25;
/// Words of every matrix (`manage`, `provide`), even where this one has them once.
pub(super) const WEAK: f32 = 0.6;

/// The word itself.
pub(super) const EXACT: f32 = 1.0;
/// An inflection, or British for American: the same word, but the form typed is not the one there.
pub(super) const FORM: f32 = 0.95;
/// A noun for its verb or the like: `registration` is near to `registry`, not the same.
pub(super) const FAMILY: f32 = 0.84;
/// Two words for one or one for two: `back up`, `datasecurity`.
pub(super) const JOINED: f32 = 0.92;
/// A word without the number that was written to it.
pub(super) const NUMBERED: f32 = 0.8;
/// The same with a misspelling in one of them.
pub(super) const JOINED_MISSPELT: f32 = 0.74;
/// The beginning of a word, by the part of it that was typed: from here …
pub(super) const PREFIX_LEAST: f32 = 0.76;
/// … to here for all but a letter.
pub(super) const PREFIX_MOST: f32 = 0.92;
/// One or two letters may begin anything: good for an order, not for an answer.
pub(super) const PREFIX_SHORT: f32 = 0.45;
/// Two letters that only a few words begin with.
pub(super) const PREFIX_FEW: f32 = 0.6;
/// Initials of words that stand together in a name.
pub(super) const INITIALS: f32 = 0.8;
/// Consonants of a word: `mgmt`.
pub(super) const SKELETON: f32 = 0.74;
/// Another word for the same thing.
pub(super) const SYNONYM: f32 = 0.74;
/// A word that points to the thing: on its own just short of what a sure answer needs.
pub(super) const NEAR: f32 = 0.52;

/// The beginning of a word that only the thesaurus has, on top of what it then stands for.
pub(super) const HALF_CONCEPT: f32 = 0.95;
/// A misspelling of a word that only the thesaurus has, on top: two steps away from the name.
pub(super) const MISSPELT_CONCEPT: f32 = 0.85;
/// A word that has lost two letters inside: people who hurry drop them more than they add others.
pub(super) const DROPPED: f32 = 0.76;
/// A misspelling that another word is nearer to, on top.
pub(super) const FARTHER: f32 = 0.8;
/// A misspelling of the first letter, on top, unless two letters are swapped: people rarely get
/// that wrong, and short words that differ in it are other words.
pub(super) const OTHER_INITIAL: f32 = 0.8;
/// From here on a word is taken for what it stands for; below it is as good as unknown.
pub(super) const FIRM: f32 = 0.5;
/// What is less likely than this is not tried at all.
pub(super) const LEAST: f32 = 0.4;
/// Among the words that one may stand for, those nearly as sure as the best decide its weight.
pub(super) const SAME_AS_BEST: f32 = 0.9;
/// The rarity of a name of a party or service that no activity mentions.
pub(super) const LEAST_NAME: f32 = 0.2;

/// A misspelling, by edits and letters: the shorter the word, the more words are as near. One
/// letter for another makes another word more often (`wine`, `wipe`) than a slip of the fingers.
pub(super) fn typo(edits: u8, length: usize, replaced: bool) -> f32 {
    match (edits, length) {
        (_, ..=3) => 0.48,
        (1, ..=4) if replaced => 0.46,
        (1, ..=4) => 0.7,
        (1, 5) if replaced => 0.64,
        (1, 5) => 0.8,
        (1, _) => 0.88,
        (_, ..=5) => 0.46,
        (_, 6 | 7) => 0.52,
        (_, _) => 0.74,
    }
}

/// A beginning of `typed` letters of a word of `length`, one of `several` that begin so.
#[expect(clippy::cast_precision_loss, reason = "lengths of words")]
pub(super) fn prefix(typed: usize, length: usize, several: usize) -> f32 {
    match (typed, several) {
        (..2, _) => PREFIX_SHORT,
        (2, ..=2) => PREFIX_LEAST,
        (2, ..=5) => PREFIX_FEW,
        (2, _) => PREFIX_SHORT,
        _ => PREFIX_LEAST + (PREFIX_MOST - PREFIX_LEAST) * typed as f32 / length.max(1) as f32,
    }
}

/// An alias is somebody's way of saying it, the name is the document's.
pub(super) const ALIAS: f32 = 0.98;
/// A guess at a word of an alias, which already is another way of saying it, counts less.
pub(super) const GUESSED_ALIAS: f32 = 0.85;
/// A single word of a long alias says little: `page` of `status page`.
pub(super) const PART_OF_ALIAS: f32 = 0.5;
/// Words found in another of an activity's names than the one that matches best.
pub(super) const ELSEWHERE: f32 = 0.9;
/// A word of a section's title is context: it tells activities apart, but names none.
pub(super) const SECTION: f32 = 0.42;
/// … unless the whole title was typed.
pub(super) const WHOLE_SECTION: f32 = 0.78;

/// A title counts as typed when this much of its weight was.
pub(super) const NEARLY_ALL: f32 = 0.9;

/// What a name loses for words that were not asked for, all of them unasked.
pub(super) const UNCOVERED: f32 = 0.24;
/// What a name loses when none of its words stand together as they do in the question …
pub(super) const DISORDER: f32 = 0.03;
/// … and what it loses on top when not even two of them do.
pub(super) const SCATTERED: f32 = 0.04;
