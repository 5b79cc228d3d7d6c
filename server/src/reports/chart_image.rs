//! The night as a picture: SpO2 coloured by level, pulse, movement and desaturations over one time axis.

use image::RgbImage;
use oxicore::chart::Column;
use oxicore::{Span, time::LocalDateTime};

mod canvas;
mod encode;
mod paint;
mod palette;
mod scale;
mod stroke;
mod trace;

pub use canvas::DrawError;
pub use encode::{Encoding, encode};

/// Everything the picture shows, measured; the words are in [`Captions`].
#[derive(Clone, Debug)]
pub struct Night {
    /// What the device clock showed at the first record.
    pub start: LocalDateTime,
    /// Length of the time axis.
    pub span: Span,
    /// SpO2 in percent, one slot per pixel column ([`columns_across`]).
    pub spo2: Vec<Option<Column>>,
    /// Pulse in beats per minute, one slot per pixel column.
    pub pulse: Vec<Option<Column>>,
    /// Movement, no unit, one slot per pixel column.
    pub motion: Vec<Option<Column>>,
    /// Counted desaturations: onset and end.
    pub desaturations: Vec<(Span, Span)>,
    /// Falls that are not counted (too long, cut by a gap or by the end): onset and end.
    pub uncounted: Vec<(Span, Span)>,
    /// Stretches where the device gave a pulse and no SpO2: from, to.
    pub below_range: Vec<(Span, Span)>,
}

/// The words in the picture, in the reader's language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Captions {
    /// Dates, times and the device.
    pub title: String,
    /// The night in numbers, one line.
    pub numbers: String,
    /// Name and unit of the SpO2 axis.
    pub spo2: String,
    /// Name and unit of the pulse axis.
    pub pulse: String,
    /// Name of the movement lane.
    pub motion: String,
    /// What the coloured shading means.
    pub desaturation: String,
    /// What the grey shading means.
    pub uncounted: String,
    /// What the marks under the SpO2 panel mean.
    pub below_range: String,
    /// Who counted, by which rules.
    pub source: String,
}

/// Size in pixels at scale 1.
pub const SIZE: (u32, u32) = (1280, 720);

/// Pixel columns across a panel at a scale: what to reduce a channel to before drawing.
#[must_use]
pub const fn columns_across(scale: u32) -> usize {
    paint::PANEL_WIDTH as usize * scale as usize
}

/// Draws the night at 1280x720 pixels times `scale` (1 or 2).
///
/// Takes tens of milliseconds: call it where blocking is allowed.
///
/// # Errors
/// [`DrawError`] when the drawing library fails; no recording causes this.
pub fn draw(night: &Night, captions: &Captions, scale: u32) -> Result<RgbImage, DrawError> {
    canvas::picture(SIZE, scale, |canvas| paint::night(canvas, night, captions))
}
