//! QR codes as drawings for pages: dark squares on a light ground, whatever the theme, so that every camera reads them.

use std::fmt::Write as _;

use qrcode::types::QrError;
use qrcode::{Color, EcLevel, QrCode};

/// Light squares around a code, as the standard asks.
const QUIET: usize = 4;

/// A QR code as one path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// Squares along a side, the quiet zone included: the side of the `viewBox`.
    pub side: usize,
    /// The dark squares, row by row: the attribute `d`.
    pub path: String,
}

/// Draws a text.
///
/// # Errors
/// For texts of more than 2331 bytes.
pub fn draw(text: &str) -> Result<Drawing, QrError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
    let (width, colors) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (place, _) in colors.iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
        _ = write!(path, "M{} {}h1v1h-1z", place % width + QUIET, place / width + QUIET);
    }
    Ok(Drawing { side: width + 2 * QUIET, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_corner_mark_behind_the_quiet_zone() {
        let drawing = draw("otpauth://totp/x").unwrap();
        assert!(drawing.path.starts_with("M4 4h1v1h-1zM5 4h1v1h-1z"), "{}", drawing.path);
        assert_eq!(drawing.side, 25 + 2 * QUIET, "16 bytes fit version 2");
        assert!(draw(&"x".repeat(3000)).is_err());
    }
}
