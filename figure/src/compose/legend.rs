//! What colours and marks mean, in two rows: the level strip with its shares of the night, and the marks that this night has.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use oxicore::Summary;

use crate::layout::{LEGEND_Y, MARGIN, SHEET, SMALL, STRIP_Y};
use crate::letters;
use crate::levels::STEPS_PCT;
use crate::scene::{Sample, Sampled, Scene};
use crate::text::{Anchor, Ink, Text, Weight};
use crate::words::Captions;

type Explained = (Vec<Sample>, Vec<Text>);

/// Half the height of a sample.
const HALF: u32 = 7;
const WIDE: u32 = 16;
const NARROW: u32 = 8;
const GAP: u32 = 7;
const BETWEEN: u32 = 22;
/// No level is at or above it, percent.
const ABOVE_ALL_PCT: u8 = 101;

pub(super) fn of(scene: &Scene, summary: &Summary, captions: &Captions) -> Explained {
    let (mut samples, mut texts) = strip(summary, captions);
    let (more, marks) = marks(scene, captions);
    samples.extend(more);
    texts.extend(marks);
    if !captions.source.is_empty() {
        let right = SHEET.0.saturating_sub(MARGIN);
        texts.push(Text::label(captions.source.clone(), right, LEGEND_Y, Anchor::End));
    }
    (samples, texts)
}

/// A row being filled from the left.
struct Row {
    x: u32,
    y: u32,
    explained: Explained,
}

impl Row {
    const fn at(y: u32) -> Self {
        Self { x: MARGIN, y, explained: (Vec::new(), Vec::new()) }
    }

    fn sample(&mut self, of: Sampled, width: u32) {
        let right = self.x.saturating_add(width);
        let frame = (self.x, self.y.saturating_sub(HALF), right, self.y.saturating_add(HALF));
        self.explained.0.push(Sample { frame, of });
        self.x = right.saturating_add(GAP);
    }

    fn text(&mut self, text: String, weight: Weight) {
        let width = letters::width(&text, SMALL, weight).div_ceil(10);
        let ink = if weight == Weight::Bold { Ink::Soft } else { Ink::Faint };
        self.explained.1.push(Text { weight, ink, ..Text::label(text, self.x, self.y, Anchor::Start) });
        self.x = self.x.saturating_add(width).saturating_add(GAP);
    }

    const fn apart(&mut self) {
        self.x = self.x.saturating_add(BETWEEN - GAP);
    }
}

/// The levels from the highest down, each with the share of valid time that was spent there.
fn strip(summary: &Summary, captions: &Captions) -> Explained {
    let mut row = Row::at(STRIP_Y);
    let above = STEPS_PCT.into_iter().skip(1).chain([ABOVE_ALL_PCT]);
    let steps: Vec<(u8, u8)> = STEPS_PCT.into_iter().zip(above).collect();
    for (from, before) in steps.into_iter().rev() {
        row.sample(Sampled::Levels(from, before), WIDE);
        let last = before.saturating_sub(1);
        row.text(
            if from == 0 { captions.lowest_level.clone() } else { format!("{from}–{last}") },
            Weight::Regular,
        );
        if let Some(pct) = share(summary, from, before) {
            row.text(captions.share(pct), Weight::Bold);
        }
        row.apart();
    }
    row.explained
}

/// Percent of valid time from a level to below another.
fn share(summary: &Summary, from_pct: u8, before_pct: u8) -> Option<f64> {
    let spo2 = summary.spo2.as_ref()?;
    let below = |pct: u8| match pct {
        0 => Some((0, 0.0)),
        ABOVE_ALL_PCT => Some((u32::MAX, 100.0)),
        _ => spo2
            .time_below
            .iter()
            .find(|below| below.level_pct == pct)
            .map(|below| (below.below_s, below.below_pct)),
    };
    let ((less_s, less), (more_s, more)) = (below(from_pct)?, below(before_pct)?);
    // Two quotients of equal numbers leave no rest of rounding.
    Some(if less_s == more_s { 0.0 } else { (more - less).max(0.0) })
}

fn marks(scene: &Scene, captions: &Captions) -> Explained {
    let marks = &scene.ribbon.marks;
    let is_below_range = scene.below_range.is_some() || marks.iter().any(|mark| mark.below_range);
    let all = [
        (marks.iter().any(|mark| mark.counted), Sampled::Counted, NARROW, &captions.counted),
        (marks.iter().any(|mark| !mark.counted), Sampled::Uncounted, NARROW, &captions.uncounted),
        (is_below_range, Sampled::BelowRange, NARROW, &captions.below_range_mark),
        (!scene.gaps_s.is_empty(), Sampled::Gap, WIDE, &captions.gap),
    ];
    let mut row = Row::at(LEGEND_Y);
    for (_, of, width, words) in all.into_iter().filter(|(is_present, ..)| *is_present) {
        row.sample(of, width);
        row.text(words.clone(), Weight::Regular);
        row.apart();
    }
    row.explained
}
