//! Whether rows are in the order in which they were made: how often, and how far, the clock ran back.
//! Source: docs/FORMATS.md, "Times".

/// How often the clock ran back.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Back {
    times: u32,
    /// Number of the first line where it did.
    first: u32,
    /// And of the first where it did by more than it ever has to.
    far: u32,
}

impl Back {
    /// More than a clock is set back by, when summer time ends or somebody corrects it.
    const FAR_S: i64 = 2 * 3_600;
    /// Corrections that one clock may need.
    const OFTEN: u32 = 10;

    /// By this many seconds in this line; a clock that lost its setting goes back to a beginning.
    pub(super) fn add(&mut self, by_s: i64, is_unset: bool, line: u32) {
        self.times = self.times.saturating_add(1);
        if self.first == 0 {
            self.first = line;
        }
        if self.far == 0 && by_s > Self::FAR_S && !is_unset {
            self.far = line;
        }
    }

    /// The line from which on rows are of another night or person, or in no order: one time far back, or many times.
    pub(super) const fn is_disorder(self, records: u32) -> Option<u32> {
        let is_often = self.times >= Self::OFTEN && self.times >= records.div_euclid(50);
        match (self.far, is_often) {
            (1.., _) => Some(self.far),
            (_, true) => Some(self.first),
            _ => None,
        }
    }
}
