//! The first walk over a text: how its cells are divided, what its columns are, whether all rows can be read, and what
//! their dates tell.

use crate::error::{ParseError, ParseErrorKind};
use crate::format::csv::cells::Cells;
use crate::format::csv::columns::Columns;
use crate::format::csv::dates::DateEvidence;
use crate::format::csv::fast::Fast;
use crate::format::csv::lines::{Line, Lines};
use crate::format::csv::row::Row;
use crate::format::csv::{DateOrder, Dialect};
use crate::recording::Notices;

/// Is every row readable, how many are there, where do they end, and what do their dates tell?
#[derive(Default)]
pub(crate) struct Survey {
    pub(crate) records: u32,
    pub(crate) dates: DateEvidence,
    pub(crate) notices: Notices,
    pub(crate) end: usize,
    pub(crate) clock_is_set: bool,
    delimiters: usize,
    /// Some line has cells for a time and two readings.
    is_table: bool,
}

/// The headers that nearly all texts have.
const USUAL_HEADERS: [&str; 3] = [
    "Time,Oxygen Level,Pulse Rate,Motion",
    "Time,Oxygen Level,Pulse Rate,Motion,O2 Reminder,PR Reminder",
    "Timp,Nivel de oxigen,Puls cardiac,Mi\u{15f}care",
];

/// What can be known before the dates are: delimiter and columns.
pub(crate) fn dialect(bytes: &[u8]) -> Dialect {
    let (delimiter, columns) = if has_usual_header(bytes) { (b',', Columns::VENDOR) } else { named(bytes) };
    Dialect {
        delimiter,
        columns,
        date_order: DateOrder::DayFirst,
        clock_is_set: true,
        end: bytes.len(),
        is_fast: true,
    }
}

/// A usual header, and a line that begins with a digit and therefore is no header.
fn has_usual_header(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let begins = |header: &&str| {
        let rest = text.strip_prefix(header.as_bytes()).and_then(|rest| rest.strip_prefix(b"\n"));
        rest.and_then(<[u8]>::first).is_some_and(u8::is_ascii_digit)
    };
    USUAL_HEADERS.iter().any(begins)
}

/// Delimiter and columns by the lines before the first row.
fn named(bytes: &[u8]) -> (u8, Columns) {
    let delimiter = Lines::new(bytes).next_with(|line| delimiter(line.text)).unwrap_or(b',');
    let mut columns = Columns::VENDOR;
    let mut lines = Lines::new(bytes);
    let named =
        |line: &Line<'_>| is_header(line, delimiter).then(|| Columns::of_header(line.text, delimiter));
    while let Some(Some(names)) = lines.next_with(named) {
        columns = names;
    }
    (delimiter, columns)
}

/// Comma, semicolon or tab: the one that divides the first line most often, outside quotes.
fn delimiter(line: &[u8]) -> u8 {
    let count = |delimiter: u8| {
        let mut cells = Cells::of_line(line, delimiter);
        core::iter::from_fn(move || cells.next_cell()).count()
    };
    let comma = count(b',');
    [b';', b'\t'].into_iter().find(|&other| count(other) > comma).unwrap_or(b',')
}

/// A line whose first cell has no digit: column names, in whatever language.
fn is_header(line: &Line<'_>, delimiter: u8) -> bool {
    let first = Cells::of_line(line.text, delimiter).next_cell().unwrap_or_default();
    !first.iter().any(u8::is_ascii_digit)
}

pub(crate) fn survey(bytes: &[u8], dialect: &Dialect) -> Result<Survey, ParseError> {
    let mut survey = Survey::of(bytes);
    let mut lines = Lines::new(bytes);
    let mut fast = Fast::new(dialect, lines.is_bytes());
    loop {
        // A row of the same date tells nothing new about dates.
        if let Some(row) = fast.read(lines.rest()) {
            lines.skip_lines(1, row.len);
            survey.records = survey.records.saturating_add(1);
        } else if let Some(result) = lines.next_with(|line| survey.add(line, dialect, &mut fast)) {
            result?;
        } else {
            break;
        }
    }
    if survey.records == 0 {
        return Err(survey.or_unknown(ParseError::at_byte(ParseErrorKind::NoSamples, bytes.len())));
    }
    Ok(survey)
}

impl Survey {
    /// Of no row yet.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self { end: bytes.len(), ..Self::default() }
    }

    /// Takes the next line; gives its row, unless it is a header or cut.
    pub(crate) fn add(
        &mut self,
        line: &Line<'_>,
        dialect: &Dialect,
        fast: &mut Fast,
    ) -> Result<Option<Row>, ParseError> {
        let delimiters = line.text.iter().filter(|&&b| b == dialect.delimiter).count();
        let is_cut = line.is_unfinished() && self.records > 0;
        self.is_table |= delimiters >= 2;
        match Row::read(line, dialect) {
            Ok(row) if !is_cut || delimiters >= self.delimiters => {
                fast.learn(line.text, &row);
                self.add_row(&row, line, delimiters);
                return Ok(Some(row));
            }
            _ if is_cut => {
                self.end = line.offset;
                self.notices.truncated_bytes = u32::try_from(line.stored_bytes()).unwrap_or(u32::MAX);
            }
            Err(_) if is_header(line, dialect.delimiter) => self.drop_header(self.records > 0),
            Err(error) => return Err(self.or_unknown(error)),
            Ok(_) => {}
        }
        Ok(None)
    }

    /// The error, or for a text without anything like a time or a row: that it is no recording.
    fn or_unknown(&self, error: ParseError) -> ParseError {
        let has_time = !matches!(error.field(), None | Some("time"));
        if self.is_table || self.records > 0 || has_time { error } else { crate::format::UNKNOWN }
    }

    fn add_row(&mut self, row: &Row, line: &Line<'_>, delimiters: usize) {
        self.delimiters = if self.records == 0 { delimiters } else { self.delimiters };
        self.records = self.records.saturating_add(1);
        self.dates.add(&row.stamp, (line.number, line.offset));
        self.clock_is_set |= !row.stamp.date.is_unset();
        self.drop_header(row.is_glued);
    }

    fn drop_header(&mut self, is_repeated: bool) {
        self.notices.rows_dropped = self.notices.rows_dropped.saturating_add(is_repeated.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_headers_mean_what_their_words_say() {
        for header in USUAL_HEADERS {
            for mark in ["", "\u{feff}"] {
                let text = std::format!("{mark}{header}\n22:00:00 02/01/2026,96,58,0\n");
                assert!(has_usual_header(text.as_bytes()), "{text}");
                assert_eq!(named(text.as_bytes()), (b',', Columns::VENDOR), "{text}");
            }
            let twice = std::format!("{header}\n{header}\n22:00:00 02/01/2026,96,58,0\n");
            assert!(!has_usual_header(twice.as_bytes()), "a second header may have other words");
        }
    }
}
