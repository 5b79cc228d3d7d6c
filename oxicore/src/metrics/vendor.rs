//! The figures of the maker's printed report, reproduced line by line for comparison.
//! Rules: docs/ALGORITHMS.md, "Profile viatom".

use crate::batch::Run;
use crate::desaturation::viatom::Counter;
use crate::format::Facts;
use crate::histogram::Histogram;
use crate::metrics::{per_hour, percent};
use crate::notices::Notices;
use crate::recording::Recording;
use crate::sample::Sample;
use crate::units::{PulseRate, Spo2};

/// The vendor's report: counts by its rule, times scaled to the device's duration, unfiltered readings.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct VendorReport {
    /// Fixed reference level of the night, percent.
    pub baseline_pct: Spo2,
    /// "Drops over 3 %".
    pub drops3: u32,
    /// "Drops over 4 %".
    pub drops4: u32,
    /// Drops over 3 % per hour of device duration; `None` where readings are too far apart for an index.
    pub drops3_per_h: Option<f64>,
    /// Drops over 4 % per hour of device duration, in the same way.
    pub drops4_per_h: Option<f64>,
    /// Device duration, seconds: from the file's header, else (records + 1) times interval.
    pub duration_s: u32,
    /// Times the signal went below 90 %.
    pub dips_below_90: u32,
    /// Time in the five SpO2 bands, highest first.
    pub spo2_bands: [Band; 5],
    /// Time below 90 %.
    pub below_90: Band,
    /// Time in the three pulse bands; `None` without a pulse.
    pub pulse_bands: Option<[Band; 3]>,
}

impl VendorReport {
    /// Without an index of readings that are too far apart for one.
    pub(crate) fn over(self, notices: &Notices) -> Self {
        let index = |per_h: Option<f64>| per_h.filter(|_| !notices.interval_too_coarse);
        Self { drops3_per_h: index(self.drops3_per_h), drops4_per_h: index(self.drops4_per_h), ..self }
    }
}

/// A line of the report.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Band {
    /// Its name in the report: `95-100`, `<90`, ... percent or beats per minute.
    pub band: &'static str,
    /// Whole seconds, rounded down: share of valid readings times device duration.
    pub seconds: u32,
    /// Share of valid readings, percent.
    pub pct: f64,
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Band {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        struct Line {
            band: BandName,
            seconds: u32,
            pct: f64,
        }
        let Line { band: BandName(band), seconds, pct } = Line::deserialize(deserializer)?;
        Ok(Self { band, seconds, pct })
    }
}

/// The name of a band of this report.
#[cfg(feature = "serde")]
struct BandName(&'static str);

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for BandName {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KnownBand)
    }
}

#[cfg(feature = "serde")]
struct KnownBand;

#[cfg(feature = "serde")]
impl serde::de::Visitor<'_> for KnownBand {
    type Value = BandName;

    fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("a band of the maker's report")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<BandName, E> {
        let bands = SPO2_BANDS.iter().chain(&PULSE_BANDS).chain([&BELOW_90]);
        let known = bands.map(|&(band, ..)| band).find(|band| *band == name);
        known.map(BandName).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(name), &self))
    }
}

/// Gathers a [`VendorReport`] sample by sample.
#[derive(Clone, Debug)]
pub struct VendorBuilder {
    drops: Counter,
    pulse: Histogram<301>,
}

const SPO2_BANDS: [(&str, u16, u16); 5] =
    [("95-100", 95, 100), ("90-94", 90, 94), ("80-89", 80, 89), ("70-79", 70, 79), ("<70", 0, 69)];
const BELOW_90: (&str, u16, u16) = ("<90", 0, 89);
const PULSE_BANDS: [(&str, u16, u16); 3] = [(">120", 121, 300), ("50-120", 50, 120), ("<50", 0, 49)];

impl Default for VendorBuilder {
    #[inline(never)]
    fn default() -> Self {
        Self { drops: Counter::default(), pulse: Histogram::default() }
    }
}

impl VendorBuilder {
    /// Takes the next sample as the device recorded it.
    pub fn push(&mut self, sample: &Sample) {
        if let Some(spo2) = sample.spo2 {
            self.drops.push(spo2);
        }
        if let Some(pulse) = sample.pulse {
            self.push_pulse(pulse);
        }
    }

    #[inline]
    pub(crate) fn push_run(&mut self, run: &Run<'_>) {
        self.drops.push_run(run);
    }

    #[inline]
    pub(crate) fn push_pulse(&mut self, pulse: PulseRate) {
        self.pulse.push(pulse.as_bpm());
    }

    /// The report for a device duration in seconds; `None` without an SpO2 reading, or with a baseline below 50 %.
    #[must_use]
    pub fn finish(&self, duration_s: u32) -> Option<VendorReport> {
        let drops = self.drops.finish()?;
        let spo2 = |(band, low, high)| Band::of(self.drops.histogram(), duration_s, band, low, high);
        let pulse = |(band, low, high)| Band::of(&self.pulse, duration_s, band, low, high);
        Some(VendorReport {
            baseline_pct: drops.baseline,
            drops3: drops.drops3,
            drops4: drops.drops4,
            drops3_per_h: Some(per_hour(drops.drops3, duration_s)?),
            drops4_per_h: Some(per_hour(drops.drops4, duration_s)?),
            duration_s,
            dips_below_90: drops.dips_below_90,
            spo2_bands: SPO2_BANDS.map(spo2),
            below_90: spo2(BELOW_90),
            pulse_bands: (self.pulse.count() > 0).then(|| PULSE_BANDS.map(pulse)),
        })
    }
}

impl Band {
    fn of<const N: usize>(
        readings: &Histogram<N>,
        duration_s: u32,
        band: &'static str,
        low: u16,
        high: u16,
    ) -> Self {
        let (part, whole) = (readings.count_within(low, high), readings.count());
        let scaled = u64::from(part) * u64::from(duration_s);
        let seconds = scaled.checked_div(u64::from(whole)).unwrap_or(0);
        Self { band, seconds: seconds as u32, pct: percent(part, whole).unwrap_or(0.0) }
    }
}

/// The device duration the report divides by, seconds.
///
/// The header's own figure where a whole file has one; else one interval more than the records span, as the printed
/// report of a 9,001-record night shows (36,008 s).
#[must_use]
pub fn device_duration_s(recording: &Recording<'_>) -> u32 {
    duration_s(recording.facts())
}

pub(crate) fn duration_s(facts: &Facts) -> u32 {
    let stored = facts.device.and_then(|device| device.duration_s);
    let is_whole = facts.notices.truncated_bytes == 0;
    let counted = facts.records.saturating_add(1).saturating_mul(facts.interval.as_secs());
    stored.filter(|_| is_whole).unwrap_or(counted)
}
