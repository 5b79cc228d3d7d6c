//! The desaturations of one definition, without the rest of an analysis.

use oxicore::{
    ALGORITHM_REVISION, AnalysisOptions, BufferTooSmall, Denominator, Desaturation, Index, OdiCount, Profile,
    Recording,
    desaturation::{
        Depth,
        pobm::{self, Group},
    },
    max_desaturations,
    metrics::distribution::Spo2Distribution,
};
use pyo3::{
    exceptions::{PyAttributeError, PyValueError},
    prelude::*,
};
use serde::Serialize;
use serde_json::Value;

use crate::{analysis::json, error::internal};

/// One index and its events.
#[pyclass(frozen, module = "oxicore._core")]
#[derive(Debug)]
pub(crate) struct Desaturations {
    index: Value,
    spo2: Option<Spo2Distribution>,
    events: Events,
    /// JSON of how they were found.
    provenance: String,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Events {
    Aasm(Vec<Desaturation>),
    Pobm(Vec<Group>),
}

#[pymethods]
impl Desaturations {
    /// Number of events, whatever their outcome.
    fn __len__(&self) -> usize {
        match &self.events {
            Events::Aasm(events) => events.len(),
            Events::Pobm(events) => events.len(),
        }
    }

    /// JSON of one part.
    fn section(&self, name: &str) -> PyResult<String> {
        match name {
            "provenance" => Ok(self.provenance.clone()),
            "index" => json(&self.index),
            "spo2" => json(&self.spo2),
            "events" => json(&self.events),
            _ => Err(PyAttributeError::new_err(name.to_owned())),
        }
    }
}

impl Desaturations {
    /// The same with the JSON of how they were found.
    pub(crate) fn made_by(self, provenance: String) -> Self {
        Self { provenance, ..self }
    }
}

type Definition = fn(Recording<'_>, Depth, &AnalysisOptions) -> PyResult<Desaturations>;

/// By a profile that lists its events; the others only count.
pub(crate) fn listing(profile: Profile) -> PyResult<Definition> {
    match profile {
        Profile::Aasm => Ok(aasm),
        Profile::Pobm => Ok(pobm),
        other => Err(PyValueError::new_err(format!(
            "profile {:?} counts without listing; aasm and pobm list their events",
            other.name()
        ))),
    }
}

/// Hardly a night has more events: room for all that could be is lent only to those.
const USUAL_EVENTS: usize = 1_024;

fn aasm(night: Recording<'_>, depth: Depth, options: &AnalysisOptions) -> PyResult<Desaturations> {
    if depth != Depth::from(options.listed) {
        let mut events = Vec::new();
        let (odi, spo2) = oxicore::desaturations_at(night, depth, options, &mut |event| events.push(event));
        return with_depth(index_of(night, options, odi, spo2.as_ref()), depth, spo2, Events::Aasm(events));
    }
    let most = max_desaturations(&night);
    let usual = aasm_with_room(night, options, most.min(USUAL_EVENTS));
    let (index, spo2, events) = usual.or_else(|_| aasm_with_room(night, options, most)).map_err(internal)?;
    with_depth(index, depth, spo2, Events::Aasm(events))
}

type Found = (Index, Option<Spo2Distribution>, Vec<Desaturation>);

fn aasm_with_room(
    night: Recording<'_>,
    options: &AnalysisOptions,
    room: usize,
) -> Result<Found, BufferTooSmall> {
    let mut events = vec![Desaturation::EMPTY; room];
    let found = oxicore::desaturations(night, options, &mut events)?;
    let index = index_of(night, options, found.odi, found.spo2.as_ref());
    let (spo2, found) = (found.spo2, found.events.len());
    events.truncate(found);
    Ok((index, spo2, events))
}

fn index_of(
    night: Recording<'_>,
    options: &AnalysisOptions,
    odi: OdiCount,
    spo2: Option<&Spo2Distribution>,
) -> Index {
    Index {
        profile: Profile::Aasm,
        threshold: options.listed,
        count: odi.included,
        denominator: Denominator::ValidSpo2,
        seconds: spo2.map_or(0, |spo2| spo2.n * night.interval().as_secs()),
        per_h: odi.per_h,
        filter: Some(options.filter),
        aasm: Some(options.aasm),
        algorithm_revision: ALGORITHM_REVISION,
    }
}

fn pobm(night: Recording<'_>, depth: Depth, options: &AnalysisOptions) -> PyResult<Desaturations> {
    let mut events = Vec::new();
    let rate = oxicore::pobm_at(night, depth, &mut |found| match found {
        pobm::Found::Group(group) => events.push(group),
        pobm::Found::Fall(_) => (),
    });
    let index = Index {
        profile: Profile::Pobm,
        threshold: options.listed,
        count: rate.count,
        denominator: Denominator::Recording,
        seconds: rate.seconds,
        per_h: rate.per_h,
        filter: None,
        aasm: None,
        algorithm_revision: ALGORITHM_REVISION,
    };
    with_depth(index, depth, None, Events::Pobm(events))
}

/// The index under the name of the depth that was asked for, which need not be one of the printed ones.
fn with_depth(
    index: Index,
    depth: Depth,
    spo2: Option<Spo2Distribution>,
    events: Events,
) -> PyResult<Desaturations> {
    let mut index = serde_json::to_value(index).map_err(internal)?;
    index["threshold"] = depth.name().into();
    Ok(Desaturations { index, spo2, events, provenance: String::new() })
}
