//! Analyses a night as it comes: on a Cortex-M4 with 64 KB of memory or a Cortex-M0 with 16 KB, and on the host for comparison.
//!
//! `cargo run --release --target thumbv7em-none-eabihf` (or `thumbv6m-none-eabi`) in this folder runs it in qemu.
#![cfg_attr(target_os = "none", no_std, no_main)]

#[cfg(target_os = "none")]
mod board;

#[cfg(not(target_os = "none"))]
fn main() {
    let mut text = String::new();
    let mut night = || {
        let mut live = oxi_firmware::prepare()?.begin();
        oxi_firmware::record(&mut live, &mut oxi_firmware::sensor::Sensor::default(), &mut text)?;
        oxi_firmware::end(&live, &mut text)
    };
    if let Err(trouble) = night() {
        eprintln!("{trouble:?}");
    }
    print!("{text}");
}
