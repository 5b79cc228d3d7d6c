//! European Data Format, EDF and EDF+, continuous or not, also with values of one byte: SpO2, pulse and motion found by
//! their labels, one sample for every whole second or slower. Header table and labels: docs/FORMATS.md, "EDF".
#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

mod choice;
mod header;
mod labels;
mod onset;
mod signal;
mod text;

use super::name;
use crate::error::{ParseError, ParseErrorKind};
use crate::format::facts::Facts;
use crate::format::hints::{ColumnChoice, ColumnName, ParseOptions};
use crate::label::Label;
use crate::notices::{Notices, StartSource};
use crate::sample::{Alarms, Sample};
use crate::units::{Motion, PulseRate, Span, Spo2};
use choice::{Choice, Data, choose};
use header::{Header, Records};
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

/// What the header makes of its signals.
struct Chosen {
    signals: Signals,
    records: Records,
    spo2_label: Option<Label>,
    pulse_label: Option<Label>,
    left_out: u32,
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

/// Version 0 in eight characters, and text without line ends where the header has text.
pub(crate) fn is_edf(bytes: &[u8]) -> bool {
    let head = bytes.get(..header::FIXED_LEN).unwrap_or(bytes);
    let is_number = |field: &[u8]| text::whole(field).is_some();
    let has_numbers = |head: &[u8]| {
        head.get(184..192).is_none_or(is_number)
            && head.get(252..).filter(|f| f.len() == 4).is_none_or(is_number)
    };
    bytes.starts_with(b"0       ") && !head.iter().any(u8::is_ascii_control) && has_numbers(head)
}

pub(crate) fn layout(bytes: &[u8], options: &ParseOptions<'_>) -> Result<(Facts, Named), ParseError> {
    let header = Header::read(bytes)?;
    let named = Named::by_caller(&header, &options.columns)?;
    let chosen = chosen(bytes, &header, named)?;
    let signals = chosen.signals;
    let mut rows = Rows::of(bytes, signals);
    let (mut records, mut last) = (0_u32, Span::ZERO);
    while let Some(sample) = rows.next() {
        records = records.saturating_add(1);
        last = sample.at;
    }
    if records == 0 {
        return Err(ParseError::at_byte(ParseErrorKind::NoSamples, bytes.len()));
    }
    let interval = Span::from_secs(signals.period);
    let told = header.start();
    let (start, start_source) =
        told.moment.map_or_else(|| name::start(options.file_name), |start| (start, StartSource::Recorded));
    let readings = signals.count.saturating_mul(signals.spo2.samples());
    let kept = records.saturating_add(rows.empty);
    let notices = Notices {
        date_order_rule: told.rule,
        start_doubtful: told.is_doubtful,
        start_source,
        readings_skipped: u32::try_from(readings).unwrap_or(u32::MAX).saturating_sub(kept),
        rounded_readings: rows.rounded.rounded_readings,
        largest_rounding_pct: rows.rounded.largest_rounding_pct,
        ..chosen.notices()
    };
    let facts = Facts {
        bytes: bytes.len(),
        start,
        interval,
        span: last.plus(interval),
        records,
        notices,
        device: None,
    };
    Ok((facts, named))
}

/// The numbers of the signals that the caller named, from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Named {
    spo2: Option<usize>,
    pulse: Option<usize>,
    motion: Option<usize>,
}

impl Named {
    /// # Errors
    /// There is no such signal, or a column for the time was named.
    fn by_caller(header: &Header<'_>, choice: &ColumnChoice<'_>) -> Result<Self, ParseError> {
        let labels = || header.signals().map(|signal| signal.label);
        let none = |name| {
            ParseError::at_byte(ParseErrorKind::NoSuchColumn(name), header::FIXED_LEN).listing(labels())
        };
        let number = |name, column: Option<ColumnName<'_>>| {
            let Some(column) = column else { return Ok(None) };
            let place = column.place(labels()).filter(|&at| at < labels().count());
            place.map(Some).ok_or(none(name))
        };
        if choice.time.is_some() {
            return Err(none("time"));
        }
        Ok(Self {
            spo2: number("spo2", choice.spo2)?,
            pulse: number("pulse", choice.pulse)?,
            motion: number("motion", choice.motion)?,
        })
    }
}

impl Chosen {
    fn notices(&self) -> Notices {
        let count = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
        Notices {
            truncated_bytes: count(self.records.missing),
            unread_bytes: count(self.records.unread),
            not_finalised: self.records.is_count_short,
            signals_left_out: self.left_out,
            spo2_label: self.spo2_label,
            pulse_label: self.pulse_label,
            ..Notices::default()
        }
    }
}

/// Which signals are read. A signal beside SpO2 whose description cannot be true is left out.
fn chosen(bytes: &[u8], header: &Header<'_>, named: Named) -> Result<Chosen, ParseError> {
    let labels = header.signals().map(|signal| signal.label);
    let no_oximetry = ParseError::at_byte(ParseErrorKind::NoOximetry, header::FIXED_LEN).listing(labels);
    let (records, record_len, duration_us) =
        (header.records(bytes)?, header.record_len()?, header.duration_us()?);
    let data =
        Data::new(bytes.get(header.len()..).unwrap_or_default(), record_len, records.count, duration_us);
    let is_reading = |value: u32| Spo2::from_device(value).is_some();
    let spo2 =
        choose(header, &data, named.spo2, |signal| labels::spo2(signal.label, signal.unit), is_reading);
    let is_beats = |value: u32| PulseRate::from_device(value).is_some();
    let pulse =
        choose(header, &data, named.pulse, |signal| labels::pulse(signal.label, signal.unit), is_beats);
    let motion = choose(header, &data, named.motion, |signal| labels::motion(signal.label), |_| true);
    let reminder = choose(header, &data, None, |signal| labels::reminder(signal.label), |_| true);
    let (spo2_signal, spo2_label) = spo2.found.ok_or(spo2.broken.unwrap_or(no_oximetry))?;
    let annotations = header.signals().find(|signal| signal.label == b"EDF Annotations");
    let signal = |choice: &Choice<'_>| choice.found.map(|(signal, _)| signal);
    let signals = Signals {
        begin: header.len(),
        record_len,
        count: records.count,
        duration_us,
        period: period(duration_us, spo2_signal.samples()).ok_or(header.bad_rate())?,
        spo2: spo2_signal,
        pulse: signal(&pulse),
        motion: signal(&motion),
        reminder: signal(&reminder),
        onsets: annotations.filter(|_| header.is_discontinuous()).map(|found| found.annotations()),
    };
    let left_out = [&spo2, &pulse, &motion, &reminder].map(|choice| choice.left_out);
    Ok(Chosen {
        signals,
        records,
        spo2_label: Label::new(spo2_label),
        pulse_label: pulse.found.and_then(|(_, label)| Label::new(label)),
        left_out: left_out.iter().fold(0, |sum: u32, &more| sum.saturating_add(more)),
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
    /// Moments at which all signals say that there is no record.
    empty: u32,
    /// SpO2 of the last row with its fraction, percent.
    spo2_pct: Option<f64>,
    /// What was rounded so far.
    rounded: Notices,
}

impl<'a> Rows<'a> {
    /// Reads the header again, which is as cheap as keeping it; no rows where [`layout`] would have failed.
    pub(crate) fn new(bytes: &'a [u8], named: Named) -> Self {
        let chosen = Header::read(bytes).and_then(|header| chosen(bytes, &header, named));
        Self::of(bytes, chosen.map_or(Signals::NONE, |chosen| chosen.signals))
    }

    fn of(bytes: &'a [u8], signals: Signals) -> Self {
        let body = bytes.get(signals.begin..).unwrap_or_default();
        let mut rows = Self {
            bytes: body,
            signals,
            record: 0,
            onset_us: 0,
            first_us: None,
            step: 0,
            previous: None,
            empty: 0,
            spo2_pct: None,
            rounded: Notices::default(),
        };
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
                if let Some(sample) = self.sample(Span::from_secs(at), offset_us) {
                    self.note_fraction(&sample, offset_us);
                    return Some(sample);
                }
                self.empty = self.empty.saturating_add(1);
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

    /// SpO2 of the last row with its fraction, percent; `None` where it has none.
    pub(crate) const fn spo2_pct(&self) -> Option<f64> {
        self.spo2_pct
    }

    fn note_fraction(&mut self, sample: &Sample, offset_us: u64) {
        let fine = || self.signals.spo2.fine(self.data(), offset_us, self.signals.duration_us);
        let (spo2_pct, rounding) = sample.spo2.and_then(|_| fine()).unzip();
        self.spo2_pct = spo2_pct;
        if let Some(by) = rounding.flatten() {
            self.rounded = self.rounded.rounded(1, by);
        }
    }

    /// `None` where an alarm that cannot be, beside no reading, says that there was no record, as this crate writes it.
    fn sample(&self, at: Span, offset_us: u64) -> Option<Sample> {
        let (data, duration_us) = (self.data(), self.signals.duration_us);
        let value = |signal: Option<Signal>| signal.and_then(|s| s.value(data, offset_us, duration_us));
        let alarms = value(self.signals.reminder);
        let sample = Sample {
            at,
            spo2: value(Some(self.signals.spo2)).and_then(Spo2::from_device),
            pulse: value(self.signals.pulse).and_then(PulseRate::from_device),
            motion: value(self.signals.motion).and_then(Motion::from_device),
            alarms: Alarms {
                spo2: alarms.is_some_and(|which| which & 1 != 0),
                pulse: alarms.is_some_and(|which| which & 2 != 0),
            },
        };
        let is_record = self.signals.reminder.is_none() || alarms.is_some() || sample.has_reading();
        is_record.then_some(sample)
    }
}
