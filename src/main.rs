//! Arguments to one of the subcommands; exit codes.

fn main() {}
