//! What an analysis is to do, as C says it.

use oxicore::artifact::{FilterConfig, MedianLength};
use oxicore::below_range::BelowRange;
use oxicore::desaturation::aasm::{Config, Recovery};
use oxicore::metrics::pulse::PulseConfig;
use oxicore::{AnalysisOptions, Span};

use crate::convert::motion;
use crate::error::Error;

/// Nothing is counted below the range: of records nobody knows whose they are.
pub const BELOW_RANGE_AUTO: u8 = 0;
/// For rings of Viatom, Wellue and Lepu: missing SpO2 below their range is no missing time to the events.
pub const BELOW_RANGE_BRIDGE: u8 = 1;
/// It is counted, and missing time like any other.
pub const BELOW_RANGE_GAP: u8 = 2;
/// An event ends near its peak, or up from the nadir by the threshold.
pub const RECOVERY_TAHA: u8 = 0;
/// An event ends near its peak.
pub const RECOVERY_PEAK: u8 = 1;
/// An event ends up by two thirds of the fall.
pub const RECOVERY_FRACTION: u8 = 2;

/// What the analysis is to do; `oxicore_settings_default` gives the definition of every printed number. Anything else has to be
/// named with the result. Yes is 1, no is 0.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How far back the peak is looked for, seconds; 120.
    pub look_back_s: u32,
    /// Shortest event, seconds; 10.
    pub min_duration_s: u32,
    /// Longest time to resaturation, seconds; 180.
    pub max_duration_s: u32,
    /// Longest missing time that is bridged, seconds; 10.
    pub max_gap_s: u32,
    /// Time left out at the start, seconds; 0. The end is left out by recordings alone.
    pub trim_start_s: u32,
    /// Lowest plausible pulse, beats per minute; 25.
    pub pulse_min_bpm: u16,
    /// Highest plausible pulse; 250.
    pub pulse_max_bpm: u16,
    /// Below this is bradycardia, beats per minute; 50.
    pub bradycardia_bpm: u16,
    /// Above this is tachycardia, beats per minute; 120.
    pub tachycardia_bpm: u16,
    /// SpO2 counts only up to this motion; `OXICORE_NO_MOTION`, the default, for no such rule.
    pub max_motion: i16,
    /// Lowest plausible SpO2, percent; 50.
    pub spo2_min_pct: u8,
    /// Highest plausible SpO2, percent; 100.
    pub spo2_max_pct: u8,
    /// How close to the peak the signal must come back, and the onset lies, percent; 1.
    pub near_pct: u8,
    /// `OXICORE_RECOVERY_...`; what ends an event.
    pub recovery: u8,
    /// `OXICORE_BELOW_RANGE_...`; what becomes of SpO2 below the range of this maker's rings.
    pub below_range: u8,
    /// Detect on a running median of 3, 5, 7 or 9 readings; 0, the default, for none.
    pub median_readings: u8,
    /// Leave out SpO2 beside a missing pulse; 0.
    pub require_pulse: u8,
    /// Leave out SpO2 that changes by more than 4 % a second; 1.
    pub slope: u8,
    /// Let sustained events count; 0.
    pub include_sustained: u8,
    /// Let events ended by a gap or the end count; 0.
    pub include_truncated: u8,
}

impl Settings {
    /// As every printed number is defined.
    pub(crate) fn usual() -> Self {
        let (aasm, filter, pulse) = (Config::default(), FilterConfig::default(), PulseConfig::default());
        Self {
            look_back_s: aasm.look_back.as_secs(),
            min_duration_s: aasm.min_duration.as_secs(),
            max_duration_s: aasm.max_duration.as_secs(),
            max_gap_s: aasm.max_gap.as_secs(),
            trim_start_s: filter.trim_start.as_secs(),
            pulse_min_bpm: filter.pulse_range_bpm.0,
            pulse_max_bpm: filter.pulse_range_bpm.1,
            bradycardia_bpm: pulse.bradycardia_bpm,
            tachycardia_bpm: pulse.tachycardia_bpm,
            max_motion: crate::NO_MOTION,
            spo2_min_pct: filter.spo2_range_pct.0,
            spo2_max_pct: filter.spo2_range_pct.1,
            near_pct: aasm.near_pct,
            recovery: RECOVERY_TAHA,
            below_range: BELOW_RANGE_AUTO,
            median_readings: 0,
            require_pulse: filter.require_pulse.into(),
            slope: filter.slope.into(),
            include_sustained: aasm.include_sustained.into(),
            include_truncated: aasm.include_truncated.into(),
        }
    }

    /// # Errors
    /// [`Error::Setting`] where a value cannot be.
    pub(crate) fn options(&self) -> Result<AnalysisOptions, Error> {
        let pulse = PulseConfig::default()
            .with_bradycardia_bpm(self.bradycardia_bpm)
            .with_tachycardia_bpm(self.tachycardia_bpm);
        Ok(AnalysisOptions::default().with_filter(self.filter()?).with_aasm(self.aasm()?).with_pulse(pulse))
    }

    fn filter(&self) -> Result<FilterConfig, Error> {
        let max_motion = motion(self.max_motion).ok_or(Error::Setting)?;
        Ok(FilterConfig::default()
            .with_require_pulse(is_set(self.require_pulse)?)
            .with_slope(is_set(self.slope)?)
            .with_max_motion(max_motion)
            .with_spo2_range_pct(ordered(self.spo2_min_pct, self.spo2_max_pct)?)
            .with_pulse_range_bpm(ordered(self.pulse_min_bpm, self.pulse_max_bpm)?)
            .with_trim_start(Span::from_secs(self.trim_start_s)))
    }

    fn aasm(&self) -> Result<Config, Error> {
        let recovery = match self.recovery {
            RECOVERY_TAHA => Recovery::Taha,
            RECOVERY_PEAK => Recovery::Peak,
            RECOVERY_FRACTION => Recovery::Fraction,
            _ => return Err(Error::Setting),
        };
        let below_range = match self.below_range {
            BELOW_RANGE_AUTO => BelowRange::Auto,
            BELOW_RANGE_BRIDGE => BelowRange::Bridge,
            BELOW_RANGE_GAP => BelowRange::Gap,
            _ => return Err(Error::Setting),
        };
        let config = Config::default()
            .with_look_back(Span::from_secs(self.look_back_s))
            .with_min_duration(Span::from_secs(self.min_duration_s))
            .with_max_duration(Span::from_secs(self.max_duration_s))
            .with_max_gap(Span::from_secs(self.max_gap_s))
            .with_near_pct(self.near_pct)
            .with_recovery(recovery)
            .with_below_range(below_range)
            .with_include_sustained(is_set(self.include_sustained)?)
            .with_include_truncated(is_set(self.include_truncated)?);
        if self.median_readings == 0 {
            return Ok(config);
        }
        let readings = MedianLength::new(self.median_readings).ok_or(Error::Setting)?;
        Ok(config.with_median3(true).with_median_readings(readings))
    }
}

/// The settings of every printed number; nothing is written through a null pointer.
///
/// # Safety
/// `settings` is null, or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oxicore_settings_default(settings: *mut Settings) {
    if !settings.is_null() {
        // SAFETY: the caller lends the memory, which is not null; what it held needs no end.
        unsafe { settings.write(Settings::usual()) };
    }
}

const fn is_set(value: u8) -> Result<bool, Error> {
    match value {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(Error::Setting),
    }
}

/// A range whose lower end comes first; any other would leave out every reading.
fn ordered<T: PartialOrd>(low: T, high: T) -> Result<(T, T), Error> {
    if low <= high { Ok((low, high)) } else { Err(Error::Setting) }
}
