//! The edge to Discord.
