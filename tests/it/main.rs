//! The integration tests: one crate, so that it is linked once.

/// The command line, through the built binary.
mod cli;
/// The configuration file, and the sample that documents it.
mod config;
/// What is depended upon.
mod dependencies;
/// Dialogues with the daemon, as people have them in Discord.
mod discord;
/// The layering of `src/`, read from the sources.
mod layers;
/// The shipped matrices, cell by cell.
mod matrix;
/// README's examples.
mod readme;
/// The stand-in Discord: gateway and REST over real sockets, its refusals, and the harness that
/// talks to the built binary through it.
mod standin;
