//! `GET /admin/clinics`: how much each clinic uses the platform, for its administrators. Numbers alone: no patient, no
//! night.

use askama::Template;
use axum::extract::State;
use axum::response::Html;

use crate::clinics;
use crate::error::Problem;
use crate::http::auth::Admin;
use crate::http::browser::page::{Page, render};
use crate::patients;
use crate::rows;
use crate::state::App;

#[derive(Template)]
#[template(path = "desk/usage.html")]
struct UsagePage {
    page: Page,
    clinics: Vec<Line>,
}

struct Line {
    name: String,
    people: i64,
    patients: i64,
    nights: i64,
}

pub(super) async fn show(_: Admin, State(app): State<App>, page: Page) -> Result<Html<String>, Problem> {
    let patients = patients::count_by_clinic(&app.db).await?;
    let nights = rows::count_by_clinic(&app.db).await?;
    let line = |clinic: clinics::Usage| Line {
        patients: patients.get(&clinic.id).copied().unwrap_or(0),
        nights: nights.get(&clinic.id).copied().unwrap_or(0),
        name: clinic.name,
        people: clinic.people,
    };
    let clinics = clinics::usage(&app.db).await?.into_iter().map(line).collect();
    render(&UsagePage { page, clinics })
}
