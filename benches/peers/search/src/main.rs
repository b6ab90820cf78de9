//! What a query takes in the libraries that one would reach for, beside raci-bot's own search.
//!
//! ```text
//! cargo bench --bench search -- --write target/names --sizes 31,1000,10000,100000,1000000
//! cargo run --release --manifest-path benches/peers/search/Cargo.toml -- target/names
//! ```
//!
//! All of them get the same names and queries and give the ten best; times are those of
//! `benches/search`: warm, one thread, each query's median.

#[path = "../../../search/measure.rs"]
mod measure;
#[cfg(feature = "ours")]
mod ours;
mod peers;

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context as _;

use measure::{Measured, measure};
use peers::{Nucleo, Peer, Strsim, Tantivy};

/// Comparing whole names takes seconds a query beyond this many.
const MOST_COMPARED: usize = 100_000;

fn main() -> anyhow::Result<()> {
    let folder: PathBuf = std::env::args_os().nth(1).context("no folder of names: see --write")?.into();
    let queries = lines(&folder.join("queries.txt"))?;
    let mut sizes: Vec<usize> = std::fs::read_dir(&folder)?
        .filter_map(|entry| entry.ok()?.path().file_stem()?.to_str()?.parse().ok())
        .collect();
    sizes.sort_unstable();
    println!("activities | search          p50       p99      most µs |     built");
    for size in sizes {
        let names = lines(&folder.join(format!("{size}.txt")))?;
        #[cfg(feature = "ours")]
        row::<ours::Ours>(&names, &queries)?;
        row::<Nucleo>(&names, &queries)?;
        row::<Tantivy>(&names, &queries)?;
        if names.len() <= MOST_COMPARED {
            row::<Strsim>(&names, &queries)?;
        }
    }
    Ok(())
}

/// A line of the table.
fn row<P: Peer>(names: &[String], queries: &[String]) -> anyhow::Result<()> {
    let start = Instant::now();
    let mut peer = P::build(names)?;
    let built = start.elapsed().as_secs_f64();
    // Whatever looks at everything needs fewer rounds for a steady median.
    let rounds = if names.len() > 20_000 { 3 } else { 9 };
    let took: Measured = measure(queries, rounds, |query| peer.search(query));
    println!("{:>10} | {:<10} {took}    | {built:>7.3} s", names.len(), P::NAME);
    Ok(())
}

fn lines(file: &Path) -> anyhow::Result<Vec<String>> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    Ok(text.lines().map(str::to_owned).collect())
}
