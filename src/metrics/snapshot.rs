//! What is looked up when somebody asks for the metrics, rather than counted as it happens.

use std::sync::atomic::AtomicU64;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};

use super::PREFIX;

type Amount = Gauge<f64, AtomicU64>;

/// The matrices that answer now, and how the last reading of their files went.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// How many matrices there are.
    pub matrices: usize,
    /// How many activities there are.
    pub activities: usize,
    /// The age in seconds of each service's source that is dated, by the service's id.
    pub ages: Vec<(String, f64)>,
    /// How often each rule is broken: rule, severity, and how often.
    pub findings: Vec<(&'static str, &'static str, usize)>,
    /// Whether the last reading of the files succeeded.
    pub reload_success: bool,
    /// When they were last read with success, in seconds since 1970.
    pub last_success: f64,
    /// How often they were read with success, and without.
    pub readings: (u64, u64),
    /// How many lines of the log nobody took.
    pub dropped_lines: u64,
}

impl Snapshot {
    /// The registry that says it.
    pub(super) fn registry(&self) -> Registry {
        let mut registry = Registry::with_prefix(PREFIX);
        self.register_reload(&mut registry);
        let count = |count: usize| {
            let gauge = Gauge::<i64>::default();
            gauge.set(i64::try_from(count).unwrap_or(i64::MAX));
            gauge
        };
        registry.register("matrices", "Matrices that answer now", count(self.matrices));
        registry.register("activities", "Activities that answer now", count(self.activities));
        let ages = Family::<[(&'static str, String); 1], Amount>::default();
        for (service, age) in &self.ages {
            ages.get_or_create(&[("service", service.clone())]).set(*age);
        }
        let help =
            "Seconds since the source of a service's matrix was last changed, by its own word";
        registry.register_with_unit("matrix_age", help, Unit::Seconds, ages);
        let findings = Family::<[(&'static str, &'static str); 2], Gauge>::default();
        for &(rule, severity, often) in &self.findings {
            let often = i64::try_from(often).unwrap_or(i64::MAX);
            findings.get_or_create(&[("rule", rule), ("severity", severity)]).set(often);
        }
        registry.register("check_findings", "What was odd about the matrices, by rule", findings);
        let dropped = Counter::<u64>::default();
        dropped.inc_by(self.dropped_lines);
        registry.register("log_lines_dropped", "Lines of the log that nobody took", dropped);
        registry
    }

    fn register_reload(&self, registry: &mut Registry) {
        let success = Gauge::<i64>::default();
        success.set(i64::from(self.reload_success));
        let help = "Whether the last reading of configuration and matrices succeeded: 1 or 0";
        registry.register("reload_success", help, success);
        let last = Amount::default();
        last.set(self.last_success);
        let help = "When they were last read with success, in seconds since 1970";
        let unit = Unit::Seconds;
        registry.register_with_unit("reload_last_success_timestamp", help, unit, last);
        let readings = Family::<[(&'static str, &'static str); 1], Counter>::default();
        for (result, often) in [("success", self.readings.0), ("failure", self.readings.1)] {
            readings.get_or_create(&[("result", result)]).inc_by(often);
        }
        registry.register(
            "reloads",
            "Readings of the matrices, with the configuration or without, the first included",
            readings,
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::metrics::Metrics;

    use super::*;

    #[test]
    fn what_is_looked_up_stands_after_what_is_counted() {
        let snapshot = Snapshot {
            matrices: 2,
            activities: 3,
            ages: vec![("kms".to_owned(), 86_400.0), ("we\"b".to_owned(), 0.5)],
            findings: vec![("two-accountable", "warning", 4)],
            reload_success: true,
            last_success: 1_795_000_000.25,
            readings: (3, 1),
            dropped_lines: 5,
        };
        let text = Metrics::default().text(&snapshot);
        for line in [
            "raci_bot_matrices 2",
            "raci_bot_activities 3",
            "# TYPE raci_bot_matrix_age_seconds gauge",
            r#"raci_bot_matrix_age_seconds{service="kms"} 86400.0"#,
            r#"raci_bot_matrix_age_seconds{service="we\"b"} 0.5"#,
            r#"raci_bot_check_findings{rule="two-accountable",severity="warning"} 4"#,
            "raci_bot_reload_success 1",
            "raci_bot_log_lines_dropped_total 5",
            r#"raci_bot_reloads_total{result="failure"} 1"#,
            "raci_bot_reload_last_success_timestamp_seconds 1795000000.25",
        ] {
            assert!(text.lines().any(|known| known == line), "{line} is missing in\n{text}");
        }
    }
}
