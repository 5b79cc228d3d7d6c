//! A night that is analysed while it is recorded has the numbers of a recording that ended there.

use alloc::vec::Vec;

use crate::analysis::{Live, LiveError, LiveMemory};
use crate::batch::SampleSink;
use crate::columns::{SampleColumns, SampleColumnsRef};
use crate::desaturation::Outcome;
use crate::sample::Sample;
use crate::{AnalysisOptions, Desaturation, NightAnalysis, Recording, Span, Summary, Threshold};

/// Feeds the samples of a night to a live analysis. After each number of records that is a cut, summary and events so far must
/// be those of columns that end there, at the end those of all columns. Gives the summary of the whole night; `None` where a
/// live analysis refuses what columns bear.
///
/// # Panics
/// When anything differs.
pub fn assert_live_equals_columns(
    night: Recording<'_>,
    options: &AnalysisOptions,
    is_cut: impl Fn(usize) -> bool,
) -> Option<Summary> {
    let mut columns = SampleColumns::default();
    night.samples().for_each(|sample| columns.sample(&sample));
    let (start, interval) = (Some(night.start()), night.interval());
    let until = |records: usize| Recording::from_columns(start, Some(interval), first(&columns, records));
    let memory = LiveMemory::owned(night.span(), options.filter.trim_end);
    let Ok(prepared) = Live::prepare(interval, start, options, memory) else {
        assert!(interval.as_secs() > 900, "refused an interval of {interval}");
        return None;
    };
    let mut live = prepared.begin();
    assert_eq!(live.summary(), None, "no record yet");
    let mut given = Given::default();
    for (records, sample) in (1..).zip(night.samples()) {
        match push(&mut live, &sample, &mut given) {
            Ok(()) => {}
            Err(LiveError::Step { .. }) => return None, // columns bear some of them
            Err(error) => panic!("record {records}: {error}"),
        }
        if is_cut(records)
            && let Ok(until) = until(records)
        {
            assert_is(&live, &given, &until.analyze(options), records);
        }
    }
    let summary = live.finish(&mut |threshold, event| given.add(threshold, event));
    let expected = until(night.len()).ok()?.analyze(options);
    assert_eq!(summary, Some(expected.summary), "the whole night");
    assert_eq!([&expected.desaturations3, &expected.desaturations4], given.each.each_ref(), "its events");
    summary
}

/// The events that were given.
#[derive(Default)]
struct Given {
    each: [Vec<Desaturation>; 2],
    last_end: Span,
}

impl Given {
    fn add(&mut self, threshold: Threshold, event: Desaturation) {
        assert!(event.end >= self.last_end, "in the order of their ends");
        self.last_end = event.end;
        self.each[usize::from(threshold == Threshold::Four)].push(event);
    }
}

/// Announces the time that is missing, where it must be.
fn push(live: &mut Live<'_>, sample: &Sample, given: &mut Given) -> Result<(), LiveError> {
    let mut add = |threshold, event| given.add(threshold, event);
    match live.push(sample, &mut add) {
        Err(LiveError::Jump { at, due }) => {
            live.skip(at.since(due))?;
            live.push(sample, &mut add)
        }
        pushed => pushed,
    }
}

fn assert_is(live: &Live<'_>, given: &Given, until: &NightAnalysis, records: usize) {
    assert_eq!(live.summary(), Some(until.summary), "after {records} records");
    let settings = until.summary.settings;
    for (threshold, given) in Threshold::ALL.into_iter().zip(&given.each) {
        let events = until.desaturations(threshold);
        assert!(events.starts_with(given), "events of {threshold} so far, after {records} records");
        let ongoing = live.ongoing(threshold).filter(|event| event.duration() >= settings.aasm.min_duration);
        let ended = events.last().filter(|event| event.outcome == Outcome::End);
        let is_at_once = !settings.aasm.median3 && settings.filter.trim_end == Span::ZERO;
        if is_at_once {
            let without_pulse = ended.map(|event| Desaturation { pulse_rise: None, ..*event });
            assert_eq!(ongoing, without_pulse, "the open event of {threshold}, after {records} records");
        }
    }
}

fn first(columns: &SampleColumns, records: usize) -> SampleColumnsRef<'_> {
    let all = columns.view();
    SampleColumnsRef {
        at: &all.at[..records],
        spo2: &all.spo2[..records],
        pulse: &all.pulse[..records],
        motion: &all.motion[..records],
    }
}
