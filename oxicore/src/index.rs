//! An events-per-hour figure together with everything that has to be said with it.

use core::fmt;

use crate::artifact::{FilterConfig, PULSE_RANGE_BPM, SPO2_RANGE_PCT};
use crate::code::codes;
use crate::desaturation::{Threshold, aasm};

/// The definition of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Profile {
    /// Drop from the highest level of 120 s, with resaturation: the default.
    Aasm,
    /// Events of `aasm` at 3 % that are 4 % deep.
    AasmNested,
    /// The maker's printed counts.
    Viatom,
    /// The published toolbox.
    Pobm,
    /// Below the mean of 120 s (Chung 2012).
    Mean120,
    /// The same as o2ring-analyzer reads it.
    Mean120Analyzer,
}

impl Profile {
    /// The thresholds it has an index for, 3 % before 4 %; the nested events are those of 4 % alone.
    #[must_use]
    pub const fn thresholds(self) -> &'static [Threshold] {
        match self {
            Self::AasmNested => &[Threshold::Four],
            _ => &[Threshold::Three, Threshold::Four],
        }
    }

    /// What its events are divided by.
    #[must_use]
    pub const fn denominator(self) -> Denominator {
        match self {
            Self::Aasm | Self::AasmNested | Self::Mean120 | Self::Mean120Analyzer => Denominator::ValidSpo2,
            Self::Viatom => Denominator::Device,
            Self::Pobm => Denominator::Recording,
        }
    }
}

codes!(Profile {
    Aasm = "aasm",
    AasmNested = "aasm-nested",
    Viatom = "viatom",
    Pobm = "pobm",
    Mean120 = "mean120",
    Mean120Analyzer = "mean120-analyzer",
});

/// What the events are divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(rename_all = "kebab-case"))]
pub enum Denominator {
    /// Time with accepted SpO2.
    ValidSpo2,
    /// Time from the first record to the end of the last one.
    Recording,
    /// The duration the device states.
    Device,
}

impl Denominator {
    const fn words(self) -> &'static str {
        match self {
            Self::ValidSpo2 => "valid SpO2",
            Self::Recording => "recording",
            Self::Device => "device duration",
        }
    }
}

codes!(Denominator { ValidSpo2 = "valid-spo2", Recording = "recording", Device = "device" });

/// Events per hour with profile, threshold, denominator, filter and revision; `Display` prints them all.
#[doc(alias = "ODI")]
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct Index {
    /// The definition of an event.
    pub profile: Profile,
    /// Its depth.
    pub threshold: Threshold,
    /// Events that enter the index.
    pub count: u32,
    /// What they are divided by.
    pub denominator: Denominator,
    /// Its length, seconds.
    pub seconds: u32,
    /// Events per hour; `None` under 600 s, and where readings are too far apart.
    pub per_h: Option<f64>,
    /// [`Notices::interval_too_coarse`](crate::notices::Notices::interval_too_coarse): there is no index.
    #[cfg_attr(feature = "serde", serde(default))]
    pub interval_too_coarse: bool,
    /// Artifact filter before the detection; `None` where the profile uses unfiltered readings.
    pub filter: Option<FilterConfig>,
    /// Geometry of the events; only for profile `aasm` and its nested form.
    pub aasm: Option<aasm::Config>,
    /// Version of the definitions.
    pub algorithm_revision: u32,
}

/// Severity words of Chung 2012 (reference values, not a diagnosis).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Severity {
    /// Up to 5 per hour.
    None,
    /// Above 5.
    Mild,
    /// Above 15.
    Moderate,
    /// Above 30.
    Severe,
}

codes!(Severity { None = "none", Mild = "mild", Moderate = "moderate", Severe = "severe" });

impl Index {
    /// A word for the figure, only where a published cut-off belongs to this very definition: profile `mean120` at 4 %
    /// (Chung 2012: above 5, 15, 30 per hour). Every other profile has none.
    #[must_use]
    pub fn severity(&self) -> Option<Severity> {
        let is_chung = self.profile == Profile::Mean120 && self.threshold == Threshold::Four;
        if !is_chung || self.per_h.is_none() {
            return None;
        }
        // In whole numbers: events times an hour against the cut-off times the time.
        let is_above = |per_h: u64| u64::from(self.count) * 3_600 > per_h * u64::from(self.seconds);
        Some(match () {
            () if is_above(30) => Severity::Severe,
            () if is_above(15) => Severity::Moderate,
            () if is_above(5) => Severity::Mild,
            () => Severity::None,
        })
    }
}

impl fmt::Display for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.per_h {
            Some(per_h) => write!(f, "{}/h", OneDecimal(per_h))?,
            None if self.interval_too_coarse => f.write_str("no index (readings more than 10 s apart)")?,
            None => f.write_str("no index (under 10 min)")?,
        }
        write!(f, " ({}, {} %", self.profile, self.threshold.as_pct())?;
        write!(f, ", {} events in {} s of {}", self.count, self.seconds, self.denominator.words())?;
        match &self.filter {
            Some(filter) => write!(f, ", filter {}", Rules(filter))?,
            None => f.write_str(", unfiltered")?,
        }
        if let Some(config) = self.aasm {
            write!(f, "{}", aasm::Changed(config))?;
        }
        write!(f, ", algorithm revision {})", self.algorithm_revision)
    }
}

/// Rounded half away from zero, as indices are printed.
struct OneDecimal(f64);

impl fmt::Display for OneDecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1}", libm::round(self.0 * 10.0) / 10.0)
    }
}

/// The rules of a filter that are on.
pub(crate) struct Rules<'a>(pub(crate) &'a FilterConfig);

impl fmt::Display for Rules<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let filter = self.0;
        f.write_str("F1 F2")?;
        let ((low, high), (slow, fast)) = (filter.spo2_range_pct, filter.pulse_range_bpm);
        if (low, high) != SPO2_RANGE_PCT {
            write!(f, " ({low} to {high} %)")?;
        }
        if (slow, fast) != PULSE_RANGE_BPM {
            write!(f, " ({slow} to {fast}/min)")?;
        }
        if filter.require_pulse {
            f.write_str(" F3")?;
        }
        if let Some(most) = filter.max_motion {
            write!(f, " F4 (motion up to {})", most.as_raw())?;
        }
        if filter.slope {
            f.write_str(" F5")?;
        }
        let (start_s, end_s) = (filter.trim_start.as_secs(), filter.trim_end.as_secs());
        if start_s > 0 || end_s > 0 {
            write!(f, " F6 ({start_s} s and {end_s} s)")?;
        }
        Ok(())
    }
}
