//! Draws a recording: `night FILE PICTURE [light|dark|grey] [FROM_S TO_S]`; a picture that ends in `.png` is one of pixels, any other SVG.
#![expect(clippy::print_stderr, reason = "a program says what it was not asked right")]

use std::error::Error;
use std::fs;

use oxi_figure::{Captions, Look, Night, Readings, Scene, png, svg};
use oxicore::chart::Window;
use oxicore::{AnalysisOptions, ParseOptions, Recording, Span};

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [file, picture, rest @ ..] = words.as_slice() else {
        eprintln!("usage: night FILE PICTURE [light|dark|grey] [FROM_S TO_S]");
        return Ok(());
    };
    let theme = rest.first().map_or(Ok(Look::default().theme), |word| word.parse())?;
    let bytes = fs::read(file)?;
    let recording = Recording::parse_with(&bytes, &ParseOptions::default().with_file_name(file))?;
    let window = match rest.get(1..3) {
        Some([from, to]) => Window { from: Span::from_secs(from.parse()?), to: Span::from_secs(to.parse()?) },
        _ => recording.window(),
    };
    let analysis = recording.analyze(&AnalysisOptions::default());
    let events = &analysis.desaturations3;
    let readings = Readings::of(recording, window, events);
    let night = Night { readings: &readings, summary: &analysis.summary, events };
    let scene = Scene::of(&night, &Captions::english(&analysis.summary), Look { theme, levels: None });
    let drawn = if picture.ends_with(".png") { png(&scene, 1)? } else { svg(&scene).into_bytes() };
    fs::write(picture, drawn)?;
    Ok(())
}
