//! The file formats: one file each, recognised by content. Byte tables and dialects: docs/FORMATS.md.

#[cfg(feature = "choicemmed")]
mod choicemmed;
#[cfg(feature = "contec")]
mod contec;
mod counting;
mod csv;
#[cfg(feature = "edf")]
mod edf;
mod facts;
mod hints;
mod legacy;
mod magic;
mod name;
mod oxyii;
mod pod2;
pub(crate) mod steps;
mod timeline;

use core::iter::from_fn;

use crate::batch::{Nowhere, SampleSink, hand_over};
use crate::code::codes;
use crate::columns::{ColumnSamples, SampleColumnsRef};
pub use name::start_in_name;

use crate::error::{ParseError, ParseErrorKind};
use crate::sample::Sample;
#[cfg(feature = "alloc")]
use crate::units::Span;
#[cfg(feature = "alloc")]
pub(crate) use counting::is_too_coarse;
use counting::{Counting, are_coarse};
pub(crate) use counting::{ReadingSteps, Readings, is_coarse};
pub(crate) use facts::{Facts, NO_BYTES};
pub(crate) use hints::LONGEST_INTERVAL;

pub use facts::LONGEST_RECORDING;
pub use hints::{ColumnChoice, ColumnName, ParseOptions};

/// Kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Format {
    /// Text with one row a record: the export of the vendors' apps.
    Csv,
    /// The ring's own binary, "VLD" versions 3, 5 and 6.
    Legacy,
    /// The binary of O2Ring S and newer, "Format A".
    Oxyii,
    /// The binary of POD-2 and Oxysmart; without any mark, known by its name alone.
    Pod2,
    /// European Data Format, EDF and EDF+, with an SpO2 signal; needs feature `edf`.
    Edf,
    /// Contec CMS50: `.spo2`, `.spoR`, `.spo`; needs feature `contec`.
    Contec,
    /// ChoiceMMed MedView `.dat`; needs feature `choicemmed`.
    ChoiceMmed,
    /// No file: columns in memory.
    Columns,
}

impl Format {
    /// Every format of a file, in the order of this type.
    pub const ALL: [Self; 7] =
        [Self::Csv, Self::Legacy, Self::Oxyii, Self::Pod2, Self::Edf, Self::Contec, Self::ChoiceMmed];
}

codes!(words of Format {
    Csv = "csv",
    Legacy = "legacy",
    Oxyii = "oxyii",
    Pod2 = "pod2",
    Edf = "edf",
    Contec = "contec",
    ChoiceMmed = "choicemmed",
    Columns = "columns"
});

/// The format whose marks the bytes carry, judged by content alone; never [`Format::Pod2`], which carries none.
///
/// # Errors
/// Empty file, or nothing known at byte 0.
pub fn detect(bytes: &[u8]) -> Result<Format, ParseError> {
    if bytes.is_empty() {
        return Err(ParseError::at_byte(ParseErrorKind::EmptyFile, 0));
    }
    if let Some(kind) = magic::other_kind(bytes) {
        return Err(ParseError::at_byte(ParseErrorKind::OtherFile(kind), 0));
    }
    let by_marks = RECOGNISED.iter().find(|(_, has_marks)| has_marks(bytes));
    by_marks.map(|(format, _)| *format).ok_or(ParseError::UNKNOWN)
}

type Recognised = (Format, fn(&[u8]) -> bool);

/// Strongest marks first.
const RECOGNISED: &[Recognised] = &[
    (Format::Oxyii, oxyii::is_oxyii),
    (Format::Legacy, legacy::is_legacy),
    #[cfg(feature = "edf")]
    (Format::Edf, edf::is_edf),
    (Format::Csv, csv::is_text),
    #[cfg(feature = "contec")]
    (Format::Contec, contec::is_contec),
    #[cfg(feature = "choicemmed")]
    (Format::ChoiceMmed, choicemmed::is_choicemmed),
];

/// By content; what carries no marks, by name.
fn detect_with(bytes: &[u8], options: &ParseOptions<'_>) -> Result<Format, ParseError> {
    let known = detect(bytes);
    if known != Err(ParseError::UNKNOWN) {
        return known;
    }
    #[cfg(feature = "contec")]
    if contec::is_named_contec(bytes, options.file_name) {
        return Ok(Format::Contec);
    }
    if pod2::is_pod2(bytes, options.file_name) { Ok(Format::Pod2) } else { known }
}

/// Everything parsing learned, without the bytes: keep it beside them and rebuild the view for free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    pub(crate) facts: Facts,
    source: Source,
}

/// How the rows lie in the bytes, one variant a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    /// Whether every record's time is its number times the interval.
    Columns {
        is_even: bool,
    },
    Csv(csv::Dialect),
    Legacy(legacy::Records),
    Oxyii(oxyii::Records),
    Pod2,
    #[cfg(feature = "edf")]
    Edf(edf::Named),
    #[cfg(feature = "contec")]
    Contec(contec::Records),
    #[cfg(feature = "choicemmed")]
    ChoiceMmed(choicemmed::Records),
}

impl Layout {
    /// Walks the whole file once; afterwards its samples can be read without failing.
    pub(crate) fn read(bytes: &[u8], options: &ParseOptions<'_>) -> Result<Self, ParseError> {
        Self::read_into(bytes, options, &mut Nowhere).map(|(layout, _)| layout)
    }

    /// The layout, and whether the samples were handed to `sink` on the way.
    pub(crate) fn read_into(
        bytes: &[u8],
        options: &ParseOptions<'_>,
        sink: &mut impl SampleSink,
    ) -> Result<(Self, bool), ParseError> {
        match detect_with(bytes, options)? {
            Format::Csv => {
                let (facts, dialect, is_read) = csv::layout(bytes, options, sink)?;
                let layout = Self { facts, source: Source::Csv(dialect) };
                Ok((layout.settled(|| Rows::of(bytes, &layout)), is_read))
            }
            binary => Ok((Self::of_binary(bytes, options, binary, sink)?, true)),
        }
    }

    /// Of a text, when every row goes through the general reader; for tests that hold both ways equal.
    #[cfg(feature = "testing")]
    pub(crate) fn general_text(bytes: &[u8], options: &ParseOptions<'_>) -> Result<Self, ParseError> {
        let (facts, dialect) = csv::general_layout(bytes, options)?;
        let layout = Self { facts, source: Source::Csv(dialect) };
        Ok(layout.settled(|| Rows::of(bytes, &layout)))
    }

    /// Of columns; the notices that only samples tell are counted.
    pub(crate) fn of_columns(facts: Facts, is_even: bool, columns: SampleColumnsRef<'_>) -> Self {
        let layout = Self { facts, source: Source::Columns { is_even } };
        layout.counted(Rows::Columns(columns.samples()), &mut Nowhere)
    }

    /// The layout, once every record has been handed to `sink`.
    fn of_binary(
        bytes: &[u8],
        options: &ParseOptions<'_>,
        format: Format,
        sink: &mut dyn SampleSink,
    ) -> Result<Self, ParseError> {
        if format != Format::Edf && options.columns != ColumnChoice::NONE {
            return Err(ParseError::at_byte(ParseErrorKind::NoSuchColumn("columns"), 0));
        }
        let (facts, source) = match format {
            Format::Legacy => with(Source::Legacy, legacy::layout(bytes, options)),
            Format::Oxyii => with(Source::Oxyii, oxyii::layout(bytes, options)),
            Format::Pod2 => pod2::layout(bytes, options).map(|facts| (facts, Source::Pod2)),
            #[cfg(feature = "edf")]
            Format::Edf => with(Source::Edf, edf::layout(bytes, options)),
            #[cfg(feature = "contec")]
            Format::Contec => with(Source::Contec, contec::layout(bytes, options.file_name)),
            #[cfg(feature = "choicemmed")]
            Format::ChoiceMmed => with(Source::ChoiceMmed, choicemmed::layout(bytes)),
            _ => Err(ParseError::UNKNOWN),
        }?;
        if facts.span > LONGEST_RECORDING {
            return Err(ParseError::at_byte(ParseErrorKind::TooLarge, 0));
        }
        let layout = Self { facts: facts.in_zone(options.zone, None), source };
        Ok(layout.counted(Rows::of(bytes, &layout), sink))
    }

    /// With the notices that only the samples tell, once every one has been handed to `sink`.
    fn counted(self, rows: Rows<'_>, sink: &mut dyn SampleSink) -> Self {
        let records = self.facts.records as usize;
        sink.expect(records);
        let mut counting = Counting { counted: Readings::default(), sink };
        let again = rows.clone();
        rows.hand_to(records, &mut counting);
        let notices = counting.counted.noticed(self.facts.interval, self.facts.notices);
        Self { facts: Facts { notices, ..self.facts }, ..self }.settled(|| again)
    }

    /// Where readings may be too far apart for an index, by another look at them: hardly ever.
    fn settled<'a>(self, rows: impl FnOnce() -> Rows<'a>) -> Self {
        let notices = self.facts.notices;
        if !notices.interval_too_coarse || is_coarse(self.facts.interval) {
            return self;
        }
        let (mut rows, records) = (rows(), self.facts.records as usize);
        let interval_too_coarse = are_coarse(from_fn(|| rows.next()).take(records));
        let notices = notices.with_interval_too_coarse(interval_too_coarse);
        Self { facts: Facts { notices, ..self.facts }, ..self }
    }

    pub(crate) const fn format(&self) -> Format {
        match self.source {
            Source::Csv(_) => Format::Csv,
            Source::Columns { .. } => Format::Columns,
            Source::Legacy(_) => Format::Legacy,
            Source::Oxyii(_) => Format::Oxyii,
            Source::Pod2 => Format::Pod2,
            #[cfg(feature = "edf")]
            Source::Edf(_) => Format::Edf,
            #[cfg(feature = "contec")]
            Source::Contec(_) => Format::Contec,
            #[cfg(feature = "choicemmed")]
            Source::ChoiceMmed(_) => Format::ChoiceMmed,
        }
    }

    /// For samples that columns hold, with a record every interval or not.
    #[cfg(feature = "alloc")]
    pub(crate) fn in_columns(self, is_even: impl FnOnce(Span) -> bool) -> Self {
        let facts = Facts { bytes: NO_BYTES, ..self.facts };
        let source = match self.source {
            Source::Columns { .. } => Source::Columns { is_even: is_even(facts.interval) },
            other => other,
        };
        Self { facts, source }
    }

    /// One of this maker's binaries, or a text with the names that its apps write.
    pub(crate) const fn is_of_ring(&self) -> bool {
        match self.source {
            Source::Legacy(_) | Source::Oxyii(_) | Source::Pod2 => true,
            Source::Csv(dialect) => dialect.is_of_ring(),
            _ => false,
        }
    }

    /// Columns with a record every interval.
    pub(crate) const fn is_even(&self) -> bool {
        matches!(self.source, Source::Columns { is_even: true })
    }
}

fn with<R>(
    source: fn(R) -> Source,
    read: Result<(Facts, R), ParseError>,
) -> Result<(Facts, Source), ParseError> {
    read.map(|(facts, records)| (facts, source(records)))
}

/// The samples of one file or of columns, in order.
#[derive(Clone)]
#[cfg_attr(not(feature = "edf"), expect(clippy::large_enum_variant, reason = "nearly all files are texts"))]
pub(crate) enum Rows<'a> {
    Columns(ColumnSamples<'a>),
    Csv(csv::Rows<'a>),
    Legacy(legacy::Rows<'a>),
    Oxyii(oxyii::Rows<'a>),
    Pod2(pod2::Rows<'a>),
    #[cfg(feature = "edf")]
    Edf(edf::Rows<'a>),
    #[cfg(feature = "contec")]
    Contec(contec::Rows<'a>),
    #[cfg(feature = "choicemmed")]
    ChoiceMmed(choicemmed::Rows<'a>),
}

impl<'a> Rows<'a> {
    /// Of the file that the layout was made from.
    pub(crate) fn of(bytes: &'a [u8], layout: &Layout) -> Self {
        let Facts { start, interval, .. } = layout.facts;
        match layout.source {
            Source::Columns { .. } => Self::NONE,
            Source::Csv(dialect) => Self::Csv(csv::Rows::new(bytes, dialect, start, interval)),
            Source::Legacy(records) => Self::Legacy(legacy::Rows::new(bytes, records, interval)),
            Source::Oxyii(records) => Self::Oxyii(oxyii::Rows::new(bytes, records, interval)),
            Source::Pod2 => Self::Pod2(pod2::Rows::new(bytes, interval)),
            #[cfg(feature = "edf")]
            Source::Edf(named) => Self::Edf(edf::Rows::new(bytes, named)),
            #[cfg(feature = "contec")]
            Source::Contec(records) => Self::Contec(contec::Rows::new(bytes, records)),
            #[cfg(feature = "choicemmed")]
            Source::ChoiceMmed(records) => {
                Self::ChoiceMmed(choicemmed::Rows::new(bytes, records, start, interval))
            }
        }
    }

    /// No sample.
    pub(crate) const NONE: Self = Self::Columns(SampleColumnsRef::NONE.samples());

    pub(crate) fn next(&mut self) -> Option<Sample> {
        match self {
            Self::Columns(rows) => rows.next(),
            Self::Csv(rows) => rows.next(),
            Self::Legacy(rows) => rows.next(),
            Self::Oxyii(rows) => rows.next(),
            Self::Pod2(rows) => rows.next(),
            #[cfg(feature = "edf")]
            Self::Edf(rows) => rows.next(),
            #[cfg(feature = "contec")]
            Self::Contec(rows) => rows.next(),
            #[cfg(feature = "choicemmed")]
            Self::ChoiceMmed(rows) => rows.next(),
        }
    }

    /// SpO2 of the last sample with the fraction that its file stores, percent.
    pub(crate) fn spo2_pct(&self) -> Option<f64> {
        match self {
            Self::Columns(rows) => rows.spo2_pct(),
            #[cfg(feature = "edf")]
            Self::Edf(rows) => rows.spo2_pct(),
            _ => None,
        }
    }

    /// Hands the samples, not more than `limit`, to `sink`: with feature `blocks` many at once, and deciding once for all
    /// which format they have.
    #[inline]
    pub(crate) fn hand_to(mut self, limit: usize, sink: &mut dyn SampleSink) {
        if !cfg!(feature = "blocks") {
            from_fn(|| self.next()).take(limit).for_each(|sample| sink.sample(&sample));
            return;
        }
        match self {
            Self::Columns(rows) => rows.hand_to(limit, sink),
            Self::Csv(rows) => rows.hand_to(limit, sink),
            Self::Legacy(rows) => rows.hand_to(limit, sink),
            Self::Oxyii(mut rows) => hand_over(from_fn(|| rows.next()).take(limit), sink),
            // Rare files: one way for all of them, because each way is there once for each kind of sink.
            mut rare => hand_over(from_fn(|| rare.next()).take(limit), sink),
        }
    }
}
