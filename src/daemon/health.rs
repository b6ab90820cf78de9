//! How the daemon is: ready or not, and why; and the figures that are looked up when asked for.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use time::UtcDateTime;
use time::format_description::well_known::Rfc3339;

use super::log;
use crate::bot::Bot;
use crate::commands::standing::Reading;
use crate::commands::{Access, Standing};
use crate::config::UNKNOWN_SERVICE;
use crate::domain::{Catalog, Severity};
use crate::metrics::{Life, Metrics, Snapshot};

/// What services that not everybody may see are called in metrics; no service's id.
const LIMITED: &str = "(restricted)";

/// What tells how the daemon is.
pub(super) struct Health {
    bot: Arc<Bot>,
    metrics: Arc<Metrics>,
}

/// Whether questions are answered, and a line on each thing that it depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Report {
    pub(super) ready: bool,
    pub(super) text: String,
}

impl Health {
    pub(super) fn new(bot: Arc<Bot>, metrics: Arc<Metrics>) -> Self {
        Self { bot, metrics }
    }

    /// Whether the gateway's events come.
    pub(super) fn life(&self) -> Life {
        self.metrics.pulse().life()
    }

    /// Whether questions are answered now, and what is wrong. Configuration and matrices that could not be read again
    /// are told, and no reason to be unready: those read before go on answering.
    pub(super) fn report(&self) -> Report {
        let (connected, gateway) = gateway(self.life());
        let (settings, library) = self.bot.present();
        let matrices = library.catalog.matrices().len();
        let ready = connected && matrices > 0;
        let mut text = String::from(if ready { "ready\n" } else { "not ready\n" });
        let _ = writeln!(text, "gateway: {gateway}");
        let _ = match matrices {
            0 => writeln!(text, "matrices: none, so that no question has an answer"),
            _ => writeln!(text, "matrices: {matrices}, with {} activities", library.catalog.len()),
        };
        if let Some(standing) = self.bot.standing() {
            let _ = writeln!(text, "reload: {}", reload(&standing));
        }
        // How many, since whoever asks may not see which.
        match settings.access.unknown(&library.catalog).len() {
            0 => {}
            n => {
                let services = if n == 1 { "service" } else { "services" };
                let _ = writeln!(
                    text,
                    "access: names {n} {services} that no matrix has, and protects nothing there; the log says which"
                );
            }
        }
        Report { ready, text }
    }

    /// One line for the service manager.
    pub(super) fn status(&self) -> String {
        let report = self.report();
        let mut lines = report.text.lines();
        let first = lines.next().unwrap_or_default();
        lines.fold(first.to_owned(), |status, line| format!("{status}; {line}"))
    }

    /// The metrics in Prometheus's text format.
    pub(super) fn metrics(&self) -> String {
        self.metrics.text(&self.snapshot(UtcDateTime::now()))
    }

    fn snapshot(&self, now: UtcDateTime) -> Snapshot {
        let (settings, library) = self.bot.present();
        let mut findings = BTreeMap::new();
        for problem in &library.warnings {
            *findings.entry((problem.rule, problem.severity.name())).or_default() += 1;
        }
        let unknown = settings.access.unknown(&library.catalog).len();
        if unknown > 0 {
            findings.insert((UNKNOWN_SERVICE, Severity::Error.name()), unknown);
        }
        let findings = findings.into_iter().map(|((rule, severity), n)| (rule, severity, n));
        let mut snapshot = Snapshot {
            matrices: library.catalog.matrices().len(),
            activities: library.catalog.len(),
            ages: ages(&library.catalog, &settings.access, now),
            findings: findings.collect(),
            reload_success: true,
            dropped_lines: log::dropped(),
            ..Snapshot::default()
        };
        if let Some(standing) = self.bot.standing() {
            snapshot.reload_success = !standing.last.has_failed();
            snapshot.last_success = seconds(standing.served_since);
            snapshot.readings = (standing.successes, standing.failures);
        }
        snapshot
    }
}

fn gateway(life: Life) -> (bool, String) {
    match life {
        Life::Connected => (true, "connected".to_owned()),
        Life::Silent => (false, "connected, but no heartbeat was answered in time".to_owned()),
        Life::Disconnected(away) => (false, format!("not connected for {} s", away.as_secs())),
    }
}

fn reload(standing: &Standing) -> String {
    let Reading { at, configuration, changes, .. } = &standing.last;
    let at = instant(*at);
    let mut text = match (standing.last.errors().next(), standing.last.errors().count()) {
        (Some(first), errors) => format!(
            "failed at {at} with {errors} error{}, the first at {}: {}; what was read at {} answers",
            if errors == 1 { "" } else { "s" },
            first.place,
            first.message,
            instant(standing.served_since)
        ),
        _ if *configuration => format!("configuration and matrices were read at {at}"),
        _ => format!("the matrices were read at {at}"),
    };
    if !changes.restart.is_empty() {
        let _ = write!(text, "; restart to apply: {}", changes.restart.join(", "));
    }
    text
}

fn instant(at: UtcDateTime) -> String {
    let whole = at.replace_nanosecond(0).unwrap_or(at);
    whole.format(&Rfc3339).unwrap_or_default()
}

fn seconds(at: UtcDateTime) -> f64 {
    (at - UtcDateTime::UNIX_EPOCH).as_seconds_f64()
}

/// The age of each service's source, in seconds; of several languages, the oldest's. Metrics travel
/// to where others look at them: services that not everybody may see go under one name.
fn ages(catalog: &Catalog, access: &Access, now: UtcDateTime) -> Vec<(String, f64)> {
    let mut ages: BTreeMap<&str, f64> = BTreeMap::new();
    for matrix in catalog.matrices() {
        let Some(date) = matrix.source.date else { continue };
        let age = seconds(now) - seconds(date.midnight().as_utc());
        let is_limited = access.limits_of(&matrix.service).is_some();
        let name = if is_limited { LIMITED } else { &matrix.service.id };
        ages.entry(name).and_modify(|oldest| *oldest = oldest.max(age)).or_insert(age);
    }
    ages.into_iter().map(|(name, age)| (name.to_owned(), age)).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::Duration;

    use time::macros::utc_datetime;

    use super::*;
    use crate::bot::Library;
    use crate::commands::Settings;
    use crate::commands::access::Limit;
    use crate::commands::standing::Changes;
    use crate::import;
    use crate::search::Thesaurus;

    const MATRIX: &str = "
service: { name: Web, id: web }
source: { date: 2026-11-20 }
parties: [Ops]
sections: [{ title: Daily, activities: [{ name: Deploy, assignments: { Ops: R } }] }]
";

    fn health(texts: &[&str]) -> Health {
        let mut matrices = Vec::new();
        let mut problems = Vec::new();
        for text in texts {
            let loaded = import::yaml::read(Path::new("web.yaml"), text.as_bytes());
            matrices.extend(loaded.matrices);
            problems.extend(loaded.problems);
        }
        let library = Library::new(Catalog::new(matrices), &Thesaurus::default(), problems);
        let limit = Limit { services: vec!["vault".to_owned()], ..Limit::default() };
        let access = Access { limits: vec![limit], ..Access::default() };
        let settings = Settings { access, ..Settings::default() };
        Health::new(Arc::new(Bot::new(library, settings)), Arc::default())
    }

    #[test]
    fn it_is_ready_with_a_connection_and_a_matrix() {
        let health = health(&[MATRIX]);
        let report = health.report();
        let told = "not ready\ngateway: not connected for 0 s\nmatrices: 1, with 1 activities\n\
            access: names 1 service that no matrix has, and protects nothing there; the log says which\n";
        assert_eq!((report.ready, report.text.as_str()), (false, told));
        health.metrics.connected(false);
        assert!(health.report().ready, "{:?}", health.report());
        assert!(health.status().starts_with("ready; gateway: connected; matrices: 1"));
    }

    #[test]
    fn without_a_matrix_it_is_not_ready() {
        let health = health(&[]);
        health.metrics.connected(false);
        let report = health.report();
        assert!(!report.ready && report.text.contains("matrices: none"), "{}", report.text);
    }

    #[test]
    fn a_reload_that_failed_is_told_and_leaves_it_ready() {
        let health = health(&[MATRIX]);
        health.metrics.connected(false);
        let reading = |at, text: &str| Reading {
            at,
            took: Duration::ZERO,
            configuration: true,
            changes: Changes::default(),
            problems: import::yaml::read(Path::new("web.yaml"), text.as_bytes()).problems,
        };
        let standing = Standing::first(None, reading(utc_datetime!(2026-11-24 10:00), MATRIX));
        health.bot.stand(standing.read(reading(utc_datetime!(2026-11-24 11:00), "service: [")));
        let report = health.report();
        assert!(report.ready, "{}", report.text);
        let told = "failed at 2026-11-24T11:00:00Z with 1 error, the first at web.yaml:1:10: ";
        assert!(report.text.contains(told), "{}", report.text);
        assert!(report.text.contains("what was read at 2026-11-24T10:00:00Z answers"));
        let text = health.metrics();
        assert!(text.contains("raci_bot_reload_success 0\n"), "{text}");
        assert!(text.contains("raci_bot_reloads_total{result=\"failure\"} 1\n"), "{text}");
    }

    #[test]
    fn ages_and_findings_are_those_of_what_answers() {
        let snapshot = health(&[MATRIX]).snapshot(utc_datetime!(2026-11-21 00:00));
        assert_eq!(snapshot.ages, [("web".to_owned(), 86_400.0)]);
        let unknown = ("unknown-service", "error", 1);
        assert_eq!(snapshot.findings, [("no-accountable", "warning", 1), unknown]);
        let vault = MATRIX.replace("id: web", "id: vault").replace("11-20", "11-10");
        let snapshot = health(&[MATRIX, &vault]).snapshot(utc_datetime!(2026-11-21 00:00));
        let expected = [("(restricted)", 950_400.0), ("web", 86_400.0)];
        assert_eq!(snapshot.ages, expected.map(|(name, age)| (name.to_owned(), age)));
    }
}
