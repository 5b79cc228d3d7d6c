//! Patients and their links as the list shows them.

use sqlx::{Any, Transaction};

use super::store;
use crate::error::Problem;
use crate::patients::held::HeldPatient;
use crate::patients::model::Patient;
use crate::rows::{self, PatientMark};

/// A patient as the list shows it.
///
/// # Errors
/// When the database fails.
pub async fn mark(
    connection: &mut Transaction<'static, Any>,
    held: &HeldPatient,
) -> Result<PatientMark, Problem> {
    let links = store::glance(connection, held).await?;
    let Patient { id, code, note, .. } = held.patient();
    let note = note.as_ref().map(|note| note.as_str().to_owned());
    Ok(PatientMark { id: id.clone(), code: code.as_str().to_owned(), note, links })
}

/// Tells the list what the links of a patient are now.
pub(super) async fn relist(
    connection: &mut Transaction<'static, Any>,
    patient: &HeldPatient,
) -> Result<(), Problem> {
    let mark = mark(connection, patient).await?;
    Ok(rows::linked(connection, &mark).await?)
}
