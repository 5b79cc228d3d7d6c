//! The desaturations of one definition, without the rest of an analysis.

use oxicore::{
    ALGORITHM_REVISION, AnalysisOptions, BufferTooSmall, Denominator, Desaturation, Index, Profile,
    Recording,
    desaturation::pobm::{Found, Group},
    max_desaturations,
    metrics::distribution::Spo2Distribution,
};
use pyo3::{
    exceptions::{PyAttributeError, PyValueError},
    prelude::*,
};
use serde::Serialize;

use crate::{analysis::json, error::internal};

/// One index and its events.
#[pyclass(frozen, module = "oxicore._core")]
#[derive(Debug)]
pub(crate) struct Desaturations {
    index: Index,
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

type Definition = fn(Recording<'_>, &AnalysisOptions) -> PyResult<Desaturations>;

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

fn aasm(night: Recording<'_>, options: &AnalysisOptions) -> PyResult<Desaturations> {
    let most = max_desaturations(&night);
    let usual = aasm_with_room(night, options, most.min(USUAL_EVENTS));
    usual.or_else(|_| aasm_with_room(night, options, most)).map_err(internal)
}

fn aasm_with_room(
    night: Recording<'_>,
    options: &AnalysisOptions,
    room: usize,
) -> Result<Desaturations, BufferTooSmall> {
    let mut events = vec![Desaturation::EMPTY; room];
    let found = oxicore::desaturations(night, options, &mut events)?;
    let index = Index {
        profile: Profile::Aasm,
        threshold: options.listed,
        count: found.odi.included,
        denominator: Denominator::ValidSpo2,
        seconds: found.spo2.map_or(0, |spo2| spo2.n * night.interval().as_secs()),
        per_h: found.odi.per_h,
        filter: Some(options.filter),
        aasm: Some(options.aasm),
        algorithm_revision: ALGORITHM_REVISION,
    };
    let (spo2, found) = (found.spo2, found.events.len());
    events.truncate(found);
    Ok(Desaturations { index, spo2, events: Events::Aasm(events), provenance: String::new() })
}

fn pobm(night: Recording<'_>, options: &AnalysisOptions) -> PyResult<Desaturations> {
    let mut events = Vec::new();
    let index = oxicore::pobm_alone(night, options.listed, &mut |found| match found {
        Found::Group(group) => events.push(group),
        Found::Fall(_) => (),
    });
    Ok(Desaturations { index, spo2: None, events: Events::Pobm(events), provenance: String::new() })
}
