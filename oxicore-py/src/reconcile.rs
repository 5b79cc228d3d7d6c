//! Two definitions of a desaturation, event by event; definitions and answers are the JSON of the core.

use oxicore::{Recording, reconcile::Definition};
use pyo3::{exceptions::PyValueError, prelude::*, types::PyDict};

use crate::{analysis::json, options, provenance::versions};

/// JSON of a definition.
#[pyfunction]
pub(crate) fn definition(profile: &str, listed_pct: i64, settings: &Bound<'_, PyDict>) -> PyResult<String> {
    let profile = options::profile(profile)?;
    let depth = options::depth_of(profile, listed_pct)?;
    let options = options::analysis(settings)?;
    options::refuse_unused(profile, settings, false)?;
    json(&Definition::new(profile, depth, &options))
}

/// The sentence that says all of a definition.
#[pyfunction]
pub(crate) fn definition_in_words(text: &str) -> PyResult<String> {
    Ok(parsed(text)?.to_string())
}

/// The definition of JSON that [`definition`] gave.
pub(crate) fn parsed(text: &str) -> PyResult<Definition> {
    serde_json::from_str(text).map_err(|error| PyValueError::new_err(format!("no definition: {error}")))
}

/// JSON of the events of both, matched or lost, and of how they were found.
pub(crate) fn reconciled(night: Recording<'_>, a: Definition, b: Definition) -> PyResult<(String, String)> {
    let found = night.reconcile(a, b);
    let mut about = versions();
    for (name, definition) in [("a", a), ("b", b)] {
        about.insert(name.to_owned(), definition.to_string().into());
    }
    Ok((json(&found)?, json(&about)?))
}
