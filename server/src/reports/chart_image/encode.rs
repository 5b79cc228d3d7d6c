//! Picture files.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder, RgbImage};

use super::DrawError;

/// Kind of picture file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Exact pixels.
    Png,
    /// Smaller, for mail.
    Jpg,
}

impl Encoding {
    /// The media type of the file.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpg => "image/jpeg",
        }
    }

    /// End of the file's name, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpg => "jpg",
        }
    }
}

const JPG_QUALITY: u8 = 90;

/// The picture as the bytes of a file.
///
/// # Errors
/// [`DrawError`] when the encoder fails; no recording causes this.
pub fn encode(picture: &RgbImage, encoding: Encoding) -> Result<Vec<u8>, DrawError> {
    let mut file = Vec::new();
    let (width, height) = picture.dimensions();
    let written = match encoding {
        Encoding::Png => {
            PngEncoder::new(&mut file).write_image(picture, width, height, ExtendedColorType::Rgb8)
        }
        Encoding::Jpg => JpegEncoder::new_with_quality(&mut file, JPG_QUALITY).write_image(
            picture,
            width,
            height,
            ExtendedColorType::Rgb8,
        ),
    };
    written.map_err(|error| DrawError(error.to_string()))?;
    Ok(file)
}
