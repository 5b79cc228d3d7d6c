//! What numbers of nights cannot be.

use core::fmt;

use crate::error::BufferTooSmall;
use crate::time::number;

/// Why nights, cut-offs or a confidence are refused. Places are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NightsError {
    /// Not one night, not even one without the number.
    NoNights,
    /// NaN or infinite.
    NotFinite {
        /// Whose value.
        night: usize,
    },
    /// Below zero, as no index, burden or share can be.
    Negative {
        /// Whose value.
        night: usize,
    },
    /// Negative, NaN or infinite.
    Cutoff {
        /// Which of them.
        cutoff: usize,
    },
    /// Not above the one before it.
    CutoffsUnsorted {
        /// Which of them.
        cutoff: usize,
    },
    /// Not between 0 and 1.
    Confidence,
    /// The lent memory has too few places.
    Room(BufferTooSmall),
}

impl fmt::Display for NightsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, place, why) = match *self {
            Self::NoNights => return f.write_str("there is no night"),
            Self::Confidence => return f.write_str("the confidence must be between 0 and 1, both left out"),
            Self::NotFinite { night } => (
                "night ",
                night,
                " (from 0) is no finite number: a night without one is missing, not NaN or 0",
            ),
            Self::Negative { night } => ("night ", night, " (from 0) is negative"),
            Self::Cutoff { cutoff } => {
                ("cut-off ", cutoff, " (from 0) is no finite number that is not negative")
            }
            Self::CutoffsUnsorted { cutoff } => {
                ("cut-off ", cutoff, " (from 0) is not above the one before it")
            }
            Self::Room(short) => ("the lent memory is too small: ", short.needed, " places are enough"),
        };
        f.write_str(what)?;
        number(f, place as u64, 1)?;
        f.write_str(why)
    }
}

impl core::error::Error for NightsError {}

impl From<BufferTooSmall> for NightsError {
    fn from(room: BufferTooSmall) -> Self {
        Self::Room(room)
    }
}
