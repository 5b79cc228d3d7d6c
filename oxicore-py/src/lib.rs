//! The compiled half of the Python package `oxicore`: convert, call, convert back.

mod analysis;
mod arrays;
mod burden;
mod columns;
mod desaturations;
mod dictionary;
mod error;
mod events;
mod hints;
mod many;
mod night_row;
mod nights;
mod notices;
mod options;
mod packed;
mod plain;
mod provenance;
mod reconcile;
mod recording;
mod skip;
mod table;
mod within;

use pyo3::prelude::*;

/// Compiled module of the package `oxicore`; import that instead.
#[pymodule(gil_used = false)]
mod _core {
    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "Python's name for it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_export]
    use crate::{
        analysis::Analysis, burden::hypoxic_burden, burden::hypoxic_burden_of_seconds,
        desaturations::Desaturations, dictionary::dictionary, many::read_many, nights::compare_nights,
        nights::night_statistics, reconcile::definition, reconcile::definition_in_words,
        recording::Recording, skip::without_bad_rows, table::Table,
    };
}
