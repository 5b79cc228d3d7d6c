//! What every column of every table is: its unit, which its name ends with, and its meaning. It travels with the columns
//! as metadata of their Arrow fields.

mod meanings;

use std::collections::HashMap;

use arrow_schema::Field;
use meanings::MEANINGS;
use pyo3::prelude::*;

/// What a name ends with, and the unit it says; the longer end first.
const UNITS: [(&str, &str); 9] = [
    ("_pctmin_h", "percent minutes per hour"),
    ("_pct_s", "percent seconds"),
    ("_per_h_of_recording", "per hour"),
    ("_per_h", "per hour"),
    ("_pct", "percent"),
    ("_bpm", "beats per minute"),
    ("_bytes", "bytes"),
    ("_s", "seconds"),
    ("per_h", "per hour"),
];

/// Name, unit and meaning of every column, in order of the tables.
#[pyfunction]
pub(crate) fn dictionary() -> Vec<(&'static str, &'static str, &'static str)> {
    MEANINGS.iter().map(|&(name, meaning)| (name, unit(name), meaning)).collect()
}

/// A field with its unit and meaning, where it has one.
pub(crate) fn described(field: Field) -> Field {
    let meaning = MEANINGS.iter().find(|(name, _)| name == field.name()).map_or("", |&(_, meaning)| meaning);
    let words = [("unit", unit(field.name())), ("meaning", meaning)];
    let words = words.into_iter().filter(|(_, text)| !text.is_empty());
    let metadata: HashMap<_, _> = words.map(|(key, text)| (key.to_owned(), text.to_owned())).collect();
    field.with_metadata(metadata)
}

/// Empty for what has none.
fn unit(name: &str) -> &'static str {
    match name {
        "seconds" => "seconds",
        "below_90_pct_with_below_range" | "below_88_pct_with_below_range" => "percent",
        _ => UNITS.iter().find(|(end, _)| name.ends_with(end)).map_or("", |&(_, unit)| unit),
    }
}
