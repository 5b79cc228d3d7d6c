//! Which patient a recording belongs to: given, moved, taken back.

use axum::http::StatusCode;
use sqlx::{Any, Transaction};

use super::access::CanManage;
use super::store;
use crate::clinics::{ClinicPerson, Handover};
use crate::error::Problem;
use crate::ids::{PatientId, RecordingId};
use crate::patients::{self, HeldPatient, OwnedPatient};
use crate::rows;

/// Moves a recording from the patient it has, if any, to another or to none.
///
/// # Errors
/// 409 when somebody else was faster.
pub async fn move_to(
    connection: &mut Transaction<'static, Any>,
    held: &CanManage,
    chosen: Option<&OwnedPatient>,
) -> Result<(), Problem> {
    let before = held.recording().patient_id.as_ref();
    hold_in_order(connection, before, chosen.map(OwnedPatient::id)).await?;
    give(connection, held, chosen).await
}

/// Holds both patients of a move, always in the same order, so that two moves cannot wait for each other.
async fn hold_in_order(
    connection: &mut Transaction<'static, Any>,
    before: Option<&PatientId>,
    after: Option<&PatientId>,
) -> Result<(), Problem> {
    let mut both: Vec<_> = before.into_iter().chain(after).collect();
    both.sort_by_key(|patient| patient.as_str());
    for patient in both {
        patients::hold(connection, patient).await?;
    }
    Ok(())
}

/// Gives a recording to a patient, or takes it back.
///
/// # Errors
/// 409 when somebody else was faster.
pub async fn give(
    connection: &mut Transaction<'static, Any>,
    held: &CanManage,
    patient: Option<&OwnedPatient>,
) -> Result<(), Problem> {
    if !store::assign(connection, held, patient).await? {
        return Err(changed_meanwhile());
    }
    let mark = match patient {
        Some(patient) => {
            let patient = patients::hold(connection, patient.id()).await?;
            Some(patients::mark(connection, &patient).await?)
        }
        None => None,
    };
    Ok(rows::assigned(connection, held.recording().mark(), mark.as_ref()).await?)
}

/// What whoever comes second is told when two change the same recording.
pub(super) fn changed_meanwhile() -> Problem {
    Problem::new(StatusCode::CONFLICT, "changed-meanwhile")
}

/// Gives every recording of one patient to another; says which. The list is told by [`relabel`] once the links have
/// moved too.
///
/// # Errors
/// When the database fails.
pub async fn move_all(
    connection: &mut Transaction<'static, Any>,
    from: &HeldPatient,
    to: &HeldPatient,
) -> Result<Vec<RecordingId>, Problem> {
    Ok(store::move_all(connection, from, to).await?)
}

/// Gives these recordings back to a patient, as far as they are still the other's.
///
/// # Errors
/// When the database fails.
pub async fn move_back(
    connection: &mut Transaction<'static, Any>,
    recordings: &[RecordingId],
    from: &HeldPatient,
    to: &HeldPatient,
) -> Result<(), Problem> {
    for recording in recordings {
        store::move_one(connection, recording, from, to).await?;
    }
    relabel(connection, from).await?;
    relabel(connection, to).await
}

/// Tells the list what a patient is called, and what the links are, for each of the recordings.
///
/// # Errors
/// When the database fails.
pub async fn relabel(
    connection: &mut Transaction<'static, Any>,
    patient: &HeldPatient,
) -> Result<(), Problem> {
    let mark = patients::mark(connection, patient).await?;
    for recording in store::of_patient(connection, patient).await? {
        rows::assigned(connection, recording.mark(), Some(&mark)).await?;
    }
    Ok(())
}

/// Makes every recording of one doctor in the clinic another's, whatever its state.
///
/// # Errors
/// When the database fails.
pub async fn transfer(
    connection: &mut Transaction<'static, Any>,
    handover: &Handover<'_>,
) -> Result<(), Problem> {
    Ok(store::transfer(connection, handover).await?)
}

/// Whether somebody has recordings in the clinic.
///
/// # Errors
/// When the database fails.
pub async fn has_any(
    connection: &mut Transaction<'static, Any>,
    whose: &ClinicPerson,
) -> Result<bool, Problem> {
    Ok(store::count_of(connection, whose).await? > 0)
}
