//! The C interface of `oxicore`: a night of oximetry analysed while it is recorded, for firmware and for hosts.
//!
//! It converts, calls [`oxicore::analysis::Live`] and converts back; what the numbers mean is in `docs/ALGORITHMS.md`. The header
//! `include/oxicore.h` is made of this crate. No allocator: the caller gives the storage, and what may not be is an error code.
#![cfg_attr(target_os = "none", no_std)]

mod convert;
mod error;
mod live;
mod settings;
mod summary;
mod values;

pub use error::{Error, oxicore_error_words};
pub use live::{
    Found, LIVE_WORDS, Live, oxicore_halves_bytes, oxicore_live_begin, oxicore_live_bytes, oxicore_live_due,
    oxicore_live_finish, oxicore_live_ongoing, oxicore_live_push, oxicore_live_skip, oxicore_live_summary,
};
pub use settings::{
    BELOW_RANGE_AUTO, BELOW_RANGE_BRIDGE, BELOW_RANGE_GAP, RECOVERY_FRACTION, RECOVERY_PEAK, RECOVERY_TAHA,
    Settings, oxicore_settings_default,
};
pub use summary::{Burden, HOURS, LEVELS, Odi, Part, Pulse, Quality, Spo2, Summary, TimeBelow, Viatom};
pub use values::{
    Event, NO_MOTION, Number, OUTCOME_COMPLETE, OUTCOME_END, OUTCOME_GAP, OUTCOME_SUSTAINED, Record,
};

/// Nothing here panics on purpose; where it happens all the same, the watchdog of a board restarts it.
#[cfg(target_os = "none")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {
        core::hint::spin_loop();
    }
}
