//! The numbers of a night as plain values; with feature `serde` the JSON that every binding shows.

use crate::artifact::{ArtifactFlags, FilterConfig, Judged};
use crate::desaturation::{Desaturation, Outcome, Threshold, aasm};
use crate::format::{Facts, Format};
use crate::index::{Index, Profile};
use crate::metrics::burden::Burden;
use crate::metrics::distribution::Spo2Distribution;
use crate::metrics::gap::LongestGap;
use crate::metrics::pulse::{PulseConfig, PulseStatistics};
use crate::metrics::splits::{Half, Hours};
use crate::metrics::vendor::VendorReport;
use crate::metrics::{MIN_VALID, index_per_h, per_hour, percent};
use crate::notices::{Notices, StartSource};
use crate::options::AnalysisOptions;
use crate::time::LocalDateTime;
use crate::units::Span;

pub use crate::device::DeviceSummary;

/// Version of the definitions behind the numbers; grows whenever a number can change.
pub const ALGORITHM_REVISION: u32 = 2;

/// Version of the readers of files; grows whenever the same bytes may be read differently: another start, other times
/// or readings, other notices. What was kept of an analysis is made anew when either version has grown.
pub const READER_REVISION: u32 = 9;

/// Nights with less valid time than this are flagged short.
pub const SHORT_RECORDING: Span = Span::from_secs(4 * 3_600);

/// The numbers of a night. With feature `serde` its JSON is the schema every binding shows (docs/ALGORITHMS.md).
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct Summary {
    /// [`ALGORITHM_REVISION`] that computed them.
    pub algorithm_revision: u32,
    /// What was recorded.
    pub recording: RecordingFacts,
    /// How they were computed.
    pub settings: Settings,
    /// What of it counts, and why the rest does not.
    pub quality: Quality,
    /// Distribution of accepted SpO2; `None` without an accepted reading.
    pub spo2: Option<Spo2Distribution>,
    /// Accepted pulse; `None` without an accepted reading.
    pub pulse: Option<PulseStatistics>,
    /// Desaturations by profile `aasm`.
    pub aasm: AasmCounts,
    /// Area of the counted events of 3 % and more; `None` under 600 s of valid SpO2.
    #[doc(alias = "hypoxic burden")]
    pub burden3: Option<Burden>,
    /// Area of the counted events of 4 % and more; `None` under 600 s of valid SpO2.
    pub burden4: Option<Burden>,
    /// Delta index, percent; `None` without two neighbouring bins of 12 s.
    pub delta_index_pct: Option<f64>,
    /// Counted events whose nadir to 10 s after the end saw a pulse rise of 6 beats per minute begin.
    pub coupled3: u32,
    /// Hours of the night from its first record, by onset of the event; at most 24.
    pub hours: Hours,
    /// First and second half of the recorded time, by onset of the event. `None` where a night that is not over was lent no
    /// memory for them ([`Live`](crate::analysis::Live)); a recording always has them.
    pub halves: Option<[Half; 2]>,
    /// The vendor's counts; `None` without an SpO2 reading, or with a baseline below 50 %.
    pub viatom: Option<VendorReport>,
    /// The device's own figures, where the file stores them.
    pub device: Option<DeviceSummary>,
    /// What was noticed while reading the file.
    pub notices: Notices,
}

/// How the numbers were computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct Settings {
    /// Artifact filter.
    pub filter: FilterConfig,
    /// Geometry of the events of profile `aasm`.
    pub aasm: aasm::Config,
    /// Limits of slow and fast pulse.
    pub pulse: PulseConfig,
}

impl From<&AnalysisOptions> for Settings {
    fn from(options: &AnalysisOptions) -> Self {
        Self { filter: options.filter, aasm: options.aasm, pulse: options.pulse }
    }
}

impl Summary {
    /// The desaturation index of one threshold with everything that has to be said with it.
    #[must_use]
    pub fn odi(&self, threshold: Threshold) -> Index {
        let odi = match threshold {
            Threshold::Three => self.aasm.odi3,
            Threshold::Four => self.aasm.odi4,
        };
        let index = odi.index(threshold, self.quality.valid_s, &self.settings);
        Index { interval_too_coarse: self.notices.interval_too_coarse, ..index }
    }
}

impl Summary {
    /// The index of the events of 3 % that are 4 % deep.
    #[must_use]
    pub fn odi_nested(&self) -> Index {
        let nested = self.aasm.odi4_nested;
        let index = self.odi(Threshold::Four);
        Index { profile: Profile::AasmNested, count: nested.count, per_h: nested.per_h, ..index }
    }
}

/// What was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct RecordingFacts {
    /// Kind of file.
    pub format: Format,
    /// Wall clock of the first record, or universal time where the notices say so; `None` where neither the file nor its
    /// name tells it.
    pub start: Option<LocalDateTime>,
    /// Sampling interval, seconds.
    pub interval_s: Span,
    /// Records, missing readings included.
    pub records: u32,
    /// First record to the end of the last one, seconds.
    pub recording_s: Span,
}

/// Reconciliation: `records = analysed + missing_spo2 + spo2_out_of_range + spo2_coupled + spo2_motion + spo2_slope +
/// trimmed`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct Quality {
    /// Records whose SpO2 counts.
    pub analysed: u32,
    /// Records without an SpO2 reading.
    pub missing_spo2: u32,
    /// Of these, records with a valid pulse.
    pub missing_spo2_with_pulse: u32,
    /// Records without SpO2 that are readings below the range of this maker's rings, about 61 %, and no lost sensor: the
    /// lowest SpO2 of the night is then at or below the lowest reading. 0 where a recording of another maker is left to
    /// [`BelowRange::Auto`](crate::below_range::BelowRange).
    pub below_range_readings: u32,
    /// SpO2 outside 50..=100 %.
    pub spo2_out_of_range: u32,
    /// SpO2 without a valid pulse, where the settings require one.
    pub spo2_coupled: u32,
    /// SpO2 under more motion than the settings allow.
    pub spo2_motion: u32,
    /// SpO2 changed faster than 4 % per second.
    pub spo2_slope: u32,
    /// Readings in the time the settings leave out at the start and the end.
    pub trimmed: u32,
    /// Analysed records times interval, seconds: the denominator of the indices.
    pub valid_s: u32,
    /// The same in percent of the recording.
    pub valid_pct: f64,
    /// Longest time without a reading that counts, the start and the end of the recording included, seconds; 0 when
    /// none is longer than the 10 s that every definition bridges.
    pub longest_gap_s: Span,
    /// Less than four hours of valid signal.
    pub short_recording: bool,
}

/// Desaturations by profile `aasm`, each threshold in a pass of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct AasmCounts {
    /// Desaturations of 3 % and more.
    #[doc(alias = "ODI3")]
    pub odi3: OdiCount,
    /// Desaturations of 4 % and more; not always fewer than those of 3 %.
    #[doc(alias = "ODI4")]
    pub odi4: OdiCount,
    /// The complete events of 3 % that are 4 % deep: never more than those of 3 %.
    pub odi4_nested: NestedCount,
}

/// ODI4 from the events of 3 %.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct NestedCount {
    /// Events that enter the index of 3 % and are at least 4 % deep.
    pub count: u32,
    /// The same per hour of valid SpO2; `None` under 600 s of it.
    pub per_h: Option<f64>,
}

/// Events of one threshold, and their index.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct OdiCount {
    /// Events with resaturation: those that count.
    pub count: u32,
    /// Events without resaturation within 180 s, beside the index.
    pub sustained: u32,
    /// Events ended by a gap or the end of the recording, beside the index.
    pub truncated: u32,
    /// Events that enter the index: `count`, and the others where the settings include them.
    pub included: u32,
    /// `included` per hour of valid SpO2; `None` under 600 s of it, and where readings are too far apart for an index
    /// ([`Notices::interval_too_coarse`]).
    pub per_h: Option<f64>,
    /// `included` per hour of recording, valid or not; `None` under 600 s of valid SpO2. Some devices print this one.
    pub per_h_of_recording: Option<f64>,
    /// Those of the events that SpO2 below the ring's range lies in.
    pub below_range_events: BelowRangeEvents,
}

/// Events that SpO2 below the ring's range lies in: their depth and area are lower bounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[non_exhaustive]
pub struct BelowRangeEvents {
    /// Of all events.
    pub all: u32,
    /// Of those that enter the index.
    pub counted: u32,
}

impl OdiCount {
    /// The index of these events over so much valid SpO2, with everything that has to be said with it.
    #[must_use]
    pub const fn index(&self, threshold: Threshold, valid_s: u32, settings: &Settings) -> Index {
        Index {
            profile: Profile::Aasm,
            threshold,
            count: self.included,
            denominator: Profile::Aasm.denominator(),
            seconds: valid_s,
            per_h: self.per_h,
            interval_too_coarse: self.per_h.is_none() && valid_s >= MIN_VALID.as_secs(),
            filter: Some(settings.filter),
            aasm: Some(settings.aasm),
            algorithm_revision: ALGORITHM_REVISION,
        }
    }

    pub(crate) const fn add(&mut self, event: &Desaturation) {
        match event.outcome {
            Outcome::Complete => self.count += 1,
            Outcome::Sustained => self.sustained += 1,
            Outcome::Gap | Outcome::End => self.truncated += 1,
        }
        self.included += event.counted as u32;
        self.below_range_events.all += event.below_range as u32;
        self.below_range_events.counted += (event.below_range && event.counted) as u32;
    }

    pub(crate) fn indexed(self, valid_s: u32, recorded: Span) -> Self {
        let per_h = index_per_h(self.included, valid_s);
        let per_h_of_recording = per_h.and_then(|_| per_hour(self.included, recorded.as_secs()));
        Self { per_h, per_h_of_recording, ..self }
    }
}

impl RecordingFacts {
    /// The start, or 1970-01-01T00:00:00 in its place, so that what counts from it can be written as a time of day.
    #[must_use]
    pub fn start_or_1970(&self) -> LocalDateTime {
        self.start.unwrap_or(LocalDateTime::EPOCH)
    }

    pub(crate) fn of(facts: &Facts, format: Format) -> Self {
        let is_known = facts.notices.start_source != StartSource::Unknown;
        Self {
            format,
            start: is_known.then_some(facts.start),
            interval_s: facts.interval,
            records: facts.records,
            recording_s: facts.span,
        }
    }
}

impl Quality {
    pub(crate) const fn add(&mut self, judged: &Judged) {
        let flags = judged.flags;
        if judged.spo2.is_some() {
            self.analysed += 1;
        } else if flags.intersects(ArtifactFlags::SPO2_MISSING) {
            self.missing_spo2 += 1;
            self.missing_spo2_with_pulse += judged.pulse.is_some() as u32;
        } else if flags.intersects(ArtifactFlags::SPO2_RANGE) {
            self.spo2_out_of_range += 1;
        } else if flags.intersects(ArtifactFlags::SPO2_COUPLED) {
            self.spo2_coupled += 1;
        } else if flags.intersects(ArtifactFlags::SPO2_MOTION) {
            self.spo2_motion += 1;
        } else if flags.intersects(ArtifactFlags::SPO2_SLOPE) {
            self.spo2_slope += 1;
        } else {
            self.trimmed += 1;
        }
    }

    pub(crate) fn finish(self, facts: &Facts, gap: &LongestGap) -> Self {
        let valid_s = self.analysed.saturating_mul(facts.interval.as_secs());
        Self {
            valid_s,
            valid_pct: percent(valid_s, facts.span.as_secs()).unwrap_or(0.0),
            longest_gap_s: gap.finish(facts.span),
            short_recording: valid_s < SHORT_RECORDING.as_secs(),
            ..self
        }
    }
}
