//! Classes between cut-offs that the caller gives: there are none of this library's own, because a cut-off belongs to the
//! definition that it was found with.

use core::fmt;

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use crate::code::codes;
use crate::nights::{NightsError, counted};

/// A number this close to a cut-off, in parts of it, is at it: quotients of whole events and seconds are either farther from it or
/// equal to it, but for the last bits of their division.
const AT: f64 = 1e-12;

/// Which class a number belongs to that is exactly at a cut-off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(rename_all = "kebab-case"))]
pub enum AtCutoff {
    /// The upper: "5 and more".
    #[default]
    Upper,
    /// The lower: "above 5".
    Lower,
}

codes!(AtCutoff { Upper = "upper", Lower = "lower" });

/// Cut-offs in ascending order; none make a single class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cutoffs<'c> {
    ascending: &'c [f64],
    at: AtCutoff,
}

/// The nights of one class.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct Class {
    /// The cut-off below it; `None` of the lowest class.
    pub lower_cutoff: Option<f64>,
    /// The cut-off above it; `None` of the highest.
    pub upper_cutoff: Option<f64>,
    /// Nights in it.
    pub nights: u32,
    /// Their share of the nights that have the number, 0 to 1; `None` where none has.
    pub share: Option<f64>,
}

/// How often a single night would have said something else than the median of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct Otherwise {
    /// Nights in another class than the median.
    pub nights: u32,
    /// Nights that have the number.
    pub of: u32,
}

/// The classes of some nights.
#[cfg(feature = "alloc")]
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct Classified {
    /// Lowest class first; one more than there are cut-offs.
    pub classes: Vec<Class>,
    /// Place of the median's class, from 0; `None` without a night.
    pub class_of_median: Option<u32>,
    /// `None` under two nights.
    pub otherwise: Option<Otherwise>,
}

impl<'c> Cutoffs<'c> {
    /// Cut-offs, the lowest first; a number at one of them belongs to the class above it.
    ///
    /// # Errors
    /// One that is negative or not finite, or not above the one before, with its place.
    pub fn new(ascending: &'c [f64]) -> Result<Self, NightsError> {
        if let Some(cutoff) = ascending.iter().position(|&cutoff| !(0.0..=f64::MAX).contains(&cutoff)) {
            return Err(NightsError::Cutoff { cutoff });
        }
        match ascending.is_sorted_by(|before, after| before < after) {
            true => Ok(Self { ascending, at: AtCutoff::default() }),
            false => Err(NightsError::CutoffsUnsorted { cutoff: first_unsorted(ascending) }),
        }
    }

    /// The same with another class for numbers at a cut-off.
    #[must_use]
    pub const fn with_at_cutoff(self, at: AtCutoff) -> Self {
        Self { at, ..self }
    }

    /// The place of a number's class, from 0.
    pub(super) fn class_of(self, value: f64) -> usize {
        self.ascending.partition_point(|&cutoff| self.is_past(value, cutoff))
    }

    fn is_past(self, value: f64, cutoff: f64) -> bool {
        match self.at {
            AtCutoff::Upper => value >= cutoff * (1.0 - AT),
            AtCutoff::Lower => value > cutoff * (1.0 + AT),
        }
    }
}

fn first_unsorted(cutoffs: &[f64]) -> usize {
    let pairs = cutoffs.iter().zip(cutoffs.iter().skip(1));
    pairs.take_while(|(before, after)| before < after).count() + 1
}

pub(super) fn classes<'n>(
    sorted: &'n [f64],
    cutoffs: Cutoffs<'n>,
) -> impl ExactSizeIterator<Item = Class> + 'n {
    let cutoff = move |place: usize| cutoffs.ascending.get(place).copied();
    // Nights below the cut-off of a place; all of them where there is none.
    let below = move |place| {
        cutoff(place).map_or(sorted.len(), |cutoff| sorted.partition_point(|&v| !cutoffs.is_past(v, cutoff)))
    };
    (0..cutoffs.ascending.len() + 1).map(move |place| {
        let before = place.checked_sub(1);
        let nights = below(place) - before.map_or(0, below);
        let share = (!sorted.is_empty()).then(|| nights as f64 / sorted.len() as f64);
        Class {
            lower_cutoff: before.and_then(cutoff),
            upper_cutoff: cutoff(place),
            nights: counted(nights),
            share,
        }
    })
}

impl fmt::Display for Otherwise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a single night would have said otherwise in {} of {}", self.nights, self.of)
    }
}
