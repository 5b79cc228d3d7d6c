//! Numbers, times and dates as the reader's language writes them.

use oxicore::{Span, time::LocalDateTime};

use super::locale::Locale;
use crate::platform::clock::Timestamp;

/// `number` with `decimals` places, written as `locale` writes it: `14,3` in Romanian, `14.3` in English.
pub fn decimal(locale: Locale, number: f64, decimals: u8) -> String {
    let text = format!("{number:.*}", usize::from(decimals));
    match decimal_sign(locale) {
        '.' => text,
        sign => text.replace('.', sign.encode_utf8(&mut [0; 4])),
    }
}

/// What stands before the decimals of a number.
pub const fn decimal_sign(locale: Locale) -> char {
    match locale {
        Locale::Ro => ',',
        Locale::En => '.',
    }
}

/// A number with `decimals` places, rounded half away from zero.
pub fn rounded(locale: Locale, number: f64, decimals: u8) -> String {
    let shift = 10_f64.powi(i32::from(decimals));
    decimal(locale, (number * shift).round() / shift, decimals)
}

/// The lowest SpO2 of a night with readings below the ring's range: `<= 61 %`.
pub fn at_most(lowest: &str) -> String {
    format!("<= {lowest}")
}

/// T90, and where there are readings below the ring's range the same with these.
pub fn with_below_range(locale: Locale, below_90: String, with: Option<String>) -> String {
    match with {
        Some(with) => locale
            .t_args("chart-t90-with-below-range", &[("tninety", below_90.into()), ("value", with.into())]),
        None => below_90,
    }
}

/// A length of time: `6:08:56`.
pub fn duration(seconds: u32) -> String {
    format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// A length of time as the vendor's report prints it: `28:04` below one hour, `06:11:44` from one hour.
pub fn vendor_duration(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours == 0 {
        format!("{minutes:02}:{seconds:02}")
    } else {
        format!("{hours:02}:{minutes:02}:{seconds:02}")
    }
}

/// The clock of a moment: `20:35:10`.
pub fn clock(moment: LocalDateTime) -> String {
    let (hour, minute, second) = moment.time();
    format!("{hour:02}:{minute:02}:{second:02}")
}

/// The clock of a moment without seconds: `20:35`.
pub fn clock_to_minute(moment: LocalDateTime) -> String {
    let (hour, minute, _) = moment.time();
    format!("{hour:02}:{minute:02}")
}

/// Date and clock in numbers: `29.01.2025 20:35`.
pub fn short(moment: LocalDateTime) -> String {
    let ((year, month, day), (hour, minute, _)) = (moment.date(), moment.time());
    format!("{day:02}.{month:02}.{year:04} {hour:02}:{minute:02}")
}

/// A date in words: `miercuri, 29 ianuarie 2025`.
pub fn date(locale: Locale, moment: LocalDateTime) -> String {
    let (year, month, day) = moment.date();
    locale.t_args(
        "date-long",
        &[
            ("weekday", locale.t(&format!("weekday-{}", weekday(moment))).into()),
            ("day", day.to_string().into()),
            ("month", locale.t(&format!("month-{month}")).into()),
            ("year", year.to_string().into()),
        ],
    )
}

/// Date and clock in words: `miercuri, 29 ianuarie 2025, ora 20:35`.
pub fn long(locale: Locale, moment: LocalDateTime) -> String {
    let (date, time) = (date(locale, moment), clock_to_minute(moment));
    locale.t_args("date-time-long", &[("date", date.into()), ("time", time.into())])
}

/// A moment of the platform's own clock, in UTC: `29.01.2025 20:35 UTC`.
pub fn stamp(moment: Timestamp) -> String {
    let utc = moment.to_utc();
    format!(
        "{:02}.{:02}.{:04} {:02}:{:02} UTC",
        utc.day(),
        u8::from(utc.month()),
        utc.year(),
        utc.hour(),
        utc.minute()
    )
}

/// A moment of the platform's own clock as a page holds it: a script puts it on the reader's clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// RFC 3339, in UTC.
    pub iso: String,
    /// In words, UTC said.
    pub text: String,
}

impl Moment {
    /// The moment in both forms.
    pub fn new(moment: Timestamp) -> Self {
        Self { iso: moment.to_string(), text: stamp(moment) }
    }
}

/// The moment `after` the start of a recording; the start itself should the calendar end in between.
pub fn later(start: LocalDateTime, after: Span) -> LocalDateTime {
    start.checked_add(after).unwrap_or(start)
}

/// 1 is Monday, 7 is Sunday.
fn weekday(moment: LocalDateTime) -> i64 {
    (moment.unix_seconds().div_euclid(86_400) + 3).rem_euclid(7) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment() -> LocalDateTime {
        LocalDateTime::new((2025, 1, 29), (20, 35, 10)).unwrap()
    }

    #[test]
    fn decimals_carry_the_sign_of_the_language() {
        assert_eq!(
            (decimal(Locale::Ro, 14.2968, 1), decimal(Locale::En, 14.2968, 1)),
            ("14,3".into(), "14.3".into())
        );
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        assert_eq!([0.25, 14.25, 2.5].map(|number| rounded(Locale::En, number, 1)), ["0.3", "14.3", "2.5"]);
        assert_eq!(rounded(Locale::Ro, 61.943_138, 2), "61,94");
        assert_eq!(rounded(Locale::Ro, 2.5, 0), "3");
    }

    #[test]
    fn the_vendor_writes_hours_only_when_there_are_some() {
        assert_eq!(
            [1_684, 22_304, 36_008, 0].map(vendor_duration),
            ["28:04", "06:11:44", "10:00:08", "00:00"]
        );
    }

    #[test]
    fn a_date_is_written_with_the_words_of_the_language() {
        assert_eq!(long(Locale::Ro, moment()), "miercuri, 29 ianuarie 2025, ora 20:35");
        assert_eq!(long(Locale::En, moment()), "Wednesday 29 January 2025, 20:35");
    }

    #[test]
    fn every_month_and_weekday_has_a_name() {
        for (locale, day) in Locale::ALL.into_iter().flat_map(|locale| (0..365).map(move |day| (locale, day)))
        {
            let text = long(locale, later(moment(), Span::from_secs(day * 86_400)));
            assert!(!text.contains('['), "{text}");
        }
    }
}
