//! The journal: who did what, in the transaction in which it was done. One chain of entries a clinic and one for the
//! platform; each hash is over the entry and the hash before, so what is changed, removed or put elsewhere later is found.
//!
//! An entry holds identifiers and words of the program alone: no names, addresses, texts or anything about health.

mod act;
mod actions;
mod checks;
mod filter;
mod journal;
mod model;
mod store;
mod verify;

pub use act::{Act, Actor, Work, keep_opening};
pub use actions::ACTIONS;
pub use checks::{Check, JOBS, last_check};
pub use filter::{Filter, Place};
pub use journal::{Kept, journal, openings};
pub use model::{By, Chain, Duty, Subject};
pub use verify::{Damage, Kind, Verified, verify};

pub use crate::http::audit_log::{About, note};
