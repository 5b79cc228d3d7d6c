//! Builders of files in words, and fuzz bodies: for tests of this crate and of its bindings.

mod live;

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::analysis::{Analyzer, desaturations, max_desaturations};
use crate::below_range::BelowRange;
use crate::columns::SampleColumnsRef;
use crate::desaturation::aasm;
use crate::export::{self, Gaps};
use crate::format::Layout;
use crate::recording::read_columns;
use crate::time::{LocalDateTime, MONTHS};
use crate::{
    AnalysisOptions, Desaturation, NightAnalysis, ParseOptions, Profile, Recording, Sample, Span, Threshold,
};

pub use live::assert_live_equals_columns;

/// A record to write: seconds from the start, SpO2, pulse, motion.
pub type Row = (u32, Option<u8>, Option<u16>, Option<u8>);

/// A CSV of dialect D1 that starts at 22:00:00 on 2 January 2026.
#[must_use]
pub fn csv_file(rows: impl IntoIterator<Item = Row>) -> Vec<u8> {
    let mut text = String::from("Time,Oxygen Level,Pulse Rate,Motion,O2 Reminder,PR Reminder\n");
    for (at, spo2, pulse, motion) in rows {
        let cell = |value: Option<u16>| value.map_or_else(|| String::from("--"), |v| format!("{v}"));
        let (spo2, motion) = (cell(spo2.map(u16::from)), cell(motion.map(u16::from)));
        text += &format!("{},{spo2},{},{motion},0,0\n", clock(at), cell(pulse));
    }
    text.into_bytes()
}

fn clock(at: u32) -> String {
    let start = LocalDateTime::new((2026, 1, 2), (22, 0, 0));
    let Some(moment) = start.and_then(|s| s.checked_add(Span::from_secs(at))) else {
        return String::from("out of the calendar");
    };
    let ((year, month, day), (hour, minute, second)) = (moment.date(), moment.time());
    let month = MONTHS[usize::from(month) - 1];
    format!("{hour:02}:{minute:02}:{second:02} {month} {day:02} {year}")
}

/// A night in words: levels held for so many seconds, gaps in between.
#[derive(Clone, Debug)]
pub struct Night {
    interval: u32,
    at: u32,
    rows: Vec<Row>,
}

/// A night sampled every second.
#[must_use]
pub const fn night() -> Night {
    night_every(1)
}

/// A night sampled every `interval` seconds.
#[must_use]
pub const fn night_every(interval: u32) -> Night {
    Night { interval, at: 0, rows: vec![] }
}

impl Night {
    /// SpO2 held at a level.
    #[must_use]
    pub fn flat(self, spo2: u8, seconds: u32) -> Self {
        self.hold(Some(spo2), Some(60), seconds)
    }

    /// No SpO2, pulse present.
    #[must_use]
    pub fn unreadable(self, seconds: u32) -> Self {
        self.hold(None, Some(60), seconds)
    }

    /// Neither SpO2 nor pulse.
    #[must_use]
    pub fn off_finger(self, seconds: u32) -> Self {
        self.hold(None, None, seconds)
    }

    /// No records at all.
    #[must_use]
    pub const fn gap(mut self, seconds: u32) -> Self {
        self.at += seconds;
        self
    }

    /// The night as a file.
    #[must_use]
    pub fn file(&self) -> Vec<u8> {
        csv_file(self.rows.iter().copied())
    }

    fn hold(mut self, spo2: Option<u8>, pulse: Option<u16>, seconds: u32) -> Self {
        for _ in 0..seconds / self.interval {
            self.rows.push((self.at, spo2, pulse, Some(0)));
            self.at += self.interval;
        }
        self
    }
}

/// Fuzz body: whatever the bytes, parsing and analysing neither panic nor invent samples.
///
/// # Panics
/// When a promise is broken; that is what fuzzing looks for.
pub fn fuzz_parse(bytes: &[u8]) {
    let read =
        |file_name| Recording::parse_with(bytes, &ParseOptions { file_name, ..Default::default() }).ok();
    if let Some(recording) = NAMES.into_iter().find_map(read) {
        assert_readable(bytes, recording);
    }
}

/// Names that make a file readable which has no marks of its own: none, that of a POD2 and that of a Contec.
const NAMES: [Option<&str>; 3] = [None, Some("28/host/1767394770000.dat"), Some("20260102235930.spoR")];

fn assert_readable(bytes: &[u8], recording: Recording<'_>) {
    let samples: Vec<_> = recording.samples().collect();
    assert_eq!(samples.len(), recording.len(), "every counted record is read");
    assert!(samples.len() <= bytes.len(), "more samples than bytes");
    assert!(samples.windows(2).all(|w| w[0].at < w[1].at), "time must grow");
    let rebuilt = Recording::from_layout(bytes, recording.layout());
    assert!(rebuilt.is_ok_and(|again| again.samples().eq(samples)), "a kept layout reads the same samples");
    let NightAnalysis { summary, desaturations3: events, .. } =
        recording.analyze(&AnalysisOptions::default());
    assert!(events.windows(2).all(|w| w[0].end <= w[1].onset || w[0].end <= w[1].end), "events in order");
    let quality = summary.quality;
    let excluded = quality.missing_spo2 + quality.spo2_out_of_range + quality.spo2_slope;
    assert_eq!(quality.analysed + excluded, summary.recording.records, "every record is accounted for");
}

/// Fuzz body: the short way for plain rows of text finds exactly what the general reader finds, errors included; the
/// records of a binary are the same in blocks and one by one.
///
/// # Panics
/// When the two differ.
pub fn fuzz_fast_vs_general(bytes: &[u8]) {
    if !matches!(crate::format::detect(bytes), Ok(crate::format::Format::Csv)) {
        if let Ok(night) = Recording::parse(bytes) {
            assert_many_at_once_equal_one_by_one(bytes, night);
        }
        return;
    }
    let options = crate::ParseOptions::default();
    let general = Layout::general_text(bytes, &options).map(|layout| Recording::from_layout(bytes, layout));
    match (Recording::parse(bytes), general) {
        (Ok(fast), Ok(Ok(general))) => {
            let facts = |r: Recording<'_>| (r.start(), r.interval(), r.span(), r.len(), r.notices());
            assert_eq!(facts(fast), facts(general), "facts differ");
            assert!(fast.samples().eq(general.samples()), "samples differ");
            assert_many_at_once_equal_one_by_one(bytes, fast);
        }
        (fast, general) => {
            let (fast, general) = (fast.err(), general.err());
            assert!(fast.is_some() && fast == general, "{fast:?} is not {general:?}");
        }
    }
}

/// Samples that are handed over in blocks are the same samples, and are analysed as they are one by one.
///
/// # Panics
/// When the two differ.
pub fn assert_many_at_once_equal_one_by_one(bytes: &[u8], night: Recording<'_>) {
    let one_by_one: Vec<_> = night.samples().collect();
    let mut at_once = Vec::new();
    night.samples().for_each(|sample| at_once.push(sample));
    assert_eq!(at_once, one_by_one, "samples differ");
    let countdown = one_by_one.iter().rev().take_while(|s| s.spo2.is_none() && s.pulse.is_none()).count();
    let (noticed, number) = (night.notices(), |count| u32::try_from(count).unwrap_or(u32::MAX));
    assert_eq!(noticed.countdown_records, number(countdown), "readings are counted otherwise");
    let read = read_columns(bytes, &ParseOptions::default()).map(|(_, columns)| columns);
    let rows = |s: &Sample| (s.at, s.spo2, s.pulse, s.motion);
    let columns = read.unwrap_or_default();
    let values = columns.spo2.iter().zip(&columns.pulse).zip(&columns.motion);
    let read =
        columns.at.iter().zip(values).map(|(&at, ((&spo2, &pulse), &motion))| (at, spo2, pulse, motion));
    assert!(read.eq(one_by_one.iter().map(rows)), "columns differ");
    let (options, mut events) = (AnalysisOptions::default(), Vec::new());
    let mut analyzer = Analyzer::new(&night, &options);
    let mut add = |threshold, event| {
        if threshold == Threshold::Three {
            events.push(event);
        }
    };
    one_by_one.iter().for_each(|sample| analyzer.push(sample, &mut add));
    let summary = analyzer.finish(&night, &mut add);
    let whole = night.analyze(&options);
    assert_eq!((summary, &events), (whole.summary, &whole.desaturations3), "analyses differ");
    let kept = night.with_columns(columns.view()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(whole, kept.analyze(&options), "columns kept are analysed otherwise");
    assert_eq!(night.compare(&options), kept.compare(&options), "indices of kept columns differ");
    let without_motion = SampleColumnsRef { motion: &[], ..columns.view() };
    let again = Recording::from_columns(Some(night.start()), Some(night.interval()), without_motion);
    // Columns are of no ring until that is said.
    let below_range = if night.is_of_ring() { BelowRange::Bridge } else { BelowRange::Auto };
    let as_of_ring = AnalysisOptions { aasm: options.aasm.with_below_range(below_range), ..options };
    let of_columns = again.map(|again| again.analyze(&as_of_ring)).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        (of_columns.summary.aasm, of_columns.summary.spo2, of_columns.desaturations3),
        (summary.aasm, summary.spo2, events),
        "columns analysed differ"
    );
    assert_one_definition_is_that_of_the_analysis(night);
    assert_live_equals_columns(night, &as_of_ring, |records| records == 1 || records == night.len() / 3);
}

fn assert_one_definition_is_that_of_the_analysis(night: Recording<'_>) {
    let mut memory = vec![Desaturation::EMPTY; max_desaturations(&night)];
    for (listed, median3) in [(Threshold::Three, false), (Threshold::Four, false), (Threshold::Three, true)] {
        let aasm = aasm::Config { median3, ..aasm::Config::default() };
        let options = AnalysisOptions { listed, aasm, ..AnalysisOptions::default() };
        let analysis = night.analyze(&options);
        let (whole, mut events) = (analysis.summary, analysis.desaturations(listed).to_vec());
        events.iter_mut().for_each(|event| event.pulse_rise = None);
        let counts = if listed == Threshold::Three { whole.aasm.odi3 } else { whole.aasm.odi4 };
        let alone = desaturations(night, &options, &mut memory).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((alone.odi, alone.spo2), (counts, whole.spo2), "one definition alone differs");
        assert_eq!(alone.events, events, "the events of one definition alone differ");
        let comparison = night.comparison(&whole);
        let pobm = night.pobm(listed, &mut |_| ()).index(listed);
        assert_eq!(Some(&pobm), comparison.index(Profile::Pobm, listed), "pobm alone differs");
    }
}

/// Fuzz body: what is written and read again is the same night.
///
/// # Panics
/// When it is not.
pub fn fuzz_roundtrip(bytes: &[u8]) {
    let Ok(night) = Recording::parse(bytes) else { return };
    if night.start().date().0 == 1970 {
        return; // a text of 1970 is of a clock nobody has set, and its times are read otherwise
    }
    let events = night.analyze(&AnalysisOptions::default()).desaturations3;
    let mut text = vec![];
    if export::csv(night, &mut text).is_ok() {
        assert_same_night(night, &text);
    }
    let mut kinds = vec![Gaps::Left];
    if is_fillable(night) {
        kinds.push(Gaps::Filled);
    }
    for gaps in kinds {
        let mut edf = vec![];
        if export::edf(night, &events, gaps, &mut edf).is_ok() {
            assert_same_night(night, &edf);
        }
    }
}

/// Whether no reading has to be repeated, and filling takes no more memory than a test has.
fn is_fillable(night: Recording<'_>) -> bool {
    let interval = night.interval().as_secs();
    let is_on_grid = night.samples().all(|sample| sample.at.as_secs().is_multiple_of(interval));
    is_on_grid && night.span().as_secs() / interval < 1_000_000
}

fn assert_same_night(night: Recording<'_>, written: &[u8]) {
    let again = Recording::parse(written).map_err(|error| format!("{error}"));
    let again = again.unwrap_or_else(|error| panic!("what was written cannot be read: {error}"));
    assert_eq!(again.start(), night.start(), "start differs");
    assert!(again.samples().eq(night.samples()), "samples differ");
}
