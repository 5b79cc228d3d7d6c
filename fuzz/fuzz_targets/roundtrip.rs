//! What is written as CSV or EDF+ and read again is the same night.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| oxicore::testing::fuzz_roundtrip(bytes));
