//! How wide words are. Legends are laid out by this table and not by a font, so that a scene is the same wherever it is made,
//! with and without the font; a test holds it to the font that pixels are drawn with.

use crate::text::Weight;

/// Widths of the letters from the blank to `~`, hundredths of the size.
type Widths = [u8; 95];

#[rustfmt::skip]
const REGULAR: Widths = [
    28, 29, 47, 63, 64, 98, 64, 30, 36, 36, 50, 66, 29, 46, 29, 36, 63, 41, 61, 62, 65, 59, 62, 57, 62, 62, 29, 30, 66, 66, 66, 51,
    97, 69, 65, 73, 72, 60, 59, 75, 74, 27, 57, 67, 57, 90, 75, 76, 64, 76, 64, 64, 65, 74, 69, 99, 68, 68, 63, 36, 36, 36, 47, 46,
    32, 56, 61, 57, 61, 58, 37, 61, 59, 24, 24, 55, 24, 88, 59, 60, 61, 61, 38, 53, 33, 59, 56, 82, 55, 56, 55, 43, 33, 43, 66,
];
#[rustfmt::skip]
const SEMIBOLD: Widths = [
    25, 32, 52, 64, 65, 100, 66, 33, 37, 37, 54, 67, 32, 47, 32, 38, 66, 42, 62, 64, 67, 61, 64, 58, 64, 64, 32, 33, 67, 67, 67, 54,
    100, 73, 66, 74, 72, 61, 59, 75, 75, 28, 58, 70, 57, 92, 76, 77, 65, 77, 65, 65, 66, 74, 73, 102, 72, 71, 65, 37, 38, 37, 48, 47,
    35, 57, 62, 58, 62, 59, 39, 63, 61, 26, 26, 57, 26, 90, 61, 61, 62, 62, 40, 55, 35, 61, 59, 84, 57, 59, 57, 45, 36, 45, 67,
];
/// Any other letter.
const OTHER: u8 = 68;

/// Hundredths of its own width that a text gets: where it stays text, another font may stand in, and most are wider.
const ROOM: u32 = 112;

/// The room that a text needs, in tenths of a pixel, its size being pixels.
pub(crate) fn width(text: &str, size_px: u32, weight: Weight) -> u32 {
    let widths = if weight == Weight::Bold { &SEMIBOLD } else { &REGULAR };
    let hundredths = |letter: char| u32::from(hundredths(widths, letter));
    let all = text.chars().map(hundredths).fold(0_u32, u32::saturating_add);
    all.saturating_mul(size_px).saturating_mul(ROOM).div_ceil(1_000)
}

fn hundredths(widths: &Widths, letter: char) -> u8 {
    let place = u32::from(like(letter)).checked_sub(u32::from(' '));
    place.and_then(|place| widths.get(place as usize)).copied().unwrap_or(OTHER)
}

/// A letter of the table that is as wide.
const fn like(letter: char) -> char {
    match letter {
        'ă' | 'â' => 'a',
        'Ă' | 'Â' => 'A',
        'î' | 'Î' | '·' | '\u{a0}' | '\u{202f}' => '.',
        'ș' => 's',
        'Ș' => 'S',
        'ț' => 't',
        'Ț' => 'T',
        '₂' => '1',
        '’' | '‘' => ',',
        other => other,
    }
}

#[cfg(all(test, feature = "raster"))]
mod tests {
    use std::prelude::v1::*;

    use super::*;
    use crate::font::Font;

    #[test]
    fn no_letter_is_wider_in_the_font_than_in_the_table() {
        let letters = (' '..='~').chain("ăâîșțĂÂÎȘȚ₂·–≤≥−’„”éü".chars());
        for letter in letters {
            for weight in [Weight::Regular, Weight::Bold] {
                let letter = letter.to_string();
                let (stated, real) =
                    (width(&letter, 100, weight), Font::of(weight).lay(&letter, |_, _| {}) * 1_000.0);
                assert!(f64::from(stated) >= f64::from(real), "{letter:?} {weight:?}: {stated}, {real}");
            }
        }
    }
}
