//! The desaturations of one definition, without the rest of an analysis.

use oxicore::{
    AnalysisOptions, Desaturation, Index, Profile, Recording,
    desaturation::{
        Depth,
        pobm::{self, Group},
    },
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
            other.code()
        ))),
    }
}

fn aasm(night: Recording<'_>, depth: Depth, options: &AnalysisOptions) -> PyResult<Desaturations> {
    let found = night.desaturations(depth, options);
    let valid_s = found.spo2.map_or(0, |spo2| spo2.n * night.interval().as_secs());
    let index = found.odi.index(options.listed, valid_s, &options.into());
    with_depth(index, depth, found.spo2, Events::Aasm(found.events))
}

fn pobm(night: Recording<'_>, depth: Depth, options: &AnalysisOptions) -> PyResult<Desaturations> {
    let mut events = Vec::new();
    let rate = night.pobm(depth, &mut |found| match found {
        pobm::Found::Group(group) => events.push(group),
        pobm::Found::Fall(_) => (),
    });
    with_depth(rate.index(options.listed), depth, None, Events::Pobm(events))
}

/// The index under the name of the depth that was asked for, which need not be one of the printed ones.
fn with_depth(
    index: Index,
    depth: Depth,
    spo2: Option<Spo2Distribution>,
    events: Events,
) -> PyResult<Desaturations> {
    let mut index = serde_json::to_value(index).map_err(internal)?;
    index["threshold"] = depth.code().into();
    Ok(Desaturations { index, spo2, events, provenance: String::new() })
}
