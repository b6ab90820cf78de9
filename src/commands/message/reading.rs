//! A chat message in pieces that can be asked one by one: what its author says, without code,
//! traces, quotes, links, names of machines and the labels of alerts that say nothing.

use std::iter;

use super::labels::{Label, SHOUTS, fold, is_shouted, label_of, says_how_bad};

/// The longest message that is read, in characters: the longest that Discord takes, and an embed.
const MAX_MESSAGE: usize = 6_000;
/// The most pieces that are looked at, and the most words of one.
const MAX_PIECES: usize = 40;
const MAX_WORDS: usize = 60;
/// The longest word with a digit that is a word: `k8s`, `s3`, `log4j`.
const MAX_MIXED: usize = 5;

/// A sentence or line of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its words.
    pub(super) text: String,
    /// How it is said.
    pub(super) tone: Tone,
}

/// How something is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// It asks.
    Question,
    /// A machine or a form says what is wrong, in few words.
    Alert,
    /// Anything else.
    Prose,
    /// It names what it happened to, and not what.
    Name,
}

/// How lines of traces, logs and programs begin.
#[rustfmt::skip]
const TRACES: &[&str] = &[
    "Traceback (", "File \"", "Caused by", "Exception in", "goroutine ", "panic:", "thread '",
    "note: run with", "stack backtrace", "#0 ", "#1 ", "...", "$ ", "> ", "{", "}", "[{", "//",
    "/*", "*/", "import ", "from ", "def ", "class ", "return ", "func ", "fn ", "let ", "const ",
    "SELECT ", "INSERT ", "UPDATE ", "kubectl ", "curl ", "sudo ",
];

/// The ways to read a message, the best first: its author's own words; what code blocks say under
/// labels that name an alert; what is quoted.
pub(super) fn readings(message: &str) -> Vec<Vec<Piece>> {
    let message: String = message.chars().take(MAX_MESSAGE).collect();
    let (outside, inside) = fenced(&message);
    let own = outside.lines().filter(|line| !is_quote(line));
    let quoted = outside.lines().filter(|line| is_quote(line));
    let quoted = quoted.map(|line| line.trim_start().trim_start_matches(['>', ' ']));
    let labelled = inside
        .lines()
        .filter(|line| matches!(label_of(bare(line)).0, Label::Telling | Label::Naming));
    [pieces(own), pieces(labelled), pieces(quoted)]
        .into_iter()
        .filter(|pieces| !pieces.is_empty())
        .collect()
}

/// What stands outside of code blocks, and inside; an unclosed block reaches to the end.
fn fenced(message: &str) -> (String, String) {
    let (mut outside, mut inside) = (String::new(), String::new());
    for (at, part) in message.split("```").enumerate() {
        let side = if at % 2 == 0 { &mut outside } else { &mut inside };
        side.push_str(part);
        side.push('\n');
    }
    (outside, inside)
}

fn is_quote(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

fn pieces<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<Piece> {
    let lines = lines.map(bare).filter(|line| !is_trace(line) && !is_only_links(line));
    let told = lines.filter_map(|line| match label_of(line) {
        (Label::Noise, _) => None,
        (Label::Telling, rest) => Some((rest.replace('`', " "), Tone::Alert)),
        (Label::Naming, rest) => Some((rest.replace('`', " "), Tone::Name)),
        (Label::None, _) if is_shouted(line) || opens_with_alert(line) => {
            Some((without_code(line), Tone::Alert))
        }
        (Label::None, _) => Some((without_code(line), Tone::Prose)),
    });
    let sentences = told.flat_map(|(line, told)| {
        sentences(&without_links(&line)).into_iter().map(move |sentence| (sentence, told))
    });
    let pieces = sentences.filter_map(|(sentence, told)| {
        let words = words(&sentence);
        let text = words.into_iter().take(MAX_WORDS).collect::<Vec<_>>().join(" ");
        let tone = if is_question(&sentence) { Tone::Question } else { told };
        (!text.is_empty()).then_some(Piece { text, tone })
    });
    pieces.take(MAX_PIECES).collect()
}

/// Whether a line begins with the name of an alert: `BackupJobFailed: …`.
fn opens_with_alert(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or_default();
    let name = first.trim_matches(|c: char| !c.is_alphanumeric());
    let words = humps(name);
    words.len() > 1 && words.iter().any(|word| says_how_bad(word))
}

/// Whether a line is a row of links, which are what can be done and not what happened.
fn is_only_links(line: &str) -> bool {
    let links = line.matches("](").count();
    let outside: String = without_links(line).chars().filter(|c| c.is_alphabetic()).collect();
    let inside: usize = line
        .split('[')
        .skip(1)
        .filter_map(|part| part.split("](").next())
        .map(|text| text.chars().filter(|c| c.is_alphabetic()).count())
        .sum();
    links > 1 && outside.chars().count() <= inside
}

/// A line without the signs of lists, headings and emphasis around it.
fn bare(line: &str) -> &str {
    line.trim_start_matches(|c: char| c.is_whitespace() || "•*-–#_~|".contains(c)).trim_end()
}

/// Whether a line is of a trace, a log or a program instead of a sentence.
fn is_trace(line: &str) -> bool {
    let frame = line.starts_with("at ") && line.contains(['(', '/', ':', '.']);
    let ends_like_code = line.ends_with(['{', '}', ';', '\\']);
    let call = line.ends_with([')', ':'])
        && line
            .split_whitespace()
            .next()
            .is_some_and(|word| word.trim_start_matches('(').contains('('));
    let exception = line.split_whitespace().next().is_some_and(|word| {
        word.trim_end_matches(':').split('.').filter(|part| !part.is_empty()).count() > 2
            && !word.contains("://")
    });
    let visible = line.chars().filter(|c| !c.is_whitespace()).count();
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    frame
        || call
        || ends_like_code
        || exception
        || letters * 2 < visible
        || TRACES.iter().any(|trace| line.starts_with(trace))
}

fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}

/// A line in which links are their text, and what Discord would render (`<@1>`, `<:name:1>`) is
/// left out.
fn without_links(line: &str) -> String {
    let mut kept = String::new();
    let mut rest = line;
    while let Some(start) = rest.find(['<', ']']) {
        let (before, after) = rest.split_at(start);
        kept.push_str(before);
        let (end, separator) = if after.starts_with('<') { ('>', ' ') } else { (')', ' ') };
        let opens = after.starts_with('<') || after.starts_with("](");
        let end =
            after.find(end).filter(|&end| opens && !after[..end].contains(char::is_whitespace));
        rest = &after[end.unwrap_or(0) + 1..];
        kept.push(separator);
    }
    kept.push_str(rest);
    kept
}

/// A line's sentences, with the mark that ends them.
fn sentences(line: &str) -> Vec<String> {
    let mut sentences = vec![String::new()];
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        if let Some(last) = sentences.last_mut() {
            last.push(c);
        }
        let ends = matches!(c, '.' | '!' | '?' | ';' | ':' | '|' | '—' | '–' | '·')
            || (c == '-' && line.contains(" - "));
        if ends && chars.peek().is_none_or(|next| next.is_whitespace()) {
            sentences.push(String::new());
        }
    }
    sentences
}

fn is_question(sentence: &str) -> bool {
    let folded = fold(sentence);
    let first = folded.split(' ').next().unwrap_or_default();
    sentence.trim_end().ends_with('?')
        || matches!(first, "who" | "whose" | "qui" | "wer" | "quien" | "chi" | "kto")
}

/// The words of a sentence that a person may have meant.
fn words(sentence: &str) -> Vec<String> {
    let tokens = sentence.split(|c: char| c.is_whitespace() || ",()[]{}\"“”«»".contains(c));
    let told = tokens.filter(|token| !is_address(token)).filter_map(value);
    let parts = told.flat_map(|token| {
        let token = token.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        let parts: Vec<String> = token.split(['-', '_', '/', '\\']).flat_map(humps).collect();
        parts
    });
    parts.filter(|word| is_word(word) && !SHOUTS.contains(&fold(word).as_str())).collect()
}

/// What a token says: `key=value` says its value when the key is telling, and nothing else.
fn value(token: &str) -> Option<&str> {
    match label_of(token) {
        _ if !token.contains('=') => Some(token),
        (Label::Telling | Label::Naming, value) => Some(value),
        _ => None,
    }
}

/// Whether a token is the address of something: a link, a file, a host, a person.
fn is_address(token: &str) -> bool {
    let token = token.trim_end_matches(['.', ',', ':', ';', '!', '?']);
    let is_host = token.contains('.')
        && token.split('.').all(|part| !part.is_empty())
        && token.chars().any(char::is_alphabetic);
    is_host
        || token.contains("://")
        || token.contains('@')
        || token.contains("::")
        || token.contains("()")
        || token.starts_with(['/', '~', '$', '%', '#'])
}

/// `KubeNodeNotReady` in its words. A name of two (`GitHub`, `PostgreSQL`) stays one, unless it says
/// what is wrong (`DiskFull`), and so does what begins in lower case, as programs have it.
fn humps(token: &str) -> Vec<String> {
    let chars: Vec<char> = token.chars().collect();
    let mut starts: Vec<usize> = vec![0];
    for at in 1..chars.len() {
        let after_small = chars[at].is_uppercase() && chars[at - 1].is_lowercase();
        let ends_acronym = chars[at].is_uppercase()
            && chars[at - 1].is_uppercase()
            && chars.get(at + 1).is_some_and(|next| next.is_lowercase());
        if after_small || ends_acronym {
            starts.push(at);
        }
    }
    let ends = starts.iter().skip(1).copied().chain(iter::once(chars.len()));
    let words: Vec<String> =
        starts.iter().zip(ends).map(|(&start, end)| chars[start..end].iter().collect()).collect();
    let is_name = words.len() > 2 && chars[0].is_uppercase();
    let is_alert = words.len() > 1 && words.iter().any(|word| says_how_bad(word));
    if is_name || is_alert { words } else { vec![token.to_owned()] }
}

/// Whether it is a word and no number, hash or identifier.
fn is_word(word: &str) -> bool {
    let digits = word.chars().any(|c| c.is_ascii_digit());
    word.chars().any(char::is_alphabetic) && (!digits || word.chars().count() <= MAX_MIXED)
}
