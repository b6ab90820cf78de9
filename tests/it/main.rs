//! The integration tests: one crate, so that it is linked once.

/// The command line, through the built binary.
mod cli;
/// What is depended upon.
mod dependencies;
