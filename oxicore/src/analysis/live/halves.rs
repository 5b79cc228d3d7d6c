//! The halves of a night whose length is not known yet. Their border moves on, half as fast as the night: what lies behind it
//! is counted for good, what lies before it is kept second by second.

use super::room::Room;
use crate::desaturation::{Desaturation, Threshold};
use crate::metrics::splits::{Tally, middle};
use crate::units::Span;

/// Kinds of what is kept of a second: an accepted reading, and the onset of a counted event of either threshold.
const KINDS: usize = 3;
const READING: usize = 0;

/// What the first half holds so far.
#[derive(Debug)]
pub(super) struct MovingHalves<'m> {
    /// A bit a second for each kind, one after the other; second `n` has the place `n` modulo the seconds there is room for.
    bits: Room<'m, u8>,
    first: Tally,
    /// Seconds before this are in the first half, and no longer kept.
    border: u32,
    /// The newest second of which something is known.
    newest: u32,
    /// There was not room enough.
    is_outgrown: bool,
}

impl<'m> MovingHalves<'m> {
    /// Bytes for a night of this length.
    pub(super) const fn bytes(longest: Span) -> usize {
        KINDS * (longest.as_secs().div_ceil(2) as usize + 1).div_ceil(8)
    }

    pub(super) fn new(mut bits: Room<'m, u8>) -> Self {
        bits.fill(0);
        Self { is_outgrown: bits.len() < KINDS, bits, first: Tally::default(), border: 0, newest: 0 }
    }

    /// What lies in the first half; `None` once there was not room enough.
    pub(super) fn first(&self) -> Option<Tally> {
        Some(self.first).filter(|_| !self.is_outgrown)
    }

    pub(super) fn reading(&mut self, at: Span) {
        if self.is_outgrown {
            return;
        }
        if at.as_secs() < self.border {
            self.first.readings += 1;
        } else {
            self.keep(at.as_secs(), READING);
        }
    }

    pub(super) fn event(&mut self, threshold: Threshold, event: &Desaturation) {
        if !event.is_counted() || self.is_outgrown {
            return;
        }
        if event.onset.as_secs() < self.border {
            self.first.add(threshold);
        } else {
            self.keep(event.onset.as_secs(), kind(threshold));
        }
    }

    /// The night has become this long.
    pub(super) fn lengthen(&mut self, length: Span) {
        if self.is_outgrown {
            return;
        }
        let border = middle(length).as_secs();
        for second in self.border..border.min(self.newest.saturating_add(1)) {
            self.first.readings += u32::from(self.take(second, READING));
            for threshold in Threshold::ALL {
                if self.take(second, kind(threshold)) {
                    self.first.add(threshold);
                }
            }
        }
        self.border = border;
    }

    fn seconds(&self) -> usize {
        self.bits.len() / KINDS * 8
    }

    fn keep(&mut self, second: u32, kind: usize) {
        self.newest = self.newest.max(second);
        if (second.saturating_sub(self.border)) as usize >= self.seconds() {
            self.is_outgrown = true;
        }
        if let Some((byte, bit)) = self.place(second, kind) {
            *byte |= bit;
        }
    }

    /// Whether it was kept; it is not any more.
    fn take(&mut self, second: u32, kind: usize) -> bool {
        let Some((byte, bit)) = self.place(second, kind) else { return false };
        let is_kept = *byte & bit != 0;
        *byte &= !bit;
        is_kept
    }

    fn place(&mut self, second: u32, kind: usize) -> Option<(&mut u8, u8)> {
        let place = (second as usize).checked_rem(self.seconds())?;
        let each = (self.bits.len() / KINDS).max(1);
        let bytes = self.bits.chunks_exact_mut(each).nth(kind)?;
        Some((bytes.get_mut(place / 8)?, 1 << (place % 8)))
    }
}

const fn kind(threshold: Threshold) -> usize {
    match threshold {
        Threshold::Three => 1,
        Threshold::Four => 2,
    }
}
