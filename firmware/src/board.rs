//! The board: start, output through the debugger, and how much memory was used.

use core::fmt::Write as _;

use cortex_m::peripheral::SYST;
use cortex_m::peripheral::syst::SystClkSource;
use cortex_m_rt::entry;
use cortex_m_semihosting::{debug, hio};
use oxi_firmware::sensor::{NIGHT_BYTES, Sensor};
use panic_semihosting as _;

/// What the start-up code fills the unused memory with.
const PAINT: u32 = cortex_m_rt::STACK_PAINT_VALUE;

#[entry]
fn main() -> ! {
    let all = night().and_then(|()| sizes()).and_then(|()| instructions());
    debug::exit(match all {
        Some(()) => debug::EXIT_SUCCESS,
        None => debug::EXIT_FAILURE,
    });
    loop {
        cortex_m::asm::bkpt();
    }
}

/// The night as the host tells it, and how deep the stack was in between.
#[inline(never)]
fn night() -> Option<()> {
    let mut out = hio::hstdout().ok()?;
    let mut live = oxi_firmware::prepare().ok()?.begin();
    oxi_firmware::record(&mut live, &mut Sensor::default(), &mut out).ok()?;
    let recording = stack_used();
    oxi_firmware::end(&live, &mut out).ok()?;
    writeln!(out, "board recording_stack_bytes {recording} stack_bytes {}", stack_used()).ok()
}

fn sizes() -> Option<()> {
    let mut out = hio::hstdout().ok()?;
    let size = Size::of_this_program();
    let (live, summary) = oxi_firmware::state_bytes();
    writeln!(out, "board stack_room {} live_bytes {live} summary_bytes {summary}", size.stack).ok()?;
    writeln!(out, "board code_bytes {} static_bytes {}", size.code, size.statics).ok()
}

/// A night without printing, by the clock of the processor, which the emulator drives by instructions: one a nanosecond.
#[inline(never)]
fn instructions() -> Option<()> {
    let mut clock = cortex_m::Peripherals::take()?.SYST;
    clock.set_clock_source(SystClkSource::Core);
    clock.set_reload(LONGEST);
    clock.clear_current();
    clock.enable_counter();
    let mut live = oxi_firmware::prepare().ok()?.begin();
    let from = SYST::get_current();
    let events = oxi_firmware::count(&mut live, &mut Sensor::default()).ok()?;
    let ticks = from.wrapping_sub(SYST::get_current()) & LONGEST;
    let mut out = hio::hstdout().ok()?;
    writeln!(out, "board ticks {ticks} events {events}").ok()
}

/// What the clock can hold.
const LONGEST: u32 = 0x00FF_FFFF;

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
        let code = code_end - vectors() + constants - NIGHT_BYTES;
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
