//! A made-up night for the benchmarks: always the same, shaped like a recorded one, nobody's health data.

use std::fmt::Write as _;

/// The Rust example of the README is true.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// Records of the night: eight hours, one every four seconds.
pub const RECORDS: u32 = 7_200;

const INTERVAL_S: u32 = 4;

/// One record: SpO2 in percent, pulse in beats per minute, motion without unit. `None` is "no reading".
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// Percent.
    pub spo2: Option<u8>,
    /// Beats per minute.
    pub pulse: Option<u8>,
    /// No unit.
    pub motion: u8,
}

/// The night: a desaturation of 3 to 10 % about every two minutes, now and then a lost sensor.
#[must_use]
pub fn night() -> Vec<Reading> {
    let mut dice = Dice(0x0DD5);
    let (mut depth, mut breathing) = (8, 0);
    (0..RECORDS)
        .map(|record| {
            breathing = (breathing + 1) % 30;
            if breathing == 0 {
                depth = 3 + dice.below(8);
            }
            reading(record, breathing, depth, &mut dice)
        })
        .collect()
}

/// The night as ViHealth exports it.
#[must_use]
pub fn csv(night: &[Reading]) -> String {
    let mut text = String::from("\u{feff}Time,Oxygen Level,Pulse Rate,Motion\n");
    for (index, reading) in (0_u32..).zip(night) {
        let second = 22 * 3_600 + index * INTERVAL_S;
        let (day, clock) = (2 + second / 86_400, second % 86_400);
        let (hour, minute, second) = (clock / 3_600, clock / 60 % 60, clock % 60);
        let (spo2, pulse) = (printed(reading.spo2), printed(reading.pulse));
        // Writing into a String cannot fail.
        let _ = writeln!(
            text,
            "{hour:02}:{minute:02}:{second:02} {day:02}/01/2026,{spo2},{pulse},{}",
            reading.motion
        );
    }
    text
}

/// The night as the ring stores it (legacy binary, version 3).
#[must_use]
pub fn legacy(night: &[Reading]) -> Vec<u8> {
    let duration_s = u16::try_from(RECORDS * INTERVAL_S).unwrap_or(u16::MAX);
    let bytes = u32::try_from(40 + 5 * night.len()).unwrap_or(u32::MAX);
    let mut file = vec![3, 0, 0xEA, 0x07, 1, 2, 22, 0, 0];
    file.extend(bytes.to_le_bytes());
    file.extend(duration_s.to_le_bytes());
    file.resize(40, 0);
    for reading in night {
        let pulse = reading.pulse.map_or(u16::MAX, u16::from).to_le_bytes();
        file.extend([reading.spo2.unwrap_or(u8::MAX), pulse[0], pulse[1], reading.motion, 0]);
    }
    file
}

fn reading(record: u32, breathing: u32, depth: u32, dice: &mut Dice) -> Reading {
    if record % 1_800 > 1_790 {
        return Reading { spo2: None, pulse: None, motion: 0 };
    }
    let fall = match breathing {
        10..15 => depth * (breathing - 9) / 5,
        15..18 => depth,
        18..20 => depth / 2,
        _ => 0,
    };
    let level = |value: u32| u8::try_from(value).unwrap_or(u8::MAX);
    Reading {
        spo2: Some(level(96 - fall)),
        pulse: Some(level(58 + dice.below(5))),
        motion: if dice.below(20) == 0 { level(dice.below(60)) } else { 0 },
    }
}

fn printed(reading: Option<u8>) -> String {
    reading.map_or_else(|| "--".to_owned(), |value| value.to_string())
}

/// The same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).unwrap_or(0) % end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxicore::{AnalysisOptions, Recording, analyze_vec};

    #[test]
    fn the_night_is_the_same_in_both_formats() {
        let (text, binary) = (csv(&night()), legacy(&night()));
        let numbers = |bytes: &[u8]| {
            let (summary, events) =
                analyze_vec(Recording::parse(bytes).unwrap(), &AnalysisOptions::default());
            (summary.recording.records, summary.quality, summary.spo2, summary.pulse, summary.aasm, events)
        };
        assert_eq!(numbers(text.as_bytes()), numbers(&binary));
    }

    #[test]
    fn the_night_has_work_for_the_detector() {
        let file = legacy(&night());
        let (summary, _) = analyze_vec(Recording::parse(&file).unwrap(), &AnalysisOptions::default());
        assert_eq!(summary.recording.records, RECORDS);
        assert!((150..=300).contains(&summary.aasm.odi3.count), "{:?}", summary.aasm);
    }
}
