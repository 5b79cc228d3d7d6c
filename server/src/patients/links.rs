//! Making, listing and closing links.

use axum::extract::State;
use axum::response::Redirect;
use serde::Deserialize;
use sqlx::{Any, Transaction};

use super::access::{OwnedLink, OwnedPatient, SeenPatient};
use super::model::{Code, Lifetime, Link, Note, Patient};
use super::store;
use crate::accounts::AdministeredAccount;
use crate::clinics::{self, ClinicPerson, Doctor, Member};
use crate::error::Problem;
use crate::http::audit::{Act, Work};
use crate::http::browser::csrf::Form;
use crate::http::context::RequestContext;
use crate::ids::{LinkId, PatientId, RecordingId};
use crate::platform::random::Secret;
use crate::rows::{self, PatientMark};
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
            patient.code = Code::numbered(clinics::next_patient_number(connection, owner.clinic_id()).await?);
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
    patient: &OwnedPatient,
    lifetime: Lifetime,
) -> Result<NewLink, Problem> {
    let now = app.clock.now();
    let (id, secret) = (LinkId::new(app.random.id(now)), app.random.secret());
    store::create_link(connection, patient.id(), &id, &secret.fingerprint(), (lifetime, now)).await?;
    relist(connection, patient.id()).await?;
    Ok(NewLink { id, secret })
}

/// Tells the list what the links of a patient are now.
async fn relist(connection: &mut Transaction<'static, Any>, patient: &PatientId) -> Result<(), Problem> {
    let links = store::links_at_a_glance(connection, patient).await?;
    Ok(rows::linked(connection, patient, links).await?)
}

/// A patient as the list shows it; `None` when it has just been deleted.
///
/// # Errors
/// When the database fails.
pub async fn mark(
    connection: &mut Transaction<'static, Any>,
    patient: &PatientId,
) -> Result<Option<PatientMark>, Problem> {
    let Some(found) = store::find_held(connection, patient).await? else { return Ok(None) };
    let links = store::links_at_a_glance(connection, patient).await?;
    let note = found.note.map(|note| note.as_str().to_owned());
    Ok(Some(PatientMark { id: found.id, code: found.code.as_str().to_owned(), note, links }))
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

/// Holds a patient for the rest of the transaction, so that nobody adds or removes recordings meanwhile.
///
/// # Errors
/// [`Problem::not_found`] when the patient has just been deleted.
pub async fn hold(connection: &mut Transaction<'static, Any>, patient: &PatientId) -> Result<(), Problem> {
    if store::lock(connection, patient).await? { Ok(()) } else { Err(Problem::not_found()) }
}

/// [`hold`] for whoever does not mind that the patient has just been deleted.
///
/// # Errors
/// When the database fails.
pub async fn hold_if_there(
    connection: &mut Transaction<'static, Any>,
    patient: &PatientId,
) -> Result<(), Problem> {
    store::lock(connection, patient).await?;
    Ok(())
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
    hold(&mut connection, link.patient_id()).await?;
    store::revoke(&mut connection, &link, app.clock.now()).await?;
    relist(&mut connection, link.patient_id()).await?;
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
    whose: AdministeredAccount,
    State(app): State<App>,
    context: RequestContext,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Problem> {
    let mut connection = Work::begin(&app.db, context).await?;
    let patients = store::linked_patients(&mut connection, &whose).await?;
    close_of(&app, &mut connection, &patients).await?;
    connection.commit(Act::on_account("links-closed", whose.id())).await?;
    Ok(Redirect::to("/admin/users?links-closed=1"))
}

/// `POST /clinic/people/{id}/links/close`: closes all links that somebody's patients have in the clinic.
pub(super) async fn close_here(
    whose: ClinicPerson,
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
        hold_if_there(connection, patient).await?;
        store::revoke_all(connection, patient, app.clock.now()).await?;
        relist(connection, patient).await?;
    }
    Ok(())
}
