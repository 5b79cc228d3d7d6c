//! Wrong use is an error code, and changes nothing.
#![expect(
    clippy::undocumented_unsafe_blocks,
    reason = "the calls of a test: its own memory, which outlives them"
)]

use std::ffi::{CStr, c_void};
use std::mem::MaybeUninit;
use std::ptr::{null, null_mut};

use oxicore_c::{
    Error, Event, LIVE_WORDS, Live, NO_MOTION, Record, Settings, Summary, oxicore_error_words,
    oxicore_live_begin, oxicore_live_bytes, oxicore_live_due, oxicore_live_finish, oxicore_live_ongoing,
    oxicore_live_push, oxicore_live_skip, oxicore_live_summary, oxicore_settings_default,
};

const BYTES: usize = size_of::<Live>();

fn empty() -> Box<Live> {
    Box::new(Live { storage: [0; LIVE_WORDS] })
}

fn begin(live: &mut Live, settings: *const Settings) -> Error {
    unsafe { oxicore_live_begin(live, BYTES, 4, settings, null_mut(), 0) }
}

fn push(live: &mut Live, at_s: u32, spo2_pct: u8) -> Error {
    let record = Record { at_s, pulse_bpm: 60, motion: NO_MOTION, spo2_pct };
    unsafe { oxicore_live_push(live, &raw const record, None, null_mut()) }
}

fn summary(live: &Live) -> Result<Summary, Error> {
    let mut summary = MaybeUninit::uninit();
    match unsafe { oxicore_live_summary(live, summary.as_mut_ptr()) } {
        Error::Ok => Ok(unsafe { summary.assume_init() }),
        error => Err(error),
    }
}

fn usual() -> Settings {
    let mut settings = MaybeUninit::uninit();
    unsafe { oxicore_settings_default(settings.as_mut_ptr()) };
    unsafe { settings.assume_init() }
}

#[test]
fn null_is_an_error_in_every_place() {
    let (mut live, mut due, mut event) = (empty(), 0, Event::default());
    assert_eq!(
        unsafe { oxicore_live_begin(null_mut(), BYTES, 4, null(), null_mut(), 0) },
        Error::NullPointer
    );
    assert_eq!(unsafe { oxicore_live_push(null_mut(), null(), None, null_mut()) }, Error::NullPointer);
    assert_eq!(unsafe { oxicore_live_skip(null_mut(), 4) }, Error::NullPointer);
    assert_eq!(unsafe { oxicore_live_due(null(), &raw mut due) }, Error::NullPointer);
    assert_eq!(unsafe { oxicore_live_ongoing(null(), 3, &raw mut event) }, Error::NullPointer);
    assert_eq!(unsafe { oxicore_live_finish(null_mut(), None, null_mut(), null_mut()) }, Error::NullPointer);
    assert_eq!(begin(&mut live, null()), Error::Ok);
    assert_eq!(unsafe { oxicore_live_push(&raw mut *live, null(), None, null_mut()) }, Error::NullPointer);
    assert_eq!(push(&mut live, 0, 96), Error::Ok);
    assert_eq!(unsafe { oxicore_live_summary(&raw const *live, null_mut()) }, Error::NullPointer);
    assert_eq!(unsafe { oxicore_live_due(&raw const *live, null_mut()) }, Error::NullPointer);
    unsafe { oxicore_settings_default(null_mut()) };
}

#[test]
fn storage_without_a_night_or_of_another_library_is_refused() {
    let mut live = empty();
    assert_eq!(oxicore_live_bytes(), BYTES);
    assert_eq!(push(&mut live, 0, 96), Error::NotBegun);
    assert_eq!(summary(&live).err(), Some(Error::NotBegun));
    let other = unsafe { oxicore_live_begin(&raw mut *live, BYTES - 8, 4, null(), null_mut(), 0) };
    assert_eq!(other, Error::Size);
    let aside = (&raw mut *live).cast::<u8>().wrapping_add(4).cast();
    assert_eq!(unsafe { oxicore_live_begin(aside, BYTES, 4, null(), null_mut(), 0) }, Error::Alignment);
    assert_eq!(push(&mut live, 0, 96), Error::NotBegun);
}

#[test]
fn a_night_that_is_finished_takes_nothing_and_another_may_begin() {
    let mut live = empty();
    assert_eq!(begin(&mut live, null()), Error::Ok);
    assert_eq!(summary(&live).err(), Some(Error::NoRecord));
    assert_eq!(push(&mut live, 0, 96), Error::Ok);
    assert_eq!(unsafe { oxicore_live_finish(&raw mut *live, None, null_mut(), null_mut()) }, Error::Ok);
    assert_eq!(push(&mut live, 4, 96), Error::NotBegun);
    assert_eq!(unsafe { oxicore_live_finish(&raw mut *live, None, null_mut(), null_mut()) }, Error::NotBegun);
    assert_eq!(begin(&mut live, null()), Error::Ok);
    assert_eq!(push(&mut live, 0, 96), Error::Ok);
    assert_eq!(summary(&live).map(|summary| summary.records), Ok(1));
}

#[test]
fn settings_that_cannot_be_are_refused_each() {
    let wrong: [fn(&mut Settings); 8] = [
        |s| s.recovery = 3,
        |s| s.below_range = 3,
        |s| s.median_readings = 4,
        |s| s.slope = 2,
        |s| s.max_motion = 256,
        |s| s.max_motion = -2,
        |s| s.spo2_min_pct = 101,
        |s| s.pulse_max_bpm = 1,
    ];
    let mut live = empty();
    for spoil in wrong {
        let mut settings = usual();
        assert_eq!(begin(&mut live, &raw const settings), Error::Ok);
        spoil(&mut settings);
        assert_eq!(begin(&mut live, &raw const settings), Error::Setting, "{settings:?}");
    }
    let begun = |interval_s| unsafe {
        oxicore_live_begin(&raw mut *empty(), BYTES, interval_s, null(), null_mut(), 0)
    };
    assert_eq!((begun(0), begun(4_000)), (Error::Interval, Error::Interval));
}

#[test]
fn records_that_cannot_be_are_refused_and_the_night_goes_on() {
    let (mut live, mut event) = (empty(), Event::default());
    assert_eq!(begin(&mut live, null()), Error::Ok);
    assert_eq!(unsafe { oxicore_live_skip(&raw mut *live, 4) }, Error::NoRecord);
    assert_eq!(push(&mut live, 4, 96), Error::Time);
    assert_eq!(push(&mut live, 0, 96), Error::Ok);
    assert_eq!(push(&mut live, 0, 96), Error::Time);
    assert_eq!(push(&mut live, 15, 96), Error::Jump);
    assert_eq!(unsafe { oxicore_live_skip(&raw mut *live, u32::MAX) }, Error::TooLong);
    let odd = Record { at_s: 4, pulse_bpm: 60, motion: 300, spo2_pct: 96 };
    assert_eq!(
        unsafe { oxicore_live_push(&raw mut *live, &raw const odd, None, null_mut()) },
        Error::Setting
    );
    assert_eq!(unsafe { oxicore_live_ongoing(&raw const *live, 5, &raw mut event) }, Error::Threshold);
    assert_eq!(unsafe { oxicore_live_ongoing(&raw const *live, 3, &raw mut event) }, Error::NoEvent);
    assert_eq!(summary(&live).map(|summary| summary.records), Ok(1));
    assert_eq!(push(&mut live, 4, 90), Error::Ok);
}

/// Counts the events of both thresholds.
unsafe extern "C" fn count(context: *mut c_void, threshold_pct: u8, event: *const Event) {
    let counts = unsafe { &mut *context.cast::<[u32; 2]>() };
    let event = unsafe { &*event };
    assert!(event.end_s > event.onset_s);
    counts[usize::from(threshold_pct == 4)] += 1;
}

#[test]
fn events_come_while_the_night_goes_on_and_the_rest_at_its_end() {
    let (mut live, mut counts, mut open) = (empty(), [0_u32; 2], Event::default());
    let context = (&raw mut counts).cast();
    assert_eq!(begin(&mut live, null()), Error::Ok);
    for at in 0..200 {
        let spo2_pct = if at % 50 >= 40 { 90 } else { 96 };
        let record = Record { at_s: 4 * at, pulse_bpm: 60, motion: 0, spo2_pct };
        assert_eq!(
            unsafe { oxicore_live_push(&raw mut *live, &raw const record, Some(count), context) },
            Error::Ok
        );
    }
    assert_eq!(counts, [3, 3]);
    assert_eq!(unsafe { oxicore_live_ongoing(&raw const *live, 4, &raw mut open) }, Error::Ok);
    assert_eq!((open.onset_s, open.peak_pct, open.nadir_pct), (4 * 189, 96, 90));
    let mut numbers = MaybeUninit::uninit();
    let ended = unsafe { oxicore_live_finish(&raw mut *live, Some(count), context, numbers.as_mut_ptr()) };
    assert_eq!((ended, counts), (Error::Ok, [4, 4]));
    let numbers = unsafe { numbers.assume_init() };
    assert_eq!((numbers.odi3.count, numbers.odi3.truncated, numbers.halves_are_known), (3, 1, false));
}

#[test]
fn every_error_has_words_of_its_own() {
    let words = |code| unsafe { CStr::from_ptr(oxicore_error_words(code)) }.to_str().unwrap_or_default();
    let mut all: Vec<_> = (0..=Error::Other as u32 + 1).map(words).collect();
    assert_eq!(all.last(), Some(&"unknown error"));
    let number = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), number);
}
