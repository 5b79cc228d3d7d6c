//! What of a night goes into its picture.

use oxicore::chart::{Channel, Window, reduce_vec};
use oxicore::{Desaturation, Recording, Span};

use crate::analyses::Night;
use crate::error::Problem;
use crate::reports::chart_image::{self, columns_across};

/// The night, reduced to the pixel columns of a picture of this scale.
pub(super) fn of(night: &Night, scale: u32) -> Result<chart_image::Night, Problem> {
    let recording = night.recording()?;
    let reduced = |channel| reduce_vec(recording, channel, Window::whole(&recording), columns_across(scale));
    let (counted, uncounted): (Vec<_>, Vec<_>) =
        night.desaturations.iter().partition(|event| event.is_counted());
    Ok(chart_image::Night {
        start: recording.start(),
        span: recording.span(),
        spo2: reduced(Channel::Spo2),
        pulse: reduced(Channel::Pulse),
        motion: reduced(Channel::Motion),
        desaturations: counted.into_iter().map(stretch).collect(),
        uncounted: uncounted.into_iter().map(stretch).collect(),
        below_range: below_range(&recording),
    })
}

fn stretch(event: &Desaturation) -> (Span, Span) {
    (event.onset, event.end)
}

/// Runs of records with a pulse and without SpO2.
fn below_range(recording: &Recording<'_>) -> Vec<(Span, Span)> {
    let interval = recording.interval();
    let mut runs: Vec<(Span, Span)> = Vec::new();
    for sample in recording.samples().filter(|sample| sample.spo2.is_none() && sample.pulse.is_some()) {
        let end = sample.at.plus(interval);
        match runs.last_mut() {
            Some(run) if run.1 == sample.at => run.1 = end,
            _ => runs.push((sample.at, end)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_with_a_pulse_alone_make_one_mark_as_long_as_they_are_neighbours() {
        let rows = ["96,60", "--,60", "--,61", "90,61", "--,--", "--,62"];
        let text: String =
            (0..).zip(rows).map(|(i, row)| format!("22:00:{:02} Jan 02 2026,{row},0\n", i * 4)).collect();
        let recording = Recording::parse(text.as_bytes()).unwrap();
        let seconds: Vec<_> =
            below_range(&recording).iter().map(|run| (run.0.as_secs(), run.1.as_secs())).collect();
        assert_eq!(seconds, [(4, 12), (20, 24)]);
    }
}
