//! A chat message in pieces that can be asked one by one: what its author says, without code,
//! traces, quotes, links, names of machines and the labels of alerts that say nothing.

use std::iter;

/// The longest message that is read, in characters: the longest that Discord takes, and an embed.
const MAX_MESSAGE: usize = 6_000;
/// The most pieces that are looked at, and the most words of one.
const MAX_PIECES: usize = 40;
const MAX_WORDS: usize = 60;
/// The most words before a colon for them to be a label.
const MAX_LABEL: usize = 3;
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
}

/// What a label says of what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    /// What happened, or what to.
    Telling,
    /// Where, when, how bad, or who was told.
    Noise,
    /// It is no label.
    None,
}

/// Labels before what an alert or a ticket is about.
const TELLING: &[&str] = &[
    "action",
    "alert",
    "alert name",
    "alertname",
    "application",
    "betreff",
    "category",
    "component",
    "description",
    "details",
    "event",
    "fehler",
    "incident",
    "incident title",
    "issue",
    "message",
    "monitor",
    "name",
    "objet",
    "problem",
    "product",
    "question",
    "request",
    "resume",
    "sujet",
    "service",
    "short description",
    "subject",
    "summary",
    "symptom",
    "system",
    "task",
    "title",
    "titre",
    "what",
    "zusammenfassung",
];
/// Labels before what says nothing about it.
#[rustfmt::skip]
const NOISE: &[&str] = &[
    "account", "acknowledged by", "affected host", "agent", "an", "assigned", "assigned to",
    "assignee", "author", "cc", "channel", "cluster", "commit", "container", "count", "created",
    "created at", "created by", "current value", "customer", "dashboard", "dashboard url",
    "datacenter", "date", "datum", "de", "device", "duration", "email", "ends at", "endsat", "env",
    "environment", "error code", "escalation policy", "event id", "expr", "fingerprint", "from",
    "generator url", "generatorurl", "group", "grafana folder", "host", "hostname", "id", "impact",
    "incident id", "incident number", "incident url", "instance", "integration", "ip", "job",
    "key", "labels", "last seen", "link", "links", "log", "logs", "metric", "monitor id",
    "namespace", "node", "notified", "number", "on call", "opened by", "org", "panel url", "pod",
    "phone", "priority", "project", "prometheus", "query", "rack", "reference", "region",
    "replica", "replicaset", "reported by", "reporter", "requester", "runbook", "runbook url",
    "seen", "sent", "severity", "silence", "silence url", "since", "slo", "source", "started",
    "started at", "starts at", "startsat", "state", "status", "tags", "target", "team",
    "threshold", "ticket", "ticket id", "time", "timestamp", "to", "triggered", "triggered at",
    "updated", "updated at", "url", "urgency", "user", "value", "values", "version", "von", "zone",
];
/// What monitoring shouts around the name of an alert.
#[rustfmt::skip]
const SHOUTS: &[&str] = &[
    "acknowledged", "alerting", "crit", "critical", "down", "err", "error", "fatal", "firing",
    "fw", "fwd", "high", "info", "low", "major", "medium", "minor", "ok", "p0", "p1", "p2", "p3",
    "p4", "p5", "page", "prod", "re", "recovered", "resolved", "sev", "sev0", "sev1", "sev2",
    "sev3", "sev4", "staging", "tr", "triggered", "unresolved", "up", "warn", "warning", "wg",
];
/// Words that say that something is wrong, and nothing about what. Folded and sorted.
#[rustfmt::skip]
const STATES: &[&str] = &[
    "above", "alert", "alerts", "availability", "bad", "behind", "below", "broke", "broken", "crash",
    "crashed", "crashing", "critical", "dead", "degraded", "delayed", "dropped", "empty", "error",
    "errors", "exceeded", "exceeds", "expected", "expire", "expired", "expires", "expiring", "fail",
    "failed", "failing", "fails", "failure", "failures", "fault", "faulty", "full", "gone", "high",
    "hour", "hours", "increased", "incorrect", "invalid", "late", "lost", "low", "minute",
    "minutes", "missed", "missing", "night", "nightly", "often", "outage", "overdue", "prod",
    "production", "rate", "ready", "requested", "seconds", "slow", "soon", "stale", "stopped",
    "stuck", "succeeded", "successful", "suspended", "threshold", "timed", "timeout", "times",
    "triggered", "twice", "unable", "unavailable", "unexpected", "unhealthy", "unreachable",
    "unready", "warning", "went", "wrong",
];
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
    let labelled = inside.lines().filter(|line| label_of(bare(line)).0 == Label::Telling);
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
        (Label::Telling, rest) => Some((rest.replace('`', " "), true)),
        (Label::None, _) => Some((without_code(line), is_shouted(line))),
    });
    let sentences = told.flat_map(|(line, told)| {
        sentences(&without_links(&line)).into_iter().map(move |sentence| (sentence, told))
    });
    let pieces = sentences.filter_map(|(sentence, told)| {
        let words = words(&sentence);
        let text = words.into_iter().take(MAX_WORDS).collect::<Vec<_>>().join(" ");
        let tone = match (is_question(&sentence), told) {
            (true, _) => Tone::Question,
            (false, true) => Tone::Alert,
            (false, false) => Tone::Prose,
        };
        (!text.is_empty()).then_some(Piece { text, tone })
    });
    pieces.take(MAX_PIECES).collect()
}

/// Whether a word only says that something is wrong.
pub(super) fn is_state(word: &str) -> bool {
    STATES.binary_search(&word).is_ok()
}

/// Whether a line is an alert's: it holds a word in capitals that says how bad it is.
fn is_shouted(line: &str) -> bool {
    let mut words = line.split(|c: char| !c.is_alphanumeric());
    let is_shout = |word: &str| {
        let is_loud = word.len() > 1 && word.chars().all(|c| !c.is_lowercase());
        is_loud && SHOUTS.contains(&word.to_lowercase().as_str())
    };
    words.any(is_shout) || line.starts_with("[Triggered")
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

/// What the label of a line says, and what follows it.
fn label_of(line: &str) -> (Label, &str) {
    let Some(at) = line.find([':', '=']).filter(|&at| !line[at..].starts_with("://")) else {
        return (Label::None, line);
    };
    let folded = fold(&line[..at]);
    if folded.split(' ').count() > MAX_LABEL {
        return (Label::None, line);
    }
    let rest = line[at + 1..].trim_start_matches(['*', '_', ' ']);
    if TELLING.contains(&folded.as_str()) {
        (Label::Telling, rest)
    } else if NOISE.contains(&folded.as_str()) {
        (Label::Noise, rest)
    } else {
        (Label::None, line)
    }
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
        (Label::Telling, value) => Some(value),
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

/// `KubeNodeNotReady` in its words; a name of two (`GitHub`, `PostgreSQL`) stays one.
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
    if starts.len() < 3 || !chars[0].is_uppercase() {
        return vec![token.to_owned()];
    }
    let ends = starts.iter().skip(1).copied().chain(iter::once(chars.len()));
    starts.iter().zip(ends).map(|(&start, end)| chars[start..end].iter().collect()).collect()
}

/// Whether it is a word and no number, hash or identifier.
fn is_word(word: &str) -> bool {
    let digits = word.chars().any(|c| c.is_ascii_digit());
    word.chars().any(char::is_alphabetic) && (!digits || word.chars().count() <= MAX_MIXED)
}

/// Lower-case words of letters and digits, one space apart.
fn fold(text: &str) -> String {
    crate::domain::id::slug(text).replace('-', " ")
}
