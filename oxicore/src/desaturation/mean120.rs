//! Profile `mean120`: readings at least X % below the mean of the preceding 120 s, held for 10 s.
//!
//! The wording of Chung 2012 (Profox). In frequent apnea the mean sinks with the events and most are missed: for
//! comparison with that literature only. Definition: docs/ALGORITHMS.md, "Profile mean120".

use crate::desaturation::discarded::{Discarded, Listener, Rule};
use crate::desaturation::{Depth, Outcome};
use crate::units::{Span, Spo2};
use crate::with::with;

/// Shortest event, first to last low reading.
pub const MIN_DURATION: Span = Span::from_secs(10);

/// Limits that readers of the same wording set differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(default, deny_unknown_fields)
)]
#[non_exhaustive]
pub struct Config {
    /// Longest event that counts; `None` for any.
    #[cfg_attr(feature = "serde", serde(rename = "max_duration_s"))]
    pub max_duration: Option<Span>,
    /// Longest missing time that is bridged; `None` for any.
    #[cfg_attr(feature = "serde", serde(rename = "max_gap_s"))]
    pub max_gap: Option<Span>,
}

impl Config {
    /// Events of any length, gaps up to 10 s bridged: the published wording.
    pub const CHUNG: Self = Self { max_duration: None, max_gap: Some(Span::from_secs(10)) };
    /// Events up to 120 s, gaps of any length bridged: equal to o2ring-analyzer 1.0.3.
    pub const O2RING_ANALYZER: Self = Self { max_duration: Some(Span::from_secs(120)), max_gap: None };
}

with!(Config { with_max_duration(max_duration: Option<Span>), with_max_gap(max_gap: Option<Span>) });

impl Config {
    /// The first rule by which it is no event: one that a gap cut short is lost by the gap.
    fn lost_by(&self, event: &Event) -> Option<Rule> {
        let duration = event.last.since(event.onset);
        if duration < MIN_DURATION {
            return Some(if event.outcome == Outcome::Gap { Rule::Gap } else { Rule::ShorterThan });
        }
        let is_long = self.max_duration.is_some_and(|longest| duration > longest);
        is_long.then_some(Rule::LongerThan)
    }
}

impl Default for Config {
    fn default() -> Self {
        Self::CHUNG
    }
}

/// One event of this profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct Event {
    /// First low reading, seconds.
    #[cfg_attr(feature = "serde", serde(rename = "onset_s"))]
    pub onset: Span,
    /// Last low reading, seconds.
    #[cfg_attr(feature = "serde", serde(rename = "last_s"))]
    pub last: Span,
    /// Lowest level, percent.
    #[cfg_attr(feature = "serde", serde(rename = "nadir_pct"))]
    pub nadir: Spo2,
    /// Sum of the readings behind the frozen mean, percent.
    pub baseline_sum: u32,
    /// Their number.
    pub baseline_n: u32,
    /// `Complete` when a reading above the level ended it; never `Sustained`. All kinds count.
    pub outcome: Outcome,
}

impl Event {
    /// The frozen mean without its fraction, percent: what is a whole depth below the one is so below the other.
    pub(crate) fn baseline_pct(&self) -> u8 {
        u8::try_from(self.baseline_sum.checked_div(self.baseline_n).unwrap_or(0)).unwrap_or(u8::MAX)
    }
}

/// Finds the events of one depth sample by sample, in fixed memory.
#[derive(Clone, Debug)]
pub struct Detector {
    depth_pct: u8,
    interval: Span,
    config: Config,
    window: Window,
    inside: Option<Event>,
    previous: Option<Span>,
}

impl Detector {
    /// A detector for recordings sampled every `interval`.
    #[must_use]
    #[inline(never)]
    pub fn new(depth: impl Into<Depth>, interval: Span, config: Config) -> Self {
        let depth_pct = depth.into().as_pct();
        Self { depth_pct, interval, config, window: Window::EMPTY, inside: None, previous: None }
    }

    /// Takes the next accepted reading; gives the event that it ends, if any.
    pub fn push(&mut self, at: Span, spo2: Spo2) -> Option<Event> {
        self.push_heard(at, spo2, &mut ())
    }

    /// The same with a listener.
    pub(crate) fn push_heard(&mut self, at: Span, spo2: Spo2, listener: &mut impl Listener) -> Option<Event> {
        let by_gap = self.close_at_gap(at, listener);
        self.window.advance(at);
        let by_value = self.step_inside(at, spo2, listener);
        if self.inside.is_none() {
            self.step_outside(at, spo2);
        }
        self.window.add(at, spo2);
        self.previous = Some(at);
        by_gap.or(by_value)
    }

    /// Ends the recording; gives the event that was still open, if any.
    pub fn finish(&mut self) -> Option<Event> {
        self.finish_heard(&mut ())
    }

    /// The same with a listener.
    pub(crate) fn finish_heard(&mut self, listener: &mut impl Listener) -> Option<Event> {
        self.close(Outcome::End, listener)
    }

    fn close_at_gap(&mut self, at: Span, listener: &mut impl Listener) -> Option<Event> {
        let (max_gap, held_until) = (self.config.max_gap?, self.previous?.plus(self.interval));
        if at.since(held_until) <= max_gap {
            return None;
        }
        self.window = Window::EMPTY;
        listener.broken(held_until, at);
        self.close(Outcome::Gap, listener)
    }

    fn step_inside(&mut self, at: Span, spo2: Spo2, listener: &mut impl Listener) -> Option<Event> {
        let depth_pct = self.depth_pct;
        let event = self.inside.as_mut()?;
        if !is_low(spo2, depth_pct, event.baseline_sum, event.baseline_n) {
            return self.close(Outcome::Complete, listener);
        }
        event.last = at;
        event.nadir = event.nadir.min(spo2);
        None
    }

    fn step_outside(&mut self, at: Span, spo2: Spo2) {
        let Window { sum: baseline_sum, count: baseline_n, .. } = self.window;
        if is_low(spo2, self.depth_pct, baseline_sum, baseline_n) {
            let outcome = Outcome::End;
            self.inside = Some(Event { onset: at, last: at, nadir: spo2, baseline_sum, baseline_n, outcome });
        }
    }

    fn close(&mut self, outcome: Outcome, listener: &mut impl Listener) -> Option<Event> {
        let event = Event { outcome, ..self.inside.take()? };
        let Some(rule) = self.config.lost_by(&event) else { return Some(event) };
        let depth_pct = event.baseline_pct().saturating_sub(event.nadir.as_pct());
        let end = event.last.plus(self.interval);
        listener.discarded(Discarded { onset: event.onset, end, depth_pct, rule });
        None
    }
}

/// At least the depth below the mean `sum / n`, in integers; never without a mean.
const fn is_low(spo2: Spo2, depth_pct: u8, sum: u32, n: u32) -> bool {
    n > 0 && (spo2.as_pct() as u32 + depth_pct as u32) * n <= sum
}

/// Sum and number of the readings in the 120 s before `now`, one slot a second.
#[derive(Clone, Debug)]
struct Window {
    slots: [u8; Self::SECONDS],
    now: u32,
    sum: u32,
    count: u32,
}

impl Window {
    const SECONDS: usize = 120;
    const EMPTY: Self = Self { slots: [0; Self::SECONDS], now: 0, sum: 0, count: 0 };

    /// Forgets the readings older than 120 s at `at`.
    fn advance(&mut self, at: Span) {
        let at = at.as_secs();
        if at.saturating_sub(self.now) as usize >= Self::SECONDS {
            *self = Self { now: at, ..Self::EMPTY };
        }
        while self.now < at {
            self.forget(self.now);
            self.now += 1;
        }
    }

    /// Adds the reading of the second `at`, which [`advance`](Self::advance) reached.
    fn add(&mut self, at: Span, spo2: Spo2) {
        let at = at.as_secs();
        self.forget(at);
        if let Some(slot) = self.slots.get_mut(at as usize % Self::SECONDS) {
            *slot = spo2.as_pct();
            self.sum += u32::from(spo2.as_pct());
            self.count += 1;
        }
        self.now = at + 1;
    }

    /// Clears the slot of the second `at`, which holds the reading 120 s before it.
    fn forget(&mut self, at: u32) {
        if let Some(slot) = self.slots.get_mut(at as usize % Self::SECONDS)
            && *slot > 0
        {
            self.sum -= u32::from(*slot);
            self.count -= 1;
            *slot = 0;
        }
    }
}
