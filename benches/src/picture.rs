//! One night from its bytes to the bytes of its picture, as the platform draws it.

use oxi_figure::{Captions, Look, Night, Readings, Scene};
use oxicore::{AnalysisOptions, Recording};

/// Parses, analyses, reduces, draws and compresses: 1280 x 720 pixels.
///
/// # Errors
/// What is wrong with the file or the drawing.
pub fn png(file: &[u8]) -> Result<Vec<u8>, String> {
    let recording = Recording::parse(file).map_err(|error| error.to_string())?;
    let analysis = recording.analyze(&AnalysisOptions::default());
    let events = &analysis.desaturations3;
    let readings = Readings::of(recording, recording.window(), events);
    let night = Night { readings: &readings, summary: &analysis.summary, events };
    let scene = Scene::of(&night, &Captions::english(&analysis.summary), Look::default());
    oxi_figure::png(&scene, 1).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use crate::night::{csv, night};

    #[test]
    fn the_picture_is_a_png_of_the_size_that_the_platform_shows() {
        let png = super::png(&csv(&night())).unwrap();
        let size = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        assert_eq!((&png[1..4], size(16), size(20)), (&b"PNG"[..], 1280, 720));
    }
}
