//! A slanting stroke. The back end's way from a stroke to its points, step by step and to the point, without its lists:
//! they took most of the time of a picture.

use plotters::element::{Drawable, PointCollection};
use plotters::style::{Color, RGBColor};
use plotters_backend::{BackendCoord, DrawingBackend, DrawingErrorKind};

/// A stroke of at least two points' width.
pub(super) struct Stroke {
    pub(super) ends: [BackendCoord; 2],
    pub(super) width: f64,
    pub(super) color: RGBColor,
}

impl<'a> PointCollection<'a, BackendCoord> for &'a Stroke {
    type Point = &'a BackendCoord;
    type IntoIter = &'a [BackendCoord];

    fn point_iter(self) -> &'a [BackendCoord] {
        &self.ends
    }
}

impl<DB: DrawingBackend> Drawable<DB> for Stroke {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        mut points: I,
        backend: &mut DB,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<DB::ErrorType>> {
        let (Some(from), Some(to)) = (points.next(), points.next()) else { return Ok(()) };
        fill(backend, corners(from, to, self.width), self.color)
    }
}

fn corners(a: BackendCoord, b: BackendCoord, width: f64) -> [BackendCoord; 4] {
    let (x, y) = (i64::from(b.0 - a.0), i64::from(b.1 - a.1));
    let length = ((x * x + y * y) as f64).sqrt();
    let normal = (-(y as f64 / length), x as f64 / length);
    let back = (-normal.0, -normal.1);
    let aside = |at: BackendCoord, (x, y): (f64, f64)| {
        let side = |at: i32, by: f64| (f64::from(at) + by * width / 2.0).round() as i32;
        (side(at.0, x), side(at.1, y))
    };
    [aside(a, normal), aside(b, normal), aside(b, back), aside(a, back)]
}

/// An edge that the sweep crosses: where it begins and ends along the sweep and across it.
#[derive(Clone, Copy, Default)]
struct Edge {
    from: BackendCoord,
    to: BackendCoord,
    /// Where it is across the sweep, now.
    across: f64,
}

impl Edge {
    fn between(a: BackendCoord, b: BackendCoord) -> Self {
        let (from, to) = if a.0 > b.0 { (b, a) } else { (a, b) };
        Self { from, to, across: 0.0 }
    }

    fn at(self, sweep: i32) -> Self {
        let (passed, length) = (sweep - self.from.0, self.to.0 - self.from.0);
        let risen = i64::from(self.to.1 - self.from.1) * i64::from(passed);
        Self { across: f64::from(self.from.1) + risen as f64 / f64::from(length), ..self }
    }
}

/// Sweeps over a quadrangle along its longer side.
fn fill<DB: DrawingBackend>(
    backend: &mut DB,
    corners: [BackendCoord; 4],
    color: RGBColor,
) -> Result<(), DrawingErrorKind<DB::ErrorType>> {
    let span = |side: fn(&BackendCoord) -> i32| {
        let sides = corners.each_ref().map(side);
        sides.iter().fold((i32::MAX, i32::MIN), |(low, high), &at| (low.min(at), high.max(at)))
    };
    let (across, down) = (span(|corner| corner.0), span(|corner| corner.1));
    if across.0 == across.1 || down.0 == down.1 {
        return backend.draw_line((across.0, down.0), (across.1, down.1), &color.to_backend_color());
    }
    let is_level = across.1 - across.0 > down.1 - down.0;
    let [a, b, c, d] = corners.map(|(x, y)| if is_level { (x, y) } else { (y, x) });
    let mut edges = [Edge::between(a, b), Edge::between(b, c), Edge::between(c, d), Edge::between(d, a)];
    edges.sort_by_key(|edge| edge.from.0);
    let (low, high) = if is_level { across } else { down };
    let (mut crossed, mut begun, mut ended) = ([Edge::default(); 4], 0, 0);
    for sweep in low..=high {
        // Those that ended at the sweep before stand aside, new ones come behind the others.
        let mut still = 0;
        for place in 0..ended {
            if crossed[place].to.0 >= sweep {
                crossed[still] = crossed[place];
                still += 1;
            }
        }
        while let Some(edge) = edges.get(begun).filter(|edge| edge.from.0 <= sweep) {
            if edge.from.0 != edge.to.0 {
                crossed[still] = *edge;
                still += 1;
            }
            begun += 1;
        }
        ended = still;
        let now = &mut crossed[..ended];
        now.iter_mut().for_each(|edge| *edge = edge.at(sweep));
        now.sort_by(|a, b| a.across.total_cmp(&b.across));
        spans(now, sweep, |from, to| line(backend, is_level, sweep, (from, to), color))?;
    }
    Ok(())
}

/// What lies between two edges each; an edge that ends here makes a pair with another that does.
fn spans<E>(edges: &[Edge], sweep: i32, mut draw: impl FnMut(f64, f64) -> Result<(), E>) -> Result<(), E> {
    let mut first: Option<&Edge> = None;
    for edge in edges {
        let Some(before) = first.take() else {
            first = Some(edge);
            continue;
        };
        match (before.to.0 == sweep, edge.to.0 == sweep) {
            (true, false) => first = Some(edge),
            (false, true) => first = Some(before),
            (true, true) if edge.across - before.across > 1.0 => {}
            _ => draw(before.across, edge.across)?,
        }
    }
    Ok(())
}

/// The points between two edges; the first and, in a level stroke, the last as strongly as they are covered.
fn line<DB: DrawingBackend>(
    backend: &mut DB,
    is_level: bool,
    sweep: i32,
    (from, to): (f64, f64),
    color: RGBColor,
) -> Result<(), DrawingErrorKind<DB::ErrorType>> {
    let point = |across: f64| if is_level { (sweep, across as i32) } else { (across as i32, sweep) };
    let solid = color.to_backend_color();
    backend.draw_line(point(from.ceil()), point(to.floor()), &solid)?;
    let (before, after) = (from.ceil() - from, if is_level { to - to.floor() } else { 0.0 });
    if before > 0.0 {
        backend.draw_pixel(point(from.floor()), solid.mix(before))?;
    }
    if after > 0.0 {
        backend.draw_pixel(point(to.ceil()), solid.mix(after))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use plotters::backend::BitMapBackend;
    use plotters::drawing::IntoDrawingArea;
    use plotters::element::PathElement;

    use super::*;

    const SIDE: u32 = 64;

    /// The sheet after a drawing by the library's own way, or by a [`Stroke`].
    fn drawn(ends: [BackendCoord; 2], width: u32, is_ours: bool) -> Vec<u8> {
        let mut pixels = vec![255; (SIDE * SIDE * 3) as usize];
        let color = RGBColor(200, 30, 90);
        let area = BitMapBackend::with_buffer(&mut pixels, (SIDE, SIDE)).into_drawing_area();
        if is_ours {
            area.draw(&Stroke { ends, width: f64::from(width), color }).unwrap();
        } else {
            area.draw(&PathElement::new(ends, color.stroke_width(width))).unwrap();
        }
        drop(area);
        pixels
    }

    #[test]
    fn a_stroke_fills_the_points_that_the_library_fills() {
        let coordinates = [-3, 0, 7, 8, 20, 31, 33, 60, 70];
        for (x, y) in coordinates.into_iter().flat_map(|x| coordinates.map(|y| (x, y))) {
            for width in [2, 3, 4, 6].into_iter().filter(|_| (x, y) != (31, 33)) {
                let ends = [(31, 33), (x, y)];
                assert_eq!(drawn(ends, width, true), drawn(ends, width, false), "{ends:?}, {width} wide");
            }
        }
    }
}
