//! What the command line looks like.
