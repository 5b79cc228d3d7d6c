//! Which entries of the journal somebody wants to see.

use super::model::{By, Subject};
use crate::platform::clock::Timestamp;

/// Which entries are wanted; what is absent is not asked about.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Who did it.
    pub actor: Option<By>,
    /// The word for what was done.
    pub action: Option<String>,
    /// What it was done to.
    pub subject: Option<Subject>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
    /// Older than this one.
    pub before: Option<Place>,
}

/// The place of an entry in the journal as it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// When it was written.
    pub at: Timestamp,
    /// Its place in the chain.
    pub seq: i64,
}
