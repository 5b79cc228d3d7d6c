//! The words in the picture of a night.

use oxi_figure::Captions;
use oxicore::Summary;

use crate::analyses::span_in_words;
use crate::i18n::wording::{at_most, decimal_sign, duration, rounded, with_below_range};
use crate::i18n::{Arg, Locale};
use crate::recordings::device_number;

/// The words for a night in the reader's language.
pub(super) fn of(locale: Locale, summary: &Summary, file_name: &str) -> Captions {
    let device = device_number(file_name);
    Captions {
        title: title(locale, summary),
        label: device
            .map_or_else(String::new, |device| locale.t_args("picture-device", &[("device", device.into())])),
        numbers: numbers(locale, summary),
        spo2: locale.t("picture-spo2"),
        pulse: locale.t("picture-pulse-panel"),
        motion: locale.t("picture-motion"),
        events: locale.t("picture-desaturations"),
        below_range: locale.t("picture-below-range"),
        lowest_level: locale.t("picture-lowest-level"),
        counted: locale.t("picture-counted"),
        uncounted: locale.t("picture-uncounted"),
        below_range_mark: locale.t("picture-below-range-mark"),
        gap: locale.t("picture-gap"),
        source: locale.t_args("picture-source", &[("revision", summary.algorithm_revision.into())]),
        months: months(locale),
        decimal_sign: decimal_sign(locale),
    }
}

fn title(locale: Locale, summary: &Summary) -> String {
    let (start, end) = span_in_words(locale, summary);
    locale.t_args("picture-title", &[("start", start.into()), ("end", end.into())])
}

fn months(locale: Locale) -> [String; 12] {
    let words = locale.t("picture-months");
    let mut months = words.split_whitespace().map(str::to_owned);
    std::array::from_fn(|_| months.next().unwrap_or_default())
}

fn numbers(locale: Locale, summary: &Summary) -> Vec<String> {
    let spo2 = summary.spo2.as_ref();
    let number = |value: Option<f64>, decimals: u8, unit: &str| {
        value.map_or_else(
            || locale.t("no-reading"),
            |value| format!("{}{unit}", rounded(locale, value, decimals)),
        )
    };
    let index = |per_h: Option<f64>| {
        let none = if summary.notices.interval_too_coarse { "too-coarse" } else { "too-short" };
        per_h.map_or_else(|| locale.t(none), |value| format!("{}/h", rounded(locale, value, 1)))
    };
    let is_below_range = summary.quality.below_range_readings > 0;
    let share = |pct: Option<f64>| number(pct, 2, " %");
    let below_90 = share(spo2.map(|spo2| spo2.below_90_pct));
    let with = spo2.filter(|_| is_below_range).map(|spo2| share(Some(spo2.below_90_pct_with_below_range)));
    let lowest = number(spo2.map(|spo2| f64::from(spo2.min_pct.as_pct())), 0, " %");
    let lowest = if is_below_range { at_most(&lowest) } else { lowest };
    let mean = number(spo2.map(|spo2| spo2.mean_pct), 1, " %");
    let length = duration(summary.recording.recording_s.as_secs());
    vec![
        locale.t_args("picture-length", &[("duration", length.into())]),
        format!("ODI3 {}", index(summary.aasm.odi3.per_h)),
        format!("ODI4 {}", index(summary.aasm.odi4.per_h)),
        format!("T90 {}", with_below_range(locale, below_90, with)),
        locale.t_args("picture-min", &[("min", lowest.into())]),
        locale.t_args("picture-mean", &[("mean", mean.into())]),
        pulse(locale, summary),
    ]
}

fn pulse(locale: Locale, summary: &Summary) -> String {
    let Some(pulse) = &summary.pulse else { return locale.t("picture-no-pulse") };
    let args = [
        ("min", Arg::from(pulse.min_bpm.as_bpm().to_string())),
        ("max", pulse.max_bpm.as_bpm().to_string().into()),
        ("mean", rounded(locale, pulse.mean_bpm, 1).into()),
    ];
    locale.t_args("picture-pulse", &args)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn captions(locale: Locale, rows: &str, file_name: &str) -> Captions {
        let recording = oxicore::Recording::parse(rows.as_bytes()).unwrap();
        of(locale, &recording.analyze(&oxicore::AnalysisOptions::default()).summary, file_name)
    }

    #[test]
    fn the_title_names_dates_in_words_and_the_device() {
        let words = captions(
            Locale::Ro,
            "23:59:58 Jan 02 2026,96,58,0\n00:00:02 Jan 03 2026,95,61,3\n",
            "Checkme O2 1001_20260102235958.csv",
        );
        let title =
            "Înregistrare din vineri, 2 ianuarie 2026, ora 23:59 până sâmbătă, 3 ianuarie 2026, ora 00:00";
        assert_eq!((words.title.as_str(), words.label.as_str()), (title, "Aparat 1001"));
    }

    #[test]
    fn below_the_range_of_the_ring_the_lowest_is_a_bound_and_t90_stands_a_second_time() {
        let rows = |missing| {
            format!(
                "Time,Oxygen Level,Pulse Rate,Motion\n22:00:00 Jan 02 2026,66,60,0\n22:00:04 Jan 02 2026,{missing}\n\
                 22:00:08 Jan 02 2026,95,60,0\n"
            )
        };
        let numbers = |missing| captions(Locale::En, &rows(missing), "").numbers.join("; ");
        let below = numbers("--,60,0");
        assert!(below.contains("<= 66 %"), "{below}");
        assert!(below.contains("50.00 % (66.67 % with readings below range)"), "{below}");
        let off_finger = numbers("--,--,0");
        assert!(off_finger.contains("66 %") && !off_finger.contains("<="), "{off_finger}");
        assert!(!off_finger.contains("below range"), "{off_finger}");
    }

    #[test]
    fn what_was_not_measured_is_said_in_words() {
        let words = captions(Locale::En, "22:00:00 Jan 02 2026,--,--,0\n22:00:04 Jan 02 2026,--,--,0\n", "");
        let numbers = words.numbers.join("; ");
        assert!(
            numbers.contains("under 10 min of valid signal") && numbers.contains("no reading"),
            "{numbers}"
        );
        assert!(!numbers.contains("NaN"), "{numbers}");
    }

    #[test]
    fn every_month_has_a_short_name() {
        for locale in [Locale::Ro, Locale::En] {
            let months = months(locale);
            assert!(months.iter().all(|month| !month.is_empty()), "{months:?}");
            assert_eq!(locale.t("picture-months").split_whitespace().count(), 12);
        }
    }
}
