//! Between the values of the core and those of C.

use oxicore::desaturation::Outcome;
use oxicore::metrics::{burden, distribution, pulse, splits, vendor};
use oxicore::summary::{self, OdiCount};
use oxicore::units::Motion;
use oxicore::{Desaturation, PulseRate, Sample, Span, Spo2};

use crate::summary::{Burden, HOURS, Odi, Part, Pulse, Quality, Summary, TimeBelow, Viatom};
use crate::values::{
    Event, NO_MOTION, Number, OUTCOME_COMPLETE, OUTCOME_END, OUTCOME_GAP, OUTCOME_SUSTAINED, Record,
};

/// A motion, or none of a device without; nothing for what is neither.
pub(crate) fn motion(raw: i16) -> Option<Option<Motion>> {
    if raw == NO_MOTION { Some(None) } else { Motion::from_device(u32::try_from(raw).ok()?).map(Some) }
}

impl From<&Record> for Sample {
    fn from(record: &Record) -> Self {
        let spo2 = Spo2::from_device(record.spo2_pct.into());
        let pulse = PulseRate::from_device(record.pulse_bpm.into());
        Self::new(Span::from_secs(record.at_s), spo2, pulse).with_motion(motion(record.motion).flatten())
    }
}

impl From<&Desaturation> for Event {
    fn from(event: &Desaturation) -> Self {
        Self {
            onset_s: event.onset.as_secs(),
            nadir_s: event.nadir_at.as_secs(),
            end_s: event.end.as_secs(),
            area_pct_s: event.area_pct_s,
            peak_pct: event.peak.as_pct(),
            nadir_pct: event.nadir.as_pct(),
            outcome: match event.outcome {
                Outcome::Complete => OUTCOME_COMPLETE,
                Outcome::Sustained => OUTCOME_SUSTAINED,
                Outcome::Gap => OUTCOME_GAP,
                Outcome::End => OUTCOME_END,
            },
            counted: event.counted,
            below_range: event.below_range,
            pulse_rise_is_known: event.pulse_rise.is_some(),
            pulse_rise: event.pulse_rise.unwrap_or_default(),
        }
    }
}

impl From<Option<f64>> for Number {
    fn from(number: Option<f64>) -> Self {
        Self { value: number.unwrap_or_default(), is_known: number.is_some() }
    }
}

impl From<&summary::Summary> for Summary {
    #[inline]
    fn from(summary: &summary::Summary) -> Self {
        let (recording, notices) = (&summary.recording, &summary.notices);
        let hours = summary.hours.as_slice();
        let part = |hour: usize| hours.get(hour).map(Part::from).unwrap_or_default();
        Self {
            algorithm_revision: summary.algorithm_revision,
            interval_s: recording.interval_s.as_secs(),
            records: recording.records,
            recording_s: recording.recording_s.as_secs(),
            quality: (&summary.quality).into(),
            spo2: summary.spo2.as_ref().map(Into::into).unwrap_or_default(),
            pulse: summary.pulse.as_ref().map(Into::into).unwrap_or_default(),
            odi3: (&summary.aasm.odi3).into(),
            odi4: (&summary.aasm.odi4).into(),
            odi4_nested_count: summary.aasm.odi4_nested.count,
            odi4_nested_per_h: summary.aasm.odi4_nested.per_h.into(),
            burden3: summary.burden3.as_ref().map(Into::into).unwrap_or_default(),
            burden4: summary.burden4.as_ref().map(Into::into).unwrap_or_default(),
            delta_index_pct: summary.delta_index_pct.into(),
            coupled3: summary.coupled3,
            hours_count: hours.len() as u32,
            hours: core::array::from_fn::<_, HOURS, _>(part),
            halves_are_known: summary.halves.is_some(),
            halves: summary.halves.map_or_else(Default::default, |halves| halves.each_ref().map(Part::from)),
            viatom: summary.viatom.as_ref().map(Into::into).unwrap_or_default(),
            countdown_records: notices.countdown_records,
            interval_too_coarse: notices.interval_too_coarse,
            spo2_like_pulse: notices.spo2_like_pulse,
        }
    }
}

impl From<&summary::Quality> for Quality {
    fn from(quality: &summary::Quality) -> Self {
        Self {
            analysed: quality.analysed,
            missing_spo2: quality.missing_spo2,
            missing_spo2_with_pulse: quality.missing_spo2_with_pulse,
            below_range_readings: quality.below_range_readings,
            spo2_out_of_range: quality.spo2_out_of_range,
            spo2_coupled: quality.spo2_coupled,
            spo2_motion: quality.spo2_motion,
            spo2_slope: quality.spo2_slope,
            trimmed: quality.trimmed,
            valid_s: quality.valid_s,
            longest_gap_s: quality.longest_gap_s.as_secs(),
            valid_pct: quality.valid_pct,
            short_recording: quality.short_recording,
        }
    }
}

impl From<&distribution::Spo2Distribution> for crate::Spo2 {
    fn from(spo2: &distribution::Spo2Distribution) -> Self {
        Self {
            is_known: true,
            mode_pct: spo2.mode_pct.as_pct(),
            min_pct: spo2.min_pct.as_pct(),
            max_pct: spo2.max_pct.as_pct(),
            n: spo2.n,
            below_90_s: spo2.below_90_s,
            below_88_s: spo2.below_88_s,
            longest_below_90_s: spo2.longest_below_90_s,
            longest_below_88_s: spo2.longest_below_88_s,
            mean_pct: spo2.mean_pct,
            sd_pct: spo2.sd_pct.into(),
            p1_pct: spo2.p1_pct,
            p5_pct: spo2.p5_pct,
            p10_pct: spo2.p10_pct,
            p25_pct: spo2.p25_pct,
            median_pct: spo2.median_pct,
            p75_pct: spo2.p75_pct,
            p90_pct: spo2.p90_pct,
            p95_pct: spo2.p95_pct,
            nadir_10s_pct: spo2.nadir_10s_pct.map(|nadir| f64::from(nadir.as_pct())).into(),
            below_90_pct: spo2.below_90_pct,
            below_88_pct: spo2.below_88_pct,
            below_90_pct_with_below_range: spo2.below_90_pct_with_below_range,
            below_88_pct_with_below_range: spo2.below_88_pct_with_below_range,
            area_below_90_pctmin_h: spo2.area_below_90_pctmin_h,
            time_below: spo2.time_below.each_ref().map(TimeBelow::from),
        }
    }
}

impl From<&distribution::TimeBelow> for TimeBelow {
    fn from(time: &distribution::TimeBelow) -> Self {
        Self {
            level_pct: time.level_pct,
            below_s: time.below_s,
            at_or_below_s: time.at_or_below_s,
            below_pct: time.below_pct,
            at_or_below_pct: time.at_or_below_pct,
        }
    }
}

impl From<&pulse::PulseStatistics> for Pulse {
    fn from(pulse: &pulse::PulseStatistics) -> Self {
        Self {
            is_known: true,
            min_bpm: pulse.min_bpm.as_bpm(),
            max_bpm: pulse.max_bpm.as_bpm(),
            n: pulse.n,
            bradycardia_s: pulse.bradycardia_s,
            tachycardia_s: pulse.tachycardia_s,
            rises6: pulse.rises6,
            n_doubled: pulse.n_doubled,
            mean_bpm: pulse.mean_bpm,
            sd_bpm: pulse.sd_bpm.into(),
            p5_bpm: pulse.p5_bpm,
            median_bpm: pulse.median_bpm,
            p95_bpm: pulse.p95_bpm,
            rises6_per_h: pulse.rises6_per_h.into(),
        }
    }
}

impl From<&OdiCount> for Odi {
    fn from(odi: &OdiCount) -> Self {
        Self {
            count: odi.count,
            sustained: odi.sustained,
            truncated: odi.truncated,
            included: odi.included,
            below_range_all: odi.below_range_events.all,
            below_range_counted: odi.below_range_events.counted,
            per_h: odi.per_h.into(),
            per_h_of_recording: odi.per_h_of_recording.into(),
        }
    }
}

impl From<&burden::Burden> for Burden {
    fn from(burden: &burden::Burden) -> Self {
        Self {
            is_known: true,
            area_pct_s: burden.area_pct_s,
            hypoxic_burden_pctmin_h: burden.hypoxic_burden_pctmin_h,
            desaturation_severity_pct: burden.desaturation_severity_pct,
        }
    }
}

impl From<&splits::Part> for Part {
    fn from(part: &splits::Part) -> Self {
        Self {
            valid_s: part.valid_s,
            odi3_count: part.odi3_count,
            odi4_count: part.odi4_count,
            odi3_per_h: part.odi3_per_h.into(),
            odi4_per_h: part.odi4_per_h.into(),
        }
    }
}

impl From<&vendor::VendorReport> for Viatom {
    fn from(report: &vendor::VendorReport) -> Self {
        Self {
            is_known: true,
            baseline_pct: report.baseline_pct.as_pct(),
            drops3: report.drops3,
            drops4: report.drops4,
            dips_below_90: report.dips_below_90,
            duration_s: report.duration_s,
            drops3_per_h: report.drops3_per_h.into(),
            drops4_per_h: report.drops4_per_h.into(),
        }
    }
}
