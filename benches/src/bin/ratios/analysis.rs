//! A night to its numbers and events, against the published toolbox and against array operations.

use std::hint::black_box;

use oxi_benches::night;
use oxi_benches::ours::{self, Memory};
use oxi_benches::race::Race;
use oxi_benches::ratio::Ratio;
use oxicore::desaturation::{Threshold, aasm};
use oxicore::histogram::Histogram;
use oxicore::{
    AnalysisOptions, Desaturation, Recording, Span,
    analysis::{analyze, desaturations, max_desaturations},
    views::ColumnViews,
};

use crate::Run;

const GROUP: &str = "analysis";
const ROUNDS: u32 = 15;
/// Command, name, and how many times as fast oxicore shall be.
const ARRAYS: [(&str, &str, Option<f64>); 3] = [
    ("sliding", "numpy sliding_window_view", Some(5.0)),
    ("maximum", "scipy maximum_filter1d", None),
    ("rolling", "pandas rolling", None),
];

pub(crate) fn measure(run: &Run<'_>) -> Result<Vec<Ratio>, String> {
    let memory = ours::columns(&run.data.csv).map_err(|error| error.to_string())?;
    let night = memory.night().map_err(|error| error.to_string())?;
    let binary = night::legacy(&run.data.night);
    let view = |file| Recording::parse(file).map_err(|error| error.to_string());
    let mut ratios = vec![
        full("all numbers and events, made-up night in columns", &[night])?.at_most(25.0),
        full("all numbers and events, made-up night, view of its text", &[view(&run.data.csv)?])?,
        full("all numbers and events, made-up night, view of its binary", &[view(&binary)?])?,
    ];
    ratios.extend(recorded(run)?);
    ratios.extend(toolbox(run, night)?);
    ratios.extend(arrays(run, &memory)?);
    Ok(ratios)
}

fn recorded(run: &Run<'_>) -> Result<Option<Ratio>, String> {
    let memories: Result<Vec<_>, _> = run.data.recorded.iter().map(|file| ours::columns(file)).collect();
    let memories = memories.map_err(|error| error.to_string())?;
    let nights: Result<Vec<_>, _> = memories.iter().map(ours::Memory::night).collect();
    let nights = nights.map_err(|error| error.to_string())?;
    if nights.is_empty() {
        return Ok(None);
    }
    full("all numbers and events, recorded nights in columns", &nights).map(|ratio| Some(ratio.at_most(25.0)))
}

/// Everything that is computed of a night, in lent memory.
fn full(name: &str, nights: &[Recording<'_>]) -> Result<Ratio, String> {
    let longest = nights.iter().map(max_desaturations).max().unwrap_or(0);
    let mut events = vec![Desaturation::EMPTY; longest];
    let options = AnalysisOptions::default();
    let counted =
        |night, events: &mut [Desaturation]| analyze(night, &options, events).map(|a| a.summary.aasm);
    let expected: Vec<_> = nights.iter().map(|night| counted(*night, &mut events)).collect();
    let race = Race::new().lane("oxicore", || {
        for (night, expected) in nights.iter().zip(&expected) {
            assert_eq!(counted(black_box(*night), &mut events), *expected);
        }
    });
    let samples = nights.iter().map(Recording::len).sum::<usize>() as f64;
    let time = race.run(ROUNDS)?.of("oxicore").map(|time| time / samples);
    Ok(Ratio::figure(GROUP, name, time, "ns/sample"))
}

/// The desaturations of pobm 1.2.0; the same definition in one pass.
fn toolbox(run: &Run<'_>, night: Recording<'_>) -> Result<Vec<Ratio>, String> {
    let expected = groups(night);
    let times = Race::new()
        .lane("oxicore", || assert_eq!(groups(black_box(night)), expected))
        .python("pobm", run.toolbox, "night")
        .run(7)?;
    let samples = night.len() as f64;
    let name = "profile pobm, 3 %: pobm's desaturation measures";
    let speed = times.faster(GROUP, name, [("oxicore", samples), ("pobm", samples)], "ns/sample");
    Ok([speed.at_least(150.0)].into_iter().chain(same_counts(run)?).collect())
}

/// The toolbox counts what profile `pobm` counts, where its own counter does not overflow: up to 127 events.
fn same_counts(run: &Run<'_>) -> Result<Option<Ratio>, String> {
    let Some(python) = run.toolbox else { return Ok(None) };
    let (mut equal, mut compared) = (0.0, 0.0);
    for (index, file) in run.data.recorded.iter().enumerate() {
        let ours = groups(Recording::parse(file).map_err(|error| error.to_string())?);
        let theirs = python.value(&format!("recorded-night-{index}"))?;
        if ours <= 127 {
            compared += 1.0;
            equal += f64::from((f64::from(ours) - theirs).abs() < 1e-6);
        }
    }
    let name = "profile pobm: share of recorded nights with pobm's own count";
    let share = Ratio::figure(GROUP, name, Some(equal / compared), "of nights").at_least(1.0);
    Ok((compared > 0.0).then_some(share))
}

fn groups(night: Recording<'_>) -> u32 {
    night.pobm(Threshold::Three, &mut |_| ()).count
}

/// One profile and the distribution, against what fits into array operations.
fn arrays(run: &Run<'_>, memory: &Memory) -> Result<Vec<Ratio>, String> {
    let (night, arrays) = (memory.night().map_err(|error| error.to_string())?, memory.view().views());
    let (interval, options) = (night.interval(), AnalysisOptions::default());
    let expected = profile(&arrays, interval);
    let mut events = vec![Desaturation::EMPTY; max_desaturations(&night)];
    let mut race = Race::new()
        .lane("oxicore", || assert_eq!(profile(black_box(&arrays), interval), expected))
        .lane("listed", || assert!(desaturations(black_box(night), &options, &mut events).is_ok()));
    for (command, ..) in ARRAYS {
        race = race.python(command, run.numbers, command);
    }
    let (times, samples) = (race.run(ROUNDS)?, night.len() as f64);
    let against = |name: &str, ours: &str, peer: &str| {
        times.faster(GROUP, name, [(ours, samples), (peer, samples)], "ns/sample")
    };
    let forms = ARRAYS.map(|(lane, name, goal)| {
        let ratio = against(&format!("one profile and distribution: {name}"), "oxicore", lane);
        goal.map_or(ratio.clone(), |goal| ratio.at_least(goal))
    });
    let more =
        "the same filtered, with the list of events and all of the distribution: numpy sliding_window_view";
    let more = against(more, "listed", "sliding");
    Ok(forms.into_iter().chain([more]).chain(equal(run, expected)?).collect())
}

/// Mean, lowest level and time below 90 % and 94 % are the same measures for both.
fn equal(run: &Run<'_>, (_, mean, lowest, below): Profile) -> Result<Option<Ratio>, String> {
    let Some(python) = run.numbers else { return Ok(None) };
    let theirs = ["mean", "lowest", "below-90", "below-94"].map(|name| python.value(name));
    let ours = [mean, f64::from(lowest), below[0], below[1]];
    let theirs = theirs.into_iter().collect::<Result<Vec<f64>, _>>()?;
    let same = ours.iter().zip(theirs).filter(|(ours, theirs)| (**ours - theirs).abs() < 1e-9).count();
    let name = "mean, lowest, shares below 90 % and 94 %: equal to numpy's";
    Ok(Some(Ratio::figure(GROUP, name, Some(same as f64), "of 4 values").at_least(4.0)))
}

/// Events, mean, lowest level, shares below 90 % and 94 %.
type Profile = (u32, f64, u16, [f64; 2]);

/// The five numbers that fit into array operations, of the same arrays: the artifact filter leaves none out for numpy.
fn profile(arrays: &ColumnViews<'_>, interval: Span) -> Profile {
    let mut detector = aasm::Detector::new(Threshold::Three, interval, aasm::Config::default());
    let mut levels = Histogram::<101>::default();
    let mut events = 0;
    for (&at, spo2) in arrays.at.iter().zip(arrays.spo2) {
        let Some(spo2) = *spo2 else { continue };
        levels.push(spo2.as_pct().into());
        events += u32::from(detector.push(at, spo2).is_some());
    }
    events += u32::from(detector.finish().is_some());
    let below = [90, 94].map(|pct| f64::from(levels.count_below(pct)) / f64::from(levels.count()));
    (events, levels.mean().unwrap_or(0.0), levels.min().unwrap_or(0), below)
}
