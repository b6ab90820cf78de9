//! Times a function over many inputs.

use std::fmt;
use std::hint::black_box;
use std::time::Instant;

/// Microseconds for one call.
pub(crate) struct Measured {
    pub(crate) p50: f64,
    pub(crate) p99: f64,
    /// The slowest input.
    pub(crate) most: f64,
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>9.1} {:>9.1} {:>9.1}", self.p50, self.p99, self.most)
    }
}

/// Calls `run` with each input `rounds` times after one to warm up; each input's median counts.
pub(crate) fn measure<T: AsRef<str>>(
    inputs: &[T],
    rounds: usize,
    mut run: impl FnMut(&str) -> usize,
) -> Measured {
    for input in inputs {
        black_box(run(input.as_ref()));
    }
    let mut times = vec![Vec::with_capacity(rounds); inputs.len()];
    for _ in 0..rounds {
        for (input, times) in inputs.iter().zip(&mut times) {
            let start = Instant::now();
            black_box(run(black_box(input.as_ref())));
            times.push(start.elapsed().as_secs_f64() * 1e6);
        }
    }
    let mut medians: Vec<f64> = times.iter_mut().map(|times| share(times, 50)).collect();
    Measured {
        p50: share(&mut medians, 50),
        p99: share(&mut medians, 99),
        most: share(&mut medians, 100),
    }
}

/// The value that so many per cent of the values do not exceed.
fn share(values: &mut [f64], percent: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = (values.len() * percent).div_ceil(100).saturating_sub(1);
    values.get(at).copied().unwrap_or(0.0)
}
