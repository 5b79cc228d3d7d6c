//! The words of a picture, in the reader's language, and numbers as people read them.

use alloc::borrow::ToOwned as _;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use oxicore::Summary;
use oxicore::time::LocalDateTime;
use serde::{Deserialize, Serialize};

/// Everything that is read in a picture. The default is English, about no night.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Captions {
    /// From when to when.
    pub title: String,
    /// Whose night: a patient's code, or the number of a device. Never a name.
    pub label: String,
    /// The night in numbers, each with its name and unit.
    pub numbers: Vec<String>,
    /// Name and unit of the SpO2 panel.
    pub spo2: String,
    /// Name and unit of the pulse panel.
    pub pulse: String,
    /// Name of the motion panel.
    pub motion: String,
    /// Name of the ribbon of desaturations.
    pub events: String,
    /// Name of the lane of readings below the range of the device.
    pub below_range: String,
    /// Name of the levels below 70 %.
    pub lowest_level: String,
    /// What a filled mark in the ribbon means.
    pub counted: String,
    /// What an outlined one means.
    pub uncounted: String,
    /// What a mark in the lane, and its colour in the ribbon, mean.
    pub below_range_mark: String,
    /// What time without readings is called.
    pub gap: String,
    /// By which definition, of which revision, desaturations are marked.
    pub source: String,
    /// Short names of the months, January first.
    pub months: [String; 12],
    /// What stands between the digits of a number: a point or a comma.
    pub decimal_sign: char,
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Default for Captions {
    fn default() -> Self {
        let own = str::to_owned;
        Self {
            title: String::new(),
            label: String::new(),
            numbers: Vec::new(),
            spo2: own("SpO₂ %"),
            pulse: own("Pulse/min"),
            motion: own("Motion"),
            events: own("Desaturations"),
            below_range: own("below range"),
            lowest_level: own("below 70"),
            counted: own("desaturation, in the index (height: depth)"),
            uncounted: own("not in the index"),
            below_range_mark: own("below the device's range"),
            gap: own("no signal"),
            source: String::new(),
            months: MONTHS.map(own),
            decimal_sign: '.',
        }
    }
}

impl Captions {
    /// In English, about a night whose desaturations of 3 % and more by profile `aasm` are marked.
    #[must_use]
    pub fn english(summary: &Summary) -> Self {
        let words = Self::default();
        let source = format!("AASM, 3 % and more · revision {}", summary.algorithm_revision);
        Self { title: words.span(summary), numbers: numbers(summary), source, ..words }
    }

    /// When a night began and ended.
    fn span(&self, summary: &Summary) -> String {
        let recording = &summary.recording;
        let Some(start) = recording.start else { return "start unknown".to_owned() };
        let end = start.checked_add(recording.recording_s).unwrap_or(start);
        let moment = |at: LocalDateTime| {
            let ((year, ..), (hour, minute, _)) = (at.date(), at.time());
            format!("{} {year}, {hour:02}:{minute:02}", self.day(at))
        };
        format!("{} to {}", moment(start), moment(end))
    }

    /// The picture in words.
    pub(crate) fn alt(&self) -> String {
        [&self.title, &self.label].into_iter().chain(&self.numbers).filter(|text| !text.is_empty()).fold(
            String::new(),
            |all, text| if all.is_empty() { text.clone() } else { format!("{all}; {text}") },
        )
    }

    /// "29 Jan".
    pub(crate) fn day(&self, at: LocalDateTime) -> String {
        let (_, month, day) = at.date();
        let name = self.months.get(usize::from(month).saturating_sub(1));
        format!("{day} {}", name.map_or("", String::as_str))
    }

    /// A share with one decimal: never rounded to all, and never to nothing.
    pub(crate) fn share(&self, pct: f64) -> String {
        format!("{} %", tenths(pct).replace('.', self.decimal_sign.encode_utf8(&mut [0; 4])))
    }
}

fn tenths(pct: f64) -> String {
    let rounded = (pct * 10.0 + 0.5) as u32;
    match rounded {
        0 if pct > 0.0 => "<0.1".to_owned(),
        1_000.. if pct < 100.0 => "99.9".to_owned(),
        _ => format!("{}.{}", rounded.div_euclid(10), rounded.rem_euclid(10)),
    }
}

fn numbers(summary: &Summary) -> Vec<String> {
    let length = summary.recording.recording_s.as_secs().div_euclid(60);
    let mut numbers = alloc::vec![format!("{} h {:02} min", length.div_euclid(60), length.rem_euclid(60))];
    for (name, odi) in [("ODI4", &summary.aasm.odi4), ("ODI3", &summary.aasm.odi3)] {
        let index =
            odi.per_h.map_or_else(|| none(summary).to_owned(), |per_h| format!("{}/h", tenths(per_h)));
        numbers.push(format!("{name} {index} ({})", odi.included));
    }
    numbers.extend(spo2(summary));
    numbers.push(summary.pulse.as_ref().map_or_else(
        || "no pulse".to_owned(),
        |pulse| {
            let (low, high) = (pulse.min_bpm.as_bpm(), pulse.max_bpm.as_bpm());
            format!("pulse {low}–{high}/min, mean {}", tenths(pulse.mean_bpm))
        },
    ));
    numbers
}

fn none(summary: &Summary) -> &'static str {
    if summary.notices.interval_too_coarse { "readings too far apart" } else { "under 10 min of signal" }
}

fn spo2(summary: &Summary) -> Vec<String> {
    let Some(spo2) = &summary.spo2 else { return alloc::vec!["no SpO₂".to_owned()] };
    let is_below_range = summary.quality.below_range_readings > 0;
    let with = if is_below_range {
        format!(" ({} % with readings below range)", tenths(spo2.below_90_pct_with_below_range))
    } else {
        String::new()
    };
    let at_most = if is_below_range { "≤ " } else { "" };
    alloc::vec![
        format!("T90 {} %{with}", tenths(spo2.below_90_pct)),
        format!("lowest {at_most}{} %", spo2.min_pct.as_pct().to_string()),
        format!("mean {} %", tenths(spo2.mean_pct)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_never_rounded_to_all_or_to_nothing() {
        let words = Captions { decimal_sign: ',', ..Captions::default() };
        let shares = [0.0, 0.01, 4.66, 99.94, 99.97, 100.0].map(|pct| words.share(pct));
        assert_eq!(shares, ["0,0 %", "<0,1 %", "4,7 %", "99,9 %", "99,9 %", "100,0 %"]);
    }
}
