//! How long a picture of a section takes, drawn and encoded: `cargo bench --bench picture`.
//!
//! Prints milliseconds, the median of several runs, and the size of the file.

use std::time::Instant;

use raci_bot::domain::{
    Activity, ActivityId, Matrix, Participation, Party, Scheme, Service, Source,
};
use raci_bot::export;

/// The rows of a long section.
const ROWS: [usize; 3] = [10, 60, 100];
const RUNS: usize = 15;

fn main() {
    // `cargo test` runs it without this argument, and only looks whether it works.
    let runs = if std::env::args().any(|argument| argument == "--bench") { RUNS } else { 1 };
    println!("{:>5} {:>10} {:>10}", "rows", "ms", "KiB");
    for rows in ROWS {
        let matrix = matrix(rows);
        let mut took = Vec::new();
        let mut bytes = 0;
        for _ in 0..runs {
            let start = Instant::now();
            bytes = export::png::write(&matrix).map_or(0, |picture| picture.len());
            took.push(start.elapsed().as_secs_f64() * 1_000.0);
        }
        assert!(bytes > 0, "nothing was drawn");
        took.sort_by(f64::total_cmp);
        println!("{rows:>5} {:>10.1} {:>10}", took[took.len() / 2], bytes / 1024);
    }
}

/// A matrix of two parties and names as long as real ones.
fn matrix(rows: usize) -> Matrix {
    let party = |name: &str| Party { name: name.into(), aliases: Vec::new(), contact: None };
    let cell = |parts: &[Participation]| parts.iter().copied().collect();
    let activity = |row: usize| {
        let name = format!("Manage the backups of system {row}, restore them when asked to");
        Activity {
            id: ActivityId::new("bench", None, &[], &name),
            name,
            aliases: Vec::new(),
            note: None,
            section: None,
            assignments: vec![
                cell(&[Participation::Informed]),
                cell(&[Participation::Responsible, Participation::Accountable]),
            ],
        }
    };
    Matrix {
        service: Service {
            id: "bench".into(),
            name: "Benchmark".into(),
            aliases: Vec::new(),
            confidential: false,
        },
        language: None,
        scheme: Scheme::Raci,
        legend: Vec::new(),
        source: Source::default(),
        parties: vec![party("Customer"), party("Provider")],
        sections: Vec::new(),
        activities: (0..rows).map(activity).collect(),
        allowances: Vec::new(),
    }
}
