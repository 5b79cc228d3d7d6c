//! One night from its bytes to the bytes of its picture, as the platform draws it.

use oxicore::chart::{Channel, Window};
use oxicore::{AnalysisOptions, Desaturation, NightAnalysis, Recording, Span};

use crate::reports::chart_image::{Captions, Encoding, Night, columns_across, draw, encode};

/// Parses, analyses, reduces, draws and compresses: 1280 x 720 pixels.
///
/// # Errors
/// What is wrong with the file or the drawing.
pub fn png(file: &[u8]) -> Result<Vec<u8>, String> {
    let recording = Recording::parse(file).map_err(|error| error.to_string())?;
    let NightAnalysis { summary, desaturations3: events, .. } =
        recording.analyze(&AnalysisOptions::default());
    let words = Captions {
        title: format!("Night of {}", summary.recording.start_or_1970()),
        numbers: format!("ODI3 {:?}, ODI4 {:?}", summary.aasm.odi3.per_h, summary.aasm.odi4.per_h),
        spo2: "SpO2, %".to_owned(),
        pulse: "Pulse, bpm".to_owned(),
        motion: "Motion".to_owned(),
        ..Captions::default()
    };
    let picture = draw(&scene(recording, &events), &words, 1).map_err(|error| error.to_string())?;
    encode(&picture, Encoding::Png).map_err(|error| error.to_string())
}

fn scene(recording: Recording<'_>, events: &[Desaturation]) -> Night {
    let reduced = |channel| recording.reduce(channel, Window::whole(&recording), columns_across(1));
    let stretch = |event: &Desaturation| -> (Span, Span) { (event.onset, event.end) };
    Night {
        start: recording.start(),
        span: recording.span(),
        spo2: reduced(Channel::Spo2),
        pulse: reduced(Channel::Pulse),
        motion: reduced(Channel::Motion),
        desaturations: events.iter().filter(|event| event.is_counted()).map(stretch).collect(),
        uncounted: events.iter().filter(|event| !event.is_counted()).map(stretch).collect(),
        below_range: Vec::new(),
    }
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
