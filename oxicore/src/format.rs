//! The file formats: one file each, recognised by content. Byte tables and dialects: docs/FORMATS.md.

#[cfg(feature = "choicemmed")]
pub(crate) mod choicemmed;
#[cfg(feature = "contec")]
pub(crate) mod contec;
pub(crate) mod csv;
#[cfg(feature = "edf")]
pub(crate) mod edf;
pub(crate) mod legacy;
mod name;
pub(crate) mod oxyii;
pub(crate) mod pod2;
pub(crate) mod timeline;

use crate::batch::{Block, Nowhere, SampleSink};
use crate::error::{ParseError, ParseErrorKind};

use crate::recording::{LONGEST_RECORDING, Layout, Notices, ParseOptions, Recording, Sample};

/// Kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

    /// The name used in JSON and in every door.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Legacy => "legacy",
            Self::Oxyii => "oxyii",
            Self::Pod2 => "pod2",
            Self::Edf => "edf",
            Self::Contec => "contec",
            Self::ChoiceMmed => "choicemmed",
            Self::Columns => "columns",
        }
    }
}

/// The format whose marks the bytes carry, judged by content alone; never [`Format::Pod2`], which carries none.
///
/// # Errors
/// Empty file, or nothing known at byte 0.
pub fn detect(bytes: &[u8]) -> Result<Format, ParseError> {
    if bytes.is_empty() {
        return Err(ParseError::at_byte(ParseErrorKind::EmptyFile, 0));
    }
    let by_marks = RECOGNISED.iter().find(|(_, has_marks)| has_marks(bytes));
    by_marks.map(|(format, _)| *format).ok_or(UNKNOWN)
}

pub(crate) const UNKNOWN: ParseError = ParseError::at_byte(ParseErrorKind::UnknownFormat, 0);

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
    if known != Err(UNKNOWN) {
        return known;
    }
    #[cfg(feature = "contec")]
    if contec::is_named_contec(bytes, options.file_name) {
        return Ok(Format::Contec);
    }
    if pod2::is_pod2(bytes, options.file_name) { Ok(Format::Pod2) } else { known }
}

/// Walks the whole file once; afterwards its samples can be read without failing.
pub(crate) fn layout(bytes: &[u8], options: &ParseOptions<'_>) -> Result<Layout, ParseError> {
    recording(bytes, options, &mut Nowhere).map(|(recording, _)| recording.layout())
}

/// The recording, and whether its samples were handed to `sink` on the way.
pub(crate) fn recording<'a>(
    bytes: &'a [u8],
    options: &ParseOptions<'_>,
    sink: &mut impl SampleSink,
) -> Result<(Recording<'a>, bool), ParseError> {
    let (layout, is_read) = match detect_with(bytes, options)? {
        Format::Csv => csv::layout(bytes, options, sink)?,
        binary => (binary_layout(bytes, options, binary, sink)?, true),
    };
    Ok((Recording::of(bytes, layout), is_read))
}

/// The layout, once every record has been handed to `sink`.
fn binary_layout(
    bytes: &[u8],
    options: &ParseOptions<'_>,
    format: Format,
    sink: &mut dyn SampleSink,
) -> Result<Layout, ParseError> {
    let layout = match format {
        Format::Legacy => legacy::layout(bytes, options),
        Format::Oxyii => oxyii::layout(bytes, options),
        Format::Pod2 => pod2::layout(bytes, options),
        #[cfg(feature = "edf")]
        Format::Edf => edf::layout(bytes, options.file_name),
        #[cfg(feature = "contec")]
        Format::Contec => contec::layout(bytes, options.file_name),
        #[cfg(feature = "choicemmed")]
        Format::ChoiceMmed => choicemmed::layout(bytes),
        _ => Err(UNKNOWN),
    }?;
    if layout.span > LONGEST_RECORDING {
        return Err(ParseError::at_byte(ParseErrorKind::TooLarge, 0));
    }
    Ok(handed(Recording::of(bytes, layout), sink))
}

/// A recording's layout with the notices that only its samples tell.
pub(crate) fn counted(recording: Recording<'_>) -> Layout {
    handed(recording, &mut Nowhere)
}

/// The same, once every sample has been handed to `sink`.
fn handed(recording: Recording<'_>, sink: &mut dyn SampleSink) -> Layout {
    sink.expect(recording.len());
    let mut counting = Counting { counted: Readings::default(), sink };
    recording.samples().hand_to(&mut counting);
    let layout = recording.layout();
    Layout { notices: counting.counted.noticed(layout.notices), ..layout }
}

/// Counts what passes through.
struct Counting<'s> {
    counted: Readings,
    sink: &'s mut dyn SampleSink,
}

impl SampleSink for Counting<'_> {
    fn sample(&mut self, sample: &Sample) {
        self.counted.add(sample);
        self.sink.sample(sample);
    }

    fn block(&mut self, block: &Block<'_>) {
        self.counted.block(block);
        self.sink.block(block);
    }
}

/// Counts what the samples themselves tell.
#[derive(Clone, Copy, Debug, Default)]
struct Readings {
    countdown: u32,
    sub_range: u32,
}

impl Readings {
    #[inline]
    fn block(&mut self, block: &Block<'_>) {
        if block.has_missing() {
            block.samples().for_each(|sample| self.add(&sample));
        } else {
            self.countdown = 0;
        }
    }

    const fn add(&mut self, sample: &Sample) {
        match (sample.spo2, sample.pulse) {
            (None, None) => self.countdown = self.countdown.saturating_add(1),
            (None, Some(_)) => {
                self.sub_range = self.sub_range.saturating_add(1);
                self.countdown = 0;
            }
            (Some(_), _) => self.countdown = 0,
        }
    }

    const fn noticed(self, notices: Notices) -> Notices {
        Notices { countdown_records: self.countdown, sub_range_readings: self.sub_range, ..notices }
    }
}
