//! Quantities of the field as types: a percentage cannot be passed where a pulse is wanted.

use core::fmt;
use core::num::{NonZeroU8, NonZeroU16};

/// Oxygen saturation of the blood by pulse oximetry, whole percent, 1..=100.
///
/// A reading the sensor could not make is `None`, never a number; `Option<Spo2>` is one byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
pub struct Spo2(NonZeroU8);

impl Spo2 {
    /// Full saturation, 100 %.
    pub const MAX: Self = Self(NonZeroU8::MIN.saturating_add(99));

    /// A plausible device reading, or `None` for the values devices use to say "no reading"
    /// (0, 127 and everything above 100; docs/FORMATS.md, "No reading").
    #[must_use]
    pub const fn from_device(pct: u32) -> Option<Self> {
        match NonZeroU8::new(pct as u8) {
            Some(known) if pct <= 100 => Some(Self(known)),
            _ => None,
        }
    }

    /// The same for a number known to be in range, 0 being no reading.
    #[inline]
    pub(crate) const fn from_byte(pct: u8) -> Option<Self> {
        debug_assert!(pct <= 100, "a percentage");
        match NonZeroU8::new(pct) {
            Some(known) => Some(Self(known)),
            None => None,
        }
    }

    /// Percent, 1..=100.
    #[must_use]
    pub const fn as_pct(self) -> u8 {
        self.0.get()
    }
}

/// By how much a reading was rounded, millionths of a percent, up to a half percent; its JSON is in percent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Rounding(u32);

impl Rounding {
    /// Nothing was rounded.
    pub const NONE: Self = Self(0);

    /// Of a number of percent to a reading; `None` where it is further away than a half percent.
    #[cfg(feature = "alloc")]
    pub(crate) fn of(pct: f64, spo2: Spo2) -> Option<Self> {
        let off = libm::fabs(pct - f64::from(spo2.as_pct()));
        (off < 0.500_001).then(|| Self::from_millionths(libm::round(off * 1e6) as u32))
    }

    /// Millionths of a percent; more than a half percent is a half.
    pub(crate) const fn from_millionths(millionths: u32) -> Self {
        Self(if millionths < 500_000 { millionths } else { 500_000 })
    }

    /// The larger of two.
    pub(crate) const fn or(self, other: Self) -> Self {
        if self.0 < other.0 { other } else { self }
    }

    /// Percent, 0 to 0.5.
    #[must_use]
    pub fn as_pct(self) -> f64 {
        f64::from(self.0) / 1e6
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Rounding {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.as_pct())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Rounding {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let pct = f64::deserialize(deserializer)?;
        Ok(Self::from_millionths(libm::round(pct * 1e6) as u32))
    }
}

/// Pulse rate, beats per minute, 1..=300; `Option<PulseRate>` is two bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
pub struct PulseRate(NonZeroU16);

impl PulseRate {
    /// One beat per minute.
    pub(crate) const MIN: Self = Self(NonZeroU16::MIN);

    /// A plausible device reading, or `None` for "no reading" (0, 255, 511, 65535, anything above 300).
    #[must_use]
    pub const fn from_device(bpm: u32) -> Option<Self> {
        match NonZeroU16::new(bpm as u16) {
            Some(known) if bpm <= 300 && bpm != 255 => Some(Self(known)),
            _ => None,
        }
    }

    /// The same for a number known to be in range, 0 being no reading.
    #[inline]
    pub(crate) const fn from_byte(bpm: u8) -> Option<Self> {
        debug_assert!(bpm < 255, "a pulse");
        match NonZeroU16::new(bpm as u16) {
            Some(known) => Some(Self(known)),
            None => None,
        }
    }

    /// Beats per minute, 1..=300.
    #[must_use]
    pub const fn as_bpm(self) -> u16 {
        self.0.get()
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Spo2 {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let pct = u32::deserialize(deserializer)?;
        Self::from_device(pct).ok_or_else(|| out_of_range(pct, &"percent, 1 to 100"))
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for PulseRate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bpm = u32::deserialize(deserializer)?;
        Self::from_device(bpm).ok_or_else(|| out_of_range(bpm, &"beats per minute, 1 to 300 without 255"))
    }
}

#[cfg(feature = "serde")]
fn out_of_range<E: serde::de::Error>(number: u32, expected: &dyn serde::de::Expected) -> E {
    E::invalid_value(serde::de::Unexpected::Unsigned(number.into()), expected)
}

/// Movement in the sampling interval, a number without a unit, 0..=255.
///
/// Devices scale it differently (docs/FORMATS.md): compare within one recording only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(transparent))]
pub struct Motion(u8);

impl Motion {
    /// A device reading, or `None` above 255.
    #[must_use]
    pub const fn from_device(raw: u32) -> Option<Self> {
        match raw {
            0..=255 => Some(Self(raw as u8)),
            _ => None,
        }
    }

    /// The device's number, 0..=255, no unit.
    #[must_use]
    pub const fn as_raw(self) -> u8 {
        self.0
    }
}

/// A length of time, or a position counted from the first record, in whole seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(transparent))]
pub struct Span(u32);

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// This number of seconds.
    #[must_use]
    pub const fn from_secs(seconds: u32) -> Self {
        Self(seconds)
    }

    /// Seconds.
    #[must_use]
    pub const fn as_secs(self) -> u32 {
        self.0
    }

    /// Time from `earlier` to `self`; zero when `earlier` is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Self {
        Self(self.0.saturating_sub(earlier.0))
    }

    /// The moment `other` later; stops at the largest value instead of wrapping.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} s", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_mean_no_reading_are_not_numbers() {
        assert!([0, 101, 127, 255].iter().all(|&v| Spo2::from_device(v).is_none()));
        assert!([0, 255, 301, 511, 65_535].iter().all(|&v| PulseRate::from_device(v).is_none()));
        assert_eq!(Spo2::from_device(61).map(Spo2::as_pct), Some(61));
        assert_eq!(PulseRate::from_device(300).map(PulseRate::as_bpm), Some(300));
        assert_eq!((Spo2::from_device(257), PulseRate::from_device(65_537)), (None, None));
        assert_eq!(Spo2::from_device(100), Some(Spo2::MAX));
    }

    #[test]
    fn a_missing_reading_needs_no_memory_of_its_own() {
        assert_eq!((size_of::<Option<Spo2>>(), size_of::<Option<PulseRate>>()), (1, 2));
    }

    #[test]
    fn spans_stop_at_their_ends() {
        assert_eq!(Span::from_secs(4).since(Span::from_secs(9)), Span::ZERO);
        assert_eq!(Span::from_secs(u32::MAX).plus(Span::from_secs(1)).as_secs(), u32::MAX);
    }
}
