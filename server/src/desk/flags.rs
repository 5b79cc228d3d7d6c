//! What the list flags of a night, each with its rule, by the limits of the clinic. No figure depends on them.

use crate::clinics::FlagLimits;
use crate::i18n::Locale;
use crate::rows::Figures;

/// The rules that flag the night, in words; none before it is analysed.
pub(super) fn in_words(locale: Locale, figures: &Figures, limits: &FlagLimits) -> Vec<String> {
    let rule = |key, limit: u32| locale.t_args(key, &[("n", limit.into())]);
    // Where readings below the device's range are known, those count here: they flag rather than hide a night.
    let t90 = figures.below_90_pct_with_below_range.or(figures.below_90_pct);
    let below_90 = t90.filter(|pct| *pct >= f64::from(limits.t90_pct));
    let short = figures.signal.filter(|signal| signal.valid_s < limits.short_h * 3_600);
    let weak = figures.signal.filter(|signal| signal.valid_pct < f64::from(limits.signal_pct));
    let below_range = figures.flags.filter(|flags| flags.is_below_range);
    let flags = [
        below_90.map(|_| rule("flag-t90", limits.t90_pct)),
        short.map(|_| rule("flag-short", limits.short_h)),
        weak.map(|_| rule("flag-signal", limits.signal_pct)),
        below_range.map(|_| locale.t("flag-below-range")),
    ];
    flags.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use oxicore::Span;
    use oxicore::time::LocalDateTime;

    use super::*;
    use crate::rows::{Flags, Revisions, Signal};

    const LIMITS: FlagLimits =
        FlagLimits { t90_pct: 30, short_h: 4, signal_pct: 90, pulse_low: 50, pulse_high: 120, odi4_per_h: 5 };

    fn night(below_90_pct: Option<f64>, signal: Option<Signal>, is_below_range: bool) -> Figures {
        Figures {
            starts_at: LocalDateTime::from_unix_seconds(0).unwrap(),
            length: Span::from_secs(30_000),
            odi3_per_h: None,
            odi4_per_h: None,
            below_90_pct,
            below_90_pct_with_below_range: None,
            min_pct: None,
            signal,
            flags: Some(Flags {
                is_short: false,
                is_below_range,
                has_notices: false,
                is_cut: false,
                is_too_coarse: false,
            }),
            strip: None,
            revisions: Revisions::NONE,
        }
    }

    #[test]
    fn a_night_at_a_limit_is_flagged_for_t90_and_not_for_length_and_signal() {
        let signal = |valid_s, valid_pct| Some(Signal { valid_s, valid_pct });
        let words = |night: Figures| in_words(Locale::Ro, &night, &LIMITS);
        assert_eq!(words(night(Some(30.0), signal(4 * 3_600, 90.0), false)), ["T90 ≥ 30\u{a0}%"]);
        assert_eq!(
            words(night(Some(29.99), signal(4 * 3_600 - 1, 89.99), true)),
            ["sub 4 ore valide", "sub 90\u{a0}% semnal valid", "citiri sub limita aparatului"]
        );
        assert!(words(night(None, None, false)).is_empty(), "what is not known is not flagged");
    }
}
