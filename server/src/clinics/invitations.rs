//! Invitations to work in a clinic. Whoever is invited decides: with an account after signing in, without one by the
//! link, which makes it. The administrator who invites sees the same in both cases.

mod by_link;
mod model;
mod own;
mod store;

use sqlx::{Any, Transaction};

use super::scope::ClinicAdmin;
use super::store as clinics;
use crate::accounts::{self, Newcomer};
use crate::error::Problem;
use crate::http::identity::ClinicRole;
use crate::http::routes::Routes;
use crate::state::App;

pub(super) use model::{Answered, Invitation, InvitationId};

pub(super) fn routes() -> Routes {
    Routes::new().merge(own::routes()).merge(by_link::routes())
}

/// Invites somebody: the link to hand over. An earlier invitation of the same address to the clinic ends.
pub(super) async fn invite(
    app: &App,
    work: &mut Transaction<'static, Any>,
    admin: &ClinicAdmin,
    (who, role): (&Newcomer, ClinicRole),
) -> Result<String, Problem> {
    let known = accounts::with_address(work, who).await?;
    if let Some(id) = &known
        && clinics::has_place(work, admin, id).await?
    {
        return Err(Problem::refused("member-already"));
    }
    let (now, secret) = (app.clock.now(), app.random.secret());
    let new = model::NewInvitation {
        id: InvitationId::new(app.random.id(now)),
        who,
        role,
        secret_hash: secret.fingerprint(),
        now,
        expires_at: now.plus(model::LIFETIME),
    };
    store::insert(work, admin, &new).await?;
    if let Some(id) = &known {
        accounts::tell_invited(app, work, id).await?;
    }
    Ok(format!("{}/invitation#{}", app.config.app_url, secret.expose()))
}

/// The invitations to a clinic that wait for an answer.
pub(super) async fn pending(app: &App, admin: &ClinicAdmin) -> Result<Vec<Invitation>, Problem> {
    Ok(store::of_clinic(&app.db, admin, app.clock.now()).await?)
}

/// Takes an invitation back.
pub(super) async fn withdraw(
    work: &mut Transaction<'static, Any>,
    admin: &ClinicAdmin,
    id: &InvitationId,
) -> Result<(), Problem> {
    Ok(store::withdraw(work, admin, id).await?)
}
