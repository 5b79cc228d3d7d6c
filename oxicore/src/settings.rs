//! The settings of an analysis one by one, by name: for bindings, command lines and forms, which know names and plain values.

use core::fmt;
use core::str::FromStr;

use crate::artifact::MedianLength;
use crate::code::codes;
use crate::desaturation::{Threshold, aasm};
use crate::index::{Denominator, Profile};
use crate::options::AnalysisOptions;
use crate::units::{Motion, Span};

/// A setting of [`AnalysisOptions`], by the name that it has in their JSON.
///
/// # Example
/// ```
/// use oxicore::{AnalysisOptions, settings::{Setting, Value}};
///
/// let mut options = AnalysisOptions::default();
/// let setting: Setting = "max_motion".parse()?;
/// options.set(setting, Value::Whole(5))?;
/// assert_eq!(options.filter.max_motion.map(|motion| motion.as_raw()), Some(5));
/// let error = options.set(setting, Value::Whole(256)).unwrap_err();
/// assert_eq!(error.to_string(), "max_motion must be a whole number between 0 and 255, or nothing");
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Setting {
    /// [`AnalysisOptions::listed`], percent.
    Listed,
    /// SpO2 counts only beside a valid pulse.
    RequirePulse,
    /// SpO2 counts only up to this motion; nothing: motion does not matter.
    MaxMotion,
    /// SpO2 that changes faster than a body can does not count.
    Slope,
    /// Lowest and highest SpO2 that counts, percent (F2).
    Spo2RangePct,
    /// Lowest and highest pulse that counts, beats per minute (F2).
    PulseRangeBpm,
    /// Time left out at the start, seconds.
    TrimStartS,
    /// Time left out at the end, seconds.
    TrimEndS,
    /// How far back the peak is looked for, seconds.
    LookBackS,
    /// Shortest event, seconds, at least 1.
    MinDurationS,
    /// Longest time to resaturation, seconds.
    MaxDurationS,
    /// Longest missing time that is bridged, seconds.
    MaxGapS,
    /// How close to the peak the signal must come back, percent.
    NearPct,
    /// What ends an event.
    Recovery,
    /// What becomes of SpO2 below the range of a ring.
    BelowRange,
    /// Detect on a running median.
    Median3,
    /// Readings of that median; it switches that on.
    MedianReadings,
    /// Let desaturations without resaturation count.
    IncludeSustained,
    /// Let events cut by a gap or the end count.
    IncludeTruncated,
    /// A slower pulse is slow, beats per minute.
    BradycardiaBpm,
    /// A faster pulse is fast, beats per minute.
    TachycardiaBpm,
}

codes!(Setting {
    Listed = "listed",
    RequirePulse = "require_pulse",
    MaxMotion = "max_motion",
    Slope = "slope",
    Spo2RangePct = "spo2_range_pct",
    PulseRangeBpm = "pulse_range_bpm",
    TrimStartS = "trim_start_s",
    TrimEndS = "trim_end_s",
    LookBackS = "look_back_s",
    MinDurationS = "min_duration_s",
    MaxDurationS = "max_duration_s",
    MaxGapS = "max_gap_s",
    NearPct = "near_pct",
    Recovery = "recovery",
    BelowRange = "below_range",
    Median3 = "median3",
    MedianReadings = "median_readings",
    IncludeSustained = "include_sustained",
    IncludeTruncated = "include_truncated",
    BradycardiaBpm = "bradycardia_bpm",
    TachycardiaBpm = "tachycardia_bpm",
});

/// A plain value, as JSON, JavaScript and Python have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// `null`, `None`.
    Nothing,
    /// True or false.
    Flag(bool),
    /// A whole number that is not negative.
    Whole(u32),
    /// Two of them, a range.
    Range(u32, u32),
    /// A word.
    Word(&'a str),
}

/// What kind of value a setting has: a form chooses its field by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// [`Value::Flag`].
    Flag,
    /// [`Value::Whole`]; [`Value::Nothing`] only for [`Setting::MaxMotion`].
    Whole,
    /// [`Value::Range`].
    Range,
    /// [`Value::Word`].
    Word,
}

/// A value that a setting cannot have; `Display` says what it must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrongValue {
    setting: Setting,
}

impl fmt::Display for WrongValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.setting.code())?;
        f.write_str(" must be ")?;
        f.write_str(self.setting.expected())
    }
}

impl core::error::Error for WrongValue {}

/// Pulse rates that a device can give, beats per minute; SpO2 up to 100 %.
const MOST_BPM: u16 = 300;
const MOST_PCT: u8 = 100;

impl Setting {
    /// What kind of value it has.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::RequirePulse
            | Self::Slope
            | Self::Median3
            | Self::IncludeSustained
            | Self::IncludeTruncated => Kind::Flag,
            Self::Spo2RangePct | Self::PulseRangeBpm => Kind::Range,
            Self::Recovery | Self::BelowRange => Kind::Word,
            _ => Kind::Whole,
        }
    }

    /// What its value must be, in words.
    #[must_use]
    pub const fn expected(self) -> &'static str {
        match self {
            Self::Listed => "3 or 4",
            Self::MaxMotion => "a whole number between 0 and 255, or nothing",
            Self::Spo2RangePct => "(low, high), between 1 and 100",
            Self::PulseRangeBpm => "(low, high), between 1 and 300",
            Self::TrimStartS | Self::TrimEndS | Self::LookBackS | Self::MaxDurationS | Self::MaxGapS => {
                "a whole number between 0 and 4294967295"
            }
            Self::MinDurationS => "a whole number, at least 1",
            Self::NearPct => "a whole number between 0 and 100",
            Self::Recovery => "taha, peak or fraction",
            Self::BelowRange => "auto, bridge or gap",
            Self::MedianReadings => "3, 5, 7 or 9",
            Self::BradycardiaBpm | Self::TachycardiaBpm => "a whole number between 0 and 300",
            _ => "true or false",
        }
    }

    /// Whether the index of a profile follows it: `viatom` and `pobm` use every reading, and what an event is can be set for
    /// `aasm` and its nested form alone. Limits of the pulse concern the numbers of the pulse, whatever the profile.
    ///
    /// # Example
    /// ```
    /// use oxicore::{Profile, settings::Setting};
    ///
    /// assert!(Setting::Slope.is_followed_by(Profile::Mean120) && !Setting::Slope.is_followed_by(Profile::Pobm));
    /// assert!(!Setting::NearPct.is_followed_by(Profile::Mean120));
    /// ```
    #[must_use]
    pub const fn is_followed_by(self, profile: Profile) -> bool {
        match self {
            Self::Listed | Self::PulseRangeBpm | Self::BradycardiaBpm | Self::TachycardiaBpm => true,
            Self::RequirePulse
            | Self::MaxMotion
            | Self::Slope
            | Self::Spo2RangePct
            | Self::TrimStartS
            | Self::TrimEndS => matches!(profile.denominator(), Denominator::ValidSpo2),
            _ => matches!(profile, Profile::Aasm | Profile::AasmNested),
        }
    }
}

impl AnalysisOptions {
    /// Changes one setting.
    ///
    /// # Errors
    /// [`WrongValue`] says what it must be.
    pub fn set(&mut self, setting: Setting, value: Value<'_>) -> Result<(), WrongValue> {
        self.put(setting, value).ok_or(WrongValue { setting })
    }

    fn put(&mut self, setting: Setting, value: Value<'_>) -> Option<()> {
        let Self { listed, filter, aasm, pulse } = self;
        match setting {
            Setting::Listed => *listed = Threshold::from_pct(whole(value)?)?,
            Setting::RequirePulse => filter.require_pulse = flag(value)?,
            Setting::MaxMotion => filter.max_motion = motion(value)?,
            Setting::Slope => filter.slope = flag(value)?,
            Setting::Spo2RangePct => filter.spo2_range_pct = range(value, MOST_PCT)?,
            Setting::PulseRangeBpm => filter.pulse_range_bpm = range(value, MOST_BPM)?,
            Setting::TrimStartS => filter.trim_start = span(value)?,
            Setting::TrimEndS => filter.trim_end = span(value)?,
            Setting::LookBackS => aasm.look_back = span(value)?,
            Setting::MinDurationS => {
                aasm.min_duration = span(value).filter(|&shortest| shortest > Span::ZERO)?;
            }
            Setting::MaxDurationS => aasm.max_duration = span(value)?,
            Setting::MaxGapS => aasm.max_gap = span(value)?,
            Setting::NearPct => aasm.near_pct = up_to(value, MOST_PCT)?,
            Setting::Recovery => aasm.recovery = word(value)?,
            Setting::BelowRange => aasm.below_range = word(value)?,
            Setting::Median3 => aasm.median3 = flag(value)?,
            Setting::MedianReadings => set_median(aasm, value)?,
            Setting::IncludeSustained => aasm.include_sustained = flag(value)?,
            Setting::IncludeTruncated => aasm.include_truncated = flag(value)?,
            Setting::BradycardiaBpm => pulse.bradycardia_bpm = up_to(value, MOST_BPM)?,
            Setting::TachycardiaBpm => pulse.tachycardia_bpm = up_to(value, MOST_BPM)?,
        }
        Some(())
    }
}

fn set_median(aasm: &mut aasm::Config, value: Value<'_>) -> Option<()> {
    aasm.median_readings = MedianLength::new(whole(value)?)?;
    aasm.median3 = true;
    Some(())
}

const fn flag(value: Value<'_>) -> Option<bool> {
    if let Value::Flag(flag) = value { Some(flag) } else { None }
}

fn whole<T: TryFrom<u32>>(value: Value<'_>) -> Option<T> {
    if let Value::Whole(number) = value { number.try_into().ok() } else { None }
}

fn up_to<T: TryFrom<u32> + PartialOrd>(value: Value<'_>, most: T) -> Option<T> {
    whole(value).filter(|number| *number <= most)
}

fn range<T: TryFrom<u32> + PartialOrd>(value: Value<'_>, most: T) -> Option<(T, T)> {
    let Value::Range(low, high) = value else { return None };
    let (low, high) = (1 <= low && low < high).then_some((low, high))?;
    Some((low.try_into().ok()?, high.try_into().ok().filter(|high| *high <= most)?))
}

fn span(value: Value<'_>) -> Option<Span> {
    whole(value).map(Span::from_secs)
}

/// The outer `None` is no motion at all, the inner one says that motion does not matter.
fn motion(value: Value<'_>) -> Option<Option<Motion>> {
    if value == Value::Nothing { Some(None) } else { Motion::from_device(whole(value)?).map(Some) }
}

fn word<T: FromStr>(value: Value<'_>) -> Option<T> {
    if let Value::Word(word) = value { word.parse().ok() } else { None }
}
