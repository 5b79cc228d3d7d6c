//! What is listed beside the rows of nights: their events, and their indices by every definition.

use oxicore::{Desaturation, Index, compare::Comparison};

use crate::{
    night_row::word,
    provenance::{self, VERSION},
    table::{Cell, Kind},
};

/// Columns of an event: the night by its place from 0 and its name, then those of `Analysis.events`.
pub(super) const EVENT: [(&str, Kind); 14] = [
    ("night", Kind::Integer),
    ("source", Kind::Text),
    ("onset_s", Kind::Integer),
    ("nadir_s", Kind::Integer),
    ("end_s", Kind::Integer),
    ("duration_s", Kind::Integer),
    ("peak_pct", Kind::Integer),
    ("nadir_pct", Kind::Integer),
    ("depth_pct", Kind::Integer),
    ("area_pct_s", Kind::Integer),
    ("outcome", Kind::Text),
    ("counted", Kind::Flag),
    ("below_range", Kind::Flag),
    ("pulse_rise", Kind::Flag),
];

/// An event of a night.
pub(super) fn event(night: usize, name: &str, event: &Desaturation) -> Vec<Cell> {
    vec![
        place(night),
        name.into(),
        event.onset.into(),
        event.nadir_at.into(),
        event.end.into(),
        event.duration().into(),
        event.peak.into(),
        event.nadir.into(),
        event.depth_pct().into(),
        event.area_pct_s.into(),
        word(&event.outcome),
        event.counted.into(),
        event.below_range.into(),
        event.pulse_rise.into(),
    ]
}

/// Columns of an index: the night, then those of `Recording.compare`.
pub(super) const DEFINITION: [(&str, Kind); 13] = [
    ("night", Kind::Integer),
    ("source", Kind::Text),
    ("profile", Kind::Text),
    ("threshold_pct", Kind::Integer),
    ("count", Kind::Integer),
    ("per_h", Kind::Real),
    ("denominator", Kind::Text),
    ("seconds", Kind::Integer),
    ("severity", Kind::Text),
    ("definition", Kind::Text),
    ("settings", Kind::Text),
    ("algorithm_revision", Kind::Integer),
    ("package_version", Kind::Text),
];

/// The indices of a night by every definition.
pub(super) fn definitions(night: usize, name: &str, compared: &Comparison) -> Vec<Vec<Cell>> {
    compared.indices.iter().map(|index| definition(night, name, index)).collect()
}

fn definition(night: usize, name: &str, index: &Index) -> Vec<Cell> {
    vec![
        place(night),
        name.into(),
        index.profile.code().into(),
        index.threshold.as_pct().into(),
        index.count.into(),
        index.per_h.into(),
        word(&index.denominator),
        index.seconds.into(),
        index.severity().map_or(Cell::Missing, |severity| word(&severity)),
        index.to_string().as_str().into(),
        provenance::of_index(index).map_or(Cell::Missing, |changed| changed.as_str().into()),
        index.algorithm_revision.into(),
        VERSION.into(),
    ]
}

fn place(night: usize) -> Cell {
    i64::try_from(night).map_or(Cell::Missing, Cell::Integer)
}
