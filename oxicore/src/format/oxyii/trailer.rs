//! The end of an OxyII file: the trailer where it is whole, and what it looks like where it is not.
//! Source: docs/FORMATS.md, "OxyII trailer".

use crate::device::DeviceSummary;
use crate::time::LocalDateTime;
use crate::units::{PulseRate, Spo2};

/// Bytes before the records.
pub(super) const HEADER_LEN: usize = 10;

pub(super) const MAGIC: [u8; 4] = [0x48, 0x12, 0x5a, 0xda];
const TRAILER_LEN: usize = 48;
/// A merging tool keeps the trailer from its record count on.
const MERGED_FROM: usize = 12;
/// A finished file cut inside its trailer still shows the magic within so many bytes of its end.
const TAIL: usize = 2 * TRAILER_LEN;

/// The end of the records, and what of a trailer follows them.
pub(super) struct Shape<'a> {
    pub(super) end: usize,
    pub(super) trailer: Trailer<'a>,
    pub(super) trailer_bytes_missing: usize,
}

/// The bytes of a trailer from one of its offsets on, as far as the file has them.
pub(super) struct Trailer<'a> {
    bytes: &'a [u8],
    from: usize,
}

pub(super) fn magic_is_in_place(bytes: &[u8]) -> bool {
    let begin = bytes.len().checked_sub(TRAILER_LEN).filter(|&at| at >= HEADER_LEN);
    let magic = begin.and_then(|at| bytes.get(at..)?.get(4..8));
    magic == Some(MAGIC.as_slice())
}

impl<'a> Shape<'a> {
    /// Whole, cut inside the trailer, merged by a tool, cut inside the magic, or not finished; in this order.
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        let whole = || Some(bytes.len().saturating_sub(TRAILER_LEN)).filter(|_| magic_is_in_place(bytes));
        if let Some(end) = whole().or_else(|| end_before_magic(bytes)) {
            return Self::with_trailer(bytes, end);
        }
        if let Some(end) = end_of_merged(bytes) {
            let trailer = Trailer { bytes: bytes.get(end..).unwrap_or_default(), from: MERGED_FROM };
            return Self { end, trailer, trailer_bytes_missing: 0 };
        }
        if let Some(end) = end_before_checksum(bytes) {
            return Self::with_trailer(bytes, end);
        }
        Self { end: bytes.len(), trailer: Trailer { bytes: &[], from: 0 }, trailer_bytes_missing: 0 }
    }

    fn with_trailer(bytes: &'a [u8], end: usize) -> Self {
        let after = bytes.get(end..).unwrap_or_default();
        let trailer = after.get(..TRAILER_LEN).unwrap_or(after);
        let missing = TRAILER_LEN.saturating_sub(trailer.len());
        Self { end, trailer: Trailer { bytes: trailer, from: 0 }, trailer_bytes_missing: missing }
    }

    pub(super) const fn is_unfinished(&self) -> bool {
        self.trailer.bytes.is_empty()
    }
}

/// Where the records end when the magic stands near the end, but not in its place.
fn end_before_magic(bytes: &[u8]) -> Option<usize> {
    let tail_at = bytes.len().saturating_sub(TAIL).max(HEADER_LEN);
    let tail = bytes.get(tail_at..)?;
    let at = tail.windows(MAGIC.len()).rposition(|window| window == MAGIC)?;
    tail_at.checked_add(at)?.checked_sub(4).filter(|&end| end >= HEADER_LEN)
}

/// A merging tool writes the count modulo 65 536 and keeps the rest of the last file's trailer: no checksum, no magic.
fn end_of_merged(bytes: &[u8]) -> Option<usize> {
    let end = bytes.len().checked_sub(TRAILER_LEN.saturating_sub(MERGED_FROM))?;
    let body = end.checked_sub(HEADER_LEN).filter(|&body| body > 0 && body.is_multiple_of(3))?;
    let tail = bytes.get(end..)?;
    let &[low, high, _, _, interval, channel, size, ..] = tail else { return None };
    let is_count = usize::from(u16::from_le_bytes([low, high])) == (body.div_euclid(3) & 0xffff);
    (is_count && (1..=60).contains(&interval) && channel == 1 && size == 3).then_some(end)
}

/// Where the records end when the file ends inside the checksum or the magic: what is left of both must fit.
fn end_before_checksum(bytes: &[u8]) -> Option<usize> {
    (3..=7).find_map(|left| {
        let end = bytes.len().checked_sub(left).filter(|&end| end > HEADER_LEN)?;
        let [a, b, c, d] = sum_of(bytes, end).to_le_bytes();
        let [e, f, g, h] = MAGIC;
        let is_record_end = end.saturating_sub(HEADER_LEN).is_multiple_of(3);
        let is_trailer = [a, b, c, d, e, f, g, h].starts_with(bytes.get(end..)?);
        (is_record_end && is_trailer).then_some(end)
    })
}

impl Trailer<'_> {
    fn at<const N: usize>(&self, offset: usize) -> Option<[u8; N]> {
        self.bytes.get(offset.checked_sub(self.from)?..)?.first_chunk().copied()
    }

    fn byte(&self, offset: usize) -> Option<u8> {
        self.at::<1>(offset).map(|[byte]| byte)
    }

    pub(super) fn checksum(&self) -> Option<u32> {
        self.at(0).map(u32::from_le_bytes)
    }

    /// Wall clock written as seconds since 1970; 0 is "not set".
    pub(super) fn start(&self) -> Option<LocalDateTime> {
        let seconds = u32::from_le_bytes(self.at(8)?);
        LocalDateTime::from_unix_seconds(seconds.into()).filter(|_| seconds > 0)
    }

    /// The record count, where it is stored whole.
    pub(super) fn count(&self) -> Option<u32> {
        self.at(12).map(u32::from_le_bytes).filter(|_| self.from == 0)
    }

    /// Seconds between records, as long as they make sense.
    pub(super) fn interval_s(&self) -> Option<u32> {
        self.byte(16).filter(|s| (1..=60).contains(s)).map(u32::from)
    }

    /// Bytes a record: what the count makes of the body to the byte, else as stored, else by the kind of channel; 3
    /// when nothing tells.
    pub(super) fn record_len(&self, body: usize) -> usize {
        let stored = self.byte(18).filter(|len| matches!(len, 2 | 3)).map(usize::from);
        let by_channel =
            || self.byte(17).filter(|_| self.byte(18).is_some()).map(|c| if c == 0 { 2 } else { 3 });
        let by_count = || {
            let count = usize::try_from(self.count()?).ok().filter(|&count| count > 0)?;
            [3, 2].into_iter().find(|size| count.checked_mul(*size) == Some(body))
        };
        by_count().or(stored).or_else(by_channel).unwrap_or(3)
    }

    /// The device's own figures; a merged file has those of its last part only, and none are passed on.
    pub(super) fn device_summary(&self) -> Option<DeviceSummary> {
        let &[mean, min, drops3, drops4, below_90_pct, low, high, dips, score, _, _, _, _, bpm] =
            &self.at::<14>(34).filter(|_| self.from == 0)?;
        Some(DeviceSummary {
            duration_s: None,
            mean_pct: Spo2::from_device(mean.into()),
            min_pct: Spo2::from_device(min.into()),
            drops3,
            drops4,
            below_90_pct,
            below_90_s: u16::from_le_bytes([low, high]),
            dips_below_90: dips,
            score_tenths: (score != 255).then_some(score),
            mean_bpm: PulseRate::from_device(bpm.into()),
        })
    }
}

/// The wrapping sum of the bytes before `end`: the device's checksum.
pub(super) fn sum_of(bytes: &[u8], end: usize) -> u32 {
    bytes.iter().take(end).fold(0_u32, |sum, &b| sum.wrapping_add(b.into()))
}
