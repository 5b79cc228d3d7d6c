//! An oximeter that analyses while it records: readings come from a sensor into a ring buffer, go from there into the analysis
//! one at a time, and events are printed as they end. Board and host run the same.
#![no_std]

pub mod print;
pub mod ring;
pub mod sensor;

use core::fmt::{self, Write};

use oxicore::analysis::{Live, LiveError, LiveMemory, Prepared};
use oxicore::{AnalysisOptions, Desaturation, Sample, Summary, Threshold};
use ring::Ring;
use sensor::{INTERVAL, Sensor};

/// Why there are no numbers.
#[derive(Debug)]
pub enum Trouble {
    /// The analysis refused a record.
    Live(LiveError),
    /// The writer failed.
    Print(fmt::Error),
    /// The sensor sent nothing.
    NoRecord,
}

impl From<LiveError> for Trouble {
    fn from(error: LiveError) -> Self {
        Self::Live(error)
    }
}

impl From<fmt::Error> for Trouble {
    fn from(error: fmt::Error) -> Self {
        Self::Print(error)
    }
}

/// A night that may begin; the settings are those of every printed number.
///
/// # Errors
/// None by these settings.
pub fn prepare() -> Result<Prepared<'static>, LiveError> {
    Live::prepare(INTERVAL, None, &AnalysisOptions::default(), LiveMemory::default())
}

/// A whole night: what the sensor sends is taken from its ring buffer, and each event printed when it is known.
///
/// # Errors
/// [`Trouble`] says which.
#[inline(never)]
pub fn record(live: &mut Live<'_>, sensor: &mut Sensor, out: &mut impl Write) -> Result<(), Trouble> {
    let mut ring = Ring::default();
    let mut printed = Ok(());
    while sensor.send(&mut ring) {
        while let Some(reading) = ring.take() {
            let sample = reading.at(live.due());
            live.push(&sample, &mut |threshold, event| {
                if printed.is_ok() {
                    printed = print::event(threshold, &event, out);
                }
            })?;
        }
    }
    Ok(printed?)
}

/// Ends the night: the events that were still open, and the numbers.
///
/// # Errors
/// [`Trouble`] says which.
#[inline(never)]
pub fn end(live: &Live<'_>, out: &mut impl Write) -> Result<(), Trouble> {
    let mut printed = Ok(());
    let summary = live.ended(&mut |threshold, event| {
        if printed.is_ok() {
            printed = print::event(threshold, &event, out);
        }
    });
    printed?;
    Ok(print::summary(summary.as_ref().ok_or(Trouble::NoRecord)?, out)?)
}

/// Everything but the printing; how many events there were. For the instructions a record takes.
///
/// # Errors
/// [`LiveError`]: none by these settings.
#[inline(never)]
pub fn count(live: &mut Live<'_>, sensor: &mut Sensor) -> Result<u32, LiveError> {
    let (mut ring, mut events) = (Ring::default(), 0);
    while sensor.send(&mut ring) {
        while let Some(reading) = ring.take() {
            let sample: Sample = reading.at(live.due());
            live.push(&sample, &mut |_: Threshold, _: Desaturation| events += 1)?;
        }
    }
    Ok(events)
}

/// Memory of the analysis and of its numbers on this machine, bytes.
#[must_use]
pub const fn state_bytes() -> (usize, usize) {
    (oxicore::analysis::LIVE_BYTES, size_of::<Summary>())
}
