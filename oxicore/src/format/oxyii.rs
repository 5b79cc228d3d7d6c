//! The binary of O2Ring S and newer ("OxyII", "Format A"): 10 bytes of header, 3 or 2 bytes a record, and 48 bytes
//! of trailer once the ring has finished the file. Byte tables: docs/FORMATS.md, "OxyII".
#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

mod trailer;

use super::name;
use crate::error::{ParseError, ParseErrorKind};
use crate::format::facts::Facts;
use crate::format::hints::ParseOptions;
use crate::notices::{Notices, StartSource};
use crate::sample::{Alarms, Sample};
use crate::time::LocalDateTime;
use crate::units::{Motion, PulseRate, Span, Spo2};
use trailer::{HEADER_LEN, Shape, Trailer, sum_of};

const OXIMETRY: u8 = 3;
const USUAL_INTERVAL: Span = Span::from_secs(1);
const MOTION: u8 = 0x3f;
const PULSE_ALARM: u8 = 0x40;
const SPO2_ALARM: u8 = 0x80;

/// Where the records lie: from the end of the header to `end`, `size` bytes each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Records {
    size: usize,
    end: usize,
}

/// Version 1 with the trailer's magic in its place, or the header of an oximetry file.
pub(crate) fn is_oxyii(bytes: &[u8]) -> bool {
    let is_finished = trailer::magic_is_in_place(bytes);
    match bytes.first_chunk::<HEADER_LEN>() {
        Some([1, OXIMETRY, 0, 0, 0, 0, 0, 0, _, _]) => true,
        Some([1, ..]) => is_finished,
        _ => false,
    }
}

pub(crate) fn layout(bytes: &[u8], options: &ParseOptions<'_>) -> Result<(Facts, Records), ParseError> {
    if bytes.get(1) != Some(&OXIMETRY) {
        return Err(ParseError::at_byte(ParseErrorKind::BadField("file type"), 1));
    }
    let shape = Shape::of(bytes);
    let body = shape.end.saturating_sub(HEADER_LEN);
    let size = shape.trailer.record_len(body);
    let records = body.checked_div(size).unwrap_or(0);
    if records == 0 {
        return Err(ParseError::at_byte(ParseErrorKind::NoSamples, shape.end));
    }
    let stored_interval = shape.trailer.interval_s();
    let interval = stored_interval.map_or_else(|| options.interval_or(USUAL_INTERVAL), Ok)?;
    let too_large = ParseError::at_byte(ParseErrorKind::TooLarge, 0);
    let records = u32::try_from(records).map_err(|_| too_large)?;
    let span = records.checked_mul(interval).ok_or(too_large)?;
    let (start, start_source) = start(&shape.trailer, options.file_name);
    let notices = Notices {
        truncated_bytes: truncated_bytes(&shape, body, size),
        interval_assumed: stored_interval.is_none(),
        not_finalised: shape.is_unfinished(),
        checksum_mismatch: shape.trailer.checksum().is_some_and(|sum| sum != sum_of(bytes, shape.end)),
        start_source,
        ..Notices::default()
    };
    let facts = Facts {
        bytes: bytes.len(),
        start,
        interval: Span::from_secs(interval),
        span: Span::from_secs(span),
        records,
        notices,
        device: shape.trailer.device_summary(),
    };
    Ok((facts, Records { size, end: shape.end }))
}

fn start(trailer: &Trailer<'_>, file_name: Option<&str>) -> (LocalDateTime, StartSource) {
    let recorded = trailer.start().map(|start| (start, StartSource::Recorded));
    recorded.unwrap_or_else(|| name::start(file_name))
}

/// Bytes the file is short of: of its trailer, of its last record, and of the records the trailer counts.
fn truncated_bytes(shape: &Shape<'_>, body: usize, size: usize) -> u32 {
    let to_record_end = body.next_multiple_of(size.max(1)).saturating_sub(body);
    let counted = shape.trailer.count().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let to_count = counted.saturating_mul(size).saturating_sub(body);
    let missing = shape.trailer_bytes_missing.saturating_add(to_record_end.max(to_count));
    u32::try_from(missing).unwrap_or(u32::MAX)
}

/// The records. The third byte, where there is one, holds motion and both alarms.
#[derive(Clone)]
pub(crate) struct Rows<'a> {
    stored: core::slice::ChunksExact<'a, u8>,
    at: Span,
    interval: Span,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(bytes: &'a [u8], records: Records, interval: Span) -> Self {
        let body = bytes.get(HEADER_LEN..records.end).unwrap_or_default();
        Self { stored: body.chunks_exact(records.size.max(2)), at: Span::ZERO, interval }
    }

    pub(crate) fn next(&mut self) -> Option<Sample> {
        let record = self.stored.next()?;
        let &[spo2, pulse] = record.first_chunk::<2>()?;
        let flags = record.get(2).copied();
        let is_set = |bit| flags.is_some_and(|f| f & bit != 0);
        let at = self.at;
        self.at = at.plus(self.interval);
        Some(Sample {
            at,
            spo2: Spo2::from_device(spo2.into()),
            pulse: PulseRate::from_device(pulse.into()),
            motion: flags.and_then(|f| Motion::from_device((f & MOTION).into())),
            alarms: Alarms { spo2: is_set(SPO2_ALARM), pulse: is_set(PULSE_ALARM) },
        })
    }
}
