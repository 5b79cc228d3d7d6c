//! What the benchmarks share: a made-up night, the peers, the clock, and the gate on instruction counts.

pub mod dialects;
pub mod gate;
pub mod night;
pub mod ours;
pub mod peers;
pub mod picture;
pub mod python;
pub mod race;
pub mod ratio;
pub mod report;
pub mod rows;
pub mod stage;

/// The Rust example of the README is true.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

#[cfg(test)]
mod tests {
    use super::night::{RECORDS, archive, csv, legacy, night, unfriendly};
    use oxicore::{AnalysisOptions, NightAnalysis, Recording};

    #[test]
    fn the_night_is_the_same_in_both_formats() {
        let (text, binary) = (csv(&night()), legacy(&night()));
        let numbers = |bytes: &[u8]| {
            let NightAnalysis { summary, desaturations3: events, .. } =
                Recording::parse(bytes).unwrap().analyze(&AnalysisOptions::default());
            (summary.recording.records, summary.quality, summary.spo2, summary.pulse, summary.aasm, events)
        };
        assert_eq!(numbers(&text), numbers(&binary));
    }

    #[test]
    fn the_night_has_work_for_the_detector() {
        let file = legacy(&night());
        let summary = Recording::parse(&file).unwrap().analyze(&AnalysisOptions::default()).summary;
        assert_eq!(summary.recording.records, RECORDS);
        assert!((100..=300).contains(&summary.aasm.odi3.count), "{:?}", summary.aasm);
        assert!(summary.quality.missing_spo2_with_pulse > 0, "{:?}", summary.quality);
    }

    #[test]
    fn nearly_every_row_of_the_night_has_28_bytes() {
        let text = csv(&night());
        let rows: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').skip(1).collect();
        let usual = rows.iter().filter(|row| row.len() == 28).count();
        assert!((95..100).contains(&(100 * usual / rows.len())), "{usual} of {}", rows.len());
    }

    #[test]
    fn an_archive_of_a_thousand_nights_is_one_recording() {
        let text = archive(&night(), 1_000 * RECORDS, 4);
        let recording = Recording::parse(&text).unwrap();
        assert_eq!((recording.len(), recording.span().as_secs()), (7_200_000, 28_800_000));
    }

    #[test]
    fn the_unfriendly_night_is_read_too() {
        let text = csv(&unfriendly());
        assert_eq!(Recording::parse(&text).unwrap().len(), RECORDS as usize);
    }
}
