//! Makes the records that the made-up sensor sends, and tells the linker where the board's memory is.
#![expect(clippy::expect_used, reason = "a build script stops at the first trouble")]

use std::{env, fs, path::PathBuf};

#[path = "../benches/src/night.rs"]
#[expect(dead_code, unreachable_pub, reason = "the benchmarks use the rest of it")]
mod night;

/// SpO2, pulse and motion of each record, 0 for no reading.
fn records() -> Vec<u8> {
    let bytes = |reading: &night::Reading| {
        [reading.spo2.unwrap_or_default(), reading.pulse.unwrap_or_default(), reading.motion]
    };
    night::night().iter().flat_map(bytes).collect()
}

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names the folder"));
    fs::write(out.join("records.bin"), records()).expect("the records can be written");
    let target = env::var("TARGET").expect("cargo names the target");
    let board = if target.starts_with("thumbv6m") { "memory-m0.x" } else { "memory-m4.x" };
    fs::copy(board, out.join("memory.x")).expect("the linker script can be copied");
    println!("cargo:rustc-link-search={}", out.display());
    for file in ["memory-m0.x", "memory-m4.x", "../benches/src/night.rs"] {
        println!("cargo:rerun-if-changed={file}");
    }
}
