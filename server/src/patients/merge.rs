//! Patients become one, or another doctor's: the part of it that belongs to patients and links. [`crate::desk`] adds the
//! recordings.

use sqlx::{Any, Transaction};

use super::access::{OwnedPatient, SeenPatient};
use super::links::hold;
use super::merges::{self, Merge, Moved};
use super::store;
use crate::clinics::Doctor;
use crate::error::Problem;
use crate::ids::{AccountId, ClinicId, MergeId, PatientId, RecordingId};
use crate::state::App;

/// Holds two patients for the rest of the transaction, always in the same order, so that two acts cannot wait for each
/// other.
///
/// # Errors
/// [`Problem::not_found`] when one is gone or has turned out to be another.
pub async fn hold_both(
    work: &mut Transaction<'static, Any>,
    one: &PatientId,
    other: &PatientId,
) -> Result<(), Problem> {
    let mut both = [one, other];
    both.sort_unstable();
    for patient in both {
        hold(work, patient).await?;
    }
    Ok(())
}

/// Leads a patient that is held to another that is held: its links open the other's page from now on. `recordings` have
/// moved already.
///
/// # Errors
/// When the database fails.
pub async fn lead_on(
    app: &App,
    work: &mut Transaction<'static, Any>,
    by: &Doctor,
    (source, target): (&OwnedPatient, &OwnedPatient),
    recordings: Vec<RecordingId>,
) -> Result<MergeId, Problem> {
    let now = app.clock.now();
    let id = MergeId::new(app.random.id(now));
    let links = store::move_links(work, source.id(), target.id()).await?;
    store::set_merged(work, source.id(), Some(target.id())).await?;
    let moved = Moved { recordings, links };
    merges::note(work, &id, (source.id(), target.id()), (by.account_id(), now), &moved).await?;
    Ok(id)
}

/// Takes a merge back: the patient is one of its own again, with the links that have not been moved since. Gives it and
/// the recordings that had moved.
///
/// # Errors
/// [`Problem::not_found`] when there is no such merge, or it was taken back.
pub async fn lead_back(
    app: &App,
    work: &mut Transaction<'static, Any>,
    target: &OwnedPatient,
    id: &MergeId,
) -> Result<(PatientId, Vec<RecordingId>), Problem> {
    let taken = merges::take_back(work, id, target, app.clock.now()).await?;
    let (merge, moved) = taken.ok_or_else(Problem::not_found)?;
    store::set_merged(work, &merge.source_id, None).await?;
    hold(work, &merge.source_id).await?;
    for link in &moved.links {
        store::move_link(work, link, target.id(), &merge.source_id).await?;
    }
    Ok((merge.source_id, moved.recordings))
}

/// The merges into a patient that can be taken back, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn merges_into(app: &App, patient: &SeenPatient) -> Result<Vec<Merge>, Problem> {
    Ok(merges::into(&app.db, &patient.patient().id).await?)
}

/// Changes what the clinic calls the patient, and the note.
///
/// # Errors
/// 422 when somebody else in the clinic has the code.
pub async fn rename(
    work: &mut Transaction<'static, Any>,
    patient: &OwnedPatient,
    code: &super::Code,
    note: Option<&super::Note>,
) -> Result<(), Problem> {
    hold(work, patient.id()).await?;
    if store::is_taken(work, patient, code).await? {
        return Err(Problem::refused("code-taken"));
    }
    Ok(store::rename(work, patient, code, note).await?)
}

/// Makes every patient of one doctor in the clinic another's, the merged ones too; holds each, in the order of all.
///
/// # Errors
/// When the database fails.
pub async fn transfer(
    work: &mut Transaction<'static, Any>,
    clinic: &ClinicId,
    (from, to): (&AccountId, &AccountId),
) -> Result<(), Problem> {
    for patient in store::of_doctor(work, clinic, from).await? {
        store::transfer(work, &patient, to).await?;
    }
    Ok(())
}

/// Whether a doctor has patients in the clinic.
///
/// # Errors
/// When the database fails.
pub async fn has_any(
    work: &mut Transaction<'static, Any>,
    clinic: &ClinicId,
    doctor: &AccountId,
) -> Result<bool, Problem> {
    Ok(!store::of_doctor(work, clinic, doctor).await?.is_empty())
}
