//! Does the pulse rise with the resaturation? Each event waits 10 s beyond its end for the answer.
//! Definition: docs/ALGORITHMS.md, "Coupling".

use crate::batch::BLOCK;
use crate::desaturation::Desaturation;
use crate::units::Span;

/// How long after the end of an event a rise may begin.
const AFTER_END: Span = Span::from_secs(10);

/// The latest rises of the pulse.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rises {
    rises: [Option<Span>; Self::MOST],
    next: usize,
    last_pulse: Option<Span>,
}

impl Default for Rises {
    fn default() -> Self {
        Self { rises: [None; Self::MOST], next: 0, last_pulse: None }
    }
}

impl Rises {
    /// There are two readings to a rise at least, so a block has [`BLOCK`] / 2; some before it decide too.
    const MOST: usize = BLOCK / 2 + 4;

    #[inline]
    pub(crate) fn pulse(&mut self, at: Span, is_rise: bool) {
        self.last_pulse = Some(at);
        if is_rise {
            self.add(at);
        }
    }

    pub(crate) const fn add(&mut self, at: Span) {
        self.rises[self.next] = Some(at);
        self.next = (self.next + 1) % Self::MOST;
    }

    /// Whether the pulse rose from the nadir until 10 s after the end; `None` where there was no pulse.
    fn with(&self, event: &Desaturation) -> Option<bool> {
        let window = event.nadir_at..=event.end.plus(AFTER_END);
        let has_pulse = self.last_pulse.is_some_and(|at| at >= event.nadir_at);
        let mut since_nadir = self.newest_first().take_while(|&at| at >= event.nadir_at);
        has_pulse.then(|| since_nadir.any(|at| window.contains(&at)))
    }

    fn newest_first(&self) -> impl Iterator<Item = Span> {
        let (newer, older) = self.rises.split_at(self.next);
        newer.iter().rev().chain(older.iter().rev()).map_while(|&at| at)
    }
}

/// The newest events of a threshold, held back until their pulse is known; the oldest first.
///
/// An event has two readings at least, so that no more than this many end within the ten seconds that one waits.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Held([Option<Desaturation>; 6]);

impl Held {
    /// Whether the oldest must be released before another can be held.
    pub(crate) const fn is_full(&self) -> bool {
        self.0[self.0.len() - 1].is_some()
    }

    /// Holds a new event; there is room.
    pub(crate) fn hold(&mut self, event: Desaturation) {
        if let Some(place) = self.0.iter_mut().find(|place| place.is_none()) {
            *place = Some(event);
        }
    }

    /// Whether an event is held whose time is over at `now`.
    #[inline]
    pub(crate) fn is_settled(&self, now: Span) -> bool {
        self.0[0].is_some_and(|event| now > event.end.plus(AFTER_END))
    }

    /// When the oldest event ended.
    pub(crate) fn oldest_end(&self) -> Option<Span> {
        self.0[0].map(|event| event.end)
    }

    /// Gives the oldest event with what is known of its pulse.
    pub(crate) fn release(&mut self, rises: &Rises) -> Option<Desaturation> {
        let event = self.0[0].take()?;
        self.0.rotate_left(1);
        Some(Desaturation { pulse_rise: rises.with(&event), ..event })
    }
}
