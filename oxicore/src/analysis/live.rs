//! A night that is not over: the same numbers while it is being recorded.

mod error;
mod halves;
mod late;
mod room;

use super::analyzer::{Analyzer, Found};
use super::readings::Readings;
use crate::desaturation::{Desaturation, Threshold};
use crate::format::Readings as Seen;
use crate::format::{Facts, Format, LONGEST_INTERVAL, LONGEST_RECORDING, NO_BYTES, ReadingSteps, is_coarse};
use crate::metrics::distribution::MAX_GAP;
use crate::metrics::splits::middle;
use crate::notices::{Notices, StartSource};
use crate::options::AnalysisOptions;
use crate::sample::Sample;
use crate::summary::Summary;
use crate::time::LocalDateTime;
use crate::units::Span;
use halves::MovingHalves;
use late::Late;
use room::Room;

pub use error::LiveError;

/// Memory of a live analysis in bytes, beside what is lent for hindsight ([`LiveMemory`]).
pub const LIVE_BYTES: usize = size_of::<Live<'static>>();

/// The analysis of a night that is being recorded, sample by sample, in fixed memory ([`LIVE_BYTES`]).
///
/// [`Self::summary`] gives, at any time, the numbers of a recording that had ended with the latest record: exactly those of
/// [`Recording::from_columns`](crate::Recording::from_columns) with the same start, interval and records. Nothing is decided
/// with hindsight that cannot be kept open:
///
/// * Whether readings are from a ring of this maker is not in them: [`BelowRange::Auto`](crate::below_range::BelowRange) is
///   as of columns, without a rule for readings below the range. Set [`Bridge`](crate::below_range::BelowRange::Bridge) for
///   such a ring.
/// * The border between the [halves](Summary::halves) of a night moves as the night grows, and time that the settings leave
///   out at its end ([`trim_end`](crate::artifact::FilterConfig::trim_end)) is no longer its end once more follows. Both need
///   memory that grows with the night: lend it ([`LiveMemory`]). Without, `halves` is `None`, and a `trim_end` is refused.
///
/// An event is given when it is known: at most 10 s after its end, when its pulse is; where missing time ended it, at the next
/// accepted reading; with `trim_end`, so much later; with a running median, some readings later. What the options say to
/// [list](AnalysisOptions::listed) does not matter: those of both thresholds are given, in the order in which they ended.
///
/// Times are the caller's, whole seconds from the first record. A record whose readings are missing is pushed without them.
/// Time without records is announced ([`Self::skip`]), so that a clock that jumps makes no silent gap.
///
/// # Example
/// ```
/// use oxicore::analysis::Live;
/// use oxicore::{AnalysisOptions, PulseRate, Sample, Span, Spo2, Threshold};
///
/// let mut live = Live::new(Span::from_secs(4), None, &AnalysisOptions::default())?;
/// let mut ended = vec![];
/// for record in 0..300 {
///     let spo2 = if (100..110).contains(&record) { 88 } else { 96 };
///     let sample = Sample::new(live.due(), Spo2::from_device(spo2), PulseRate::from_device(60));
///     live.push(&sample, &mut |threshold, event| ended.push((threshold, event.onset.as_secs())))?;
///     if record == 105 {
///         assert_eq!(live.ongoing(Threshold::Three).map(|event| event.depth_pct()), Some(8));
///     }
/// }
/// assert_eq!(ended, [(Threshold::Three, 396), (Threshold::Four, 396)]);
/// let summary = live.summary().ok_or("no record yet")?;
/// assert_eq!((summary.aasm.odi3.per_h, summary.recording.records), (Some(3.0), 300));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Live<'m> {
    night: Analyzer,
    facts: Known,
    late: Late<'m>,
    halves: MovingHalves<'m>,
}

/// Memory for what only the rest of a night decides; empty where that is not asked for.
#[derive(Debug, Default)]
pub struct LiveMemory<'m> {
    halves: Room<'m, u8>,
    trim_end: Room<'m, Sample>,
}

impl<'m> LiveMemory<'m> {
    /// Lends memory for the [halves](Summary::halves), [`Self::halves_bytes`]: a night that outgrows it goes on without them.
    /// And for the records that may be the end that the settings leave out, one for each second of
    /// [`trim_end`](crate::artifact::FilterConfig::trim_end).
    #[must_use]
    pub const fn new(halves: &'m mut [u8], trim_end: &'m mut [Sample]) -> Self {
        Self { halves: Room::Lent(halves), trim_end: Room::Lent(trim_end) }
    }

    /// Memory of the analysis's own: for the halves of a night of at most this length, and for such a trimmed end.
    #[cfg(feature = "alloc")]
    #[must_use]
    pub fn owned(longest: Span, trim_end: Span) -> LiveMemory<'static> {
        let records = trim_end.as_secs() as usize;
        LiveMemory {
            halves: Room::Own(alloc::vec![0; Self::halves_bytes(longest)]),
            trim_end: Room::Own(alloc::vec![Sample::new(Span::ZERO, None, None); records]),
        }
    }

    /// Bytes that the halves of a night of this length need: 675 an hour, and a few more.
    #[must_use]
    pub const fn halves_bytes(longest: Span) -> usize {
        MovingHalves::bytes(longest)
    }
}

/// What is known of the night so far.
#[derive(Clone, Copy, Debug)]
struct Known {
    interval: Span,
    trim_end: Span,
    start: Option<LocalDateTime>,
    /// The latest record.
    last: Option<Span>,
    /// Announced since.
    skipped: Span,
    records: u32,
    seen: Seen,
    steps: ReadingSteps,
}

/// A night that may begin; its analysis is built where it stays, without a copy on the stack.
#[derive(Debug)]
pub struct Prepared<'m> {
    options: AnalysisOptions,
    interval: Span,
    start: Option<LocalDateTime>,
    memory: LiveMemory<'m>,
}

impl<'m> Prepared<'m> {
    /// Begins the night.
    #[must_use]
    #[inline]
    pub fn begin(self) -> Live<'m> {
        let Self { options, interval, start, memory } = self;
        Live {
            night: Analyzer::of(interval, None, Readings::of(interval, false, &options.aasm), &options),
            facts: Known::new(interval, options.filter.trim_end, start),
            late: Late::new(memory.trim_end),
            halves: MovingHalves::new(memory.halves),
        }
    }
}

impl Live<'static> {
    /// Begins a night with a record every `interval`; `start` is the wall clock of the first one, `None` where nobody knows.
    ///
    /// # Errors
    /// [`LiveError::Interval`], and [`LiveError::TrimEnd`] where the settings leave out the end of the night: that needs
    /// [memory](Live::prepare).
    pub fn new(
        interval: Span,
        start: Option<LocalDateTime>,
        options: &AnalysisOptions,
    ) -> Result<Self, LiveError> {
        Live::prepare(interval, start, options, LiveMemory::default()).map(Prepared::begin)
    }
}

impl<'m> Live<'m> {
    /// The same with memory for the halves and for a trimmed end, and where every kilobyte of stack counts: the night is
    /// checked here, and [begins](Prepared::begin) in its place.
    ///
    /// # Errors
    /// [`LiveError::Interval`], and [`LiveError::TrimEnd`] where there is not enough memory for that.
    ///
    /// # Example
    /// ```
    /// use oxicore::analysis::{Live, LiveMemory};
    /// use oxicore::{AnalysisOptions, Sample, Span, Spo2};
    ///
    /// let mut halves = vec![0; LiveMemory::halves_bytes(Span::from_secs(12 * 3_600))];
    /// let memory = LiveMemory::new(&mut halves, &mut []);
    /// let mut live = Live::prepare(Span::from_secs(1), None, &AnalysisOptions::default(), memory)?.begin();
    /// for _ in 0..4 {
    ///     live.push(&Sample::new(live.due(), Spo2::from_device(96), None), &mut |_, _| ())?;
    /// }
    /// let halves = live.summary().and_then(|summary| summary.halves);
    /// assert_eq!(halves.map(|halves| halves.map(|half| half.valid_s)), Some([2, 2]));
    /// # Ok::<(), oxicore::analysis::LiveError>(())
    /// ```
    pub fn prepare(
        interval: Span,
        start: Option<LocalDateTime>,
        options: &AnalysisOptions,
        memory: LiveMemory<'m>,
    ) -> Result<Prepared<'m>, LiveError> {
        if interval == Span::ZERO || interval > LONGEST_INTERVAL {
            return Err(LiveError::Interval { given: interval });
        }
        let (needed, given) = (options.filter.trim_end.as_secs() as usize, memory.trim_end.len());
        if given < needed {
            return Err(LiveError::TrimEnd { needed, given });
        }
        Ok(Prepared { options: *options, interval, start, memory })
    }

    /// When the next record is due: one interval after the latest and the time announced since; zero for the first.
    #[must_use]
    pub const fn due(&self) -> Span {
        self.facts.due()
    }

    /// Announces time without records: the next one comes so much later, in addition to what was announced before.
    ///
    /// # Errors
    /// [`LiveError::NotBegun`] before the first record, [`LiveError::TooLong`] where the night would be.
    pub fn skip(&mut self, time: Span) -> Result<(), LiveError> {
        self.facts.skip(time)
    }

    /// Takes the next record; `found` is given the events that are known with it, counted or not.
    ///
    /// # Errors
    /// [`LiveError::Time`], [`LiveError::Jump`], [`LiveError::Step`] or [`LiveError::TooLong`]; the record is not counted then,
    /// and another may follow.
    pub fn push(
        &mut self,
        sample: &Sample,
        found: &mut dyn FnMut(Threshold, Desaturation),
    ) -> Result<(), LiveError> {
        self.facts.push(sample)?;
        let length = self.facts.length();
        self.halves.lengthen(length);
        self.night.report(sample);
        let end = length.since(self.facts.trim_end);
        while let Some(earlier) = self.late.pop_before(end) {
            self.count(&earlier, found);
        }
        if sample.at < end {
            self.count(sample, found);
        } else {
            self.late.push(sample);
        }
        Ok(())
    }

    /// Takes a record that is not at the end.
    fn count(&mut self, sample: &Sample, found: &mut Found<'_>) {
        let Self { night, halves, .. } = self;
        let judged = night.push_counted(sample, &mut |threshold, event| {
            halves.event(threshold, &event);
            found(threshold, event);
        });
        if judged.spo2.is_some() {
            halves.reading(sample.at);
        }
    }

    /// The event of a threshold that has begun, as it would end if the night ended here: its nadir, area and end may change,
    /// and it may still be shorter than an event is. `None` while there is none.
    #[must_use]
    pub fn ongoing(&self, threshold: Threshold) -> Option<Desaturation> {
        self.night.ongoing(threshold)
    }

    /// The numbers of a recording that had ended with the latest record; `None` before the first.
    #[must_use]
    pub fn summary(&self) -> Option<Summary> {
        self.ended(&mut |_, _| ())
    }

    /// Ends the night: `found` is given the events that were still open or waited for their pulse. `None` without a record.
    pub fn finish(self, found: &mut dyn FnMut(Threshold, Desaturation)) -> Option<Summary> {
        self.ended(found)
    }

    /// The same of a night that may go on: what [`Self::finish`] would give here, without moving the analysis, which costs its
    /// size on the stack.
    #[inline(never)]
    pub fn ended(&self, found: &mut dyn FnMut(Threshold, Desaturation)) -> Option<Summary> {
        let facts = self.facts.facts()?;
        let mut first = self.halves.first();
        // On a copy of all that the end of a night changes.
        let mut events = self.night.events.clone();
        events.finish(&mut |threshold, event| {
            if let Some(first) = &mut first
                && event.is_counted()
                && event.onset < middle(facts.span)
            {
                first.add(threshold);
            }
            found(threshold, event);
        });
        let mut quality = self.night.quality;
        let mut filter = self.night.filter;
        self.late.samples().for_each(|sample| quality.add(&filter.push_left_out(sample)));
        let halves = first.map(|first| events.splits.halves_by(first, &facts.notices));
        Some(self.night.summary(&events, quality, halves, &facts, Format::Columns))
    }
}

impl Known {
    fn new(interval: Span, trim_end: Span, start: Option<LocalDateTime>) -> Self {
        Self {
            interval,
            trim_end,
            start,
            last: None,
            skipped: Span::ZERO,
            records: 0,
            seen: Seen::default(),
            steps: ReadingSteps::default(),
        }
    }

    const fn due(&self) -> Span {
        match self.last {
            Some(last) => last.plus(self.interval).plus(self.skipped),
            None => Span::ZERO,
        }
    }

    /// From the first record to the end of the latest.
    fn length(&self) -> Span {
        self.last.map_or(Span::ZERO, |last| last.plus(self.interval))
    }

    fn skip(&mut self, time: Span) -> Result<(), LiveError> {
        self.last.ok_or(LiveError::NotBegun)?;
        if self.due().plus(time).plus(self.interval) > LONGEST_RECORDING {
            return Err(LiveError::TooLong);
        }
        self.skipped = self.skipped.plus(time);
        Ok(())
    }

    fn push(&mut self, sample: &Sample) -> Result<(), LiveError> {
        self.check(sample.at)?;
        (self.last, self.skipped) = (Some(sample.at), Span::ZERO);
        self.records += 1;
        self.seen.add(sample);
        self.steps.add(sample);
        Ok(())
    }

    fn check(&self, at: Span) -> Result<(), LiveError> {
        let from = self.last.map_or(Span::ZERO, |last| last.plus(Span::from_secs(1)));
        let is_first = self.last.is_none();
        if at < from || (is_first && at > from) {
            return Err(LiveError::Time { at, from });
        }
        let due = self.due();
        if at.since(due) > MAX_GAP {
            return Err(LiveError::Jump { at, due });
        }
        let step = at.since(self.last.unwrap_or_default());
        if !is_first && step.as_secs() < self.interval.as_secs() / 10 {
            return Err(LiveError::Step { interval: self.interval, step });
        }
        let is_too_long = at.plus(self.interval) > LONGEST_RECORDING;
        if is_too_long { Err(LiveError::TooLong) } else { Ok(()) }
    }

    /// As of columns that hold the records so far; `None` without any.
    fn facts(&self) -> Option<Facts> {
        self.last?;
        let start_source = if self.start.is_some() { StartSource::Recorded } else { StartSource::Unknown };
        let noticed = self.seen.noticed(self.interval, Notices { start_source, ..Notices::default() });
        let is_coarse = is_coarse(self.interval) || self.steps.are_coarse();
        Some(Facts {
            bytes: NO_BYTES,
            start: self.start.unwrap_or(LocalDateTime::EPOCH),
            interval: self.interval,
            span: self.length(),
            records: self.records,
            notices: noticed.with_interval_too_coarse(is_coarse),
            device: None,
        })
    }
}
