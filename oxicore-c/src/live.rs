//! The calls: storage of the caller becomes a night, records go in, events and numbers come out.

use core::ffi::c_void;

use oxicore::analysis::{self, LiveMemory};
use oxicore::{Desaturation, Sample, Span, Threshold};

use crate::convert::motion;
use crate::error::{Error, code};
use crate::settings::Settings;
use crate::summary::Summary;
use crate::values::{Event, Record};

/// Words of eight bytes that a night takes, on the machine where it takes most.
pub const LIVE_WORDS: usize = 753;

/// Storage of a night that is being recorded: static, or anywhere else, all zero before the first `oxicore_live_begin`. What it
/// holds is this library's own.
#[repr(C)]
#[derive(Debug)]
pub struct Live {
    /// Not to be touched.
    pub storage: [u64; LIVE_WORDS],
}

/// What the storage holds.
#[repr(C)]
struct Slot {
    /// [`BEGUN`] as long as there is a night.
    mark: u32,
    night: analysis::Live<'static>,
}

const _: () = assert!(size_of::<Slot>() <= size_of::<Live>() && align_of::<Slot>() <= align_of::<Live>());

const BEGUN: u32 = 0x4F58_4931;

/// Takes an event: what was given to the call as context, the threshold in percent, and the event, which is there for the time of
/// the call alone. It must not call this library with the same night.
pub type Found = Option<unsafe extern "C" fn(context: *mut c_void, threshold_pct: u8, event: *const Event)>;

/// Bytes of the storage in this library: `sizeof(oxicore_live)` where header and library are of the same version.
#[unsafe(no_mangle)]
pub extern "C" fn oxicore_live_bytes() -> usize {
    size_of::<Live>()
}

/// Bytes to lend for the halves of a night of this length.
#[unsafe(no_mangle)]
pub extern "C" fn oxicore_halves_bytes(longest_s: u32) -> usize {
    LiveMemory::halves_bytes(Span::from_secs(longest_s))
}

/// Begins a night with a record every `interval_s` seconds; what the storage held is forgotten. `live_bytes` is
/// `sizeof(oxicore_live)`. `settings` may be null, for those of every printed number. `halves` may be null; memory that is lent
/// (`oxicore_halves_bytes`) belongs to the night until it is finished or another begins in the storage.
///
/// # Safety
/// `live` is null or `live_bytes` of memory that nobody else uses during the call; `settings` is null or may be read; `halves` is
/// null or `halves_bytes` of memory that nobody else uses as long as the night goes on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oxicore_live_begin(
    live: *mut Live,
    live_bytes: usize,
    interval_s: u32,
    settings: *const Settings,
    halves: *mut u8,
    halves_bytes: usize,
) -> Error {
    if live_bytes != size_of::<Live>() {
        return Error::Size;
    }
    let begin = || {
        let slot = slot(live)?;
        // SAFETY: null, or settings that may be read: integers alone, of which every value is checked.
        let settings = unsafe { settings.as_ref() };
        let options = settings.copied().unwrap_or_else(Settings::usual).options()?;
        // SAFETY: this function's caller promises it.
        let halves = unsafe { lent(halves, halves_bytes) };
        let memory = LiveMemory::new(halves, &mut []);
        let night = analysis::Live::prepare(Span::from_secs(interval_s), None, &options, memory)?;
        // SAFETY: `slot` is neither null nor misaligned, and the caller lends all of its memory, which is large enough.
        let night_place = unsafe { &raw mut (*slot).night };
        // SAFETY: the same place; what it held has nothing that must be dropped.
        unsafe { night_place.write(night.begin()) };
        // SAFETY: the mark is the first field of the slot.
        unsafe { slot.cast::<u32>().write(BEGUN) };
        Ok(())
    };
    code(begin())
}

/// Takes the next record; `found`, which may be null, is given the events that are known with it, counted or not, in the order
/// in which they ended.
///
/// # Safety
/// `live` is null or storage that nobody else uses during the call; `record` is null or may be read; `found` is null or may be
/// called with `context`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oxicore_live_push(
    live: *mut Live,
    record: *const Record,
    found: Found,
    context: *mut c_void,
) -> Error {
    // SAFETY: this function's caller promises it.
    let night = match unsafe { begun_mut(live) } {
        Ok(night) => night,
        Err(error) => return error,
    };
    // SAFETY: null, or a record that may be read: integers alone.
    let Some(record) = (unsafe { record.as_ref() }) else { return Error::NullPointer };
    if motion(record.motion).is_none() {
        return Error::Setting;
    }
    let pushed = night.push(&Sample::from(record), &mut |threshold, event| {
        // SAFETY: this function's caller promises it.
        unsafe { tell(found, context, threshold, &event) }
    });
    code(pushed.map_err(Error::from))
}

/// Announces time without records: the next one comes so much later, in addition to what was announced before.
///
/// # Safety
/// `live` is null or storage that nobody else uses during the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oxicore_live_skip(live: *mut Live, time_s: u32) -> Error {
    // SAFETY: this function's caller promises it.
    let skipped =
        unsafe { begun_mut(live) }.and_then(|night| night.skip(Span::from_secs(time_s)).map_err(Error::from));
    code(skipped)
}

/// When the next record is due, seconds since the first: one interval after the latest and the time announced since.
///
/// # Safety
/// `live` is null or storage that nobody changes during the call; `due_s` is null or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oxicore_live_due(live: *const Live, due_s: *mut u32) -> Error {
    // SAFETY: this function's caller promises it.
    let due = unsafe { begun(live) }.map(|night| night.due().as_secs());
    // SAFETY: the same.
    code(due.and_then(|due| unsafe { give(due_s, due) }))
}

/// The event of a threshold, 3 or 4 %, that has begun, as it would end if the night ended here; `OXICORE_ERROR_NO_EVENT` while
/// there is none.
///
/// # Safety
/// `live` is null or storage that nobody changes during the call; `event` is null or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oxicore_live_ongoing(
    live: *const Live,
    threshold_pct: u8,
    event: *mut Event,
) -> Error {
    // SAFETY: this function's caller promises it.
    let ongoing = unsafe { begun(live) }.and_then(|night| {
        let threshold = Threshold::from_pct(threshold_pct).ok_or(Error::Threshold)?;
        night.ongoing(threshold).ok_or(Error::NoEvent)
    });
    // SAFETY: the same.
    code(ongoing.and_then(|open| unsafe { give(event, Event::from(&open)) }))
}

/// The numbers of a recording that had ended with the latest record; the night goes on.
///
/// # Safety
/// `live` is null or storage that nobody changes during the call; `summary` is null or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oxicore_live_summary(live: *const Live, summary: *mut Summary) -> Error {
    // SAFETY: this function's caller promises it.
    code(unsafe { begun(live) }.and_then(|night| {
        // SAFETY: the same.
        unsafe { give_ended(night, summary, &mut |_, _| ()) }
    }))
}

/// Ends the night: `found`, which may be null, is given the events that were still open or waited for their pulse; `summary` may
/// be null. The storage may begin another night.
///
/// # Safety
/// `live` is null or storage that nobody else uses during the call; `summary` is null or may be written; `found` is null or may be
/// called with `context`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oxicore_live_finish(
    live: *mut Live,
    found: Found,
    context: *mut c_void,
    summary: *mut Summary,
) -> Error {
    // SAFETY: this function's caller promises it.
    let night = match unsafe { begun(live) } {
        Ok(night) => night,
        Err(error) => return error,
    };
    let mut tell = |threshold, event: Desaturation| {
        // SAFETY: this function's caller promises it.
        unsafe { tell(found, context, threshold, &event) }
    };
    let given = if summary.is_null() {
        night.ended(&mut tell).map(|_| ()).ok_or(Error::NoRecord)
    } else {
        // SAFETY: not null, and this function's caller promises that it may be written.
        unsafe { give_ended(night, summary, &mut tell) }
    };
    // SAFETY: the storage holds a night, whose mark is its first field; the reference to the night is used no more.
    unsafe { live.cast::<u32>().write(0) };
    code(given)
}

/// Where the storage is.
fn slot(live: *mut Live) -> Result<*mut Slot, Error> {
    let slot = live.cast::<Slot>();
    if slot.is_null() {
        Err(Error::NullPointer)
    } else if live.is_aligned() {
        Ok(slot)
    } else {
        Err(Error::Alignment)
    }
}

/// The night in the storage.
///
/// # Safety
/// `live` is null or storage that nobody changes as long as the night is looked at.
unsafe fn begun<'a>(live: *const Live) -> Result<&'a analysis::Live<'static>, Error> {
    let slot = slot(live.cast_mut())?;
    // SAFETY: neither null nor misaligned, and the mark is the first field: zero, or what this library has written.
    let mark = unsafe { slot.cast::<u32>().read() };
    if mark != BEGUN {
        return Err(Error::NotBegun);
    }
    // SAFETY: the mark is written after the night, and taken away when it is finished.
    Ok(unsafe { &(*slot).night })
}

/// The same, to change it.
///
/// # Safety
/// `live` is null or storage that nobody else uses as long as the night is used.
unsafe fn begun_mut<'a>(live: *mut Live) -> Result<&'a mut analysis::Live<'static>, Error> {
    // SAFETY: this function's caller promises more.
    unsafe { begun(live) }?;
    let slot = slot(live)?;
    // SAFETY: there is a night, as was just seen, and nobody else uses it.
    Ok(unsafe { &mut (*slot).night })
}

/// The memory that is lent, if any.
///
/// # Safety
/// `bytes` is null or so much memory that nobody else uses as long as the night goes on.
unsafe fn lent(bytes: *mut u8, len: usize) -> &'static mut [u8] {
    if bytes.is_null() || len == 0 {
        return &mut [];
    }
    // SAFETY: every byte may first be written, so that what the memory held does not matter.
    unsafe { bytes.write_bytes(0, len) };
    // SAFETY: this function's caller promises that it is there and nobody else's.
    unsafe { core::slice::from_raw_parts_mut(bytes, len) }
}

/// Writes a result.
///
/// # Safety
/// `to` is null or may be written.
unsafe fn give<T>(to: *mut T, value: T) -> Result<(), Error> {
    if to.is_null() {
        return Err(Error::NullPointer);
    }
    // SAFETY: not null, and this function's caller promises that it may be written.
    unsafe { to.write(value) };
    Ok(())
}

/// Writes the numbers of a night as if it ended here.
///
/// # Safety
/// `to` is null or may be written.
unsafe fn give_ended(
    night: &analysis::Live<'_>,
    to: *mut Summary,
    found: &mut dyn FnMut(Threshold, Desaturation),
) -> Result<(), Error> {
    let summary = night.ended(found);
    // SAFETY: this function's caller promises it.
    unsafe { give(to, Summary::from(summary.as_ref().ok_or(Error::NoRecord)?)) }
}

/// Gives an event to the caller.
///
/// # Safety
/// `found` is null or may be called with `context`.
unsafe fn tell(found: Found, context: *mut c_void, threshold: Threshold, event: &Desaturation) {
    if let Some(found) = found {
        // SAFETY: this function's caller promises it; the event lives until the call is over.
        unsafe { found(context, threshold.as_pct(), &Event::from(event)) };
    }
}
