//! The read model of the list of nights: one row for each recording that is ready, so that the list asks one table.
//!
//! A row repeats what other rooms hold. Whoever changes one of these things says so here, in the same transaction.

mod model;
mod search;
mod store;

pub use model::{
    DeskRow, Figures, Flags, Links, LinksState, NewRow, PatientMark, RecordingMark, Revisions, Signal, Strip,
};
pub use store::{
    Outdated, analysed, assigned, count, count_by_clinic, count_of_patient, find_outdated, forget_homeless,
    insert, known, linked, of_patient, outdated, page, remove, reread, transfer,
};
