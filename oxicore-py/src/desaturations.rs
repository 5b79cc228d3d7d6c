//! The desaturations of one definition, without the rest of an analysis.

use oxicore::{
    AnalysisOptions, Desaturation, Profile, Recording, Summary, Threshold,
    analysis::{Within, desaturations_within},
    compare::Rate,
    desaturation::{Depth, mean120, pobm},
    index::Denominator,
    metrics::distribution::Spo2Distribution,
    summary::{ALGORITHM_REVISION, OdiCount},
};
use pyo3::prelude::*;
use serde_json::{Value, json as object};

use crate::{
    events::{self, Events},
    plain::plain,
    provenance::Asked,
    table::Table,
};

/// One index and its events.
#[pyclass(frozen, module = "oxicore._core")]
#[derive(Debug)]
pub(crate) struct Desaturations {
    pub(crate) found: Found,
    pub(crate) depth: Depth,
    /// How they were found.
    pub(crate) asked: Asked,
}

#[pymethods]
impl Desaturations {
    /// Number of events, whatever their outcome.
    fn __len__(&self) -> usize {
        self.found.events.len()
    }

    /// JSON of how they were found.
    fn provenance(&self) -> PyResult<String> {
        self.asked.to_json()
    }

    /// What an `Index` says, at any depth.
    fn index<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.described())
    }

    /// The accepted readings.
    fn spo2<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.found.spo2)
    }

    /// A row each, without the pulse, which only a whole analysis looks for.
    fn events(&self) -> PyResult<Table> {
        let columns: Vec<_> = events::columns(self.asked.profile)
            .iter()
            .copied()
            .filter(|(name, _)| *name != events::PULSE)
            .collect();
        Ok(self.found.events.table(&columns, self.asked.to_json()?))
    }
}

impl Desaturations {
    fn described(&self) -> Value {
        let Asked { options, profile, .. } = &self.asked;
        let (count, seconds, per_h) = self.found.rate;
        let denominator = profile.denominator();
        let is_filtered = matches!(denominator, Denominator::ValidSpo2);
        let has_geometry = matches!(profile, Profile::Aasm | Profile::AasmNested);
        object!({
            "profile": profile.code(),
            "threshold": self.depth.code(),
            "count": count,
            "denominator": denominator,
            "seconds": seconds,
            "per_h": per_h,
            "interval_too_coarse": self.found.interval_too_coarse,
            "filter": is_filtered.then_some(options.filter),
            "aasm": has_geometry.then_some(options.aasm),
            "algorithm_revision": ALGORITHM_REVISION,
        })
    }
}

/// What a profile finds: events; how many of them count, over how many seconds, and per hour; the accepted SpO2.
#[derive(Debug)]
pub(crate) struct Found {
    events: Events,
    rate: (u32, u32, Option<f64>),
    spo2: Option<Spo2Distribution>,
    interval_too_coarse: bool,
}

impl Found {
    fn new(
        night: Recording<'_>,
        events: Events,
        rate: (u32, u32, Option<f64>),
        spo2: Option<Spo2Distribution>,
    ) -> Self {
        Self { events, rate, spo2, interval_too_coarse: night.notices().interval_too_coarse }
    }
}

/// The events of a profile; the nested ones are those of 3 % that are as deep as `depth`.
pub(crate) fn find(
    night: Recording<'_>,
    profile: Profile,
    depth: Depth,
    options: &AnalysisOptions,
    within: Option<Within<'_>>,
) -> Found {
    match profile {
        Profile::Pobm => pobm(night, depth),
        Profile::Viatom => viatom(night, depth),
        Profile::Mean120 => mean120(night, depth, mean120::Config::CHUNG, options, within),
        Profile::Mean120Analyzer => mean120(night, depth, mean120::Config::O2RING_ANALYZER, options, within),
        Profile::AasmNested => nested(night, depth, options, within),
        _ => aasm(night, depth, options, within),
    }
}

fn aasm(night: Recording<'_>, depth: Depth, options: &AnalysisOptions, within: Option<Within<'_>>) -> Found {
    let (odi, spo2, events) = deep(night, depth, options, within);
    let seconds = spo2.as_ref().map_or(0, |spo2| spo2.n * night.interval().as_secs());
    Found::new(night, Events::Aasm(events), (odi.included, seconds, odi.per_h), spo2)
}

/// The events of `aasm` of at least a depth, their counts, and the accepted SpO2.
fn deep(
    night: Recording<'_>,
    depth: Depth,
    options: &AnalysisOptions,
    within: Option<Within<'_>>,
) -> (OdiCount, Option<Spo2Distribution>, Vec<Desaturation>) {
    let Some(within) = within else {
        let found = night.desaturations(depth, options);
        return (found.odi, found.spo2, found.events);
    };
    let mut events = Vec::new();
    let (odi, spo2) = desaturations_within(night, depth, options, within, &mut |event| events.push(event));
    (odi, spo2, events)
}

/// The events of 3 % that are deep enough, by the analysis that counts them.
fn nested(
    night: Recording<'_>,
    depth: Depth,
    options: &AnalysisOptions,
    within: Option<Within<'_>>,
) -> Found {
    let (summary, mut events) = numbers(night, Threshold::Three.into(), options, within);
    events.retain(|event| event.depth_pct() >= depth.as_pct());
    let index = summary.odi_nested();
    let rate = (index.count, index.seconds, index.per_h);
    Found::new(night, Events::Aasm(events), rate, summary.spo2)
}

/// The numbers of the whole night, or of parts of it, and the events of `aasm` of a depth.
pub(crate) fn numbers(
    night: Recording<'_>,
    depth: Depth,
    options: &AnalysisOptions,
    within: Option<Within<'_>>,
) -> (Summary, Vec<Desaturation>) {
    let found = within.map_or_else(|| night.analyze(options), |parts| night.analyze_within(options, parts));
    let summary = found.summary;
    match Threshold::ALL.into_iter().find(|&threshold| Depth::from(threshold) == depth) {
        Some(printed) => (summary, found.into_desaturations(printed)),
        None => (summary, deep(night, depth, options, within).2),
    }
}

/// The events that an analysis lists of another profile; the nested ones are those of 4 % alone.
pub(crate) fn listed(
    night: Recording<'_>,
    profile: Profile,
    depth: Depth,
    options: &AnalysisOptions,
    within: Option<Within<'_>>,
) -> Events {
    let depth = if profile == Profile::AasmNested { Threshold::Four.into() } else { depth };
    find(night, profile, depth, options, within).events
}

fn pobm(night: Recording<'_>, depth: Depth) -> Found {
    let mut events = Vec::new();
    let rate = night.pobm(depth, &mut |found| match found {
        pobm::Found::Group(group) => events.push(group),
        pobm::Found::Desaturation(_) => (),
    });
    Found::new(night, Events::Pobm(events), of_rate(rate), None)
}

fn viatom(night: Recording<'_>, depth: Depth) -> Found {
    let mut events = Vec::new();
    let rate = night.viatom(depth, &mut |drop| events.push(drop));
    Found::new(night, Events::Viatom(events), of_rate(rate), None)
}

fn mean120(
    night: Recording<'_>,
    depth: Depth,
    config: mean120::Config,
    options: &AnalysisOptions,
    within: Option<Within<'_>>,
) -> Found {
    let mut events = Vec::new();
    let rate = night.mean120(depth, config, &options.filter, within, &mut |event| events.push(event));
    Found::new(night, Events::Mean120(events), of_rate(rate), None)
}

const fn of_rate(rate: Rate) -> (u32, u32, Option<f64>) {
    (rate.count, rate.seconds, rate.per_h)
}
