//! Making, listing and closing links.

use axum::extract::State;
use axum::response::Redirect;
use serde::Deserialize;
use sqlx::{Any, Transaction};

use super::access::{OwnedLink, OwnedPatient, SeenPatient};
use super::held::{HeldPatient, hold, hold_if_there, mark};
use super::model::{Code, Lifetime, Link, Note, Patient};
use super::store;
use crate::accounts::AdministeredAccount;
use crate::audit::{Act, Work};
use crate::clinics::{self, ClinicPerson, Doctor, Member};
use crate::error::Problem;
use crate::http::auth::SteppedUp;
use crate::http::browser::csrf::Form;
use crate::http::context::RequestContext;
use crate::ids::{LinkId, PatientId, RecordingId};
use crate::platform::random::Secret;
use crate::rows;
use crate::state::App;

/// A link that was just made: the only moment at which its secret is known.
#[derive(Clone, Debug)]
pub struct NewLink {
    id: LinkId,
    secret: Secret,
}

impl NewLink {
    /// Identifier.
    pub fn id(&self) -> &LinkId {
        &self.id
    }

    /// The address to give to the patient. The secret stands behind `#`, which browsers do not send.
    pub fn address(&self, app: &App) -> String {
        format!("{}/p/{}#{}", app.config.app_url, self.id.as_str(), self.secret.expose())
    }
}

/// Makes a patient of the doctor, under the next code that is free unless one is given.
///
/// # Errors
/// 422 when somebody in the clinic has the code.
pub async fn create_patient(
    app: &App,
    connection: &mut Transaction<'static, Any>,
    owner: &Doctor,
    (code, note): (Option<Code>, Option<Note>),
) -> Result<OwnedPatient, Problem> {
    let now = app.clock.now();
    let (id, is_given) = (PatientId::new(app.random.id(now)), code.is_some());
    let (clinic_id, owner_id) = (owner.clinic_id().clone(), owner.account_id().clone());
    let code = code.unwrap_or_else(|| Code::numbered(0));
    let mut patient = Patient { id, clinic_id, owner_id, code, note, merged_into: None, created_at: now };
    loop {
        if !is_given {
            patient.code = Code::numbered(clinics::next_patient_number(connection, owner).await?);
        }
        if store::create(connection, &patient).await? {
            return Ok(OwnedPatient::just_made(patient, owner));
        }
        if is_given {
            return Err(Problem::refused("code-taken"));
        }
    }
}

/// Makes a link to a patient.
///
/// # Errors
/// When the database fails.
pub async fn create_link(
    app: &App,
    connection: &mut Transaction<'static, Any>,
    patient: &HeldPatient,
    lifetime: Lifetime,
) -> Result<NewLink, Problem> {
    let now = app.clock.now();
    let (id, secret) = (LinkId::new(app.random.id(now)), app.random.secret());
    store::create_link(connection, patient, &id, &secret.fingerprint(), (lifetime, now)).await?;
    relist(connection, patient).await?;
    Ok(NewLink { id, secret })
}

/// Tells the list what the links of a patient are now.
async fn relist(connection: &mut Transaction<'static, Any>, patient: &HeldPatient) -> Result<(), Problem> {
    let mark = mark(connection, patient).await?;
    Ok(rows::linked(connection, &mark).await?)
}

/// The patients that somebody sees in the clinic, the highest codes first: those after `after`, `limit` at most.
///
/// # Errors
/// When the database fails.
pub async fn list_patients(
    app: &App,
    reader: &Member,
    after: Option<&Code>,
    limit: u32,
) -> Result<Vec<Patient>, Problem> {
    Ok(store::list(&app.db, reader, after, limit).await?)
}

/// The account's own patients in the clinic, those with the highest codes first.
///
/// # Errors
/// When the database fails.
pub async fn list_own_patients(app: &App, reader: &Member, most: u32) -> Result<Vec<Patient>, Problem> {
    Ok(store::list_own(&app.db, reader, None, most).await?)
}

/// The patient's links, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list_links(app: &App, patient: &SeenPatient) -> Result<Vec<Link>, Problem> {
    Ok(store::links(&app.db, patient).await?)
}

#[derive(Deserialize)]
pub(super) struct RevokeForm {
    /// The recording whose page the button stands on.
    #[serde(default)]
    recording: String,
}

/// `POST /links/{id}/revoke`: from the next request on, the link opens nothing.
pub(super) async fn revoke(
    link: OwnedLink,
    State(app): State<App>,
    context: RequestContext,
    Form(form): Form<RevokeForm>,
) -> Result<Redirect, Problem> {
    let mut connection = Work::begin(&app.db, context).await?;
    let patient = hold(&mut connection, link.patient_id()).await?;
    store::revoke(&mut connection, &link, app.clock.now()).await?;
    relist(&mut connection, &patient).await?;
    connection.commit(Act::on_link("link-revoked", link.id())).await?;
    Ok(Redirect::to(&match RecordingId::parse(&form.recording) {
        Some(recording) => format!("/recordings/{recording}#links"),
        None => "/recordings".to_owned(),
    }))
}

#[derive(Deserialize)]
pub(super) struct Nothing {}

/// `POST /admin/users/{id}/links/close`: closes all links of an account, such as one whose doctor has left. The
/// administrator sees neither patients nor links.
pub(super) async fn close_all(
    whose: SteppedUp<AdministeredAccount>,
    State(app): State<App>,
    context: RequestContext,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Problem> {
    let mut connection = Work::begin(&app.db, context).await?;
    let patients = store::linked_patients(&mut connection, &whose).await?;
    close_of(&app, &mut connection, &patients).await?;
    connection.commit(Act::on_account("links-closed", whose.id()).of_platform()).await?;
    Ok(Redirect::to("/admin/users?links-closed=1"))
}

/// `POST /clinic/people/{id}/links/close`: closes all links that somebody's patients have in the clinic.
pub(super) async fn close_here(
    whose: SteppedUp<ClinicPerson>,
    State(app): State<App>,
    context: RequestContext,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Problem> {
    let mut connection = Work::begin(&app.db, context).await?;
    let patients = store::linked_patients_here(&mut connection, &whose).await?;
    close_of(&app, &mut connection, &patients).await?;
    connection.commit(Act::on_account("links-closed", whose.person().id())).await?;
    Ok(Redirect::to("/clinic/people?links-closed=1"))
}

async fn close_of(
    app: &App,
    connection: &mut Transaction<'static, Any>,
    patients: &[PatientId],
) -> Result<(), Problem> {
    for patient in patients {
        let Some(patient) = hold_if_there(connection, patient).await? else { continue };
        store::revoke_all(connection, &patient, app.clock.now()).await?;
        relist(connection, &patient).await?;
    }
    Ok(())
}
