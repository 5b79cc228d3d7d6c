//! A job: the lines of the list that are missing are made from what they repeat.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use sqlx::{Any, Transaction};

use super::entry::enter;
use super::settle::settle;
use crate::analyses;
use crate::audit::{Act, Duty, Work};
use crate::error::Problem;
use crate::patients;
use crate::platform::jobs::Kind;
use crate::recordings::{self, Digest, Recording};
use crate::rows::{self, Figures, PatientMark, Revisions};
use crate::state::App;

/// The jobs of this room.
pub const JOBS: [Kind<App>; 1] = [Kind {
    name: "lines-missing",
    every: Some(Duration::from_mins(10)),
    run: |app, _| Box::pin(async move { Ok(rebuild(&app).await.map(drop)?) }),
}];

/// Recordings looked at, and lines entered, in one go.
const BATCH: u32 = 100;

/// Gives clinics to what has none, then makes the lines that are missing, from recordings, patients, links and
/// analyses; says how many. For the first start of this program on a database of an older one, and for recordings that
/// an older one stores beside it.
///
/// # Errors
/// When the database is away; what was done stays done.
pub async fn rebuild(app: &App) -> Result<u64, Problem> {
    settle(app).await?;
    let (mut made, mut after) = (0, None);
    loop {
        let mut batch = recordings::list_ready(&app.db, after.as_ref(), BATCH).await?;
        let Some((first, last)) = batch.first().zip(batch.last()) else { return Ok(made) };
        let known: BTreeSet<_> = rows::known(&app.db, &first.id, &last.id).await?.into_iter().collect();
        after = Some(last.id.clone());
        batch.retain(|recording| !known.contains(&recording.id));
        if !batch.is_empty() {
            made += rebuild_batch(app, &batch).await?;
        }
    }
}

/// Whoever changes a patient or gives a recording away holds the patient first; so does this, in the order of all.
async fn rebuild_batch(app: &App, batch: &[Recording]) -> Result<u64, Problem> {
    let mut patients: Vec<_> = batch.iter().filter_map(|recording| recording.patient_id.as_ref()).collect();
    patients.sort_by_key(|patient| patient.as_str());
    patients.dedup();
    let (mut connection, mut made) = (Work::begin(&app.db, Duty::Rebuild).await?, 0);
    let mut marks = BTreeMap::new();
    for patient in patients {
        if let Some(held) = patients::hold_if_there(&mut connection, patient).await? {
            marks.insert(patient, patients::mark(&mut connection, &held).await?);
        }
    }
    for recording in batch {
        // Somebody changed it since it was read: the next round finds it as it is then.
        if recordings::hold(&mut connection, recording).await? {
            let patient = recording.patient_id.as_ref().and_then(|id| marks.get(id));
            rebuild_one(&mut connection, recording, patient).await?;
            made += 1;
        }
    }
    connection.commit(Act::on_rows("lines-rebuilt", made)).await?;
    Ok(made)
}

async fn rebuild_one(
    connection: &mut Transaction<'static, Any>,
    recording: &Recording,
    patient: Option<&PatientMark>,
) -> Result<(), Problem> {
    let kept = analyses::row(connection, recording).await?;
    let figures = kept.unwrap_or_else(|| until_analysed(&recording.digest));
    enter(connection, recording, patient, &figures).await
}

/// What an older program knew of a night.
fn until_analysed(digest: &Digest) -> Figures {
    Figures {
        starts_at: digest.starts_at,
        length: digest.length,
        odi3_per_h: digest.odi3_per_h,
        odi4_per_h: digest.odi4_per_h,
        below_90_pct: digest.below_90_pct,
        below_90_pct_with_below_range: None,
        min_pct: digest.min_pct,
        signal: None,
        flags: None,
        strip: None,
        revisions: Revisions::NONE,
    }
}
