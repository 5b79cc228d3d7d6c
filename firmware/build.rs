//! Makes the night that lies in flash, and tells the linker where the board's memory is.
#![expect(clippy::expect_used, reason = "a build script stops at the first trouble")]

use std::{env, fs, path::PathBuf};

#[path = "../benches/src/night.rs"]
#[expect(dead_code, unreachable_pub, reason = "the benchmarks use the rest of it")]
mod night;

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names the folder"));
    fs::write(out.join("night.csv"), night::csv(&night::night())).expect("the night can be written");
    fs::copy("memory.x", out.join("memory.x")).expect("the linker script can be copied");
    println!("cargo:rustc-link-search={}", out.display());
    println!("cargo:rerun-if-changed=memory.x");
    println!("cargo:rerun-if-changed=../benches/src/night.rs");
}
