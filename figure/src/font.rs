//! The font that pixels are drawn with: Inter in two weights, the letters of European languages alone (`fonts/`).

use ttf_parser::{Face, OutlineBuilder};

use crate::text::Weight;

const REGULAR: &[u8] = include_bytes!("../fonts/inter-regular.ttf");
const SEMIBOLD: &[u8] = include_bytes!("../fonts/inter-semibold.ttf");

/// A font of one weight.
pub(crate) struct Font {
    face: Option<Face<'static>>,
}

impl Font {
    pub(crate) fn of(weight: Weight) -> Self {
        let bytes = match weight {
            Weight::Regular => REGULAR,
            Weight::Bold => SEMIBOLD,
        };
        Self { face: Face::parse(bytes, 0).ok() }
    }

    /// The shapes of a text of size 1 and how far each stands from its beginning, and the length of all; letters that the
    /// font lacks are boxes.
    pub(crate) fn lay(
        &self,
        text: &str,
        mut shape: impl FnMut(f32, &dyn Fn(&mut dyn OutlineBuilder)),
    ) -> f32 {
        let Some(face) = &self.face else { return 0.0 };
        let em = f32::from(face.units_per_em());
        let mut at = 0.0;
        for letter in text.chars() {
            let glyph = face.glyph_index(letter).unwrap_or_default();
            shape(at, &|builder| {
                face.outline_glyph(glyph, &mut Scaled { builder, by: 1.0 / em });
            });
            at += f32::from(face.glyph_hor_advance(glyph).unwrap_or(0)) / em;
        }
        at
    }

    /// Letters of a text that the font has no shape for.
    #[cfg(test)]
    pub(crate) fn lacks(&self, text: &str) -> alloc::vec::Vec<char> {
        text.chars().filter(|&letter| self.face.as_ref().unwrap().glyph_index(letter).is_none()).collect()
    }
}

/// An outline in sizes of the type.
struct Scaled<'b> {
    builder: &'b mut dyn OutlineBuilder,
    by: f32,
}

impl OutlineBuilder for Scaled<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.builder.move_to(x * self.by, y * self.by);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.builder.line_to(x * self.by, y * self.by);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.builder.quad_to(x1 * self.by, y1 * self.by, x * self.by, y * self.by);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let by = self.by;
        self.builder.curve_to(x1 * by, y1 * by, x2 * by, y2 * by, x * by, y * by);
    }

    fn close(&mut self) {
        self.builder.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_has_the_letters_of_both_languages() {
        for weight in [Weight::Regular, Weight::Bold] {
            let font = Font::of(weight);
            assert_eq!(font.lacks("ăâîșțĂÂÎȘȚ SpO₂ ≤ ≥ − – · „” 0123456789 %/,.():"), []);
            assert_eq!(font.lacks("中"), ['中']);
            assert!(font.lay("Mișcare", |_, _| {}) > 3.0);
        }
    }
}
