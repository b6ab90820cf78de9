//! The integration tests: one crate, so that it is linked once.

/// The command line, through the built binary.
mod cli;
/// The configuration file, and the sample that documents it.
mod config;
/// What is depended upon.
mod dependencies;
/// The shipped matrices, cell by cell.
mod matrix;
