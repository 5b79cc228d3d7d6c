//! What a program that knows no clinics writes beside this one, while an update is under way, gets the clinic of its
//! owner.

use std::collections::BTreeSet;

use sqlx::{Any, Transaction};

use crate::audit::{Act, Duty, Work};
use crate::clinics;
use crate::error::Problem;
use crate::ids::{AccountId, PatientId};
use crate::patients::{self, Code};
use crate::recordings;
use crate::rows;
use crate::state::App;

/// Gives every patient and recording without a clinic the one of its owner, and forgets lines of the list that name
/// none. Nothing to do is the usual case.
pub(super) async fn settle(app: &App) -> Result<(), Problem> {
    let patients = patients::homeless(&app.db).await?;
    let mut owners: BTreeSet<_> = recordings::homeless(&app.db).await?.into_iter().collect();
    owners.extend(patients.iter().map(|(_, owner)| owner.clone()));
    if owners.is_empty() {
        return Ok(());
    }
    for owner in &owners {
        clinics::adopt(app, owner).await?;
    }
    let mut work = Work::begin(&app.db, Duty::Settling).await?;
    for (patient, owner) in &patients {
        settle_patient(&mut work, patient, owner).await?;
    }
    let mut settled = 0;
    for owner in &owners {
        settled += recordings::settle(&mut work, owner).await?;
    }
    rows::forget_homeless(&mut work).await?;
    Ok(work.commit(Act::on_rows("rows-settled", settled)).await?)
}

/// Under the next code that nobody in the clinic has.
async fn settle_patient(
    work: &mut Transaction<'static, Any>,
    patient: &PatientId,
    owner: &AccountId,
) -> Result<(), Problem> {
    let Some(patient) = patients::hold_if_there(work, patient).await? else { return Ok(()) };
    for _ in 0..MOST_TRIES {
        let number = clinics::next_number_at_home(work, owner).await?;
        if patients::settle(work, &patient, &Code::numbered(number)).await? {
            return Ok(());
        }
    }
    Err(Problem::internal("a patient without a clinic gets no code"))
}

/// Codes that people chose can stand in the way of so many numbers.
const MOST_TRIES: u32 = 10_000;
