//! Array views for researchers who work with `ndarray`: nothing is copied.

use ndarray::ArrayView1;

use crate::columns::{SampleColumns, SampleColumnsRef};
use crate::desaturation::Desaturation;
use crate::units::{Motion, PulseRate, Span, Spo2};

/// The columns of a recording as one-dimensional arrays, one entry per record.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ColumnViews<'a> {
    /// Time since the first record.
    pub at: ArrayView1<'a, Span>,
    /// Oxygen saturation; `None` is no reading.
    pub spo2: ArrayView1<'a, Option<Spo2>>,
    /// Pulse; `None` is no reading.
    pub pulse: ArrayView1<'a, Option<PulseRate>>,
    /// Movement; `None` is no column.
    pub motion: ArrayView1<'a, Option<Motion>>,
}

impl<'a> SampleColumnsRef<'a> {
    /// The columns as arrays.
    #[must_use]
    pub fn views(self) -> ColumnViews<'a> {
        ColumnViews {
            at: ArrayView1::from(self.at),
            spo2: ArrayView1::from(self.spo2),
            pulse: ArrayView1::from(self.pulse),
            motion: ArrayView1::from(self.motion),
        }
    }
}

impl SampleColumns {
    /// The columns as arrays.
    #[must_use]
    pub fn views(&self) -> ColumnViews<'_> {
        self.view().views()
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
    use crate::{AnalysisOptions, Recording};

    #[test]
    fn views_show_the_columns_and_events_themselves() {
        let rows = b"22:00:00 Jan 02 2026,96,58,0\n22:00:04 Jan 02 2026,--,60,3\n";
        let night = Recording::parse(rows).unwrap();
        let columns = SampleColumns::of(night);
        let views = columns.views();
        assert_eq!(views.at.iter().map(|at| at.as_secs()).sum::<u32>(), 4);
        assert_eq!(views.spo2.map(|spo2| spo2.map(Spo2::as_pct)).to_vec(), [Some(96), None]);
        assert_eq!(views.spo2.as_ptr(), columns.spo2.as_ptr());
        let analysis = night.analyze(&AnalysisOptions::default());
        assert_eq!(event_view(&analysis.desaturations3).len(), 0);
    }
}
