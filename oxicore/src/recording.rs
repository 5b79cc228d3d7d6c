//! A night: a borrowed, `Copy` view over the bytes of one file.

mod from_columns;
#[cfg(feature = "alloc")]
mod owned;
mod read;
mod samples;

use crate::columns::{Mark, SampleColumnsRef};
use crate::device::DeviceSummary;
use crate::error::{LayoutMismatch, ParseError};
use crate::format::{Facts, Format, Layout, NO_BYTES, ParseOptions};
use crate::notices::Notices;
use crate::time::LocalDateTime;
use crate::units::{Span, Spo2};

pub use from_columns::ColumnsError;
#[cfg(feature = "alloc")]
pub use owned::OwnedRecording;
#[cfg(feature = "alloc")]
pub use read::read_columns;
pub use read::{ReadError, read_into};
pub use samples::Samples;

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
    Columns(Held<'a>),
    /// Other recordings, one after the other.
    Parts(&'a [Recording<'a>]),
}

/// Columns, and what they cannot say.
#[derive(Clone, Copy)]
pub(crate) struct Held<'a> {
    pub(crate) columns: SampleColumnsRef<'a>,
    pub(crate) marks: &'a [Mark],
    /// SpO2 as it was recorded, percent; none where whole percents say it all.
    pub(crate) fine_pct: &'a [f64],
    /// Length of the last file of those that were joined.
    pub(crate) last_file: Option<Span>,
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
        Ok(Self::of(bytes, Layout::read(bytes, options)?))
    }

    /// The view of bytes and the layout made from them.
    pub(crate) const fn of(bytes: &'a [u8], layout: Layout) -> Self {
        Self { data: Data::Bytes(bytes), layout }
    }

    /// The view of columns and what is known of them.
    pub(crate) const fn of_columns(columns: SampleColumnsRef<'a>, layout: Layout) -> Self {
        Self::of_held(Held { columns, marks: &[], fine_pct: &[], last_file: None }, layout)
    }

    /// The same with what columns cannot say.
    pub(crate) const fn of_held(held: Held<'a>, layout: Layout) -> Self {
        Self { data: Data::Columns(held), layout }
    }

    /// From its first record to the end of the last, of the last file that it is made of.
    pub(crate) fn last_file(&self) -> Span {
        match self.data {
            Data::Columns(Held { last_file: Some(length), .. }) => length,
            Data::Parts([.., last]) => last.last_file(),
            Data::Bytes(_) | Data::Columns(_) | Data::Parts([]) => self.span(),
        }
    }

    /// The night that parts make; its layout rebuilds nothing.
    pub(crate) fn joined(whole: Whole<'a>) -> Self {
        let Whole { parts, records, span, notices, .. } = whole;
        let records = u32::try_from(records).unwrap_or(u32::MAX);
        let mut layout = whole.first.layout;
        layout.facts = Facts { bytes: NO_BYTES, records, span, notices, device: None, ..layout.facts };
        Self { data: Data::Parts(parts), layout }
    }

    /// Whether its SpO2 may be finer than a percent.
    #[cfg(feature = "alloc")]
    pub(crate) fn has_fractions(&self) -> bool {
        match self.data {
            Data::Bytes(_) => self.format() == Format::Edf,
            Data::Columns(held) => !held.fine_pct.is_empty(),
            Data::Parts(parts) => parts.iter().any(Self::has_fractions),
        }
    }

    /// SpO2 of columns with a record every interval.
    pub(crate) const fn even_spo2(&self) -> Option<&'a [Option<Spo2>]> {
        match self.data {
            Data::Columns(held) if self.layout.is_even() => Some(held.columns.spo2),
            _ => None,
        }
    }

    /// The recordings that a [joined](crate::join::join) night is made of, in order; otherwise the recording alone.
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
        if bytes.len() == layout.facts.bytes {
            Ok(Self::of(bytes, layout))
        } else {
            Err(LayoutMismatch { expected: layout.facts.bytes, given: bytes.len() })
        }
    }

    pub(crate) const fn facts(&self) -> &Facts {
        &self.layout.facts
    }

    /// What parsing learned.
    #[must_use]
    pub const fn layout(&self) -> Layout {
        self.layout
    }

    /// The kind of file.
    #[must_use]
    pub const fn format(&self) -> Format {
        self.layout.format()
    }

    /// Whether it is of a ring of this maker, by its bytes alone: one of its binaries, or a text with the names of columns
    /// that its apps write.
    #[must_use]
    pub fn is_of_ring(&self) -> bool {
        match self.data {
            Data::Parts(parts) => parts.iter().all(Self::is_of_ring),
            Data::Bytes(_) | Data::Columns(_) => self.layout.is_of_ring(),
        }
    }

    /// Wall clock of the first record; [`Notices::start_source`] tells where it comes from.
    #[must_use]
    pub const fn start(&self) -> LocalDateTime {
        self.layout.facts.start
    }

    /// Sampling interval: the most frequent step between records, never zero.
    #[must_use]
    pub const fn interval(&self) -> Span {
        self.layout.facts.interval
    }

    /// Number of records, missing readings included; at least 1.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.layout.facts.records as usize
    }

    /// Never true: a file without samples is a [`ParseError`].
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.layout.facts.records == 0
    }

    /// Time from the first record to the end of the last one (last - first + interval).
    #[must_use]
    pub const fn span(&self) -> Span {
        self.layout.facts.span
    }

    /// What was noticed while reading.
    #[must_use]
    pub const fn notices(&self) -> Notices {
        self.layout.facts.notices
    }

    /// The device's own figures, where the format stores them.
    #[must_use]
    pub const fn device_summary(&self) -> Option<DeviceSummary> {
        self.layout.facts.device
    }
}
