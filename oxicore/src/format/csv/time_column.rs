//! Where a text tells the time of its rows, and how: a moment of the calendar, time since a beginning that is not known,
//! or universal time as a number. Source: docs/FORMATS.md, "Other time columns".

use super::cells::Cells;
use super::columns::is_reading;
use super::names::is_other_moment;
use super::stamp::{Number, Stamp, Unit, clock_ms, is_in_two_cells, stamp};
use crate::format::facts::LONGEST_RECORDING;
use crate::format::hints::ColumnName;

/// The column that tells the time of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TimeColumn {
    pub(super) form: Form,
    /// Cells before it, which number the rows or are readings.
    pub(super) before: u8,
    /// It takes two cells, each with its name: one for the day and one for the clock.
    pub(super) is_split: bool,
}

/// How it tells the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A clock and a date.
    Moment,
    /// Time since the beginning as a number; whether its unit was told.
    Elapsed(Unit, bool),
    /// A clock without a date: time of day, or since the beginning. Whether it began with minutes and seconds alone.
    Clock { is_short: bool },
    /// Time since 1970 as a number, universal.
    Epoch(Unit),
    /// Days since the end of 1899, as spreadsheets count them: the wall clock.
    Serial,
}

/// When a row was, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    Moment(Stamp),
    /// Milliseconds since the beginning that the [form](Form) counts from.
    Counted(i64),
}

impl TimeColumn {
    /// A clock and a date in the first column, which nearly all texts have.
    pub(super) const USUAL: Self = Self::of(Form::Moment, 0);

    const fn of(form: Form, before: u8) -> Self {
        Self { form, before, is_split: false }
    }

    /// Whether rows begin with a clock and a date.
    pub(super) const fn is_moment_first(self) -> bool {
        matches!(self.form, Form::Moment) && self.before == 0
    }

    /// Whether rows tell a time since a beginning that is not known.
    pub(super) const fn is_relative(self) -> bool {
        matches!(self.form, Form::Elapsed(..) | Form::Clock { .. })
    }

    /// The time of a row and what follows its cell; else the place where a time was expected.
    pub(super) fn read(self, text: &[u8], delimiter: u8) -> Result<(&[u8], When), &[u8]> {
        if self.is_moment_first() {
            return Self::whole(text, delimiter).ok_or(text);
        }
        let mut cells = Cells::of_line(text, delimiter);
        for _ in 0..self.before {
            cells.next_cell();
        }
        let place = cells.next_place();
        self.in_cell(place, delimiter, cells).ok_or(place)
    }

    /// A clock and a date with nothing behind it in its cell.
    fn whole(place: &[u8], delimiter: u8) -> Option<(&[u8], When)> {
        let (rest, stamp) = stamp(place, delimiter)?;
        let is_whole = rest.first().is_none_or(|&byte| byte == delimiter);
        is_whole.then_some((rest, When::Moment(stamp)))
    }

    fn in_cell<'t>(self, place: &'t [u8], delimiter: u8, mut cells: Cells<'t>) -> Option<(&'t [u8], When)> {
        if self.form == Form::Moment {
            return Self::whole(place, delimiter);
        }
        let cell = cells.next_cell()?;
        let number = |unit| Number::of(cell)?.milliseconds(unit);
        let ms = match self.form {
            Form::Moment => None,
            Form::Elapsed(unit, _) | Form::Epoch(unit) => number(unit),
            Form::Clock { is_short } => clock_ms(cell).filter(|it| is_short || !it.is_short).map(|it| it.ms),
            Form::Serial => number(Unit::Days).map(|ms| ms.saturating_sub(DAYS_BEFORE_1970 * 86_400_000)),
        };
        Some((cells.rest(), When::Counted(ms?)))
    }

    /// The time column that the caller chose, by one of its rows. A number whose unit the name does not tell counts seconds.
    fn chosen(row: &[u8], delimiter: u8, header: Option<&[u8]>, column: ColumnName<'_>) -> Option<Self> {
        let mut names = header.map(|header| Cells::of_line(header, delimiter));
        let before = column.place(core::iter::from_fn(|| names.as_mut()?.next_cell()))?;
        let before = u8::try_from(before).ok()?;
        let mut cells = Cells::of_line(row, delimiter);
        for _ in 0..before {
            cells.next_cell();
        }
        if let Some(moment) = Self::moment(cells.next_place(), delimiter, before, header) {
            return Some(moment);
        }
        let cell = cells.next_cell()?;
        let name = header.and_then(|header| Cells::of_line(header, delimiter).nth_cell(before));
        let counted = || Number::of(cell).map(|_| Form::Elapsed(Unit::Seconds, false));
        Form::of(cell, name).or_else(counted).map(|form| Self::of(form, before))
    }

    /// The time column of a table, by one of its rows and by its header, if it has one; or the one that the caller chose.
    pub(super) fn of_row(
        row: &[u8],
        delimiter: u8,
        header: Option<&[u8]>,
        choice: Option<ColumnName<'_>>,
    ) -> Option<Self> {
        if let Some(column) = choice {
            return Self::chosen(row, delimiter, header, column);
        }
        if let Some(moment) = Self::moment(row, delimiter, 0, header) {
            return Self::behind_other_moments(row, delimiter, header).or(Some(moment));
        }
        let mut cells = Cells::of_line(row, delimiter);
        let mut names = header.map(|header| Cells::of_line(header, delimiter));
        let first = cells.next_cell()?;
        let name = names.as_mut().and_then(Cells::next_cell);
        let number = Number::of(first).filter(|number| number.decimals == 0);
        let is_first = number.is_some_and(|number| number.whole <= 1);
        let numbers_rows = is_first || number.is_some() && name.is_some_and(is_index);
        let moment = Self::moment(cells.next_place(), delimiter, 1, header).filter(|_| numbers_rows);
        if moment.is_some() {
            return moment;
        }
        if let Some(form) = Form::of(first, name) {
            return Some(Self::of(form, 0));
        }
        let may_number = number.is_some() && name.is_none_or(is_index);
        let second = cells.next_cell().filter(|_| may_number);
        let form = second.and_then(|cell| Form::of(cell, names.as_mut().and_then(Cells::next_cell)));
        form.map(|form| Self::of(form, 1)).or_else(|| Self::behind_readings(row, delimiter, header?))
    }

    /// A clock and a date at the beginning of `place`, which has this many cells before it. Where they are two cells they have two
    /// names, unless the second one is that of a reading.
    fn moment(place: &[u8], delimiter: u8, before: u8, header: Option<&[u8]>) -> Option<Self> {
        stamp(place, delimiter)?;
        let second = |header| Cells::of_line(header, delimiter).nth_cell(before.saturating_add(1));
        let is_named = header.and_then(second).is_some_and(|name| !is_reading(name));
        let is_split = is_named && is_in_two_cells(place, delimiter);
        Some(Self { is_split, ..Self::of(Form::Moment, before) })
    }

    /// The first time whose name does not say that something else than a record was then: that it was exported or changed.
    fn behind_other_moments(row: &[u8], delimiter: u8, header: Option<&[u8]>) -> Option<Self> {
        let mut names = Cells::of_line(header?, delimiter);
        let mut cells = Cells::of_line(row, delimiter);
        let mut is_first_other = false;
        for before in 0..MOST_BEFORE {
            let (place, name) = (cells.next_place(), names.next_cell()?);
            if is_first_other && !is_other_moment(name) {
                let moment = Self::moment(place, delimiter, before, header);
                if moment.is_some() {
                    return moment;
                }
            }
            is_first_other |= before == 0 && is_other_moment(name);
            cells.next_cell()?;
        }
        None
    }

    /// The time column of a table that names a reading before it.
    fn behind_readings(row: &[u8], delimiter: u8, header: &[u8]) -> Option<Self> {
        let mut cells = Cells::of_line(row, delimiter);
        let mut names = Cells::of_line(header, delimiter);
        let mut has_reading = false;
        for before in 0..MOST_BEFORE {
            let place = cells.next_place();
            let (cell, name) = (cells.next_cell()?, names.next_cell()?);
            let time = || {
                Self::moment(place, delimiter, before, Some(header))
                    .or_else(|| Form::of(cell, Some(name)).map(|form| Self::of(form, before)))
            };
            if has_reading && let Some(time) = time() {
                return Some(time);
            }
            has_reading |= is_reading(name);
        }
        None
    }
}

/// Most cells before the time.
const MOST_BEFORE: u8 = 8;

/// Days from the one that spreadsheets count from to 1970.
const DAYS_BEFORE_1970: i64 = 25_569;

impl Form {
    /// By a cell and by the name of its column, if it has one.
    fn of(cell: &[u8], name: Option<&[u8]>) -> Option<Self> {
        if name.is_some_and(|name| is_reading(name) || is_index(name)) {
            return None;
        }
        if let Some(clock) = clock_ms(cell) {
            let is_beginning = clock.ms < FIRST_MINUTE_MS || name.is_some_and(has_unit_of_minutes);
            return (!clock.is_short || is_beginning).then_some(Self::Clock { is_short: clock.is_short });
        }
        let number = Number::of(cell)?;
        let longest_ms = i64::from(LONGEST_RECORDING.as_secs()).saturating_mul(1_000);
        let is_short = |unit| number.milliseconds(unit).is_some_and(|ms| ms <= longest_ms);
        let elapsed = || name.and_then(elapsed_in).filter(|&(unit, _)| is_short(unit));
        let elapsed = || elapsed().map(|(unit, is_told)| Self::Elapsed(unit, is_told));
        epoch(number).or_else(|| serial(number)).or_else(elapsed)
    }
}

/// Minutes and seconds that do not begin within a minute may be hours and minutes.
const FIRST_MINUTE_MS: i64 = 60_000;

/// A number of the digits that seconds since 1970 have from 2001 on, or milliseconds and so on.
const fn epoch(number: Number) -> Option<Form> {
    let unit = match number.digits {
        10 => Unit::Seconds,
        13 => Unit::Milliseconds,
        16 => Unit::Microseconds,
        19 => Unit::Nanoseconds,
        _ => return None,
    };
    Some(Form::Epoch(unit))
}

/// A day of this century with the time of day behind the point, exact to a tenth of a second.
fn serial(number: Number) -> Option<Form> {
    let is_of_century = (36_526..73_050).contains(&number.whole);
    (is_of_century && number.decimals >= 6).then_some(Form::Serial)
}

/// The parts of a name, letters of any script and digits.
fn words(name: &[u8]) -> impl Iterator<Item = &[u8]> {
    name.split(|byte| !(byte.is_ascii_alphanumeric() || *byte >= 0x80)).filter(|word| !word.is_empty())
}

fn has_word(name: &[u8], any: &[&str]) -> bool {
    words(name).any(|word| any.iter().any(|one| word.eq_ignore_ascii_case(one.as_bytes())))
}

/// Names of a column that numbers the rows.
fn is_index(name: &[u8]) -> bool {
    const NAMES: [&str; 18] = [
        "index", "idx", "no", "nr", "num", "number", "id", "row", "record", "sample", "samples", "seq", "n",
        "nummer", "crt", "序号", "番号", "번호",
    ];
    matches!(name, b"" | b"#") || (has_word(name, &NAMES) && elapsed_in(name).is_none())
}

/// Units of a number of time, by the words that stand for them.
const UNITS: [(Unit, &[&str]); 4] = [
    (Unit::Milliseconds, &["ms", "msec", "msecs", "millis", "millisecond", "milliseconds"]),
    (Unit::Minutes, &["min", "mins", "minute", "minutes"]),
    (Unit::Hours, &["h", "hr", "hrs", "hour", "hours"]),
    (
        Unit::Seconds,
        &[
            "s", "sec", "secs", "second", "seconds", "secunde", "sekunden", "secondes", "segundos",
            "secondi", "sekunde", "secunda", "seconde", "segundo", "secondo", "sek", "秒", "초",
        ],
    ),
];

fn has_unit_of_minutes(name: &[u8]) -> bool {
    has_word(name, &["mm", "mmss"])
}

/// What a column of this name counts, and whether the name says the unit; nothing where it does not speak of time.
fn elapsed_in(name: &[u8]) -> Option<(Unit, bool)> {
    const TIMES: [&str; 22] = [
        "time",
        "elapsed",
        "offset",
        "t",
        "timp",
        "timpul",
        "zeit",
        "temps",
        "tiempo",
        "tempo",
        "tijd",
        "tid",
        "czas",
        "čas",
        "idő",
        "zaman",
        "время",
        "час",
        "χρόνος",
        "时间",
        "時間",
        "시간",
    ];
    let told = UNITS.iter().find(|(_, words)| has_word(name, words)).map(|&(unit, _)| (unit, true));
    told.or_else(|| has_word(name, &TIMES).then_some((Unit::Seconds, false)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(header: &str, row: &str) -> Option<TimeColumn> {
        TimeColumn::of_row(row.as_bytes(), b';', Some(header.as_bytes()), None)
    }

    #[test]
    fn a_column_of_time_is_known_by_its_cells_and_its_name() {
        use Form::{Clock, Elapsed, Epoch, Moment, Serial};
        for (header, row, form, before) in [
            ("Time;SpO2", "21:58:20 Nov 13 2025;96", Moment, 0),
            ("No;Time;SpO2", "1;21:58:20 Nov 13 2025;96", Moment, 1),
            ("A;B;C", "1;21:58:20 Nov 13 2025;96", Moment, 1),
            ("Time;SpO2", "00:00:00;96", Clock { is_short: false }, 0),
            ("Time;SpO2", "00:00;96", Clock { is_short: true }, 0),
            ("#;Time;SpO2", "1;00:00:00;96", Clock { is_short: false }, 1),
            ("Time [s];SpO2", "0;96", Elapsed(Unit::Seconds, true), 0),
            ("Time;SpO2", "0;96", Elapsed(Unit::Seconds, false), 0),
            ("Elapsed (ms);SpO2", "0;96", Elapsed(Unit::Milliseconds, true), 0),
            ("time_min;SpO2", "0,5;96", Elapsed(Unit::Minutes, true), 0),
            ("Index;Seconds;SpO2", "7;28;96", Elapsed(Unit::Seconds, true), 1),
            ("Timestamp;SpO2", "1763071100;96", Epoch(Unit::Seconds), 0),
            ("timestamp;SpO2", "1763071100123;96", Epoch(Unit::Milliseconds), 0),
            ("A;B", "45974.915509;96", Serial, 0),
            ("Time;SpO2", "20251113215820;96", Moment, 0),
            ("SpO2;Pulse;Time", "97;60;21:58:20 Nov 13 2025", Moment, 2),
            ("SpO2;Time;Pulse", "--;21:58:20 Nov 13 2025;60", Moment, 1),
            ("Pulse;Elapsed (s);SpO2", "60;0;97", Elapsed(Unit::Seconds, true), 1),
            ("Time;SpO2", "0 days 00:00:00;96", Clock { is_short: false }, 0),
        ] {
            assert_eq!(of(header, row), Some(TimeColumn::of(form, before)), "{header} {row}");
        }
    }

    #[test]
    fn what_could_be_something_else_is_no_time() {
        for (header, row) in [
            ("SpO2;Pulse", "96;60"),
            ("Index;SpO2", "1;96"),
            ("A;B", "96;60"),
            ("Pulse;SpO2", "00:01:00;96"),
            ("Time;SpO2", "21:58;96"),
            ("Time;SpO2", "x;96"),
            ("Time;SpO2", "20251399215820;96"),
            ("Wert;Zeit;SpO2", "97;21:58:20 Nov 13 2025;96"),
        ] {
            assert_eq!(of(header, row), None, "{header} {row}");
        }
    }
}
