//! Standard error that never makes the daemon wait: a line that nobody takes is dropped, and counted.
//!
//! All of the daemon runs on one thread. A pipe that is full because its reader stands still would
//! otherwise hold up every answer.

use std::io::{self, Stderr, Write};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

static DROPPED: AtomicU64 = AtomicU64::new(0);

/// How many lines were dropped since the start.
pub(in crate::daemon) fn dropped() -> u64 {
    DROPPED.load(Relaxed)
}

/// Standard error, a line at a time.
pub(super) struct Patient(Stderr);

impl Patient {
    pub(super) fn new() -> Self {
        Self(io::stderr())
    }

    /// Whether there is room for a line. What cannot be asked, such as a file, never waits.
    fn has_room(&self) -> bool {
        let mut wanted = [PollFd::new(&self.0, PollFlags::OUT)];
        poll(&mut wanted, Some(&Timespec::default())) != Ok(0)
    }
}

impl Write for Patient {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.has_room() {
            self.0.write_all(line)?;
        } else {
            DROPPED.fetch_add(1, Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
