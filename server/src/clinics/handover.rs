//! Somebody leaves: everything of theirs in the clinic becomes a colleague's.

use sqlx::{Any, Transaction};

use super::members::ClinicPerson;
use super::store;
use crate::accounts;
use crate::error::Problem;
use crate::ids::ClinicId;

/// Proof that what is somebody's in a clinic may become a colleague's within this transaction: the rights are held, and
/// the colleague works there.
#[derive(Debug)]
pub struct Handover<'a> {
    from: &'a ClinicPerson,
    to: &'a ClinicPerson,
}

impl<'a> Handover<'a> {
    /// Holds the rights, so that the colleague stays one until the transaction ends.
    ///
    /// # Errors
    /// 422 when the colleague does not work in the clinic, or is the same person.
    pub async fn begin(
        work: &mut Transaction<'static, Any>,
        (from, to): (&'a ClinicPerson, &'a ClinicPerson),
    ) -> Result<Self, Problem> {
        accounts::hold_rights(work).await?;
        let (clinic, receiver) = (from.admin().clinic_id(), to.person().id());
        let is_there = to.membership().is_enabled && store::at_work(work, clinic).await?.contains(receiver);
        if from.person().id() == receiver || !is_there || !accounts::is_enabled_in(work, receiver).await? {
            return Err(Problem::refused("transfer-to-nobody"));
        }
        Ok(Self { from, to })
    }

    /// The clinic.
    pub fn clinic_id(&self) -> &ClinicId {
        self.from.admin().clinic_id()
    }

    /// Who leaves.
    pub fn from(&self) -> &ClinicPerson {
        self.from
    }

    /// The colleague.
    pub fn to(&self) -> &ClinicPerson {
        self.to
    }
}
