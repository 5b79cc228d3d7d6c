//! What of a night goes into its picture.

use oxicore::chart::Channel;
use oxicore::{Desaturation, Span};

use crate::analyses::{Analysis, Series};
use crate::reports::chart_image::{self, columns_across};

// What is kept of a night draws both sizes of its picture as the whole night would.
const _: () = assert!(columns_across(2) == Series::COLUMNS && columns_across(1) * 2 == Series::COLUMNS);

/// The night, reduced to the pixel columns of a picture of this scale, 1 or 2.
pub(super) fn of(night: &Analysis, scale: u32) -> chart_image::Night {
    let recording = &night.figures.summary.recording;
    let reduced = |channel| night.series.columns(channel, recording, columns_across(scale));
    let [listed, _] = &night.events.aasm;
    let (counted, uncounted): (Vec<_>, Vec<_>) = listed.iter().partition(|event| event.is_counted());
    chart_image::Night {
        start: recording.start_or_1970(),
        span: recording.recording_s,
        spo2: reduced(Channel::Spo2),
        pulse: reduced(Channel::Pulse),
        motion: reduced(Channel::Motion),
        desaturations: counted.into_iter().map(stretch).collect(),
        uncounted: uncounted.into_iter().map(stretch).collect(),
        below_range: night.series.below_range().to_vec(),
    }
}

fn stretch(event: &Desaturation) -> (Span, Span) {
    (event.onset, event.end)
}
