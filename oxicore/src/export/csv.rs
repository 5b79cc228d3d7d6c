//! Text of dialect D1 (docs/FORMATS.md, "Dialects"), the one that nearly every tool reads; of a night of another maker with
//! names of columns that are not those of the apps, because missing SpO2 has another meaning there.

use super::sink::{ExportError, Sink};
use super::text::{LONGEST, Text};
use crate::recording::Recording;
use crate::sample::Sample;
use crate::time::{LocalDateTime, MONTHS};

const OF_RING: &str = "Time,Oxygen Level,Pulse Rate,Motion,O2 Reminder,PR Reminder\n";

/// Writes a night as text: one row a record, months in letters, `--` for no reading.
///
/// Reading it back gives the same samples; the interval too, unless there is only one record. The name of the second column
/// tells the format of a night that is of no [ring](Recording::is_of_ring) of this maker, and so it is read back.
///
/// # Errors
/// [`ExportError`] when the sink takes no more, or a record is after the year 2100.
pub fn csv<S: Sink>(recording: Recording<'_>, sink: &mut S) -> Result<(), ExportError<S::Error>> {
    sink.put(header(recording).within(LONGEST).ok_or(ExportError::OutOfRange)?)?;
    for sample in recording.samples() {
        let time = recording.start().checked_add(sample.at).ok_or(ExportError::OutOfRange)?;
        sink.put(row(time, &sample).within(LONGEST).ok_or(ExportError::OutOfRange)?)?;
    }
    Ok(())
}

fn header(recording: Recording<'_>) -> Text {
    let mut header = Text::EMPTY;
    if recording.is_of_ring() {
        header.words(OF_RING);
    } else {
        let format = recording.format().code();
        header.words("Time,SpO2 (").words(format).words("),Pulse Rate,Motion,O2 Reminder,PR Reminder\n");
    }
    header
}

fn row(time: LocalDateTime, sample: &Sample) -> Text {
    let ((year, month, day), (hour, minute, second)) = (time.date(), time.time());
    let month = MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or_default();
    let mut row = Text::EMPTY;
    row.number(hour, 2).words(":").number(minute, 2).words(":").number(second, 2);
    row.words(" ").words(month).words(" ").number(day, 2).words(" ").number(year, 4);
    let Sample { spo2, pulse, motion, alarms, .. } = *sample;
    let values =
        [spo2.map(|v| v.as_pct().into()), pulse.map(|v| v.as_bpm()), motion.map(|v| v.as_raw().into())];
    for value in values {
        row.words(",");
        match value {
            Some(value) => row.number(value, 1),
            None => row.words("--"),
        };
    }
    row.words(",").number(alarms.spo2, 1).words(",").number(alarms.pulse, 1).words("\n");
    row
}
