//! Anti-aliased pixels: a backend of plotters that gathers the strokes of one pen and paints them at once.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
};
use tiny_skia::{FillRule, LineJoin, Paint, PathBuilder, Pixmap, Rect, Stroke, Transform};
use ttf_parser::OutlineBuilder;

use crate::font::Font;
use crate::paint::paint;
use crate::pen::{CAPITALS_MIDDLE, UNITS};
use crate::scene::Scene;
use crate::text::Weight;

/// A picture of pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Red, green and blue of each, row by row.
    pub rgb: Vec<u8>,
}

/// Why there are no pixels: a fault of the program or a size that nothing could hold, not of the night.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotDrawn(String);

impl core::fmt::Display for NotDrawn {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(formatter, "cannot draw the picture: {}", self.0)
    }
}

impl core::error::Error for NotDrawn {}

/// A scene as pixels, `scale` of them (1 to 8) for each of its own, each way.
///
/// # Errors
/// [`NotDrawn`] when the scale is none of these.
pub fn pixels(scene: &Scene, scale: u32) -> Result<Pixels, NotDrawn> {
    let mut raster = Raster::new(scene.sheet, scale)?;
    paint(scene, &mut raster).map_err(|error| NotDrawn(format!("{error}")))?;
    Ok(raster.finish())
}

/// A scene as a PNG file.
///
/// # Errors
/// As [`pixels`].
pub fn png(scene: &Scene, scale: u32) -> Result<Vec<u8>, NotDrawn> {
    pixels(scene, scale)?.png()
}

impl Pixels {
    /// The picture as a PNG file.
    ///
    /// # Errors
    /// [`NotDrawn`] when the encoder fails; no picture causes this.
    pub fn png(&self) -> Result<Vec<u8>, NotDrawn> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&self.rgb));
        written.map_err(|error| NotDrawn(format!("{error}")))?;
        Ok(file)
    }
}

/// Pixels being painted.
pub struct Raster {
    pixmap: Pixmap,
    /// Units of the trait in a pixel.
    units: f32,
    /// What the pen in use has gathered.
    gathered: PathBuilder,
    pen: Option<Pen>,
    fonts: [Font; 2],
}

impl core::fmt::Debug for Raster {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.debug_struct("Raster").field("width", &self.pixmap.width()).finish_non_exhaustive()
    }
}

type Painted = Result<(), DrawingErrorKind<NotDrawn>>;

impl Raster {
    /// A white sheet of that many pixels, each of them `scale` across and down.
    ///
    /// # Errors
    /// [`NotDrawn`] when the scale is not 1 to 8, or there is no memory for such a sheet.
    pub fn new((width, height): (u32, u32), scale: u32) -> Result<Self, NotDrawn> {
        if !(1..=8).contains(&scale) {
            return Err(NotDrawn(format!("scale {scale}, use 1 to 8")));
        }
        let pixmap = Pixmap::new(width.saturating_mul(scale), height.saturating_mul(scale));
        let mut pixmap = pixmap.ok_or_else(|| NotDrawn(format!("a sheet of {width} x {height}")))?;
        pixmap.fill(tiny_skia::Color::WHITE);
        let fonts = [Weight::Regular, Weight::Bold].map(Font::of);
        Ok(Self {
            pixmap,
            units: UNITS as f32 / scale as f32,
            gathered: PathBuilder::new(),
            pen: None,
            fonts,
        })
    }

    /// The pixels.
    #[must_use]
    pub fn finish(mut self) -> Pixels {
        self.put_down();
        let (width, height) = (self.pixmap.width(), self.pixmap.height());
        // The sheet is opaque, so that nothing is to be divided by what it covers; in place, not beside it.
        let mut rgb = self.pixmap.take();
        let pixels = rgb.len().div_euclid(4);
        for pixel in 0..pixels {
            let (from, to) = (pixel.saturating_mul(4), pixel.saturating_mul(3));
            rgb.copy_within(from..from.saturating_add(3), to);
        }
        rgb.truncate(pixels.saturating_mul(3));
        Pixels { width, height, rgb }
    }

    fn place(&self, (x, y): BackendCoord) -> (f32, f32) {
        (x as f32 / self.units, y as f32 / self.units)
    }

    fn trace(&mut self, points: impl IntoIterator<Item = BackendCoord>, pen: Pen) {
        let units = self.units;
        let path = self.with(pen);
        for (place, (x, y)) in points.into_iter().enumerate() {
            let (x, y) = (x as f32 / units, y as f32 / units);
            if place == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
        }
    }

    /// Paints what the pen has gathered.
    fn put_down(&mut self) {
        let gathered = core::mem::take(&mut self.gathered).finish();
        let Some((pen, path)) = self.pen.take().zip(gathered) else { return };
        let (paint, still) = (solid(pen.colour), Transform::identity());
        match pen.width {
            Some(units) => {
                let width = units as f32 / self.units;
                let stroke = Stroke { width, line_join: LineJoin::Bevel, ..Stroke::default() };
                self.pixmap.stroke_path(&path, &paint, &stroke, still, None);
            }
            None => self.pixmap.fill_path(&path, &paint, FillRule::Winding, still, None),
        }
    }

    /// The path that a pen gathers; the one before is put down first.
    fn with(&mut self, pen: Pen) -> &mut PathBuilder {
        if !self.pen.is_some_and(|old| old.is(pen)) {
            self.put_down();
            self.pen = Some(pen);
        }
        &mut self.gathered
    }
}

/// What is drawn with.
#[derive(Clone, Copy)]
struct Pen {
    colour: BackendColor,
    /// Of a stroke, units; `None` fills.
    width: Option<u32>,
}

impl Pen {
    fn of<S: BackendStyle>(style: &S, is_filled: bool) -> Self {
        Self { colour: style.color(), width: (!is_filled).then(|| style.stroke_width()) }
    }

    fn is(self, other: Self) -> bool {
        let of = |pen: Self| (pen.colour.rgb, pen.colour.alpha.to_bits(), pen.width);
        of(self) == of(other)
    }
}

fn solid(colour: BackendColor) -> Paint<'static> {
    let (r, g, b) = colour.rgb;
    let mut paint = Paint::default();
    paint.set_color_rgba8(r, g, b, (colour.alpha * 255.0 + 0.5) as u8);
    paint
}

/// Shapes of letters as a path.
struct Shapes {
    path: PathBuilder,
    at: (f32, f32),
    size: f32,
}

impl Shapes {
    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        (self.at.0 + x * self.size, self.at.1 - y * self.size)
    }
}

impl OutlineBuilder for Shapes {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.place(x1, y1), self.place(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.place(x1, y1), self.place(x2, y2), self.place(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

impl DrawingBackend for Raster {
    type ErrorType = NotDrawn;

    fn get_size(&self) -> (u32, u32) {
        let units = |pixels: u32| (pixels as f32 * self.units) as u32;
        (units(self.pixmap.width()), units(self.pixmap.height()))
    }

    fn ensure_prepared(&mut self) -> Painted {
        Ok(())
    }

    fn present(&mut self) -> Painted {
        self.put_down();
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Painted {
        self.draw_rect(point, (point.0.saturating_add(1), point.1.saturating_add(1)), &color, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Painted {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Painted {
        let (left, top) = self.place(upper_left);
        let (right, bottom) = self.place(bottom_right);
        // In one sense of rotation, so that two that overlap are one area.
        if let Some(corners) =
            Rect::from_ltrb(left.min(right), top.min(bottom), left.max(right), top.max(bottom))
        {
            self.with(Pen::of(style, fill)).push_rect(corners);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Painted {
        self.trace(path, Pen::of(style, false));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Painted {
        let ((x, y), radius) = (self.place(center), radius as f32 / self.units);
        self.with(Pen::of(style, fill)).push_circle(x, y, radius);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Painted {
        self.trace(vert, Pen::of(style, true));
        self.gathered.close();
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, at: BackendCoord) -> Painted {
        let [regular, semibold] = &self.fonts;
        let font = if matches!(style.style(), FontStyle::Bold) { semibold } else { regular };
        let size = style.size() as f32 / self.units;
        let before = match style.anchor().h_pos {
            HPos::Left => 0.0,
            HPos::Center => 0.5,
            HPos::Right => 1.0,
        };
        let (x, y) = self.place(at);
        let left = x - before * size * font.lay(text, |_, _| {});
        let mut shapes = Shapes { path: PathBuilder::new(), at: (left, y + size * CAPITALS_MIDDLE), size };
        font.lay(text, |from, draw| {
            shapes.at.0 = left + from * size;
            draw(&mut shapes);
        });
        if let Some(path) = shapes.path.finish() {
            self.with(Pen { colour: style.color(), width: None }).push_path(&path);
        }
        Ok(())
    }
}
