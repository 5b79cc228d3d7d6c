//! The short way for plain rows of text and the general reader find the same.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| oxicore::testing::fuzz_fast_vs_general(bytes));
