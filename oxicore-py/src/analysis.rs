//! The numbers of one night, section by section: what nobody asks for is not converted.

use oxicore::{Desaturation, Index, Summary};
use pyo3::{exceptions::PyAttributeError, prelude::*};
use serde::Serialize;
use serde_json::{Value, json as object};

use crate::{
    error::internal,
    events::{self, Events},
    notices,
    provenance::{self, Asked, VERSION},
    table::Table,
};

/// Numbers, listed events, and the indices at 3 % and 4 % by the chosen profile.
#[pyclass(frozen, module = "oxicore._core")]
#[derive(Debug)]
pub(crate) struct Analysis {
    pub(crate) summary: Summary,
    pub(crate) desaturations: Vec<Desaturation>,
    /// Those of the profile, where it is another than `aasm`.
    pub(crate) events: Option<Events>,
    pub(crate) indices: [Option<Index>; 2],
    /// Rows of the file that were left out.
    pub(crate) rows_skipped: u32,
    /// How they were made.
    pub(crate) asked: Asked,
}

#[pymethods]
impl Analysis {
    /// JSON of all numbers: the stable one that every binding shows.
    fn summary(&self) -> PyResult<String> {
        if self.rows_skipped == 0 {
            return json(&self.summary);
        }
        let mut all = serde_json::to_value(self.summary).map_err(internal)?;
        all["notices"]["rows_skipped"] = self.rows_skipped.into();
        json(&all)
    }

    /// The listed events of the profile, a row each.
    fn events(&self) -> PyResult<Table> {
        let (columns, about) = (events::columns(self.asked.profile), self.asked.to_json()?);
        Ok(match &self.events {
            Some(events) => events.table(columns, about),
            None => Events::Aasm(self.desaturations.clone()).table(columns, about),
        })
    }

    /// Number of listed desaturations.
    fn __len__(&self) -> usize {
        self.desaturations.len()
    }

    /// JSON of one part of the numbers, or of what stands beside them.
    fn section(&self, name: &str) -> PyResult<String> {
        let all = &self.summary;
        match name {
            "algorithm_revision" => json(&all.algorithm_revision),
            "recording" => json(&all.recording),
            "settings" => json(&all.settings),
            "quality" => json(&all.quality),
            "spo2" => json(&all.spo2),
            "pulse" => json(&all.pulse),
            "aasm" => json(&all.aasm),
            "burden3" => json(&all.burden3),
            "burden4" => json(&all.burden4),
            "delta_index_pct" => json(&all.delta_index_pct),
            "coupled3" => json(&all.coupled3),
            "hours" => json(&all.hours),
            "halves" => json(&all.halves),
            "viatom" => json(&all.viatom),
            "device" => json(&all.device),
            "notices" => json(&notices::with_skipped(&all.notices, self.rows_skipped)?),
            "desaturations" => json(&self.desaturations),
            "provenance" => self.asked.to_json(),
            "index3" => json(&self.indices[0]),
            "index4" => json(&self.indices[1]),
            "definition3" => json(&self.indices[0].as_ref().map(with_definition).transpose()?),
            "definition4" => json(&self.indices[1].as_ref().map(with_definition).transpose()?),
            _ => Err(PyAttributeError::new_err(name.to_owned())),
        }
    }
}

/// An index and what belongs to it: its severity, its definition, and the settings that are not as usual.
pub(crate) fn with_definition(index: &Index) -> PyResult<Value> {
    Ok(object!({
        "index": index,
        "severity": index.severity(),
        "definition": index.to_string(),
        "settings": provenance::of_index(index)?,
        "package_version": VERSION,
    }))
}

/// Python reads it back without losing a bit.
pub(crate) fn json(numbers: &impl Serialize) -> PyResult<String> {
    serde_json::to_string(numbers).map_err(internal)
}
