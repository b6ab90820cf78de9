//! How a question was understood and matched, for whoever looks after a matrix.

use std::fmt::Write as _;

use crate::bot::Bot;
use crate::commands::Context;
use crate::domain::Catalog;
use crate::search::{
    Confidence, Explanation, HitExplained, Query, Role, Rule, Verdict, WordExplained,
};

/// The words of a question, its best hits with what they have for each word, and the verdict.
pub(super) fn explain(bot: &Bot, text: &str, service: Option<&str>, context: &Context) -> String {
    let (library, found) = bot.find(text, service, context);
    let (text, scope) = &found.searched;
    let query = Query { text, scope };
    let explanation = library.index.explain(&library.catalog, query);
    let mut shown = String::from("Words:\n");
    for word in &explanation.words {
        let _ = writeln!(shown, "  {}", word_line(word));
    }
    shown.push_str(if explanation.hits.is_empty() { "No hits.\n" } else { "Hits:\n" });
    for (rank, hit) in explanation.hits.iter().enumerate() {
        shown.push_str(&hit_lines(&library.catalog, &explanation, rank + 1, hit));
    }
    let _ = writeln!(shown, "{}", verdict_line(&explanation));
    shown
}

fn word_line(word: &WordExplained) -> String {
    let name = shown(&word.word);
    match word.role {
        Role::Filler => return format!("{name}: a filler, weighs nothing"),
        Role::Party => return format!("{name}: names a party"),
        Role::Service => return format!("{name}: names a service"),
        Role::Unknown => return format!("{name}: unknown, weighs {:.2}", word.weight),
        Role::Known => {}
    }
    let readings = word.readings.iter().map(|reading| {
        format!("{} ({} {:.2})", shown(&reading.word), name_of(reading.rule), reading.factor)
    });
    let readings: Vec<String> = readings.collect();
    let readings =
        if readings.is_empty() { "part of a phrase".to_owned() } else { readings.join(", ") };
    format!("{name}: weighs {:.2}; {readings}", word.weight)
}

fn hit_lines(
    catalog: &Catalog,
    explanation: &Explanation,
    rank: usize,
    hit: &HitExplained,
) -> String {
    let found = catalog.at(hit.key);
    let mut lines = format!(
        "  {rank}. {} — {}\n     score {:.2}; {} of the question matched, {} of the name asked for\n",
        shown(&found.activity.name),
        shown(&found.matrix.service.name),
        hit.score,
        percent(hit.matched),
        percent(hit.covered),
    );
    if let Some(alias) = &hit.alias {
        let _ = writeln!(lines, "     by its alias “{}”", shown(alias));
    }
    for matched in &hit.words {
        let asked = explanation.words.get(matched.asked).map_or("", |word| word.word.as_str());
        let has = matched.word.as_deref().map_or_else(|| "a phrase".to_owned(), shown);
        let rule = name_of(matched.rule);
        let _ = writeln!(lines, "     {} → {has} ({rule} {:.2})", shown(asked), matched.factor);
    }
    lines
}

fn verdict_line(explanation: &Explanation) -> String {
    let outcome = match explanation.findings.confidence {
        Confidence::Answer => "Answer",
        Confidence::Choices => "Choices",
        Confidence::Suggestions => "Suggestions",
        Confidence::Nothing => "Nothing",
    };
    let needed = percent(explanation.needed);
    let reason = match explanation.verdict {
        Verdict::Id => "the text is an activity’s id".to_owned(),
        Verdict::WholeName => "the text is a name or an alias, whole or cut off".to_owned(),
        Verdict::Enough => format!("at least {needed} of the question is matched"),
        Verdict::SpecificWords => format!(
            "a long message, at least {} of it matched, with two specific words",
            percent(explanation.needed_in_chat)
        ),
        Verdict::TooLittle if explanation.sure >= explanation.needed => format!(
            "a sure answer needs a score of {:.2}; words that only chat or name do not count",
            explanation.needed_score
        ),
        Verdict::TooLittle => format!(
            "{} of the question is matched by more than poor guesses; a sure answer needs {needed}",
            percent(explanation.sure)
        ),
        Verdict::Divided => {
            "a telling word that the first lacks stands in another of which more is asked for"
                .to_owned()
        }
        Verdict::OnlyNames => "only a party or a service is named".to_owned(),
        Verdict::NothingMatched => "nothing is matched".to_owned(),
    };
    let choices = match explanation.findings.confidence {
        Confidence::Choices => {
            format!("; others reach {} of the best score", percent(explanation.margin))
        }
        _ => String::new(),
    };
    format!("{outcome}: {reason}{choices}.")
}

fn name_of(rule: Rule) -> &'static str {
    match rule {
        Rule::Exact => "same word",
        Rule::Inflection => "inflection",
        Rule::Family => "word family",
        Rule::Joined => "joined or split",
        Rule::Prefix => "beginning",
        Rule::Typo => "misspelling",
        Rule::Abbreviation => "abbreviation",
        Rule::Synonym => "synonym",
        Rule::Hint => "related word",
    }
}

/// Text of a file or a person, without what a terminal would obey.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !crate::commands::text::is_invisible(*c)).collect()
}

fn percent(share: f32) -> String {
    format!("{:.0} %", share * 100.0)
}
