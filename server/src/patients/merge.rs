//! Patients become one, or another doctor's: the part of it that belongs to patients and links. [`crate::desk`] adds the
//! recordings.

use sqlx::{Any, Transaction};

use super::access::{OwnedPatient, SeenPatient};
use super::held::{HeldPatient, hold};
use super::links::store as links;
use super::merges::{self, Moved};
use super::model::Merge;
use super::store;
use crate::clinics::{ClinicPerson, Doctor, Handover};
use crate::error::Problem;
use crate::ids::{MergeId, RecordingId};
use crate::state::App;

/// Leads a patient to another: its links open the other's page from now on. `recordings` have
/// moved already.
///
/// # Errors
/// When the database fails.
pub async fn lead_on(
    app: &App,
    work: &mut Transaction<'static, Any>,
    by: &Doctor,
    (source, target): (&HeldPatient, &HeldPatient),
    recordings: Vec<RecordingId>,
) -> Result<MergeId, Problem> {
    let now = app.clock.now();
    let id = MergeId::new(app.random.id(now));
    let links = links::move_all(work, source, target).await?;
    store::merge(work, source, target).await?;
    let moved = Moved { recordings, links };
    merges::note(work, &id, (source, target), (by, now), &moved).await?;
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
    target: &HeldPatient,
    id: &MergeId,
) -> Result<(HeldPatient, Vec<RecordingId>), Problem> {
    let taken = merges::take_back(work, id, target, app.clock.now()).await?;
    let (merge, moved) = taken.ok_or_else(Problem::not_found)?;
    let source = store::unmerge(work, &merge).await?.map(HeldPatient::new).ok_or_else(Problem::not_found)?;
    for link in &moved.links {
        links::move_one(work, link, (target, &source)).await?;
    }
    Ok((source, moved.recordings))
}

/// The merges into a patient that can be taken back, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn merges_into(app: &App, patient: &SeenPatient) -> Result<Vec<Merge>, Problem> {
    Ok(merges::into(&app.db, patient).await?)
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
) -> Result<HeldPatient, Problem> {
    let held = hold(work, patient.id()).await?;
    if store::is_taken(work, &held, code).await? {
        return Err(Problem::refused("code-taken"));
    }
    Ok(HeldPatient::new(store::rename(work, &held, code, note).await?))
}

/// Makes every patient of one doctor in the clinic another's, the merged ones too; holds each, in the order of all.
///
/// # Errors
/// When the database fails.
pub async fn transfer(work: &mut Transaction<'static, Any>, handover: &Handover<'_>) -> Result<(), Problem> {
    for patient in store::of_doctor(work, handover.from()).await? {
        store::transfer(work, &patient, handover).await?;
    }
    Ok(())
}

/// Whether somebody has patients in the clinic.
///
/// # Errors
/// When the database fails.
pub async fn has_any(work: &mut Transaction<'static, Any>, whose: &ClinicPerson) -> Result<bool, Problem> {
    Ok(!store::of_doctor(work, whose).await?.is_empty())
}
