//! Nights and their scenes.

use std::fs;
use std::path::PathBuf;

use oxi_figure::{Captions, Look, Night, Readings, Scene};
use oxicore::chart::Window;
use oxicore::{AnalysisOptions, NightAnalysis, ParseOptions, Recording};

/// A file of the repository.
pub(crate) fn repo(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// Every fixture of the library that can be read, with its name.
pub(crate) fn fixtures() -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(repo("oxicore/tests/fixtures")).unwrap();
    let files = entries.map(|entry| entry.unwrap()).filter(|entry| entry.path().is_file());
    files.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

pub(crate) fn parse<'f>(name: &str, file: &'f [u8]) -> Option<Recording<'f>> {
    Recording::parse_with(file, &ParseOptions::default().with_file_name(name)).ok()
}

pub(crate) fn analyze(recording: Recording<'_>) -> NightAnalysis {
    recording.analyze(&AnalysisOptions::default())
}

/// The scene of a window, with English captions.
pub(crate) fn scene_of(recording: Recording<'_>, window: Window, look: Look) -> Scene {
    let analysis = analyze(recording);
    let events = &analysis.desaturations3;
    let readings = Readings::of(recording, window, events);
    let night = Night { readings: &readings, summary: &analysis.summary, events };
    Scene::of(&night, &Captions::english(&analysis.summary), look)
}

pub(crate) fn scene(recording: Recording<'_>) -> Scene {
    scene_of(recording, recording.window(), Look::default())
}
