//! What a session is.

use super::model::KnownAccount;
use crate::http::device::Device;
use crate::http::identity::Assurance;
use crate::ids::{ClinicId, Id};
use crate::platform::clock::Timestamp;

/// Identifier of a session: how its owner names it. The secret is in the browser alone.
pub(super) type SessionId = Id<SessionRow>;

/// Marks what belongs to sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SessionRow {}

/// A session, as its secret finds it.
#[derive(Debug)]
pub(super) struct Session {
    /// Fingerprint of the secret.
    pub(super) token_hash: String,
    pub(super) account_id: KnownAccount,
    /// The browser it began in; empty if it was not noted.
    pub(super) browser_hash: String,
    pub(super) is_remembered: bool,
    /// The clinic that was chosen in it.
    pub(super) chosen_clinic: Option<ClinicId>,
    pub(super) created_at: Timestamp,
    pub(super) last_seen_at: Timestamp,
    /// By what its owner was known, and when last.
    pub(super) assurance: Assurance,
    pub(super) stepped_up_at: Timestamp,
}

/// By what the owner of a session is known, and when it was last shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) assurance: Assurance,
    pub(super) at: Timestamp,
}

/// A session to begin.
#[derive(Debug)]
pub(super) struct NewSessionRow<'a> {
    pub(super) id: SessionId,
    pub(super) token_hash: String,
    pub(super) account_id: &'a KnownAccount,
    pub(super) device: Device,
    pub(super) browser_hash: &'a str,
    pub(super) is_remembered: bool,
    pub(super) known: Known,
    pub(super) now: Timestamp,
}

/// A session as its owner sees it; however old it is.
#[derive(Debug)]
pub(super) struct OpenSession {
    pub(super) id: Option<SessionId>,
    pub(super) device: Device,
    pub(super) is_remembered: bool,
    /// Whether it is the one that asks.
    pub(super) is_here: bool,
    pub(super) created_at: Timestamp,
    pub(super) last_seen_at: Timestamp,
    pub(super) assurance: Assurance,
    pub(super) stepped_up_at: Timestamp,
}
