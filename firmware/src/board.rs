//! The board: start, output through the debugger, and how much memory was used.

use core::fmt::Write as _;

use cortex_m_rt::entry;
use cortex_m_semihosting::{debug, hio};
use panic_semihosting as _;

/// What the start-up code fills the unused memory with.
const PAINT: u32 = cortex_m_rt::STACK_PAINT_VALUE;

#[entry]
fn main() -> ! {
    debug::exit(match told() {
        Some(()) => debug::EXIT_SUCCESS,
        None => debug::EXIT_FAILURE,
    });
    loop {
        cortex_m::asm::bkpt();
    }
}

fn told() -> Option<()> {
    let mut out = hio::hstdout().ok()?;
    oxi_firmware::tell(oxi_firmware::NIGHT, &mut out).ok()?;
    let size = Size::of_this_program();
    writeln!(out, "board stack_bytes {} of {}", stack_used(), size.stack).ok()?;
    writeln!(out, "board code_bytes {} static_bytes {}", size.code, size.statics).ok()
}

/// Sizes in bytes, from the linker.
struct Size {
    /// Instructions and constants, without the night.
    code: usize,
    /// Variables that live as long as the program.
    statics: usize,
    /// Memory left for the stack.
    stack: usize,
}

impl Size {
    fn of_this_program() -> Self {
        let [code_end, constants_end, statics_start, statics_end, stack_end] = edges();
        let constants = constants_end - code_end;
        let code = code_end - vectors() + constants - oxi_firmware::NIGHT.len();
        Self { code, statics: statics_end - statics_start, stack: stack_end - statics_end }
    }
}

#[expect(
    unsafe_code,
    reason = "the linker's symbols are foreign; only their addresses are taken, never their values"
)]
mod linker {
    unsafe extern "C" {
        pub(super) safe static __vector_table: u32;
        pub(super) safe static __etext: u32;
        pub(super) safe static __erodata: u32;
        pub(super) safe static __sdata: u32;
        pub(super) safe static __sheap: u32;
        pub(super) safe static _stack_start: u32;
    }
}

fn vectors() -> usize {
    (&raw const linker::__vector_table).addr()
}

fn edges() -> [usize; 5] {
    [
        (&raw const linker::__etext).addr(),
        (&raw const linker::__erodata).addr(),
        (&raw const linker::__sdata).addr(),
        (&raw const linker::__sheap).addr(),
        (&raw const linker::_stack_start).addr(),
    ]
}

/// Bytes of the stack that were ever written: what lies above the first word without its paint.
#[expect(
    unsafe_code,
    reason = "the paint is read where no Rust value lives: between the last variable and the stack"
)]
fn stack_used() -> usize {
    let (mut word, end) = (&raw const linker::__sheap, &raw const linker::_stack_start);
    // SAFETY: both symbols are aligned to four bytes and bound the board's memory, all of which may be read; the
    // loop ends at the latest at this function's own frame, which is not painted.
    while word < end && unsafe { word.read_volatile() } == PAINT {
        word = word.wrapping_add(1);
    }
    end.addr() - word.addr()
}
