//! What a device computed by itself.

use crate::units::{PulseRate, Spo2};

/// What the device itself computed and stored in the file, passed through as it is.
///
/// Source: docs/FORMATS.md, "Legacy header" and "OxyII trailer". `None` is "not stored".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct DeviceSummary {
    /// Duration by the device, seconds.
    pub duration_s: Option<u32>,
    /// Mean SpO2, percent.
    pub mean_pct: Option<Spo2>,
    /// Lowest SpO2, percent.
    pub min_pct: Option<Spo2>,
    /// Drops of 3 % by the device's rule.
    pub drops3: u8,
    /// Drops of 4 % by the device's rule.
    pub drops4: u8,
    /// Share of the recording below 90 %, whole percent.
    pub below_90_pct: u8,
    /// Time below 90 %, seconds.
    pub below_90_s: u16,
    /// Dips below 90 %.
    pub dips_below_90: u8,
    /// O2 score times ten, 0..=100.
    pub score_tenths: Option<u8>,
    /// Mean pulse, beats per minute.
    pub mean_bpm: Option<PulseRate>,
}
