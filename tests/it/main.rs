//! The integration tests: one crate, so that it is linked once.

/// The command line, through the built binary.
mod cli;
/// The configuration file, and the sample that documents it.
mod config;
/// What is depended upon.
mod dependencies;
/// Dialogues with the daemon, as people have them in Discord.
mod discord;
/// What is exported, and that it comes back through import.
mod export;
/// What goes wrong between the daemon and Discord, and that it loses nothing.
mod faults;
/// What the daemon tells those who look after it: health, metrics, logs, systemd.
mod health;
/// `import` and `export`, through the built binary.
mod import;
/// The layering of `src/`, read from the sources.
mod layers;
/// How fast it answers and what that costs, next to another bot; ignored unless asked for.
mod load;
/// The shipped matrices, cell by cell.
mod matrix;
/// README's examples.
mod readme;
/// How good the search is on what people typed.
mod search;
/// All faults at random for minutes, and no answer lost; ignored unless asked for.
mod soak;
/// The stand-in Discord: gateway and REST over real sockets, its refusals, and the harness that
/// talks to the built binary through it.
mod standin;
/// The catalog of sentences: none unused, none elsewhere.
mod wording;
