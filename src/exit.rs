//! The statuses that the program ends with; from 64 on they are those of `sysexits.h`.

use std::process::ExitCode;

/// How a run of the program ended, as a shell or a service manager sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// All well; a question was answered.
    Success = 0,
    /// The question has no sure answer.
    Unsure = 1,
    /// The command line is wrong (`EX_USAGE`).
    Usage = 64,
    /// A data file has errors (`EX_DATAERR`).
    Data = 65,
    /// A file or directory is missing or cannot be read (`EX_NOINPUT`).
    NoInput = 66,
    /// Discord cannot be reached (`EX_UNAVAILABLE`).
    Unavailable = 69,
    /// The output could not be written (`EX_IOERR`).
    Output = 74,
    /// Discord refused the token (`EX_NOPERM`).
    Refused = 77,
    /// The configuration is wrong or incomplete (`EX_CONFIG`).
    Config = 78,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
