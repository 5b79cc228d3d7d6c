//! How a text divides its cells, and what its columns are.

use super::cells::{Cells, is_no_reading};
use super::columns::{Columns, is_reading, is_spo2};
use super::lines::{Line, Lines};
use super::names::{is_mean, is_personal, is_universal};
use super::sharing::Sharing;
use super::stamp::{DateOrder, begins_with_weekday, has_digit};
use super::time_column::TimeColumn;
use super::width::Width;
use crate::error::{ParseError, ParseErrorKind};
use crate::format::hints::{ColumnChoice, ColumnName};
use crate::label::Label;
use crate::time::LocalDateTime;

/// What has to be known to read a row; found once by [`layout`](super::layout).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub(super) delimiter: u8,
    pub(super) columns: Columns,
    pub(super) width: Width,
    /// Where and how the time is told.
    pub(super) time: TimeColumn,
    /// Milliseconds between times as written and those of the rows: of a time since an unknown beginning to the start of
    /// the recording; where fractions of a second are written, to the whole seconds of the first row.
    pub(super) shift_ms: i64,
    /// How rows are placed that share a reading of the clock.
    pub(super) sharing: Sharing,
    /// Number of the line with the names of the columns; 0 where there is none.
    pub(super) header_line: u32,
    pub(super) date_order: DateOrder,
    /// The zone of the first row, in minutes before universal time; the others are counted in it.
    pub(super) offset_min: Option<i16>,
    /// Seconds from the start as the text writes it to the start in the caller's zone.
    pub(super) zone_shift_s: i32,
    /// The header calls its times universal.
    pub(super) is_universal: bool,
    /// Some row has a date other than 1970.
    pub(super) clock_is_set: bool,
    /// A clock that shows an earlier time was not set.
    pub(super) set_from: LocalDateTime,
    /// Bytes up to the end of the last whole row.
    pub(super) end: usize,
    /// The names of the columns are those that this maker's apps write.
    pub(super) is_ring: bool,
    /// They are, or those that this crate writes.
    pub(super) is_known: bool,
    /// The name of SpO2 is that of a mean.
    pub(super) is_of_means: bool,
    /// The caller said which columns are read.
    pub(super) is_chosen: bool,
    /// Plain rows may take the short way.
    pub(super) is_fast: bool,
}

impl Dialect {
    /// The names of the columns are those that this maker's apps write.
    pub(crate) const fn is_of_ring(&self) -> bool {
        self.is_ring
    }

    /// What can be known before the dates are: delimiter and columns; and the names of the columns of SpO2 and pulse.
    ///
    /// # Errors
    /// The table is one of people, or has no column that was chosen.
    pub(super) fn of(bytes: &[u8], choice: &ColumnChoice<'_>) -> Result<(Self, Labels), ParseError> {
        let is_usual = *choice == ColumnChoice::NONE && has_usual_header(bytes);
        let header = if is_usual { Header::USUAL } else { Header::of(bytes, choice)? };
        let dialect = Dialect {
            delimiter: header.delimiter,
            columns: header.columns,
            width: Width::of(
                bytes,
                header.line,
                header.time,
                header.delimiter,
                [header.is_ring, header.is_known],
            ),
            time: header.time,
            shift_ms: 0,
            sharing: Sharing::None,
            header_line: header.line,
            offset_min: None,
            zone_shift_s: 0,
            is_universal: header.is_universal,
            date_order: DateOrder::DayFirst,
            clock_is_set: true,
            set_from: LocalDateTime::EPOCH,
            end: bytes.len(),
            is_ring: header.is_ring,
            is_known: header.is_known,
            is_of_means: header.is_of_means,
            is_chosen: *choice != ColumnChoice::NONE,
            is_fast: true,
        };
        Ok((dialect, header.labels))
    }

    /// Whether a header among the rows says what the first one, or the caller, has said.
    pub(super) fn has_columns_of(&self, header: &[u8]) -> bool {
        self.is_chosen
            || self.columns.are_of(header, self.delimiter, self.time)
                && (!names_spo2(header, self.delimiter)
                    || self.is_of_means == names_means(header, self.delimiter))
    }
}

/// The headers that nearly all texts have.
const USUAL_HEADERS: [&str; 3] = [
    "Time,Oxygen Level,Pulse Rate,Motion",
    "Time,Oxygen Level,Pulse Rate,Motion,O2 Reminder,PR Reminder",
    "Timp,Nivel de oxigen,Puls cardiac,Mi\u{15f}care",
];

/// A usual header, and a line that begins with a digit and therefore is no header.
fn has_usual_header(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let begins = |header: &&str| {
        let rest = text.strip_prefix(header.as_bytes()).and_then(|rest| rest.strip_prefix(b"\n"));
        rest.and_then(<[u8]>::first).is_some_and(u8::is_ascii_digit)
    };
    USUAL_HEADERS.iter().any(begins)
}

/// What the lines before the first row tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Header {
    delimiter: u8,
    columns: Columns,
    time: TimeColumn,
    is_ring: bool,
    is_known: bool,
    is_of_means: bool,
    /// The name of the time says so.
    is_universal: bool,
    /// 0 where there is none.
    line: u32,
    labels: Labels,
}

/// The names of the columns of SpO2 and pulse, where they are not those of this maker's apps.
pub(super) type Labels = [Option<Label>; 2];

/// Delimiters of a line that is more than a title and what it says.
const TABLE: usize = 2;
/// Most lines that titles, the header and what stands between them may take.
const MOST_ABOVE: usize = 64;

impl Header {
    const USUAL: Self = Self {
        delimiter: b',',
        columns: Columns::VENDOR,
        time: TimeColumn::USUAL,
        is_ring: true,
        is_known: true,
        is_of_means: false,
        is_universal: false,
        line: 1,
        labels: [None; 2],
    };

    /// The last line before the first row that could be a header is one, whatever titles stand above it.
    ///
    /// # Errors
    /// It names a column of people; so does, of a text without a row, the first line of three cells. Or a choice is no
    /// column of it.
    fn of(bytes: &[u8], choice: &ColumnChoice<'_>) -> Result<Self, ParseError> {
        let mut lines = Lines::new(bytes);
        let (mut first, mut header, mut time) = (None, None, None);
        let (mut most, mut of_people, mut named) = (0, [None; 2], 0);
        for _ in 0..MOST_ABOVE {
            let before = lines.clone();
            let goes_on = lines.next_with(|line| {
                let delimiter = delimiter(line.text);
                first.get_or_insert(delimiter);
                if is_header(line, delimiter) {
                    if line.text.contains(&delimiter) {
                        let cells = line.text.iter().filter(|&&byte| byte == delimiter).count();
                        // A line of units below the names does not name SpO2.
                        let names = names_spo2(line.text, delimiter);
                        if names || cells > named {
                            header = Some((before, delimiter));
                        }
                        named = if names { cells.max(named) } else { named };
                        let person = person(line, delimiter);
                        let cells = cells.min(TABLE);
                        of_people = if cells > most { [person; 2] } else { [of_people[0], person] };
                        most = most.max(cells);
                    }
                } else {
                    time = Self::time_of(line.text, header.as_ref(), choice.time);
                }
                time.is_none()
            });
            if goes_on != Some(true) {
                break;
            }
        }
        let [of_table, of_last] = of_people;
        if let Some(error) = if time.is_some() { of_last } else { of_table } {
            return Err(error);
        }
        let column = time.unwrap_or(TimeColumn::USUAL);
        let header = header.and_then(|(mut lines, delimiter)| {
            lines.next_with(|line| Self::in_line(line, delimiter, column, choice))
        });
        let header = header.unwrap_or_else(|| Self::without(first.unwrap_or(b','), column, choice))?;
        Ok(if time.is_some() { header } else { Self { line: 0, ..header } })
    }

    /// Of a text that names no columns.
    fn without(delimiter: u8, time: TimeColumn, choice: &ColumnChoice<'_>) -> Result<Self, ParseError> {
        let error = |name| ParseError::in_text(ParseErrorKind::NoSuchColumn(name), 1, 1, 0);
        let columns = Columns::of_header(b"", delimiter, time, choice).map_err(error)?;
        Ok(Self { delimiter, columns, time, is_ring: false, is_known: false, line: 0, ..Self::USUAL })
    }

    /// The time column, if the line is a row.
    fn time_of(
        row: &[u8],
        header: Option<&(Lines<'_>, u8)>,
        choice: Option<ColumnName<'_>>,
    ) -> Option<TimeColumn> {
        let Some((lines, named_by)) = header else {
            return TimeColumn::of_row(row, delimiter(row), None, choice);
        };
        let found = { lines.clone() }
            .next_with(|names| TimeColumn::of_row(row, *named_by, Some(names.text), choice))
            .flatten();
        found.or_else(|| {
            let usual = TimeColumn::of_row(row, delimiter(row), None, None);
            usual.filter(|time| choice.is_none() && time.is_moment_first())
        })
    }

    fn in_line(
        line: &Line<'_>,
        delimiter: u8,
        time: TimeColumn,
        choice: &ColumnChoice<'_>,
    ) -> Result<Self, ParseError> {
        let is_ring = is_of_ring(line.text, delimiter);
        let columns = Columns::of_header(line.text, delimiter, time, choice).map_err(|name| {
            let mut cells = Cells::of_line(line.text, delimiter);
            let error = line.error(ParseErrorKind::NoSuchColumn(name), line.text);
            error.listing(core::iter::from_fn(|| cells.next_cell()))
        })?;
        let is_known = is_ring || is_own(line.text, delimiter);
        let is_plain = is_known && *choice == ColumnChoice::NONE;
        let labels = if is_plain { [None; 2] } else { columns.labels(line.text, delimiter, time) };
        let mut cells = Cells::of_line(line.text, delimiter);
        let first = cells.nth_cell(time.before).unwrap_or_default();
        let second = cells.next_cell().filter(|_| time.is_split).unwrap_or_default();
        let is_universal = is_universal(first) || is_universal(second);
        let is_of_means = !is_known && names_means(line.text, delimiter);
        let line = line.number;
        Ok(Self { delimiter, columns, time, is_ring, is_known, is_of_means, is_universal, line, labels })
    }
}

/// Whether some cell is the name of SpO2.
fn names_spo2(line: &[u8], delimiter: u8) -> bool {
    let mut cells = Cells::of_line(line, delimiter);
    core::iter::from_fn(|| cells.next_cell()).any(is_spo2)
}

/// Whether SpO2 is named as a mean, and only so: a table of summaries may stand beside one of readings.
fn names_means(line: &[u8], delimiter: u8) -> bool {
    let mut cells = Cells::of_line(line, delimiter);
    let mut named = core::iter::from_fn(|| cells.next_cell()).filter(|cell| is_spo2(cell)).peekable();
    named.peek().is_some() && named.all(is_mean)
}

/// Refuses a line that names a column of people.
fn person(line: &Line<'_>, delimiter: u8) -> Option<ParseError> {
    let mut cells = Cells::of_line(line.text, delimiter);
    loop {
        let place = cells.next_place();
        let name = cells.next_cell()?;
        if is_personal(name) {
            return Some(line.error(ParseErrorKind::PersonalData, place).showing(name));
        }
    }
}

/// The names that this maker's apps write (docs/FORMATS.md, "Dialects"), and no other behind them; motion and vibration are
/// in the language of the phone, whose letters may be of any encoding.
fn is_of_ring(header: &[u8], delimiter: u8) -> bool {
    type Names = [&'static [u8]];
    const O2: &Names = &[b"O2 Reminder", b"PR Reminder"];
    const OXYGEN: &Names = &[b"Oxygen Level Reminder", b"PR Reminder"];
    const SPO2: &Names = &[b"SpO2 Reminder", b"PR Reminder"];
    const APPS: [([&[u8]; 3], &[&Names]); 6] = [
        ([b"Time", b"Oxygen Level", b"Pulse Rate"], &[&[], O2]),
        ([b"Time", b"Oxygen Level(%)", b"Pulse Rate(bpm)"], &[OXYGEN]),
        ([b"Time", b"SpO2(%)", b"Pulse Rate(bpm)"], &[SPO2]),
        ([b"Time", b"SpO2(%)", b"Pulse Rate(bmp)"], &[&[b"Vibraci"]]),
        ([b"Time", b"SpO2", b"Pulse Rate"], &[SPO2]),
        ([b"Timp", b"Nivel de oxigen", b"Puls cardiac"], &[&[]]),
    ];
    let mut cells = Cells::of_line(header, delimiter);
    let names = [(); 3].map(|()| cells.next_cell().unwrap_or_default());
    let motion = cells.next_cell().unwrap_or_default();
    let are_rest = |written: &&&Names| {
        let mut rest = cells.clone();
        written.iter().all(|name| rest.next_cell().is_some_and(|cell| cell.starts_with(name)))
            && core::iter::from_fn(|| rest.next_cell()).all(<[u8]>::is_empty)
    };
    let app = APPS.iter().find(|(known, _)| *known == names);
    app.is_some_and(|(_, rests)| rests.iter().any(|rest| are_rest(&rest)))
        && (motion.starts_with(b"Mo") || motion.starts_with(b"Mi"))
}

/// The names that [`export::csv`](crate::export::csv) writes of a night of another maker: nobody chose them.
fn is_own(header: &[u8], delimiter: u8) -> bool {
    let mut cells = Cells::of_line(header, delimiter);
    let [time, spo2, others @ ..] = [(); 6].map(|()| cells.next_cell().unwrap_or_default());
    time == b"Time"
        && spo2.starts_with(b"SpO2 (")
        && others == [&b"Pulse Rate"[..], b"Motion", b"O2 Reminder", b"PR Reminder"]
}

/// Comma, semicolon or tab: the one that divides the first line most often, outside quotes; the comma where it does so more
/// often than the others, as it may also divide a number.
fn delimiter(line: &[u8]) -> u8 {
    let count = |delimiter: u8| {
        let mut cells = Cells::of_line(line, delimiter);
        core::iter::from_fn(move || cells.next_cell()).count()
    };
    let comma = count(b',').max(2);
    [b';', b'\t'].into_iter().find(|&other| count(other) >= comma).unwrap_or(b',')
}

/// A line whose first cell has no digit or is the name of a reading: column names, in whatever language. Readings behind a
/// cell without a time are none.
pub(super) fn is_header(line: &Line<'_>, delimiter: u8) -> bool {
    let mut cells = Cells::of_line(line.text, delimiter);
    let first = cells.next_cell().unwrap_or_default();
    let mut others = core::iter::from_fn(|| cells.next_cell());
    // A name such as `SpO2` has a digit too, but none where it begins.
    let begins = |cell: &[u8]| cell.first().is_some_and(u8::is_ascii_digit);
    let is_value = |cell: &[u8]| begins(cell) || !cell.is_ascii() && has_digit(cell);
    let is_name = || !begins(first) && line.text.contains(&delimiter) && is_reading(first);
    // A day of the week may stand before a comma and the date.
    let is_weekday = || begins_with_weekday(line.text, delimiter);
    if is_no_reading(first) { !others.any(is_value) } else { !has_digit(first) && !is_weekday() || is_name() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_ring_are_those_of_its_apps() {
        for header in [
            "Time,SpO2(%),Pulse Rate(bpm),Motion,SpO2 Reminder,PR Reminder,",
            "Time,SpO2(%),Pulse Rate(bmp),Movimiento,Vibraci\u{f3}n",
            "Time,Oxygen Level(%),Pulse Rate(bpm),Motion,Oxygen Level Reminder,PR Reminder,",
        ] {
            assert!(is_of_ring(header.as_bytes(), b','), "{header}");
            assert!(is_of_ring(header.replace(',', ";").as_bytes(), b';'), "{header}");
        }
        for header in ["Date,Time,SpO2(%),PR(bpm)", "Time,SpO2,HR", "Time,Oxygen Level,Pulse Rate,Steps", ""]
        {
            assert!(!is_of_ring(header.as_bytes(), b','), "{header}");
        }
    }

    #[test]
    fn usual_headers_mean_what_their_words_say() {
        for header in USUAL_HEADERS {
            for mark in ["", "\u{feff}"] {
                let text = std::format!("{mark}{header}\n22:00:00 02/01/2026,96,58,0\n");
                assert!(has_usual_header(text.as_bytes()), "{text}");
                assert_eq!(Header::of(text.as_bytes(), &ColumnChoice::NONE), Ok(Header::USUAL), "{text}");
            }
            let twice = std::format!("{header}\n{header}\n22:00:00 02/01/2026,96,58,0\n");
            assert!(!has_usual_header(twice.as_bytes()), "a second header may have other words");
        }
    }
}
