//! What an invitation is.

use std::time::Duration;

use crate::accounts::Newcomer;
use crate::http::identity::ClinicRole;
use crate::ids::{ClinicId, Id};
use crate::platform::clock::Timestamp;

/// How long an invitation waits for an answer.
pub(super) const LIFETIME: Duration = Duration::from_hours(14 * 24);

/// Identifier of an invitation.
pub(in crate::clinics) type InvitationId = Id<InvitationRow>;

/// Marks what belongs to invitations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::clinics) enum InvitationRow {}

/// An invitation to work in a clinic.
#[derive(Clone, Debug)]
pub(in crate::clinics) struct Invitation {
    pub(in crate::clinics) id: InvitationId,
    pub(in crate::clinics) clinic_id: ClinicId,
    /// Who is invited: whoever has an account with this address.
    pub(in crate::clinics) email: String,
    /// What an account that is made for it will be called.
    pub(in crate::clinics) name: String,
    /// What the invited will be in the clinic.
    pub(in crate::clinics) role: ClinicRole,
    pub(in crate::clinics) expires_at: Timestamp,
}

/// An invitation to keep.
pub(super) struct NewInvitation<'a> {
    pub(super) id: InvitationId,
    pub(super) who: &'a Newcomer,
    pub(super) role: ClinicRole,
    pub(super) secret_hash: String,
    pub(super) now: Timestamp,
    pub(super) expires_at: Timestamp,
}

/// An invitation that the invited has answered and that is no more: who holds it may give them their place.
pub(in crate::clinics) struct Answered {
    pub(in crate::clinics) clinic_id: ClinicId,
    pub(in crate::clinics) role: ClinicRole,
}
