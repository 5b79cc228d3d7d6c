//! The header: fixed fields, then one array a property over all signals, everything in ASCII.

use super::onset::Annotations;
use super::signal::{Scale, Signal};
use super::text::{micros, whole};
use crate::error::{ParseError, ParseErrorKind};
use crate::time::{LocalDateTime, MONTHS};

pub(super) const FIXED_LEN: usize = 256;
const PER_SIGNAL: usize = 256;
const BYTES_A_VALUE: usize = 2;

/// A header that was found to be as long as it says.
pub(super) struct Header<'a> {
    bytes: &'a [u8],
    count: usize,
}

/// One signal of the header, and where it lies in a data record.
pub(super) struct Described<'a> {
    pub(super) label: &'a [u8],
    header: &'a Header<'a>,
    index: usize,
    /// Values of a data record before it.
    before: usize,
}

/// Where a property's array begins, counted in bytes a signal, and how wide an entry is.
#[derive(Clone, Copy)]
struct Property {
    name: &'static str,
    begin: usize,
    width: usize,
}

const LABEL: Property = Property { name: "label", begin: 0, width: 16 };
const PHYSICAL_MIN: Property = Property { name: "physical minimum", begin: 104, width: 8 };
const PHYSICAL_MAX: Property = Property { name: "physical maximum", begin: 112, width: 8 };
const DIGITAL_MIN: Property = Property { name: "digital minimum", begin: 120, width: 8 };
const DIGITAL_MAX: Property = Property { name: "digital maximum", begin: 128, width: 8 };
const VALUES: Property = Property { name: "samples in a record", begin: 216, width: 8 };

impl<'a> Header<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, ParseError> {
        let truncated = ParseError::at_byte(ParseErrorKind::Truncated, bytes.len());
        let bad = |name, at| ParseError::at_byte(ParseErrorKind::BadField(name), at);
        let fixed = bytes.get(..FIXED_LEN).ok_or(truncated)?;
        let count = whole(fixed.get(252..256).unwrap_or_default()).and_then(|n| usize::try_from(n).ok());
        let count = count.filter(|n| (1..10_000).contains(n)).ok_or(bad("number of signals", 252))?;
        let len = count.wrapping_mul(PER_SIGNAL).wrapping_add(FIXED_LEN);
        let header = Self { bytes: bytes.get(..len).ok_or(truncated)?, count };
        if header.signals().any(|signal| signal.values().is_none()) {
            return Err(bad(VALUES.name, header.offset_of(VALUES, 0)));
        }
        Ok(header)
    }

    pub(super) const fn len(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn is_discontinuous(&self) -> bool {
        self.field(192, 44).starts_with(b"EDF+D")
    }

    fn field(&self, at: usize, width: usize) -> &'a [u8] {
        self.bytes.get(at..).and_then(|rest| rest.get(..width)).unwrap_or_default().trim_ascii()
    }

    /// `dd.mm.yy` and `hh.mm.ss`; years 85 to 99 are of the last century, and `yy` stands for a year that only the
    /// recording field tells. `None` where they were blanked.
    pub(super) fn start(&self) -> Option<LocalDateTime> {
        let parts = |at: usize| {
            let part = |offset: usize| u8::try_from(whole(self.field(at.checked_add(offset)?, 2))?).ok();
            Some((part(0)?, part(3)?, part(6)?))
        };
        let clock = parts(176)?;
        let Some((day, month, year)) = parts(168) else {
            return LocalDateTime::new(self.start_date()?, clock);
        };
        let century = if year >= 85 { 1900 } else { 2000 };
        LocalDateTime::new((u16::from(year).saturating_add(century), month, day), clock)
    }

    /// `Startdate dd-MMM-yyyy`, the beginning of the recording field of EDF+.
    fn start_date(&self) -> Option<(u16, u8, u8)> {
        let date = self.field(88, 80).strip_prefix(b"Startdate ")?.get(..11)?;
        let number = |from: usize, to: usize| u16::try_from(whole(date.get(from..to)?)?).ok();
        let month = date.get(3..6)?;
        let month =
            MONTHS.iter().zip(1_u8..).find(|(name, _)| month.eq_ignore_ascii_case(name.as_bytes()))?.1;
        Some((number(7, 11)?, month, u8::try_from(number(0, 2)?).ok()?))
    }

    /// Duration of a data record, microseconds, not zero.
    pub(super) fn duration_us(&self) -> Result<u64, ParseError> {
        let duration = micros(self.field(244, 8)).and_then(|us| u64::try_from(us).ok()).filter(|&us| us > 0);
        duration.ok_or(ParseError::at_byte(ParseErrorKind::BadField("record duration"), 244))
    }

    /// `None` while the file was still being recorded.
    pub(super) fn declared_records(&self) -> Option<usize> {
        usize::try_from(whole(self.field(236, 8))?).ok().filter(|&n| n > 0)
    }

    /// Bytes of a data record.
    pub(super) fn record_len(&self) -> Result<usize, ParseError> {
        let values = self.signals().filter_map(|signal| signal.values()).try_fold(0, usize::checked_add);
        let len = values.and_then(|n| n.checked_mul(BYTES_A_VALUE)).filter(|&len| len > 0);
        len.ok_or(ParseError::at_byte(ParseErrorKind::BadField(VALUES.name), self.offset_of(VALUES, 0)))
    }

    /// Whole data records in the file, at most as many as declared.
    pub(super) fn present_records(&self, file: &[u8]) -> Result<usize, ParseError> {
        let present = file.len().saturating_sub(self.len()).div_euclid(self.record_len()?);
        Ok(self.declared_records().map_or(present, |declared| present.min(declared)))
    }

    /// Bytes missing to the declared data records, or to the end of the last one.
    pub(super) fn truncated_bytes(&self, file: &[u8]) -> u32 {
        let (body, len) = (file.len().saturating_sub(self.len()), self.record_len().unwrap_or(1));
        let to_declared = self.declared_records().map(|n| n.saturating_mul(len).saturating_sub(body));
        let to_record_end = || body.next_multiple_of(len).saturating_sub(body);
        u32::try_from(to_declared.unwrap_or_else(to_record_end)).unwrap_or(u32::MAX)
    }

    pub(super) fn bad_rate(&self) -> ParseError {
        ParseError::at_byte(ParseErrorKind::BadField("sampling rate"), self.offset_of(VALUES, 0))
    }

    fn offset_of(&self, property: Property, index: usize) -> usize {
        // Below 10,000 signals of 256 bytes.
        let arrays = property.begin.wrapping_mul(self.count).wrapping_add(FIXED_LEN);
        index.wrapping_mul(property.width).wrapping_add(arrays)
    }

    pub(super) fn signals(&self) -> impl Iterator<Item = Described<'_>> {
        let mut before = 0_usize;
        (0..self.count).map(move |index| {
            let label = self.field(self.offset_of(LABEL, index), LABEL.width);
            let described = Described { label, header: self, index, before };
            before = before.saturating_add(described.values().unwrap_or(0));
            described
        })
    }
}

impl Described<'_> {
    fn property(&self, property: Property) -> &[u8] {
        self.header.field(self.header.offset_of(property, self.index), property.width)
    }

    fn bad(&self, property: Property) -> ParseError {
        let at = self.header.offset_of(property, self.index);
        ParseError::at_byte(ParseErrorKind::BadField(property.name), at)
    }

    /// Values of this signal in a data record.
    fn values(&self) -> Option<usize> {
        usize::try_from(whole(self.property(VALUES))?).ok()
    }

    /// # Errors
    /// A range of no width, or an SpO2 that would count from 0 to 1.
    pub(super) fn signal(&self) -> Result<Signal, ParseError> {
        let physical = |p| micros(self.property(p)).ok_or(self.bad(p));
        let digital = |p| whole(self.property(p)).and_then(|n| i32::try_from(n).ok()).ok_or(self.bad(p));
        let (low, high) = (physical(PHYSICAL_MIN)?, physical(PHYSICAL_MAX)?);
        let (from, to) = (digital(DIGITAL_MIN)?, digital(DIGITAL_MAX)?);
        let scale = Scale::new((from, to), (low, high)).ok_or(self.bad(DIGITAL_MAX))?;
        if scale.is_fraction() {
            return Err(self.bad(PHYSICAL_MAX));
        }
        let samples = self.values().filter(|&n| n > 0).ok_or(self.bad(VALUES))?;
        Ok(Signal::new(self.begin(), samples, scale))
    }

    pub(super) fn annotations(&self) -> Annotations {
        Annotations { begin: self.begin(), len: self.values().unwrap_or(0).saturating_mul(BYTES_A_VALUE) }
    }

    const fn begin(&self) -> usize {
        self.before.saturating_mul(BYTES_A_VALUE)
    }
}
