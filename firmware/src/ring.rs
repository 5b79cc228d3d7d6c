//! What an interrupt leaves and the main loop takes.

use oxicore::units::Motion;
use oxicore::{PulseRate, Sample, Span, Spo2};

/// What a sensor gives at a time: percent, beats per minute, movement; 0 for no reading of the first two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Percent.
    pub spo2: u8,
    /// Beats per minute.
    pub pulse: u8,
    /// No unit.
    pub motion: u8,
}

impl Reading {
    /// The record of this time.
    #[must_use]
    pub fn at(self, at: Span) -> Sample {
        let (spo2, pulse) = (Spo2::from_device(self.spo2.into()), PulseRate::from_device(self.pulse.into()));
        Sample::new(at, spo2, pulse).with_motion(Motion::from_device(self.motion.into()))
    }
}

/// Room for a number of readings; the oldest leaves first.
#[derive(Debug, Default)]
pub struct Ring {
    places: [Reading; Self::PLACES],
    oldest: usize,
    len: usize,
}

impl Ring {
    /// Readings it holds.
    pub const PLACES: usize = 8;

    /// Whether there was room; the main loop is too slow where there is none.
    #[must_use]
    pub fn put(&mut self, reading: Reading) -> bool {
        let has_room = self.len < Self::PLACES;
        if has_room && let Some(place) = self.places.get_mut((self.oldest + self.len) % Self::PLACES) {
            *place = reading;
            self.len += 1;
        }
        has_room
    }

    /// The oldest reading.
    pub fn take(&mut self) -> Option<Reading> {
        let oldest = *self.places.get(self.oldest).filter(|_| self.len > 0)?;
        self.oldest = (self.oldest + 1) % Self::PLACES;
        self.len -= 1;
        Some(oldest)
    }
}
