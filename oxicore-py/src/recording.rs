//! One night, kept as columns: of a file, of arrays, a part of another one, or the files of one joined.

use numpy::PyReadonlyArray1;
use oxicore::{
    AnalysisOptions, OwnedRecording, Profile, Span,
    below_range::BelowRangeRun,
    chart::{Channel, Window},
    desaturation::aasm::Config,
    export,
};
use pyo3::{
    exceptions::PyValueError,
    prelude::*,
    pybacked::PyBackedBytes,
    types::{PyBytes, PyCapsule, PyDateTime, PyDict},
};
use serde_json::json;

use crate::{
    analysis::{Analysis, json, with_definition},
    arrays,
    columns::{self, Columns, PlainColumns},
    desaturations::{self, Desaturations},
    error::{detached, parse_error},
    hints::Hints,
    notices, options,
    provenance::{Asked, Provenance},
    reconcile,
    table::{self, Cell, Kind, Table},
    within::{self, Chosen, Parts},
};

#[pyclass(frozen, module = "oxicore._core")]
pub(crate) struct Recording {
    night: OwnedRecording,
    /// Rows of the file that were left out.
    rows_skipped: u32,
}

#[pymethods]
impl Recording {
    #[new]
    #[pyo3(signature = (data, file_name = None, interval_s = None, hints = None, rows_skipped = 0))]
    fn new(
        py: Python<'_>,
        data: PyBackedBytes,
        file_name: Option<&str>,
        interval_s: Option<u32>,
        hints: Option<Hints>,
        rows_skipped: u32,
    ) -> PyResult<Self> {
        let hints = hints.unwrap_or_default();
        let options = hints.options(file_name, interval_s);
        let read = detached(py, || OwnedRecording::read(&data, &options))?;
        read.map(|night| Self { night, rows_skipped }).map_err(|error| parse_error(py, error))
    }

    /// From growing seconds since 1970 by the wall clock, and readings with a negative number for none; SpO2 in whole percents
    /// and as it was given.
    #[staticmethod]
    fn of_arrays(
        py: Python<'_>,
        time_s: PyReadonlyArray1<'_, i64>,
        spo2_pct: PyReadonlyArray1<'_, i32>,
        fine_spo2_pct: PyReadonlyArray1<'_, f64>,
        pulse_bpm: PyReadonlyArray1<'_, i32>,
        motion: PyReadonlyArray1<'_, i32>,
    ) -> PyResult<Self> {
        let (time_s, fine_pct) = (time_s.as_slice()?, fine_spo2_pct.as_slice()?);
        let readings = [spo2_pct.as_slice()?, pulse_bpm.as_slice()?, motion.as_slice()?];
        let night = detached(py, || arrays::night(time_s, readings, fine_pct))?;
        night.map(|night| Self { night, rows_skipped: 0 }).map_err(PyValueError::new_err)
    }

    /// The night that recordings make together.
    #[staticmethod]
    fn joined(py: Python<'_>, parts: Vec<Bound<'_, Self>>, rows_skipped: u32) -> PyResult<Self> {
        let views: Vec<_> = parts.iter().map(|part| part.get().view()).collect();
        let starts: Vec<_> = views.iter().map(|part| part.start().to_string()).collect();
        let night = detached(py, || OwnedRecording::join(views))?;
        night.map(|night| Self { night, rows_skipped }).map_err(|why| {
            let starts = starts.join(", ");
            PyValueError::new_err(format!("the recordings of {starts} are not one night: {why}"))
        })
    }

    /// The records from `from_s` up to, not including, `to_s`; `None` if there are none.
    fn part(&self, py: Python<'_>, from_s: u32, to_s: u32) -> PyResult<Option<Self>> {
        let part = detached(py, || self.night.slice(Span::from_secs(from_s), Span::from_secs(to_s)))?;
        Ok(part.map(|night| Self { night, rows_skipped: self.rows_skipped }))
    }

    fn __len__(&self) -> usize {
        self.view().len()
    }

    #[getter]
    fn format(&self) -> &'static str {
        self.view().format().code()
    }

    #[getter]
    fn start<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDateTime>> {
        table::wall_clock(py, self.view().start())
    }

    #[getter]
    fn interval_s(&self) -> u32 {
        self.view().interval().as_secs()
    }

    #[getter]
    fn recording_s(&self) -> u32 {
        self.view().span().as_secs()
    }

    /// JSON of what the device stored and what was noticed while reading.
    fn facts(&self) -> PyResult<String> {
        let view = self.view();
        let notices = notices::with_skipped(&view.notices(), self.rows_skipped)?;
        json(&json!({"device": view.device_summary(), "notices": notices}))
    }

    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Columns<'py>> {
        columns::numpy_columns(py, self.view().start(), &self.night.columns())
    }

    fn columns_with_nan<'py>(&self, py: Python<'py>) -> PyResult<PlainColumns<'py>> {
        columns::columns_with_nan(py, self.view().start(), &self.night.columns())
    }

    fn arrow_c_stream<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let start = self.view().start();
        table::stream(py, detached(py, || columns::arrow_batch(start, &self.night.columns()))??)
    }

    fn arrow_c_schema<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        table::schema(py, columns::night_schema())
    }

    /// The numbers, the events, and the indices by the chosen profile; of the whole night, or of parts of it.
    #[pyo3(signature = (profile, listed_pct, settings, within = None))]
    fn analyze(
        &self,
        py: Python<'_>,
        profile: &str,
        listed_pct: i64,
        settings: &Bound<'_, PyDict>,
        within: Option<Chosen>,
    ) -> PyResult<Analysis> {
        let (options, profile) = (options::analysis(settings)?, options::profile(profile)?);
        let depth = options::depth(listed_pct)?;
        options::refuse_unused(profile, settings, within.is_some())?;
        let view = self.view();
        let parts = parts(within, view)?;
        let asked = Asked { options, profile, listed_pct, parts };
        detached(py, || {
            let Asked { options, parts, .. } = &asked;
            let within = within::view(parts.as_ref());
            let (summary, desaturations) = desaturations::numbers(view, depth, options, within);
            let others = profile != Profile::Aasm;
            let compared = others.then(|| options::compared(view, options, within));
            let indices = options::indices(&summary, profile, compared.as_ref());
            let events = others.then(|| desaturations::listed(view, profile, depth, options, within));
            let rows_skipped = self.rows_skipped;
            Analysis { summary, desaturations, events, indices, rows_skipped, asked }
        })
    }

    /// JSON of the numbers beside the summary.
    #[pyo3(signature = (settings, within = None))]
    fn supplement(
        &self,
        py: Python<'_>,
        settings: &Bound<'_, PyDict>,
        within: Option<Chosen>,
    ) -> PyResult<String> {
        let options = options::analysis(settings)?;
        let view = self.view();
        let parts = parts(within, view)?;
        json(&detached(py, || view.supplement(&options, within::view(parts.as_ref())))?)
    }

    /// The events of one definition and their index.
    #[pyo3(signature = (profile, listed_pct, settings, within = None))]
    fn desaturations(
        &self,
        py: Python<'_>,
        profile: &str,
        listed_pct: i64,
        settings: &Bound<'_, PyDict>,
        within: Option<Chosen>,
    ) -> PyResult<Desaturations> {
        let profile = options::profile(profile)?;
        let (depth, options) = (options::depth_of(profile, listed_pct)?, options::analysis(settings)?);
        options::refuse_unused(profile, settings, within.is_some())?;
        let view = self.view();
        let parts = parts(within, view)?;
        let find = || desaturations::find(view, profile, depth, &options, within::view(parts.as_ref()));
        let found = detached(py, find)?;
        Ok(Desaturations { found, depth, asked: Asked { options, profile, listed_pct, parts } })
    }

    /// JSON of every index of every profile, each with the sentence that defines it; of parts of a night those of the
    /// profiles that know parts.
    #[pyo3(signature = (settings, within = None))]
    fn compare(
        &self,
        py: Python<'_>,
        settings: &Bound<'_, PyDict>,
        within: Option<Chosen>,
    ) -> PyResult<(String, String)> {
        let options = options::analysis(settings)?;
        let view = self.view();
        let parts = parts(within, view)?;
        let provenance = Provenance::of(&options)?.within(parts.as_ref()).to_json(&[]);
        let rows = detached(py, || {
            let compared = options::compared(view, &options, within::view(parts.as_ref()));
            json(&compared.iter().map(with_definition).collect::<PyResult<Vec<_>>>()?)
        })??;
        Ok((rows, provenance))
    }

    /// JSON of the events of two definitions, matched or lost, and of how they were found.
    fn reconcile(&self, py: Python<'_>, a: &str, b: &str) -> PyResult<(String, String)> {
        let (a, b) = (reconcile::parsed(a)?, reconcile::parsed(b)?);
        let view = self.view();
        detached(py, || reconcile::reconciled(view, a, b))?
    }

    /// Points of a line that shows every event, over part of the night.
    fn line(&self, py: Python<'_>, channel: &str, columns: usize, from_s: u32, to_s: u32) -> PyResult<Table> {
        let (name, channel) = named_channel(channel)?;
        let window = Window { from: Span::from_secs(from_s), to: Span::from_secs(to_s) };
        let view = self.view();
        let points = detached(py, || {
            let events = view.analyze(&AnalysisOptions::default()).desaturations3;
            view.line(channel, window, columns, &events)
        })?;
        let names = [("at_s", Kind::Integer), (name, Kind::Integer), ("segment", Kind::Integer)];
        let row = |point: &oxicore::chart::LinePoint| {
            let values = [point.at.as_secs(), point.value.into(), point.segment];
            values.map(Cell::from).to_vec()
        };
        Ok(Table::from_rows(&names, points.iter().map(row).collect()))
    }

    /// Runs below the ring's range: the reading before, the reading after, records between.
    fn below_range_runs(&self) -> Vec<(u32, u32, u32)> {
        let Config { below_range, max_gap, .. } = Config::default();
        let seconds = |run: BelowRangeRun| (run.before.as_secs(), run.after.as_secs(), run.readings);
        self.view().below_range_runs(below_range, max_gap).map(seconds).collect()
    }

    fn to_csv<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let view = self.view();
        let file = detached(py, || {
            let mut file = Vec::new();
            export::csv(view, &mut file).map(|()| file).map_err(not_written)
        })??;
        Ok(PyBytes::new(py, &file))
    }

    fn to_edf<'py>(
        &self,
        py: Python<'py>,
        listed_pct: i64,
        fills_gaps: bool,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let gaps = if fills_gaps { export::Gaps::Filled } else { export::Gaps::Left };
        let listed = options::depth(listed_pct)?;
        let view = self.view();
        let file = detached(py, || {
            let desaturations = view.desaturations(listed, &AnalysisOptions::default()).events;
            let mut file = Vec::new();
            export::edf(view, &desaturations, gaps, &mut file).map(|()| file).map_err(not_written)
        })??;
        Ok(PyBytes::new(py, &file))
    }
}

/// The parts that were chosen, in this night.
fn parts(within: Option<Chosen>, night: oxicore::Recording<'_>) -> PyResult<Option<Parts>> {
    within.map(|chosen| chosen.of(night).map_err(PyValueError::new_err)).transpose()
}

fn not_written(error: impl std::fmt::Display) -> PyErr {
    PyValueError::new_err(error.to_string())
}

fn named_channel(name: &str) -> PyResult<(&'static str, Channel)> {
    match name {
        "spo2" => Ok(("spo2_pct", Channel::Spo2)),
        "pulse" => Ok(("pulse_bpm", Channel::Pulse)),
        "motion" => Ok(("motion", Channel::Motion)),
        _ => Err(PyValueError::new_err(format!("channel must be spo2, pulse or motion, not {name:?}"))),
    }
}

impl Recording {
    /// How many rows of its file were left out.
    pub(crate) const fn rows_skipped(&self) -> u32 {
        self.rows_skipped
    }

    /// The night in place.
    pub(crate) fn view(&self) -> oxicore::Recording<'_> {
        self.night.view()
    }
}
