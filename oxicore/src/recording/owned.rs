//! A recording that keeps what it is made of.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;

use crate::batch::{Block, SampleSink};
use crate::columns::{Mark, SampleColumns};
use crate::error::ParseError;
use crate::format::{Facts, Layout, ParseOptions, is_too_coarse};
use crate::notices::Notices;
use crate::recording::ColumnsError;
use crate::recording::{Data, Held, Recording};
use crate::sample::Sample;
use crate::time::LocalDateTime;
use crate::units::{Rounding, Span};

/// A recording in memory of its own: the bytes of its file, or its samples as columns. For whoever keeps a night longer than
/// the bytes it came from: structs, caches, threads, other languages. Once made, its [`view`](Self::view) cannot fail.
///
/// # Example
/// ```
/// use oxicore::{OwnedRecording, Span};
///
/// let night = OwnedRecording::parse(b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,95,58,0\n".to_vec())?;
/// assert_eq!(night.view().len(), 2);
/// let later = night.slice(Span::from_secs(4), Span::from_secs(8)).ok_or("no record there")?;
/// assert_eq!(later.view().start().to_string(), "2026-01-02T22:00:04");
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct OwnedRecording {
    kept: Kept,
    layout: Layout,
}

#[derive(Clone)]
enum Kept {
    Bytes(Vec<u8>),
    Columns { samples: Samples, last_file: Option<Span> },
}

/// Columns, and what columns do not hold.
#[derive(Clone, Default)]
struct Samples {
    columns: SampleColumns,
    marks: Vec<Mark>,
    /// SpO2 as it was recorded, percent, a number for each record; none where whole percents say it all.
    fine_pct: Vec<f64>,
}

/// Without readings: they are somebody's health data, and a recording may end up in a log.
impl fmt::Debug for OwnedRecording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnedRecording").field("layout", &self.layout).finish_non_exhaustive()
    }
}

impl OwnedRecording {
    /// Reads a file of any known format, and keeps its bytes.
    ///
    /// # Errors
    /// [`ParseError`] says what is wrong and where.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, ParseError> {
        Self::parse_with(bytes, &ParseOptions::default())
    }

    /// Reads a file with hints, and keeps its bytes.
    ///
    /// # Errors
    /// [`ParseError`] says what is wrong and where.
    pub fn parse_with(bytes: Vec<u8>, options: &ParseOptions<'_>) -> Result<Self, ParseError> {
        let layout = Layout::read(&bytes, options)?;
        Ok(Self { kept: Kept::Bytes(bytes), layout })
    }

    /// Reads a file and keeps its samples as columns, in the pass that reads it. Its bytes are not needed any more, and
    /// what is computed from columns takes less time.
    ///
    /// # Errors
    /// [`ParseError`] says what is wrong and where.
    pub fn read(bytes: &[u8], options: &ParseOptions<'_>) -> Result<Self, ParseError> {
        let mut samples = Samples::default();
        let (layout, is_read) = Layout::read_into(bytes, options, &mut samples)?;
        let recording = Recording::of(bytes, layout);
        let is_complete = is_read && !recording.has_fractions();
        let samples = if is_complete { samples } else { Samples::of(recording) };
        Ok(Self::of_samples(samples, layout, None))
    }

    /// The recording that columns hold, by the rules of [`Recording::from_columns`].
    ///
    /// # Errors
    /// [`ColumnsError`] says what the columns lack.
    pub fn from_columns(
        start: Option<LocalDateTime>,
        interval: Option<Span>,
        columns: SampleColumns,
    ) -> Result<Self, ColumnsError> {
        let layout = Recording::from_columns(start, interval, columns.view())?.layout();
        Ok(Self::of_samples(Samples { columns, ..Samples::default() }, layout, None))
    }

    /// With SpO2 as it was recorded, percent, a number for each record, where the readings are rounded to whole percents:
    /// [`calc_hb`](crate::metrics::calc_hb::calc_hb) uses it. Where there is no reading the number does not matter. The
    /// notices count what was rounded.
    ///
    /// # Errors
    /// [`ColumnsError::Lengths`] for more or fewer numbers than records, [`ColumnsError::Fraction`] for one that is more than
    /// half a percent away from its reading.
    pub fn with_fractions(self, spo2_pct: Vec<f64>) -> Result<Self, ColumnsError> {
        let mut samples = Samples::of(self.view());
        if spo2_pct.len() != samples.columns.spo2.len() {
            return Err(ColumnsError::Lengths);
        }
        let mut layout = self.layout;
        for (record, (spo2, pct)) in samples.columns.spo2.iter().zip(&spo2_pct).enumerate() {
            let Some(spo2) = spo2 else { continue };
            match Rounding::of(*pct, *spo2).ok_or(ColumnsError::Fraction { record })? {
                Rounding::NONE => (),
                by => layout.facts.notices = layout.facts.notices.rounded(1, by),
            }
        }
        samples.fine_pct = spo2_pct;
        Ok(Self::of_samples(samples.settled(), layout, Some(self.view().last_file())))
    }

    /// The recording, to look at.
    #[must_use]
    pub fn view(&self) -> Recording<'_> {
        match &self.kept {
            Kept::Bytes(bytes) => Recording::of(bytes, self.layout),
            Kept::Columns { samples: Samples { columns, marks, fine_pct }, last_file } => {
                let held = Held { columns: columns.view(), marks, fine_pct, last_file: *last_file };
                Recording::of_held(held, self.layout)
            }
        }
    }

    /// The samples as columns: those it keeps, or new ones where it keeps a file. Columns that it was made from are as they
    /// were given: pulse and motion may be empty.
    #[must_use]
    pub fn columns(&self) -> Cow<'_, SampleColumns> {
        match &self.kept {
            Kept::Bytes(_) => Cow::Owned(SampleColumns::of(self.view())),
            Kept::Columns { samples, .. } => Cow::Borrowed(&samples.columns),
        }
    }

    /// The records from `from` up to, not including, `to`, since the first record; as [`Recording::slice`].
    #[must_use]
    pub fn slice(&self, from: Span, to: Span) -> Option<Self> {
        self.view().slice(from, to)
    }

    fn of_samples(samples: Samples, layout: Layout, last_file: Option<Span>) -> Self {
        let layout = layout.in_columns(|interval| samples.columns.view().is_even(interval));
        Self { kept: Kept::Columns { samples, last_file }, layout }
    }
}

impl Recording<'_> {
    /// The same recording in memory of its own: of a file its bytes are copied, of anything else its samples.
    #[must_use]
    pub fn into_owned(self) -> OwnedRecording {
        if let Data::Bytes(bytes) = self.data {
            return OwnedRecording { kept: Kept::Bytes(bytes.to_vec()), layout: self.layout };
        }
        OwnedRecording::of_samples(Samples::of(self), self.layout, Some(self.last_file()))
    }

    /// The records from `from` up to, not including, `to`, since the first record: a recording of its own that begins with
    /// the first of them. Its interval and what was noticed of the file stay; what is counted in the records themselves is
    /// the part's. The device's own figures are of the whole night, so the part has none.
    ///
    /// `None` where no record is, or the first is after the year 2100.
    #[must_use]
    pub fn slice(&self, from: Span, to: Span) -> Option<OwnedRecording> {
        let first = self.samples().find(|sample| sample.at >= from)?.at;
        let part = self.samples().finely().skip_while(|(s, _)| s.at < first).take_while(|(s, _)| s.at < to);
        let samples: Samples = part.map(|(s, pct)| (Sample { at: s.at.since(first), ..s }, pct)).collect();
        let whole = self.layout.facts;
        let facts = Facts {
            start: whole.start.checked_add(first)?,
            span: samples.columns.at.last()?.plus(whole.interval),
            records: u32::try_from(samples.columns.at.len()).ok()?,
            notices: samples.noticed(whole.interval, whole.notices),
            device: None,
            ..whole
        };
        let mut layout = self.layout;
        layout.facts = facts;
        Some(OwnedRecording::of_samples(samples, layout, None))
    }
}

impl Samples {
    fn of(recording: Recording<'_>) -> Self {
        if recording.has_fractions() {
            return recording.samples().finely().collect();
        }
        let mut samples = Self::default();
        samples.expect(recording.len());
        recording.samples().hand_to(&mut samples);
        samples
    }

    /// Without fractions where no reading has one.
    fn settled(mut self) -> Self {
        let mut pairs = self.columns.spo2.iter().zip(&self.fine_pct);
        if pairs.all(|(spo2, &fine)| spo2.is_none_or(|spo2| f64::from(spo2.as_pct()) == fine)) {
            self.fine_pct = Vec::new();
        }
        self
    }

    /// Of a part of a night with such notices: what is counted in the records is counted in these.
    fn noticed(&self, interval: Span, whole: Notices) -> Notices {
        let SampleColumns { spo2, pulse, .. } = &self.columns;
        let readings = spo2.iter().zip(pulse).map(|(spo2, pulse)| (spo2.is_some(), pulse.is_some()));
        let countdown = readings.rev().take_while(|has| *has == (false, false)).count();
        Notices {
            countdown_records: u32::try_from(countdown).unwrap_or(u32::MAX),
            interval_too_coarse: is_too_coarse(interval, self.columns.view().samples()),
            ..whole
        }
    }
}

impl FromIterator<(Sample, Option<f64>)> for Samples {
    fn from_iter<I: IntoIterator<Item = (Sample, Option<f64>)>>(all: I) -> Self {
        let mut samples = Self::default();
        for (sample, spo2_pct) in all {
            samples.sample(&sample);
            samples.fine_pct.push(spo2_pct.unwrap_or(f64::NAN));
        }
        samples.settled()
    }
}

impl SampleSink for Samples {
    fn expect(&mut self, samples: usize) {
        self.columns.expect(samples);
    }

    #[inline]
    fn sample(&mut self, sample: &Sample) {
        if sample.alarms.spo2 || sample.alarms.pulse {
            self.marks.push(Mark { record: self.columns.at.len(), alarms: sample.alarms });
        }
        self.columns.sample(sample);
    }

    #[inline]
    fn block(&mut self, block: &Block<'_>) {
        self.columns.block(block);
    }
}
