//! The tables `patient_merges` and `patient_merge_items`: which patients turned out to be one, and what moved then.

use sqlx::any::AnyRow;
use sqlx::{Any, Row as _, Transaction};

use super::access::SeenPatient;
use super::held::HeldPatient;
use super::model::Merge;
use crate::clinics::Doctor;
use crate::ids::{LinkId, MergeId, RecordingId};
use crate::platform::clock::Timestamp;
use crate::platform::db::{Db, DbError};

/// What moved.
#[derive(Clone, Debug, Default)]
pub(super) struct Moved {
    /// Recordings.
    pub(super) recordings: Vec<RecordingId>,
    /// Links.
    pub(super) links: Vec<LinkId>,
}

/// Notes a merge and what moved with it.
pub(super) async fn note(
    work: &mut Transaction<'static, Any>,
    id: &MergeId,
    (source, target): (&HeldPatient, &HeldPatient),
    (by, now): (&Doctor, Timestamp),
    moved: &Moved,
) -> Result<(), DbError> {
    let query = sqlx::query(
        "INSERT INTO patient_merges (id, source_id, target_id, merged_by, merged_at) VALUES ($1, $2, $3, $4, $5)",
    );
    let query = query.bind(id.as_str()).bind(source.id().as_str()).bind(target.id().as_str());
    query.bind(by.account_id().as_str()).bind(now.as_millis()).execute(&mut **work).await?;
    let recordings = moved.recordings.iter().map(|id| ("recording", id.as_str()));
    for (kind, item) in recordings.chain(moved.links.iter().map(|id| ("link", id.as_str()))) {
        let query =
            sqlx::query("INSERT INTO patient_merge_items (merge_id, kind, item_id) VALUES ($1, $2, $3)");
        query.bind(id.as_str()).bind(kind).bind(item).execute(&mut **work).await?;
    }
    Ok(())
}

/// The merges into a patient that have not been taken back, the newest first.
pub(super) async fn into(db: &Db, target: &SeenPatient) -> Result<Vec<Merge>, DbError> {
    let query = sqlx::query(
        "SELECT id, source_id, merged_at FROM patient_merges WHERE target_id = $1 AND undone_at IS NULL \
         ORDER BY merged_at DESC, id DESC",
    );
    query.bind(target.patient().id.as_str()).fetch_all(db.read()).await?.iter().map(merge).collect()
}

/// Takes a merge into this patient back; `None` when there is none, or that has been done.
pub(super) async fn take_back(
    work: &mut Transaction<'static, Any>,
    id: &MergeId,
    target: &HeldPatient,
    now: Timestamp,
) -> Result<Option<(Merge, Moved)>, DbError> {
    let query = sqlx::query(
        "UPDATE patient_merges SET undone_at = $3 WHERE id = $1 AND target_id = $2 AND undone_at IS NULL \
         RETURNING id, source_id, merged_at",
    );
    let query = query.bind(id.as_str()).bind(target.id().as_str()).bind(now.as_millis());
    let Some(row) = query.fetch_optional(&mut **work).await? else { return Ok(None) };
    Ok(Some((merge(&row)?, moved(work, id).await?)))
}

async fn moved(work: &mut Transaction<'static, Any>, id: &MergeId) -> Result<Moved, DbError> {
    let query =
        sqlx::query("SELECT kind, item_id FROM patient_merge_items WHERE merge_id = $1 ORDER BY item_id");
    let mut moved = Moved::default();
    for row in query.bind(id.as_str()).fetch_all(&mut **work).await? {
        match row.try_get("kind")? {
            "link" => moved.links.push(row.try_get("item_id")?),
            _ => moved.recordings.push(row.try_get("item_id")?),
        }
    }
    Ok(moved)
}

/// Forgets that a recording or link moved with a merge: it is gone.
///
/// # Errors
/// When the database fails.
pub async fn forget_moved(work: &mut Transaction<'static, Any>, item: &str) -> Result<(), DbError> {
    let query = sqlx::query("DELETE FROM patient_merge_items WHERE item_id = $1");
    query.bind(item).execute(&mut **work).await.map(drop)
}

fn merge(row: &AnyRow) -> Result<Merge, DbError> {
    Ok(Merge {
        id: row.try_get("id")?,
        source_id: row.try_get("source_id")?,
        merged_at: Timestamp::from_millis(row.try_get("merged_at")?),
    })
}
