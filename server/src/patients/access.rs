//! Who may do what with a patient, as values: a handler that holds one has been through the check.

use std::ops::Deref;

use axum::extract::{FromRequestParts as _, Path};
use axum::http::request::Parts;
use serde::Deserialize;

use super::model::{Opened, Patient};
use super::store;
use crate::accounts;
use crate::clinics::{self, Doctor, Member};
use crate::error::Problem;
use crate::http::browser::cookies;
use crate::http::routes::{Access, Proof};
use crate::ids::{AccountId, ClinicId, LinkId, PatientId};
use crate::platform::clock::Timestamp;
use crate::platform::random::fingerprint;
use crate::state::App;

/// Proof that the request comes from a browser that has opened a link which still opens.
#[derive(Clone, Debug)]
pub struct PatientAccess {
    link_id: LinkId,
    patient_id: PatientId,
    owner_id: AccountId,
    clinic_id: ClinicId,
    expires_at: Option<Timestamp>,
    visit: String,
}

impl PatientAccess {
    /// The link that was opened.
    pub fn link_id(&self) -> &LinkId {
        &self.link_id
    }

    /// The patient whose recordings may be seen.
    pub fn patient_id(&self) -> &PatientId {
        &self.patient_id
    }

    /// When the link stops working by itself.
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.expires_at
    }

    /// The clinic to which the patient belongs.
    pub fn clinic_id(&self) -> &ClinicId {
        &self.clinic_id
    }

    /// The account of the patient's doctor.
    pub(super) fn owner_id(&self) -> &AccountId {
        &self.owner_id
    }

    /// Fingerprint of the secret that keeps the link open in this browser.
    pub(super) fn visit(&self) -> &str {
        &self.visit
    }

    /// What everybody without a working link is told, whatever the reason.
    pub fn missing() -> Problem {
        Problem::new(axum::http::StatusCode::NOT_FOUND, "link-unavailable")
    }
}

/// Name of the cookie that keeps one link open, without prefix.
pub(super) fn cookie_name(link: &LinkId) -> String {
    format!("p-{link}")
}

/// A link opens only while the account of its doctor is enabled and works in the clinic.
pub(super) async fn while_enabled(app: &App, found: Option<Opened>) -> Result<Option<Opened>, Problem> {
    match found {
        Some(opened) if is_at_work(app, &opened).await? => Ok(Some(opened)),
        _ => Ok(None),
    }
}

async fn is_at_work(app: &App, opened: &Opened) -> Result<bool, Problem> {
    Ok(accounts::is_enabled(app, &opened.owner_id).await?
        && clinics::is_at_work(&app.db, &opened.clinic_id, &opened.owner_id).await?)
}

#[derive(Deserialize)]
struct LinkPath {
    id: LinkId,
}

/// `/p/{id}`: the link must have been opened in this browser and must still open.
impl Proof for PatientAccess {
    const ACCESS: Access = Access::LINK;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        match Door::prove(parts, app).await? {
            Door::Open(access) => Ok(access),
            Door::Closed { .. } => Err(Self::missing()),
        }
    }
}

/// What stands behind `/p/{id}` for this browser.
#[derive(Clone, Debug)]
pub enum Door {
    /// The link has been opened here.
    Open(PatientAccess),
    /// It has not, or no longer opens.
    Closed {
        /// The identifier in the address, whether there is such a link or not.
        link: LinkId,
        /// Whether it had been opened here before.
        was_open: bool,
    },
}

/// Anybody may knock.
impl Proof for Door {
    const ACCESS: Access = Access::VISITOR;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let path = Path::<LinkPath>::from_request_parts(parts, app).await;
        let Path(LinkPath { id: link }) = path.map_err(|_| PatientAccess::missing())?;
        let name = cookies::wire_name(&cookie_name(&link), app.config.secure_cookies);
        let Some(token) = cookies::read(&parts.headers, &name) else {
            return Ok(Self::Closed { link, was_open: false });
        };
        let visit = fingerprint(token);
        let found = store::find_by_visit(&app.db, &link, &visit, app.clock.now()).await?;
        Ok(match while_enabled(app, found).await? {
            Some(Opened { link_id, patient_id, owner_id, clinic_id, expires_at }) => {
                Self::Open(PatientAccess { link_id, patient_id, owner_id, clinic_id, expires_at, visit })
            }
            None => Self::Closed { link, was_open: true },
        })
    }
}

/// Proof that a patient is of the asker's clinic, and the asker's own or a colleague's who shares.
#[derive(Clone, Debug)]
pub struct SeenPatient {
    patient: Patient,
    reader: Member,
}

impl SeenPatient {
    /// The patient with this identifier.
    ///
    /// # Errors
    /// [`Problem::not_found`] when there is none or the asker does not see it.
    pub async fn find(app: &App, reader: &Member, id: &PatientId) -> Result<Self, Problem> {
        let patient = store::find_seen(&app.db, reader, id).await?.ok_or_else(Problem::not_found)?;
        Ok(Self { patient, reader: reader.clone() })
    }

    /// The patient.
    pub fn patient(&self) -> &Patient {
        &self.patient
    }

    /// Who asks.
    pub fn reader(&self) -> &Member {
        &self.reader
    }

    /// Whether the patient is the asker's own.
    pub fn is_own(&self) -> bool {
        !self.reader.is_guest() && self.patient.owner_id == *self.reader.account_id()
    }
}

#[derive(Deserialize)]
struct PatientPath {
    id: PatientId,
}

/// `/patients/{id}`: for everybody else the patient does not exist.
impl Proof for SeenPatient {
    const ACCESS: Access = Access::READER;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let reader = Member::prove(parts, app).await?;
        let path = Path::<PatientPath>::from_request_parts(parts, app).await;
        let Path(PatientPath { id }) = path.map_err(|_| Problem::not_found())?;
        Self::find(app, &reader, &id).await
    }
}

/// Proof that a patient belongs to the doctor who is signed in.
#[derive(Clone, Debug)]
pub struct OwnedPatient {
    seen: SeenPatient,
    owner: Doctor,
}

/// Who may change may also see.
impl Deref for OwnedPatient {
    type Target = SeenPatient;

    fn deref(&self) -> &SeenPatient {
        &self.seen
    }
}

impl OwnedPatient {
    /// The patient with this identifier.
    ///
    /// # Errors
    /// [`Problem::not_found`] when there is none or it is another doctor's.
    pub async fn find(app: &App, owner: &Doctor, id: &PatientId) -> Result<Self, Problem> {
        match SeenPatient::find(app, owner, id).await? {
            seen if seen.is_own() => Ok(Self { seen, owner: owner.clone() }),
            _ => Err(Problem::not_found()),
        }
    }

    pub(super) fn just_made(patient: Patient, owner: &Doctor) -> Self {
        let reader = Member::clone(owner);
        Self { seen: SeenPatient { patient, reader }, owner: owner.clone() }
    }

    /// Identifier.
    pub fn id(&self) -> &PatientId {
        &self.seen.patient.id
    }

    /// The doctor.
    pub fn owner(&self) -> &Doctor {
        &self.owner
    }
}

/// `/patients/{id}`: for others than its doctor the patient does not exist.
impl Proof for OwnedPatient {
    const ACCESS: Access = Access::OWNER;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let owner = Doctor::prove(parts, app).await?;
        let path = Path::<PatientPath>::from_request_parts(parts, app).await;
        let Path(PatientPath { id }) = path.map_err(|_| Problem::not_found())?;
        Self::find(app, &owner, &id).await
    }
}

/// Proof that a link belongs to the doctor who is signed in.
#[derive(Clone, Debug)]
pub struct OwnedLink {
    id: LinkId,
    patient_id: PatientId,
}

impl OwnedLink {
    /// Identifier.
    pub fn id(&self) -> &LinkId {
        &self.id
    }

    /// The patient it opens.
    pub fn patient_id(&self) -> &PatientId {
        &self.patient_id
    }
}

/// `/links/{id}`: for others than the owner the link does not exist.
impl Proof for OwnedLink {
    const ACCESS: Access = Access::OWNER;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let owner = Doctor::prove(parts, app).await?;
        let path = Path::<LinkPath>::from_request_parts(parts, app).await;
        let Path(LinkPath { id }) = path.map_err(|_| Problem::not_found())?;
        let found = store::find_owned_link(&app.db, &owner, &id).await?;
        let (id, patient_id) = found.ok_or_else(Problem::not_found)?;
        Ok(Self { id, patient_id })
    }
}
