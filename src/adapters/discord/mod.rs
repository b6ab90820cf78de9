//! The edge to Discord.
//!
//! - [`gateway`]: what Discord says; [`rest`]: what we say.
//! - `register`: the commands that Discord shows.
//! - `interaction`: a request in, a command; `custom_id`: a command in a button and back.
//! - `dress`: a reply as a message that keeps Discord's limits.

pub mod custom_id;
pub mod dress;
pub mod gateway;
pub mod rest;
pub mod token;
