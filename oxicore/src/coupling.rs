//! Does the pulse rise with the resaturation? Each event waits 10 s beyond its end for the answer.
//! Definition: docs/ALGORITHMS.md, "Coupling".

use crate::desaturation::Desaturation;
use crate::units::Span;

/// How long after the end of an event a rise may begin.
const AFTER_END: Span = Span::from_secs(10);

/// Holds the newest event back until its pulse is known, and remembers the latest rises.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Coupling {
    held: Option<Desaturation>,
    rises: [Option<Span>; Self::RISES],
    last_pulse: Option<Span>,
}

impl Coupling {
    /// Rises are some seconds apart and events end within minutes of their nadir: the newest rises decide.
    const RISES: usize = 4;

    pub(crate) fn pulse(&mut self, at: Span, is_rise: bool) {
        self.last_pulse = Some(at);
        if is_rise {
            self.rises.rotate_right(1);
            self.rises[0] = Some(at);
        }
    }

    /// Holds a new event; gives the one held before.
    pub(crate) fn hold(&mut self, event: Desaturation) -> Option<Desaturation> {
        let before = self.finish();
        self.held = Some(event);
        before
    }

    /// Gives the held event once its time is over at `now`.
    pub(crate) fn settled(&mut self, now: Span) -> Option<Desaturation> {
        if self.held.is_some_and(|event| now > event.end.plus(AFTER_END)) { self.finish() } else { None }
    }

    /// Gives the held event with what is known of its pulse.
    pub(crate) fn finish(&mut self) -> Option<Desaturation> {
        let event = self.held.take()?;
        let window = event.nadir_at..=event.end.plus(AFTER_END);
        let has_pulse = self.last_pulse.is_some_and(|at| at >= event.nadir_at);
        let has_rise = self.rises.iter().flatten().any(|at| window.contains(at));
        Some(Desaturation { pulse_rise: has_pulse.then_some(has_rise), ..event })
    }
}
