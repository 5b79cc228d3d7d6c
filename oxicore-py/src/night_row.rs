//! What a cohort's table says of one night.

mod columns;

use oxicore::{
    Index, ParseError, Profile, PulseRate, Span, Spo2, Summary, metrics::distribution::TimeBelow,
    summary::AasmCounts, time::LocalDateTime,
};
use serde::Serialize;
use serde_json::Value;

use crate::{
    provenance::Provenance,
    table::{Cell, Kind},
};

pub(crate) use columns::COLUMNS;

/// Where the entry of a column comes from.
#[derive(Clone, Copy)]
pub(crate) enum Entry {
    /// Path or name of the file.
    Source,
    /// Why there are no numbers, as a word.
    ErrorCode,
    /// The same as a sentence.
    ErrorText,
    /// How the numbers were made, or would have been.
    Provenance(fn(&Provenance) -> Cell),
    /// A figure of a night that was read.
    Figure(fn(&Numbers) -> Cell),
}

/// Names and kinds of the columns.
pub(crate) fn names() -> Vec<(&'static str, Kind)> {
    COLUMNS.iter().map(|&(name, kind, _)| (name, kind)).collect()
}

/// Why a night has no numbers.
pub(crate) struct Fault {
    pub(crate) code: &'static str,
    pub(crate) text: String,
}

impl Fault {
    /// What is wrong with a file.
    pub(crate) fn of(error: &ParseError) -> Self {
        Self { code: error.code(), text: error.to_string() }
    }
}

/// The numbers of a night and its indices at 3 % and 4 % by one profile.
pub(crate) struct Numbers {
    pub(crate) summary: Summary,
    pub(crate) profile: Profile,
    pub(crate) indices: [Option<Index>; 2],
    /// Rows that could not be read and were left out.
    pub(crate) rows_skipped: u32,
}

impl Numbers {
    /// Counts that the profile `aasm` alone has.
    fn aasm(&self) -> Option<&AasmCounts> {
        (self.profile == Profile::Aasm).then_some(&self.summary.aasm)
    }

    /// Time below a level.
    fn below(&self, level_pct: u8) -> Option<&TimeBelow> {
        self.summary.spo2.as_ref()?.time_below.iter().find(|below| below.level_pct == level_pct)
    }
}

/// A row: the numbers, or why there are none.
pub(crate) fn row(source: &str, night: &Result<Numbers, Fault>, by: &Provenance) -> Vec<Cell> {
    let cell = |entry: Entry| match (entry, night) {
        (Entry::Source, _) => source.into(),
        (Entry::Provenance(of), _) => of(by),
        (Entry::ErrorCode, Err(fault)) => fault.code.into(),
        (Entry::ErrorText, Err(fault)) => fault.text.as_str().into(),
        (Entry::Figure(figure), Ok(numbers)) => figure(numbers),
        (Entry::ErrorCode | Entry::ErrorText, Ok(_)) | (Entry::Figure(_), Err(_)) => Cell::Missing,
    };
    COLUMNS.iter().map(|&(.., entry)| cell(entry)).collect()
}

/// An entry of what a night may lack.
fn of<T>(part: Option<&T>, figure: impl Fn(&T) -> Cell) -> Cell {
    part.map_or(Cell::Missing, figure)
}

/// The word that the JSON of every binding has for a value.
pub(crate) fn word(value: &impl Serialize) -> Cell {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => Cell::Text(word),
        _ => Cell::Missing,
    }
}

macro_rules! cell_from {
    ($($from:ty => |$value:ident| $cell:expr),* $(,)?) => {
        $(impl From<$from> for Cell {
            fn from($value: $from) -> Self { $cell }
        })*
    };
}

cell_from! {
    u32 => |number| Self::Integer(number.into()),
    f64 => |number| Self::Real(number),
    bool => |flag| Self::Flag(flag),
    &str => |text| Self::Text(text.to_owned()),
    u8 => |number| Self::Integer(number.into()),
    LocalDateTime => |moment| Self::Moment(moment),
    Span => |span| Self::Integer(span.as_secs().into()),
    Spo2 => |spo2| Self::Integer(spo2.as_pct().into()),
    PulseRate => |pulse| Self::Integer(pulse.as_bpm().into()),
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Missing, Into::into)
    }
}
