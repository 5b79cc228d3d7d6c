//! The events of the profiles that a comparison counts, at any depth that a study may choose.

use super::{Rate, enough, held};
use crate::analysis::{Within, each_accepted};
use crate::artifact::FilterConfig;
use crate::desaturation::viatom::{Counter, Drop, DropDetector};
use crate::desaturation::{Depth, mean120};
use crate::metrics::vendor::device_duration_s;
use crate::recording::Recording;
use crate::units::Span;

impl Recording<'_> {
    /// Profile `mean120` alone, of the whole night or of parts of it; `found` is given every event in order. At 3 and 4 %
    /// the counts of [`compare`](Self::compare). The time they are divided by is that of accepted SpO2.
    pub fn mean120(
        &self,
        depth: impl Into<Depth>,
        config: mean120::Config,
        filter: &FilterConfig,
        within: Option<Within<'_>>,
        found: &mut dyn FnMut(mean120::Event),
    ) -> Rate {
        let mut detector = mean120::Detector::new(depth, self.interval(), config);
        let (mut count, mut readings) = (0, 0_u32);
        let mut keep = |event: Option<mean120::Event>| {
            if let Some(event) = event {
                count += 1;
                found(event);
            }
        };
        each_accepted(*self, filter, within, &mut |at, spo2| {
            readings += 1;
            keep(detector.push(at, spo2));
        });
        keep(detector.finish());
        let seconds = readings.saturating_mul(self.interval().as_secs());
        let per_h = enough(count, Span::from_secs(seconds), held(readings, self));
        Rate { count, seconds, per_h, interval_too_coarse: self.notices().interval_too_coarse }
    }

    /// Profile `viatom` alone; `found` is given every drop in order. At 3 and 4 % the counts of
    /// [`compare`](Self::compare). The baseline is that of the whole night, so the night is walked twice.
    ///
    /// A night without a plausible baseline has no drop, over no time.
    pub fn viatom(&self, depth: impl Into<Depth>, found: &mut dyn FnMut(Drop)) -> Rate {
        let readings = || self.samples().filter_map(|sample| Some((sample.at, sample.spo2?)));
        let mut counter = Counter::default();
        readings().for_each(|(_, spo2)| counter.push(spo2));
        let interval_too_coarse = self.notices().interval_too_coarse;
        let Some(drops) = counter.finish() else {
            return Rate { count: 0, seconds: 0, per_h: None, interval_too_coarse };
        };
        let mut detector = DropDetector::new(drops.baseline, depth.into());
        let mut count = 0;
        let mut keep = |drop: Option<Drop>| {
            if let Some(drop) = drop {
                count += 1;
                found(drop);
            }
        };
        readings().for_each(|(at, spo2)| keep(detector.push(at, spo2)));
        keep(detector.finish());
        let seconds = device_duration_s(self);
        let read = held(counter.histogram().count(), self);
        let per_h = enough(count, Span::from_secs(seconds), read);
        Rate { count, seconds, per_h, interval_too_coarse }
    }
}
