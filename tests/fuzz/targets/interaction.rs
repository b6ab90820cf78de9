//! What Discord sends, or whoever stands in its place.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::interaction(bytes));
