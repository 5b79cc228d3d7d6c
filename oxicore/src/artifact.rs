//! Which readings must not count, and why: rules F1, F2 and F5 of docs/ALGORITHMS.md.

use crate::recording::Sample;
use crate::units::{PulseRate, Span, Spo2};

/// Lowest and highest SpO2 that rule F2 keeps, percent, inclusive.
pub const SPO2_RANGE_PCT: (u8, u8) = (50, 100);
/// Lowest and highest pulse that rule F2 keeps, beats per minute, inclusive.
pub const PULSE_RANGE_BPM: (u16, u16) = (25, 250);
/// Steepest change that rule F5 keeps, percent per second since the last accepted reading.
pub const MAX_SLOPE_PCT_PER_S: u32 = 4;

/// Why readings of one sample do not count; clean when nothing is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ArtifactFlags(u8);

impl ArtifactFlags {
    /// F1: the device gave no SpO2.
    pub const SPO2_MISSING: Self = Self(1);
    /// F2: SpO2 outside [`SPO2_RANGE_PCT`].
    pub const SPO2_RANGE: Self = Self(2);
    /// F5: SpO2 changed faster than [`MAX_SLOPE_PCT_PER_S`].
    pub const SPO2_SLOPE: Self = Self(4);
    /// F1: the device gave no pulse.
    pub const PULSE_MISSING: Self = Self(8);
    /// F2: pulse outside [`PULSE_RANGE_BPM`].
    pub const PULSE_RANGE: Self = Self(16);

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

    const fn with(self, other: Self, set: bool) -> Self {
        if set { Self(self.0 | other.0) } else { self }
    }
}

/// A sample's readings after the filter: what is `Some` counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Accepted SpO2.
    pub spo2: Option<Spo2>,
    /// Accepted pulse.
    pub pulse: Option<PulseRate>,
    /// Why the rest was not accepted.
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
    accepted: Option<(Span, Spo2)>,
}

impl ArtifactFilter {
    /// Judges the next sample.
    pub fn push(&mut self, sample: &Sample) -> Judged {
        let (spo2, spo2_flags) = self.judge_spo2(sample);
        let in_range = sample.pulse.filter(|p| is_within(p.as_bpm(), PULSE_RANGE_BPM));
        let flags = spo2_flags
            .with(ArtifactFlags::PULSE_MISSING, sample.pulse.is_none())
            .with(ArtifactFlags::PULSE_RANGE, sample.pulse.is_some() && in_range.is_none());
        Judged { spo2, pulse: in_range, flags }
    }

    fn judge_spo2(&mut self, sample: &Sample) -> (Option<Spo2>, ArtifactFlags) {
        let Some(spo2) = sample.spo2 else {
            return (None, ArtifactFlags::SPO2_MISSING);
        };
        if !is_within(spo2.as_pct(), SPO2_RANGE_PCT) {
            return (None, ArtifactFlags::SPO2_RANGE);
        }
        if self.accepted.is_some_and(|(at, last)| is_too_steep(sample.at.since(at), last, spo2)) {
            return (None, ArtifactFlags::SPO2_SLOPE);
        }
        self.accepted = Some((sample.at, spo2));
        (Some(spo2), ArtifactFlags::default())
    }
}

fn is_within<T: PartialOrd>(value: T, (low, high): (T, T)) -> bool {
    low <= value && value <= high
}

fn is_too_steep(elapsed: Span, last: Spo2, next: Spo2) -> bool {
    let change = u32::from(last.as_pct().abs_diff(next.as_pct()));
    change > elapsed.as_secs().saturating_mul(MAX_SLOPE_PCT_PER_S)
}
