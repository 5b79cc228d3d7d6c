//! Array views for researchers who work with `ndarray`: nothing is copied.

use ndarray::ArrayView1;

use crate::columns::Columns;
use crate::desaturation::Desaturation;

/// The columns of a recording as one-dimensional arrays, one entry per record.
#[derive(Clone, Debug)]
pub struct ColumnViews<'a> {
    /// Seconds since the first record.
    pub at_s: ArrayView1<'a, u32>,
    /// SpO2, percent; `None` is no reading.
    pub spo2_pct: ArrayView1<'a, Option<u8>>,
    /// Pulse, beats per minute; `None` is no reading.
    pub pulse_bpm: ArrayView1<'a, Option<u16>>,
    /// Motion, no unit; `None` is no column.
    pub motion: ArrayView1<'a, Option<u8>>,
}

impl Columns {
    /// The columns as arrays.
    #[must_use]
    pub fn views(&self) -> ColumnViews<'_> {
        ColumnViews {
            at_s: ArrayView1::from(&self.at_s),
            spo2_pct: ArrayView1::from(&self.spo2_pct),
            pulse_bpm: ArrayView1::from(&self.pulse_bpm),
            motion: ArrayView1::from(&self.motion),
        }
    }
}

/// A list of events as an array.
#[must_use]
pub fn event_view(events: &[Desaturation]) -> ArrayView1<'_, Desaturation> {
    ArrayView1::from(events)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AnalysisOptions, Recording, analyze_vec, columns};

    #[test]
    fn views_show_the_columns_and_events_themselves() {
        let rows = b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,--,60,3\n";
        let night = Recording::parse(rows).unwrap();
        let columns = columns(night);
        let views = columns.views();
        assert_eq!(views.at_s.sum(), 4);
        assert_eq!(views.spo2_pct.to_vec(), [Some(96), None]);
        assert_eq!(views.spo2_pct.as_ptr(), columns.spo2_pct.as_ptr());
        let (_, events) = analyze_vec(night, &AnalysisOptions::default());
        assert_eq!(event_view(&events).len(), 0);
    }
}
