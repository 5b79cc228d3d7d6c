//! Why two definitions do not find the same desaturations in one night: event by event.

mod definition;
mod event;
mod matching;
mod seen;
mod why;

use alloc::vec::Vec;

use crate::code::codes;
use crate::recording::Recording;
use matching::Matching;
use seen::Seen;
use why::Other;

pub use crate::desaturation::Rule;
pub use definition::Definition;
pub use event::Event;

/// An event that the other definition does not have, and the first of its rules that lost it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct Lost {
    /// The event.
    pub event: Event,
    /// The rule of the other definition.
    pub rule: Rule,
}

/// The events of two definitions: each is in `matched`, or in the list of its own definition.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct Reconciliation {
    /// The one definition.
    pub a: Definition,
    /// The other.
    pub b: Definition,
    /// Events of `a` and `b` that overlap, in order: one of each.
    pub matched: Vec<(Event, Event)>,
    /// Events that `b` lacks, in order.
    pub only_a: Vec<Lost>,
    /// Events that `a` lacks, in order.
    pub only_b: Vec<Lost>,
}

/// One of two definitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Side {
    /// The one.
    A,
    /// The other.
    B,
}

codes!(Side { A = "a", B = "b" });

impl Reconciliation {
    /// The events that only one of the two has.
    #[must_use]
    pub fn only(&self, side: Side) -> &[Lost] {
        match side {
            Side::A => &self.only_a,
            Side::B => &self.only_b,
        }
    }

    /// How many events of one definition the other lost by a rule.
    #[must_use]
    pub fn lost_by(&self, side: Side, rule: Rule) -> usize {
        self.only(side).iter().filter(|lost| lost.rule == rule).count()
    }
}

impl Recording<'_> {
    /// The events that enter the index of a definition, whatever its profile, in order.
    #[must_use]
    pub fn events(&self, definition: &Definition) -> Vec<Event> {
        Seen::by(self, definition).events
    }

    /// Finds the events of two definitions, matches those that overlap, and says of every other one by which rule the
    /// definition that lacks it lost it. What each rule means is in docs/ALGORITHMS.md, "Reconciliation".
    ///
    /// # Example
    /// ```
    /// use oxicore::reconcile::{Definition, Rule};
    /// use oxicore::{AnalysisOptions, Profile, Recording, Threshold};
    ///
    /// let levels = [96; 30].into_iter().chain([93; 5]).chain([96; 30]).enumerate();
    /// let row = |(i, spo2)| format!("22:{:02}:{:02} Jan 02 2026,{spo2},60,0\n", i * 4 / 60, i * 4 % 60);
    /// let file: String = levels.map(row).collect();
    /// let night = Recording::parse(file.as_bytes())?;
    /// let aasm = |depth: Threshold| Definition::new(Profile::Aasm, depth, &AnalysisOptions::default());
    /// let found = night.reconcile(aasm(Threshold::Three), aasm(Threshold::Four));
    /// assert_eq!((found.matched.len(), found.only_a.len(), found.only_b.len()), (0, 1, 0));
    /// assert_eq!(found.only_a[0].rule, Rule::Depth);   // a drop of 3 is none of 4
    /// # Ok::<(), oxicore::ParseError>(())
    /// ```
    #[must_use]
    pub fn reconcile(&self, a: Definition, b: Definition) -> Reconciliation {
        let [of_a, of_b] = [&a, &b].map(|definition| Seen::by(self, definition));
        let matching = Matching::of(&of_a.events, &of_b.events);
        let matched = matching
            .pairs
            .iter()
            .filter_map(|&(one, other)| Some((*of_a.events.get(one)?, *of_b.events.get(other)?)));
        let lost = |alone: &[usize], of: &Seen, other: &Other<'_>| {
            let events = alone.iter().filter_map(|&place| of.events.get(place));
            events.map(|&event| Lost { event, rule: other.why_not(&event) }).collect()
        };
        let only_a = lost(&matching.alone_a, &of_a, &Other { definition: &b, own: &of_b, its: &of_a });
        let only_b = lost(&matching.alone_b, &of_b, &Other { definition: &a, own: &of_a, its: &of_b });
        Reconciliation { matched: matched.collect(), only_a, only_b, a, b }
    }
}
