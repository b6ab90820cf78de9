//! Questions that found nothing sure, for whoever keeps the matrices: often a word is missing there.

use time::Date;

use super::pages::Page;
use super::reply::{LineKind, Outcome, Reply};
use super::text::{Text, cut, is_invisible, quote};
use super::{Admin, Command, Context, Sources};
use crate::domain::id::slug;
use crate::domain::{ActivityKey, Catalog};
use crate::search::Confidence;

/// The longest text that is kept of a question, in characters.
pub const MAX_TEXT: usize = 200;
/// How many activities are named that come near a question.
const MAX_CLOSEST: usize = 3;
/// How many questions a page shows.
const PAGE: usize = 10;

/// A question that found nothing sure, as it is asked. Who asked is no part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its text, cut and without what calls somebody.
    pub text: String,
    /// The id of the server where it was asked.
    pub guild: Option<String>,
    /// The ids of the limited services that its asker may see, sorted: what they ask may tell of
    /// them.
    pub sees: Vec<String>,
}

/// A question that was asked once or more, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What was asked, in the words of the first time.
    pub asked: Asked,
    /// How often.
    pub times: u32,
    /// The day it was asked last.
    pub last: Date,
}

/// A question, and the activities that come nearest today, best first.
#[derive(Clone, Debug)]
pub struct Gap<'a> {
    /// The question.
    pub question: &'a Question,
    /// The activities, keys of the catalog that was searched.
    pub closest: Vec<ActivityKey>,
}

impl Asked {
    /// A question of somebody who is let see `sees` beside what everybody sees; nothing when it has
    /// no words.
    #[must_use]
    pub fn new(text: &str, context: &Context, sees: Vec<String>) -> Option<Self> {
        let visible: String = text.chars().map(|c| if is_invisible(c) { ' ' } else { c }).collect();
        let words: Vec<String> = visible.split_whitespace().map(without_ids).collect();
        let text = cut(&words.join(" "), MAX_TEXT);
        (!text.is_empty()).then(|| Self { text, guild: context.viewer.guild.clone(), sees })
    }

    /// What the same question has in common with it, however it is written.
    #[must_use]
    pub fn key(&self) -> (String, Option<&str>, &[String]) {
        let folded = slug(&self.text);
        let folded = if folded.is_empty() { self.text.to_lowercase() } else { folded };
        (folded, self.guild.as_deref(), &self.sees)
    }

    /// Whether this operator may read it. It was typed by somebody else, perhaps about what the
    /// operator may not see: whom the configuration names in person reads those of all servers,
    /// anybody else those of their own, and nobody those of people who see more.
    fn is_for(&self, seen: &Catalog, context: &Context, sources: &Sources<'_>) -> bool {
        let is_seen = |id: &String| seen.matrices().iter().any(|m| m.service.id == *id);
        let here = self.guild.is_some() && self.guild == context.viewer.guild;
        context.viewer.owner
            || ((here || sources.settings.access.is_operator_in_person(context))
                && self.sees.iter().all(is_seen))
    }
}

/// A word in which no user, role or channel is named by its id.
fn without_ids(word: &str) -> String {
    let is_mention = |inner: &str| {
        let id = inner.trim_start_matches(['@', '#', '!', '&']);
        inner.len() > id.len() && !id.is_empty() && id.chars().all(|c| c.is_ascii_digit())
    };
    let mut rest = word;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once('<') {
        kept.push_str(before);
        match after.split_once('>') {
            Some((inner, after)) if is_mention(inner) => {
                kept.push('…');
                rest = after;
            }
            _ => {
                kept.push('<');
                rest = after;
            }
        }
    }
    kept + rest
}

/// The questions that this asker may read and that find nothing sure today, the most asked first,
/// with what comes nearest.
#[must_use]
pub fn gaps<'a>(
    sources: &Sources<'_>,
    questions: &'a [Question],
    context: &Context,
) -> Vec<Gap<'a>> {
    let readable = questions
        .iter()
        .filter(|question| question.asked.is_for(sources.catalog, context, sources));
    let mut gaps: Vec<Gap<'a>> = readable
        .filter_map(|question| {
            let findings = sources.find(&question.asked.text, None, context).findings;
            let is_sure = matches!(findings.confidence, Confidence::Answer | Confidence::Choices);
            let closest = findings.hits.iter().take(MAX_CLOSEST).map(|hit| hit.key).collect();
            (!is_sure).then_some(Gap { question, closest })
        })
        .collect();
    gaps.sort_by(|a, b| {
        let rank = |gap: &Gap<'_>| (gap.question.times, gap.question.last);
        rank(b).cmp(&rank(a)).then_with(|| a.question.asked.text.cmp(&b.question.asked.text))
    });
    gaps
}

/// Text as YAML (and JSON) takes it whatever is in it.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Lists them to an operator. `kept` is what is kept, if anything is.
pub(super) fn list(
    sources: &Sources<'_>,
    kept: Option<&[Question]>,
    page: u16,
    context: &Context,
) -> Reply {
    let language = context.language;
    let Some(questions) = kept else {
        return Reply::private(Outcome::Admin, language.questions_are_not_kept());
    };
    let gaps = gaps(sources, questions, context);
    let page = Page::of(&gaps, page, PAGE);
    let headline = match page.label(context) {
        Some(label) => language.gaps(gaps.len()).and(format!(" · {label}")),
        None => language.gaps(gaps.len()),
    };
    let mut reply = Reply::private(Outcome::Admin, headline);
    for gap in page.items {
        reply = reply.line(LineKind::Item, line(sources, gap, context));
    }
    reply.buttons = page.buttons(context, |page| Command::Admin(Admin::Unanswered { page }));
    if gaps.is_empty() { reply } else { reply.hint(language.how_to_close_gaps()) }
}

/// `“tape robot” 3 times, last 24 Nov 2026 → Manage backups (OVHcloud KMS) aliases: ["tape robot"]`.
fn line(sources: &Sources<'_>, gap: &Gap<'_>, context: &Context) -> Text {
    let language = context.language;
    let Question { asked, times, last } = gap.question;
    let text = Text::default().and_emphasis(quote(&asked.text)).and(" · ");
    let text = text.and(language.asked_times(*times, *last));
    let mut closest = gap.closest.iter().map(|&key| sources.catalog.at(key));
    let Some(best) = closest.next() else { return text.and(" · ").and(language.nothing_near()) };
    let name = |name: &str| cut(name, 60);
    let text = text
        .and(" → ")
        .and_strong(name(&best.activity.name))
        .and(format!(" ({}) ", best.matrix.service.name))
        .and_code(format!("aliases: [{}]", quoted(&asked.text)));
    closest.fold(text, |text, other| text.and(" · ").and(name(&other.activity.name)))
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;
    use crate::commands::{Language, Viewer};

    fn asked(text: &str) -> Option<Asked> {
        let viewer = Viewer { guild: Some("1".into()), ..Viewer::default() };
        let context = Context { viewer, ..Context::new(Language::English, date!(2026 - 11 - 25)) };
        Asked::new(text, &context, Vec::new())
    }

    #[test]
    fn what_is_kept_is_short_and_names_nobody() {
        for (typed, kept) in [
            ("  tape \n robot ", Some("tape robot")),
            ("ask <@123> or <@!4>", Some("ask … or …")),
            ("x<@&5>y <#6>", Some("x…y …")),
            ("a < b > c <b> <> <@> <@x>", Some("a < b > c <b> <> <@> <@x>")),
            ("\u{202e}\u{200b}", None),
            ("", None),
        ] {
            assert_eq!(asked(typed).map(|asked| asked.text).as_deref(), kept, "{typed}");
        }
        let long = asked(&"é".repeat(900)).expect("words");
        assert!(long.text.chars().count() <= MAX_TEXT);
    }

    #[test]
    fn the_same_question_is_the_same_however_it_is_written() {
        let key = |text: &str| asked(text).map(|asked| asked.key().0);
        assert_eq!(key("Tape robot"), key("tape  ROBOT?"));
        assert_ne!(key("tape robot"), key("tape robots"));
        assert_ne!(key("備份"), key("恢復"));
    }

    #[test]
    fn any_text_can_be_pasted() {
        assert_eq!(quoted("tape: \"robot\" \\ # x\t"), r#""tape: \"robot\" \\ # x\u0009""#);
    }
}
