//! The colours of levels along the SpO2 line: it is cut half-way between every two whole percents of different colours.

use alloc::vec::Vec;

use super::strokes::{Box, shape};
use crate::colour::Colour;
use crate::scene::Scene;

/// A piece of the line that has one colour.
pub(super) struct Piece {
    from_pct: u8,
    pub(super) colour: Colour,
    pub(super) points: Vec<(i32, i32)>,
}

/// The line in pieces, those of one colour after each other.
pub(super) fn pieces(scene: &Scene) -> Vec<Piece> {
    let clock = &scene.clock;
    let mut pieces = Vec::new();
    for line in &scene.spo2.lines {
        let places: Vec<_> = shape(line, clock).iter().map(|&(at, pct)| (clock.x(at), pct)).collect();
        cut(scene, &places, &mut pieces);
    }
    pieces.sort_by_key(|piece| piece.from_pct);
    pieces
}

fn cut(scene: &Scene, places: &[(i32, u16)], pieces: &mut Vec<Piece>) {
    let Some(&(x, pct)) = places.first() else { return };
    let mut piece = scene.piece(pct, (x, scene.spo2.y(pct)));
    for (&from, &to) in places.iter().zip(places.iter().skip(1)) {
        for (at, next) in crossings(scene, from, to) {
            piece.points.push(at);
            pieces.push(core::mem::replace(&mut piece, scene.piece(next, at)));
        }
        piece.points.push((to.0, scene.spo2.y(to.1)));
    }
    pieces.push(piece);
}

/// Where the colour changes between two readings, and the level behind it.
fn crossings(scene: &Scene, (x1, from): (i32, u16), (x2, to): (i32, u16)) -> Vec<((i32, i32), u16)> {
    let whole = from.abs_diff(to).max(1);
    let step = |done: u16| if from < to { from.saturating_add(done) } else { from.saturating_sub(done) };
    let mut found = Vec::new();
    for done in 0..from.abs_diff(to) {
        let (here, next) = (step(done), step(done.saturating_add(1)));
        if scene.colours.level_from(here) == scene.colours.level_from(next) {
            continue;
        }
        let halves = u32::from(here).saturating_add(next.into());
        let run = i64::from(x2)
            .saturating_sub(x1.into())
            .saturating_mul(i64::from(done).saturating_mul(2).saturating_add(1));
        let across = run.div_euclid(i64::from(whole).saturating_mul(2));
        let x = x1.saturating_add(i32::try_from(across).unwrap_or(0));
        found.push(((x, scene.spo2.y_of_halves(halves)), next));
    }
    found
}

/// The colours beside the axis: top, bottom, colour.
pub(super) fn strip(scene: &Scene) -> Vec<(i32, i32, Colour)> {
    let spo2 = &scene.spo2;
    let halves = |pct: u16| u32::from(pct).saturating_mul(2).saturating_sub(1);
    let levels = || scene.colours.levels.iter();
    let above = levels().skip(1).map(|level| u16::from(level.from_pct)).chain([u16::MAX]);
    let parts = levels().zip(above).map(|(level, above)| {
        let (top, bottom) =
            (spo2.y_of_halves(halves(above)), spo2.y_of_halves(halves(level.from_pct.into())));
        (top, bottom, level.colour)
    });
    parts.filter(|(top, bottom, _)| top < bottom).collect()
}

/// The colours from a level to below another side by side, lowest first; at the ends of the scale those that a night has.
pub(super) fn sample(scene: &Scene, at: Box, (from, before): (u8, u8)) -> Vec<(Box, Colour)> {
    let first = u16::from(from).max(scene.spo2.scale.low.min(u16::from(before).saturating_sub(1)));
    let levels: Vec<u16> = (first..u16::from(before)).collect();
    let width = i64::from(at.right.saturating_sub(at.left));
    let count = i64::try_from(levels.len()).unwrap_or(1).max(1);
    let edge = |place: i64| {
        at.left.saturating_add(i32::try_from(width.saturating_mul(place).div_euclid(count)).unwrap_or(0))
    };
    let mut parts: Vec<(Box, Colour)> = Vec::new();
    for (place, pct) in (0_i64..).zip(levels) {
        let colour = scene.colours.level(pct);
        let right = edge(place.saturating_add(1));
        match parts.last_mut() {
            Some((part, same)) if *same == colour => part.right = right,
            _ => parts.push((Box { left: edge(place), right, ..at }, colour)),
        }
    }
    parts
}

impl Scene {
    fn piece(&self, pct: u16, start: (i32, i32)) -> Piece {
        Piece {
            from_pct: self.colours.level_from(pct),
            colour: self.colours.level(pct),
            points: alloc::vec![start],
        }
    }
}
