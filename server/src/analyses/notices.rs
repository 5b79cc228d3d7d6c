//! What was noticed while a file was read, as far as a reader of its numbers must know it.

use oxicore::notices::{DateOrderRule, Label, Notices, StartSource};

/// What fills the place in the sentence of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// It has none.
    Nothing,
    /// So many rows, lines, bytes or signals.
    Rows(u32),
    /// The name of a column or signal.
    Label(Label),
}

/// What was not as it should be: the message key of each notice, in the order of a page.
pub(super) fn of(found: &Notices) -> impl Iterator<Item = (&'static str, Detail)> + use<> {
    let counted = [
        ("notice-rows-dropped", found.rows_dropped),
        ("notice-rows-retimed", found.rows_retimed),
        ("notice-clock-unset", found.clock_unset_rows),
        ("notice-duplicates-removed", found.duplicates_removed),
        ("notice-readings-skipped", found.readings_skipped),
        ("notice-countdown", found.countdown_records),
        ("notice-rows-spread", found.rows_spread),
        ("notice-rows-without-time", found.rows_without_time),
        ("notice-lines-skipped", found.lines_skipped),
        ("notice-unread-bytes", found.unread_bytes),
        ("notice-signals-left-out", found.signals_left_out),
        ("notice-rounded-readings", found.rounded_readings),
    ];
    let stated = [
        ("notice-interval-assumed", found.interval_assumed),
        ("notice-date-order-unsure", found.date_order_rule == Some(DateOrderRule::AssumedDayFirst)),
        ("notice-date-order-month", found.date_order_rule == Some(DateOrderRule::AssumedMonthFirst)),
        ("notice-start-universal", found.start_source == StartSource::Universal),
        ("notice-start-converted", found.start_source == StartSource::Converted),
        ("notice-start-from-name", found.start_source == StartSource::FileName),
        ("notice-start-from-name-utc", found.start_source == StartSource::FileNameUtc),
        ("notice-start-unknown", found.start_source == StartSource::Unknown),
        ("notice-not-finalised", found.not_finalised),
        ("notice-checksum-mismatch", found.checksum_mismatch),
        ("notice-spo2-like-pulse", found.spo2_like_pulse),
        ("notice-record-size-doubtful", found.record_size_doubtful),
        ("notice-start-doubtful", found.start_doubtful),
        ("notice-clock-doubtful", found.clock_doubtful),
        ("notice-interval-too-coarse", found.interval_too_coarse),
    ];
    let counted =
        counted.into_iter().filter(|(_, rows)| *rows > 0).map(|(key, rows)| (key, Detail::Rows(rows)));
    counted.chain(stated.into_iter().filter(|(_, is_so)| *is_so).map(|(key, _)| (key, Detail::Nothing)))
}

/// By which names SpO2 and pulse were found, where names decided.
pub(super) fn labels(found: &Notices) -> impl Iterator<Item = (&'static str, Detail)> + use<> {
    let named = [("notice-spo2-label", found.spo2_label), ("notice-pulse-label", found.pulse_label)];
    named.into_iter().filter_map(|(key, label)| label.map(|label| (key, Detail::Label(label))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;

    /// The words that say how sure a time is.
    const SURE: [(Locale, [&str; 2]); 2] =
        [(Locale::Ro, ["universal", "presupus"]), (Locale::En, ["universal", "assumed"])];

    #[test]
    fn a_notice_about_the_time_says_what_is_universal_or_assumed() {
        let of = |start_source| Notices::NONE.with_start_source(start_source);
        let ruled = |rule| Notices::NONE.with_date_order_rule(Some(rule));
        for found in [
            of(StartSource::Universal),
            of(StartSource::Converted),
            of(StartSource::FileName),
            of(StartSource::FileNameUtc),
            of(StartSource::Unknown),
            ruled(DateOrderRule::AssumedDayFirst),
            ruled(DateOrderRule::AssumedMonthFirst),
            Notices::NONE.with_start_doubtful(true),
            Notices::NONE.with_clock_doubtful(true),
            Notices::NONE.with_interval_assumed(true),
        ] {
            let keys: Vec<_> = super::of(&found).map(|(key, _)| key).collect();
            assert_eq!(keys.len(), 1, "{found:?}");
            for (locale, words) in SURE {
                for key in [keys[0].to_owned(), keys[0].replacen("notice", "viewer", 1)] {
                    let said = locale.t(&key);
                    assert!(words.iter().any(|word| said.contains(word)), "{key}: {said}");
                }
            }
        }
    }

    #[test]
    fn a_time_that_the_file_tells_needs_no_notice() {
        assert_eq!(super::of(&Notices::default()).count(), 0);
        let chosen = Notices::NONE.with_date_order_rule(Some(DateOrderRule::Chosen));
        assert_eq!(super::of(&chosen).count(), 0);
    }
}
