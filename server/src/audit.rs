//! The journal: who did what, in the transaction in which it was done. One chain of entries a clinic and one for the
//! platform; each hash is over the entry and the hash before, so what is changed, removed or put elsewhere later is found.
//!
//! An entry holds identifiers and words of the program alone: no names, addresses, texts or anything about health.

mod act;
mod model;
mod store;

pub use act::{Act, Actor, Work};
pub use model::{By, Chain, Duty, Subject};

pub use crate::http::audit_log::{About, note};
