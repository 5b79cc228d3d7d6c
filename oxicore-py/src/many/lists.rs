//! What is listed beside the rows of nights: their events, and their indices by every definition.

use oxicore::{Index, Profile, compare::Comparison};

use crate::{
    events::{self, Events, Named},
    night_row::word,
    provenance::{self, VERSION},
    table::{Cell, Kind},
};

/// Columns of an event of a profile: the night by its place from 0 and its name, then those of the events.
pub(super) fn event_columns(profile: Profile) -> Vec<Named> {
    let night = [("night", Kind::Integer), ("source", Kind::Text)];
    night.into_iter().chain(events::columns(profile).iter().copied()).collect()
}

/// The events of a night.
pub(super) fn events(night: usize, name: &str, events: &Events) -> Vec<Vec<Cell>> {
    let with_night = |row: Vec<Cell>| [place(night), name.into()].into_iter().chain(row).collect();
    events.rows().into_iter().map(with_night).collect()
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
pub(super) fn definitions(night: usize, name: &str, compared: Option<&Comparison>) -> Vec<Vec<Cell>> {
    compared.into_iter().flatten().map(|index| definition(night, name, index)).collect()
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
