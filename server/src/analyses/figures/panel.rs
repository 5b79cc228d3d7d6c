//! The panel of numbers: every one with its path in the stable JSON, its words, its definition and its format.
//!
//! The same table makes the recording page, the patient's view and the empty panel that the viewer's script fills.

use oxicore::Summary;
use oxicore::metrics::vendor::{Band, VendorReport};

use super::figure::{Figure, Measured as _, Number, figure};
use super::parts::{self, ShownPart};
use crate::i18n::Locale;
use crate::i18n::wording::{at_most, duration, rounded, vendor_duration};

/// How a number is printed; the browser's scripts know the same names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Print {
    /// Whole number.
    Int,
    /// One decimal.
    Fixed1,
    /// Two decimals.
    Fixed2,
    /// Whole percent.
    Pct0,
    /// Whole percent of the lowest reading: at most so much where readings lie below the ring's range.
    Lowest,
    /// Percent with one decimal.
    Pct1,
    /// Percent with two decimals.
    Pct2,
    /// Per hour with two decimals.
    PerHour,
    /// Hours, minutes and seconds.
    Duration,
    /// Minutes and seconds, hours only when there are some.
    VendorDuration,
}

impl Print {
    /// The name of the format in `data-format`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Int => "int",
            Self::Fixed1 => "fixed1",
            Self::Fixed2 => "fixed2",
            Self::Pct0 => "pct0",
            Self::Lowest => "lowest",
            Self::Pct1 => "pct1",
            Self::Pct2 => "pct2",
            Self::PerHour => "per-hour",
            Self::Duration => "duration",
            Self::VendorDuration => "vendor-duration",
        }
    }

    fn text(self, locale: Locale, number: f64) -> String {
        match self {
            Self::Int => rounded(locale, number, 0),
            Self::Fixed1 => rounded(locale, number, 1),
            Self::Fixed2 => rounded(locale, number, 2),
            Self::Pct0 | Self::Lowest => format!("{} %", rounded(locale, number, 0)),
            Self::Pct1 => format!("{} %", rounded(locale, number, 1)),
            Self::Pct2 => format!("{} %", rounded(locale, number, 2)),
            Self::PerHour => format!("{} /h", rounded(locale, number, 2)),
            Self::Duration => duration(number as u32),
            Self::VendorDuration => vendor_duration(number as u32),
        }
    }
}

/// A number of the panel.
#[derive(Clone, Copy, Debug)]
pub struct Metric {
    /// What it is of an analysis.
    pub figure: Figure,
    /// How it is printed.
    pub print: Print,
    /// What stands in its place when it is undefined: a message key.
    pub missing: &'static str,
}

/// Numbers that belong together; heading and note are the messages `numbers-<name>` and `numbers-<name>-note`.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// Name of the group.
    pub name: &'static str,
    /// Its numbers, in order.
    pub metrics: &'static [Metric],
}

const fn metric(figure: Figure, print: Print) -> Metric {
    Metric { figure, print, missing: "no-reading" }
}

const fn index(figure: Figure, print: Print) -> Metric {
    Metric { figure, print, missing: "too-short-for-index" }
}

/// The panel, without the vendor's bands.
const GROUPS: [Group; 6] = [
    Group {
        name: "desaturations",
        metrics: &[
            index(figure!(aasm.odi3.per_h), Print::Fixed1),
            index(figure!(aasm.odi4.per_h), Print::Fixed1),
            metric(figure!(aasm.odi3.count), Print::Int),
            metric(figure!(aasm.odi4.count), Print::Int),
            index(figure!(aasm.odi3.per_h_of_recording), Print::Fixed1),
            index(figure!(aasm.odi4.per_h_of_recording), Print::Fixed1),
            metric(figure!(aasm.odi3.sustained), Print::Int),
            metric(figure!(aasm.odi4.sustained), Print::Int),
            metric(figure!(aasm.odi3.truncated), Print::Int),
            metric(figure!(aasm.odi4.truncated), Print::Int),
            metric(figure!(aasm.odi3.below_range_events.counted), Print::Int),
            metric(figure!(aasm.odi4.below_range_events.counted), Print::Int),
        ],
    },
    Group {
        name: "saturation",
        metrics: &[
            metric(figure!(spo2? below_90_pct), Print::Pct2),
            metric(figure!(spo2? below_90_pct_with_below_range), Print::Pct2),
            metric(figure!(spo2? below_90_s), Print::Duration),
            metric(figure!(spo2? below_88_pct), Print::Pct2),
            metric(figure!(spo2? below_88_pct_with_below_range), Print::Pct2),
            metric(figure!(spo2? below_88_s), Print::Duration),
            metric(figure!(spo2? longest_below_90_s), Print::Duration),
            metric(figure!(spo2? min_pct), Print::Lowest),
            metric(figure!(spo2? mean_pct), Print::Pct1),
            metric(figure!(spo2? median_pct), Print::Pct1),
            metric(figure!(spo2? max_pct), Print::Pct0),
        ],
    },
    Group {
        name: "burden",
        metrics: &[
            index(figure!(burden3? hypoxic_burden_pctmin_h), Print::Fixed1),
            index(figure!(burden3? desaturation_severity_pct), Print::Fixed2),
            index(figure!(burden4? hypoxic_burden_pctmin_h), Print::Fixed1),
            index(figure!(burden4? desaturation_severity_pct), Print::Fixed2),
            metric(figure!(spo2? area_below_90_pctmin_h), Print::Fixed1),
        ],
    },
    Group {
        name: "pulse",
        metrics: &[
            metric(figure!(pulse? mean_bpm), Print::Fixed1),
            metric(figure!(pulse? min_bpm), Print::Int),
            metric(figure!(pulse? max_bpm), Print::Int),
        ],
    },
    Group {
        name: "quality",
        metrics: &[
            metric(figure!(recording.recording_s), Print::Duration),
            metric(figure!(quality.valid_s), Print::Duration),
            metric(figure!(quality.valid_pct), Print::Pct2),
            metric(figure!(quality.longest_gap_s), Print::Duration),
            metric(figure!(recording.interval_s), Print::Int),
            metric(figure!(recording.records), Print::Int),
            metric(figure!(quality.analysed), Print::Int),
            metric(figure!(quality.missing_spo2), Print::Int),
            metric(figure!(quality.missing_spo2_with_pulse), Print::Int),
            metric(figure!(quality.below_range_readings), Print::Int),
            metric(figure!(quality.spo2_out_of_range), Print::Int),
            metric(figure!(quality.spo2_slope), Print::Int),
        ],
    },
    Group {
        name: "vendor",
        metrics: &[
            metric(figure!(viatom? drops4), Print::Int),
            index(figure!(viatom? drops4_per_h), Print::PerHour),
            metric(figure!(viatom? drops3), Print::Int),
            index(figure!(viatom? drops3_per_h), Print::PerHour),
            metric(figure!(viatom? baseline_pct), Print::Pct0),
            metric(figure!(viatom? dips_below_90), Print::Int),
            metric(figure!(viatom? duration_s), Print::VendorDuration),
        ],
    },
];

/// What the description of a picture names, by the name of its place in the sentence.
pub(in crate::analyses) const DESCRIBED: [(&str, Figure); 3] = [
    ("min", figure!(spo2? min_pct)),
    ("t90", figure!(spo2? below_90_pct)),
    ("odi3", figure!(aasm.odi3.per_h)),
];

/// A line of the vendor's tables: its name in the report, its path in the stable JSON, and the band.
type BandLine = (&'static str, &'static str, fn(&VendorReport) -> Option<&Band>);

const SPO2_BANDS: [BandLine; 6] = [
    ("95-100", "viatom.spo2_bands.0", |report| report.spo2_bands.first()),
    ("90-94", "viatom.spo2_bands.1", |report| report.spo2_bands.get(1)),
    ("80-89", "viatom.spo2_bands.2", |report| report.spo2_bands.get(2)),
    ("70-79", "viatom.spo2_bands.3", |report| report.spo2_bands.get(3)),
    ("<70", "viatom.spo2_bands.4", |report| report.spo2_bands.get(4)),
    ("<90", "viatom.below_90", |report| Some(&report.below_90)),
];
const PULSE_BANDS: [BandLine; 3] = [
    (">120", "viatom.pulse_bands.0", |report| report.pulse_bands.as_ref()?.first()),
    ("50-120", "viatom.pulse_bands.1", |report| report.pulse_bands.as_ref()?.get(1)),
    ("<50", "viatom.pulse_bands.2", |report| report.pulse_bands.as_ref()?.get(2)),
];

/// A number as it stands on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Path in the stable JSON.
    pub path: String,
    /// Name of the format.
    pub format: &'static str,
    /// The unrounded JSON value; empty when undefined.
    pub raw: String,
    /// The number as the reader sees it.
    pub text: String,
    /// Why there is none, for a script that finds it undefined.
    pub missing: String,
    /// The same where readings are too far apart for an index; empty for what is none.
    pub coarse: String,
    /// What it is.
    pub label: String,
    /// Profile, threshold, denominator, filter.
    pub definition: String,
}

/// A group as it stands on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownGroup {
    /// Name of the group, for its style.
    pub name: &'static str,
    /// Heading.
    pub heading: String,
    /// What holds for all of it.
    pub note: String,
    /// Its numbers.
    pub numbers: Vec<Shown>,
}

/// A line of the vendor's tables as it stands on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownBand {
    /// Name of the band in the report.
    pub band: &'static str,
    /// Time in it.
    pub time: Shown,
    /// Share of it.
    pub share: Shown,
}

/// The panel of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panel {
    /// Groups of numbers; the vendor's comes last.
    pub groups: Vec<ShownGroup>,
    /// The vendor's SpO2 table.
    pub spo2_bands: Vec<ShownBand>,
    /// The vendor's pulse table.
    pub pulse_bands: Vec<ShownBand>,
    /// First and second half of the night, then its hours.
    pub parts: Vec<ShownPart>,
}

impl Panel {
    /// The panel of an analysis, or with `None` the empty one of the viewer.
    pub fn new(locale: Locale, summary: Option<&Summary>) -> Self {
        let writer = Writer { locale, summary };
        Self {
            groups: GROUPS.iter().map(|group| writer.group(group)).collect(),
            spo2_bands: SPO2_BANDS.iter().map(|line| writer.band(line)).collect(),
            pulse_bands: PULSE_BANDS.iter().map(|line| writer.band(line)).collect(),
            parts: parts::all(&writer),
        }
    }

    /// A figure as the reader sees it; empty for one that the panel does not have.
    pub(in crate::analyses) fn text(&self, figure: &Figure) -> &str {
        let mut all = self.groups.iter().flat_map(|group| &group.numbers);
        all.find(|number| number.path == figure.path).map_or("", |number| &number.text)
    }
}

pub(super) struct Writer<'s> {
    pub(super) locale: Locale,
    pub(super) summary: Option<&'s Summary>,
}

impl Writer<'_> {
    fn group(&self, group: &Group) -> ShownGroup {
        ShownGroup {
            name: group.name,
            heading: self.locale.t(&format!("numbers-{}", group.name)),
            note: self.locale.t(&format!("numbers-{}-note", group.name)),
            numbers: group.metrics.iter().map(|metric| self.number(metric)).collect(),
        }
    }

    fn number(&self, metric: &Metric) -> Shown {
        let Figure { path, of } = metric.figure;
        let key = metric_key(path);
        Shown {
            label: self.locale.t(&key),
            definition: self.locale.t(&format!("{key}-definition")),
            ..self.value(path.to_owned(), self.summary.and_then(of), metric.print, metric.missing)
        }
    }

    fn bounded(&self, print: Print, text: String) -> String {
        let is_bound = print == Print::Lowest && self.summary.is_some_and(is_below_range);
        if is_bound { at_most(&text) } else { text }
    }

    fn band(&self, &(band, path, of): &BandLine) -> ShownBand {
        let found = self.summary.and_then(|summary| summary.viatom.as_ref()).and_then(of);
        let (seconds, pct) =
            (found.and_then(|band| band.seconds.number()), found.and_then(|band| band.pct.number()));
        ShownBand {
            band,
            time: self.value(format!("{path}.seconds"), seconds, Print::VendorDuration, "no-reading"),
            share: self.value(format!("{path}.pct"), pct, Print::Pct2, "no-reading"),
        }
    }

    /// A number at its path in the stable JSON; of no analysis at all it is empty, for a script to fill.
    pub(super) fn value(&self, path: String, number: Option<Number>, print: Print, missing: &str) -> Shown {
        let raw = number.map_or_else(String::new, Number::raw);
        let coarse = if is_of_index(missing) { self.locale.t("too-coarse-for-index") } else { String::new() };
        let is_coarse = self.summary.is_some_and(|summary| summary.notices.interval_too_coarse);
        let text = match number {
            Some(number) => self.bounded(print, print.text(self.locale, number.as_f64())),
            None if self.summary.is_none() => String::new(),
            None if is_coarse && !coarse.is_empty() => format!("— {coarse}"),
            None => format!("— {}", self.locale.t(missing)),
        };
        let (label, definition) = (String::new(), String::new());
        let missing = self.locale.t(missing);
        Shown { path, format: print.name(), raw, text, missing, coarse, label, definition }
    }
}

/// Whether a night has readings below the ring's range.
fn is_below_range(summary: &Summary) -> bool {
    summary.quality.below_range_readings > 0
}

/// What is said in the place of an index.
fn is_of_index(missing: &str) -> bool {
    matches!(missing, "too-short-for-index" | "too-short")
}

/// The message key of a path: `aasm.odi3.per_h` is named by `metric-aasm-odi3-per-h`.
fn metric_key(path: &str) -> String {
    format!("metric-{}", path.replace(['.', '_'], "-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::keys;

    fn night() -> oxicore::Summary {
        let mut file = String::from("Time,Oxygen Level,Pulse Rate,Motion\n");
        for i in 0..300 {
            let spo2 = if (100..110).contains(&i) { 88 } else { 96 };
            file += &format!("22:{:02}:{:02} Jan 02 2026,{spo2},60,0\n", i * 4 / 60, i * 4 % 60);
        }
        let recording = oxicore::Recording::parse(file.as_bytes()).unwrap();
        recording.analyze(&oxicore::AnalysisOptions::default()).summary
    }

    #[test]
    fn every_number_has_words_and_a_definition_in_both_languages() {
        let paths =
            GROUPS.iter().flat_map(|group| group.metrics).map(|metric| metric_key(metric.figure.path));
        let names =
            GROUPS.iter().flat_map(|g| [format!("numbers-{}", g.name), format!("numbers-{}-note", g.name)]);
        let wanted: Vec<_> =
            paths.flat_map(|key| [key.clone(), format!("{key}-definition")]).chain(names).collect();
        for (key, locale) in wanted.iter().flat_map(|key| Locale::ALL.map(|locale| (key, locale))) {
            assert!(keys(locale).contains(key), "{key} in {locale}");
        }
    }

    #[test]
    fn every_path_leads_to_a_number() {
        let panel = Panel::new(Locale::En, Some(&night()));
        let bands = panel.spo2_bands.iter().chain(&panel.pulse_bands);
        let numbers = panel.groups.iter().flat_map(|group| &group.numbers);
        for number in numbers.chain(bands.flat_map(|band| [&band.time, &band.share])) {
            assert!(number.raw.parse::<f64>().is_ok(), "{}: {:?}", number.path, number.raw);
        }
    }

    #[test]
    fn the_raw_value_is_not_rounded_and_the_text_is() {
        let panel = Panel::new(Locale::Ro, Some(&night()));
        let share =
            panel.groups.iter().flat_map(|group| &group.numbers).find(|n| n.path == "spo2.below_90_pct");
        let share = share.unwrap();
        assert_eq!(share.raw.parse::<f64>().unwrap(), 100.0 * 10.0 / 300.0);
        assert_eq!(share.text, "3,33 %");
        assert_eq!(panel.text(&figure!(aasm.odi3.per_h)), "3,0");
    }

    #[test]
    fn what_is_undefined_is_said_and_never_zero() {
        let recording =
            oxicore::Recording::parse(b"22:00:00 Jan 02 2026,--,58,0\n22:00:04 Jan 02 2026,--,58,0\n");
        let summary = recording.unwrap().analyze(&oxicore::AnalysisOptions::default()).summary;
        let panel = Panel::new(Locale::Ro, Some(&summary));
        assert_eq!(panel.text(&figure!(spo2? min_pct)), "— fără citire");
        assert_eq!(
            panel.text(&figure!(aasm.odi3.per_h)),
            "— prea scurt pentru un indice: sub 10 minute de semnal valid"
        );
        assert_eq!(panel.spo2_bands[0].time.raw, "");
    }

    #[test]
    fn the_viewers_panel_is_empty() {
        let panel = Panel::new(Locale::En, None);
        assert_eq!(
            (panel.text(&figure!(aasm.odi3.count)), panel.spo2_bands[0].share.text.as_str()),
            ("", "")
        );
    }
}
