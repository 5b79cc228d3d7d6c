//! Closing links: one, all of an account, all that somebody's patients have in a clinic.

use axum::extract::State;
use axum::response::Redirect;
use serde::Deserialize;
use sqlx::{Any, Transaction};

use super::access::OwnedLink;
use super::marks::relist;
use super::store;
use crate::accounts::AdministeredAccount;
use crate::audit::{Act, Work};
use crate::clinics::ClinicPerson;
use crate::error::Problem;
use crate::http::auth::SteppedUp;
use crate::http::browser::csrf::Form;
use crate::http::context::RequestContext;
use crate::ids::{PatientId, RecordingId};
use crate::patients::held::{hold, hold_if_there};
use crate::patients::store as patients;
use crate::state::App;

#[derive(Deserialize)]
pub(in crate::patients) struct RevokeForm {
    /// The recording whose page the button stands on; else it is the link's own.
    #[serde(default)]
    recording: String,
}

/// `POST /links/{id}/revoke`: from the next request on, the link opens nothing.
pub(in crate::patients) async fn revoke(
    link: OwnedLink,
    State(app): State<App>,
    context: RequestContext,
    Form(form): Form<RevokeForm>,
) -> Result<Redirect, Problem> {
    let mut work = Work::begin(&app.db, context).await?;
    let patient = hold(&mut work, link.patient_id()).await?;
    store::revoke(&mut work, &link, app.clock.now()).await?;
    relist(&mut work, &patient).await?;
    work.commit(Act::on_link("link-revoked", link.id())).await?;
    Ok(Redirect::to(&match RecordingId::parse(&form.recording) {
        Some(recording) => format!("/recordings/{recording}#links"),
        None => format!("/links/{}", link.id()),
    }))
}

#[derive(Deserialize)]
pub(in crate::patients) struct Nothing {}

/// `POST /admin/users/{id}/links/close`: closes all links of an account, such as one whose doctor has left. The
/// administrator sees neither patients nor links.
pub(in crate::patients) async fn close_all(
    whose: SteppedUp<AdministeredAccount>,
    State(app): State<App>,
    context: RequestContext,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Problem> {
    let mut work = Work::begin(&app.db, context).await?;
    let patients = patients::of_account(&mut work, &whose).await?;
    close_of(&app, &mut work, &patients).await?;
    work.commit(Act::on_account("links-closed", whose.id()).of_platform()).await?;
    Ok(Redirect::to("/admin/users?links-closed=1"))
}

/// `POST /clinic/people/{id}/links/close`: closes all links that somebody's patients have in the clinic.
pub(in crate::patients) async fn close_here(
    whose: SteppedUp<ClinicPerson>,
    State(app): State<App>,
    context: RequestContext,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Problem> {
    let mut work = Work::begin(&app.db, context).await?;
    let patients = patients::of_doctor(&mut work, &whose).await?;
    close_of(&app, &mut work, &patients).await?;
    work.commit(Act::on_account("links-closed", whose.person().id())).await?;
    Ok(Redirect::to("/clinic/people?links-closed=1"))
}

async fn close_of(
    app: &App,
    work: &mut Transaction<'static, Any>,
    patients: &[PatientId],
) -> Result<(), Problem> {
    for patient in patients {
        let Some(patient) = hold_if_there(work, patient).await? else { continue };
        if store::revoke_all(work, &patient, app.clock.now()).await? > 0 {
            relist(work, &patient).await?;
        }
    }
    Ok(())
}
