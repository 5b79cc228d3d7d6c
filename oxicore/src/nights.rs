//! A number of many nights: its median with an interval that assumes no distribution, the classes that the nights fall into,
//! how often a single night would have said otherwise, two groups side by side. Definitions: docs/ALGORITHMS.md, "Many nights".
//!
//! Any number that is not negative will do: an index, T90, a burden. A night without it is `None` and is counted apart, never as
//! 0. All nights must have theirs by one definition and the same settings; nothing here can see that.
//!
//! # Example
//! ```
//! # #[cfg(feature = "alloc")] {
//! use oxicore::nights::{Confidence, Cutoffs, Nights};
//!
//! // of summaries: nights.iter().map(|summary| summary.aasm.odi3.per_h)
//! let odi3 = [Some(4.1), Some(6.0), None, Some(7.5), Some(5.2), Some(12.0), Some(4.8), Some(9.9)];
//! let nights = Nights::collect(odi3)?;
//! let spread = nights.spread(Confidence::default());
//! assert_eq!((spread.nights, spread.undefined, spread.median), (7, 1, Some(6.0)));
//!
//! let interval = spread.median_interval.ok_or("at least six nights")?;
//! assert_eq!((interval.low, interval.high, interval.coverage), (4.1, 12.0, 0.984375));
//!
//! let cutoffs = Cutoffs::new(&[5.0, 15.0, 30.0])?;
//! let otherwise = nights.otherwise(cutoffs).ok_or("at least two nights")?;
//! assert_eq!(otherwise.to_string(), "a single night would have said otherwise in 2 of 7");
//! # }
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//! Without an allocator: [`Nights::in_room`] with lent memory.

mod classes;
mod error;
mod median;
mod order;

use crate::error::BufferTooSmall;

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

#[cfg(feature = "alloc")]
pub use classes::Classified;
pub use classes::{AtCutoff, Class, Cutoffs, Otherwise};
pub use error::NightsError;
pub use median::{Confidence, MedianInterval};

/// A number of several nights, in order of size. `S` is the memory that it lies in: lent, or a vector.
#[derive(Clone, Debug, PartialEq)]
pub struct Nights<S> {
    sorted: S,
    undefined: u32,
}

/// How a number is spread over nights; its unit is that of the number.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct Spread {
    /// Nights that have the number.
    pub nights: u32,
    /// Nights that have it not.
    pub undefined: u32,
    /// Median; the mean of the two in the middle where their number is even, `None` without a night.
    pub median: Option<f64>,
    /// Lowest.
    pub min: Option<f64>,
    /// Highest.
    pub max: Option<f64>,
    /// Where the median lies of all nights that these are a sample of; `None` where they are too few for the confidence.
    pub median_interval: Option<MedianInterval>,
}

/// Two groups of nights side by side: before and after a treatment, say. No test and no judgement.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct GroupsCompared {
    /// The one group.
    pub one: Spread,
    /// The other.
    pub other: Spread,
    /// Median of the other minus that of the one; `None` where either has none.
    pub median_difference: Option<f64>,
}

impl<'m> Nights<&'m [f64]> {
    /// The nights in lent memory, which needs a place for each that has the number; they may come in any order.
    ///
    /// # Errors
    /// No night at all, a value that is negative or not finite (with its place), too little memory.
    pub fn in_room(
        nights: impl IntoIterator<Item = Option<f64>>,
        room: &'m mut [f64],
    ) -> Result<Self, NightsError> {
        let given = room.len();
        let (mut defined, mut undefined) = (0, 0_u32);
        for (night, value) in nights.into_iter().enumerate() {
            match value.map(|value| checked(night, value)).transpose()? {
                None => undefined = undefined.saturating_add(1),
                Some(value) => {
                    if let Some(place) = room.get_mut(defined) {
                        *place = value;
                    }
                    defined += 1;
                }
            }
        }
        let room = room.get_mut(..defined).ok_or(BufferTooSmall { needed: defined, given })?;
        order::sort(room);
        Self { sorted: &*room, undefined }.if_any()
    }
}

#[cfg(feature = "alloc")]
impl Nights<Vec<f64>> {
    /// The nights in memory of their own; they may come in any order.
    ///
    /// # Errors
    /// No night at all, or a value that is negative or not finite, with its place.
    pub fn collect(nights: impl IntoIterator<Item = Option<f64>>) -> Result<Self, NightsError> {
        let (mut sorted, mut undefined) = (Vec::new(), 0_u32);
        for (night, value) in nights.into_iter().enumerate() {
            match value {
                None => undefined = undefined.saturating_add(1),
                Some(value) => sorted.push(checked(night, value)?),
            }
        }
        order::sort(&mut sorted);
        Self { sorted, undefined }.if_any()
    }
}

/// A value that can be a night's; a negative zero becomes the other one, which has the same place in the order.
fn checked(night: usize, value: f64) -> Result<f64, NightsError> {
    match value {
        _ if !value.is_finite() => Err(NightsError::NotFinite { night }),
        _ if value < 0.0 => Err(NightsError::Negative { night }),
        _ => Ok(value + 0.0),
    }
}

impl<S: AsRef<[f64]>> Nights<S> {
    fn if_any(self) -> Result<Self, NightsError> {
        if self.undefined == 0 && self.sorted().is_empty() { Err(NightsError::NoNights) } else { Ok(self) }
    }

    /// The numbers, lowest first.
    pub fn sorted(&self) -> &[f64] {
        self.sorted.as_ref()
    }

    /// Nights that have the number not.
    pub const fn undefined(&self) -> u32 {
        self.undefined
    }

    /// The median; the mean of the two in the middle where their number is even, `None` without a night.
    #[must_use]
    pub fn median(&self) -> Option<f64> {
        median::median(self.sorted())
    }

    /// Counts, median and range, and the interval of the median that holds it with at least this confidence.
    #[must_use]
    pub fn spread(&self, confidence: Confidence) -> Spread {
        let sorted = self.sorted();
        Spread {
            nights: counted(sorted.len()),
            undefined: self.undefined,
            median: self.median(),
            min: sorted.first().copied(),
            max: sorted.last().copied(),
            median_interval: median::interval(sorted, confidence),
        }
    }

    /// The classes between the cut-offs with their nights, lowest class first; one more than there are cut-offs.
    pub fn classes<'n>(&'n self, cutoffs: Cutoffs<'n>) -> impl ExactSizeIterator<Item = Class> + 'n {
        classes::classes(self.sorted(), cutoffs)
    }

    /// The place of the median's class, from 0; `None` without a night.
    #[must_use]
    pub fn class_of_median(&self, cutoffs: Cutoffs<'_>) -> Option<u32> {
        self.median().map(|median| counted(cutoffs.class_of(median)))
    }

    /// How many of the nights, each taken alone, fall into another class than the median of all; `None` under two nights, because
    /// one cannot differ from itself.
    #[must_use]
    pub fn otherwise(&self, cutoffs: Cutoffs<'_>) -> Option<Otherwise> {
        let sorted = self.sorted();
        let expected = cutoffs.class_of(self.median().filter(|_| sorted.len() >= 2)?);
        let nights = sorted.iter().filter(|value| cutoffs.class_of(**value) != expected).count();
        Some(Otherwise { nights: counted(nights), of: counted(sorted.len()) })
    }

    /// All that the cut-offs say, as a value to keep.
    #[cfg(feature = "alloc")]
    #[must_use]
    pub fn classified(&self, cutoffs: Cutoffs<'_>) -> Classified {
        Classified {
            classes: self.classes(cutoffs).collect(),
            class_of_median: self.class_of_median(cutoffs),
            otherwise: self.otherwise(cutoffs),
        }
    }
}

impl Spread {
    /// This group as the one, and another beside it.
    #[must_use]
    pub fn against(&self, other: &Self) -> GroupsCompared {
        let difference = self.median.zip(other.median).map(|(one, other)| other - one);
        GroupsCompared { one: *self, other: *other, median_difference: difference }
    }
}

/// Nobody has four thousand million nights.
fn counted(nights: usize) -> u32 {
    u32::try_from(nights).unwrap_or(u32::MAX)
}
