//! The stages whose instructions are counted: each is one closure, so that all measure the same way.

use std::hint::black_box;

use oxicore::chart::{Channel, Column, LinePoint, Window, line_budget, line_into, reduce_into};
use oxicore::{
    AnalysisOptions, Desaturation, Recording,
    analysis::{analyze, max_desaturations},
};

use crate::dialects::Dialect;
use crate::night;
use crate::ours;
use crate::rows::Rows;

/// Columns that a night is reduced to.
pub const CHART_COLUMNS: usize = 1_000;

/// A step from bytes to a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Bytes to a view of the recording.
    Parse,
    /// Bytes to plain columns.
    Columns,
    /// The made-up night as other tools write it, to plain columns.
    Other(Dialect),
    /// The same text by the `csv` crate, which must not be faster.
    Peer(Dialect),
    /// A view of the text to all its numbers and events, in lent memory.
    Stream,
    /// Columns to all numbers and events, in lent memory.
    Analyse,
    /// Columns to M4 columns of a picture, in lent memory.
    Reduce,
    /// Columns and events to a line that keeps them, in lent memory.
    Line,
}

impl Stage {
    /// Those of the usual text.
    const USUAL: [Self; 6] =
        [Self::Parse, Self::Columns, Self::Stream, Self::Analyse, Self::Reduce, Self::Line];

    /// All stages in their order.
    pub fn all() -> impl Iterator<Item = Self> {
        let others = Dialect::ALL.into_iter().flat_map(|dialect| [Self::Other(dialect), Self::Peer(dialect)]);
        Self::USUAL.into_iter().chain(others)
    }

    /// As the command line and the list of counts name it.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Other(dialect) => format!("{dialect:?}").to_lowercase(),
            Self::Peer(dialect) => format!("{}-byterecord", Self::Other(dialect).name()),
            usual => format!("{usual:?}").to_lowercase(),
        }
    }

    /// The stage of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|stage| stage.name() == name)
    }

    /// Runs the stage so many times on one file; memory is lent before the first time.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn repeat(self, file: &[u8], times: u32) -> Result<(), String> {
        let text = Recording::parse(file).map_err(|error| error.to_string())?;
        let memory = ours::columns(file).map_err(|error| error.to_string())?;
        let view = memory.night().map_err(|error| error.to_string())?;
        let mut lent = Lent {
            columns: ours::Memory::for_rows(text.len().max(night::RECORDS as usize)),
            events: vec![Desaturation::EMPTY; max_desaturations(&text)],
            slots: [None; CHART_COLUMNS],
            points: vec![LinePoint::default(); line_budget(CHART_COLUMNS, max_desaturations(&text))],
            found: view.analyze(&AnalysisOptions::default()).desaturations3,
            other: self.dialect().map_or(vec![], |dialect| dialect.text(&night::night())),
            rows: Rows::with_capacity(night::RECORDS as usize),
        };
        for _ in 0..times {
            self.once(black_box(file), black_box(text), black_box(view), &mut lent);
        }
        Ok(())
    }

    const fn dialect(self) -> Option<Dialect> {
        match self {
            Self::Other(dialect) | Self::Peer(dialect) => Some(dialect),
            _ => None,
        }
    }

    fn once(self, file: &[u8], text: Recording<'_>, night: Recording<'_>, lent: &mut Lent) {
        let Lent { columns, events, slots, points, found, other, rows } = lent;
        let (options, whole) = (AnalysisOptions::default(), Window::whole(&night));
        match self {
            Self::Parse => drop(black_box(Recording::parse(file))),
            Self::Columns => drop(black_box(columns.read(file))),
            Self::Other(_) => drop(black_box(columns.read(black_box(other)))),
            Self::Peer(dialect) => drop(black_box(dialect.read_with_csv(black_box(other), rows))),
            Self::Stream => drop(black_box(analyze(text, &options, events))),
            Self::Analyse => drop(black_box(analyze(night, &options, events))),
            Self::Reduce => drop(black_box(reduce_into(night, Channel::Spo2, whole, slots))),
            Self::Line => {
                let _ = black_box(line_into(night, Channel::Spo2, whole, CHART_COLUMNS, found, points));
            }
        }
    }
}

/// Memory for what a stage finds, made once.
struct Lent {
    columns: ours::Memory,
    events: Vec<Desaturation>,
    slots: [Option<Column>; CHART_COLUMNS],
    points: Vec<LinePoint>,
    found: Vec<Desaturation>,
    other: Vec<u8>,
    rows: Rows,
}
