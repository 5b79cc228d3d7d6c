//! Kinds of picture files.

use image::ImageEncoder as _;
use image::codecs::jpeg::JpegEncoder;
use oxi_figure::{Pixels, Scene, pixels, png, svg};

/// Kind of picture file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Exact pixels.
    Png,
    /// Smaller, for mail.
    Jpg,
    /// Lines and letters, for print and for text that can be read out.
    Svg,
}

const JPG_QUALITY: u8 = 90;

impl Encoding {
    /// The media type of the file.
    pub(super) const fn content_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpg => "image/jpeg",
            Self::Svg => "image/svg+xml",
        }
    }

    /// End of the file's name, without the dot.
    pub(super) const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpg => "jpg",
            Self::Svg => "svg",
        }
    }

    /// The bytes of the file, at `scale` pixels for each of the sheet.
    pub(super) fn file(self, scene: &Scene, scale: u32) -> Result<Vec<u8>, NotMade> {
        match self {
            Self::Png => Ok(png(scene, scale)?),
            Self::Jpg => jpg(&pixels(scene, scale)?),
            Self::Svg => Ok(svg(scene).into_bytes()),
        }
    }
}

/// The picture could not be made: a fault of this program, not of the recording.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotMade {
    #[error(transparent)]
    Drawing(#[from] oxi_figure::NotDrawn),
    #[error("cannot write the picture: {0}")]
    Encoding(#[from] image::ImageError),
}

fn jpg(Pixels { width, height, rgb }: &Pixels) -> Result<Vec<u8>, NotMade> {
    let mut file = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut file, JPG_QUALITY);
    encoder.write_image(rgb, *width, *height, image::ExtendedColorType::Rgb8)?;
    Ok(file)
}
