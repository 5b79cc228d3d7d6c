//! The events of every profile, as rows of a table.

use oxicore::{
    Desaturation, Profile,
    desaturation::{mean120, pobm, viatom},
};

use crate::{
    night_row::word,
    table::{Cell, Kind, Table},
};

/// Events of one profile, in order of time.
#[derive(Clone, Debug)]
pub(crate) enum Events {
    Aasm(Vec<Desaturation>),
    Pobm(Vec<pobm::Group>),
    Mean120(Vec<mean120::Event>),
    Viatom(Vec<viatom::Drop>),
}

/// Name and kind of a column.
pub(crate) type Named = (&'static str, Kind);

/// The last column of profile `aasm`.
pub(crate) const PULSE: &str = "pulse_rise";

const AASM: [Named; 12] = [
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
    (PULSE, Kind::Flag),
];

const POBM: [Named; 3] =
    [("begin_s", Kind::Integer), ("end_s", Kind::Integer), ("desaturations", Kind::Integer)];

const MEAN120: [Named; 6] = [
    ("begin_s", Kind::Integer),
    ("last_s", Kind::Integer),
    ("duration_s", Kind::Integer),
    ("baseline_pct", Kind::Real),
    ("nadir_pct", Kind::Integer),
    ("outcome", Kind::Text),
];

const VIATOM: [Named; 5] = [
    ("begin_s", Kind::Integer),
    ("nadir_s", Kind::Integer),
    ("end_s", Kind::Integer),
    ("baseline_pct", Kind::Real),
    ("nadir_pct", Kind::Integer),
];

/// The columns of a profile's events.
pub(crate) const fn columns(profile: Profile) -> &'static [Named] {
    match profile {
        Profile::Pobm => &POBM,
        Profile::Mean120 | Profile::Mean120Analyzer => &MEAN120,
        Profile::Viatom => &VIATOM,
        _ => &AASM,
    }
}

impl Events {
    pub(crate) const fn len(&self) -> usize {
        match self {
            Self::Aasm(events) => events.len(),
            Self::Pobm(events) => events.len(),
            Self::Mean120(events) => events.len(),
            Self::Viatom(events) => events.len(),
        }
    }

    /// A row each.
    pub(crate) fn rows(&self) -> Vec<Vec<Cell>> {
        match self {
            Self::Aasm(events) => events.iter().map(of_aasm).collect(),
            Self::Pobm(events) => events.iter().map(of_pobm).collect(),
            Self::Mean120(events) => events.iter().map(of_mean120).collect(),
            Self::Viatom(events) => events.iter().map(of_viatom).collect(),
        }
    }

    /// As a table of the first of their columns, with the JSON of how they were found.
    pub(crate) fn table(&self, columns: &[Named], about: String) -> Table {
        Table::from_rows(columns, self.rows()).made_by(about)
    }
}

fn of_aasm(event: &Desaturation) -> Vec<Cell> {
    vec![
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

fn of_pobm(group: &pobm::Group) -> Vec<Cell> {
    vec![group.begin.into(), group.end.into(), group.desaturations.into()]
}

fn of_mean120(event: &mean120::Event) -> Vec<Cell> {
    vec![
        event.onset.into(),
        event.last.into(),
        event.last.since(event.onset).into(),
        Cell::Real(f64::from(event.baseline_sum) / f64::from(event.baseline_n)),
        event.nadir.into(),
        word(&event.outcome),
    ]
}

fn of_viatom(drop: &viatom::Drop) -> Vec<Cell> {
    vec![
        drop.begin.into(),
        drop.nadir_at.into(),
        drop.end.into(),
        Cell::Real(drop.baseline.as_pct().into()),
        drop.nadir.into(),
    ]
}
