//! The records at the end of a night that the settings leave out, kept until more follow: then they are not its end.

use super::room::Room;
use crate::sample::Sample;
use crate::units::Span;

/// The newest records in order, in lent memory.
#[derive(Debug)]
pub(super) struct Late<'m> {
    places: Room<'m, Sample>,
    oldest: usize,
    len: usize,
}

impl<'m> Late<'m> {
    pub(super) fn new(places: Room<'m, Sample>) -> Self {
        Self { places, oldest: 0, len: 0 }
    }

    /// Takes a record; there is room, because records are a second apart and more.
    pub(super) fn push(&mut self, sample: &Sample) {
        let place = (self.oldest + self.len).checked_rem(self.places.len());
        if let Some(place) = place.and_then(|place| self.places.get_mut(place)) {
            *place = *sample;
            self.len += 1;
        }
    }

    /// The oldest record, if it lies before the end.
    pub(super) fn pop_before(&mut self, end: Span) -> Option<Sample> {
        let oldest = *self.places.get(self.oldest).filter(|sample| self.len > 0 && sample.at < end)?;
        self.oldest = (self.oldest + 1) % self.places.len();
        self.len -= 1;
        Some(oldest)
    }

    pub(super) fn samples(&self) -> impl Iterator<Item = &Sample> {
        let (later, first) = self.places.split_at_checked(self.oldest).unwrap_or_default();
        first.iter().chain(later).take(self.len)
    }
}
