//! Text of dialect D1 (docs/FORMATS.md, "Dialects"), the one that nearly every tool reads.

use core::fmt;

use super::{ExportError, Sink, Text};
use crate::recording::{Recording, Sample};
use crate::time::{LocalDateTime, MONTHS};

const HEADER: &[u8] = b"Time,Oxygen Level,Pulse Rate,Motion,O2 Reminder,PR Reminder\n";
/// More than the longest row.
const ROW: usize = 64;

/// Writes a night as text: one row a record, months in letters, `--` for no reading.
///
/// Reading it back gives the same samples; the interval too, unless there is only one record.
///
/// # Errors
/// [`ExportError`] when the sink takes no more, or a record is after the year 2100.
pub fn csv<S: Sink>(recording: Recording<'_>, sink: &mut S) -> Result<(), ExportError<S::Error>> {
    sink.put(HEADER)?;
    for sample in recording.samples() {
        let time = recording.start().checked_add(sample.at).ok_or(ExportError::OutOfRange)?;
        let row = Text::<ROW>::of(format_args!("{}\n", Row { time, sample }));
        sink.put(row.ok_or(ExportError::OutOfRange)?.as_bytes())?;
    }
    Ok(())
}

struct Row {
    time: LocalDateTime,
    sample: Sample,
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ((year, month, day), (hour, minute, second)) = (self.time.date(), self.time.time());
        let month = MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or_default();
        write!(f, "{hour:02}:{minute:02}:{second:02} {month} {day:02} {year:04}")?;
        let Sample { spo2, pulse, motion, reminders, .. } = self.sample;
        let values =
            [spo2.map(|v| v.as_pct().into()), pulse.map(|v| v.as_bpm()), motion.map(|v| v.as_raw().into())];
        for value in values {
            match value {
                Some(value) => write!(f, ",{value}")?,
                None => f.write_str(",--")?,
            }
        }
        write!(f, ",{},{}", u8::from(reminders.spo2), u8::from(reminders.pulse))
    }
}
