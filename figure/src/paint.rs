//! Paints a scene through the trait that all drawing backends of plotters have, in tenths of a pixel.

mod levels;
mod strokes;

use alloc::vec::Vec;

use plotters_backend::{DrawingBackend, DrawingErrorKind};

use crate::colour::Colour;
use crate::pen::{Letters, Pen, UNITS};
use crate::scene::{Mark, Panel, Sample, Sampled, Scene};
use crate::text::Ink;
use strokes::{Box, dashes, shape};

type Painted<B> = Result<(), DrawingErrorKind<<B as DrawingBackend>::ErrorType>>;

/// Widths of strokes, tenths of a pixel.
const HAIR: u32 = 10;
const SPO2: u32 = 18;
const SPO2_CLOSE: u32 = 28;
const PULSE: u32 = 14;
const OUTLINE: u32 = 13;
/// Dashes of the upper and the lower threshold: drawn, left out.
const DASHES: [(i32, i32); 2] = [(70, 45), (22, 36)];
/// A mark is never narrower.
const NARROWEST: i32 = 16;
/// Between two marks side by side.
const MARKS_APART: i32 = 8;
/// Depths between which a mark grows from its shortest to the whole lane, percentage points.
const DEPTHS_PCT: (i32, i32) = (2, 15);
const SHORTEST: i32 = 60;
const NADIR_RADIUS: u32 = 36;
/// Width of the level strip on the edge of the SpO2 panel.
const STRIP: i32 = 60;

/// Paints a scene. The backend is [`UNITS`] times as large as the [sheet](Scene::sheet) each way.
///
/// # Errors
/// Those of the backend; no scene causes one.
pub fn paint<B: DrawingBackend>(scene: &Scene, backend: &mut B) -> Painted<B> {
    backend.ensure_prepared()?;
    let mut painter = Painter { scene, backend };
    painter.ground()?;
    painter.gaps()?;
    if scene.clock.is_close {
        painter.bands()?;
    }
    painter.grid()?;
    painter.lanes()?;
    painter.motion()?;
    painter.pulse()?;
    painter.spo2()?;
    if scene.clock.is_close {
        painter.nadirs()?;
    }
    painter.samples()?;
    painter.texts()?;
    painter.backend.present()
}

struct Painter<'s, 'b, B> {
    scene: &'s Scene,
    backend: &'b mut B,
}

impl<B: DrawingBackend> Painter<'_, '_, B> {
    fn fill(&mut self, at: Box, colour: Colour) -> Painted<B> {
        self.backend.draw_rect((at.left, at.top), (at.right, at.bottom), &colour, true)
    }

    fn path(&mut self, points: &[(i32, i32)], colour: Colour, width: u32) -> Painted<B> {
        self.backend.draw_path(points.iter().copied(), &Pen { colour, width })
    }

    /// The part of a stretch of time between two heights; never too narrow to be seen.
    fn stretch(&self, from_s: u32, to_s: u32, top: u32, bottom: u32) -> Box {
        let clock = &self.scene.clock;
        let left = clock.x(from_s);
        let right = clock.x(to_s).max(left.saturating_add(NARROWEST));
        Box { left, top: units(top), right, bottom: units(bottom) }
    }

    fn ground(&mut self) -> Painted<B> {
        let (width, height) = self.scene.sheet;
        self.fill(
            Box { left: 0, top: 0, right: units(width), bottom: units(height) },
            self.scene.colours.paper,
        )
    }

    fn gaps(&mut self) -> Painted<B> {
        let scene = self.scene;
        let frame = scene.spo2.frame;
        scene.gaps_s.iter().try_for_each(|&(from, to)| {
            self.fill(self.stretch(from, to, frame.top, frame.bottom), scene.colours.gap)
        })
    }

    /// From onset to end, across all panels.
    fn bands(&mut self) -> Painted<B> {
        let scene = self.scene;
        let (top, bottom) = (scene.spo2.frame.top, scene.bottom());
        scene.ribbon.marks.iter().try_for_each(|mark| {
            self.fill(self.stretch(mark.onset_s, mark.end_s, top, bottom), scene.colours.band)
        })
    }

    fn grid(&mut self) -> Painted<B> {
        let scene = self.scene;
        let (grid, strong) = (scene.colours.grid, scene.colours.grid_strong);
        for tick in &scene.clock.ticks {
            let x = scene.clock.x(tick.at_s);
            self.path(&[(x, units(scene.spo2.frame.top)), (x, units(scene.bottom()))], grid, HAIR)?;
        }
        self.levels(&scene.spo2, &scene.spo2.scale.between, grid)?;
        self.levels(&scene.pulse, &scene.pulse.scale.ticks, grid)?;
        self.levels(&scene.spo2, &scene.spo2.scale.ticks, strong)
    }

    fn levels(&mut self, panel: &Panel, values: &[u16], colour: Colour) -> Painted<B> {
        let (left, right) = self.edges();
        values
            .iter()
            .map(|&value| panel.y(value))
            .try_for_each(|y| self.path(&[(left, y), (right, y)], colour, HAIR))
    }

    fn edges(&self) -> (i32, i32) {
        let (left, right) = self.scene.clock.edges;
        (units(left), units(right))
    }

    fn lanes(&mut self) -> Painted<B> {
        let scene = self.scene;
        let (left, right) = self.edges();
        let frame = scene.ribbon.frame;
        self.fill(
            Box { left, top: units(frame.top), right, bottom: units(frame.bottom) },
            scene.colours.lane,
        )?;
        if let Some(lane) = &scene.below_range {
            for &(from, to) in &lane.stretches_s {
                self.fill(
                    self.stretch(from, to, lane.frame.top, lane.frame.bottom),
                    scene.colours.below_range,
                )?;
            }
        }
        scene.ribbon.marks.iter().try_for_each(|mark| self.mark(mark))
    }

    /// Hangs from the top of the ribbon, as long as the desaturation is deep.
    fn mark(&mut self, mark: &Mark) -> Painted<B> {
        let frame = self.scene.ribbon.frame;
        let whole = self.stretch(mark.onset_s, mark.end_s, frame.top, frame.bottom);
        let (shallow, deep) = DEPTHS_PCT;
        let depth = i32::from(mark.depth_pct).clamp(shallow, deep).saturating_sub(shallow);
        let growth = whole.bottom.saturating_sub(whole.top).saturating_sub(SHORTEST).saturating_mul(depth);
        let length = SHORTEST.saturating_add(growth.div_euclid(deep.saturating_sub(shallow)));
        let right = whole.right.saturating_sub(MARKS_APART).max(whole.left.saturating_add(NARROWEST));
        let bottom = whole.top.saturating_add(length);
        self.event(Box { right, bottom, ..whole }, mark.counted, mark.below_range)
    }

    fn event(&mut self, at: Box, is_counted: bool, is_below_range: bool) -> Painted<B> {
        let colours = &self.scene.colours;
        let colour = if is_below_range { colours.below_range } else { colours.event };
        if is_counted {
            return self.fill(at, colour);
        }
        let inside = at.shrunk(i32::try_from(OUTLINE / 2).unwrap_or(0));
        self.backend.draw_rect(
            (inside.left, inside.top),
            (inside.right, inside.bottom),
            &Pen { colour, width: OUTLINE },
            false,
        )
    }

    fn motion(&mut self) -> Painted<B> {
        let scene = self.scene;
        let Some(panel) = &scene.motion else { return Ok(()) };
        let (left, right) = self.edges();
        let foot = units(panel.frame.bottom);
        self.path(&[(left, foot), (right, foot)], scene.colours.grid_strong, HAIR)?;
        panel.lines.iter().try_for_each(|bar| self.values(panel, bar, scene.colours.motion, HAIR))
    }

    fn pulse(&mut self) -> Painted<B> {
        let Scene { clock, pulse, colours, .. } = self.scene;
        pulse.lines.iter().try_for_each(|line| self.values(pulse, &shape(line, clock), colours.pulse, PULSE))
    }

    fn values(&mut self, panel: &Panel, points: &[(u32, u16)], colour: Colour, width: u32) -> Painted<B> {
        let clock = &self.scene.clock;
        let places: Vec<_> = points.iter().map(|&(at, value)| (clock.x(at), panel.y(value))).collect();
        self.path(&seen(places), colour, width)
    }

    /// The thresholds, then the line in the colours of its levels, and the strip that shows them.
    fn spo2(&mut self) -> Painted<B> {
        let scene = self.scene;
        let (left, right) = self.edges();
        for ((pct, colour), dash) in
            scene.thresholds_pct.into_iter().zip(scene.colours.thresholds).zip(DASHES)
        {
            let y = scene.spo2.y(pct);
            dashes(left, right, dash)
                .try_for_each(|(from, to)| self.path(&[(from, y), (to, y)], colour, OUTLINE))?;
        }
        let width = if scene.clock.is_close { SPO2_CLOSE } else { SPO2 };
        for piece in levels::pieces(scene) {
            self.path(&seen(piece.points), piece.colour, width)?;
        }
        for (top, bottom, colour) in levels::strip(scene) {
            self.fill(
                Box { left: left.saturating_sub(STRIP), top, right: left.saturating_sub(10), bottom },
                colour,
            )?;
        }
        Ok(())
    }

    fn nadirs(&mut self) -> Painted<B> {
        let Scene { clock, spo2, colours, ribbon, .. } = self.scene;
        let is_inside = |mark: &&Mark| (clock.from_s..=clock.to_s).contains(&mark.nadir_s);
        ribbon.marks.iter().filter(is_inside).try_for_each(|mark| {
            let middle = clock.interval_s.div_euclid(2);
            let at = (clock.x(mark.nadir_s.saturating_add(middle)), spo2.y(mark.nadir_pct.into()));
            self.backend.draw_circle(at, NADIR_RADIUS, &colours.paper, true)?;
            self.backend.draw_circle(at, NADIR_RADIUS, &Pen { colour: colours.event, width: PULSE }, false)
        })
    }

    fn samples(&mut self) -> Painted<B> {
        self.scene.samples.iter().try_for_each(|sample| self.sample(sample))
    }

    fn sample(&mut self, sample: &Sample) -> Painted<B> {
        let (left, top, right, bottom) = sample.frame;
        let at = Box { left: units(left), top: units(top), right: units(right), bottom: units(bottom) };
        match sample.of {
            Sampled::Levels(from, before) => levels::sample(self.scene, at, (from, before))
                .into_iter()
                .try_for_each(|(part, colour)| self.fill(part, colour)),
            Sampled::Counted => self.event(at, true, false),
            Sampled::Uncounted => self.event(at, false, false),
            Sampled::BelowRange => self.event(at, true, true),
            Sampled::Gap => self.fill(at, self.scene.colours.gap),
        }
    }

    fn texts(&mut self) -> Painted<B> {
        let colours = &self.scene.colours;
        let [upper, lower] = colours.thresholds;
        self.scene.texts.iter().try_for_each(|text| {
            let colour = match text.ink {
                Ink::Strong => colours.ink,
                Ink::Soft => colours.ink_soft,
                Ink::Faint => colours.ink_faint,
                Ink::Upper => upper,
                Ink::Lower => lower,
            };
            self.backend.draw_text(&text.text, &Letters { text, colour }, (units(text.x), units(text.y)))
        })
    }
}

impl Scene {
    /// Lower edge of the lowest panel, pixels.
    fn bottom(&self) -> u32 {
        self.motion.as_ref().unwrap_or(&self.pulse).frame.bottom
    }
}

fn units(pixels: u32) -> i32 {
    i32::try_from(pixels.saturating_mul(UNITS)).unwrap_or(i32::MAX)
}

/// A path of one place has no length: a short stroke shows it.
fn seen(mut places: Vec<(i32, i32)>) -> Vec<(i32, i32)> {
    places.dedup();
    match places.as_slice() {
        &[(x, y)] => alloc::vec![(x.saturating_sub(8), y), (x.saturating_add(8), y)],
        _ => places,
    }
}
