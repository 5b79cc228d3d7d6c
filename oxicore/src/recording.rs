//! A night: a borrowed, `Copy` view over the bytes of one file.

mod samples;

use crate::columns::SampleColumnsRef;
use crate::error::{LayoutMismatch, ParseError};
#[cfg(feature = "choicemmed")]
use crate::format::choicemmed;
#[cfg(feature = "contec")]
use crate::format::contec;
use crate::format::{self, Format, csv, legacy, oxyii};
use crate::time::LocalDateTime;
use crate::units::{Motion, PulseRate, Span, Spo2};

pub use samples::Samples;

/// Hints for [`Recording::parse_with`]; none is needed.
#[derive(Clone, Copy, Debug, Default)]
pub struct ParseOptions<'a> {
    /// Name of the file, with the folders above it where they are known. Its time stamp settles day-first or
    /// month-first when the text does not, and is the start of formats that store none; POD2 is known by it alone.
    pub file_name: Option<&'a str>,
    /// Seconds between records, for a file that does not tell: an unfinished one, or one whose duration was not
    /// stored. Without it the usual interval of its kind is taken. Either way [`Notices::interval_assumed`] says so.
    pub interval_if_untold: Option<Span>,
}

impl ParseOptions<'_> {
    /// Seconds: the caller's interval if it is one, else the usual one.
    pub(crate) fn interval_or(&self, usual: Span) -> u32 {
        self.interval_if_untold.filter(|&interval| interval > Span::ZERO).unwrap_or(usual).as_secs()
    }
}

/// One recorded night, read in place: neither parsing nor iterating copies or allocates.
///
/// # Example
/// ```
/// use oxicore::Recording;
///
/// let file = b"Time,Oxygen Level,Pulse Rate,Motion\n23:59:58 Jan 02 2026,96,58,0\n00:00:02 Jan 03 2026,--,61,3\n";
/// let night = Recording::parse(file)?;
/// assert_eq!(night.len(), 2);
/// assert_eq!(night.interval().as_secs(), 4);
/// assert_eq!(night.start().to_string(), "2026-01-02T23:59:58");
/// assert!(night.samples().nth(1).is_some_and(|s| s.spo2.is_none() && s.pulse.is_some()));
/// # Ok::<(), oxicore::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Recording<'a> {
    data: Data<'a>,
    layout: Layout,
}

/// Where the samples are.
#[derive(Clone, Copy)]
enum Data<'a> {
    /// A file.
    Bytes(&'a [u8]),
    /// Lent columns.
    Columns(SampleColumnsRef<'a>),
    /// Other recordings, one after the other.
    Parts(&'a [Recording<'a>]),
}

/// What parts of a night make together.
#[derive(Clone, Copy)]
pub(crate) struct Whole<'a> {
    pub(crate) first: Recording<'a>,
    pub(crate) parts: &'a [Recording<'a>],
    pub(crate) records: usize,
    pub(crate) span: Span,
    pub(crate) notices: Notices,
}

/// Longest time a recording may span: a year. Every sum over a recording then fits its 32-bit counter.
pub const LONGEST_RECORDING: Span = Span::from_secs(366 * 86_400);

/// Length of the file behind a recording that has none.
pub(crate) const NO_BYTES: usize = usize::MAX;

/// Everything parsing learned, without the bytes: keep it beside them and rebuild the view for free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    pub(crate) bytes: usize,
    pub(crate) start: LocalDateTime,
    pub(crate) interval: Span,
    pub(crate) span: Span,
    pub(crate) records: u32,
    pub(crate) notices: Notices,
    pub(crate) device: Option<DeviceSummary>,
    pub(crate) source: Source,
}

/// How the rows lie in the bytes, one variant a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// Whether every record's time is its number times the interval.
    Columns {
        is_even: bool,
    },
    Csv(csv::Dialect),
    Legacy(legacy::Records),
    Oxyii(oxyii::Records),
    Pod2,
    #[cfg(feature = "edf")]
    Edf,
    #[cfg(feature = "contec")]
    Contec(contec::Records),
    #[cfg(feature = "choicemmed")]
    ChoiceMmed(choicemmed::Records),
}

/// What was noticed while reading, for the user to see. Counters, so the memory is bounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
pub struct Notices {
    /// Which rule decided between day-first and month-first; `None` for binaries, whose dates have one reading.
    pub date_order_rule: Option<DateOrderRule>,
    /// Headers after the first line of a text, in a line of their own or glued to a row.
    pub rows_dropped: u32,
    /// Rows whose clock stood still or ran backwards, placed after the row before.
    pub rows_retimed: u32,
    /// 0 for a whole file; else how many bytes a binary is short of, or the length of a text's unfinished last line.
    pub truncated_bytes: u32,
    /// The file does not tell its interval: the caller's, or the usual one of its kind, was taken.
    pub interval_assumed: bool,
    /// Records removed because the device had stored every one twice, or because a text repeats a block of rows.
    pub duplicates_removed: u32,
    /// The device had not finished the file: what it appends at the end is missing, the records are whole.
    pub not_finalised: bool,
    /// The stored checksum is not that of the bytes.
    pub checksum_mismatch: bool,
    /// Where the start comes from.
    pub start_source: StartSource,
    /// Records without any reading at the very end, written after the sensor came off. They are kept, and are
    /// outside all statistics.
    pub countdown_records: u32,
    /// Records without SpO2 but with a pulse: on ring devices a reading below about 61 %, not a lost sensor.
    pub sub_range_readings: u32,
    /// Rows dated 1970, written before the device's clock was set; placed by their neighbours.
    pub clock_unset_rows: u32,
    /// Readings between whole seconds that were passed over: the file has more than one a second.
    pub readings_skipped: u32,
}

/// Where the start of a recording comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(rename_all = "kebab-case"))]
pub enum StartSource {
    /// The file itself.
    #[default]
    Recorded,
    /// The wall clock in the file name; the file stores none.
    FileName,
    /// Milliseconds since 1970 in the file name: universal time, not the wall clock.
    FileNameUtc,
    /// Neither file nor name tells it: 1970-01-01T00:00:00 stands in its place.
    Unknown,
}

/// Which rule told the day from the month (docs/FORMATS.md, "Date order"), in order of strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(rename_all = "kebab-case"))]
pub enum DateOrderRule {
    /// The date names its month or is ISO 8601: nothing to decide.
    Unambiguous,
    /// A component above 12 can only be the day.
    ComponentAbove12,
    /// The component that grew by one at midnight is the day.
    Midnight,
    /// The time stamp in the file name says so.
    FileName,
    /// A twelve-hour clock goes with month-first dates.
    TwelveHourClock,
    /// Nothing decided; day-first was assumed.
    AssumedDayFirst,
}

/// What the device itself computed and stored in the file, passed through as it is.
///
/// Source: docs/FORMATS.md, "Legacy header" and "OxyII trailer". `None` is "not stored".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
pub struct DeviceSummary {
    /// Duration by the device, seconds.
    pub duration_s: Option<u32>,
    /// Mean SpO2, percent.
    pub mean_pct: Option<Spo2>,
    /// Lowest SpO2, percent.
    pub min_pct: Option<Spo2>,
    /// Drops of 3 % by the device's rule.
    pub drops3: u8,
    /// Drops of 4 % by the device's rule.
    pub drops4: u8,
    /// Share of the recording below 90 %, whole percent.
    pub below_90_pct: u8,
    /// Time below 90 %, seconds.
    pub below_90_s: u16,
    /// Dips below 90 %.
    pub dips_below_90: u8,
    /// O2 score times ten, 0..=100.
    pub score_tenths: Option<u8>,
    /// Mean pulse, beats per minute.
    pub mean_bpm: Option<PulseRate>,
}

/// One record of the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Time since the first record.
    pub at: Span,
    /// Oxygen saturation; `None` when the device gave no reading.
    pub spo2: Option<Spo2>,
    /// Pulse rate; fails independently of SpO2.
    pub pulse: Option<PulseRate>,
    /// Movement; `None` when the file has no such column.
    pub motion: Option<Motion>,
    /// Whether the device vibrated.
    pub reminders: Reminders,
}

/// Alarms the device gave at a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reminders {
    /// For low SpO2; also for a cause the file does not tell (texts with one vibration column for both).
    pub spo2: bool,
    /// For pulse out of range.
    pub pulse: bool,
}

/// Without the bytes: they are somebody's health data, and a recording may end up in a log.
impl core::fmt::Debug for Recording<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Recording").field("layout", &self.layout).finish_non_exhaustive()
    }
}

impl<'a> Recording<'a> {
    /// Reads a file of any known format, recognised by its content.
    ///
    /// # Errors
    /// [`ParseError`] says what is wrong and where.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, ParseError> {
        Self::parse_with(bytes, &ParseOptions::default())
    }

    /// Reads a file, with hints.
    ///
    /// # Errors
    /// [`ParseError`] says what is wrong and where.
    pub fn parse_with(bytes: &'a [u8], options: &ParseOptions<'_>) -> Result<Self, ParseError> {
        Ok(Self::of(bytes, format::layout(bytes, options)?))
    }

    /// The view of bytes and the layout made from them.
    pub(crate) const fn of(bytes: &'a [u8], layout: Layout) -> Self {
        Self { data: Data::Bytes(bytes), layout }
    }

    /// The view of columns and what is known of them.
    pub(crate) const fn of_columns(columns: SampleColumnsRef<'a>, layout: Layout) -> Self {
        Self { data: Data::Columns(columns), layout }
    }

    /// The night that parts make; its layout rebuilds nothing.
    pub(crate) fn joined(whole: Whole<'a>) -> Self {
        let Whole { parts, records, span, notices, .. } = whole;
        let records = u32::try_from(records).unwrap_or(u32::MAX);
        let layout = Layout { bytes: NO_BYTES, records, span, notices, device: None, ..whole.first.layout };
        Self { data: Data::Parts(parts), layout }
    }

    /// SpO2 of columns with a record every interval.
    pub(crate) const fn even_spo2(&self) -> Option<&'a [Option<Spo2>]> {
        match (self.data, self.layout.source) {
            (Data::Columns(columns), Source::Columns { is_even: true }) => Some(columns.spo2),
            _ => None,
        }
    }

    /// The recordings that a [joined](crate::join) night is made of, in order; otherwise the recording alone.
    #[must_use]
    pub const fn parts(&self) -> &[Self] {
        match self.data {
            Data::Parts(parts) => parts,
            Data::Bytes(_) | Data::Columns(_) => core::slice::from_ref(self),
        }
    }

    /// The view that kept bytes and their kept layout make, without parsing again.
    ///
    /// # Errors
    /// [`LayoutMismatch`] when the layout was made from a file of another length.
    pub fn from_layout(bytes: &'a [u8], layout: Layout) -> Result<Self, LayoutMismatch> {
        if bytes.len() == layout.bytes {
            Ok(Self::of(bytes, layout))
        } else {
            Err(LayoutMismatch { expected: layout.bytes, given: bytes.len() })
        }
    }

    /// What parsing learned.
    #[must_use]
    pub const fn layout(&self) -> Layout {
        self.layout
    }

    /// The kind of file.
    #[must_use]
    pub const fn format(&self) -> Format {
        match self.layout.source {
            Source::Csv(_) => Format::Csv,
            Source::Columns { .. } => Format::Columns,
            Source::Legacy(_) => Format::Legacy,
            Source::Oxyii(_) => Format::Oxyii,
            Source::Pod2 => Format::Pod2,
            #[cfg(feature = "edf")]
            Source::Edf => Format::Edf,
            #[cfg(feature = "contec")]
            Source::Contec(_) => Format::Contec,
            #[cfg(feature = "choicemmed")]
            Source::ChoiceMmed(_) => Format::ChoiceMmed,
        }
    }

    /// Wall clock of the first record; [`Notices::start_source`] tells where it comes from.
    #[must_use]
    pub const fn start(&self) -> LocalDateTime {
        self.layout.start
    }

    /// Sampling interval: the most frequent step between records, never zero.
    #[must_use]
    pub const fn interval(&self) -> Span {
        self.layout.interval
    }

    /// Number of records, missing readings included; at least 1.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.layout.records as usize
    }

    /// Never true: a file without samples is a [`ParseError`].
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.layout.records == 0
    }

    /// Time from the first record to the end of the last one (last - first + interval).
    #[must_use]
    pub const fn span(&self) -> Span {
        self.layout.span
    }

    /// What was noticed while reading.
    #[must_use]
    pub const fn notices(&self) -> Notices {
        self.layout.notices
    }

    /// The device's own figures, where the format stores them.
    #[must_use]
    pub const fn device_summary(&self) -> Option<DeviceSummary> {
        self.layout.device
    }
}
