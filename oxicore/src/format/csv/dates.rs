//! Day-first or month-first: five rules, strongest first, and the name of the one that decided.
//! Source: docs/FORMATS.md, "Date order".

use super::stamp::{Date, DateOrder, Stamp};
use crate::error::{ParseError, ParseErrorKind};
use crate::format::hints::ParseOptions;
use crate::format::name;
use crate::notices::{DateOrderRule, StartSource};
use crate::time::LocalDateTime;

/// What the dates of a file tell about their order, gathered row by row.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DateEvidence {
    unset: bool,
    first: Option<(u8, u8, u16)>,
    last: (u8, u8),
    first_above_12: bool,
    second_above_12: bool,
    first_steps: bool,
    second_steps: bool,
    am_pm: bool,
    /// The day of the week is right in the one order alone.
    is_day_first: bool,
    is_month_first: bool,
    /// The year has two digits and may be the first number: then the day is one of two.
    short_year: bool,
    /// The first line whose date needs the other order than one before.
    contradiction: Option<Place>,
}

/// Number of a line, and the bytes before it.
type Place = (u32, usize);

impl DateEvidence {
    /// Takes the stamp of the row at `place`.
    pub(super) fn add(&mut self, stamp: &Stamp, place: Place) {
        self.am_pm |= stamp.clock.is_am_pm;
        if !self.counts(stamp.date.is_unset()) {
            return;
        }
        let (Date::Numeric(a, b, year) | Date::Short(a, b, year)) = stamp.date else { return };
        self.short_year |= matches!(stamp.date, Date::Short(..));
        if stamp.has_weekday() {
            let is_day_of = |order| stamp.resolve(order).is_some();
            let (day_first, month_first) = (is_day_of(DateOrder::DayFirst), is_day_of(DateOrder::MonthFirst));
            self.is_day_first |= day_first && !month_first;
            self.is_month_first |= month_first && !day_first;
        }
        self.first_above_12 |= a > 12;
        self.second_above_12 |= b > 12;
        if self.first_above_12 && self.second_above_12 {
            self.contradiction.get_or_insert(place);
        }
        if self.first.is_some_and(|(.., first)| year > first.saturating_add(1)) {
            self.first = None; // the clock was not set before
        }
        if self.first.is_some() {
            let (last_a, last_b) = self.last;
            self.first_steps |= b == last_b && a.checked_sub(last_a) == Some(1);
            self.second_steps |= a == last_a && b.checked_sub(last_b) == Some(1);
        }
        self.first.get_or_insert((a, b, year));
        self.last = (a, b);
    }

    /// Dates of a clock that was not set count only as long as there is no other; the first other one starts anew.
    fn counts(&mut self, is_unset: bool) -> bool {
        if is_unset {
            self.unset = self.unset || self.first.is_none();
            return self.unset;
        }
        if self.unset {
            *self = Self { am_pm: self.am_pm, ..Self::default() };
        }
        true
    }

    /// The order, and the first of the rules that tells it.
    pub(super) fn decide(
        &self,
        options: &ParseOptions<'_>,
    ) -> Result<(DateOrder, DateOrderRule), ParseError> {
        use DateOrder::{DayFirst, MonthFirst};
        let Some(first) = self.first else {
            return Ok((DayFirst, DateOrderRule::Unambiguous));
        };
        if let Some((line, offset)) = self.contradiction {
            return Err(ParseError::in_text(ParseErrorKind::ContradictoryDates, line, 1, offset));
        }
        if let Some(order) = options.date_order {
            return Ok((order, DateOrderRule::Chosen));
        }
        let by_size = one_of(self.first_above_12, self.second_above_12);
        let by_weekday = one_of(self.is_day_first, self.is_month_first);
        let by_midnight = one_of(self.first_steps, self.second_steps);
        let by_name = options.file_name.and_then(|name| order_by_name(first, name));
        let by_clock = self.am_pm.then_some(MonthFirst);
        let ruled = |order: Option<DateOrder>, rule| order.map(|order| (order, rule));
        // `13/11/25` is the 13th of November, unless the year comes first.
        let is_sure = !(self.short_year && by_size == Some(DayFirst));
        let size = if is_sure { DateOrderRule::ComponentAbove12 } else { DateOrderRule::AssumedDayFirst };
        Ok(ruled(by_size, size)
            .or(ruled(by_weekday, DateOrderRule::Unambiguous).filter(|_| !self.short_year))
            .or(ruled(by_midnight, DateOrderRule::Midnight))
            .or(ruled(by_name, DateOrderRule::FileName))
            .or(ruled(by_clock, DateOrderRule::AssumedMonthFirst))
            .unwrap_or((DayFirst, DateOrderRule::AssumedDayFirst)))
    }
}

/// The order that exactly one kind of evidence speaks for.
const fn one_of(day_first: bool, month_first: bool) -> Option<DateOrder> {
    match (day_first, month_first) {
        (true, false) => Some(DateOrder::DayFirst),
        (false, true) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

/// The order in which the first row's date is that of the name, or a day beside it: names may tell universal time.
fn order_by_name((a, b, year): (u8, u8, u16), file_name: &str) -> Option<DateOrder> {
    const A_DAY: u64 = 86_400;
    let (named, source) = name::start(Some(file_name));
    let is_near = |month, day| {
        let date = LocalDateTime::new((year, month, day), (0, 0, 0));
        date.is_some_and(|date| date.unix_seconds().abs_diff(named.midnight().unix_seconds()) <= A_DAY)
    };
    one_of(is_near(b, a), is_near(a, b)).filter(|_| source != StartSource::Unknown)
}

#[cfg(test)]
mod tests {
    use super::DateOrderRule::{
        AssumedDayFirst, AssumedMonthFirst, ComponentAbove12, FileName, Midnight, Unambiguous,
    };
    use super::*;
    use crate::format::csv::stamp::stamp;

    fn decide(rows: &[&str], file_name: Option<&str>) -> Option<(DateOrder, DateOrderRule)> {
        decide_with(rows, &ParseOptions { file_name, ..ParseOptions::default() })
    }

    fn decide_with(rows: &[&str], options: &ParseOptions<'_>) -> Option<(DateOrder, DateOrderRule)> {
        let mut evidence = DateEvidence::default();
        for row in rows {
            evidence.add(&stamp(row.as_bytes(), b',').unwrap().1, (1, 0));
        }
        evidence.decide(options).ok()
    }

    #[test]
    fn the_strongest_rule_that_fires_decides() {
        use DateOrder::{DayFirst, MonthFirst};
        let name = Some("O2 1001_20260102235930.csv");
        let cases: [(&[&str], Option<&str>, _); 8] = [
            (&["23:59:30 Jan 02 2026"], None, (DayFirst, Unambiguous)),
            (&["23:59:30 29/01/2026"], None, (DayFirst, ComponentAbove12)),
            (&["23:59:30 01/29/2026"], None, (MonthFirst, ComponentAbove12)),
            (&["23:59:30 02/01/2026", "00:00:02 03/01/2026"], None, (DayFirst, Midnight)),
            (&["23:59:30 01/02/2026", "00:00:02 01/03/2026"], None, (MonthFirst, Midnight)),
            (&["20:00:00 01/02/2026"], name, (MonthFirst, FileName)),
            (&["08:00:00PM 03/04/2026"], name, (MonthFirst, AssumedMonthFirst)),
            (&["20:00:00 03/04/2026"], name, (DayFirst, AssumedDayFirst)),
        ];
        for (rows, name, expected) in cases {
            assert_eq!(decide(rows, name), Some(expected), "{rows:?}");
        }
    }

    #[test]
    fn dates_of_a_clock_that_was_not_set_tell_nothing_about_others() {
        let rows =
            ["20:00:00 13/01/1970", "20:00:00 03/04/2026", "20:00:04 14/01/1970", "20:00:08 03/04/2026"];
        assert_eq!(decide(&rows, None), Some((DateOrder::DayFirst, AssumedDayFirst)));
        assert_eq!(decide(&rows[..1], None), Some((DateOrder::DayFirst, ComponentAbove12)));
    }

    #[test]
    fn what_the_caller_says_decides_before_every_rule() {
        let options = ParseOptions { date_order: Some(DateOrder::MonthFirst), ..ParseOptions::default() };
        let chosen = Some((DateOrder::MonthFirst, DateOrderRule::Chosen));
        assert_eq!(decide_with(&["20:00:00 03/04/2026"], &options), chosen);
        assert_eq!(decide_with(&["23:59:30 02/01/2026", "00:00:02 03/01/2026"], &options), chosen);
        let certain = Some((DateOrder::DayFirst, Unambiguous));
        assert_eq!(decide_with(&["23:59:30 Jan 02 2026"], &options), certain);
    }

    #[test]
    fn the_name_is_compared_with_the_first_date_after_the_clock_was_set() {
        let rows = ["00:00:00 01/01/2018", "20:00:00 01/02/2026"];
        let name = Some("O2 1001_20260102235930.csv");
        assert_eq!(decide(&rows, name), Some((DateOrder::MonthFirst, FileName)));
    }

    #[test]
    fn dates_that_fit_no_order_are_refused() {
        assert_eq!(decide(&["20:00:00 13/04/2026", "20:00:04 04/13/2026"], None), None);
    }

    #[test]
    fn a_name_that_fits_neither_order_decides_nothing() {
        assert_eq!(
            decide(&["20:00:00 03/04/2026"], Some("20991231235959.csv")),
            Some((DateOrder::DayFirst, AssumedDayFirst))
        );
    }
}
