//! Patients that are held: while one transaction has them, no other gives them recordings or links, merges or deletes them.

use sqlx::{Any, Transaction};

use super::model::Patient;
use super::store;
use crate::error::Problem;
use crate::ids::PatientId;

/// Proof that a patient is held until the transaction ends, with its row as it is then.
#[derive(Debug)]
pub struct HeldPatient {
    patient: Patient,
}

impl HeldPatient {
    pub(super) fn new(patient: Patient) -> Self {
        Self { patient }
    }

    /// Identifier.
    pub fn id(&self) -> &PatientId {
        &self.patient.id
    }

    /// The patient.
    pub(super) fn patient(&self) -> &Patient {
        &self.patient
    }
}

/// Holds a patient for the rest of the transaction.
///
/// # Errors
/// [`Problem::not_found`] when the patient has just been deleted, or has turned out to be another.
pub async fn hold(
    connection: &mut Transaction<'static, Any>,
    patient: &PatientId,
) -> Result<HeldPatient, Problem> {
    hold_if_there(connection, patient).await?.ok_or_else(Problem::not_found)
}

/// [`hold`] for whoever does not mind that the patient is gone.
///
/// # Errors
/// When the database fails.
pub async fn hold_if_there(
    connection: &mut Transaction<'static, Any>,
    patient: &PatientId,
) -> Result<Option<HeldPatient>, Problem> {
    Ok(store::hold(connection, patient).await?.map(HeldPatient::new))
}

/// Holds two patients, always in the same order, so that two acts cannot wait for each other.
///
/// # Errors
/// [`Problem::not_found`] when one is gone or has turned out to be another.
pub async fn hold_both(
    connection: &mut Transaction<'static, Any>,
    (one, other): (&PatientId, &PatientId),
) -> Result<(HeldPatient, HeldPatient), Problem> {
    if one <= other {
        let one = hold(connection, one).await?;
        Ok((one, hold(connection, other).await?))
    } else {
        let other = hold(connection, other).await?;
        Ok((hold(connection, one).await?, other))
    }
}
