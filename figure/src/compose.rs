//! Makes the scene of a night.

mod legend;
mod panels;
mod texts;

use alloc::vec::Vec;

use oxicore::{Desaturation, Summary};

use crate::axis;
use crate::layout::{Frames, LEFT, RIGHT, SHEET};
use crate::readings::Readings;
use crate::scene::{Clock, Scene};
use crate::theme::{Colours, Look};
use crate::words::Captions;

/// A night, or a stretch of it, to be drawn.
#[derive(Clone, Copy, Debug)]
pub struct Night<'a> {
    /// What was read.
    pub readings: &'a Readings,
    /// Numbers of the whole night.
    pub summary: &'a Summary,
    /// Desaturations by the definition that the captions name, in order: those the readings were reduced for.
    pub events: &'a [Desaturation],
}

/// Seconds: a window of this length or less is shown from close by.
const CLOSE_S: u32 = 3_600;
/// A label of the clock needs about a fourteenth of the axis.
const MOST_TICKS: u32 = 14;

impl Scene {
    /// Of a night.
    #[must_use]
    pub fn of(night: &Night<'_>, captions: &Captions, look: Look) -> Self {
        let Night { readings, summary, .. } = *night;
        let frames = Frames::of(!readings.below_range.is_empty(), !readings.motion.is_empty());
        let scene = Self {
            title: captions.alt(),
            sheet: SHEET,
            colours: Colours::of(look),
            clock: Clock::of(night),
            spo2: panels::spo2(readings, frames.spo2),
            thresholds_pct: axis::THRESHOLDS_PCT,
            gaps_s: readings.gaps().map(|(from, to)| (from.as_secs(), to.as_secs())).collect(),
            below_range: panels::below_range(readings, frames.below_range),
            ribbon: panels::ribbon(night, frames.ribbon),
            pulse: panels::pulse(readings, frames.pulse),
            motion: panels::motion(readings, frames.motion),
            samples: Vec::new(),
            texts: Vec::new(),
        };
        let (samples, explained) = legend::of(&scene, summary, captions);
        let mut texts = texts::of(&scene, summary, captions);
        texts.extend(explained);
        Self { samples, texts, ..scene }
    }
}

impl Clock {
    fn of(night: &Night<'_>) -> Self {
        let (window, recording) = (night.readings.window, &night.summary.recording);
        let (from_s, to_s) = (window.from.as_secs(), window.to.as_secs());
        Self {
            from_s,
            to_s,
            interval_s: night.readings.interval.as_secs(),
            edges: (LEFT, RIGHT),
            ticks: axis::ticks(recording.start, window, MOST_TICKS),
            is_close: to_s.saturating_sub(from_s) <= CLOSE_S,
        }
    }
}
