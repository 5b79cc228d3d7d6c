//! European Data Format, EDF and EDF+, continuous or not: SpO2, pulse and motion found by their labels, one sample for
//! every whole second or slower. Header table and labels: docs/FORMATS.md, "EDF".
#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

mod header;
mod onset;
mod signal;
mod text;

use super::name;
use crate::error::{ParseError, ParseErrorKind};
use crate::format::facts::Facts;
use crate::notices::{Notices, StartSource};
use crate::sample::{Reminders, Sample};
use crate::units::{Motion, PulseRate, Span, Spo2};
use header::Header;
use onset::Annotations;
use signal::Signal;

const MICROS: u64 = 1_000_000;

/// Where the data records lie, and where in each of them the signals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Signals {
    begin: usize,
    record_len: usize,
    count: usize,
    duration_us: u64,
    /// Seconds between samples, at least 1.
    period: u32,
    spo2: Signal,
    pulse: Option<Signal>,
    motion: Option<Signal>,
    reminder: Option<Signal>,
    /// Where a discontinuous file tells when each data record was.
    onsets: Option<Annotations>,
}

impl Signals {
    const NONE: Self = Self {
        begin: 0,
        record_len: 0,
        count: 0,
        duration_us: 0,
        period: 1,
        spo2: Signal::NONE,
        pulse: None,
        motion: None,
        reminder: None,
        onsets: None,
    };
}

/// Version 0 in eight characters, and a date where the header has it.
pub(crate) fn is_edf(bytes: &[u8]) -> bool {
    let has_date = |date: &[u8]| date.get(2) == Some(&b'.') && date.get(5) == Some(&b'.');
    bytes.starts_with(b"0       ") && bytes.get(168..176).is_none_or(has_date)
}

pub(crate) fn layout(bytes: &[u8], file_name: Option<&str>) -> Result<Facts, ParseError> {
    let header = Header::read(bytes)?;
    let signals = signals(bytes, &header)?;
    let mut rows = Rows::of(bytes, signals);
    let (mut records, mut last) = (0_u32, Span::ZERO);
    while let Some(sample) = rows.next() {
        records = records.saturating_add(1);
        last = sample.at;
    }
    if records == 0 {
        return Err(ParseError::at_byte(ParseErrorKind::NoSamples, bytes.len()));
    }
    let (start, start_source) =
        header.start().map_or_else(|| name::start(file_name), |start| (start, StartSource::Recorded));
    let interval = Span::from_secs(signals.period);
    let readings = signals.count.saturating_mul(signals.spo2.samples());
    let notices = Notices {
        truncated_bytes: header.truncated_bytes(bytes),
        not_finalised: header.declared_records().is_none(),
        readings_skipped: u32::try_from(readings).unwrap_or(u32::MAX).saturating_sub(records),
        start_source,
        ..Notices::default()
    };
    Ok(Facts {
        bytes: bytes.len(),
        start,
        interval,
        span: last.plus(interval),
        records,
        notices,
        device: None,
    })
}

fn signals(bytes: &[u8], header: &Header<'_>) -> Result<Signals, ParseError> {
    let find = |is_it: fn(&[u8]) -> bool| header.signals().find(|signal| is_it(signal.label));
    let no_oximetry = ParseError::at_byte(ParseErrorKind::NoOximetry, header::FIXED_LEN);
    let spo2 = find(signal::is_spo2).ok_or(no_oximetry)?.signal()?;
    let others = [signal::is_pulse, signal::is_motion, signal::is_reminder];
    let [pulse, motion, reminder] = others.map(|is_it| find(is_it).map(|found| found.signal()).transpose());
    let annotations = header.signals().find(|signal| signal.label == b"EDF Annotations");
    let duration_us = header.duration_us()?;
    let period = period(duration_us, spo2.samples()).ok_or(header.bad_rate())?;
    Ok(Signals {
        begin: header.len(),
        record_len: header.record_len()?,
        count: header.present_records(bytes)?,
        duration_us,
        period,
        spo2,
        pulse: pulse?,
        motion: motion?,
        reminder: reminder?,
        onsets: annotations.filter(|_| header.is_discontinuous()).map(|found| found.annotations()),
    })
}

/// Seconds between samples: 1 for everything faster, whole seconds for everything slower; `None` for other rates.
fn period(duration_us: u64, samples: usize) -> Option<u32> {
    let samples = u64::try_from(samples).ok().filter(|&n| n > 0 && duration_us > 0)?;
    let samples_us = samples.wrapping_mul(MICROS); // below 2^47, as a number of eight digits of them
    if duration_us <= samples_us {
        return Some(1);
    }
    let period = duration_us.checked_div(samples_us)?;
    u32::try_from(period).ok().filter(|_| duration_us.is_multiple_of(samples_us))
}

/// The samples: for every data record, one at its onset and every period after that.
#[derive(Clone)]
pub(crate) struct Rows<'a> {
    bytes: &'a [u8],
    signals: Signals,
    record: usize,
    /// Onset of the record, microseconds from the first one's.
    onset_us: u64,
    first_us: Option<u64>,
    step: u64,
    previous: Option<u64>,
}

impl<'a> Rows<'a> {
    /// Reads the header again, which is as cheap as keeping it; no rows where [`layout`] would have failed.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        let signals = Header::read(bytes).and_then(|header| signals(bytes, &header));
        Self::of(bytes, signals.unwrap_or(Signals::NONE))
    }

    fn of(bytes: &'a [u8], signals: Signals) -> Self {
        let body = bytes.get(signals.begin..).unwrap_or_default();
        let mut rows =
            Self { bytes: body, signals, record: 0, onset_us: 0, first_us: None, step: 0, previous: None };
        rows.enter(0);
        rows
    }

    pub(crate) fn next(&mut self) -> Option<Sample> {
        while self.record < self.signals.count {
            // At most one period more than the duration, which has eight digits.
            let offset_us = self.step.wrapping_mul(self.signals.period.into()).wrapping_mul(MICROS);
            if offset_us >= self.signals.duration_us {
                self.enter(self.record.saturating_add(1));
                continue;
            }
            self.step = self.step.wrapping_add(1);
            let at = self.onset_us.saturating_add(offset_us).div_euclid(MICROS);
            if self.previous.is_none_or(|previous| at > previous) {
                self.previous = Some(at);
                let whole_us = at.wrapping_mul(MICROS).saturating_sub(self.onset_us);
                let at = u32::try_from(at).ok()?;
                at.checked_add(self.signals.period)?; // a night ends within the 136 years that times can count
                let offset_us = if self.signals.period == 1 { whole_us } else { offset_us };
                return Some(self.sample(Span::from_secs(at), offset_us));
            }
        }
        None
    }

    /// Goes to a data record, which follows the one before unless it says when it was.
    fn enter(&mut self, record: usize) {
        let number = u64::try_from(record).unwrap_or(u64::MAX);
        let following = if self.signals.onsets.is_some() {
            self.onset_us.saturating_add(if record == 0 { 0 } else { self.signals.duration_us })
        } else {
            number.saturating_mul(self.signals.duration_us)
        };
        (self.record, self.step) = (record, 0);
        let told = self.signals.onsets.and_then(|onsets| onsets.onset_us(self.data()));
        let first = *self.first_us.get_or_insert(told.unwrap_or(0));
        self.onset_us = told.map_or(following, |told| told.saturating_sub(first));
    }

    fn data(&self) -> &'a [u8] {
        let begin = self.record.saturating_mul(self.signals.record_len);
        let end = begin.saturating_add(self.signals.record_len);
        self.bytes.get(begin..end).unwrap_or_default()
    }

    fn sample(&self, at: Span, offset_us: u64) -> Sample {
        let (data, duration_us) = (self.data(), self.signals.duration_us);
        let value = |signal: Option<Signal>| signal.and_then(|s| s.value(data, offset_us, duration_us));
        let reminders = value(self.signals.reminder).unwrap_or(0);
        Sample {
            at,
            spo2: value(Some(self.signals.spo2)).and_then(Spo2::from_device),
            pulse: value(self.signals.pulse).and_then(PulseRate::from_device),
            motion: value(self.signals.motion).and_then(Motion::from_device),
            reminders: Reminders { spo2: reminders & 1 != 0, pulse: reminders & 2 != 0 },
        }
    }
}
