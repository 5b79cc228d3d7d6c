//! Accepted readings on their way to the detectors of profile `aasm`: smoothed where that is asked for, each with the runs
//! below the ring's range since the one before.

use crate::artifact::{ArtifactFlags, Judged, RunningMedian};
use crate::batch::Stretch;
use crate::below_range::{BelowRange, BelowRangeRun, Runs};
use crate::desaturation::aasm::{self, Detector};
use crate::desaturation::discarded::Listener;
use crate::desaturation::{Desaturation, Outcome};
use crate::recording::Recording;
use crate::sample::Sample;
use crate::units::{Span, Spo2};

/// What the detectors are given, and what of the runs they need; fixed memory.
#[derive(Clone, Debug)]
pub(super) struct Readings {
    median: Option<RunningMedian>,
    /// Of a recording in which runs are looked for.
    runs: Option<Runs>,
    setting: BelowRange,
    /// Records in all runs so far.
    below_range: u32,
    /// The last accepted reading.
    accepted: Option<Span>,
    /// Since the last accepted reading.
    since: Since,
    /// The same of each reading that the median holds back.
    held: Held,
    /// The last run behind a reading that the detectors have seen.
    seen: Option<BelowRangeRun>,
}

/// The runs between one accepted reading and the next.
#[derive(Clone, Copy, Debug, Default)]
struct Since {
    /// The last of them.
    last: Option<BelowRangeRun>,
    /// The one that follows the reading itself.
    next_to: Option<BelowRangeRun>,
}

/// Runs before the readings that the median holds back, the oldest first.
#[derive(Clone, Copy, Debug, Default)]
struct Held {
    before: [Since; RunningMedian::MOST_WAITING],
    len: usize,
}

impl Held {
    fn push(&mut self, since: Since) {
        if let Some(place) = self.before.get_mut(self.len) {
            *place = since;
            self.len += 1;
        }
    }

    fn pop(&mut self) -> Since {
        let [oldest, ..] = self.before;
        self.before.rotate_left(1);
        self.len = self.len.saturating_sub(1);
        oldest
    }
}

/// A reading for the detectors.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    at: Span,
    spo2: Spo2,
    since: Since,
    /// What is missing before it is known to lie below the range.
    is_bridged: bool,
}

impl Reading {
    /// The event that it ends, if any.
    #[inline]
    pub(super) fn push_to<const PLACES: usize>(
        &self,
        detector: &mut Detector<PLACES>,
    ) -> Option<Desaturation> {
        if self.is_bridged { detector.push_on(self.at, self.spo2) } else { detector.push(self.at, self.spo2) }
    }

    /// The same with a listener.
    pub(super) fn push_heard_to<const PLACES: usize>(
        &self,
        detector: &mut Detector<PLACES>,
        listener: &mut impl Listener,
    ) -> Option<Desaturation> {
        listener.reading(self.at, self.spo2);
        if self.is_bridged {
            detector.push_on_heard(self.at, self.spo2, listener)
        } else {
            detector.push_heard(self.at, self.spo2, listener)
        }
    }
}

impl Readings {
    /// Of a recording.
    pub(super) fn new(recording: &Recording<'_>, config: &aasm::Config) -> Self {
        Self::of(recording.interval(), recording.is_of_ring(), config)
    }

    /// Of samples every `interval`, from a ring of this maker or not.
    pub(super) fn of(interval: Span, is_of_ring: bool, config: &aasm::Config) -> Self {
        let counts = config.below_range.counts(is_of_ring);
        Self {
            median: config.median(),
            runs: counts.then(|| Runs::new(interval, config.max_gap)),
            setting: config.below_range,
            below_range: 0,
            accepted: None,
            since: Since::default(),
            held: Held::default(),
            seen: None,
        }
    }

    /// Whether readings come as they are, so that many at once are known.
    #[inline]
    pub(super) const fn is_plain(&self) -> bool {
        self.median.is_none()
    }

    /// Records in all runs.
    pub(super) const fn below_range(&self) -> u32 {
        self.below_range
    }

    /// Takes the next sample; gives the reading that is ready for the detectors.
    #[inline]
    pub(super) fn push(&mut self, sample: &Sample, judged: &Judged) -> Option<Reading> {
        if let Some(runs) = &mut self.runs {
            let is_left_out = judged.flags.intersects(ArtifactFlags::TRIMMED);
            let run = if is_left_out {
                runs.leave_out();
                None
            } else {
                runs.push(sample)
            };
            run.into_iter().for_each(|run| self.note(run));
        }
        let spo2 = judged.spo2?;
        self.accepted = Some(sample.at);
        let since = core::mem::take(&mut self.since);
        match &mut self.median {
            None => Some(self.reading(sample.at, spo2, since)),
            Some(median) => {
                self.held.push(since);
                let (at, spo2) = median.push(sample.at, spo2)?;
                let since = self.held.pop();
                Some(self.reading(at, spo2, since))
            }
        }
    }

    /// Readings with no time missing before any of them, which the detectors see next.
    pub(super) fn push_stretch(&mut self, stretch: &Stretch<'_>) {
        let run = self.runs.as_mut().and_then(|runs| runs.push_stretch(stretch));
        run.into_iter().for_each(|run| self.note(run));
        self.accepted = Some(stretch.last());
        self.seen = core::mem::take(&mut self.since).last.or(self.seen);
    }

    /// The next of the readings that are held back at the end.
    pub(super) fn finish(&mut self) -> Option<Reading> {
        let (at, spo2) = self.median.as_mut()?.finish()?;
        let since = self.held.pop();
        Some(self.reading(at, spo2, since))
    }

    /// The event that a reading has ended, with whether a run lies in it.
    #[cold]
    pub(super) fn marked(&self, event: Desaturation, by: &Reading) -> Desaturation {
        let is_inside = |run: BelowRangeRun| run.before >= event.onset;
        let ends_at_run = self.setting == BelowRange::Gap && by.since.next_to.is_some();
        let below_range = match event.outcome {
            Outcome::Complete | Outcome::Sustained => by.since.last.or(self.seen).is_some_and(is_inside),
            Outcome::Gap => ends_at_run || self.seen.is_some_and(is_inside),
            Outcome::End => self.seen.is_some_and(is_inside),
        };
        Desaturation { below_range, ..event }
    }

    /// The same of an event that ended among readings of a stretch, or with the recording.
    #[cold]
    pub(super) fn marked_as_seen(&self, event: Desaturation) -> Desaturation {
        let below_range = self.seen.is_some_and(|run| run.before >= event.onset);
        Desaturation { below_range, ..event }
    }

    /// The detectors have seen a reading.
    #[inline]
    pub(super) fn seen(&mut self, reading: &Reading) {
        self.seen = reading.since.last.or(self.seen);
    }

    #[cold]
    fn note(&mut self, run: BelowRangeRun) {
        self.below_range += run.readings;
        self.since.last = Some(run);
        if self.accepted == Some(run.before) {
            self.since.next_to = Some(run);
        }
    }

    #[inline]
    fn reading(&self, at: Span, spo2: Spo2, since: Since) -> Reading {
        let is_bridged = self.setting != BelowRange::Gap && since.next_to.is_some_and(|run| run.after == at);
        Reading { at, spo2, since, is_bridged }
    }
}
