//! Events and numbers in words, without the formatting of floats: it would be a fifth of the program.

use core::fmt::{self, Display, Formatter, Write};

use oxicore::{Desaturation, Summary, Threshold};

/// An event when it is known.
///
/// # Errors
/// [`fmt::Error`] where the writer fails.
pub fn event(threshold: Threshold, event: &Desaturation, out: &mut impl Write) -> fmt::Result {
    let (onset_s, lasts_s) = (event.onset.as_secs(), event.duration().as_secs());
    let (x, depth) = (threshold.as_pct(), event.depth_pct());
    writeln!(out, "event {x} % onset_s {onset_s} lasts_s {lasts_s} depth_pct {depth} {}", event.outcome)
}

/// The same for a board that logs with `defmt`: the words stay on the host that reads the log.
#[cfg(feature = "defmt")]
pub fn log(threshold: Threshold, event: &Desaturation) {
    defmt::info!("event {} % {}", threshold.as_pct(), event);
}

/// The numbers of a night.
///
/// # Errors
/// [`fmt::Error`] where the writer fails.
pub fn summary(summary: &Summary, out: &mut impl Write) -> fmt::Result {
    let (recording, quality) = (&summary.recording, &summary.quality);
    writeln!(out, "records {} valid_s {}", recording.records, quality.valid_s)?;
    writeln!(out, "missing {} longest_gap_s {}", quality.missing_spo2, quality.longest_gap_s.as_secs())?;
    if let Some(spo2) = &summary.spo2 {
        let (mean, t90) = (Decimal(spo2.mean_pct), Decimal(spo2.below_90_pct));
        writeln!(out, "spo2 mean {mean} min {} t90_pct {t90}", spo2.min_pct.as_pct())?;
    }
    if let Some(pulse) = &summary.pulse {
        let (mean, rises) = (Decimal(pulse.mean_bpm), pulse.rises6);
        writeln!(out, "pulse mean {mean} max {} rises {rises}", pulse.max_bpm.as_bpm())?;
    }
    for (name, odi) in [("odi3", &summary.aasm.odi3), ("odi4", &summary.aasm.odi4)] {
        let per_h = Decimal(odi.per_h.unwrap_or(-1.0));
        writeln!(out, "{name} {} per_h {per_h} sustained {}", odi.count, odi.sustained)?;
    }
    let burden = summary.burden3.map_or(-1.0, |burden| burden.hypoxic_burden_pctmin_h);
    writeln!(out, "burden {} coupled {}", Decimal(burden), summary.coupled3)
}

/// Six decimals; below zero a dash for "not defined".
struct Decimal(f64);

impl Display for Decimal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.0 < 0.0 {
            return f.write_str("-");
        }
        let millionths = (self.0 * 1e6 + 0.5) as u64;
        write!(f, "{}.{:06}", millionths / 1_000_000, millionths % 1_000_000)
    }
}
