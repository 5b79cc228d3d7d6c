//! Who may do what with a patient, as values: a handler that holds one has been through the check.

use std::ops::Deref;

use axum::extract::{FromRequestParts as _, Path};
use axum::http::request::Parts;
use serde::Deserialize;

use super::model::Patient;
use super::store;
use crate::audit::{self, Act};
use crate::clinics::{Doctor, Member, Relation};
use crate::error::Problem;
use crate::http::context::RequestContext;
use crate::http::routes::{Access, Proof};
use crate::ids::PatientId;
use crate::state::App;

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
        Self::look(app, reader, id).await?.ok_or_else(Problem::not_found)
    }

    /// The patient with this identifier, if there is one that the asker sees.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn look(app: &App, reader: &Member, id: &PatientId) -> Result<Option<Self>, Problem> {
        let found = store::find_in_clinic(&app.db, (reader, reader.sees_colleagues()), id).await?;
        Ok(found.map(|patient| Self { patient, reader: reader.clone() }))
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
        self.relation() == Relation::Own
    }

    fn relation(&self) -> Relation {
        self.reader.relation_to(&self.patient.owner_id)
    }

    /// Keeps in the journal that the patient's page is opened, once an hour for whoever does; the log has a line each time that
    /// somebody other than the doctor does.
    ///
    /// # Errors
    /// When the journal cannot be written: then nothing may be shown.
    pub async fn open(&self, context: &RequestContext) -> Result<(), Problem> {
        let act = Act::on_patient("patient-opened", &self.patient.id).in_clinic(self.reader.clinic_id());
        let act = act.with_detail(self.relation().as_str());
        Ok(audit::keep_opening(context, if self.is_own() { act.unlisted() } else { act }).await?)
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

/// Proof that whoever asks answers for a patient: its doctor, or an administrator of its clinic.
#[derive(Clone, Debug)]
pub struct GovernedPatient {
    patient: Patient,
    by: Doctor,
}

impl GovernedPatient {
    /// The patient.
    pub fn patient(&self) -> &Patient {
        &self.patient
    }

    /// Who answers for a patient may see it too.
    pub fn seen(&self) -> SeenPatient {
        SeenPatient { patient: self.patient.clone(), reader: Member::clone(&self.by) }
    }

    /// Who asks.
    pub fn by(&self) -> &Doctor {
        &self.by
    }
}

/// `/patients/{id}`: for everybody else the patient does not exist.
impl Proof for GovernedPatient {
    const ACCESS: Access = Access::GOVERNOR;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let by = Doctor::prove(parts, app).await?;
        let path = Path::<PatientPath>::from_request_parts(parts, app).await;
        let Path(PatientPath { id }) = path.map_err(|_| Problem::not_found())?;
        let found = store::find_in_clinic(&app.db, (&by, by.is_administrator()), &id).await?;
        Ok(Self { patient: found.ok_or_else(Problem::not_found)?, by })
    }
}
