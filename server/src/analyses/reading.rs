//! The one way in which the platform reads the bytes of a recording: as their reader finds them, or with the order of
//! day and month that a doctor has decided.

use oxicore::notices::{DateOrder, DateOrderRule};
use oxicore::time::LocalDateTime;
use oxicore::{ParseError, ParseOptions, Recording};
use serde::{Deserialize, Serialize};

/// When a night began in either order of day and month, where its file does not tell which one it is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EitherStart {
    /// With the day first.
    pub day_first: LocalDateTime,
    /// With the month first.
    pub month_first: LocalDateTime,
}

impl EitherStart {
    /// In this order.
    pub fn of(&self, order: DateOrder) -> LocalDateTime {
        match order {
            DateOrder::DayFirst => self.day_first,
            DateOrder::MonthFirst => self.month_first,
        }
    }
}

/// How a file is read, beside its bytes.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name: a hint for the order of dates, and for the start of files that store none.
    pub file_name: String,
    /// The order that a doctor has decided.
    pub date_order: Option<DateOrder>,
}

impl Source {
    /// Of a file about which nobody has decided anything.
    pub fn undecided(file_name: String) -> Self {
        Self { file_name, date_order: None }
    }
}

/// A file, read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'a> {
    /// What is in it.
    pub(super) recording: Recording<'a>,
    /// `None` where the file tells the order of its dates, has the same start in both, or can be read in one alone.
    pub(super) either_start: Option<EitherStart>,
}

impl<'a> Reading<'a> {
    /// Reads a file. A decided order in which a reader of later can no longer read it is passed over, and what the reader
    /// assumes is said to be so as ever.
    pub(super) fn of(bytes: &'a [u8], source: &Source) -> Result<Self, ParseError> {
        let named = ParseOptions::default().with_file_name(&source.file_name);
        let in_order = |order| Recording::parse_with(bytes, &named.with_date_order(order)).ok();
        let found = Recording::parse_with(bytes, &named)?;
        let asked = match source.date_order {
            // The name that a patient gets tells what was decided: it is no evidence.
            Some(_) => Recording::parse(bytes)?,
            None => found,
        };
        let either_start = match asked.notices().date_order_rule {
            Some(DateOrderRule::AssumedDayFirst | DateOrderRule::AssumedMonthFirst) => either(in_order),
            _ => None,
        };
        Ok(Self { recording: source.date_order.and_then(in_order).unwrap_or(found), either_start })
    }
}

fn either<'a>(in_order: impl Fn(DateOrder) -> Option<Recording<'a>>) -> Option<EitherStart> {
    let start = |order| in_order(order).map(|recording| recording.start());
    let (day_first, month_first) = (start(DateOrder::DayFirst)?, start(DateOrder::MonthFirst)?);
    (day_first != month_first).then_some(EitherStart { day_first, month_first })
}

#[cfg(test)]
mod tests {
    use super::*;
    use DateOrder::{DayFirst, MonthFirst};

    type Read = (String, Option<[String; 2]>);

    fn read(rows: &[&str], date_order: Option<DateOrder>) -> Read {
        read_as("a.csv", rows, date_order)
    }

    fn read_as(name: &str, rows: &[&str], date_order: Option<DateOrder>) -> Read {
        let rows: String = rows.iter().map(|row| format!("{row},96,60,0\n")).collect();
        let text = format!("Time,Oxygen Level,Pulse Rate,Motion\n{rows}");
        let source = Source { date_order, ..Source::undecided(name.to_owned()) };
        let Reading { recording, either_start } = Reading::of(text.as_bytes(), &source).unwrap();
        let both =
            either_start.map(|either| [DayFirst, MonthFirst].map(|order| either.of(order).to_string()));
        (recording.start().to_string(), both)
    }

    #[test]
    fn an_ambiguous_file_has_two_starts_and_is_read_as_decided() {
        let rows = &["22:00:00 05/06/2025", "22:00:04 05/06/2025"];
        let both = Some(["2025-06-05T22:00:00", "2025-05-06T22:00:00"].map(str::to_owned));
        assert_eq!(read(rows, None), ("2025-06-05T22:00:00".into(), both.clone()));
        assert_eq!(read(rows, Some(DayFirst)), ("2025-06-05T22:00:00".into(), both.clone()));
        assert_eq!(read(rows, Some(MonthFirst)), ("2025-05-06T22:00:00".into(), both.clone()));
        let patients = read_as("SpO2_20250506220000.csv", rows, Some(MonthFirst));
        assert_eq!(patients, ("2025-05-06T22:00:00".into(), both));
    }

    #[test]
    fn a_file_with_one_reading_of_its_dates_has_no_other_start() {
        for rows in [
            ["22:00:00 Jun 05 2025", "22:00:04 Jun 05 2025"],
            ["22:00:00 15/06/2025", "22:00:04 15/06/2025"],
            ["23:59:58 05/06/2025", "00:00:02 06/06/2025"],
            ["22:00:00 05/05/2025", "22:00:04 05/05/2025"],
            ["22:00:00 15/06/25", "22:00:04 15/06/25"],
        ] {
            let (start, either) = read(&rows, None);
            assert_eq!(either, None, "{rows:?}, {start}");
        }
    }

    #[test]
    fn a_start_that_was_worked_out_is_the_readers_own_in_both_orders() {
        // The first row was written before the clock was set: it stands an interval of 4 s before the second, on the day before.
        let rows =
            &["00:00:00 01/01/1970", "00:00:02 05/06/2025", "00:00:06 05/06/2025", "00:00:10 05/06/2025"];
        let both = ["2025-06-04T23:59:58", "2025-05-05T23:59:58"].map(str::to_owned);
        let (start, either) = read(rows, None);
        assert_eq!((start.as_str(), either), ("2025-06-04T23:59:58", Some(both)));
    }

    #[test]
    fn a_decision_that_no_longer_fits_is_passed_over() {
        let rows = &["22:00:00 15/06/2025", "22:00:04 15/06/2025"];
        assert_eq!(read(rows, Some(MonthFirst)), ("2025-06-15T22:00:00".into(), None));
    }
}
