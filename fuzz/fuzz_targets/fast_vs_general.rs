//! The short way for plain rows of text finds what the general reader finds.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| oxicore::testing::fuzz_fast_vs_general(bytes));
