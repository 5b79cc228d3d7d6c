//! No night keeps its picture from being drawn.

use oxi_figure::{Levels, Look, Theme, svg};
use oxicore::chart::Window;
use oxicore::testing::{csv_file, night};
use oxicore::{Recording, Span};

use crate::support::{fixtures, parse, scene, scene_of};

#[test]
fn every_fixture_is_drawn_in_every_look() {
    let mut drawn = 0;
    for (name, file) in fixtures() {
        let Some(recording) = parse(&name, &file) else { continue };
        for theme in Theme::ALL {
            let levels = [None].into_iter().chain(Levels::ALL.map(Some));
            for look in levels.map(|levels| Look { theme, levels }) {
                let picture = svg(&scene_of(recording, recording.window(), look));
                assert!(picture.starts_with("<svg ") && picture.ends_with("</svg>"), "{name}");
                drawn += 1;
            }
        }
    }
    assert!(drawn > 800, "{drawn}");
}

#[test]
fn a_night_of_one_reading_shows_it() {
    let file = csv_file([(0, Some(91), Some(60), Some(3))]);
    let scene = scene(Recording::parse(&file).unwrap());
    assert_eq!(scene.spo2.lines, [[(0, 91)]]);
    assert!(svg(&scene).contains("stroke-width=\"28\""), "a single reading is a stroke");
}

#[test]
fn a_night_without_a_reading_and_one_without_motion_have_their_axes() {
    let file = csv_file((0..50).map(|place| (4 * place, None, None, None)));
    let scene = scene(Recording::parse(&file).unwrap());
    assert_eq!((scene.spo2.lines.len(), scene.pulse.lines.len(), scene.motion.is_none()), (0, 0, true));
    let picture = svg(&scene);
    assert!(picture.contains(">no SpO₂") || picture.contains("no SpO₂"), "{picture}");
    assert!(!picture.contains("NaN"));
}

#[test]
fn windows_of_nothing_and_outside_the_night_are_drawn() {
    let file = night().flat(97, 300).flat(90, 20).flat(97, 300).file();
    let recording = Recording::parse(&file).unwrap();
    for (from, to) in [(0, 0), (310, 310), (500, 100), (10_000, 20_000), (0, 30_000_000)] {
        let window = Window { from: Span::from_secs(from), to: Span::from_secs(to) };
        assert!(svg(&scene_of(recording, window, Look::default())).ends_with("</svg>"), "{from}..{to}");
    }
}

#[cfg(feature = "raster")]
mod pixels {
    use oxi_figure::{Pixels, pixels};

    use super::*;

    /// Share of the pixels that are not paper.
    fn inked(Pixels { rgb, .. }: &Pixels) -> f64 {
        let pixels = rgb.as_chunks::<3>().0;
        pixels.iter().filter(|pixel| pixel.iter().any(|&value| value < 200)).count() as f64
            / pixels.len() as f64
    }

    #[test]
    fn every_fixture_has_pixels_at_every_scale() {
        for (name, file) in fixtures() {
            let Some(recording) = parse(&name, &file) else { continue };
            let picture = pixels(&scene(recording), 1).unwrap();
            assert_eq!((picture.width, picture.height, picture.rgb.len()), (1_280, 720, 1_280 * 720 * 3));
            assert!((0.005..0.5).contains(&inked(&picture)), "{name}: {}", inked(&picture));
        }
        let file = csv_file([(0, Some(91), Some(60), Some(3))]);
        let scene = scene(Recording::parse(&file).unwrap());
        assert_eq!(pixels(&scene, 2).map(|picture| (picture.width, picture.height)), Ok((2_560, 1_440)));
        let refused = [0, 9].map(|scale| pixels(&scene, scale).unwrap_err().to_string());
        assert_eq!(refused[0], "cannot draw the picture: scale 0, use 1 to 8");
    }

    #[test]
    fn a_dip_of_one_reading_is_seen_in_its_colour() {
        let rows = |at: u32| if at == 8_000 { 66 } else { 96 };
        let file =
            csv_file((0..9_000).map(|place| 4 * place).map(|at| (at, Some(rows(at)), Some(60), Some(0))));
        let recording = Recording::parse(&file).unwrap();
        let picture = pixels(&scene(recording), 1).unwrap();
        // Below 70 %: darker than any other part of the picture's middle.
        let x = 156 + 1_060 * 8_000 / 36_000;
        let dark = |x: usize| {
            (110..415).any(|y| picture.rgb[(y * 1_280 + x) * 3..][..3].iter().all(|&value| value < 130))
        };
        assert!((x - 2..x + 3).any(dark), "the dip at {x}");
        assert!(!(x - 40..x - 10).any(dark));
    }

    #[test]
    fn the_same_scene_gives_the_same_pixels() {
        let file = night().flat(97, 300).flat(90, 20).flat(97, 300).file();
        let scene = scene(Recording::parse(&file).unwrap());
        assert_eq!(pixels(&scene, 1), pixels(&scene, 1));
    }
}
