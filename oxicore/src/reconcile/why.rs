//! Why a definition lacks an event of another: what its detector said where the event is, and where it said nothing, the
//! first of its conditions that no reading of the event meets.

use super::definition::Definition;
use super::event::Event;
use super::seen::{Reading, Seen};
use crate::below_range::BelowRangeRun;
use crate::desaturation::discarded::{Discarded, Rule};
use crate::index::Profile;
use crate::units::Span;

/// A definition that lacks events.
pub(super) struct Other<'a> {
    pub(super) definition: &'a Definition,
    /// What it sees.
    pub(super) own: &'a Seen,
    /// What the definition sees that has the events.
    pub(super) its: &'a Seen,
}

/// Whether SpO2 is low enough to begin an event, beside the readings of the window before it and beside a level; percent.
type Condition<'c> = dyn Fn(&[Reading], u32, u32) -> bool + 'c;

/// The time whose mean profile `mean120` compares with.
const MEAN_OF: Span = Span::from_secs(120);

impl Other<'_> {
    pub(super) fn why_not(&self, event: &Event) -> Rule {
        if self.own.events.iter().any(|own| own.overlap(event) > Span::ZERO) {
            return Rule::JoinedWithAnother;
        }
        match self.deepest(event) {
            Some(drop) if drop.rule == Rule::Gap => self.why_missing(self.break_at(drop)),
            Some(drop) => drop.rule,
            None => self.unmet(event),
        }
    }

    /// The deepest drop there that is no event; the first of equal ones.
    fn deepest(&self, event: &Event) -> Option<&Discarded> {
        let begun = self.own.heard.discarded.iter().take_while(|drop| drop.onset < event.end);
        begun
            .filter(|drop| event.onset < drop.end)
            .reduce(|deepest, drop| if drop.depth_pct > deepest.depth_pct { drop } else { deepest })
    }

    /// Missing time that a drop ended at, or that lies before it.
    fn break_at(&self, drop: &Discarded) -> Option<(Span, Span)> {
        let touches = |&&(from, to): &&(Span, Span)| from == drop.end || to == drop.onset;
        self.own.heard.breaks.iter().find(touches).copied()
    }

    /// Readings that the filter leaves out, SpO2 below the range of the ring, or nothing at all.
    fn why_missing(&self, missing: Option<(Span, Span)>) -> Rule {
        let Some((from, to)) = missing else { return Rule::Gap };
        let is_this = |run: &BelowRangeRun| run.before.plus(self.own.interval) == from && run.after == to;
        if self.is_bridged_by_its_readings(from, to) {
            Rule::Filter
        } else if self.own.runs.iter().any(is_this) {
            Rule::BelowRange
        } else {
            Rule::Gap
        }
    }

    fn is_bridged_by_its_readings(&self, from: Span, to: Span) -> bool {
        let Some(limit) = self.max_gap() else { return false };
        let mut held_until = from;
        let steps = self.its.readings(from, to).iter().map(|&(at, _)| at).chain([to]);
        steps.into_iter().all(|at| {
            let is_bridged = at.since(held_until) <= limit;
            held_until = at.plus(self.its.interval);
            is_bridged
        })
    }

    /// Longest missing time that is bridged; `None` for any.
    fn max_gap(&self) -> Option<Span> {
        match self.definition.profile {
            Profile::Aasm | Profile::AasmNested => Some(self.definition.options().aasm.max_gap),
            Profile::Mean120 | Profile::Mean120Analyzer => self.definition.mean120().max_gap,
            Profile::Viatom | Profile::Pobm => Some(Span::ZERO),
        }
    }

    /// The first condition of the definition that the event does not meet: nothing of it began.
    fn unmet(&self, event: &Event) -> Rule {
        let depth_pct = u32::from(self.definition.detected_depth().as_pct());
        match self.definition.profile {
            Profile::Aasm | Profile::AasmNested => {
                let look_back = self.definition.options().aasm.look_back;
                self.first_unmet(event, look_back, &|window, level, spo2| {
                    window.iter().map(pct).chain([level]).any(|highest| highest >= spo2 + depth_pct)
                })
            }
            Profile::Mean120 | Profile::Mean120Analyzer => {
                self.first_unmet(event, MEAN_OF, &|window, _, spo2| {
                    let n = u32::try_from(window.len()).unwrap_or(u32::MAX);
                    n > 0 && (spo2 + depth_pct).saturating_mul(n) <= window.iter().map(pct).sum()
                })
            }
            Profile::Viatom | Profile::Pobm => Rule::Depth,
        }
    }

    /// The rules one after the other, first without any: the readings of the definition that has the event and the level that
    /// it measures from, with nothing missing.
    fn first_unmet(&self, event: &Event, look_back: Span, is_low: &Condition<'_>) -> Rule {
        let ever = |seen: &Seen, breaks: &[(Span, Span)], level: u32| {
            is_ever_low(seen, event, (look_back, breaks, level), is_low)
        };
        let (level, breaks) = (u32::from(event.baseline.as_pct()), &self.own.heard.breaks);
        let is_in_window = |seen: &Seen| ever(seen, &[], 0);
        if !ever(self.its, &[], level) {
            Rule::Depth
        } else if !ever(self.own, &[], level) || is_in_window(self.its) && !is_in_window(self.own) {
            Rule::Filter
        } else if !ever(self.own, breaks, level) {
            self.why_missing(breaks.iter().rfind(|&&(_, to)| to < event.end).copied())
        } else {
            Rule::OnsetWindow
        }
    }
}

/// Whether any reading of an event is low beside those of the window before it, and beside a level: since the last break only.
fn is_ever_low(
    seen: &Seen,
    event: &Event,
    (look_back, breaks, level): (Span, &[(Span, Span)], u32),
    is_low: &Condition<'_>,
) -> bool {
    seen.readings(event.onset, event.end).iter().any(|reading| {
        let at = reading.0;
        let broken = breaks.iter().take_while(|&&(_, to)| to <= at).last();
        let since = broken.map_or(Span::ZERO, |&(_, to)| to);
        let window = seen.readings(since.max(at.since(look_back)), at);
        is_low(window, if since <= event.onset { level } else { 0 }, pct(reading))
    })
}

fn pct(&(_, spo2): &Reading) -> u32 {
    spo2.as_pct().into()
}
