//! The words around what an alert or a ticket says: its labels, how bad it is, and what is wrong.

/// The most words before a colon for them to be a label.
const MAX_LABEL: usize = 3;

/// What a label says of what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// What happened.
    Telling,
    /// What to.
    Naming,
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
    "alert rule",
    "alertname",
    "beschreibung",
    "betreff",
    "betrifft",
    "category",
    "check",
    "description",
    "details",
    "event",
    "event name",
    "fehler",
    "incident",
    "incident title",
    "issue",
    "message",
    "monitor",
    "monitor name",
    "name",
    "objet",
    "problem",
    "problem name",
    "question",
    "request",
    "resume",
    "rule",
    "rule name",
    "short description",
    "subject",
    "sujet",
    "summary",
    "symptom",
    "task",
    "title",
    "titre",
    "trigger",
    "trigger name",
    "what",
    "zusammenfassung",
];
/// Labels before what it happened to.
const NAMING: &[&str] = &[
    "application",
    "business service",
    "component",
    "product",
    "service",
    "service name",
    "system",
];
/// Labels before what says nothing about it.
#[rustfmt::skip]
const NOISE: &[&str] = &[
    "account", "acknowledged by", "affected host", "agent", "an", "assigned", "assigned to",
    "assignee", "assignment group", "author", "cc", "channel", "cluster", "commit", "container",
    "count", "created", "created at", "created by", "current state", "current value", "customer",
    "dashboard", "dashboard url", "datacenter", "date", "datum", "de", "device", "duration",
    "email", "ends at", "endsat", "env", "environment", "error code", "escalation policy",
    "event id", "event timestamp", "exit code", "expr", "fingerprint", "from", "generator url",
    "generatorurl", "grafana folder", "group", "host", "hostname", "id", "impact", "incident id",
    "incident number", "incident url", "instance", "integration", "ip", "item", "job", "key",
    "labels", "last seen", "last value", "link", "links", "log", "logs", "metric", "metric value",
    "monitor id", "namespace", "node", "notified", "number", "on call", "opened by",
    "operational data", "org", "original problem id", "panel url", "phone", "pod", "previous state",
    "priority", "problem started", "problem started at", "project", "prometheus", "query", "rack",
    "reference", "region", "replica", "replicaset", "reported by", "reporter", "requester",
    "runbook", "runbook url", "seen", "sent", "severity", "silence", "silence url", "since", "slo",
    "source", "started", "started at", "starts at", "startsat", "state", "status", "tags", "target",
    "team", "threshold", "ticket", "ticket id", "time", "timestamp", "to", "triggered",
    "triggered at", "updated", "updated at", "urgency", "url", "user", "value", "values", "version",
    "von", "zone",
];
/// What monitoring shouts around the name of an alert.
#[rustfmt::skip]
pub(super) const SHOUTS: &[&str] = &[
    "acknowledged", "alerting", "crit", "critical", "down", "err", "error", "fatal", "firing",
    "fw", "fwd", "high", "info", "low", "major", "medium", "minor", "ok", "p0", "p1", "p2", "p3",
    "p4", "p5", "page", "prod", "re", "recovered", "resolved", "sev", "sev0", "sev1", "sev2",
    "sev3", "sev4", "staging", "tr", "triggered", "unresolved", "up", "warn", "warning", "wg",
];
/// Words that say that something is wrong, and nothing about what. Folded and sorted.
#[rustfmt::skip]
const STATES: &[&str] = &[
    "above", "alert", "alerts", "availability", "bad", "behind", "below", "broke", "broken",
    "check", "checks", "crash", "crashed", "crashing", "critical", "cron", "cronjob", "day", "days",
    "dead", "degraded", "delayed", "denied", "dropped", "empty", "error", "errors", "exceeded",
    "exceeds", "expected", "expire", "expired", "expires", "expiring", "fail", "failed", "failing",
    "fails", "failure", "failures", "fault", "faulty", "filling", "full", "gone", "high", "hour",
    "hours", "incorrect", "increased", "invalid", "job", "jobs", "lag", "late", "limit", "lost",
    "low", "minute", "minutes", "mismatch", "missed", "missing", "monitor", "monitoring", "night",
    "nightly", "often", "outage", "overdue", "pending", "problem", "problems", "prod", "production",
    "rate", "reached", "ready", "requested", "scheduled", "seconds", "slow", "soon", "space",
    "stale", "status", "stopped", "stuck", "succeeded", "successful", "suspended", "threshold",
    "timed", "timeout", "times", "triggered", "twice", "unable", "unavailable", "unexpected",
    "unhealthy", "unreachable", "unready", "usage", "used", "warning", "went", "wrong",
];
/// Whether a word only says that something is wrong.
pub(super) fn is_state(word: &str) -> bool {
    STATES.binary_search(&word).is_ok()
}

/// Whether a line is an alert's: it holds a word in capitals that says how bad it is.
pub(super) fn is_shouted(line: &str) -> bool {
    let mut words = line.split(|c: char| !c.is_alphanumeric());
    let is_shout = |word: &str| {
        let is_loud = word.len() > 1 && word.chars().all(|c| !c.is_lowercase());
        is_loud && SHOUTS.contains(&word.to_lowercase().as_str())
    };
    words.any(is_shout) || line.starts_with("[Triggered")
}

/// Whether a word is one that monitoring has for what is wrong.
pub(super) fn says_how_bad(word: &str) -> bool {
    let folded = fold(word);
    is_state(&folded) || SHOUTS.contains(&folded.as_str())
}

/// What the label of a line says, and what follows it.
pub(super) fn label_of(line: &str) -> (Label, &str) {
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
    } else if NAMING.contains(&folded.as_str()) {
        (Label::Naming, rest)
    } else if NOISE.contains(&folded.as_str()) {
        (Label::Noise, rest)
    } else {
        (Label::None, line)
    }
}

/// Lower-case words of letters and digits, one space apart.
pub(super) fn fold(text: &str) -> String {
    crate::domain::id::slug(text).replace('-', " ")
}
