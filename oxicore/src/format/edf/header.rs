//! The header: fixed fields, then one array a property over all signals, everything in ASCII.

use super::onset::Annotations;
use super::signal::{Scale, Signal, Width};
use super::text::{clock, day, is_year_elsewhere, micros, start_date, whole};
use crate::error::{ParseError, ParseErrorKind};
use crate::notices::DateOrderRule;
use crate::time::LocalDateTime;

pub(super) const FIXED_LEN: usize = 256;
const PER_SIGNAL: usize = 256;

const RESERVED: Property = Property { name: "bytes of a value", begin: 224, width: 32 };

/// A header that was found to be as long as it says.
pub(super) struct Header<'a> {
    bytes: &'a [u8],
    count: usize,
}

/// One signal of the header, and where it lies in a data record.
pub(super) struct Described<'a> {
    pub(super) label: &'a [u8],
    pub(super) unit: &'a [u8],
    header: &'a Header<'a>,
    index: usize,
    /// Bytes of a data record before it.
    begin: usize,
}

/// Year, month, day.
type Date = (u16, u8, u8);

/// When a recording began.
pub(super) struct Start {
    /// `None` where the header does not tell.
    pub(super) moment: Option<LocalDateTime>,
    /// How the order of day and month is known, where it is not that of the standard.
    pub(super) rule: Option<DateOrderRule>,
    /// The recording field tells another day.
    pub(super) is_doubtful: bool,
}

/// The data records of a file.
pub(super) struct Records {
    pub(super) count: usize,
    /// Bytes the file is short of.
    pub(super) missing: usize,
    /// Bytes after the last record that is read.
    pub(super) unread: usize,
    /// The header declares fewer, or none yet.
    pub(super) is_count_short: bool,
}

/// Where a property's array begins, counted in bytes a signal, and how wide an entry is.
#[derive(Clone, Copy)]
struct Property {
    name: &'static str,
    begin: usize,
    width: usize,
}

const LABEL: Property = Property { name: "label", begin: 0, width: 16 };
const UNIT: Property = Property { name: "unit", begin: 96, width: 8 };
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
        let count = count
            .filter(|n| (1..10_000).contains(n))
            .ok_or(bad("number of signals", 252).showing(fixed.get(252..256).unwrap_or_default()))?;
        let len = count.wrapping_mul(PER_SIGNAL).wrapping_add(FIXED_LEN);
        let header = Self { bytes: bytes.get(..len).ok_or(truncated)?, count };
        if header.signals().any(|signal| signal.values().is_none()) {
            return Err(bad(VALUES.name, header.offset_of(VALUES, 0)));
        }
        if let Some(signal) = header.signals().find(|signal| signal.stored_bytes().is_none()) {
            return Err(signal.bad(RESERVED));
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

    /// When the recording began, by the start fields and, where these have no day, by the recording field of EDF+.
    pub(super) fn start(&self) -> Start {
        let recorded = start_date(self.field(88, 80));
        let (own, rule) = self.start_day(recorded);
        let is_day = |date: &Date| LocalDateTime::new(*date, (0, 0, 0)).is_some();
        let own = own.filter(is_day);
        let date = own.or(recorded);
        let moment =
            date.zip(clock(self.field(176, 8))).and_then(|(date, clock)| LocalDateTime::new(date, clock));
        let is_doubtful = own.zip(recorded).is_some_and(|(own, recorded)| own != recorded);
        Start { moment, rule: rule.filter(|_| moment.is_some()), is_doubtful }
    }

    /// The day of the start fields, and how its order is known where it is not that of the standard. Years 85 to 99 are of
    /// the last century.
    fn start_day(&self, recorded: Option<Date>) -> (Option<Date>, Option<DateOrderRule>) {
        let field = self.field(168, 8);
        let Some(day) = day(field).filter(|_| !is_year_elsewhere(field)) else { return (None, None) };
        let [a, b, year] = day.numbers;
        let century = if year >= 85 { 1900 } else { 2000 };
        let date = |month, day| (u16::from(year).saturating_add(century), month, day);
        let (day_first, month_first) = (date(b, a), date(a, b));
        match () {
            () if day.is_standard => (Some(day_first), None),
            () if recorded == Some(day_first) || recorded == Some(month_first) => (recorded, None),
            () if b > 12 => (Some(month_first), Some(DateOrderRule::ComponentAbove12)),
            () if a > 12 => (Some(day_first), Some(DateOrderRule::ComponentAbove12)),
            () => (Some(day_first), Some(DateOrderRule::AssumedDayFirst)),
        }
    }

    /// Duration of a data record, microseconds, not zero.
    pub(super) fn duration_us(&self) -> Result<u64, ParseError> {
        let duration = micros(self.field(244, 8)).and_then(|us| u64::try_from(us).ok()).filter(|&us| us > 0);
        let bad = ParseError::at_byte(ParseErrorKind::BadField("record duration"), 244);
        duration.ok_or(bad.showing(self.field(244, 8)))
    }

    /// `None` while the file was still being recorded.
    pub(super) fn declared_records(&self) -> Option<usize> {
        usize::try_from(whole(self.field(236, 8))?).ok().filter(|&n| n > 0)
    }

    /// Bytes of a data record.
    pub(super) fn record_len(&self) -> Result<usize, ParseError> {
        let bytes = self.signals().filter_map(|signal| signal.stored_bytes()).try_fold(0, usize::checked_add);
        let bad = ParseError::at_byte(ParseErrorKind::BadField(VALUES.name), self.offset_of(VALUES, 0));
        bytes.filter(|&len| len > 0).ok_or(bad)
    }

    /// Which data records of the file there are. One whose count was never brought up to date goes on after it; records of
    /// nothing but zeros at its end are padding.
    pub(super) fn records(&self, file: &[u8]) -> Result<Records, ParseError> {
        let len = self.record_len()?;
        let body = file.get(self.len()..).unwrap_or_default();
        let (present, partial) = (body.len().div_euclid(len), body.len().checked_rem(len).unwrap_or(0));
        let to_record_end = if partial == 0 { 0 } else { len.saturating_sub(partial) };
        let Some(declared) = self.declared_records() else {
            return Ok(Records { count: present, missing: to_record_end, unread: 0, is_count_short: true });
        };
        let after = body.get(declared.saturating_mul(len)..).unwrap_or_default();
        let written = after.chunks_exact(len).rposition(|record| record.iter().any(|&byte| byte != 0));
        let more = written.map_or(0, |last| last.saturating_add(1));
        let count = declared.saturating_add(more).min(present);
        let (read, all) = (count.saturating_mul(len), declared.saturating_mul(len));
        let (missing, unread) = match () {
            () if body.len() < all => (all.saturating_sub(body.len()), 0),
            () if more > 0 && count == present => (to_record_end, 0),
            () => (0, body.len().saturating_sub(read)),
        };
        Ok(Records { count, missing, unread, is_count_short: more > 0 })
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
        let mut next = 0_usize;
        (0..self.count).map(move |index| {
            let field = |property: Property| self.field(self.offset_of(property, index), property.width);
            let described =
                Described { label: field(LABEL), unit: field(UNIT), header: self, index, begin: next };
            next = next.saturating_add(described.stored_bytes().unwrap_or(0));
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
        ParseError::at_byte(ParseErrorKind::BadField(property.name), at).showing(self.property(property))
    }

    /// Values of this signal in a data record.
    pub(super) fn values(&self) -> Option<usize> {
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
        let width = match self.width() {
            Some(Width::One { .. }) => Width::One { is_signed: !scale.is_unsigned() },
            _ => Width::Two,
        };
        Ok(Signal::new(self.begin, samples, width, scale))
    }

    /// Two bytes, unless the last field of the signal is `#1`, as in files of Weinmann and Loewenstein devices; `None` for
    /// other numbers.
    fn width(&self) -> Option<Width> {
        match self.property(RESERVED).strip_prefix(b"#").map(whole) {
            Some(Some(1)) => Some(Width::One { is_signed: false }),
            Some(Some(2)) | None | Some(None) => Some(Width::Two),
            Some(Some(_)) => None,
        }
    }

    /// Bytes of this signal in a data record.
    fn stored_bytes(&self) -> Option<usize> {
        self.width().and_then(|width| self.values()?.checked_mul(width.bytes()))
    }

    pub(super) fn annotations(&self) -> Annotations {
        Annotations { begin: self.begin, len: self.stored_bytes().unwrap_or(0) }
    }
}
