//! The command line, through the built binary.

/// Trying what somebody in team chat would be told.
mod access;
/// One question, one answer; exit statuses.
mod ask;
/// A dialogue over a pipe.
mod chat;
/// What is wrong with matrices.
mod check;
/// The scripting interface.
mod json;
/// What the program says of itself.
mod papers;

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The binary, in an environment that no machine's settings leak into.
pub(crate) fn raci_bot<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_raci-bot"));
    command
        .args(args)
        .env_clear()
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// How a run ended, and what it printed.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the program prints UTF-8");
        Self { status: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Run {
    /// The first line of what was printed.
    pub(crate) fn first_line(&self) -> &str {
        self.out.lines().next().unwrap_or_default()
    }
}

/// Runs to the end.
pub(crate) fn run(command: &mut Command) -> Run {
    command.output().expect("the binary runs").into()
}

/// Runs to the end with this on standard input.
pub(crate) fn run_with_input(command: &mut Command, input: &[u8]) -> Run {
    let mut child = command.stdin(Stdio::piped()).spawn().expect("the binary runs");
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // The program may end before it has read everything.
            let _ = stdin.write_all(input);
        });
        child.wait_with_output().expect("the binary ends").into()
    })
}

/// A directory of matrices with one file.
pub(crate) fn data(name: &str, text: &str) -> tempfile::TempDir {
    let directory = tempfile::tempdir().expect("a temporary directory");
    write(&directory.path().join(name), text);
    directory
}

fn write(path: &Path, text: &str) {
    std::fs::write(path, text).expect("a temporary file");
}

/// A small matrix whose names reorder what stands around them.
pub(crate) const HOSTILE: &str = r#"
service: { name: "Evil\u202e", id: evil }
parties: [{ name: "Us\u2066" }]
sections:
  - title: "Bad\u200e things"
    activities:
      - name: "Launch \u202e missiles"
        note: "Odd \u2067 note"
        assignments: { "Us\u2066": RA }
"#;
