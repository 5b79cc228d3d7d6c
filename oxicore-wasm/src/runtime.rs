//! What the standard library would bring along, smaller.

use core::panic::PanicInfo;

#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// JavaScript sees a `WebAssembly.RuntimeError`. There is nowhere to print a message to, and the texts of all panics would be a tenth
/// of the package.
#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
