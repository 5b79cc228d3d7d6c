//! Readings below the range of this maker's rings, which store nothing below about 61 %: SpO2 is missing there and the
//! pulse goes on. Definition: docs/ALGORITHMS.md, "Readings below the ring's range".
#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use crate::artifact::{PULSE_RANGE_BPM, SPO2_RANGE_PCT};
use crate::batch::Stretch;
use crate::code::codes;
use crate::recording::Recording;
use crate::sample::Sample;
use crate::units::Span;

/// What becomes of missing SpO2 that is a reading below the ring's range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(rename_all = "lowercase"))]
pub enum BelowRange {
    /// Recordings of this maker's rings: as [`Self::Bridge`]; of all others nobody knows what is missing beside a pulse, so
    /// that nothing is counted or bridged there.
    #[default]
    Auto,
    /// It is counted, and no missing time to the events of profile `aasm`, whatever recorded it.
    Bridge,
    /// It is counted, and missing time like any other.
    Gap,
}

codes!(BelowRange { Auto = "auto", Bridge = "bridge", Gap = "gap" });

impl BelowRange {
    /// Whether runs are looked for in a recording, of a ring of this maker or not.
    pub(crate) const fn counts(self, is_of_ring: bool) -> bool {
        is_of_ring || !matches!(self, Self::Auto)
    }
}

/// The level from which a fall out of the range may begin, percent.
const HIGHEST_PCT: u8 = 70;
/// Longest time below the range.
const LONGEST: Span = Span::from_secs(120);

/// Records without SpO2 and with a pulse that follow a low reading and end with a reading: SpO2 below the ring's range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct BelowRangeRun {
    /// The reading before.
    #[cfg_attr(feature = "serde", serde(rename = "before_s"))]
    pub before: Span,
    /// The reading after.
    #[cfg_attr(feature = "serde", serde(rename = "after_s"))]
    pub after: Span,
    /// Records between them.
    pub readings: u32,
}

impl BelowRangeRun {
    /// The time that the run fills in a picture, of a night with a record every `interval`: from the end of the reading
    /// before to the reading after.
    #[must_use]
    pub const fn stretch(&self, interval: Span) -> (Span, Span) {
        (self.before.plus(interval), self.after)
    }
}

impl Recording<'_> {
    /// The runs below the ring's range in order, with so much missing time between their records at most.
    ///
    /// # Example
    /// ```
    /// use oxicore::{Recording, Span, below_range::BelowRange};
    ///
    /// let rows = [("66", 0), ("--", 4), ("--", 8), ("68", 12)];
    /// let rows = rows.map(|(spo2, at)| format!("22:00:{at:02} Jan 02 2026,{spo2},60,0\n")).concat();
    /// let file = format!("Time,Oxygen Level,Pulse Rate,Motion\n{rows}");
    /// let night = Recording::parse(file.as_bytes())?;
    /// let runs: Vec<_> = night.below_range_runs(BelowRange::Auto, Span::from_secs(10)).collect();
    /// assert_eq!((runs[0].before.as_secs(), runs[0].after.as_secs(), runs[0].readings), (0, 12, 2));
    /// # Ok::<(), oxicore::ParseError>(())
    /// ```
    pub fn below_range_runs(
        &self,
        setting: BelowRange,
        max_gap: Span,
    ) -> impl Iterator<Item = BelowRangeRun> {
        let counts = setting.counts(self.is_of_ring());
        let mut runs = counts.then(|| Runs::new(self.interval(), max_gap));
        self.samples().filter_map(move |sample| runs.as_mut()?.push(&sample))
    }
}

/// Finds the runs sample by sample, in fixed memory; each is known at the reading after it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Runs {
    interval: Span,
    max_gap: Span,
    state: State,
}

#[derive(Clone, Copy, Debug)]
enum State {
    /// Nothing that could begin or go on.
    Elsewhere,
    /// The record before is a reading from which a run may begin.
    Low(Span),
    /// The records before may be a run.
    Below { before: Span, first: Span, last: Span, readings: u32 },
}

/// What a record can be to a run.
enum Kind {
    Reading { is_low: bool },
    Below,
    Other,
}

impl Runs {
    /// For records every `interval`, with so much missing time between them at most.
    pub(crate) const fn new(interval: Span, max_gap: Span) -> Self {
        Self { interval, max_gap, state: State::Elsewhere }
    }

    /// Takes the next record; gives the run that it ends.
    #[inline]
    pub(crate) fn push(&mut self, sample: &Sample) -> Option<BelowRangeRun> {
        self.step(sample.at, &kind(sample))
    }

    /// Takes readings with nothing else among them; gives the run that the first of them ends.
    pub(crate) fn push_stretch(&mut self, stretch: &Stretch<'_>) -> Option<BelowRangeRun> {
        let run = self.step(stretch.first(), &Kind::Reading { is_low: false });
        let last = stretch.spo2().next_back();
        self.state = last.map_or(State::Elsewhere, |(at, spo2)| after_reading(at, is_low(spo2.as_pct())));
        run
    }

    /// Time that does not count is as the end of the file.
    pub(crate) fn leave_out(&mut self) {
        self.state = State::Elsewhere;
    }

    #[inline]
    fn step(&mut self, at: Span, kind: &Kind) -> Option<BelowRangeRun> {
        let (state, run) = match (kind, self.state) {
            (Kind::Below, State::Low(before)) if self.follows(before, at) => {
                (State::Below { before, first: at, last: at, readings: 1 }, None)
            }
            (Kind::Below, State::Below { before, first, last, readings }) if self.follows(last, at) => {
                (State::Below { before, first, last: at, readings: readings.saturating_add(1) }, None)
            }
            (&Kind::Reading { is_low }, State::Below { before, first, last, readings }) => {
                let is_short = last.plus(self.interval).since(first) <= LONGEST;
                let run = BelowRangeRun { before, after: at, readings };
                (after_reading(at, is_low), Some(run).filter(|_| is_short && self.follows(last, at)))
            }
            (&Kind::Reading { is_low }, _) => (after_reading(at, is_low), None),
            (Kind::Below | Kind::Other, _) => (State::Elsewhere, None),
        };
        self.state = state;
        run
    }

    /// No more time is missing between two records than may be.
    const fn follows(&self, before: Span, at: Span) -> bool {
        at.since(before.plus(self.interval)).as_secs() <= self.max_gap.as_secs()
    }
}

const fn after_reading(at: Span, is_low: bool) -> State {
    if is_low { State::Low(at) } else { State::Elsewhere }
}

const fn is_low(pct: u8) -> bool {
    pct <= HIGHEST_PCT
}

fn kind(sample: &Sample) -> Kind {
    let ((low, high), (slow, fast)) = (SPO2_RANGE_PCT, PULSE_RANGE_BPM);
    match (sample.spo2, sample.pulse) {
        (Some(spo2), _) if (low..=high).contains(&spo2.as_pct()) => {
            Kind::Reading { is_low: is_low(spo2.as_pct()) }
        }
        (None, Some(pulse)) if (slow..=fast).contains(&pulse.as_bpm()) => Kind::Below,
        _ => Kind::Other,
    }
}
