//! Who is signed in, with the clinics the account may work in.

use std::future::Future;
use std::pin::Pin;

use super::store;
use crate::accounts;
use crate::audit::{Act, Duty, Work};
use crate::error::Problem;
use crate::http::identity::{ClinicRole, Identity};
use crate::ids::AccountId;
use crate::state::App;

/// Finds who a session secret belongs to, and what this somebody is in which clinic.
pub fn identify(
    app: App,
    token: String,
) -> Pin<Box<dyn Future<Output = Result<Option<Identity>, Problem>> + Send>> {
    Box::pin(async move {
        match accounts::identify(app.clone(), token).await? {
            Some(identity) => introduced(&app, identity).await.map(Some),
            None => Ok(None),
        }
    })
}

async fn introduced(app: &App, mut identity: Identity) -> Result<Identity, Problem> {
    if !identity.is_settled {
        adopt(app, &identity.account_id).await?;
    }
    identity.standings = store::standings(&app.db, &identity).await?;
    if identity.is_admin {
        let guest = store::open_to_guests(&app.db, app.clock.now()).await?;
        let others = guest.into_iter().filter(|guest| !identity.is_member(&guest.clinic_id));
        let others: Vec<_> = others.collect();
        identity.standings.extend(others);
    }
    identity.lacks_second_factor = !identity.has_second_factor && is_asked(app, &identity).await?;
    Ok(identity)
}

/// Whether a second factor is asked of the account: of administrators of the platform and of clinics by the platform, of
/// its own administrators by a clinic.
async fn is_asked(app: &App, identity: &Identity) -> Result<bool, Problem> {
    let heads = || identity.standings.iter().filter(|standing| standing.role == ClinicRole::Administrator);
    if heads().any(|standing| standing.asks_second_factor) {
        return Ok(true);
    }
    let is_administrator = identity.is_admin || heads().next().is_some();
    Ok(is_administrator && accounts::administrators_need_second_factor(app).await?)
}

/// Gives an account for which nobody has decided about clinics one of its own, under its own identifier. An
/// administrator of the platform gets one only where there is none yet: who sets a platform up may work on it alone.
///
/// # Errors
/// When the database fails.
pub async fn adopt(app: &App, account_id: &AccountId) -> Result<(), Problem> {
    let mut work = Work::begin(&app.db, Duty::Settling).await?;
    let Some(unsettled) = accounts::settle(&mut work, account_id).await? else { return Ok(()) };
    if !unsettled.is_admin || store::is_empty(&mut work).await? {
        store::found(&mut work, &unsettled, app.clock.now()).await?;
    }
    Ok(work.commit(Act::on_account("clinic-given", account_id)).await?)
}
