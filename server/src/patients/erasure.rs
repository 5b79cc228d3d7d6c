//! A patient is erased: the part of it that belongs to patients and links. [`crate::privacy`] adds the rest.

use sqlx::{Any, Transaction};

use super::held::HeldPatient;
use super::links;
use super::store;
use crate::error::Problem;
use crate::ids::{LinkId, PatientId};

/// What is gone.
#[derive(Clone, Debug)]
pub struct ErasedPatients {
    /// The patient, and those who had turned out to be the same.
    pub patients: Vec<PatientId>,
    /// Links.
    pub links: Vec<LinkId>,
}

/// Removes a patient, those who turned out to be the same, and their links, visits and merges. Its recordings must be
/// hidden before: they would become nobody's.
///
/// # Errors
/// When the database fails.
pub async fn erase(
    work: &mut Transaction<'static, Any>,
    patient: &HeldPatient,
) -> Result<ErasedPatients, Problem> {
    // They stay where they are, and are named.
    let links = links::store::move_all(work, patient, patient).await?;
    Ok(ErasedPatients { patients: store::remove(work, patient).await?, links })
}
