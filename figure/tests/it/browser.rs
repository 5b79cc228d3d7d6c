//! The constants of the browser's interactive chart, written from the theme of pictures. `OXI_BLESS=1` writes them.

use std::fmt::Write as _;
use std::fs;

use oxi_figure::axis::{
    CLOCK_STEPS_S, MOTION_SPAN, PULSE_SPAN_BPM, PULSE_STEP_BPM, SPO2_RANGE_PCT, SPO2_STEP_PCT, THRESHOLDS_PCT,
};
use oxi_figure::theme::{Colours, LevelColour};
use oxi_figure::{Levels, Look, Theme};

use crate::support::repo;

const FILE: &str = "server/web/src/chart/theme/generated.ts";

#[test]
fn the_constants_of_the_browsers_chart_are_those_of_the_theme() {
    let text = constants();
    if std::env::var_os("OXI_BLESS").is_some() {
        fs::write(repo(FILE), &text).unwrap();
    }
    assert_eq!(
        fs::read_to_string(repo(FILE)).unwrap(),
        text,
        "run `OXI_BLESS=1 cargo test -p oxi-figure --test it browser`"
    );
}

fn constants() -> String {
    let (highest_floor, top) = SPO2_RANGE_PCT;
    let [upper, lower] = THRESHOLDS_PCT;
    let mut text = format!(
        "/** Ranges, ticks and colours of a picture of a night, written from the crate `oxi-figure` by its test `browser`: change them there. */\n\n\
         /** The top of the SpO2 axis, the highest bottom it has, and what its bottom is a multiple of, percent. */\n\
         export const SPO2_AXIS = {{ top: {top}, highestFloor: {highest_floor}, step: {SPO2_STEP_PCT} }} as const;\n\
         /** The least span of the pulse axis, and what its ends are multiples of, beats per minute. */\n\
         export const PULSE_AXIS = {{ span: {PULSE_SPAN_BPM}, step: {PULSE_STEP_BPM} }} as const;\n\
         /** The least span of the motion axis; the number has no unit. */\n\
         export const MOTION_SPAN = {MOTION_SPAN};\n\
         /** Levels with a line across the panel, percent. */\n\
         export const THRESHOLDS_PCT = [{upper}, {lower}] as const;\n\
         /** Distances of ticks of the clock, seconds. */\n\
         export const CLOCK_STEPS_S = {CLOCK_STEPS_S:?} as const;\n\n\
         /** Colours of levels: each from a whole percent on, the lowest first; `grey` prints without colours. */\n\
         export const LEVEL_COLOURS = {{\n"
    );
    for levels in Levels::ALL {
        level(&mut text, levels.code(), &levels.colours());
    }
    text += "} as const;\n\n/** Colours of everything else, by theme, with the theme's own colours of levels. */\nexport const THEMES = {\n";
    for theme in Theme::ALL {
        colours(&mut text, theme);
    }
    text + "} as const;\n"
}

/// In lines that people can read.
fn level(text: &mut String, name: &str, colours: &[LevelColour]) {
    let pair = |level: &LevelColour| format!("[{}, \"{}\"]", level.from_pct, level.colour.hex());
    let lines: Vec<_> =
        colours.chunks(6).map(|line| line.iter().map(pair).collect::<Vec<_>>().join(", ")).collect();
    match lines.as_slice() {
        [line] => writeln!(text, "  \"{name}\": [{line}],").unwrap(),
        _ => writeln!(text, "  \"{name}\": [\n    {},\n  ],", lines.join(",\n    ")).unwrap(),
    }
}

fn colours(text: &mut String, theme: Theme) {
    let colours = Colours::of(Look { theme, levels: None });
    let Some(named) = serde_json::to_value(&colours).unwrap().as_object().cloned() else { return };
    writeln!(text, "  {theme}: {{").unwrap();
    for (name, colour) in named.iter().filter(|(name, _)| *name != "levels") {
        writeln!(text, "    {name}: {colour},").unwrap();
    }
    text.push_str("  ");
    level(text, "levels", &colours.levels);
    text.push_str("  },\n");
}
