//! A slow twin that shares nothing with the readers of texts finds what they find.
#![no_main]

#[path = "../../oxicore/tests/it/csv_twin/twin.rs"]
mod twin;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    twin::agrees(bytes);
});
