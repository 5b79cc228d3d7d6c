//! Headings, names of panels, and labels of axes.

use alloc::borrow::ToOwned as _;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use oxicore::{Span, Summary};

use crate::layout::{CLOCK_Y, DAY_Y, LEFT, MARGIN, NUMBERS_Y, RIGHT, ROW, SHEET, SMALL, TITLE, TITLE_Y};
use crate::letters;
use crate::scene::{Panel, Scene};
use crate::text::{Anchor, Ink, Text, Weight};
use crate::words::Captions;

/// Between a panel and what stands beside it.
const BESIDE: u32 = 8;
/// Least distance of the labels of two thresholds.
const APART: u32 = 19;
const BETWEEN: &str = "  ·  ";

pub(super) fn of(scene: &Scene, summary: &Summary, captions: &Captions) -> Vec<Text> {
    let mut texts = heading(captions);
    texts.extend(names(scene, captions));
    // The name of the lane stands right below the lowest label of the axis.
    let raised = if scene.below_range.is_some() { 5 } else { 0 };
    texts.extend(values(&scene.spo2, raised));
    texts.extend(values(&scene.pulse, 0));
    texts.extend(thresholds(scene));
    texts.extend(clock(scene, summary, captions));
    texts
}

fn heading(captions: &Captions) -> Vec<Text> {
    let strong = |text: &String, x, anchor, size| Text {
        size,
        weight: Weight::Bold,
        ink: Ink::Strong,
        ..Text::label(text.clone(), x, TITLE_Y, anchor)
    };
    let room = SHEET.0.saturating_sub(MARGIN.saturating_mul(3));
    let width =
        |size| [&captions.title, &captions.label].map(|text| letters::width(text, size, Weight::Bold));
    let fits = |size: &u32| width(*size).into_iter().fold(0, u32::saturating_add) <= room.saturating_mul(10);
    let size = (SMALL..=TITLE).rev().find(fits).unwrap_or(SMALL);
    let right = SHEET.0.saturating_sub(MARGIN);
    let mut texts = alloc::vec![strong(&captions.title, MARGIN, Anchor::Start, size)];
    texts.extend((!captions.label.is_empty()).then(|| strong(&captions.label, right, Anchor::End, size)));
    let row = |(row, text)| {
        let y = NUMBERS_Y.saturating_add(ROW.saturating_mul(row));
        Text { ink: Ink::Soft, ..Text::label(text, MARGIN, y, Anchor::Start) }
    };
    texts.extend((0..).zip(rows(&captions.numbers, room)).map(row));
    texts
}

/// The numbers in as few rows as hold them.
fn rows(numbers: &[String], room: u32) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for number in numbers {
        let longer = rows.last().map(|row| format!("{row}{BETWEEN}{number}"));
        let longer =
            longer.filter(|row| letters::width(row, SMALL, Weight::Regular) <= room.saturating_mul(10));
        match (rows.last_mut(), longer) {
            (Some(row), Some(longer)) => *row = longer,
            _ => rows.push(number.clone()),
        }
    }
    rows
}

fn names(scene: &Scene, captions: &Captions) -> Vec<Text> {
    let name = |text: &String, y| Text {
        weight: Weight::Bold,
        ink: Ink::Soft,
        ..Text::label(text.clone(), MARGIN, y, Anchor::Start)
    };
    let spo2 = pixels(scene.spo2.y(95));
    let mut names = alloc::vec![
        name(&captions.spo2, spo2),
        name(&captions.events, scene.ribbon.frame.middle()),
        name(&captions.pulse, scene.pulse.frame.middle()),
    ];
    names.extend(scene.motion.as_ref().map(|motion| name(&captions.motion, motion.frame.middle())));
    let lane = scene.below_range.as_ref();
    let beside = LEFT.saturating_sub(BESIDE);
    names.extend(
        lane.map(|lane| Text::label(captions.below_range.clone(), beside, lane.frame.middle(), Anchor::End)),
    );
    names
}

/// Labels of an axis, the lowest one raised by `raised` pixels.
fn values(panel: &Panel, raised: u32) -> impl Iterator<Item = Text> {
    // Away from the level strip on the panel's left edge.
    let x = LEFT.saturating_sub(BESIDE).saturating_sub(6);
    let up = move |tick| if tick == panel.scale.low { raised } else { 0 };
    let place = move |tick| pixels(panel.y(tick)).saturating_sub(up(tick));
    panel.scale.ticks.iter().map(move |&tick| Text::label(tick.to_string(), x, place(tick), Anchor::End))
}

/// Beside the panel, where they hide no dip, and apart from each other.
fn thresholds(scene: &Scene) -> [Text; 2] {
    let [upper, lower] = scene.thresholds_pct.map(|pct| pixels(scene.spo2.y(pct)));
    let lacking = APART.saturating_sub(lower.saturating_sub(upper));
    let up = upper.saturating_sub(lacking.div_euclid(2));
    let down = up.saturating_add(lower.saturating_sub(upper).max(APART));
    let [above, below] = scene.thresholds_pct.map(|pct| format!("{pct} %"));
    let text = |text, y, ink| Text {
        weight: Weight::Bold,
        ink,
        ..Text::label(text, RIGHT.saturating_add(BESIDE), y, Anchor::Start)
    };
    [text(above, up, Ink::Upper), text(below, down, Ink::Lower)]
}

/// Times, and the day at the left edge and at each midnight.
fn clock(scene: &Scene, summary: &Summary, captions: &Captions) -> Vec<Text> {
    let start = summary.recording.start;
    let day =
        |at_s| start.and_then(|start| start.checked_add(Span::from_secs(at_s))).map(|at| captions.day(at));
    let bold =
        |text, x, y| Text { weight: Weight::Bold, ink: Ink::Soft, ..Text::label(text, x, y, Anchor::Middle) };
    let mut texts = Vec::new();
    let mut midnights = Vec::new();
    for tick in &scene.clock.ticks {
        let x = pixels(scene.clock.x(tick.at_s));
        let time = Text::label(tick.label.to_owned(), x, CLOCK_Y, Anchor::Middle);
        if tick.is_midnight {
            texts.push(Text { weight: Weight::Bold, ink: Ink::Soft, ..time });
            texts.extend(day(tick.at_s).map(|day| bold(day, x, DAY_Y)));
            midnights.push(x);
        } else {
            texts.push(time);
        }
    }
    let is_free = midnights.first().is_none_or(|&x| x > LEFT.saturating_add(100));
    let first = day(scene.clock.from_s).filter(|_| is_free);
    texts.extend(first.map(|day| Text { anchor: Anchor::Start, ..bold(day, LEFT, DAY_Y) }));
    texts
}

/// Of tenths.
const fn pixels(tenths: i32) -> u32 {
    tenths.saturating_add(5).div_euclid(10).unsigned_abs()
}
