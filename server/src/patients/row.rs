//! From rows of the tables to what they say.

use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::model::{Code, Note, Patient};
use crate::platform::clock::Timestamp;
use crate::platform::db::DbError;

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
