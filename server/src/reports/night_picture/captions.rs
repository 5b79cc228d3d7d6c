//! The words in the picture of a night.

use oxicore::Summary;

use crate::analyses::span_in_words;
use crate::i18n::wording::{at_most, duration, rounded, with_below_range};
use crate::i18n::{Arg, Locale};
use crate::recordings::device_number;
use crate::reports::chart_image::Captions;

/// The words for a night in the reader's language.
pub(super) fn of(locale: Locale, summary: &Summary, file_name: &str) -> Captions {
    Captions {
        title: title(locale, summary, file_name),
        numbers: numbers(locale, summary),
        spo2: locale.t("chart-spo2"),
        pulse: locale.t("chart-pulse"),
        motion: locale.t("picture-motion"),
        desaturation: locale.t("picture-desaturation"),
        uncounted: locale.t("picture-uncounted"),
        below_range: locale.t("picture-below-range"),
        source: locale.t_args("picture-source", &[("revision", summary.algorithm_revision.into())]),
    }
}

fn title(locale: Locale, summary: &Summary, file_name: &str) -> String {
    let (start, end) = span_in_words(locale, summary);
    let mut args = vec![("start", Arg::from(start)), ("end", Arg::from(end))];
    match device_number(file_name) {
        Some(device) => {
            args.push(("device", device.into()));
            locale.t_args("picture-title-device", &args)
        }
        None => locale.t_args("picture-title", &args),
    }
}

fn numbers(locale: Locale, summary: &Summary) -> String {
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
    let args = [
        ("duration", Arg::from(duration(summary.recording.recording_s.as_secs()))),
        ("odi3", index(summary.aasm.odi3.per_h).into()),
        ("odi4", index(summary.aasm.odi4.per_h).into()),
        ("t90", with_below_range(locale, below_90, with).into()),
        ("min", if is_below_range { at_most(&lowest) } else { lowest }.into()),
        ("mean", number(spo2.map(|spo2| spo2.mean_pct), 1, " %").into()),
        ("pulse", pulse(locale, summary).into()),
    ];
    locale.t_args("picture-numbers", &args)
}

fn pulse(locale: Locale, summary: &Summary) -> String {
    let Some(pulse) = &summary.pulse else { return locale.t("no-reading") };
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
        let title = "Înregistrare din vineri, 2 ianuarie 2026, ora 23:59 până sâmbătă, 3 ianuarie 2026, ora 00:00 · Aparat 1001";
        assert_eq!(words.title, title);
    }

    #[test]
    fn below_the_range_of_the_ring_the_lowest_is_a_bound_and_t90_stands_a_second_time() {
        let rows = |missing| {
            format!(
                "Time,Oxygen Level,Pulse Rate,Motion\n22:00:00 Jan 02 2026,66,60,0\n22:00:04 Jan 02 2026,{missing}\n\
                 22:00:08 Jan 02 2026,95,60,0\n"
            )
        };
        let numbers = |missing| captions(Locale::En, &rows(missing), "").numbers;
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
        assert!(
            words.numbers.contains("under 10 min of valid signal") && words.numbers.contains("no reading"),
            "{}",
            words.numbers
        );
        assert!(!words.numbers.contains("NaN"), "{}", words.numbers);
    }
}
