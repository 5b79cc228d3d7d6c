//! Error codes, and what they mean in words.

use core::ffi::{CStr, c_char};

use oxicore::analysis::LiveError;

/// Why a call did nothing. What was recorded before stays as it was.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// No error.
    Ok = 0,
    /// A pointer that must not be null is.
    NullPointer = 1,
    /// The size of the storage is not that of this library: header and library are of different versions.
    Size = 2,
    /// The storage is not aligned to eight bytes.
    Alignment = 3,
    /// The night has not begun, or is finished.
    NotBegun = 4,
    /// The interval is zero or above 900 s; it may have been given in milliseconds.
    Interval = 5,
    /// A setting has a value that it cannot have.
    Setting = 6,
    /// The threshold is not 3 or 4 %.
    Threshold = 7,
    /// The time of the record is not after the one before; that of the first must be zero.
    Time = 8,
    /// More than 10 s are missing before the record: announce them with `oxicore_live_skip`, or push the missing records.
    Jump = 9,
    /// The record follows the one before after less than a tenth of the interval.
    Step = 10,
    /// The night would be longer than a year.
    TooLong = 11,
    /// There is no record yet.
    NoRecord = 12,
    /// There is no open event.
    NoEvent = 13,
    /// What this version of the library has no code for.
    Other = 14,
}

impl From<LiveError> for Error {
    fn from(error: LiveError) -> Self {
        match error {
            LiveError::Interval { .. } => Self::Interval,
            LiveError::Time { .. } => Self::Time,
            LiveError::Jump { .. } => Self::Jump,
            LiveError::Step { .. } => Self::Step,
            LiveError::NotBegun => Self::NoRecord,
            LiveError::TooLong => Self::TooLong,
            _ => Self::Other,
        }
    }
}

/// The code of what a call did.
pub(crate) fn code(done: Result<(), Error>) -> Error {
    done.err().unwrap_or(Error::Ok)
}

/// In the order of the codes.
const WORDS: [&CStr; 15] = [
    c"no error",
    c"a pointer that must not be null is",
    c"header and library are of different versions: the size of the storage differs",
    c"the storage is not aligned to eight bytes",
    c"the night has not begun, or is finished",
    c"the interval is zero or above 900 s: give seconds",
    c"a setting has a value that it cannot have",
    c"the threshold is not 3 or 4 percent",
    c"the time of the record is not after the one before, or that of the first is not zero",
    c"more than 10 s are missing before the record: announce them with oxicore_live_skip",
    c"the record follows the one before after less than a tenth of the interval",
    c"the night would be longer than a year",
    c"there is no record yet",
    c"there is no open event",
    c"an error that this version has no code for",
];

/// What an error code means, in English; "unknown error" for any other number. The text lives as long as the program.
#[unsafe(no_mangle)]
pub extern "C" fn oxicore_error_words(error: u32) -> *const c_char {
    let words = usize::try_from(error).ok().and_then(|code| WORDS.get(code));
    words.map_or(c"unknown error", |words| *words).as_ptr()
}
