//! What a picture must show.

use oxi_figure::scene::{Scene, Text};
use oxi_figure::{Captions, Look, Night, Readings, svg};
use oxicore::chart::Window;
use oxicore::testing::{Row, csv_file, night};
use oxicore::{NightAnalysis, Recording, Span};
use proptest::prelude::*;

use crate::support::{analyze, scene, scene_of};

/// Rows of a night with dips, missing readings and gaps.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let held = (55_u8..=100, 1_u32..40, prop_oneof![6 => Just(0), 1 => Just(1), 1 => Just(2), 1 => Just(3)]);
    (prop::collection::vec(held, 1..120), 1_u32..5).prop_map(|(stretches, interval)| {
        let mut at = 0;
        let mut rows = Vec::new();
        for (level, count, kind) in stretches {
            for _ in 0..count {
                let (spo2, pulse) = match kind {
                    1 => (None, Some(61)),
                    2 => (None, None),
                    _ => (Some(level), Some(50 + u16::from(level) % 40)),
                };
                rows.push((at, spo2, pulse, Some(level % 7)));
                at += interval;
            }
            at += if kind == 3 { 30 * interval } else { 0 };
        }
        rows
    })
}

/// Every event has a mark, and its nadir is on the line.
fn assert_events_seen(scene: &Scene, analysis: &NightAnalysis, window: Window) {
    let is_shown = |onset: Span, end: Span| end >= window.from && onset <= window.to;
    let shown: Vec<_> =
        analysis.desaturations3.iter().filter(|event| is_shown(event.onset, event.end)).collect();
    assert_eq!(scene.ribbon.marks.len(), shown.len());
    for (mark, event) in scene.ribbon.marks.iter().zip(shown) {
        assert_eq!((mark.onset_s, mark.end_s), (event.onset.as_secs(), event.end.as_secs()));
        let nadir = (event.nadir_at.as_secs(), u16::from(event.nadir.as_pct()));
        let is_in_window = event.nadir_at >= window.from && event.nadir_at < window.to;
        assert!(!is_in_window || scene.spo2.lines.iter().flatten().any(|&point| point == nadir), "{event:?}");
        let is_within = (scene.spo2.scale.low..=scene.spo2.scale.high).contains(&nadir.1);
        assert!(!is_in_window || is_within, "{nadir:?} is cut off");
    }
}

fn assert_texts_apart(scene: &Scene) {
    let sheet = (f64::from(scene.sheet.0), f64::from(scene.sheet.1));
    let across = |text: &Text| {
        let width = text.text.chars().count() as f64 * f64::from(text.size) * 0.5;
        match serde_json::to_value(text.anchor).unwrap().as_str().unwrap() {
            "start" => (f64::from(text.x), f64::from(text.x) + width),
            "middle" => (f64::from(text.x) - width / 2.0, f64::from(text.x) + width / 2.0),
            _ => (f64::from(text.x) - width, f64::from(text.x)),
        }
    };
    for (place, text) in scene.texts.iter().enumerate() {
        let (left, right) = across(text);
        assert!(left >= 0.0 && right <= sheet.0 && f64::from(text.y) <= sheet.1, "{text:?}");
        for other in scene.texts.iter().skip(place + 1).filter(|other| other.y.abs_diff(text.y) < 12) {
            let (begin, end) = across(other);
            assert!(begin >= right || end <= left, "{text:?} and {other:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_event_is_seen(rows in rows(), from in 0_u32..2_000, length in 60_u32..3_000) {
        let file = csv_file(rows);
        let recording = Recording::parse(&file).unwrap();
        let analysis = analyze(recording);
        assert_events_seen(&scene(recording), &analysis, recording.window());
        let window = Window { from: Span::from_secs(from), to: Span::from_secs(from + length) };
        let near = scene_of(recording, window, Look::default());
        assert_events_seen(&near, &analysis, window);
        prop_assert!(svg(&near).ends_with("</svg>"));
        assert_texts_apart(&near);
    }
}

#[test]
fn marks_of_all_kinds_are_explained_and_no_others() {
    let file =
        night().flat(97, 300).flat(90, 20).flat(97, 300).flat(64, 8).unreadable(20).flat(66, 8).flat(97, 400);
    let file = file.flat(91, 30).gap(200).flat(97, 300).file();
    let scene = scene(Recording::parse(&file).unwrap());
    let explained: Vec<_> =
        scene.samples.iter().map(|sample| serde_json::to_value(sample.of).unwrap()).collect();
    assert_eq!(explained[6..], ["counted", "uncounted", "below_range", "gap"], "{:?}", scene.ribbon);
    assert_eq!(scene.below_range.as_ref().unwrap().stretches_s.len(), 1);
    assert_eq!(scene.gaps_s, [(1_086, 1_286)]);
    assert_texts_apart(&scene);
}

#[test]
fn bands_steps_and_nadirs_stand_in_windows_of_an_hour_and_less() {
    let file = night().flat(97, 4_000).flat(90, 20).flat(97, 3_000).file();
    let recording = Recording::parse(&file).unwrap();
    let window = |to| Window { from: Span::from_secs(3_000), to: Span::from_secs(to) };
    let close = [6_600, 6_601].map(|to| scene_of(recording, window(to), Look::default()));
    assert_eq!(close.each_ref().map(|scene| scene.clock.is_close), [true, false]);
    assert_eq!(close.map(|scene| svg(&scene).matches("<circle").count()), [2, 0]);
}

#[test]
fn words_with_diacritics_and_long_ones_stay_apart() {
    let file =
        night().flat(97, 300).flat(90, 20).flat(97, 300).flat(64, 8).unreadable(20).flat(66, 8).flat(97, 400);
    let file = file.flat(91, 30).gap(200).flat(97, 300).file();
    let recording = Recording::parse(&file).unwrap();
    let analysis = analyze(recording);
    let own = str::to_owned;
    let words = Captions {
        title: own(
            "Înregistrare din miercuri, 29 ianuarie 2025, ora 20:35 până joi, 30 ianuarie 2025, ora 06:35",
        ),
        label: own("P-0042 · Aparat 1001"),
        events: own("Desaturări"),
        motion: own("Mișcare"),
        below_range: own("sub limită"),
        counted: own("desaturare inclusă (înălțimea: adâncimea)"),
        uncounted: own("neinclusă"),
        below_range_mark: own("sub limita aparatului"),
        gap: own("fără semnal"),
        source: own("AASM, ≥ 3 % · revizia 2"),
        decimal_sign: ',',
        ..Captions::english(&analysis.summary)
    };
    let readings = Readings::of(recording, recording.window(), &analysis.desaturations3);
    let night = Night { readings: &readings, summary: &analysis.summary, events: &analysis.desaturations3 };
    let scene = Scene::of(&night, &words, Look::default());
    assert_texts_apart(&scene);
    let picture = svg(&scene);
    assert!(
        ["Desaturări", "Mișcare", "înălțimea", "P-0042", "fără semnal"]
            .into_iter()
            .all(|word| picture.contains(word))
    );
}
