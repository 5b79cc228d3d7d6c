//! Nights from a researcher's own arrays.

use oxicore::{
    OwnedRecording, PulseRate, Span, Spo2, columns::SampleColumns, recording::ColumnsError,
    time::LocalDateTime, units::Motion,
};

/// Growing seconds since 1970 by the wall clock, readings with a negative number for none, and SpO2 as it was given.
pub(crate) fn night(
    time_s: &[i64],
    [spo2, pulse, motion]: [&[i32]; 3],
    fine_spo2_pct: &[f64],
) -> Result<OwnedRecording, String> {
    let start = moment(time_s, 0)?;
    moment(time_s, time_s.len().saturating_sub(1))?;
    let since = |&time_s: &i64| u32::try_from(time_s - start.unix_seconds()).unwrap_or(u32::MAX);
    let columns = SampleColumns {
        at: time_s.iter().map(since).map(Span::from_secs).collect(),
        spo2: readings(spo2, Spo2::from_device),
        pulse: readings(pulse, PulseRate::from_device),
        motion: readings(motion, Motion::from_device),
    };
    let refused = |error: ColumnsError| error.to_string();
    let night = OwnedRecording::from_columns(Some(start), None, columns).map_err(refused)?;
    night.with_fractions(fine_spo2_pct.to_vec()).map_err(refused)
}

fn readings<T>(column: &[i32], reading: fn(u32) -> Option<T>) -> Vec<Option<T>> {
    column.iter().map(|&value| reading(u32::try_from(value).ok()?)).collect()
}

/// The wall clock of a row.
fn moment(time_s: &[i64], row: usize) -> Result<LocalDateTime, String> {
    let time = time_s.get(row).and_then(|&time_s| LocalDateTime::from_unix_seconds(time_s));
    time.ok_or_else(|| format!("time[{row}] is outside the years 1970 to 2100"))
}
