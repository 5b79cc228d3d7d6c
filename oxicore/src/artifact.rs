//! Which readings must not count, and why: rules F1 to F7 of docs/ALGORITHMS.md, in that order.

mod median;

use crate::batch::Block;
use crate::sample::Sample;
use crate::units::{Motion, PulseRate, Span, Spo2};
use crate::with::with;

pub use median::{MedianLength, RunningMedian};

/// Lowest and highest SpO2 that rule F2 keeps unless the settings say otherwise, percent, inclusive.
pub const SPO2_RANGE_PCT: (u8, u8) = (50, 100);
/// Lowest and highest pulse that rule F2 keeps unless the settings say otherwise, beats per minute, inclusive.
pub const PULSE_RANGE_BPM: (u16, u16) = (25, 250);
/// Steepest change that rule F5 keeps, percent per second since the last accepted reading.
pub const MAX_SLOPE_PCT_PER_S: u32 = 4;

/// Which rules apply; F1 (no reading) and F2 (range) always do. [`Default`] adds F5 only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(default, deny_unknown_fields)
)]
#[non_exhaustive]
pub struct FilterConfig {
    /// F3: SpO2 counts only beside a valid pulse; off. Drops the deepest readings of devices that lose SpO2 first.
    pub require_pulse: bool,
    /// F4: SpO2 counts only up to this motion, no unit; off.
    pub max_motion: Option<Motion>,
    /// F5: SpO2 that changes faster than [`MAX_SLOPE_PCT_PER_S`] does not count; on.
    pub slope: bool,
    /// F2: lowest and highest SpO2 that is plausible, percent, inclusive; [`SPO2_RANGE_PCT`].
    #[cfg_attr(
        feature = "serde",
        serde(deserialize_with = "ordered", skip_serializing_if = "is_spo2_range")
    )]
    pub spo2_range_pct: (u8, u8),
    /// F2: lowest and highest pulse that is plausible, beats per minute, inclusive; [`PULSE_RANGE_BPM`].
    #[cfg_attr(
        feature = "serde",
        serde(deserialize_with = "ordered", skip_serializing_if = "is_pulse_range")
    )]
    pub pulse_range_bpm: (u16, u16),
    /// F6: time left out at the start, seconds; none.
    #[cfg_attr(feature = "serde", serde(rename = "trim_start_s"))]
    pub trim_start: Span,
    /// F6: time left out at the end, seconds; none.
    #[cfg_attr(feature = "serde", serde(rename = "trim_end_s"))]
    pub trim_end: Span,
}

with!(FilterConfig {
    with_require_pulse(require_pulse: bool),
    with_max_motion(max_motion: Option<Motion>),
    with_slope(slope: bool),
    with_spo2_range_pct(spo2_range_pct: (u8, u8)),
    with_pulse_range_bpm(pulse_range_bpm: (u16, u16)),
    with_trim_start(trim_start: Span),
    with_trim_end(trim_end: Span),
});

impl Default for FilterConfig {
    fn default() -> Self {
        Self {
            require_pulse: false,
            max_motion: None,
            slope: true,
            spo2_range_pct: SPO2_RANGE_PCT,
            pulse_range_bpm: PULSE_RANGE_BPM,
            trim_start: Span::ZERO,
            trim_end: Span::ZERO,
        }
    }
}

// The settings of F2 are said only where they are not the usual ones.
#[cfg(feature = "serde")]
fn is_spo2_range(range: &(u8, u8)) -> bool {
    *range == SPO2_RANGE_PCT
}

#[cfg(feature = "serde")]
fn is_pulse_range(range: &(u16, u16)) -> bool {
    *range == PULSE_RANGE_BPM
}

/// A range whose lower end comes first; any other would leave out every reading.
#[cfg(feature = "serde")]
fn ordered<'de, D, T>(deserializer: D) -> Result<(T, T), D::Error>
where
    D: serde::Deserializer<'de>,
    T: serde::Deserialize<'de> + PartialOrd,
{
    let (low, high) = serde::Deserialize::deserialize(deserializer)?;
    if low <= high {
        Ok((low, high))
    } else {
        Err(serde::de::Error::custom("a range begins with its lower end"))
    }
}

/// Why readings of one sample do not count; clean when nothing is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct ArtifactFlags(u8);

impl ArtifactFlags {
    /// F1: the device gave no SpO2.
    pub const SPO2_MISSING: Self = Self(1);
    /// F2: SpO2 outside [`FilterConfig::spo2_range_pct`].
    pub const SPO2_RANGE: Self = Self(2);
    /// F5: SpO2 changed faster than [`MAX_SLOPE_PCT_PER_S`].
    pub const SPO2_SLOPE: Self = Self(4);
    /// F1: the device gave no pulse.
    pub const PULSE_MISSING: Self = Self(8);
    /// F2: pulse outside [`FilterConfig::pulse_range_bpm`].
    pub const PULSE_RANGE: Self = Self(16);
    /// F3: no valid pulse beside the SpO2, where one is required.
    pub const SPO2_COUPLED: Self = Self(32);
    /// F4: more motion than allowed.
    pub const SPO2_MOTION: Self = Self(64);
    /// F6: in time that is left out, at the start, the end or [anywhere](crate::analysis::Within); concerns SpO2 and pulse.
    pub const TRIMMED: Self = Self(128);

    /// Whether any flag of `other` is set.
    #[must_use]
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The flags as bits, for columns and bindings.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A sample's readings after the filter: what is `Some` counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct Judged {
    /// Accepted SpO2.
    pub spo2: Option<Spo2>,
    /// Accepted pulse.
    pub pulse: Option<PulseRate>,
    /// Why the rest was not accepted: one flag for SpO2, one for pulse.
    pub flags: ArtifactFlags,
}

/// Judges samples one by one, so feeding a live stream gives the same flags as a whole file.
///
/// # Example
/// ```
/// use oxicore::{Recording, artifact::{ArtifactFilter, ArtifactFlags}};
///
/// let night = Recording::parse(b"22:00:00 Jan 02 2026,96,58,0\n22:00:01 Jan 02 2026,70,58,0\n")?;
/// let mut filter = ArtifactFilter::default();
/// let judged: Vec<_> = night.samples().map(|s| filter.push(&s)).collect();
/// assert!(judged[1].flags.intersects(ArtifactFlags::SPO2_SLOPE));   // 26 % in one second
/// # Ok::<(), oxicore::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct ArtifactFilter {
    config: FilterConfig,
    end: Option<Span>,
    accepted: Option<(Span, Spo2)>,
}

impl ArtifactFilter {
    /// A filter for a recording of the given length; a live stream has none, and its end cannot be trimmed.
    #[must_use]
    pub const fn new(config: FilterConfig, length: Option<Span>) -> Self {
        let end = match length {
            Some(length) => Some(length.since(config.trim_end)),
            None => None,
        };
        Self { config, end, accepted: None }
    }

    /// Judges the next sample.
    #[inline]
    pub fn push(&mut self, sample: &Sample) -> Judged {
        self.judge(sample, false)
    }

    /// Judges the next sample, which lies in time that is left out.
    pub fn push_left_out(&mut self, sample: &Sample) -> Judged {
        self.judge(sample, true)
    }

    #[inline]
    fn judge(&mut self, sample: &Sample, is_left_out: bool) -> Judged {
        let is_trimmed =
            is_left_out || sample.at < self.config.trim_start || self.end.is_some_and(|end| sample.at >= end);
        let pulse = self.judge_pulse(sample);
        let spo2 = self.judge_spo2(sample, pulse.is_ok());
        if is_trimmed {
            let earlier = spo2.err().unwrap_or_default();
            return Judged { spo2: None, pulse: None, flags: ArtifactFlags::TRIMMED.with(earlier) };
        }
        let flags = spo2.err().unwrap_or_default().with(pulse.err().unwrap_or_default());
        Judged { spo2: spo2.ok(), pulse: pulse.ok(), flags }
    }

    /// How many of the first samples it accepts wholly, none of them later than `longest_step` after the one before.
    #[inline]
    pub(crate) fn accepts(&self, block: &Block<'_>, longest_step: Span) -> usize {
        let Some((at, spo2)) = self.accepted.filter(|_| self.config == FilterConfig::default()) else {
            return 0;
        };
        let mut before = (at.as_secs(), spo2.as_pct());
        let follows = |((&at, &spo2), &pulse): ((&u32, &u8), &u8)| {
            let step = (at.wrapping_sub(before.0), spo2.abs_diff(before.1));
            before = (at, spo2);
            is_plausible(spo2, pulse) & is_small(step, longest_step)
        };
        let mut samples = block.at.iter().zip(block.spo2).zip(block.pulse).map(follows);
        if !samples.next().unwrap_or(false) {
            0
        } else if is_clean(block, longest_step) {
            block.at.len()
        } else {
            1 + samples.take_while(|&follows| follows).count()
        }
    }

    /// Takes note of the last sample of those it [accepts](Self::accepts).
    pub(crate) fn accepted(&mut self, last: Option<(Span, Spo2)>) {
        self.accepted = last.or(self.accepted);
    }

    /// When the last accepted reading was.
    pub(crate) fn accepted_at(&self) -> Option<Span> {
        self.accepted.map(|(at, _)| at)
    }

    fn judge_spo2(&mut self, sample: &Sample, has_pulse: bool) -> Result<Spo2, ArtifactFlags> {
        let spo2 = sample.spo2.ok_or(ArtifactFlags::SPO2_MISSING)?;
        let moves = self.config.max_motion.is_some_and(|most| sample.motion.is_some_and(|m| m > most));
        let jumps = |(at, last)| is_too_steep(sample.at.since(at), last, spo2);
        if !is_within(spo2.as_pct(), self.config.spo2_range_pct) {
            return Err(ArtifactFlags::SPO2_RANGE);
        }
        if self.config.require_pulse && !has_pulse {
            return Err(ArtifactFlags::SPO2_COUPLED);
        }
        if moves {
            return Err(ArtifactFlags::SPO2_MOTION);
        }
        if self.config.slope && self.accepted.is_some_and(jumps) {
            return Err(ArtifactFlags::SPO2_SLOPE);
        }
        self.accepted = Some((sample.at, spo2));
        Ok(spo2)
    }

    fn judge_pulse(&self, sample: &Sample) -> Result<PulseRate, ArtifactFlags> {
        let pulse = sample.pulse.ok_or(ArtifactFlags::PULSE_MISSING)?;
        let is_plausible = is_within(pulse.as_bpm(), self.config.pulse_range_bpm);
        if is_plausible { Ok(pulse) } else { Err(ArtifactFlags::PULSE_RANGE) }
    }
}

/// Whether the filter accepts every sample of a block once it has accepted the first; without branches, so that many
/// are looked at together.
#[inline]
fn is_clean(block: &Block<'_>, longest_step: Span) -> bool {
    let samples = block.spo2.iter().zip(block.pulse);
    let plausible = samples.fold(true, |all, (&spo2, &pulse)| all & is_plausible(spo2, pulse));
    let at = block.at.iter().zip(block.at.iter().skip(1));
    let steps = at.zip(block.spo2.iter().zip(block.spo2.iter().skip(1)));
    steps.fold(plausible, |all, ((&from, &to), (&before, &after))| {
        all & is_small((to.wrapping_sub(from), before.abs_diff(after)), longest_step)
    })
}

#[inline]
fn is_plausible(spo2: u8, pulse: u8) -> bool {
    is_within(spo2, SPO2_RANGE_PCT) & is_within(u16::from(pulse), PULSE_RANGE_BPM)
}

/// Seconds and percent from one reading to the next.
#[inline]
fn is_small((step, change): (u32, u8), longest_step: Span) -> bool {
    (step <= longest_step.as_secs()) & (u32::from(change) <= step.wrapping_mul(MAX_SLOPE_PCT_PER_S))
}

#[inline]
fn is_within<T: PartialOrd>(value: T, (low, high): (T, T)) -> bool {
    (low <= value) & (value <= high)
}

fn is_too_steep(elapsed: Span, last: Spo2, next: Spo2) -> bool {
    let change = u32::from(last.as_pct().abs_diff(next.as_pct()));
    change > elapsed.as_secs().saturating_mul(MAX_SLOPE_PCT_PER_S)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Alarms;
    use std::vec::Vec;

    fn sample(at: u32, spo2: u32, pulse: u32, motion: u32) -> Sample {
        Sample {
            at: Span::from_secs(at),
            spo2: Spo2::from_device(spo2),
            pulse: PulseRate::from_device(pulse),
            motion: Motion::from_device(motion),
            alarms: Alarms::default(),
        }
    }

    fn flags(config: FilterConfig, samples: &[Sample]) -> Vec<ArtifactFlags> {
        let mut filter = ArtifactFilter::new(config, Some(Span::from_secs(100)));
        samples.iter().map(|s| filter.push(s).flags).collect()
    }

    const CLEAN: ArtifactFlags = ArtifactFlags(0);

    #[test]
    fn the_allowance_of_the_slope_rule_grows_with_the_time_since_the_last_accepted_reading() {
        let night = [sample(0, 96, 60, 0), sample(1, 88, 60, 0), sample(2, 88, 60, 0), sample(3, 97, 60, 0)];
        let expected = [CLEAN, ArtifactFlags::SPO2_SLOPE, CLEAN, ArtifactFlags::SPO2_SLOPE];
        assert_eq!(flags(FilterConfig::default(), &night), expected);
        let off = FilterConfig { slope: false, ..FilterConfig::default() };
        assert_eq!(flags(off, &night), [CLEAN; 4]);
    }

    #[test]
    fn each_optional_rule_names_itself() {
        let night = [sample(10, 96, 0, 0), sample(14, 96, 60, 9), sample(18, 96, 60, 5)];
        let pulse = FilterConfig { require_pulse: true, ..FilterConfig::default() };
        assert!(flags(pulse, &night)[0].intersects(ArtifactFlags::SPO2_COUPLED));
        let motion = FilterConfig { max_motion: Motion::from_device(5), ..FilterConfig::default() };
        assert_eq!(flags(motion, &night)[1..], [ArtifactFlags::SPO2_MOTION, CLEAN]);
        let trim = FilterConfig {
            trim_start: Span::from_secs(14),
            trim_end: Span::from_secs(82),
            ..FilterConfig::default()
        };
        assert_eq!(flags(trim, &night), [ArtifactFlags::TRIMMED, CLEAN, ArtifactFlags::TRIMMED]);
    }
}
