//! From rows of the tables to what they say.

use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::model::{Code, Link, Note, Opened, Patient};
use crate::ids::PatientId;
use crate::platform::clock::Timestamp;
use crate::platform::db::DbError;
use crate::rows::Links;

/// What [`patient`] reads. What a program that knows no clinics writes beside this one has neither clinic nor code until
/// it is given them.
macro_rules! columns {
    () => {
        "id, COALESCE(clinic_id, owner_id) AS clinic_id, owner_id, COALESCE(code, '') AS code, label, merged_into, \
         created_at"
    };
}

pub(super) use columns;

pub(super) fn patient(row: &AnyRow) -> Result<Patient, DbError> {
    let label: Option<String> = row.try_get("label")?;
    Ok(Patient {
        id: row.try_get("id")?,
        clinic_id: row.try_get("clinic_id")?,
        owner_id: row.try_get("owner_id")?,
        code: Code::kept(row.try_get("code")?),
        note: label.as_deref().and_then(Note::from_form),
        merged_into: row.try_get("merged_into")?,
        created_at: Timestamp::from_millis(row.try_get("created_at")?),
    })
}

pub(super) fn patient_id(row: &AnyRow) -> Result<PatientId, DbError> {
    row.try_get("patient_id")
}

pub(super) fn link(row: &AnyRow) -> Result<Link, DbError> {
    let moment = |column: &str| -> Result<Option<Timestamp>, DbError> {
        Ok(row.try_get::<Option<i64>, _>(column)?.map(Timestamp::from_millis))
    };
    Ok(Link {
        id: row.try_get("id")?,
        created_at: Timestamp::from_millis(row.try_get("created_at")?),
        expires_at: moment("expires_at")?,
        revoked_at: moment("revoked_at")?,
        views: u64::try_from(row.try_get::<i64, _>("views")?).unwrap_or(0),
        last_viewed_at: moment("last_viewed_at")?,
    })
}

pub(super) fn at_a_glance(rows: &[AnyRow]) -> Result<Links, DbError> {
    let mut links = Links { has_any: !rows.is_empty(), end_at: None };
    for row in rows {
        let expires_at: Option<i64> = row.try_get("expires_at")?;
        if row.try_get::<Option<i64>, _>("revoked_at")?.is_none() {
            links.end_at = links.end_at.max(Some(expires_at.map_or(Links::NEVER, Timestamp::from_millis)));
        }
    }
    Ok(links)
}

pub(super) fn opened(row: &AnyRow) -> Result<Opened, DbError> {
    Ok(Opened {
        link_id: row.try_get("id")?,
        patient_id: patient_id(row)?,
        owner_id: row.try_get("owner_id")?,
        clinic_id: row.try_get("clinic_id")?,
        expires_at: row.try_get::<Option<i64>, _>("expires_at")?.map(Timestamp::from_millis),
    })
}
