//! How fast activities are found, and what the index costs, from 31 activities to a million.
//!
//! ```text
//! cargo bench --bench search                          # every size
//! cargo bench --bench search -- --sizes 1000,100000
//! cargo bench --bench search -- --data DIR            # names like those of these matrices
//! cargo bench --bench search -- --write DIR           # names and queries as text, for `peers`
//! cargo bench --bench search -- --ablation            # what each part of the search brings
//! cargo bench --bench search -- --ablation --data DIR --asked FILE
//! ```
//!
//! Each query runs several times, on one thread and warm; what counts is its median, and of the
//! medians of all queries the middle one (p50) and the one that 99 of 100 stay below (p99).
//! Without cargo's `--bench` it only shows that everything works, on the smallest sizes.

mod ablation;
mod corpus;
mod hostile;
mod measure;
mod quality;

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Parser;
use peak_alloc::PeakAlloc;
use raci_bot::bot::Library;
use raci_bot::domain::{Catalog, Matrix};
use raci_bot::import;
use raci_bot::search::{Index, Query};

use corpus::Corpus;
use measure::{Measured, measure};

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

/// What people type, in a file of the tests.
const QUERIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/eval/kms.jsonl");
/// The most entries that Discord takes for a completion.
const COMPLETIONS: usize = 25;

#[derive(Parser)]
struct Arguments {
    /// Numbers of activities; those of the matrices themselves come first
    #[arg(long, value_delimiter = ',', default_values_t = [1_000, 10_000, 100_000, 1_000_000])]
    sizes: Vec<usize>,
    /// Take these matrices, and names like theirs, instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Queries, one a line, instead of those of the tests
    #[arg(long, value_name = "FILE")]
    queries: Option<PathBuf>,
    /// Write names and queries to text files, one a line, and measure nothing
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
    /// Show how good the search is on what people typed, with all its parts and without each
    #[arg(long)]
    ablation: bool,
    /// What people typed and what they meant, for that
    #[arg(long, value_name = "FILE", default_value = QUERIES)]
    asked: PathBuf,
    /// What cargo says when it is a benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> anyhow::Result<()> {
    let mut arguments = Arguments::parse();
    if !arguments.bench {
        arguments.sizes = vec![1_000];
    }
    let loaded = match &arguments.data {
        Some(path) => import::directory(path)?,
        None => import::builtin(),
    };
    if arguments.ablation {
        let asked = quality::asked(&std::fs::read_to_string(&arguments.asked)?)?;
        ablation::print(&loaded.matrices, &asked);
        return Ok(());
    }
    let queries = queries(arguments.queries.as_deref())?;
    let thesaurus = import::builtin_thesaurus();
    let corpus = Corpus::learn(&loaded.matrices, &thesaurus);
    if let Some(folder) = &arguments.write {
        return write(folder, &corpus, &arguments.sizes, &queries);
    }
    println!("{}", Figures::HEADING);
    let rounds = if arguments.bench { 15 } else { 1 };
    let made = arguments.sizes.iter().map(|&size| corpus.matrices(size));
    for matrices in std::iter::once(loaded.matrices).chain(made) {
        println!("{}", figures(matrices, &queries, rounds));
    }
    Ok(())
}

/// Builds a catalog's index, and asks it everything.
fn figures(matrices: Vec<Matrix>, queries: &[String], rounds: usize) -> Figures {
    let catalog = Catalog::new(matrices);
    let thesaurus = import::builtin_thesaurus();
    let before = ALLOCATED.current_usage();
    ALLOCATED.reset_peak_usage();
    let start = Instant::now();
    let index = Index::build(&catalog, &thesaurus);
    let built = start.elapsed();
    let held = ALLOCATED.current_usage() - before;
    let peak = ALLOCATED.peak_usage() - before;
    let library = Library { catalog, index, ..Library::default() };
    let scope: Vec<u32> = (0..).take(library.catalog.matrices().len()).collect();
    let half_typed: Vec<&str> = queries.iter().map(|query| half(query)).collect();
    let search = measure(queries, rounds, |text| {
        library.index.search(&library.catalog, Query { text, scope: &scope }).hits.len()
    });
    let complete = measure(&half_typed, rounds, |text| {
        let query = Query { text, scope: &scope };
        library.index.complete(&library.catalog, query, COMPLETIONS).len()
    });
    let hostile = measure(&hostile::texts(&library.catalog), rounds, |text| {
        library.index.search(&library.catalog, Query { text, scope: &scope }).hits.len()
    });
    Figures { activities: library.catalog.len(), search, complete, hostile, built, held, peak }
}

/// What stands in the field while somebody is still typing.
fn half(query: &str) -> &str {
    let middle = query.chars().count().div_ceil(2);
    query.char_indices().nth(middle).map_or(query, |(end, _)| &query[..end])
}

fn queries(file: Option<&Path>) -> anyhow::Result<Vec<String>> {
    if let Some(file) = file {
        return Ok(std::fs::read_to_string(file)?.lines().map(str::to_owned).collect());
    }
    let text = std::fs::read_to_string(QUERIES)?;
    let query = |line| serde_json::from_str::<serde_json::Value>(line);
    let lines = text.lines().map(|line| Ok(query(line)?["q"].as_str().unwrap_or("").to_owned()));
    lines.collect()
}

fn write(
    folder: &Path,
    corpus: &Corpus,
    sizes: &[usize],
    queries: &[String],
) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)?;
    let lines = |texts: &mut dyn Iterator<Item = &str>| {
        texts.map(|text| text.replace(['\r', '\n'], " ") + "\n").collect::<String>()
    };
    std::fs::write(folder.join("queries.txt"), lines(&mut queries.iter().map(String::as_str)))?;
    for &size in sizes {
        let matrices = corpus.matrices(size);
        let rows = matrices.iter().flat_map(|matrix| &matrix.activities);
        let names = lines(&mut rows.map(|row| row.name.as_str()));
        std::fs::write(folder.join(format!("{size}.txt")), names)?;
    }
    Ok(())
}

/// A line of the table.
struct Figures {
    activities: usize,
    search: Measured,
    complete: Measured,
    /// Texts that nobody types who wants an answer.
    hostile: Measured,
    /// How long the index took to build.
    built: Duration,
    /// The bytes that the index holds.
    held: usize,
    /// The bytes that it needed while it was built.
    peak: usize,
}

impl Figures {
    const HEADING: &str = "activities |  search p50       p99      most µs | complete p50       p99      most µs | hostile, times p50 | index built       holds     at most";
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { activities, search, complete, hostile, built, .. } = self;
        let (held, peak) = (megabytes(self.held), megabytes(self.peak));
        let seconds = built.as_secs_f64();
        write!(f, "{activities:>10} | {search}    |  {complete}    | ")?;
        write!(f, "{:>9.1} µs {:>4.0} x | ", hostile.most, hostile.most / search.p50)?;
        write!(f, "{seconds:>9.3} s {held:>8.1} MB {peak:>8.1} MB")
    }
}

#[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
