//! Proofs of where somebody works. They carry the clinic: whatever a store finds with one lies inside it.

use std::ops::Deref;

use axum::http::StatusCode;
use axum::http::request::Parts;

use crate::error::Problem;
use crate::http::auth::SignedIn;
use crate::http::identity::{ClinicRole, Standing};
use crate::http::routes::{Access, Proof};
use crate::ids::{AccountId, ClinicId};
use crate::state::App;

/// Proof that the request comes from somebody who may look into a clinic, the one that is active in the session: who
/// works there, or an administrator of the platform whom it has let in.
#[derive(Clone, Debug)]
pub struct Member {
    signed_in: SignedIn,
    standing: Standing,
}

impl Member {
    /// The clinic.
    pub fn clinic_id(&self) -> &ClinicId {
        &self.standing.clinic_id
    }

    /// What the account is in the clinic.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// Whether colleagues' patients may be seen too.
    pub fn sees_colleagues(&self) -> bool {
        self.standing.is_shared || self.is_guest()
    }

    /// What the reader is to something of the clinic that belongs to this doctor.
    pub fn relation_to(&self, doctor: &AccountId) -> Relation {
        match self.is_guest() {
            true => Relation::Guest,
            false if doctor == self.account_id() => Relation::Own,
            false => Relation::Colleague,
        }
    }

    /// Whether somebody administers the clinic.
    pub fn is_administrator(&self) -> bool {
        self.standing.role == ClinicRole::Administrator
    }

    /// Whether the clinic has only let somebody in.
    pub fn is_guest(&self) -> bool {
        self.standing.role == ClinicRole::Guest
    }
}

/// What somebody is to a patient or a recording of the clinic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// It is the own.
    Own,
    /// A colleague's, who shares.
    Colleague,
    /// The clinic has let its reader in.
    Guest,
}

impl Relation {
    /// How it stands in the journal.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Colleague => "colleague",
            Self::Guest => "guest",
        }
    }
}

impl Deref for Member {
    type Target = SignedIn;

    fn deref(&self) -> &SignedIn {
        &self.signed_in
    }
}

/// For accounts that work nowhere nothing of a clinic exists.
impl Proof for Member {
    const ACCESS: Access = Access::MEMBER;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let signed_in = SignedIn::prove(parts, app).await?;
        let standing = signed_in.identity().standing().cloned();
        let standing = standing.ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "no-clinic"))?;
        Ok(Self { signed_in, standing })
    }
}

/// Proof that the request comes from a doctor who works in the clinic.
#[derive(Clone, Debug)]
pub struct Doctor {
    member: Member,
}

impl Deref for Doctor {
    type Target = Member;

    fn deref(&self) -> &Member {
        &self.member
    }
}

impl Proof for Doctor {
    const ACCESS: Access = Access::DOCTOR;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let member = Member::prove(parts, app).await?;
        if member.is_guest() { Err(Problem::not_found()) } else { Ok(Self { member }) }
    }
}

/// Proof that the request comes from an administrator of the clinic. To anybody else the page does not exist.
#[derive(Clone, Debug)]
pub struct ClinicAdmin {
    doctor: Doctor,
}

impl Deref for ClinicAdmin {
    type Target = Doctor;

    fn deref(&self) -> &Doctor {
        &self.doctor
    }
}

impl Proof for ClinicAdmin {
    const ACCESS: Access = Access::CLINIC;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let doctor = Doctor::prove(parts, app).await?;
        if doctor.is_administrator() { Ok(Self { doctor }) } else { Err(Problem::not_found()) }
    }
}
