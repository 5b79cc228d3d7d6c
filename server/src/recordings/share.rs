//! Giving a recording to a patient, and links to the patient's page.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;
use sqlx::{Any, Transaction};

use super::permission::CanManage;
use super::store;
use super::upload::address;
use crate::app::App;
use crate::error::Problem;
use crate::http::csrf::Form;
use crate::http::page::{Page, render};
use crate::patients::{self, Label, Lifetime, OwnedPatient, PatientId};

#[derive(Deserialize)]
pub(super) struct LinkForm {
    #[serde(default)]
    label: String,
    #[serde(default)]
    lifetime: String,
}

#[derive(Template)]
#[template(path = "recordings/link_created.html")]
struct LinkCreated {
    page: Page,
    link: String,
    back: String,
}

/// `POST /recordings/{id}/links`: makes a link, and first a patient if the recording has none. The answer is the only
/// page that ever shows the secret.
pub(super) async fn create_link(
    State(app): State<App>,
    held: CanManage,
    page: Page,
    Form(form): Form<LinkForm>,
) -> Result<Response, Problem> {
    let lifetime = Lifetime::from_form(&form.lifetime).ok_or_else(Problem::bad_request)?;
    let known = match &held.recording().patient_id {
        Some(id) => Some(OwnedPatient::find(&app, held.owner(), id.as_str()).await?),
        None => None,
    };
    let mut connection = app.db.begin().await?;
    let patient = match known {
        Some(patient) => {
            patients::hold(&mut connection, patient.id()).await?;
            patient
        }
        None => make_patient(&app, &mut connection, &held, &form.label).await?,
    };
    let link = patients::create_link(&app, &mut connection, &patient, lifetime).await?;
    connection.commit().await?;
    let back = format!("{}#links", address(&held.recording().id));
    Ok((StatusCode::CREATED, render(&LinkCreated { page, link: link.address(&app), back })?).into_response())
}

async fn make_patient(
    app: &App,
    connection: &mut Transaction<'static, Any>,
    held: &CanManage,
    label: &str,
) -> Result<OwnedPatient, Problem> {
    let label = Label::from_form(label);
    let patient = patients::create_patient(app, connection, held.owner(), label).await?;
    give(connection, held, Some(&patient)).await?;
    Ok(patient)
}

#[derive(Deserialize)]
pub(super) struct PatientForm {
    #[serde(default)]
    patient: String,
}

/// `POST /recordings/{id}/patient`: gives the recording to another patient of the same doctor, or to none.
pub(super) async fn assign(
    State(app): State<App>,
    held: CanManage,
    Form(form): Form<PatientForm>,
) -> Result<Redirect, Problem> {
    let chosen = match form.patient.as_str() {
        "" => None,
        id => Some(OwnedPatient::find(&app, held.owner(), id).await?),
    };
    let before = held.recording().patient_id.as_ref();
    if before != chosen.as_ref().map(OwnedPatient::id) {
        let mut connection = app.db.begin().await?;
        hold_in_order(&mut connection, before, chosen.as_ref().map(OwnedPatient::id)).await?;
        give(&mut connection, &held, chosen.as_ref()).await?;
        release(&mut connection, before).await?;
        connection.commit().await?;
    }
    Ok(Redirect::to(&format!("{}#links", address(&held.recording().id))))
}

/// Holds both patients of a move, always in the same order, so that two moves cannot wait for each other.
async fn hold_in_order(
    connection: &mut Transaction<'static, Any>,
    before: Option<&PatientId>,
    after: Option<&PatientId>,
) -> Result<(), Problem> {
    let mut both: Vec<_> = before.into_iter().chain(after).collect();
    both.sort_by_key(|patient| patient.as_str());
    for patient in both {
        patients::hold(connection, patient).await?;
    }
    Ok(())
}

async fn give(
    connection: &mut Transaction<'static, Any>,
    held: &CanManage,
    patient: Option<&OwnedPatient>,
) -> Result<(), Problem> {
    if store::assign(connection, held, patient).await? { Ok(()) } else { Err(changed_meanwhile()) }
}

/// What whoever comes second is told when two change the same recording.
pub(super) fn changed_meanwhile() -> Problem {
    Problem::new(StatusCode::CONFLICT, "changed-meanwhile")
}

/// Deletes the patient a recording was taken from, with all links, if it has no recording left.
pub(super) async fn release(
    connection: &mut Transaction<'static, Any>,
    patient: Option<&PatientId>,
) -> Result<(), Problem> {
    let Some(patient) = patient else { return Ok(()) };
    if store::count_of_patient(connection, patient).await? == 0 {
        patients::delete_patient(connection, patient).await?;
    }
    Ok(())
}
