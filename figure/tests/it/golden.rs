//! One scene, checked through every binding of the project. `OXI_BLESS=1` writes it; then look at the picture.

use std::fs;

use oxi_figure::svg;
use serde_json::Value;

use crate::support::{parse, repo, scene};

/// A night over midnight with five desaturations.
const NIGHT: &str = "D1_vihealth_6col_20260102235930.csv";
const GOLDEN: &str = "figure/tests/golden/scene.json";

#[test]
fn the_scene_of_a_night_is_the_golden_one() {
    let file = fs::read(repo("oxicore/tests/fixtures").join(NIGHT)).unwrap();
    let scene = scene(parse(NIGHT, &file).unwrap());
    let text = serde_json::to_string(&scene).unwrap() + "\n";
    if std::env::var_os("OXI_BLESS").is_some() {
        fs::write(repo(GOLDEN), &text).unwrap();
    }
    assert_eq!(text, fs::read_to_string(repo(GOLDEN)).unwrap());
    assert_eq!(scene.ribbon.marks.len(), 5);
    let picture = svg(&scene);
    for words in [">3 Jan</text>", ">00:00</text>", ">SpO₂ %</text>"] {
        assert!(picture.contains(words), "{words}");
    }
    assert!(serde_json::from_str::<Value>(&text).unwrap()["colours"]["levels"].is_array());
}
