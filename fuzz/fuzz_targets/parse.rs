//! Whatever the bytes, parsing and analysing end without a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| oxicore::testing::fuzz_parse(bytes));
