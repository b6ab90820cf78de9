//! Matrix files.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::import("yaml", bytes));
