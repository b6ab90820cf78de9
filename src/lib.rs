//! raci-bot answers one question asked in a hurry: *who is responsible for this?*
//!
//! # The map
//!
//! In reading order, each layer naming only those before it:
//!
//! - [`domain`]: matrices, parties, schemes, the catalog, problems, checks.
//! - [`search`]: a query and a catalog give ranked hits and how sure they are.
//! - [`commands`]: a command and an index give a reply; one file per command, one table that feeds
//!   parser, help and registration.
//! - [`export`]: domain to text, in the formats that other people and tools read.
//! - [`bot`]: the live index; answer, complete, replace.
//! - [`import`]: files to domain; the only place that knows a file format.
//! - [`config`]: the configuration file and environment as one checked value.
//! - [`adapters`]: the only modules that know a chat platform.
//! - [`daemon`]: start, reload, health, stop.
//! - [`cli`]: what the command line looks like, and each of its subcommands.
//! - [`metrics`]: what the daemon counts and knows of itself; told by adapters and daemon.
//! - [`exit`]: the statuses that the program ends with; named by everything above `bot`. `failure`
//!   tells a person why it did not end well.
//!
//! # Invariants
//!
//! - `domain`, `search` and `commands` touch neither disk, clock, network nor platform, and so
//!   cannot fail.
//! - `serenity` is named only in the Discord adapter; the YAML crate only in `import/yaml.rs`.
//! - An adapter decides nothing: it translates in, translates out, and obeys its platform's limits.
//! - A catalog never changes; a new one replaces it whole.

pub mod adapters;
pub mod bot;
pub mod cli;
pub mod commands;
pub mod config;
pub mod daemon;
pub mod domain;
pub mod exit;
pub mod export;
mod failure;
pub mod import;
pub mod metrics;
pub mod search;
