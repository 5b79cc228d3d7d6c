//! Tells the night in flash: on a Cortex-M4 with 64 KB of memory, and on the host for comparison.
//!
//! `cargo run --release --target thumbv7em-none-eabihf` in this folder runs it in qemu.
#![cfg_attr(target_os = "none", no_std, no_main)]

#[cfg(target_os = "none")]
mod board;

#[cfg(not(target_os = "none"))]
fn main() -> Result<(), std::fmt::Error> {
    let mut text = String::new();
    oxi_firmware::tell(oxi_firmware::NIGHT, &mut text)?;
    print!("{text}");
    Ok(())
}
