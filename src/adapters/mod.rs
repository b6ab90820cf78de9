//! The edges: each module translates between one chat platform and the bot, and decides nothing.

pub mod discord;
pub mod terminal;
