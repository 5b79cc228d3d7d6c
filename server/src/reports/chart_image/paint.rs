//! Where everything stands in the picture, in logical pixels of a 1280x720 sheet.

use oxicore::Span;
use oxicore::chart::Column;
use plotters::style::RGBColor;

use super::canvas::{Anchor, Canvas, DrawError, Frame, Type};
use super::palette::{
    BELOW_RANGE, COUNTED, FRAME, GRID, INK, MOTION, MUTED, PULSE, THRESHOLDS, UNCOUNTED, level_color,
};
use super::scale::{Range, TimeTick, time_ticks};
use super::{Captions, Night, trace};

/// Width of every panel.
pub(super) const PANEL_WIDTH: u32 = 1192;

const LEFT: f64 = 60.0;
const RIGHT: f64 = LEFT + PANEL_WIDTH as f64;
const SPO2: Frame = Frame { left: LEFT, top: 100.0, right: RIGHT, bottom: 412.0 };
const BELOW_RANGE_LANE: Frame = Frame { left: LEFT, top: 414.0, right: RIGHT, bottom: 421.0 };
const PULSE_PANEL: Frame = Frame { left: LEFT, top: 452.0, right: RIGHT, bottom: 570.0 };
const MOTION_LANE: Frame = Frame { left: LEFT, top: 600.0, right: RIGHT, bottom: 644.0 };
const TIME_LABELS_Y: f64 = 658.0;
const LEGEND_Y: f64 = 694.0;
const MOST_TIME_TICKS: u32 = 16;
const LEVEL_STRIP: (f64, f64) = (RIGHT + 6.0, RIGHT + 16.0);

const TITLE: Type = Type { size: 20.0, bold: true, color: INK };
const NUMBERS: Type = Type { size: 15.0, bold: false, color: INK };
const HEADING: Type = Type { size: 13.0, bold: true, color: INK };
const LABEL: Type = Type { size: 12.0, bold: false, color: MUTED };

/// The whole picture.
pub(super) fn night(canvas: &Canvas<'_>, night: &Night, captions: &Captions) -> Result<(), DrawError> {
    let axis = TimeAxis { span: night.span, ticks: time_ticks(night.start, night.span, MOST_TIME_TICKS) };
    fitted(canvas, &captions.title, 28.0, TITLE)?;
    fitted(canvas, &captions.numbers, 55.0, NUMBERS)?;
    spo2_panel(canvas, night, captions, &axis)?;
    pulse_panel(canvas, night, captions, &axis)?;
    motion_lane(canvas, night, captions, &axis)?;
    axis.labels(canvas)?;
    legend(canvas, night, captions)
}

/// A line of text from the left edge, smaller if it would not fit.
fn fitted(canvas: &Canvas<'_>, text: &str, y: f64, kind: Type) -> Result<(), DrawError> {
    let room = RIGHT - 24.0;
    let width = canvas.text_width(text, kind)?;
    let size = if width > room { kind.size * room / width } else { kind.size };
    canvas.text(text, (24.0, y), Anchor::Left, Type { size, ..kind })
}

struct TimeAxis {
    span: Span,
    ticks: Vec<TimeTick>,
}

impl TimeAxis {
    fn x(&self, at_s: f64) -> f64 {
        let whole = f64::from(self.span.as_secs().max(1));
        LEFT + (at_s / whole).clamp(0.0, 1.0) * f64::from(PANEL_WIDTH)
    }

    fn at(&self, at: Span) -> f64 {
        self.x(f64::from(at.as_secs()))
    }

    fn grid(&self, canvas: &Canvas<'_>, panel: Frame) -> Result<(), DrawError> {
        for tick in &self.ticks {
            let x = self.at(tick.at);
            canvas.line(&[(x, panel.top), (x, panel.bottom)], GRID, 1.0)?;
        }
        Ok(())
    }

    fn labels(&self, canvas: &Canvas<'_>) -> Result<(), DrawError> {
        for tick in &self.ticks {
            canvas.text(&tick.label, (self.at(tick.at), TIME_LABELS_Y), Anchor::Middle, LABEL)?;
        }
        Ok(())
    }
}

fn spo2_panel(
    canvas: &Canvas<'_>,
    night: &Night,
    captions: &Captions,
    axis: &TimeAxis,
) -> Result<(), DrawError> {
    let lowest = night.spo2.iter().flatten().map(|column| column.min.value).min();
    let range = Range::of_spo2(lowest);
    canvas.text(&captions.spo2, (24.0, SPO2.top - 16.0), Anchor::Left, HEADING)?;
    level_strip(canvas, range)?;
    stretches(canvas, &night.uncounted, SPO2, UNCOUNTED, axis)?;
    stretches(canvas, &night.desaturations, SPO2, COUNTED, axis)?;
    axis.grid(canvas, SPO2)?;
    levels(canvas, SPO2, range)?;
    spo2_trace(canvas, &night.spo2, range, axis)?;
    thresholds(canvas, range)?;
    border(canvas, SPO2)?;
    stretches(canvas, &night.below_range, BELOW_RANGE_LANE, BELOW_RANGE, axis)
}

/// The colour of every level, beside the panel and at its height.
fn level_strip(canvas: &Canvas<'_>, range: Range) -> Result<(), DrawError> {
    let (left, right) = LEVEL_STRIP;
    for half in range.low * 2..range.high * 2 {
        let pct = f64::from(half) / 2.0;
        let (bottom, top) = (height(SPO2, range, pct), height(SPO2, range, pct + 0.5));
        canvas.fill(Frame { left, top, right, bottom }, level_color(pct + 0.25))?;
    }
    Ok(())
}

fn stretches(
    canvas: &Canvas<'_>,
    stretches: &[(Span, Span)],
    panel: Frame,
    color: RGBColor,
    axis: &TimeAxis,
) -> Result<(), DrawError> {
    for &(from, to) in stretches {
        let (left, right) = (axis.at(from), axis.at(to).max(axis.at(from) + 2.0).min(RIGHT));
        canvas.fill(Frame { left, right, ..panel }, color)?;
    }
    Ok(())
}

/// Lines and numbers of an upright axis.
fn levels(canvas: &Canvas<'_>, panel: Frame, range: Range) -> Result<(), DrawError> {
    for tick in range.ticks() {
        let y = height_of(panel, range, tick);
        canvas.line(&[(panel.left, y), (panel.right, y)], GRID, 1.0)?;
        canvas.text(&tick.to_string(), (panel.left - 8.0, y), Anchor::Right, LABEL)?;
    }
    Ok(())
}

fn thresholds(canvas: &Canvas<'_>, range: Range) -> Result<(), DrawError> {
    for (pct, color) in THRESHOLDS {
        dashes(canvas, (SPO2.left, SPO2.right), height_of(SPO2, range, pct), color)?;
    }
    Ok(())
}

fn dashes(canvas: &Canvas<'_>, (from, to): (f64, f64), y: f64, color: RGBColor) -> Result<(), DrawError> {
    let mut x = from;
    while x < to {
        canvas.line(&[(x, y), ((x + 6.0).min(to), y)], color, 1.0)?;
        x += 10.0;
    }
    Ok(())
}

fn spo2_trace(
    canvas: &Canvas<'_>,
    columns: &[Option<Column>],
    range: Range,
    axis: &TimeAxis,
) -> Result<(), DrawError> {
    for line in trace::lines(columns) {
        for piece in trace::pieces(&line) {
            let path: Vec<_> =
                piece.points.iter().map(|&(at, pct)| (axis.x(at), height(SPO2, range, pct))).collect();
            canvas.line(&path, level_color(f64::from(piece.level_pct)), 1.5)?;
        }
    }
    Ok(())
}

fn pulse_panel(
    canvas: &Canvas<'_>,
    night: &Night,
    captions: &Captions,
    axis: &TimeAxis,
) -> Result<(), DrawError> {
    let range = Range::of_pulse(extremes(&night.pulse));
    canvas.text(&captions.pulse, (24.0, PULSE_PANEL.top - 14.0), Anchor::Left, HEADING)?;
    axis.grid(canvas, PULSE_PANEL)?;
    levels(canvas, PULSE_PANEL, range)?;
    for line in trace::lines(&night.pulse) {
        let path: Vec<_> = line
            .iter()
            .map(|point| (axis.at(point.at), height_of(PULSE_PANEL, range, point.value)))
            .collect();
        canvas.line(&path, PULSE, 1.0)?;
    }
    border(canvas, PULSE_PANEL)
}

fn extremes(columns: &[Option<Column>]) -> Option<(u16, u16)> {
    let lowest = columns.iter().flatten().map(|column| column.min.value).min()?;
    let highest = columns.iter().flatten().map(|column| column.max.value).max()?;
    Some((lowest, highest))
}

fn motion_lane(
    canvas: &Canvas<'_>,
    night: &Night,
    captions: &Captions,
    axis: &TimeAxis,
) -> Result<(), DrawError> {
    let range = Range::of_motion(extremes(&night.motion).map(|(_, highest)| highest));
    canvas.text(&captions.motion, (24.0, MOTION_LANE.top - 14.0), Anchor::Left, HEADING)?;
    axis.grid(canvas, MOTION_LANE)?;
    for column in night.motion.iter().flatten().filter(|column| column.max.value > 0) {
        let x = axis.at(column.max.at);
        let top = height_of(MOTION_LANE, range, column.max.value);
        canvas.line(&[(x, MOTION_LANE.bottom), (x, top)], MOTION, 1.0)?;
    }
    levels(canvas, MOTION_LANE, range)?;
    border(canvas, MOTION_LANE)
}

fn border(canvas: &Canvas<'_>, panel: Frame) -> Result<(), DrawError> {
    let corners = [
        (panel.left, panel.top),
        (panel.right, panel.top),
        (panel.right, panel.bottom),
        (panel.left, panel.bottom),
        (panel.left, panel.top),
    ];
    canvas.line(&corners, FRAME, 1.0)
}

fn height_of(panel: Frame, range: Range, value: u16) -> f64 {
    height(panel, range, f64::from(value))
}

fn height(panel: Frame, range: Range, value: f64) -> f64 {
    panel.bottom - range.share(value) * panel.height()
}

/// What the marks mean, along the bottom edge; only what this night shows.
fn legend(canvas: &Canvas<'_>, night: &Night, captions: &Captions) -> Result<(), DrawError> {
    let mut x = LEFT;
    if !night.desaturations.is_empty() {
        x = entry(canvas, &captions.desaturation, x, |sample| canvas.fill(sample, COUNTED))?;
    }
    if !night.uncounted.is_empty() {
        x = entry(canvas, &captions.uncounted, x, |sample| canvas.fill(sample, UNCOUNTED))?;
    }
    if !night.below_range.is_empty() {
        x = entry(canvas, &captions.below_range, x, |sample| {
            canvas.fill(Frame { top: sample.top + 3.0, bottom: sample.bottom - 3.0, ..sample }, BELOW_RANGE)
        })?;
    }
    for (pct, color) in THRESHOLDS {
        let sample = |sample: Frame| dashes(canvas, (sample.left, sample.right), LEGEND_Y, color);
        x = entry(canvas, &format!("{pct} %"), x, sample)?;
    }
    canvas.text(&captions.source, (RIGHT, LEGEND_Y), Anchor::Right, LABEL)
}

/// A sample of a mark and its meaning; returns where the next one starts.
fn entry(
    canvas: &Canvas<'_>,
    text: &str,
    x: f64,
    mark: impl FnOnce(Frame) -> Result<(), DrawError>,
) -> Result<f64, DrawError> {
    mark(Frame { left: x, top: LEGEND_Y - 6.0, right: x + 16.0, bottom: LEGEND_Y + 6.0 })?;
    canvas.text(text, (x + 22.0, LEGEND_Y), Anchor::Left, LABEL)?;
    Ok(x + 22.0 + canvas.text_width(text, LABEL)? + 20.0)
}
