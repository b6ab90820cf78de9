//! Ids of buttons and menus: ours, forged, old.

#![no_main]

libfuzzer_sys::fuzz_target!(|id: &str| properties::custom_id(id));
