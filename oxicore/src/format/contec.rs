//! Contec CMS50: `.spo2` with a binary date, `.spoR` and `.spo` with a date in text. One record a second.
//! Byte tables: docs/FORMATS.md, "Contec".
#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use super::name;
use crate::error::{ParseError, ParseErrorKind};
use crate::format::facts::Facts;
use crate::notices::{Notices, StartSource};
use crate::sample::{Alarms, Sample};
use crate::time::LocalDateTime;
use crate::units::{PulseRate, Span, Spo2};

const INTERVAL: Span = Span::from_secs(1);
/// `.spo2`: bytes between the block that the first field points at and the date.
const BEFORE_DATE: usize = 200;
/// `.spo2`: six numbers of the date and the record count, 4 bytes each.
const DATE_AND_COUNT: usize = 28;
/// `.spoR`: where the date begins, 16 bits a character.
const TEXT_AT: usize = 8;
const TEXT_CHARS: usize = 17;

/// Where the records lie and how they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Records {
    begin: usize,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// SpO2, pulse.
    Spo2,
    /// Two bytes of something else, SpO2, pulse.
    LongSpo2,
    /// Pulse, SpO2.
    Spor,
}

impl Kind {
    const fn record_len(self) -> usize {
        match self {
            Self::LongSpo2 => 4,
            Self::Spo2 | Self::Spor => 2,
        }
    }
}

/// A date where one of the two kinds has it.
pub(crate) fn is_contec(bytes: &[u8]) -> bool {
    spo2_block(bytes).is_some_and(|block| block.start.is_some())
        || (spor_begin(bytes).is_some() && spor_start(bytes).is_some())
}

/// A file without a date is known by its extension.
pub(crate) fn is_named_contec(bytes: &[u8], file_name: Option<&str>) -> bool {
    let is_spo2 = has_extension(file_name, "spo2") && spo2_block(bytes).is_some_and(|block| block.count > 0);
    is_spo2 || (is_named_spor(file_name) && spor_begin(bytes).is_some())
}

fn is_named_spor(file_name: Option<&str>) -> bool {
    has_extension(file_name, "spor") || has_extension(file_name, "spo")
}

fn has_extension(file_name: Option<&str>, wanted: &str) -> bool {
    let mut parts = file_name.unwrap_or_default().as_bytes().rsplit(|&byte| byte == b'.');
    let extension = parts.next().filter(|_| parts.next().is_some());
    extension.is_some_and(|extension| extension.eq_ignore_ascii_case(wanted.as_bytes()))
}

pub(crate) fn layout(bytes: &[u8], file_name: Option<&str>) -> Result<(Facts, Records), ParseError> {
    let is_text = spor_start(bytes).is_some() || is_named_spor(file_name);
    let (records, start) = if is_text { spor(bytes)? } else { spo2(bytes)? };
    let stored = bytes.len().saturating_sub(records.begin);
    let len = stored.div_euclid(records.kind.record_len());
    if len == 0 {
        return Err(ParseError::at_byte(ParseErrorKind::NoSamples, bytes.len()));
    }
    let len = u32::try_from(len).map_err(|_| ParseError::at_byte(ParseErrorKind::TooLarge, 0))?;
    let (start, start_source) =
        start.map_or_else(|| name::start(file_name), |start| (start, StartSource::Recorded));
    let cut = u32::from(!stored.is_multiple_of(records.kind.record_len()));
    let facts = Facts {
        bytes: bytes.len(),
        start,
        interval: INTERVAL,
        span: Span::from_secs(len),
        records: len,
        notices: Notices { truncated_bytes: cut, start_source, ..Notices::default() },
        device: None,
    };
    Ok((facts, records))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().copied().map(u32::from_le_bytes)
}

/// What the first two bytes point at.
fn pointed(bytes: &[u8]) -> Option<usize> {
    let at = usize::from(u16::from_le_bytes(*bytes.first_chunk()?));
    (2..bytes.len()).contains(&at).then_some(at)
}

struct Spo2Block {
    start: Option<LocalDateTime>,
    count: usize,
    count_at: usize,
    begin: usize,
}

fn spo2_block(bytes: &[u8]) -> Option<Spo2Block> {
    let at = pointed(bytes)?.checked_add(BEFORE_DATE)?;
    let field = |index: usize| u32_at(bytes, at.checked_add(index.checked_mul(4)?)?);
    let small = |index| u8::try_from(field(index)?).ok();
    let date = (u16::try_from(field(0)?).ok()?, small(1)?, small(2)?);
    let clock = (small(3)?, small(4)?, small(5)?);
    let start = LocalDateTime::new(date, clock).filter(|_| date.0 >= 2000);
    let count = usize::try_from(field(6)?).ok()?;
    Some(Spo2Block { start, count, count_at: at.checked_add(24)?, begin: at.checked_add(DATE_AND_COUNT)? })
}

/// The length of a record is only told by count and file length, so both must agree to the byte.
fn spo2(bytes: &[u8]) -> Result<(Records, Option<LocalDateTime>), ParseError> {
    let truncated = ParseError::at_byte(ParseErrorKind::Truncated, bytes.len());
    let block = spo2_block(bytes).ok_or(truncated)?;
    if block.count == 0 {
        return Err(ParseError::at_byte(ParseErrorKind::NoSamples, block.count_at));
    }
    let stored = bytes.len().saturating_sub(block.begin);
    let kind = [Kind::Spo2, Kind::LongSpo2]
        .into_iter()
        .find(|kind| block.count.checked_mul(kind.record_len()) == Some(stored));
    let wrong = ParseError::at_byte(ParseErrorKind::BadField("record count"), block.count_at);
    Ok((Records { begin: block.begin, kind: kind.ok_or(wrong)? }, block.start))
}

fn spor_begin(bytes: &[u8]) -> Option<usize> {
    let text_end = TEXT_AT.checked_add(TEXT_CHARS.checked_mul(2)?)?;
    pointed(bytes).filter(|&at| at >= text_end)
}

fn spor(bytes: &[u8]) -> Result<(Records, Option<LocalDateTime>), ParseError> {
    let begin = spor_begin(bytes).ok_or(ParseError::at_byte(ParseErrorKind::BadField("start of data"), 0))?;
    Ok((Records { begin, kind: Kind::Spor }, spor_start(bytes)))
}

/// `MM/dd/yy HH:mm:ss`, 16 bits a character; the century is this one.
fn spor_start(bytes: &[u8]) -> Option<LocalDateTime> {
    const PATTERN: &[u8; TEXT_CHARS] = b"00/00/00 00:00:00";
    let (pairs, _) = bytes.get(TEXT_AT..)?.as_chunks::<2>();
    let pairs = pairs.get(..TEXT_CHARS)?;
    let fits = |(&[low, high], &wanted): (&[u8; 2], &u8)| {
        high == 0 && if wanted == b'0' { low.is_ascii_digit() } else { low == wanted }
    };
    if !pairs.iter().zip(PATTERN).all(fits) {
        return None;
    }
    let digit = |at: usize| pairs.get(at).map_or(0, |&[low, _]| low.wrapping_sub(b'0'));
    let two = |at: usize| digit(at).wrapping_mul(10).wrapping_add(digit(at.wrapping_add(1)));
    let year = u16::from(two(6)).saturating_add(2000);
    LocalDateTime::new((year, two(0), two(3)), (two(9), two(12), two(15)))
}

/// The records.
#[derive(Clone)]
pub(crate) struct Rows<'a> {
    stored: core::slice::ChunksExact<'a, u8>,
    kind: Kind,
    at: Span,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(bytes: &'a [u8], records: Records) -> Self {
        let stored = bytes.get(records.begin..).unwrap_or_default();
        Self { stored: stored.chunks_exact(records.kind.record_len()), kind: records.kind, at: Span::ZERO }
    }

    pub(crate) fn next(&mut self) -> Option<Sample> {
        let (spo2, pulse) = match (self.kind, self.stored.next()?) {
            (Kind::Spo2, &[spo2, pulse]) | (Kind::LongSpo2, &[_, _, spo2, pulse]) => (spo2, pulse),
            (Kind::Spor, &[pulse, spo2]) => (spo2, pulse),
            _ => return None,
        };
        let is_none = |byte| matches!(byte, 0x7f | 0xff);
        let is_off = is_none(spo2) && is_none(pulse);
        let at = self.at;
        self.at = at.plus(INTERVAL);
        Some(Sample {
            at,
            spo2: Spo2::from_device(spo2.into()),
            pulse: PulseRate::from_device(pulse.into()).filter(|_| !is_off),
            motion: None,
            alarms: Alarms::default(),
        })
    }
}
