//! One night, kept as the file's bytes and what parsing learned about them.

use oxicore::{AnalysisOptions, ParseOptions, Threshold, export};
use pyo3::{
    exceptions::PyValueError,
    prelude::*,
    pybacked::PyBackedBytes,
    types::{PyBytes, PyDateTime},
};

use crate::error::{internal, parse_error};

#[pyclass(frozen, module = "oxicore._core")]
pub(crate) struct Recording {
    bytes: PyBackedBytes,
    layout: oxicore::Layout,
}

#[pymethods]
impl Recording {
    #[new]
    #[pyo3(signature = (data, file_name = None))]
    fn new(py: Python<'_>, data: PyBackedBytes, file_name: Option<&str>) -> PyResult<Self> {
        let options = ParseOptions { file_name, ..ParseOptions::default() };
        let parsed =
            py.detach(|| oxicore::Recording::parse_with(&data, &options).map(|night| night.layout()));
        let layout = parsed.map_err(|error| parse_error(py, error))?;
        Ok(Self { bytes: data, layout })
    }

    fn __len__(&self) -> PyResult<usize> {
        Ok(self.view()?.len())
    }

    #[getter]
    fn format(&self) -> PyResult<&'static str> {
        Ok(self.view()?.format().name())
    }

    #[getter]
    fn start<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDateTime>> {
        let start = self.view()?.start();
        let ((year, month, day), (hour, minute, second)) = (start.date(), start.time());
        PyDateTime::new(py, year.into(), month, day, hour, minute, second, 0, None)
    }

    #[getter]
    fn interval_s(&self) -> PyResult<u32> {
        Ok(self.view()?.interval().as_secs())
    }

    #[getter]
    fn recording_s(&self) -> PyResult<u32> {
        Ok(self.view()?.span().as_secs())
    }

    fn analyze(&self, py: Python<'_>, listed_pct: u8) -> PyResult<(String, String)> {
        let options = AnalysisOptions { listed: threshold(listed_pct)?, ..AnalysisOptions::default() };
        let view = self.view()?;
        py.detach(|| {
            let (summary, desaturations) = oxicore::analyze_vec(view, &options);
            Ok((json(&summary)?, json(&desaturations)?))
        })
    }

    fn to_csv<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let view = self.view()?;
        let file = py.detach(|| {
            let mut file = Vec::new();
            export::csv(view, &mut file).map(|()| file).map_err(not_written)
        })?;
        Ok(PyBytes::new(py, &file))
    }

    fn to_edf<'py>(&self, py: Python<'py>, listed_pct: u8) -> PyResult<Bound<'py, PyBytes>> {
        let options = AnalysisOptions { listed: threshold(listed_pct)?, ..AnalysisOptions::default() };
        let view = self.view()?;
        let file = py.detach(|| {
            let (_, desaturations) = oxicore::analyze_vec(view, &options);
            let mut file = Vec::new();
            export::edf(view, &desaturations, &mut file).map(|()| file).map_err(not_written)
        })?;
        Ok(PyBytes::new(py, &file))
    }
}

fn not_written(error: impl std::fmt::Display) -> PyErr {
    PyValueError::new_err(error.to_string())
}

impl Recording {
    fn view(&self) -> PyResult<oxicore::Recording<'_>> {
        oxicore::Recording::from_layout(&self.bytes, self.layout).map_err(internal)
    }
}

fn threshold(pct: u8) -> PyResult<Threshold> {
    match pct {
        3 => Ok(Threshold::Three),
        4 => Ok(Threshold::Four),
        _ => Err(PyValueError::new_err(format!("listed must be 3 or 4 percent, not {pct}"))),
    }
}

/// The stable JSON: Python reads it back without losing a bit.
fn json(numbers: &impl serde::Serialize) -> PyResult<String> {
    serde_json::to_string(numbers).map_err(internal)
}
