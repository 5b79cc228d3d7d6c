//! The samples column by column, as charts, tables and other languages want them: filled in the same pass that reads
//! the file, in lent memory or, with `alloc`, in vectors.

mod samples;

use core::fmt;
use core::ops::Range;

use crate::batch::{BLOCK, Block, Gathered, SampleSink};
use crate::error::{BufferTooSmall, ParseError};
use crate::format;
use crate::format::timeline::{Steps, is_misleading};
use crate::recording::{
    LONGEST_RECORDING, Layout, NO_BYTES, Notices, ParseOptions, Recording, Sample, Source, StartSource,
};
use crate::time::LocalDateTime;
use crate::units::{Motion, PulseRate, Span, Spo2};

pub(crate) use samples::ColumnSamples;

/// Lent memory for samples, one entry per record in every column; the shortest column counts.
#[derive(Debug)]
pub struct SampleColumnsMut<'m> {
    /// Time since the first record.
    pub at: &'m mut [Span],
    /// Oxygen saturation as recorded.
    pub spo2: &'m mut [Option<Spo2>],
    /// Pulse as recorded.
    pub pulse: &'m mut [Option<PulseRate>],
    /// Movement as recorded.
    pub motion: &'m mut [Option<Motion>],
}

/// Columns to look at, one entry per record; pulse and motion may be empty, which is a recording without them.
#[derive(Clone, Copy, Debug, Default)]
pub struct SampleColumnsRef<'a> {
    /// Time since the first record, growing from zero.
    pub at: &'a [Span],
    /// Oxygen saturation.
    pub spo2: &'a [Option<Spo2>],
    /// Pulse.
    pub pulse: &'a [Option<PulseRate>],
    /// Movement.
    pub motion: &'a [Option<Motion>],
}

/// Why columns are not a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ColumnsError {
    /// There is no record.
    NoSamples,
    /// The columns have different lengths.
    Lengths,
    /// The time of this record, from 0, is not after the one before; that of the first must be zero.
    Time {
        /// Which record.
        record: usize,
    },
    /// Longer than [`LONGEST_RECORDING`].
    TooLong,
}

impl fmt::Display for ColumnsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSamples => f.write_str("columns without a record"),
            Self::Lengths => f.write_str("columns of different lengths"),
            Self::Time { record } => {
                write!(f, "time of record {record} does not grow, or does not begin with zero")
            }
            Self::TooLong => f.write_str("longer than any recording"),
        }
    }
}

impl core::error::Error for ColumnsError {}

impl<'a> Recording<'a> {
    /// The recording that columns hold, say of a study's own table. Without a `start` it begins in 1970
    /// ([`StartSource::Unknown`]); without an `interval` that is the most frequent step.
    ///
    /// # Errors
    /// [`ColumnsError`] says what the columns lack.
    pub fn from_columns(
        start: Option<LocalDateTime>,
        interval: Option<Span>,
        columns: SampleColumnsRef<'a>,
    ) -> Result<Self, ColumnsError> {
        let steps = columns.steps()?;
        let interval = interval.filter(|&interval| interval > Span::ZERO).or(steps.most_frequent());
        let interval = interval.unwrap_or(Span::from_secs(1));
        let span = columns.at.last().map_or(Span::ZERO, |last| last.plus(interval));
        if span > LONGEST_RECORDING {
            return Err(ColumnsError::TooLong);
        }
        let start_source = if start.is_some() { StartSource::Recorded } else { StartSource::Unknown };
        let layout = Layout {
            bytes: NO_BYTES,
            start: start.unwrap_or(LocalDateTime::EPOCH),
            interval,
            span,
            records: u32::try_from(columns.at.len()).map_err(|_| ColumnsError::TooLong)?,
            notices: Notices { start_source, ..Notices::default() },
            device: None,
            source: Source::Columns { is_even: columns.is_even(interval) },
        };
        Ok(Self::of_columns(columns, format::counted(Self::of_columns(columns, layout))))
    }

    /// This recording with its samples taken from the columns that were read from it, which takes less time than
    /// reading its bytes again. Columns know no [`Reminders`](crate::Reminders).
    ///
    /// # Errors
    /// [`ColumnsError`] where the columns are not those of a recording as long as this one.
    pub fn with_columns(&self, columns: SampleColumnsRef<'a>) -> Result<Self, ColumnsError> {
        columns.steps()?;
        let is_whole = columns.at.len() == self.len()
            && columns.at.last().map(|last| last.plus(self.interval())) == Some(self.span());
        if is_whole { Ok(Self::of_columns(columns, self.layout())) } else { Err(ColumnsError::Lengths) }
    }
}

impl<'a> SampleColumnsRef<'a> {
    /// The first steps, once all times are found to grow and all columns to be of one length.
    fn steps(&self) -> Result<Steps, ColumnsError> {
        let has_length = |len: usize| len == self.at.len();
        let has_length_or_none = |len: usize| len == 0 || has_length(len);
        let are_equal = has_length(self.spo2.len())
            && has_length_or_none(self.pulse.len())
            && has_length_or_none(self.motion.len());
        if !are_equal {
            return Err(ColumnsError::Lengths);
        }
        if self.at.first().ok_or(ColumnsError::NoSamples)? != &Span::ZERO {
            return Err(ColumnsError::Time { record: 0 });
        }
        match self.at.iter().zip(self.at.iter().skip(1)).position(|(before, at)| before >= at) {
            Some(before) => Err(ColumnsError::Time { record: before + 1 }),
            None => Ok(self.deciding_steps()),
        }
    }

    /// The first, or all where these mislead.
    fn deciding_steps(&self) -> Steps {
        let count = |most| {
            let mut steps = Steps::up_to(most);
            for at in self.at {
                if steps.is_full() {
                    break;
                }
                steps.add(at.as_secs().into());
            }
            steps
        };
        let records = u32::try_from(self.at.len()).unwrap_or(u32::MAX);
        let last = self.at.last().copied().unwrap_or_default();
        let first = count(Steps::FIRST);
        let mislead = |told| is_misleading(told, records, last);
        if first.most_frequent().is_some_and(mislead) { count(u32::MAX) } else { first }
    }

    fn is_even(&self, interval: Span) -> bool {
        let times = (0_u32..).map(|record| record.wrapping_mul(interval.as_secs()));
        self.at.iter().zip(times).all(|(at, time)| at.as_secs() == time)
    }

    /// Hands the samples to `sink`, not more than `limit`, in blocks where the readings fit into them.
    fn hand_to(self, limit: usize, sink: &mut dyn SampleSink) {
        let mut gathered = Gathered::EMPTY;
        let records = self.at.len().min(limit);
        for from in (0..records).step_by(BLOCK) {
            let columns = self.part(from..records.min(from + BLOCK));
            match gathered.copy(columns) {
                Some(block) => sink.block(&block),
                None => columns.samples().for_each(|sample| sink.sample(&sample)),
            }
        }
    }

    fn part(self, records: Range<usize>) -> Self {
        Self {
            at: self.at.get(records.clone()).unwrap_or_default(),
            spo2: self.spo2.get(records.clone()).unwrap_or_default(),
            pulse: self.pulse.get(records.clone()).unwrap_or_default(),
            motion: self.motion.get(records).unwrap_or_default(),
        }
    }

    pub(crate) fn samples(self) -> ColumnSamples<'a> {
        ColumnSamples { columns: self, next: 0 }
    }
}

/// Why [`read_into`] failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// The file is no recording.
    Parse(ParseError),
    /// The lent columns are too short; it says how many entries would do.
    Columns(BufferTooSmall),
}

impl From<ParseError> for ReadError {
    fn from(error: ParseError) -> Self {
        Self::Parse(error)
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parse(error) => error.fmt(f),
            Self::Columns(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for ReadError {}

/// Reads a file and writes its samples into the beginning of `columns`; the recording tells how many they are.
///
/// # Errors
/// [`ReadError`]: no recording, or too little memory. The columns then hold nothing of use.
///
/// # Example
/// ```
/// use oxicore::{ParseOptions, SampleColumnsMut, Span, read_into};
///
/// let file = b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,--,61,3\n";
/// let (mut at, mut spo2, mut pulse, mut motion) = ([Span::ZERO; 8], [None; 8], [None; 8], [None; 8]);
/// let columns = SampleColumnsMut { at: &mut at, spo2: &mut spo2, pulse: &mut pulse, motion: &mut motion };
/// let night = read_into(file, &ParseOptions::default(), columns)?;
/// assert_eq!((night.len(), at[1].as_secs()), (2, 4));
/// assert_eq!(spo2[..2].iter().map(|v| v.map(|v| v.as_pct())).collect::<Vec<_>>(), [Some(96), None]);
/// # Ok::<(), oxicore::ReadError>(())
/// ```
#[inline] // Compiled with the caller's settings: a small build can have this one loop fast.
pub fn read_into<'a>(
    bytes: &'a [u8],
    options: &ParseOptions<'_>,
    mut columns: SampleColumnsMut<'_>,
) -> Result<Recording<'a>, ReadError> {
    let (recording, is_read) = format::recording(bytes, options, &mut columns.filling())?;
    if !is_read {
        columns.copy(recording);
    }
    let (needed, given) = (recording.len(), columns.len());
    if needed <= given { Ok(recording) } else { Err(ReadError::Columns(BufferTooSmall { needed, given })) }
}

impl SampleColumnsMut<'_> {
    fn copy(&mut self, recording: Recording<'_>) {
        recording.samples().hand_to(&mut self.filling());
    }

    fn len(&self) -> usize {
        self.at.len().min(self.spo2.len()).min(self.pulse.len()).min(self.motion.len())
    }

    fn filling(&mut self) -> Filling<'_> {
        let Self { at, spo2, pulse, motion } = self;
        Filling { at, spo2, pulse, motion }
    }
}

/// The entries not yet written; what finds no room is left out.
struct Filling<'m> {
    at: &'m mut [Span],
    spo2: &'m mut [Option<Spo2>],
    pulse: &'m mut [Option<PulseRate>],
    motion: &'m mut [Option<Motion>],
}

impl SampleSink for Filling<'_> {
    #[inline]
    fn sample(&mut self, sample: &Sample) {
        write(&mut self.at, &[sample.at], |at| at);
        write(&mut self.spo2, &[sample.spo2], |spo2| spo2);
        write(&mut self.pulse, &[sample.pulse], |pulse| pulse);
        write(&mut self.motion, &[sample.motion], |motion| motion);
    }

    #[inline]
    fn block(&mut self, block: &Block<'_>) {
        write(&mut self.at, block.at, Span::from_secs);
        write(&mut self.spo2, block.spo2, Spo2::from_byte);
        write(&mut self.pulse, block.pulse, PulseRate::from_byte);
        match block.motion {
            Some(motion) => write(&mut self.motion, motion, |motion| Motion::from_device(motion.into())),
            None => write(&mut self.motion, block.at, |_| None),
        }
    }
}

/// Writes the next entries of a column.
#[inline]
fn write<T: Copy, U>(column: &mut &mut [U], values: &[T], value: impl Fn(T) -> U) {
    let room = column.len();
    if let Some(slots) = column.split_off_mut(..values.len().min(room)) {
        slots.iter_mut().zip(values).for_each(|(slot, &given)| *slot = value(given));
    }
}

/// The samples of a recording, one entry per record in every column.
#[cfg(feature = "alloc")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SampleColumns {
    /// Time since the first record.
    pub at: alloc::vec::Vec<Span>,
    /// Oxygen saturation as recorded; one byte an entry.
    pub spo2: alloc::vec::Vec<Option<Spo2>>,
    /// Pulse as recorded; two bytes an entry.
    pub pulse: alloc::vec::Vec<Option<PulseRate>>,
    /// Movement as recorded.
    pub motion: alloc::vec::Vec<Option<Motion>>,
}

/// Reads a file and its samples.
///
/// # Errors
/// [`ParseError`] says what is wrong and where.
#[cfg(feature = "alloc")]
pub fn read_columns<'a>(
    bytes: &'a [u8],
    options: &ParseOptions<'_>,
) -> Result<(Recording<'a>, SampleColumns), ParseError> {
    let mut columns = SampleColumns::default();
    let (recording, is_read) = format::recording(bytes, options, &mut columns)?;
    Ok((recording, if is_read { columns } else { SampleColumns::of(recording) }))
}

#[cfg(feature = "alloc")]
impl SampleColumns {
    /// The samples of a recording already read.
    #[must_use]
    pub fn of(recording: Recording<'_>) -> Self {
        let mut columns = Self::default();
        columns.expect(recording.len());
        recording.samples().hand_to(&mut columns);
        columns
    }

    /// The columns to look at.
    #[must_use]
    pub fn view(&self) -> SampleColumnsRef<'_> {
        let Self { at, spo2, pulse, motion } = self;
        SampleColumnsRef { at, spo2, pulse, motion }
    }
}

#[cfg(feature = "alloc")]
impl SampleSink for SampleColumns {
    fn expect(&mut self, samples: usize) {
        self.at.reserve(samples);
        self.spo2.reserve(samples);
        self.pulse.reserve(samples);
        self.motion.reserve(samples);
    }

    #[inline]
    fn sample(&mut self, sample: &Sample) {
        self.at.push(sample.at);
        self.spo2.push(sample.spo2);
        self.pulse.push(sample.pulse);
        self.motion.push(sample.motion);
    }

    #[inline]
    fn block(&mut self, block: &Block<'_>) {
        self.at.extend(block.at.iter().map(|&at| Span::from_secs(at)));
        self.spo2.extend(block.spo2.iter().map(|&pct| Spo2::from_byte(pct)));
        self.pulse.extend(block.pulse.iter().map(|&bpm| PulseRate::from_byte(bpm)));
        match block.motion {
            Some(motion) => self.motion.extend(motion.iter().map(|&raw| Motion::from_device(raw.into()))),
            None => self.motion.extend(block.at.iter().map(|_| None)),
        }
    }
}
