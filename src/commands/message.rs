//! Message: which activities does something that somebody wrote talk about? It was not written for
//! us, so that nothing in it is an answer unless it is surely one.

mod labels;
mod reading;

use std::iter;

use super::reply::{Button, Outcome, Reply};
use super::services::Called;
use super::{Command, Context, Found, Shelf, Sources, ask, find};
use crate::domain::ActivityKey;
use crate::search::{Confidence, Explanation, Findings, Hit, Query, Role, Rule, Verdict};
use labels::is_state;
use reading::{Piece, Tone};

/// How many activities a message is taken to be about.
const MAX_TOPICS: usize = 3;
/// A word that stands for a word of the activity at least this well is that word.
const FIRM: f32 = 0.72;
/// A word that is at least this rare says something; others stand in too many names.
const TELLING: f32 = 0.25;
/// A name of which at least this share was said was meant, though only one word of it was.
const MOSTLY: f32 = 0.45;
/// A name of which less was said was not meant: long ones have a word for everything.
const PARTLY: f32 = 0.33;

/// An activity that a message talks about.
struct Topic {
    hit: Hit,
    /// How sure that is; for the order only.
    strength: f32,
}

/// Answers for what a message talks about, to the asker alone.
pub(super) fn message(sources: &Sources<'_>, text: &str, context: &Context) -> Reply {
    let context = &Context { share: Some(false), ..context.clone() };
    let language = context.language;
    if sources.catalog.is_empty() {
        return Reply::private(Outcome::Nothing, language.no_matrix());
    }
    let readings = reading::readings(text);
    match readings.iter().find_map(|pieces| about(sources, pieces, context)) {
        Some(found) => ask::put(sources, text, &found, Some(language.about_message()), context),
        None => nothing(sources, readings.first(), context),
    }
}

/// Nothing is sure; the services that the message names may be the right place to look.
fn nothing(sources: &Sources<'_>, pieces: Option<&Vec<Piece>>, context: &Context) -> Reply {
    let language = context.language;
    let scope = sources.scope(context);
    let named = pieces.map(|pieces| services(sources, pieces, &scope).0).unwrap_or_default();
    let buttons = named.into_iter().take(MAX_TOPICS).filter(|_| scope.len() > 1).map(|index| {
        let service = &sources.matrix(index).service;
        let at = Shelf::Service { service: service.id.clone(), page: 0 };
        Button { label: service.name.clone(), command: Command::Browse { at }, enabled: true }
    });
    let reply = Reply::private(Outcome::Nothing, language.nothing_in_message());
    Reply { buttons: buttons.collect(), ..reply.hint(language.try_again()) }
}

/// What these pieces are surely about: in the service that they name and nowhere else, or in the
/// one that they may name or the channel means, or anywhere.
fn about(sources: &Sources<'_>, pieces: &[Piece], context: &Context) -> Option<Found> {
    let scope = sources.scope(context);
    let (named, perhaps) = services(sources, pieces, &scope);
    if !named.is_empty() {
        return found(sources, pieces, named, true);
    }
    let usual = sources.settings.service_in(context.channel.as_ref());
    let usual = usual.map(|usual| sources.services(usual, &scope)).unwrap_or_default();
    [(perhaps, true), (usual, false), (scope, false)]
        .into_iter()
        .filter(|(scope, _)| !scope.is_empty())
        .find_map(|(scope, named)| found(sources, pieces, scope, named))
}

/// The services that pieces name, and those that they may name by a word that has other meanings.
fn services(sources: &Sources<'_>, pieces: &[Piece], scope: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let whole: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let texts = iter::once(whole.join(" ")).chain(pieces.iter().map(|piece| piece.text.clone()));
    let mut named = texts
        .map(|text| find::search(sources, &text, scope).named)
        .find(|named| !named.is_empty())
        .unwrap_or_default();
    let mut perhaps = Vec::new();
    let called = sources.called(scope);
    for piece in pieces {
        for (matrix, words) in called.within(&piece.text) {
            if words > 1 { &mut named } else { &mut perhaps }.push(matrix);
        }
    }
    for matrices in [&mut named, &mut perhaps] {
        matrices.sort_unstable();
        matrices.dedup();
    }
    (named, perhaps)
}

/// What pieces are surely about in these matrices; `named` tells whether they name them.
fn found(sources: &Sources<'_>, pieces: &[Piece], scope: Vec<u32>, named: bool) -> Option<Found> {
    let hits: Vec<Hit> =
        topics(sources, pieces, &scope, named).into_iter().map(|topic| topic.hit).collect();
    let matrix = if let [only] = scope[..] { Some(only) } else { None };
    (!hits.is_empty()).then(|| {
        let confidence = Confidence::Answer;
        let findings = Findings { confidence, guess: true, hits, named: Vec::new() };
        let searched = (String::new(), scope.clone());
        Found { findings, matrix, scope, searched }
    })
}

/// The activities that pieces are surely about, each meaning once, the surest first.
fn topics(sources: &Sources<'_>, pieces: &[Piece], scope: &[u32], named: bool) -> Vec<Topic> {
    let called = named.then(|| sources.called(scope));
    let own_words = called.as_ref().map(Called::words).unwrap_or_default();
    let reader = Reader { sources, scope, called, own_words, named };
    let happened = pieces.iter().filter(|piece| piece.tone != Tone::Name);
    let mut topics: Vec<Topic> = happened.filter_map(|piece| reader.topic(piece)).collect();
    topics.sort_by(|a, b| b.strength.total_cmp(&a.strength));
    let mut known: Vec<ActivityKey> = Vec::new();
    topics.retain(|topic| {
        let is_new = !known.contains(&topic.hit.key);
        known.extend(sources.index.kin(sources.catalog, topic.hit.key, scope));
        is_new
    });
    topics.truncate(MAX_TOPICS);
    topics
}

/// Reads pieces in some matrices.
struct Reader<'a> {
    sources: &'a Sources<'a>,
    scope: &'a [u32],
    /// What the services of these matrices are called, where the message names them.
    called: Option<Called>,
    /// The words of those names, folded.
    own_words: Vec<String>,
    named: bool,
}

impl Reader<'_> {
    /// The activity that a piece is surely about: as it is written, or else by the words of it that
    /// mean something here.
    fn topic(&self, piece: &Piece) -> Option<Topic> {
        let text = self.called.as_ref().map(|called| called.taken_out_of(&piece.text));
        let explained = self.explain(text.as_deref().unwrap_or(&piece.text));
        let as_written = explained.verdict.is_sure().then(|| self.judge(piece, &explained));
        as_written.flatten().or_else(|| {
            let known = self.known_words(piece, &explained)?;
            let explained = self.explain(&known);
            explained.verdict.is_sure().then(|| self.judge(piece, &explained)).flatten()
        })
    }

    fn explain(&self, text: &str) -> Explanation {
        let query = Query { text, scope: self.scope };
        self.sources.index.explain(self.sources.catalog, query)
    }

    /// One word may stand in any sentence: it takes two, or most of a name where it was asked, was
    /// an alert, or the service is named. In talk these must be the name's own words.
    fn judge(&self, piece: &Piece, explained: &Explanation) -> Option<Topic> {
        let (own, firm) = self.firm_words(explained);
        let covered = explained.hits.first().map_or(0.0, |hit| hit.covered);
        let expected = self.named || piece.tone != Tone::Prose;
        let most = covered >= MOSTLY;
        let enough = match explained.verdict {
            Verdict::SpecificWords if expected => firm > 1 && most,
            _ if expected => firm > 1 && covered >= PARTLY || firm == 1 && most,
            _ => own > 1 && covered >= PARTLY,
        };
        let hit = explained.findings.hits.first().copied().filter(|_| enough)?;
        let asked = if piece.tone == Tone::Question { 1.0 } else { 0.0 };
        // Among the many words of a long sentence, two that fit say less.
        let each = if explained.verdict == Verdict::SpecificWords { 0.125 } else { 0.25 };
        let firm = each * f32::from(u8::try_from(firm.min(4)).unwrap_or(u8::MAX));
        Some(Topic { hit, strength: hit.score + firm + covered / 2.0 + asked })
    }

    /// How many words of a piece are telling words of its best hit: its own, and these with other
    /// words for them.
    fn firm_words(&self, explained: &Explanation) -> (usize, usize) {
        let Some(best) = explained.hits.first() else { return (0, 0) };
        let is_own = |rule: Rule| matches!(rule, Rule::Exact | Rule::Inflection | Rule::Joined);
        let is_firm = |rule: Rule| is_own(rule) || matches!(rule, Rule::Family | Rule::Synonym);
        let matched = best.words.iter().filter(|found| found.factor >= FIRM && is_firm(found.rule));
        let telling = matched.filter(|found| {
            let asked = &explained.words[found.asked];
            let is_name = self.own_words.contains(&asked.word);
            let says_more = !is_name && !is_state(&asked.word);
            asked.role == Role::Known && asked.weight >= TELLING && says_more
        });
        telling.fold((0, 0), |(own, all), found| (own + usize::from(is_own(found.rule)), all + 1))
    }

    /// The words of a piece that the catalog knows, without those that only say that something is
    /// wrong; `None` where too little is known for the rest not to matter.
    fn known_words(&self, piece: &Piece, explained: &Explanation) -> Option<String> {
        let of = |role: Role| explained.words.iter().filter(move |word| word.role == role);
        let known = of(Role::Known).filter(|word| !is_state(&word.word));
        let known: Vec<&str> = known.map(|word| word.word.as_str()).collect();
        let unknown = of(Role::Unknown).filter(|word| !is_state(&word.word)).count();
        let enough = piece.tone == Tone::Alert || unknown <= known.len();
        (enough && !known.is_empty()).then(|| known.join(" "))
    }
}
