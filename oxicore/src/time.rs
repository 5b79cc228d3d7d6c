//! What the device clock said: civil date and time without a zone.

use core::fmt;

/// A wall-clock moment, whole seconds, years 1970..=2100, no time zone and no daylight saving.
///
/// Devices of this family store local time and never move their clock inside a night, so two moments of one
/// recording can be subtracted. Source: docs/FORMATS.md, "Times".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct LocalDateTime {
    seconds: i64,
}

const SECONDS_A_DAY: i64 = 86_400;

/// English, three letters, as devices and EDF write them.
pub(crate) const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl LocalDateTime {
    /// 1970-01-01T00:00:00.
    pub(crate) const EPOCH: Self = Self { seconds: 0 };

    /// A moment of the calendar; `None` when there is no such day or time, or the year is outside 1970..=2100.
    #[must_use]
    pub fn new(date: (u16, u8, u8), time: (u8, u8, u8)) -> Option<Self> {
        let (hour, minute, second) = time;
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let day = i64::from(hour) * 3_600 + i64::from(minute) * 60 + i64::from(second);
        Some(Self { seconds: days_from_civil(date)? * SECONDS_A_DAY + day })
    }

    /// Seconds since 1970-01-01T00:00:00, reading the calendar as if it were UTC.
    #[must_use]
    pub const fn unix_seconds(self) -> i64 {
        self.seconds
    }

    /// The moment that [`unix_seconds`](Self::unix_seconds) gave; `None` outside 1970..=2100.
    #[must_use]
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        let end = days_from_civil((2100, 12, 31))?.checked_add(1)? * SECONDS_A_DAY;
        (0..end).contains(&seconds).then_some(Self { seconds })
    }

    /// The moment `span` later; `None` after the year 2100.
    #[must_use]
    pub fn checked_add(self, span: crate::units::Span) -> Option<Self> {
        Self::from_unix_seconds(self.seconds + i64::from(span.as_secs()))
    }

    /// The end of the year that a clock shows which nobody has set.
    pub(crate) const END_OF_1970: Self = Self { seconds: 365 * SECONDS_A_DAY };

    /// The first of January, where clocks begin that nobody has set.
    pub(crate) const fn is_new_year(self) -> bool {
        matches!(self.date(), (_, 1, 1))
    }

    /// 00:00:00 of the same day.
    pub(crate) const fn midnight(self) -> Self {
        Self { seconds: self.seconds - self.seconds.rem_euclid(SECONDS_A_DAY) }
    }

    /// Seconds from `earlier` to this moment; wraps around where `earlier` is the later one.
    pub(crate) const fn seconds_after(self, earlier: Self) -> u32 {
        self.seconds.wrapping_sub(earlier.seconds) as u32
    }

    /// That number of seconds later, on the same day.
    pub(crate) const fn plus_seconds(self, seconds: u32) -> Self {
        Self { seconds: self.seconds + seconds as i64 }
    }

    /// Year, month 1..=12, day 1..=31.
    #[must_use]
    pub const fn date(self) -> (u16, u8, u8) {
        civil_from_days(self.seconds.div_euclid(SECONDS_A_DAY))
    }

    /// Hour 0..=23, minute, second.
    #[must_use]
    pub const fn time(self) -> (u8, u8, u8) {
        let second = self.seconds.rem_euclid(SECONDS_A_DAY);
        ((second / 3_600) as u8, (second / 60 % 60) as u8, (second % 60) as u8)
    }
}

/// ISO 8601 without a zone: `2025-01-29T20:35:10`.
impl fmt::Display for LocalDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ((year, month, day), (hour, minute, second)) = (self.date(), self.time());
        number(f, year.into(), 4)?;
        for (mark, part) in [("-", month), ("-", day), ("T", hour), (":", minute), (":", second)] {
            f.write_str(mark)?;
            number(f, part.into(), 2)?;
        }
        Ok(())
    }
}

/// Writes a whole number of at least so many digits; a tenth of what the standard library's formatting takes.
pub(crate) fn number(to: &mut impl fmt::Write, value: u64, digits: u32) -> fmt::Result {
    const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    if value >= 10 || digits > 1 {
        number(to, value / 10, digits.saturating_sub(1))?;
    }
    to.write_str(DIGITS[(value % 10) as usize])
}

#[cfg(feature = "serde")]
impl serde::Serialize for LocalDateTime {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for LocalDateTime {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Iso8601)
    }
}

/// Reads what `Display` of [`LocalDateTime`] writes, and nothing else.
#[cfg(feature = "serde")]
struct Iso8601;

#[cfg(feature = "serde")]
impl serde::de::Visitor<'_> for Iso8601 {
    type Value = LocalDateTime;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a moment such as 2025-01-29T20:35:10")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<LocalDateTime, E> {
        let read = || {
            let (date, time) = text.split_once('T')?;
            let ([year, month, day], [hour, minute, second]) = (parts(date, '-')?, parts(time, ':')?);
            let [month, day, hour, minute, second] =
                [month, day, hour, minute, second].map(|part| u8::try_from(part).unwrap_or(u8::MAX));
            LocalDateTime::new((year, month, day), (hour, minute, second))
        };
        read().ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(text), &self))
    }
}

/// Three whole numbers between two marks.
#[cfg(feature = "serde")]
fn parts(text: &str, mark: char) -> Option<[u16; 3]> {
    let mut parts = text.split(mark).map(|part| part.parse().ok());
    let three = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(three)
}

/// Days since 1970-01-01, with years that begin in March so that the leap day comes last.
fn days_from_civil((year, month, day): (u16, u8, u8)) -> Option<i64> {
    if !(1970..=2100).contains(&year) || !(1..=12).contains(&month) || day == 0 {
        return None;
    }
    if day > days_in_month(year, month) {
        return None;
    }
    let shifted_year = i64::from(year) - i64::from(month <= 2);
    let shifted_month = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * shifted_month + 2) / 5 + i64::from(day) - 1;
    let leap_days = shifted_year / 4 - shifted_year / 100 + shifted_year / 400;
    Some(shifted_year * 365 + leap_days + day_of_year - 719_468)
}

const fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

const fn civil_from_days(days: i64) -> (u16, u8, u8) {
    let days = days + 719_468;
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + days.div_euclid(146_097) * 400 + (month <= 2) as i64;
    (year as u16, month as u8, day as u8)
}

/// How far a zone's wall clock is ahead of universal time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UtcOffset(i16);

impl UtcOffset {
    /// Minutes ahead of universal time; `None` beyond 18 hours.
    #[must_use]
    pub const fn from_minutes(minutes: i16) -> Option<Self> {
        const MOST: u16 = 18 * 60;
        if minutes.unsigned_abs() <= MOST { Some(Self(minutes)) } else { None }
    }

    /// `+02:00`, `-0330`, `+2`; `Z` and `UTC` for universal time itself.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        if matches!(text, "Z" | "UTC") {
            return Some(Self(0));
        }
        let (sign, digits) = match text.split_at_checked(1)? {
            ("+", digits) => (1, digits),
            ("-", digits) => (-1, digits),
            _ => return None,
        };
        let (hours, minutes) = match digits.split_once(':') {
            Some(parts) => parts,
            None if digits.len() == 4 => digits.split_at_checked(2)?,
            None => (digits, "00"),
        };
        let part = |text: &str, most: i16| {
            let is_part = matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse().ok().filter(|&part: &i16| is_part && part <= most)
        };
        let (hours, minutes) = (part(hours, 18)?, part(minutes, 59).filter(|_| minutes.len() == 2)?);
        Self::from_minutes(sign * (hours * 60 + minutes))
    }

    /// Minutes ahead of universal time.
    #[must_use]
    pub const fn as_minutes(self) -> i16 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_until_2100_survives_the_round_trip() {
        let mut previous = None;
        let last = 47_846_i64;
        for day in (0..last).step_by(if cfg!(miri) { 331 } else { 1 }).chain([last]) {
            let date = civil_from_days(day);
            assert_eq!(days_from_civil(date), Some(day));
            assert!(previous < Some(date));
            previous = Some(date);
        }
        assert_eq!(previous, Some((2100, 12, 31)));
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for date in [(2025, 2, 29), (2024, 4, 31), (2024, 0, 1), (2024, 13, 1), (1969, 12, 31), (2101, 1, 1)]
        {
            assert_eq!(LocalDateTime::new(date, (0, 0, 0)), None);
        }
        assert_eq!(LocalDateTime::new((2024, 2, 29), (24, 0, 0)), None);
        assert!(LocalDateTime::new((2024, 2, 29), (23, 59, 59)).is_some());
    }

    #[test]
    fn a_moment_prints_as_iso_8601() {
        let moment = LocalDateTime::new((2025, 1, 29), (20, 35, 10)).unwrap();
        assert_eq!(std::format!("{moment}"), "2025-01-29T20:35:10");
        assert_eq!(moment.unix_seconds(), 1_738_182_910);
        assert_eq!(LocalDateTime::from_unix_seconds(moment.unix_seconds()), Some(moment));
    }

    #[test]
    fn offsets_are_read_as_iso_8601_writes_them() {
        let minutes = |text| UtcOffset::from_text(text).map(UtcOffset::as_minutes);
        for (text, expected) in [
            ("Z", 0),
            ("UTC", 0),
            ("+02:00", 120),
            ("+0200", 120),
            ("+2", 120),
            ("-03:30", -210),
            ("+14:00", 840),
        ] {
            assert_eq!(minutes(text), Some(expected), "{text}");
        }
        for text in
            ["", "2", "+", "+2:0", "+19:00", "+18:01", "+02:60", "+-2:00", "02:00", "Europe/Bucharest", "+é"]
        {
            assert_eq!(minutes(text), None, "{text}");
        }
    }
}
