//! What a painter tells a backend about a stroke and a text.

use core::convert::Infallible;

use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, FontFamily, FontStyle};

use crate::colour::Colour;
use crate::letters;
use crate::text::{Anchor, Text, Weight};

/// Units of the sheet that a backend sees, in a pixel: coordinates of the trait are whole numbers.
pub const UNITS: u32 = 10;
/// The middle of capital letters above the line they stand on, in sizes of the type.
pub(crate) const CAPITALS_MIDDLE: f32 = 0.364;
/// The font that is looked for first where text stays text.
pub(crate) const FAMILY: &str = "Inter, system-ui, sans-serif";

/// A stroke of a colour and a width in units.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pen {
    pub(crate) colour: Colour,
    pub(crate) width: u32,
}

impl BackendStyle for Pen {
    fn color(&self) -> BackendColor {
        self.colour.color()
    }

    fn stroke_width(&self) -> u32 {
        self.width
    }
}

/// How a text looks.
pub(crate) struct Letters<'t> {
    pub(crate) text: &'t Text,
    pub(crate) colour: Colour,
}

impl BackendTextStyle for Letters<'_> {
    type FontError = Infallible;

    fn color(&self) -> BackendColor {
        self.colour.color()
    }

    fn size(&self) -> f64 {
        f64::from(self.text.size.saturating_mul(UNITS))
    }

    fn style(&self) -> FontStyle {
        match self.text.weight {
            Weight::Regular => FontStyle::Normal,
            Weight::Bold => FontStyle::Bold,
        }
    }

    fn anchor(&self) -> Pos {
        let across = match self.text.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        Pos::new(across, VPos::Center)
    }

    fn family(&self) -> FontFamily<'_> {
        FontFamily::Name(FAMILY)
    }

    fn layout_box(&self, text: &str) -> Result<((i32, i32), (i32, i32)), Infallible> {
        let size = |tenths: u32| i32::try_from(tenths.saturating_mul(UNITS / 10)).unwrap_or(i32::MAX);
        let width = letters::width(text, self.text.size, self.text.weight);
        Ok(((0, 0), (size(width), size(self.text.size.saturating_mul(10)))))
    }

    /// Nothing: every backend of this crate writes text itself.
    fn draw<E, F: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        _text: &str,
        _at: BackendCoord,
        _draw: F,
    ) -> Result<Result<(), E>, Infallible> {
        Ok(Ok(()))
    }
}
