//! Making and listing patients.

use sqlx::{Any, Transaction};

use super::access::OwnedPatient;
use super::model::{Code, Note, Patient};
use super::store;
use crate::clinics::{self, Doctor, Member};
use crate::error::Problem;
use crate::ids::PatientId;
use crate::state::App;

/// Makes a patient of the doctor, under the next code that is free unless one is given.
///
/// # Errors
/// 422 when somebody in the clinic has the code.
pub async fn create_patient(
    app: &App,
    connection: &mut Transaction<'static, Any>,
    owner: &Doctor,
    (code, note): (Option<Code>, Option<Note>),
) -> Result<OwnedPatient, Problem> {
    let now = app.clock.now();
    let (id, is_given) = (PatientId::new(app.random.id(now)), code.is_some());
    let (clinic_id, owner_id) = (owner.clinic_id().clone(), owner.account_id().clone());
    let code = code.unwrap_or_else(|| Code::numbered(0));
    let mut patient = Patient { id, clinic_id, owner_id, code, note, merged_into: None, created_at: now };
    loop {
        if !is_given {
            patient.code = Code::numbered(clinics::next_patient_number(connection, owner).await?);
        }
        if store::create(connection, &patient).await? {
            return Ok(OwnedPatient::just_made(patient, owner));
        }
        if is_given {
            return Err(Problem::refused("code-taken"));
        }
    }
}

/// The patients that somebody sees in the clinic, the highest codes first: those after `after`, `limit` at most.
///
/// # Errors
/// When the database fails.
pub async fn list_patients(
    app: &App,
    reader: &Member,
    after: Option<&Code>,
    limit: u32,
) -> Result<Vec<Patient>, Problem> {
    Ok(store::list(&app.db, reader, after, limit).await?)
}

/// The account's own patients in the clinic, those with the highest codes first.
///
/// # Errors
/// When the database fails.
pub async fn list_own_patients(app: &App, reader: &Member, most: u32) -> Result<Vec<Patient>, Problem> {
    Ok(store::list_own(&app.db, reader, None, most).await?)
}
