//! The first pass over a text: whether all rows can be read, and what their dates tell.

use crate::error::{ParseError, ParseErrorKind};
use crate::format::csv::dates::DateEvidence;
use crate::format::csv::dialect::{Dialect, is_header};
use crate::format::csv::fast::Fast;
use crate::format::csv::fraction::are_sound;
use crate::format::csv::lines::{Line, Lines};
use crate::format::csv::passes::fractions::Fractions;
use crate::format::csv::row::{Row, divided, other_columns, unclear};
use crate::format::csv::time_column::{Form, When};
use crate::format::hints::ParseOptions;
use crate::format::name;
use crate::notices::{Notices, StartSource};
use crate::units::Rounding;

/// Is every row readable, how many are there, where do they end, and what do their dates tell?
#[derive(Default)]
pub(crate) struct Survey {
    pub(crate) records: u32,
    pub(crate) dates: DateEvidence,
    pub(crate) notices: Notices,
    pub(crate) end: usize,
    pub(crate) clock_is_set: bool,
    /// The zone of the first row.
    pub(crate) offset_min: Option<i16>,
    pub(crate) fractions: Fractions,
    /// Number of the line of the first row.
    pub(crate) first_line: u32,
    /// That a reading of the first row may be a fraction; and whether some row has readings that are none.
    doubt: Option<ParseError>,
    has_sound: bool,
    delimiters: usize,
    /// Some line has cells for a time and two readings.
    is_table: bool,
}

pub(crate) fn survey(bytes: &[u8], dialect: &Dialect) -> Result<Survey, ParseError> {
    let mut survey = Survey::of(bytes);
    let mut lines = Lines::new(bytes);
    let mut fast = Fast::new(dialect, lines.is_bytes());
    let add = |survey: &mut Survey, line: &Line<'_>, fast: &mut Fast| {
        let row = survey.add(line, dialect)?;
        row.iter().for_each(|row| fast.learn(line.text, row, None));
        Ok(())
    };
    loop {
        // A row of the same date tells nothing new about dates.
        if let Some(row) = fast.read(lines.rest()) {
            lines.skip_lines(1, row.len);
            survey.records = survey.records.saturating_add(1);
            survey.has_sound |= survey.doubt.is_some() && are_sound(&row.readings);
            survey.count_roundings((row.rounding != Rounding::NONE).into(), row.rounding);
        } else if let Some(result) = lines.next_with(|line| add(&mut survey, line, &mut fast)) {
            result?;
        } else {
            break;
        }
    }
    if survey.records == 0 {
        return Err(survey.or_unknown(ParseError::at_byte(ParseErrorKind::NoSamples, bytes.len())));
    }
    survey.doubtful().map_or(Ok(survey), Err)
}

impl Survey {
    /// Of no row yet.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self { end: bytes.len(), ..Self::default() }
    }

    /// That the first row may have a fraction where a reading should be, and no other row has readings that are none.
    pub(crate) fn doubtful(&self) -> Option<ParseError> {
        self.doubt.filter(|_| !self.has_sound)
    }

    /// Takes the next line; gives its row, unless it is a header or cut.
    pub(crate) fn add(&mut self, line: &Line<'_>, dialect: &Dialect) -> Result<Option<Row>, ParseError> {
        let delimiters = line.text.iter().filter(|&&b| b == dialect.delimiter).count();
        let is_cut = line.is_unfinished() && self.records > 0;
        self.is_table |= delimiters >= 2;
        if dialect.is_known && line.number == dialect.header_line {
            self.drop_header(self.records > 0); // known names are no row, whatever column tells the time
            return Ok(None);
        }
        match Row::read(line, dialect) {
            Ok(row) if !is_cut || delimiters >= self.delimiters => {
                self.add_row(&row, line, dialect, delimiters)?;
                return Ok(Some(row));
            }
            _ if is_cut => {
                self.end = line.offset;
                self.notices.truncated_bytes = u32::try_from(line.stored_bytes()).unwrap_or(u32::MAX);
            }
            Err(_) if is_header(line, dialect.delimiter) => {
                let is_later = self.records > 0;
                if is_later && !dialect.has_columns_of(line.text) {
                    return Err(other_columns(line));
                }
                self.drop_header(is_later);
            }
            Err(_) if line.number < dialect.header_line => {
                self.notices.lines_skipped = self.notices.lines_skipped.saturating_add(1);
            }
            Err(error) => return Err(self.or_unknown(error)),
            Ok(_) => {}
        }
        Ok(None)
    }

    /// Milliseconds from the whole second of a time since an unknown beginning, in the first row, to the start of the recording.
    pub(crate) fn shift_to_start_ms(&mut self, options: &ParseOptions<'_>) -> i64 {
        let (start, source) = name::start(options.file_name);
        self.notices.start_source = source;
        let first_s = self.fractions.first_ms().div_euclid(1_000);
        start.unix_seconds().saturating_sub(first_s).saturating_mul(1_000)
    }

    /// The error, or for a text without anything like a time or a row: that it is no recording.
    fn or_unknown(&self, error: ParseError) -> ParseError {
        let has_time = !matches!(error.field(), None | Some("time"));
        if self.is_table || self.records > 0 || has_time { error } else { ParseError::UNKNOWN }
    }

    fn add_row(
        &mut self,
        row: &Row,
        line: &Line<'_>,
        dialect: &Dialect,
        delimiters: usize,
    ) -> Result<(), ParseError> {
        if self.records == 0 {
            (self.delimiters, self.first_line) = (delimiters, line.number);
            self.doubt = row.doubt_at.map(|at| divided(line, dialect, at));
        }
        match &row.when {
            When::Moment(stamp) => {
                if self.records == 0 {
                    self.offset_min = stamp.offset_min;
                    self.is_universal(dialect.is_universal || stamp.offset_min == Some(0));
                }
                self.dates.add(stamp, (line.number, line.offset));
                self.clock_is_set |= !stamp.date.is_unset();
                self.fractions.add(stamp.clock.milliseconds_of_day());
            }
            &When::Counted(ms) => {
                let runs_back = self.records > 0 && self.fractions.last_ms() > ms;
                if runs_back && matches!(dialect.time.form, Form::Elapsed(..)) {
                    return Err(unclear(line, dialect));
                }
                self.is_universal(matches!(dialect.time.form, Form::Epoch(_)));
                self.clock_is_set = true;
                self.fractions.add(ms);
            }
        }
        self.records = self.records.saturating_add(1);
        let is_rounded = row.readings.spo2.is_some() && row.rounding != Rounding::NONE;
        self.count_roundings(is_rounded.into(), row.rounding);
        self.has_sound |= are_sound(&row.readings);
        self.drop_header(row.is_glued);
        Ok(())
    }

    /// Counts rows whose SpO2 was rounded, and keeps the largest rounding.
    pub(crate) const fn count_roundings(&mut self, rows: u32, largest: Rounding) {
        if rows > 0 {
            self.notices = self.notices.rounded(rows, largest);
        }
    }

    const fn is_universal(&mut self, is: bool) {
        if is {
            self.notices.start_source = StartSource::Universal;
        }
    }

    fn drop_header(&mut self, is_repeated: bool) {
        self.notices.rows_dropped = self.notices.rows_dropped.saturating_add(is_repeated.into());
    }
}
