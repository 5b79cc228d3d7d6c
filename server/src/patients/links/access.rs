//! Proof that a link is of a patient of the doctor who is signed in.

use axum::extract::{FromRequestParts as _, Path};
use axum::http::request::Parts;
use serde::Deserialize;

use super::model::Link;
use super::store;
use crate::clinics::Doctor;
use crate::error::Problem;
use crate::http::routes::{Access, Proof};
use crate::ids::{LinkId, PatientId};
use crate::patients::access::OwnedPatient;
use crate::state::App;

/// Proof that a link belongs to the doctor who is signed in.
#[derive(Clone, Debug)]
pub struct OwnedLink {
    link: Link,
    patient: OwnedPatient,
}

impl OwnedLink {
    /// A link that was found among those of the patient.
    pub(super) fn of(patient: &OwnedPatient, link: Link) -> Self {
        Self { link, patient: patient.clone() }
    }

    /// Identifier.
    pub fn id(&self) -> &LinkId {
        &self.link.id
    }

    /// The link.
    pub fn link(&self) -> &Link {
        &self.link
    }

    /// The patient it opens.
    pub fn patient(&self) -> &OwnedPatient {
        &self.patient
    }

    /// [`OwnedLink::patient`]'s identifier.
    pub fn patient_id(&self) -> &PatientId {
        self.patient.id()
    }
}

#[derive(Deserialize)]
struct LinkPath {
    id: LinkId,
}

/// `/links/{id}`: for others than the owner the link does not exist.
impl Proof for OwnedLink {
    const ACCESS: Access = Access::OWNER;

    async fn prove(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let owner = Doctor::prove(parts, app).await?;
        let path = Path::<LinkPath>::from_request_parts(parts, app).await;
        let Path(LinkPath { id }) = path.map_err(|_| Problem::not_found())?;
        let link = store::find(&app.db, &id).await?;
        // A patient is looked for whether there is such a link or not, so that the time does not say which.
        let patient =
            link.as_ref().map_or_else(|| PatientId::parse(id.as_str()), |link| Some(link.patient_id.clone()));
        let patient = OwnedPatient::find(app, &owner, &patient.ok_or_else(Problem::not_found)?).await;
        Ok(Self { link: link.ok_or_else(Problem::not_found)?, patient: patient? })
    }
}
