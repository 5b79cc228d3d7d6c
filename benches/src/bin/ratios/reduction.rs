//! Fewer points, no dip lost: against tsdownsample for speed, against LTTB for what stays visible.

use std::hint::black_box;

use lttb::{DataPoint, lttb};
use oxi_benches::race::Race;
use oxi_benches::ratio::Ratio;
use oxicore::chart::{Channel, LinePoint, Window, line_budget, line_into};
use oxicore::{AnalysisOptions, Desaturation, Recording, Span, Spo2, columns::SampleColumnsRef};

use crate::Run;
use crate::data::{SIGNALS, Signal};

const GROUP: &str = "reduction";
const KEPT: usize = 1_000;

pub(crate) fn measure(run: &Run<'_>) -> Result<Vec<Ratio>, String> {
    let goals = [Some(4.0), Some(1.5), Some(1.0), None, None, None];
    let mut ratios = Vec::new();
    for (signal, goal) in SIGNALS.into_iter().zip(goals) {
        let ratio = speed(run, signal)?;
        ratios.push(goal.map_or(ratio.clone(), |goal| ratio.at_least(goal)));
    }
    let mut files: Vec<&[u8]> = vec![&run.data.csv];
    files.extend(run.data.recorded.iter().map(Vec::as_slice));
    ratios.extend(visible(&files)?);
    Ok(ratios)
}

/// The line with every event in it, against as many points of MinMax without; where the events alone are more than
/// those, the line has more.
fn speed(run: &Run<'_>, signal: Signal) -> Result<Ratio, String> {
    let Signal { points, kept, nights } = signal;
    let at: Vec<Span> = (0..points).map(Span::from_secs).collect();
    let levels = signal.levels(&run.data.night);
    let spo2: Vec<Option<Spo2>> = levels.iter().map(|&pct| Spo2::from_device(pct.into())).collect();
    let columns = SampleColumnsRef { at: &at, spo2: &spo2, ..SampleColumnsRef::default() };
    let night = Recording::from_columns(None, None, columns).map_err(|error| error.to_string())?;
    let events = night.analyze(&AnalysisOptions::default()).desaturations3;
    let (columns, whole) = (columns_for(kept, &events), Window::whole(&night));
    let mut out = vec![LinePoint::default(); line_budget(columns, events.len())];
    let line = line_into(night, Channel::Spo2, whole, columns, &events, &mut out);
    let line = line.map_err(|error| error.to_string())?;
    let drawn = line.len();
    nothing_lost(night, line, &events)?;
    let ours = || {
        let line = line_into(black_box(night), Channel::Spo2, whole, columns, &events, &mut out);
        assert!(line.is_ok_and(|line| line.len() == drawn));
    };
    let rounds = if points > 1_000_000 { 11 } else { 21 };
    let peer = signal.name();
    let times = Race::new().lane("oxicore", ours).python(&peer, run.numbers, &peer).run(rounds)?;
    let (of, events) = (if nights == 1 { "one night" } else { "many nights" }, events.len());
    let name = format!(
        "{points} points of {of}, {events} events kept, {drawn} points drawn: tsdownsample MinMax to {kept}; ours without a call from Python"
    );
    let side = |lane| (lane, f64::from(points));
    Ok(times.faster(GROUP, &name, [side("oxicore"), side(&peer)], "ns/point"))
}

/// Columns that leave room for the events among so many points, but not less than half of what is without events.
fn columns_for(kept: usize, events: &[Desaturation]) -> usize {
    (kept.saturating_sub(3 * events.len()) / 4).max(kept / 8)
}

fn nothing_lost(night: Recording<'_>, line: &[LinePoint], events: &[Desaturation]) -> Result<(), String> {
    let line: Vec<(Span, u16)> = line.iter().map(|point| (point.at, point.value)).collect();
    let mut lost = Lost::default();
    lost.add(night, &line, events);
    if lost == Lost::default() { Ok(()) } else { Err(format!("the line lost something: {lost:?}")) }
}

/// What a doctor can no longer see after the reduction to 1,000 points.
fn visible(files: &[&[u8]]) -> Result<Vec<Ratio>, String> {
    let (mut events, mut ours, mut theirs) = (0, Lost::default(), Lost::default());
    for file in files {
        let night = Recording::parse(file).map_err(|error| error.to_string())?;
        let listed = night.analyze(&AnalysisOptions::default()).desaturations3;
        events += listed.len();
        let columns = columns_for(KEPT, &listed);
        let line = night.line(Channel::Spo2, Window::whole(&night), columns, &listed);
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

#[derive(Debug, Default, PartialEq)]
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
