//! How numbers were made: it travels with every row and table.

use oxicore::{
    AnalysisOptions, Index, Profile,
    summary::{ALGORITHM_REVISION, READER_REVISION, Settings},
};
use pyo3::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{error::internal, within::Parts};

/// Of this package.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Settings of an analysis, and which of them are not as the definition says.
#[derive(Clone)]
pub(crate) struct Provenance {
    settings: Value,
    pub(crate) changed: Value,
}

impl Provenance {
    pub(crate) fn of(options: &AnalysisOptions) -> PyResult<Self> {
        let settings = Settings::from(options);
        Ok(Self { settings: value(&settings)?, changed: Value::Object(changed(&settings)?) })
    }

    /// The same of parts of a night.
    pub(crate) fn within(mut self, parts: Option<&Parts>) -> Self {
        if let (Some(parts), Value::Object(changed)) = (parts, &mut self.changed) {
            let parts: Vec<_> = parts.iter().map(|(begin, end)| [begin.as_secs(), end.as_secs()]).collect();
            changed.insert("within".to_owned(), json!(parts));
        }
        self
    }

    /// JSON for the metadata of a table, with what else was asked for.
    pub(crate) fn to_json(&self, asked: &[(&str, Value)]) -> String {
        let mut all = versions();
        all.extend(asked.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        all.insert("settings".to_owned(), self.settings.clone());
        all.insert("changed".to_owned(), self.changed.clone());
        Value::Object(all).to_string()
    }
}

/// How the numbers of one night were made, put in words when somebody asks: that takes as long as finding the events.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) options: AnalysisOptions,
    pub(crate) profile: Profile,
    pub(crate) listed_pct: i64,
    pub(crate) parts: Option<Parts>,
}

impl Asked {
    /// JSON for the metadata of a table.
    pub(crate) fn to_json(&self) -> PyResult<String> {
        let asked = [("profile", json!(self.profile.code())), ("listed_pct", json!(self.listed_pct))];
        Ok(Provenance::of(&self.options)?.within(self.parts.as_ref()).to_json(&asked))
    }
}

/// Of the package and of the definitions: true of everything it gives.
pub(crate) fn versions() -> Map<String, Value> {
    let versions = [
        ("package_version", json!(VERSION)),
        ("algorithm_revision", json!(ALGORITHM_REVISION)),
        ("reader_revision", json!(READER_REVISION)),
    ];
    versions.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The settings that are not the default's, by the names of `oxicore.AnalysisSettings`.
pub(crate) fn changed(settings: &impl Serialize) -> PyResult<Map<String, Value>> {
    let (ours, usual) = (flat(value(settings)?), flat(value(&Settings::default())?));
    Ok(ours.into_iter().filter(|(name, value)| usual.get(name) != Some(value)).collect())
}

/// Of an index, JSON of the settings that its definition uses and that are not as usual.
pub(crate) fn of_index(index: &Index) -> PyResult<String> {
    let mut all = changed(&index.filter)?;
    all.extend(changed(&index.aasm)?);
    Ok(Value::Object(all).to_string())
}

fn value(settings: &impl Serialize) -> PyResult<Value> {
    serde_json::to_value(settings).map_err(internal)
}

/// Of the sections of settings, or of one section, the settings: their names occur once.
fn flat(settings: Value) -> Map<String, Value> {
    let Value::Object(entries) = settings else { return Map::new() };
    let sections = entries.into_iter().map(|(name, entry)| match entry {
        Value::Object(section) => section,
        entry => Map::from_iter([(name, entry)]),
    });
    sections.flatten().collect()
}
