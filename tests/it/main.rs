//! The integration tests: one crate, so that it is linked once.

/// The layering of `src/`, read from the sources.
mod layers;
/// The stand-in Discord: gateway and REST over real sockets, its refusals, and the harness that
/// talks to the built binary through it.
mod standin;
