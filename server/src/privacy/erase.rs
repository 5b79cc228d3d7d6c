//! A patient is erased, in two steps: all rows in one transaction, so that from the next request on nothing is there; then
//! the bytes in the object store, by a job that begins again until they are gone.

use sqlx::{Any, Transaction};

use super::job;
use super::model::{Counts, Erasure, Marks, Reason, digest, tombstone};
use super::store;
use crate::error::Problem;
use crate::ids::{AccountId, ClinicId, ErasureId};
use crate::patients::{self, HeldPatient};
use crate::platform::jobs;
use crate::platform::seal::Purpose;
use crate::recordings::{self, Recording};
use crate::state::App;
use crate::{analyses, mail, rows};

/// Who wants something erased, where and why.
#[derive(Clone, Copy, Debug)]
pub(super) struct Order<'a> {
    pub(super) clinic_id: &'a ClinicId,
    pub(super) asked_by: Option<&'a AccountId>,
    pub(super) reason: Reason,
}

/// Removes every row of a patient and hides its nights until their bytes are gone; asks for the job that removes those.
///
/// # Errors
/// When the database fails.
pub(super) async fn erase_patient(
    app: &App,
    work: &mut Transaction<'static, Any>,
    patient: &HeldPatient,
    order: Order<'_>,
) -> Result<ErasureId, Problem> {
    let now = app.clock.now();
    let id = ErasureId::new(app.random.id(now));
    let nights = recordings::hide_of(work, patient, (&id, now)).await?;
    let mut counts = forget_nights(work, &nights).await?;
    let gone = patients::erase(work, patient).await?;
    let subjects = gone.patients.iter().map(|id| id.as_str()).chain(gone.links.iter().map(|id| id.as_str()));
    for subject in subjects {
        counts.mails += forget_subject(work, subject).await?;
    }
    (counts.patients, counts.links) = (gone.patients.len() as u64, gone.links.len() as u64);
    let marks = Marks {
        patients: marks(app, gone.patients.iter().map(|id| id.as_str()))?,
        recordings: marks(app, nights.iter().map(|night| night.id.as_str()))?,
    };
    note(work, &erasure(id, order, now, counts, &marks), &marks).await
}

fn erasure(
    id: ErasureId,
    Order { clinic_id, asked_by, reason }: Order<'_>,
    asked_at: crate::platform::clock::Timestamp,
    counts: Counts,
    marks: &Marks,
) -> Erasure {
    let digest = digest(&tombstone((&id, clinic_id), asked_at, marks));
    let (clinic_id, asked_by) = (clinic_id.clone(), asked_by.cloned());
    Erasure { id, clinic_id, reason, asked_by, asked_at, done_at: None, counts, digest }
}

/// Notes the erasure and asks for its job.
async fn note(
    work: &mut Transaction<'static, Any>,
    erasure: &Erasure,
    marks: &Marks,
) -> Result<ErasureId, Problem> {
    store::insert(work, erasure, marks).await?;
    jobs::enqueue(work, (job::JOB.name, erasure.id.as_str()), erasure.asked_at).await?;
    Ok(erasure.id.clone())
}

/// Removes what the database keeps about hidden nights beside their own rows.
async fn forget_nights(
    work: &mut Transaction<'static, Any>,
    nights: &[Recording],
) -> Result<Counts, Problem> {
    let mut counts = Counts { recordings: nights.len() as u64, ..Counts::default() };
    for night in nights {
        counts.file_bytes += night.size_bytes;
        counts.analyses += analyses::forget(work, night).await?;
        rows::remove(work, night.mark()).await?;
        counts.mails += forget_subject(work, night.id.as_str()).await?;
    }
    Ok(counts)
}

/// Removes what is about something that is gone, by whatever kind of identifier; says how many mails.
async fn forget_subject(work: &mut Transaction<'static, Any>, subject: &str) -> Result<u64, Problem> {
    patients::forget_moved(work, subject).await?;
    jobs::forget(work, subject).await?;
    Ok(mail::forget(work, subject).await?)
}

/// By what identifiers are known again, sorted.
fn marks<'a>(app: &App, ids: impl Iterator<Item = &'a str>) -> Result<Vec<String>, Problem> {
    let mark = |id| app.seal.mark(Purpose::new(MARKS, id)).map_err(Problem::internal);
    let mut marks = ids.map(mark).collect::<Result<Vec<_>, _>>()?;
    marks.sort();
    Ok(marks)
}

/// The purpose of the key that makes marks.
pub(super) const MARKS: &str = "erasure-mark";
