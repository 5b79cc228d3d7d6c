//! Invitations to work in a clinic. Whoever is invited decides: with an account after signing in, without one by the
//! link, which makes it. The administrator who invites sees the same in both cases.

mod by_link;
mod by_mail;
mod model;
mod own;
mod store;

use super::scope::ClinicAdmin;
use super::store as clinics;
use crate::accounts::{self, Newcomer};
use crate::audit::Work;
use crate::error::Problem;
use crate::http::identity::ClinicRole;
use crate::http::routes::Routes;
use crate::i18n::Locale;
use crate::platform::limits::{self, Bucket, LONGEST_WINDOW, Limit};
use crate::platform::random::Secret;
use crate::state::App;

pub(super) use by_mail::INVITATION;
pub(super) use model::{Answered, Invitation, InvitationId};

pub(super) fn routes() -> Routes {
    Routes::new().merge(own::routes()).merge(by_link::routes())
}

/// Invites somebody: by mail, or else the link to hand over. An earlier invitation of the same address to the clinic
/// ends. `locale` is for those who have no account.
pub(super) async fn invite(
    app: &App,
    work: &mut Work,
    admin: &ClinicAdmin,
    (who, role, locale): (&Newcomer, ClinicRole, Locale),
) -> Result<Option<String>, Problem> {
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
    by_mail::post(work, app, &new.id, locale).await?;
    Ok((!app.mailer.is_on()).then(|| format!("{}{}", app.config.app_url, path(&secret))))
}

/// Invitations of one clinic in a quarter of an hour, where they go out by mail: strangers get them.
const MAILED: Limit = Limit { attempts: 30, window: LONGEST_WINDOW };

/// Counts an invitation of the clinic.
///
/// # Errors
/// 429 when there were too many.
pub(super) async fn count(app: &App, admin: &ClinicAdmin) -> Result<(), Problem> {
    if !app.mailer.is_on() {
        return Ok(());
    }
    let bucket = Bucket::new(&["invitation", admin.clinic_id().as_str()]);
    Ok(limits::count(&app.db, app.clock.now(), &bucket, MAILED).await?)
}

/// The path of the link by which somebody without an account accepts.
fn path(secret: &Secret) -> String {
    format!("/invitation#{}", secret.expose())
}

/// The invitations to a clinic that wait for an answer.
pub(super) async fn pending(app: &App, admin: &ClinicAdmin) -> Result<Vec<Invitation>, Problem> {
    Ok(store::of_clinic(&app.db, admin, app.clock.now()).await?)
}

/// Takes an invitation back.
pub(super) async fn withdraw(work: &mut Work, admin: &ClinicAdmin, id: &InvitationId) -> Result<(), Problem> {
    Ok(store::withdraw(work, admin, id).await?)
}
