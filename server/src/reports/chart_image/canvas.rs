//! A drawing sheet in logical pixels. Everything is drawn larger and averaged down, because the bitmap back end
//! does not smooth its lines.

use std::sync::Once;

use image::RgbImage;
use plotters::backend::BitMapBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::Rectangle;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, TextStyle, register_font};

use super::stroke::Stroke;

/// The picture could not be drawn: a fault of this program, not of the recording.
#[derive(Debug, thiserror::Error)]
#[error("cannot draw the picture: {0}")]
pub struct DrawError(pub(super) String);

/// Where a text stands relative to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Left,
    Middle,
    Right,
}

/// Size and colour of a text; the point given with it is the middle of its height.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) color: RGBColor,
}

/// An upright rectangle in logical pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Frame {
    pub(super) fn height(self) -> f64 {
        self.bottom - self.top
    }
}

/// Drawn points for each pixel of the finished picture, along one side: what [`halve`] undoes.
const OVERSAMPLING: u32 = 2;
/// Red, green, blue.
const CHANNELS: usize = 3;
const FAMILY: &str = "oxi-sans";

/// A sheet of paper `width` x `height` logical pixels.
pub(super) struct Canvas<'a> {
    area: DrawingArea<BitMapBackend<'a>, Shift>,
    factor: f64,
}

/// Runs `paint` on a fresh sheet of `size` logical pixels and returns it at `scale` pixels for each of them.
pub(super) fn picture(
    size: (u32, u32),
    scale: u32,
    paint: impl FnOnce(&Canvas<'_>) -> Result<(), DrawError>,
) -> Result<RgbImage, DrawError> {
    register_fonts();
    let factor = scale * OVERSAMPLING;
    let (width, height) = (size.0 * factor, size.1 * factor);
    let mut pixels = vec![255; width as usize * height as usize * CHANNELS];
    {
        let area = BitMapBackend::with_buffer(&mut pixels, (width, height)).into_drawing_area();
        paint(&Canvas { area, factor: f64::from(factor) })?;
    }
    halve(&mut pixels, width as usize);
    RgbImage::from_raw(size.0 * scale, size.1 * scale, pixels)
        .ok_or_else(|| DrawError("the sheet has an unexpected size".to_owned()))
}

/// Averages every two by two points of a sheet `width` points wide, within its own memory. That is given back whole: an
/// allocator that has seen its size once keeps it for the next picture, where a part given back would be new memory.
fn halve(pixels: &mut Vec<u8>, width: usize) {
    let (row, half) = (width * CHANNELS, width / 2 * CHANNELS);
    let (mut sums, mut averages) = (vec![0; row], vec![0; row]);
    let rows = pixels.len() / row / 2;
    for y in 0..rows {
        let (upper, lower) = pixels[2 * y * row..].split_at(row);
        for ((sum, a), b) in sums.iter_mut().zip(upper).zip(lower) {
            *sum = u16::from(*a) + u16::from(*b);
        }
        average(&sums, &mut averages);
        keep_every_second(&averages, &mut pixels[y * half..][..half]);
    }
    pixels.truncate(rows * half);
}

/// Averages the sums of two rows over every point and the next, rounded: twice as many as are wanted, but all in a row.
fn average(sums: &[u16], averages: &mut [u8]) {
    let next = sums.get(CHANNELS..).unwrap_or_default();
    for ((average, a), b) in averages.iter_mut().zip(sums).zip(next) {
        *average = ((a + b + 2) / 4) as u8;
    }
}

fn keep_every_second(points: &[u8], kept: &mut [u8]) {
    let pairs = points.as_chunks::<{ 2 * CHANNELS }>().0;
    for (kept, &[r, g, b, ..]) in kept.as_chunks_mut::<CHANNELS>().0.iter_mut().zip(pairs) {
        *kept = [r, g, b];
    }
}

fn register_fonts() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let fonts: [(FontStyle, &'static [u8]); 2] = [
            (FontStyle::Normal, include_bytes!("../../../assets/fonts/DejaVuSans.ttf")),
            (FontStyle::Bold, include_bytes!("../../../assets/fonts/DejaVuSans-Bold.ttf")),
        ];
        for (style, bytes) in fonts {
            if register_font(FAMILY, style, bytes).is_err() {
                tracing::error!("the bundled font cannot be read; pictures will have no text");
            }
        }
    });
}

impl Canvas<'_> {
    pub(super) fn fill(&self, frame: Frame, color: RGBColor) -> Result<(), DrawError> {
        let corners = [self.pixel((frame.left, frame.top)), self.pixel((frame.right, frame.bottom))];
        self.area.draw(&Rectangle::new(corners, color.filled())).map_err(failed)
    }

    /// A line through points; a single point becomes a dot.
    ///
    /// Every stroke is drawn alone: the library's joints overshoot at sharp turns, and a spike beyond the reading is
    /// a reading that was never made.
    pub(super) fn line(&self, points: &[(f64, f64)], color: RGBColor, width: f64) -> Result<(), DrawError> {
        let mut path: Vec<_> = points.iter().map(|&point| self.pixel(point)).collect();
        path.dedup();
        let stroke = (width * self.factor).round().max(f64::from(OVERSAMPLING));
        if let &[(x, y)] = path.as_slice() {
            path.push((x + stroke as i32, y));
        }
        path.windows(2).try_for_each(|ends| match ends {
            &[from, to] => self.stroke([from, to], color, stroke),
            _ => Ok(()),
        })
    }

    fn stroke(&self, ends: [(i32, i32); 2], color: RGBColor, width: f64) -> Result<(), DrawError> {
        match upright(ends, width) {
            Some(corners) => self.area.draw(&Rectangle::new(corners, color.filled())).map_err(failed),
            None => self.area.draw(&Stroke { ends, width, color }).map_err(failed),
        }
    }

    pub(super) fn text(
        &self,
        text: &str,
        at: (f64, f64),
        anchor: Anchor,
        kind: Type,
    ) -> Result<(), DrawError> {
        let horizontal = match anchor {
            Anchor::Left => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::Right => HPos::Right,
        };
        let style = self.style(kind).pos(Pos::new(horizontal, VPos::Center));
        self.area.draw_text(text, &style, self.pixel(at)).map_err(failed)
    }

    /// Width of a text in logical pixels.
    pub(super) fn text_width(&self, text: &str, kind: Type) -> Result<f64, DrawError> {
        let (width, _) = self.area.estimate_text_size(text, &self.style(kind)).map_err(failed)?;
        Ok(f64::from(width) / self.factor)
    }

    fn style(&self, kind: Type) -> TextStyle<'static> {
        let style = if kind.bold { FontStyle::Bold } else { FontStyle::Normal };
        let font = FontDesc::new(FontFamily::Name(FAMILY), kind.size * self.factor, style);
        TextStyle { color: kind.color.to_backend_color(), ..TextStyle::from(font) }
    }

    fn pixel(&self, (x, y): (f64, f64)) -> (i32, i32) {
        ((x * self.factor).round() as i32, (y * self.factor).round() as i32)
    }
}

/// The points that the back end fills for a level or plumb stroke: most strokes are, and a rectangle takes a
/// fraction of the time of its polygon.
fn upright([a, b]: [(i32, i32); 2], width: f64) -> Option<[(i32, i32); 2]> {
    let side = |at: i32, half: f64| (f64::from(at) + half).round() as i32;
    let (low, mut high) = if a.0 == b.0 {
        ((side(a.0, -width / 2.0), a.1.min(b.1)), (side(a.0, width / 2.0), a.1.max(b.1)))
    } else if a.1 == b.1 {
        ((a.0.min(b.0), side(a.1, -width / 2.0)), (a.0.max(b.0), side(a.1, width / 2.0)))
    } else {
        return None;
    };
    // A rectangle ends before its second corner, a polygon only along its longer side, and not where it is thin.
    let (wide, tall) = (high.0 - low.0, high.1 - low.1);
    high.0 += i32::from(wide <= tall || tall <= 1);
    high.1 += i32::from(wide > tall || wide <= 1);
    Some([low, high])
}

fn failed(error: impl std::fmt::Display) -> DrawError {
    DrawError(error.to_string())
}
