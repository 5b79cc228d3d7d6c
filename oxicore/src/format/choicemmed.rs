//! ChoiceMMed MedView `.dat` (MD300 and relatives): 3 bytes of header, 11 bytes a record with its own time, and a
//! report after the records that is not read. Byte table: docs/FORMATS.md, "ChoiceMMed".
#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use super::steps::Steps;
use super::timeline::{By, Placed, Timeline};
use crate::error::{ParseError, ParseErrorKind};
use crate::format::facts::Facts;
use crate::notices::Notices;
use crate::sample::{Alarms, Sample};
use crate::time::LocalDateTime;
use crate::units::{PulseRate, Span, Spo2};

const HEADER_LEN: usize = 3;
const RECORD_LEN: usize = 11;
type Record = [u8; RECORD_LEN];

/// How many of the stored records there are; what follows them is a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Records {
    count: usize,
}

/// A count, and records that begin with two zeros and have a time.
pub(crate) fn is_choicemmed(bytes: &[u8]) -> bool {
    let (count, records) = parts(bytes);
    let head = records.get(..records.len().min(16)).unwrap_or_default();
    count > 0 && !head.is_empty() && head.iter().all(|r| r.starts_with(&[0, 0]) && time(r).is_some())
}

/// The declared count, and the whole records there are: so many, and those that go on after them, because a count of 16
/// bits is too narrow for a night of 18 hours and is not always brought up to date.
fn parts(bytes: &[u8]) -> (usize, &[Record]) {
    let Some((&[_, low, high], body)) = bytes.split_first_chunk::<HEADER_LEN>() else { return (0, &[]) };
    let count = usize::from(u16::from_le_bytes([low, high]));
    let (records, _) = body.as_chunks();
    let last = count.saturating_sub(1);
    let going_on = records.get(last..).unwrap_or_default().windows(2).take_while(|pair| go_on(pair)).count();
    (count, records.get(..count.saturating_add(going_on)).unwrap_or(records))
}

/// Whether the second of two records is of the same device, and within a minute after the first.
fn go_on(pair: &[Record]) -> bool {
    const LONGEST_STEP_S: i64 = 60;
    let [before, after] = pair else { return false };
    let step = time(before).zip(time(after)).map(|(a, b)| b.unix_seconds().saturating_sub(a.unix_seconds()));
    after.starts_with(&[0, 0])
        && before.get(2) == after.get(2)
        && step.is_some_and(|s| (1..=LONGEST_STEP_S).contains(&s))
}

fn time(record: &Record) -> Option<LocalDateTime> {
    let &[_, _, _, year, month, day, hour, minute, second, _, _] = record;
    let year = u16::from(year).checked_add(2000).filter(|_| year < 100)?;
    LocalDateTime::new((year, month, day), (hour, minute, second))
}

pub(crate) fn layout(bytes: &[u8]) -> Result<(Facts, Records), ParseError> {
    let (count, records) = parts(bytes);
    let mut steps = Steps::up_to(Steps::FIRST);
    for (index, record) in records.iter().enumerate() {
        steps.add(time(record).ok_or(bad_time(index))?.unix_seconds());
    }
    let start = records.first().and_then(time);
    let start = start.ok_or(ParseError::at_byte(ParseErrorKind::NoSamples, bytes.len()))?;
    let interval = steps.most_frequent().unwrap_or(Span::from_secs(1));
    let missing = count.saturating_sub(records.len()).saturating_mul(RECORD_LEN);
    let partial = bytes.len().saturating_sub(HEADER_LEN).wrapping_rem(RECORD_LEN);
    let truncated = if missing > 0 { missing.saturating_sub(partial) } else { 0 };
    let passed = Passed::over(records, start, interval)?;
    let facts = Facts {
        bytes: bytes.len(),
        start,
        interval,
        span: passed.last.plus(interval),
        records: passed.records,
        notices: Notices {
            truncated_bytes: u32::try_from(truncated).unwrap_or(u32::MAX),
            rows_retimed: passed.retimed,
            unread_bytes: unread_bytes(bytes, records.len()),
            not_finalised: is_count_short(count, records.len()),
            ..Notices::default()
        }
        .clock_judged(passed.records),
        device: None,
    };
    Ok((facts, Records { count: records.len() }))
}

/// Whether the count is neither that of the records nor what 16 bits leave of it.
fn is_count_short(count: usize, records: usize) -> bool {
    records > count && records & usize::from(u16::MAX) != count
}

/// Bytes of what looks like records behind those that are read, before the report.
fn unread_bytes(bytes: &[u8], read: usize) -> u32 {
    let (records, _) = bytes.get(HEADER_LEN..).unwrap_or_default().as_chunks::<RECORD_LEN>();
    let rest = records.get(read..).unwrap_or_default();
    let like = |record: &&Record| record.starts_with(&[0, 0]) && time(record).is_some();
    let records = rest.iter().take_while(like).count();
    u32::try_from(records.saturating_mul(RECORD_LEN)).unwrap_or(u32::MAX)
}

fn bad_time(index: usize) -> ParseError {
    let offset = index.saturating_mul(RECORD_LEN).saturating_add(HEADER_LEN).saturating_add(3);
    ParseError::at_byte(ParseErrorKind::BadField("time"), offset)
}

/// How many records there are, where the last one stands, and how many had a clock that did not run.
#[derive(Default)]
struct Passed {
    records: u32,
    last: Span,
    retimed: u32,
}

impl Passed {
    /// Fails where a record does not end within the 136 years that times can count.
    fn over(records: &[Record], start: LocalDateTime, interval: Span) -> Result<Self, ParseError> {
        let mut timeline = Timeline::new(start, interval);
        records.iter().try_fold(Self::default(), |passed, record| {
            let Placed { at, by } = timeline.place(time(record));
            if at.as_secs().checked_add(interval.as_secs()).is_none() {
                return Err(ParseError::at_byte(ParseErrorKind::TooLarge, 0));
            }
            Ok(Self {
                records: passed.records.saturating_add(1),
                last: at,
                retimed: passed.retimed.saturating_add((by != By::Clock).into()),
            })
        })
    }
}

/// The records, each at its own time.
#[derive(Clone)]
pub(crate) struct Rows<'a> {
    stored: core::slice::Iter<'a, Record>,
    timeline: Timeline,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(bytes: &'a [u8], records: Records, start: LocalDateTime, interval: Span) -> Self {
        let stored = parts(bytes).1;
        let stored = stored.get(..records.count).unwrap_or(stored);
        Self { stored: stored.iter(), timeline: Timeline::new(start, interval) }
    }

    pub(crate) fn next(&mut self) -> Option<Sample> {
        let record = self.stored.next()?;
        let &[.., spo2, pulse] = record;
        Some(Sample {
            at: self.timeline.place(time(record)).at,
            spo2: Spo2::from_device(spo2.into()),
            pulse: PulseRate::from_device(pulse.into()),
            motion: None,
            alarms: Alarms::default(),
        })
    }
}
