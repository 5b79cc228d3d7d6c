//! The samples of each data record.

use super::Gaps;
use super::plan::{MOST_SAMPLES, Plan};
use crate::recording::Recording;
use crate::recording::Samples;
use crate::sample::Sample;
use crate::units::Span;

/// What stands at each moment of a data record; `None` where the night has nothing.
type Block = [Option<Sample>; MOST_SAMPLES as usize];

/// Walks the data records.
pub(super) struct Blocks<'a, 'p> {
    plan: &'p Plan,
    samples: Samples<'a>,
    waiting: Option<Sample>,
    /// The last one that was taken.
    held: Option<Sample>,
    written: u32,
}

impl<'a, 'p> Blocks<'a, 'p> {
    pub(super) fn new(recording: &Recording<'a>, plan: &'p Plan) -> Self {
        let mut samples = recording.samples();
        let waiting = samples.next();
        Self { plan, samples, waiting, held: None, written: 0 }
    }

    /// Onset and samples of the next data record.
    pub(super) fn next(&mut self) -> Option<(Span, Block)> {
        let onset = match self.plan.gaps {
            Gaps::Left => self.waiting?.at,
            Gaps::Filled => Span::from_secs(self.written.saturating_mul(self.plan.duration())),
        };
        if self.written == self.plan.records {
            return None;
        }
        let mut block = [None; MOST_SAMPLES as usize];
        let mut at = onset;
        for slot in block.iter_mut().take(self.plan.samples as usize) {
            *slot = self.at(at);
            at = at.plus(Span::from_secs(self.plan.step));
        }
        self.written = self.written.saturating_add(1);
        Some((onset, block))
    }

    /// The sample that holds at a moment.
    fn at(&mut self, moment: Span) -> Option<Sample> {
        if let Some(sample) = self.waiting.filter(|sample| sample.at <= moment) {
            self.held = Some(sample);
            self.waiting = self.samples.next();
        }
        self.held.filter(|held| moment.since(held.at).as_secs() < self.plan.interval)
    }
}
