//! The panels: which part of the readings and events stands where.

use alloc::vec::Vec;

use oxicore::Desaturation;
use oxicore::chart::LinePoint;

use super::Night;
use crate::axis::Scale;
use crate::layout::Frame;
use crate::readings::Readings;
use crate::scene::{Lane, Mark, Panel, Ribbon};

pub(super) fn spo2(readings: &Readings, frame: Frame) -> Panel {
    let lowest = readings.spo2.iter().map(|point| point.value).min();
    Panel { frame, scale: Scale::of_spo2(lowest), lines: lines(&readings.spo2) }
}

pub(super) fn pulse(readings: &Readings, frame: Frame) -> Panel {
    let values = || readings.pulse.iter().map(|point| point.value);
    let scale = Scale::of_pulse(values().min().zip(values().max()));
    Panel { frame, scale, lines: lines(&readings.pulse) }
}

/// A bar is a line from nothing to its value.
pub(super) fn motion(readings: &Readings, frame: Frame) -> Option<Panel> {
    let largest = readings.motion.iter().map(|point| point.value).max()?;
    let bars = readings.motion.iter().filter(|point| point.value > 0);
    let bar = |at_s, value| alloc::vec![(at_s, 0), (at_s, value)];
    let lines = bars.map(|point| bar(point.at.as_secs(), point.value)).collect();
    Some(Panel { frame, scale: Scale::of_motion(Some(largest)), lines })
}

pub(super) fn below_range(readings: &Readings, frame: Frame) -> Option<Lane> {
    let stretches = readings.below_range.iter().map(|(from, to)| (from.as_secs(), to.as_secs()));
    (!readings.below_range.is_empty()).then(|| Lane { frame, stretches_s: stretches.collect() })
}

/// The events of which something lies in the window.
pub(super) fn ribbon(night: &Night<'_>, frame: Frame) -> Ribbon {
    let window = night.readings.window;
    let is_seen = |event: &&Desaturation| event.end >= window.from && event.onset <= window.to;
    Ribbon { frame, marks: night.events.iter().filter(is_seen).map(mark).collect() }
}

fn mark(event: &Desaturation) -> Mark {
    Mark {
        onset_s: event.onset.as_secs(),
        nadir_s: event.nadir_at.as_secs(),
        end_s: event.end.as_secs(),
        nadir_pct: event.nadir.as_pct(),
        depth_pct: event.peak.as_pct().saturating_sub(event.nadir.as_pct()),
        counted: event.counted,
        below_range: event.below_range,
    }
}

fn lines(points: &[LinePoint]) -> Vec<Vec<(u32, u16)>> {
    let segments = points.chunk_by(|one, next| one.segment == next.segment);
    let plain = |point: &LinePoint| (point.at.as_secs(), point.value);
    segments.map(|segment| segment.iter().map(plain).collect()).collect()
}
