//! Giving a recording to a patient, and links to the patient's page.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;
use sqlx::{Any, Transaction};

use super::sheet::{Occasion, sheet};
use crate::audit::{Act, Work};
use crate::error::Problem;
use crate::http::browser::csrf::Form;
use crate::http::browser::once::FormId;
use crate::http::browser::page::{Page, render};
use crate::http::context::RequestContext;
use crate::ids::PatientId;
use crate::patients::{self, Lifetime, Note, OwnedPatient};
use crate::recordings::{self, CanManage, page_address};
use crate::state::App;

#[derive(Deserialize)]
pub(super) struct LinkForm {
    #[serde(default)]
    note: String,
    #[serde(default)]
    lifetime: String,
    #[serde(default)]
    once: FormId,
}

#[derive(Template)]
#[template(path = "sharing/link_made_before.html")]
struct LinkMadeBefore {
    page: Page,
    back: String,
}

/// `POST /recordings/{id}/links`: makes a link, and first a patient if the recording has none. Reloading the answer makes
/// no second link.
pub(super) async fn create_link(
    held: CanManage,
    State(app): State<App>,
    page: Page,
    Form(form): Form<LinkForm>,
) -> Result<Response, Problem> {
    let known = match &held.recording().patient_id {
        Some(id) => Some(OwnedPatient::find(&app, held.owner(), id).await?),
        None => None,
    };
    let back = format!("{}#links", page_address(&held.recording().id));
    let lifetime = form.lifetime(&app)?;
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    if !form.once.claim(&app, &mut work).await? {
        return made_before(page, back);
    }
    let patient = match known {
        Some(patient) => patient,
        None => make_patient(&app, &mut work, &held, &form.note).await?,
    };
    finish(&app, page, work, (&patient, lifetime), back).await
}

/// `POST /patients/{id}/links`: the same from the page of the patient, who may have no recording yet.
pub(super) async fn create_for_patient(
    patient: OwnedPatient,
    State(app): State<App>,
    page: Page,
    Form(form): Form<LinkForm>,
) -> Result<Response, Problem> {
    let back = format!("/patients/{}#links", patient.id());
    let lifetime = form.lifetime(&app)?;
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    if !form.once.claim(&app, &mut work).await? {
        return made_before(page, back);
    }
    finish(&app, page, work, (&patient, lifetime), back).await
}

impl LinkForm {
    fn lifetime(&self, app: &App) -> Result<Lifetime, Problem> {
        let usual = Lifetime::of_days(app.config.link_days);
        Lifetime::from_form(&self.lifetime, usual).ok_or_else(Problem::bad_request)
    }
}

async fn finish(
    app: &App,
    page: Page,
    mut work: Work,
    (patient, lifetime): (&OwnedPatient, Lifetime),
    back: String,
) -> Result<Response, Problem> {
    let held = patients::hold(&mut work, patient.id()).await?;
    let made = patients::create_link(app, &mut work, (&held, patient.owner()), lifetime).await?;
    work.commit(Act::on_link("link-made", &made.link.id)).await?;
    sheet(app, page, (patient, &made), (Occasion::Made, back)).await
}

/// The page of a new link that was reloaded: its secret is no longer known to anybody here.
pub(super) fn made_before(page: Page, back: String) -> Result<Response, Problem> {
    if page.context().wants_json() {
        return Err(Problem::new(StatusCode::GONE, "link-made-before"));
    }
    Ok((StatusCode::GONE, render(&LinkMadeBefore { page, back })?).into_response())
}

async fn make_patient(
    app: &App,
    connection: &mut Transaction<'static, Any>,
    held: &CanManage,
    note: &str,
) -> Result<OwnedPatient, Problem> {
    let note = Note::from_form(note);
    let patient = patients::create_patient(app, connection, held.owner(), (None, note)).await?;
    recordings::give(connection, held, Some(&patient)).await?;
    Ok(patient)
}

#[derive(Deserialize)]
pub(super) struct PatientForm {
    #[serde(default)]
    patient: String,
    /// The patient that the page showed, if it says so; empty: none.
    seen: Option<String>,
}

/// `POST /recordings/{id}/patient`: gives the recording to another patient of the same doctor, or to none.
pub(super) async fn assign(
    held: CanManage,
    State(app): State<App>,
    context: RequestContext,
    Form(form): Form<PatientForm>,
) -> Result<Redirect, Problem> {
    let chosen = match form.patient.as_str() {
        "" => None,
        id => {
            let id = PatientId::parse(id).ok_or_else(Problem::not_found)?;
            Some(OwnedPatient::find(&app, held.owner(), &id).await?)
        }
    };
    let before = held.recording().patient_id.as_ref().map_or("", PatientId::as_str);
    if form.seen.as_deref().is_some_and(|seen| seen != before) {
        return Err(Problem::new(StatusCode::CONFLICT, "changed-meanwhile"));
    }
    let mut back = page_address(&held.recording().id);
    if held.recording().patient_id.as_ref() != chosen.as_ref().map(OwnedPatient::id) {
        let mut connection = Work::begin(&app.db, context).await?;
        recordings::move_to(&mut connection, &held, chosen.as_ref()).await?;
        connection.commit(Act::on_recording("recording-given", &held.recording().id)).await?;
        back = format!("{back}?moved={before}");
    }
    Ok(Redirect::to(&format!("{back}#links")))
}
