//! What a definition sees in a night: its events, and everything that its detector says on the way.

use alloc::vec::Vec;

use super::definition::Definition;
use super::event::Event;
use crate::analysis::{desaturations_heard, each_accepted};
use crate::below_range::{BelowRange, BelowRangeRun};
use crate::desaturation::discarded::{Discarded, Listener, Rule};
use crate::desaturation::{Depth, Desaturation, Threshold, mean120, pobm};
use crate::index::Profile;
use crate::recording::Recording;
use crate::units::{Span, Spo2};

/// A reading that the detector was given.
pub(super) type Reading = (Span, Spo2);

/// All in order of time.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) interval: Span,
    pub(super) events: Vec<Event>,
    pub(super) heard: Heard,
    /// Runs below the range of the ring that are missing time by the settings.
    pub(super) runs: Vec<BelowRangeRun>,
}

/// What the detector said.
#[derive(Default)]
pub(super) struct Heard {
    pub(super) readings: Vec<Reading>,
    pub(super) discarded: Vec<Discarded>,
    /// Missing time that is not bridged.
    pub(super) breaks: Vec<(Span, Span)>,
}

impl Listener for Heard {
    fn reading(&mut self, at: Span, spo2: Spo2) {
        self.readings.push((at, spo2));
    }

    fn discarded(&mut self, drop: Discarded) {
        self.discarded.push(drop);
    }

    fn broken(&mut self, from: Span, to: Span) {
        self.breaks.push((from, to));
    }
}

impl Seen {
    pub(super) fn by(recording: &Recording<'_>, definition: &Definition) -> Self {
        let mut seen = Self { interval: recording.interval(), ..Self::default() };
        match definition.profile {
            Profile::Aasm | Profile::AasmNested => seen.aasm(recording, definition),
            Profile::Viatom => seen.viatom(recording, definition.depth),
            Profile::Pobm => seen.pobm(recording, definition.depth),
            Profile::Mean120 | Profile::Mean120Analyzer => seen.mean120(recording, definition),
        }
        seen.heard.discarded.sort_by_key(|drop| drop.onset);
        seen
    }

    fn aasm(&mut self, recording: &Recording<'_>, definition: &Definition) {
        let options = definition.options();
        let mut found = Vec::new();
        let mut keep = |event| found.push(event);
        desaturations_heard(*recording, definition.detected_depth(), &options, &mut keep, &mut self.heard);
        for event in found {
            let is_shallow = event.depth_pct() < definition.depth.as_pct();
            match options.aasm.lost_by(&event).or(is_shallow.then_some(Rule::Depth)) {
                None => self.events.push(Event::of(&event)),
                Some(rule) => self.heard.discarded.push(Discarded {
                    onset: event.onset,
                    end: event.end,
                    depth_pct: event.depth_pct(),
                    rule,
                }),
            }
        }
        if options.aasm.below_range == BelowRange::Gap {
            self.runs = recording.below_range_runs(BelowRange::Gap, options.aasm.max_gap).collect();
        }
    }

    fn viatom(&mut self, recording: &Recording<'_>, depth: Depth) {
        let readings = recording.samples().filter_map(|sample| Some((sample.at, sample.spo2?)));
        self.heard.readings = readings.collect();
        recording.viatom(depth, &mut |drop| {
            self.events.push(Event {
                onset: drop.begin,
                nadir_at: drop.nadir_at,
                end: drop.end.unwrap_or(recording.span()),
                baseline: drop.baseline,
                nadir: drop.nadir,
            });
        });
    }

    fn pobm(&mut self, recording: &Recording<'_>, depth: Depth) {
        let mut groups = Vec::new();
        let mut found = |found| {
            if let pobm::Found::Group(group) = found {
                groups.push(group);
            }
        };
        let mut detector = pobm::Detector::new(depth, recording.interval());
        for sample in recording.samples() {
            detector.push_heard(sample.at, sample.spo2, &mut found, &mut self.heard);
        }
        detector.finish_heard(&mut found, &mut self.heard);
        self.events = groups.iter().filter_map(|group| self.of_group(group)).collect();
    }

    /// With the reading that holds at its begin, and the lowest of it.
    fn of_group(&self, group: &pobm::Group) -> Option<Event> {
        let readings = &self.heard.readings;
        let begin = readings.partition_point(|&(at, _)| at <= group.begin).checked_sub(1)?;
        let end = readings.partition_point(|&(at, _)| at < group.end);
        let held = readings.get(begin..end)?;
        let &(_, baseline) = held.first()?;
        let &(nadir_at, nadir) = held.iter().min_by_key(|&(_, spo2)| spo2)?;
        Some(Event {
            onset: group.begin,
            nadir_at: nadir_at.max(group.begin),
            end: group.end,
            baseline,
            nadir,
        })
    }

    fn mean120(&mut self, recording: &Recording<'_>, definition: &Definition) {
        let options = definition.options();
        let mut detector =
            mean120::Detector::new(definition.depth, recording.interval(), definition.mean120());
        let mut found = Vec::new();
        each_accepted(*recording, &options.filter, None, &mut |at, spo2| {
            self.heard.reading(at, spo2);
            found.extend(detector.push_heard(at, spo2, &mut self.heard));
        });
        found.extend(detector.finish_heard(&mut self.heard));
        self.events = found.iter().filter_map(|event| self.of_mean(event)).collect();
    }

    fn of_mean(&self, event: &mean120::Event) -> Option<Event> {
        let inside = self.readings(event.onset, event.last.plus(self.interval));
        let &(nadir_at, nadir) = inside.iter().min_by_key(|&(_, spo2)| spo2)?;
        let baseline = Spo2::from_device(event.baseline_pct().into())?;
        Some(Event { onset: event.onset, nadir_at, end: event.last.plus(self.interval), baseline, nadir })
    }

    /// The readings from one moment up to, not including, another.
    pub(super) fn readings(&self, from: Span, to: Span) -> &[Reading] {
        let readings = &self.heard.readings;
        let [begin, end] = [from, to].map(|moment| readings.partition_point(|&(at, _)| at < moment));
        readings.get(begin..end).unwrap_or_default()
    }
}

impl Event {
    fn of(event: &Desaturation) -> Self {
        let Desaturation { onset, nadir_at, end, peak, nadir, .. } = *event;
        Self { onset, nadir_at, end, baseline: peak, nadir }
    }
}

impl Definition {
    /// The nested events of 4 % are among those of 3 %.
    pub(super) fn detected_depth(&self) -> Depth {
        match self.profile {
            Profile::AasmNested => Threshold::Three.into(),
            _ => self.depth,
        }
    }
}
