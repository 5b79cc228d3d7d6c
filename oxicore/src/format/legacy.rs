//! The ring's own binary ("VLD"), versions 3, 5 and 6: 40 bytes of header, then 5 bytes a record.
//! Byte table: docs/FORMATS.md, "Legacy binary".
#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use core::iter::from_fn;

use crate::batch::{BLOCK, Block, Gathered, SampleSink, hand_over};
use crate::device::DeviceSummary;
use crate::error::{ParseError, ParseErrorKind};
use crate::format::facts::Facts;
use crate::format::hints::ParseOptions;
use crate::notices::Notices;
use crate::sample::{Alarms, Sample};
use crate::time::LocalDateTime;
use crate::units::{Motion, PulseRate, Span, Spo2};

const HEADER_LEN: usize = 40;
const RECORD_LEN: usize = 5;
/// A stored duration may differ from records times interval by so much and still mean it.
const WRAP_TOLERANCE_S: u32 = 16;
const SPO2_ALARM: u8 = 0x80;
const PULSE_ALARM: u8 = 0x40;
/// So many times more changes from pair to pair than inside pairs show that each record was stored twice.
const EVIDENT: usize = 8;

/// Which of the stored records are samples: all of them, or every second one when the device stored each twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Records {
    step: usize,
}

/// Version, mode and a plausible year: enough to say what it wants to be, and to name the field that is wrong.
pub(crate) fn is_legacy(bytes: &[u8]) -> bool {
    let Some(&[version, mode, year_low, year_high]) = bytes.first_chunk::<4>() else {
        return false;
    };
    let year = u16::from_le_bytes([year_low, year_high]);
    matches!(version, 3 | 5 | 6) && mode <= 1 && (2010..=2100).contains(&year)
}

pub(crate) fn layout(bytes: &[u8], options: &ParseOptions<'_>) -> Result<(Facts, Records), ParseError> {
    let Some((header, body)) = bytes.split_first_chunk::<HEADER_LEN>() else {
        return Err(ParseError::at_byte(ParseErrorKind::Truncated, bytes.len()));
    };
    let (stored, _) = body.as_chunks::<RECORD_LEN>();
    if stored.is_empty() {
        return Err(ParseError::at_byte(ParseErrorKind::NoSamples, bytes.len()));
    }
    let start = start(header)?;
    let storage = Storage::of(header, stored);
    let step = if storage == Storage::Twice { 2 } else { 1 };
    let told = interval(header, stored.len(), storage);
    let interval = told.map_or_else(|| options.interval_or(usual_interval(header)), Ok)?;
    let records = u32::try_from(stored.len().div_ceil(step)).map_err(|_| too_large())?;
    let span = records.checked_mul(interval).ok_or_else(too_large)?;
    let notices = Notices {
        truncated_bytes: truncated_bytes(header, bytes.len(), storage),
        interval_assumed: told.is_none(),
        duplicates_removed: if storage == Storage::Twice { records } else { 0 },
        record_size_doubtful: fits_records_of_four(bytes),
        ..Notices::default()
    };
    let facts = Facts {
        bytes: bytes.len(),
        start,
        interval: Span::from_secs(interval),
        span: Span::from_secs(span),
        records,
        notices,
        device: Some(device_summary(header, span)),
    };
    Ok((facts, Records { step }))
}

/// Whether the file is as long as one of BabyO2 S3, whose head of 13 bytes begins like this one and whose records have 4
/// bytes, and has no whole records of 5 (docs/FORMATS.md, "Plausibility").
fn fits_records_of_four(bytes: &[u8]) -> bool {
    const HEAD: usize = 13;
    const RESULT: usize = 27;
    const SLEEP: usize = 40;
    let has = |len: usize, record: usize| {
        bytes.len().checked_sub(len).is_some_and(|body| body.is_multiple_of(record))
    };
    let declared =
        bytes.get(9..HEAD).and_then(|size| size.first_chunk()).map(|&size| u32::from_le_bytes(size));
    let is_whole = declared.and_then(|size| usize::try_from(size).ok()) == Some(bytes.len());
    is_whole && !has(HEADER_LEN, RECORD_LEN) && (has(HEAD, 4) || has(HEAD + RESULT + SLEEP, 4))
}

const fn too_large() -> ParseError {
    ParseError::at_byte(ParseErrorKind::TooLarge, 0)
}

const fn u16_at(header: &[u8; HEADER_LEN], offset: usize) -> u16 {
    match header.split_at(offset).1.first_chunk::<2>() {
        Some(bytes) => u16::from_le_bytes(*bytes),
        None => 0,
    }
}

fn start(header: &[u8; HEADER_LEN]) -> Result<LocalDateTime, ParseError> {
    let &[_, _, y0, y1, month, day, hour, minute, second, ..] = header;
    let year = u16::from_le_bytes([y0, y1]);
    let bad = |name, offset| Err(ParseError::at_byte(ParseErrorKind::BadField(name), offset));
    match () {
        () if !(1..=12).contains(&month) => bad("month", 4),
        () if hour > 23 => bad("hour", 6),
        () if minute > 59 => bad("minute", 7),
        () if second > 59 => bad("second", 8),
        () => LocalDateTime::new((year, month, day), (hour, minute, second))
            .ok_or(ParseError::at_byte(ParseErrorKind::BadField("day"), 5)),
    }
}

/// The size the header declares, where it can be one (a header and whole records).
fn declared_records(header: &[u8; HEADER_LEN]) -> Option<usize> {
    let &[_, _, _, _, _, _, _, _, _, a, b, c, d, ..] = header;
    let records_len = usize::try_from(u32::from_le_bytes([a, b, c, d])).ok()?.checked_sub(HEADER_LEN)?;
    (records_len > 0 && records_len.is_multiple_of(RECORD_LEN)).then(|| records_len.div_euclid(RECORD_LEN))
}

fn rounded_interval(duration_s: u16, records: usize) -> Option<u32> {
    let (duration, records) = (u64::from(duration_s), u64::try_from(records).ok()?);
    let twice = duration.checked_mul(2)?.checked_add(records)?;
    let seconds = twice.checked_div(records.checked_mul(2)?)?;
    u32::try_from(seconds).ok().filter(|s| matches!(s, 1 | 2 | 4))
}

/// How often the device stored each record. Some version 3 devices store those of every 4 seconds twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Storage {
    Once,
    Twice,
    /// Twice, but a pair differs: which of the two is right nobody knows, so both stay.
    TwiceButDamaged,
}

impl Storage {
    /// Every pair is equal to the byte, and the duration gives 2 s a record, or the header declares the distinct
    /// records only. What is left of a cut file must show it by itself: the records change, but not inside pairs.
    fn of(header: &[u8; HEADER_LEN], stored: &[[u8; RECORD_LEN]]) -> Self {
        let (len, declared) = (stored.len(), declared_records(header).unwrap_or(0));
        let told = declared_interval(header);
        let by_duration = len.is_multiple_of(2) && rounded_interval(u16_at(header, 13), len) == Some(2);
        let is_longer = declared < len && told == Some(4);
        let is_cut = declared > len && matches!(told, Some(2 | 4));
        if header.first() != Some(&3) || !(by_duration || is_longer || is_cut) {
            return Self::Once;
        }
        let (inside, between) = changes(stored);
        let is_evident = between >= inside.saturating_add(1).saturating_mul(EVIDENT);
        match inside {
            0 if by_duration || is_longer || is_evident => Self::Twice,
            1.. if is_longer && (declared.checked_mul(2) == Some(len) || is_evident) => Self::TwiceButDamaged,
            1.. if is_cut && is_evident => Self::TwiceButDamaged,
            _ => Self::Once,
        }
    }
}

/// Counts the pairs of records that differ inside, and those that differ from the pair before.
fn changes(stored: &[[u8; RECORD_LEN]]) -> (usize, usize) {
    let (pairs, _) = stored.as_chunks::<2>();
    let inside = pairs.iter().filter(|[a, b]| a != b).count();
    let between = pairs.windows(2).filter(|two| matches!(two, [[_, a], [b, _]] if a != b)).count();
    (inside, between)
}

/// Seconds between the records that the header declares, where its duration fits them.
fn declared_interval(header: &[u8; HEADER_LEN]) -> Option<u32> {
    declared_records(header).and_then(|n| rounded_interval(u16_at(header, 13), n))
}

/// Seconds between records, where the header tells.
fn interval(header: &[u8; HEADER_LEN], stored: usize, storage: Storage) -> Option<u32> {
    let duration = u16_at(header, 13);
    match storage {
        Storage::Twice => Some(4),
        Storage::TwiceButDamaged => Some(2),
        Storage::Once => wrapped_interval(duration, declared_records(header).unwrap_or(stored))
            .or_else(|| declared_interval(header))
            .or_else(|| rounded_interval(duration, stored)),
    }
}

fn usual_interval(header: &[u8; HEADER_LEN]) -> Span {
    Span::from_secs(if header.first() == Some(&3) { 4 } else { 2 })
}

/// The interval of a recording too long for its 16-bit duration: the one whose true duration, less the lost bits,
/// is the stored one to within a few seconds.
fn wrapped_interval(duration_s: u16, records: usize) -> Option<u32> {
    [4_u32, 2].into_iter().find(|&interval| {
        let length = u32::try_from(records).ok().and_then(|n| n.checked_mul(interval)).unwrap_or(0);
        let lost_bits = length.wrapping_sub(duration_s.into()).wrapping_add(WRAP_TOLERANCE_S) & 0xffff;
        let is_plain = |i| {
            u32::try_from(records)
                .is_ok_and(|n| n.saturating_mul(i).abs_diff(duration_s.into()) <= WRAP_TOLERANCE_S)
        };
        duration_s > 0
            && length > u32::from(u16::MAX)
            && lost_bits <= WRAP_TOLERANCE_S.saturating_mul(2)
            && !is_plain(1)
            && !is_plain(2)
    })
}

/// Bytes the file is short of: by its declared size, or to the end of its last record.
fn truncated_bytes(header: &[u8; HEADER_LEN], len: usize, storage: Storage) -> u32 {
    let body = len.saturating_sub(HEADER_LEN);
    let declares_distinct = storage != Storage::Once && declared_interval(header) == Some(4);
    let copies = if declares_distinct { 2 } else { 1 };
    let declared = declared_records(header).unwrap_or(0).saturating_mul(RECORD_LEN).saturating_mul(copies);
    let to_record_end = body.next_multiple_of(RECORD_LEN).saturating_sub(body);
    u32::try_from(declared.saturating_sub(body).max(to_record_end)).unwrap_or(u32::MAX)
}

/// The device's own figures; `span_s` gives back the bits that a duration over 18 hours has lost.
fn device_summary(header: &[u8; HEADER_LEN], span_s: u32) -> DeviceSummary {
    let byte = |at: usize| header.get(at).copied().unwrap_or(0);
    let stored = u32::from(u16_at(header, 13));
    let missing = span_s.saturating_add(WRAP_TOLERANCE_S).saturating_sub(stored);
    let has_wrapped = missing & 0xffff <= WRAP_TOLERANCE_S.saturating_mul(2);
    let duration = stored.saturating_add(if has_wrapped { missing & !0xffff } else { 0 });
    DeviceSummary {
        duration_s: (stored > 0).then_some(duration),
        mean_pct: Spo2::from_device(byte(17).into()),
        min_pct: Spo2::from_device(byte(18).into()),
        drops3: byte(19),
        drops4: byte(20),
        below_90_pct: byte(21),
        below_90_s: u16_at(header, 22),
        dips_below_90: byte(24),
        score_tenths: Some(byte(25)).filter(|&score| score != 255),
        mean_bpm: PulseRate::from_device(byte(30).into()),
    }
}

/// The records, read bytewise: pulse is unaligned in every second one.
#[derive(Clone)]
pub(crate) struct Rows<'a> {
    stored: &'a [[u8; RECORD_LEN]],
    step: usize,
    at: Span,
    interval: Span,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(bytes: &'a [u8], records: Records, interval: Span) -> Self {
        let body = bytes.get(HEADER_LEN..).unwrap_or_default();
        Self { stored: body.as_chunks().0, step: records.step, at: Span::ZERO, interval }
    }

    #[inline]
    pub(crate) fn next(&mut self) -> Option<Sample> {
        let &[spo2, pulse_low, pulse_high, motion, flags] = self.stored.first()?;
        self.stored = self.stored.get(self.step..).unwrap_or_default();
        let at = self.at;
        self.at = at.plus(self.interval);
        Some(Sample {
            at,
            spo2: Spo2::from_device(spo2.into()),
            pulse: PulseRate::from_device(u16::from_le_bytes([pulse_low, pulse_high]).into()),
            motion: Motion::from_device(motion.into()),
            alarms: Alarms { spo2: flags & SPO2_ALARM != 0, pulse: flags & PULSE_ALARM != 0 },
        })
    }

    /// Hands the samples to `sink`, not more than `limit`: whole blocks at once where the records are plain.
    pub(crate) fn hand_to(mut self, limit: usize, sink: &mut dyn SampleSink) {
        let mut gathered = Gathered::EMPTY;
        let mut left = limit;
        while let Some(stored) =
            self.stored.first_chunk::<BLOCK>().filter(|_| self.step == 1 && left >= BLOCK)
        {
            match gathered.records(stored, self.at, self.interval) {
                Some(block) => {
                    sink.block(&block);
                    self.skip_block();
                }
                None => hand_over(from_fn(|| self.next()).take(BLOCK), sink),
            }
            left = left.saturating_sub(BLOCK);
        }
        hand_over(from_fn(|| self.next()).take(left), sink);
    }

    fn skip_block(&mut self) {
        const RECORDS: u32 = BLOCK as u32;
        self.stored = self.stored.get(BLOCK..).unwrap_or_default();
        self.at = self.at.plus(Span::from_secs(self.interval.as_secs().wrapping_mul(RECORDS)));
    }
}

impl Gathered {
    /// Fills the block with records one interval apart from `start` on, unless one has a reminder or a pulse that
    /// takes both bytes. Loops without a branch, which the compiler turns into vectors.
    fn records(
        &mut self,
        stored: &[[u8; RECORD_LEN]; BLOCK],
        start: Span,
        interval: Span,
    ) -> Option<Block<'_>> {
        let mut other = 0;
        let values = self.spo2.iter_mut().zip(&mut self.pulse).zip(&mut self.motion);
        for (&[spo2, pulse, pulse_high, motion, flags], ((to_spo2, to_pulse), to_motion)) in
            stored.iter().zip(values)
        {
            (*to_spo2, *to_pulse, *to_motion) = (spo2, pulse, motion);
            other |= pulse_high | flags;
        }
        self.spo2.iter_mut().for_each(|pct| *pct = if *pct > 100 { 0 } else { *pct });
        self.pulse.iter_mut().for_each(|bpm| *bpm = if *bpm == 255 { 0 } else { *bpm });
        for (at, record) in self.at.iter_mut().zip(0_u32..) {
            *at = start.as_secs().wrapping_add(interval.as_secs().wrapping_mul(record));
        }
        (other == 0).then(|| self.block(BLOCK))
    }
}
