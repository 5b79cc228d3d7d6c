//! Fewer points, no dip lost: against tsdownsample for speed, against LTTB for what stays visible.

use std::hint::black_box;

use lttb::{DataPoint, lttb};
use oxi_benches::race::Race;
use oxi_benches::ratio::Ratio;
use oxicore::chart::{Channel, LinePoint, Window, line_budget, line_into, line_vec};
use oxicore::{AnalysisOptions, Desaturation, Recording, SampleColumnsRef, Span, Spo2, analyze_vec};

use crate::Run;
use crate::data::{POINTS, levels};

const GROUP: &str = "reduction";
const KEPT: usize = 1_000;

pub(crate) fn measure(run: &Run<'_>) -> Result<Vec<Ratio>, String> {
    let mut ratios = Vec::new();
    for ((points, kept), goal) in POINTS.into_iter().zip([4.0, 1.5, 1.0]) {
        ratios.push(speed(run, points, kept, goal)?);
    }
    let mut files: Vec<&[u8]> = vec![&run.data.csv];
    files.extend(run.data.recorded.iter().map(Vec::as_slice));
    ratios.extend(visible(&files)?);
    Ok(ratios)
}

/// The line with every event in it, of so many points.
fn speed(run: &Run<'_>, points: u32, kept: usize, goal: f64) -> Result<Ratio, String> {
    let at: Vec<Span> = (0..points).map(Span::from_secs).collect();
    let spo2: Vec<Option<Spo2>> =
        levels(&run.data.night).take(points as usize).map(|pct| Spo2::from_device(pct.into())).collect();
    let columns = SampleColumnsRef { at: &at, spo2: &spo2, ..SampleColumnsRef::default() };
    let night = Recording::from_columns(None, None, columns).map_err(|error| error.to_string())?;
    let events = analyze_vec(night, &AnalysisOptions::default()).1;
    // As many points as MinMax keeps, four of each column, and those of the events besides.
    let columns = kept / 4;
    let mut out = vec![LinePoint::default(); line_budget(columns, events.len())];
    let whole = Window::whole(&night);
    let ours = || {
        let line = line_into(black_box(night), Channel::Spo2, whole, columns, &events, &mut out);
        assert!(line.is_ok_and(|line| line.len() > columns));
    };
    let rounds = if points > 1_000_000 { 7 } else { 15 };
    let times = Race::new()
        .lane("oxicore", ours)
        .python("minmax", run.numbers, &format!("minmax-{points}"))
        .run(rounds)?;
    let a_point = |lane: &str| times.of(lane).map(|time| time / f64::from(points));
    let name = format!("{points} points: tsdownsample MinMax; ours without a call from Python");
    let ratio = Ratio::times_faster(GROUP, &name, a_point("oxicore"), a_point("minmax"), "ns/point");
    Ok(ratio.at_least(goal))
}

/// What a doctor can no longer see after the reduction to 1,000 points.
fn visible(files: &[&[u8]]) -> Result<Vec<Ratio>, String> {
    let (mut events, mut ours, mut theirs) = (0, Lost::default(), Lost::default());
    for file in files {
        let night = Recording::parse(file).map_err(|error| error.to_string())?;
        let listed = analyze_vec(night, &AnalysisOptions::default()).1;
        events += listed.len();
        let line = line_vec(night, Channel::Spo2, Window::whole(&night), KEPT / 4, &listed);
        let line: Vec<(Span, u16)> = line.iter().map(|point| (point.at, point.value)).collect();
        ours.add(night, &line, &listed);
        theirs.add(night, &by_lttb(night), &listed);
    }
    let figure = |name: &str, lost: usize| {
        Ratio::figure(
            GROUP,
            &format!("{name}, {} nights, {events} events", files.len()),
            Some(lost as f64),
            "lost",
        )
    };
    Ok(vec![
        figure("events whose nadir is gone", ours.nadirs).at_most(0.0),
        figure("nights whose lowest value is gone", ours.lowest).at_most(0.0),
        figure("LTTB, 1,000 points: events drawn too shallow", theirs.shallow),
        figure("LTTB, 1,000 points: events whose nadir is gone", theirs.nadirs),
        figure("LTTB, 1,000 points: nights whose lowest value is gone", theirs.lowest),
    ])
}

fn by_lttb(night: Recording<'_>) -> Vec<(Span, u16)> {
    let readings = night.samples().filter_map(|sample| Some((sample.at, sample.spo2?)));
    let all = readings.map(|(at, spo2)| DataPoint::new(at.as_secs().into(), spo2.as_pct().into()));
    let kept = lttb(all.collect(), KEPT);
    kept.iter().map(|point| (Span::from_secs(point.x as u32), point.y as u16)).collect()
}

#[derive(Default)]
struct Lost {
    /// Events whose lowest reading is not drawn.
    nadirs: usize,
    /// Events that no longer look 3 % deep.
    shallow: usize,
    /// Nights whose lowest reading is not drawn.
    lowest: usize,
}

impl Lost {
    fn add(&mut self, night: Recording<'_>, drawn: &[(Span, u16)], events: &[Desaturation]) {
        for event in events {
            let within = drawn.iter().filter(|(at, _)| (event.onset..=event.end).contains(at));
            let deepest = within.map(|(_, value)| *value).min();
            let (peak, nadir) = (u16::from(event.peak.as_pct()), u16::from(event.nadir.as_pct()));
            self.nadirs += usize::from(deepest.is_none_or(|deepest| deepest > nadir));
            self.shallow += usize::from(deepest.is_none_or(|deepest| deepest + 3 > peak));
        }
        let lowest = night.samples().filter_map(|sample| sample.spo2).min();
        let is_drawn = drawn.iter().any(|(_, value)| Some(*value) == lowest.map(|v| v.as_pct().into()));
        self.lowest += usize::from(!is_drawn);
    }
}
