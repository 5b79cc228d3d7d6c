//! One night, kept as the file's bytes and what parsing learned about them.

use oxicore::{
    AnalysisOptions, Profile, Span, Threshold,
    below_range::BelowRangeRun,
    chart::{Channel, Window},
    columns::SampleColumns,
    desaturation::aasm::Config,
    export,
    notices::Notices,
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
    columns::{self, Columns},
    desaturations::{self, Desaturations},
    error::{detached, internal, parse_error},
    hints::Hints,
    notices, options,
    provenance::Provenance,
    rows,
    table::{self, Cell, Kind, Table},
    within::{self, Chosen, Parts},
};

#[pyclass(frozen, module = "oxicore._core")]
pub(crate) struct Recording {
    bytes: PyBackedBytes,
    layout: oxicore::format::Layout,
    /// Those of the layout, or for a part of a night what is true of it.
    notices: Notices,
    /// Rows of the file that were left out.
    rows_skipped: u32,
    /// Filled while reading.
    columns: SampleColumns,
}

#[pymethods]
impl Recording {
    #[new]
    #[pyo3(signature = (data, file_name = None, interval_s = None, part_of = None, hints = None, rows_skipped = 0))]
    fn new(
        py: Python<'_>,
        data: PyBackedBytes,
        file_name: Option<&str>,
        interval_s: Option<u32>,
        part_of: Option<&str>,
        hints: Option<Hints>,
        rows_skipped: u32,
    ) -> PyResult<Self> {
        let hints = hints.unwrap_or_default();
        let options = hints.options(file_name, interval_s);
        let read = detached(py, || {
            let (night, columns) = oxicore::recording::read_columns(&data, &options)?;
            Ok((night.layout(), night.notices(), columns))
        })?;
        let (layout, own, columns) = read.map_err(|error| parse_error(py, error))?;
        let notices = notices::of_text(own, part_of).map_err(internal)?;
        Ok(Self { bytes: data, layout, notices, rows_skipped, columns })
    }

    fn __len__(&self) -> PyResult<usize> {
        Ok(self.view()?.len())
    }

    #[getter]
    fn format(&self) -> PyResult<&'static str> {
        Ok(self.view()?.format().code())
    }

    #[getter]
    fn start<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDateTime>> {
        table::wall_clock(py, self.view()?.start())
    }

    #[getter]
    fn interval_s(&self) -> PyResult<u32> {
        Ok(self.view()?.interval().as_secs())
    }

    #[getter]
    fn recording_s(&self) -> PyResult<u32> {
        Ok(self.view()?.span().as_secs())
    }

    /// JSON of what the device stored and what was noticed while reading.
    fn facts(&self) -> PyResult<String> {
        let view = self.view()?;
        let notices = notices::with_skipped(&self.notices, self.rows_skipped)?;
        json(&json!({"device": view.device_summary(), "notices": notices}))
    }

    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Columns<'py>> {
        columns::numpy_columns(py, self.view()?.start(), &self.columns)
    }

    fn arrow_c_stream<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let start = self.view()?.start();
        table::stream(py, detached(py, || columns::arrow_batch(start, &self.columns))??)
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
        let (options, profile) = (options::analysis(listed_pct, settings)?, options::profile(profile)?);
        options::refuse_unused(profile, settings, within.is_some())?;
        let view = self.samples()?;
        let parts = parts(within, view)?;
        let asked = [("profile", json!(profile.code())), ("listed_pct", json!(listed_pct))];
        let provenance = Provenance::of(&options)?.within(parts.as_ref()).to_json(&asked);
        detached(py, || {
            let within = within::view(parts.as_ref());
            let (mut summary, desaturations) = desaturations::numbers(view, &options, within);
            summary.notices = self.notices;
            let others = profile != Profile::Aasm;
            let compared = others.then(|| options::compared(view, &options, within));
            let indices = options::indices(&summary, profile, compared.as_ref());
            let depth = if profile == Profile::AasmNested { Threshold::Four } else { options.listed };
            let events =
                others.then(|| desaturations::find(view, profile, depth.into(), &options, within).events);
            let rows_skipped = self.rows_skipped;
            Analysis { summary, desaturations, profile, events, indices, rows_skipped, provenance }
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
        let options = options::analysis(3, settings)?;
        let view = self.samples()?;
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
        let depth = options::depth(listed_pct, profile)?;
        let is_printed = options::threshold(listed_pct).is_ok();
        let options = options::analysis(if is_printed { listed_pct } else { 3 }, settings)?;
        options::refuse_unused(profile, settings, within.is_some())?;
        let view = self.samples()?;
        let parts = parts(within, view)?;
        let asked = [("profile", json!(profile.code())), ("listed_pct", json!(listed_pct))];
        let provenance = Provenance::of(&options)?.within(parts.as_ref()).to_json(&asked);
        let find = || desaturations::find(view, profile, depth, &options, within::view(parts.as_ref()));
        Ok(detached(py, find)?.made_by(provenance))
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
        let options = options::analysis(3, settings)?;
        let view = self.samples()?;
        let parts = parts(within, view)?;
        let provenance = Provenance::of(&options)?.within(parts.as_ref()).to_json(&[]);
        let rows = detached(py, || {
            let compared = options::compared(view, &options, within::view(parts.as_ref()));
            json(&compared.iter().map(with_definition).collect::<PyResult<Vec<_>>>()?)
        })??;
        Ok((rows, provenance))
    }

    /// Points of a line that shows every event, over part of the night.
    fn line(&self, py: Python<'_>, channel: &str, columns: usize, from_s: u32, to_s: u32) -> PyResult<Table> {
        let (name, channel) = named_channel(channel)?;
        let window = Window { from: Span::from_secs(from_s), to: Span::from_secs(to_s) };
        let view = self.samples()?;
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
    fn below_range_runs(&self) -> PyResult<Vec<(u32, u32, u32)>> {
        let Config { below_range, max_gap, .. } = Config::default();
        let seconds = |run: BelowRangeRun| (run.before.as_secs(), run.after.as_secs(), run.readings);
        Ok(self.samples()?.below_range_runs(below_range, max_gap).map(seconds).collect())
    }

    /// Text of the records from `from_s` up to, not including, `to_s`; `None` if there are none.
    fn between<'py>(&self, py: Python<'py>, from_s: u32, to_s: u32) -> PyResult<Option<Bound<'py, PyBytes>>> {
        let view = self.view()?;
        let text = detached(py, || rows::between(view, Span::from_secs(from_s), Span::from_secs(to_s)))?;
        Ok(text.map(|text| PyBytes::new(py, &text)))
    }

    fn to_csv<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let view = self.view()?;
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
        let listed = options::threshold(listed_pct)?;
        let view = self.view()?;
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
    /// The night as its columns hold it: without its alarms, which no number needs.
    pub(crate) fn samples(&self) -> PyResult<oxicore::Recording<'_>> {
        self.view()?.with_columns(self.columns.view()).map_err(internal)
    }

    /// What was noticed while reading it, or the file that it is part of.
    pub(crate) fn notices(&self) -> Notices {
        self.notices
    }

    /// How many rows of its file were left out.
    pub(crate) const fn rows_skipped(&self) -> u32 {
        self.rows_skipped
    }

    /// The night in place.
    pub(crate) fn view(&self) -> PyResult<oxicore::Recording<'_>> {
        oxicore::Recording::from_layout(&self.bytes, self.layout).map_err(internal)
    }
}
