//! Two patients turn out to be one, and a merge that was none is taken back.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Redirect;
use serde::Deserialize;

use super::patients::address;
use crate::audit::{Act, Work};
use crate::error::Problem;
use crate::http::browser::csrf::Form;
use crate::http::context::RequestContext;
use crate::ids::{MergeId, PatientId};
use crate::patients::{self, OwnedPatient};
use crate::recordings;
use crate::state::App;

#[derive(Deserialize)]
pub(super) struct MergeForm {
    #[serde(default)]
    into: String,
}

/// `POST /patients/{id}/merge`: recordings and links go to another patient of the same doctor, whose page the old links
/// open from now on. Both are held, and neither may have turned out to be another: no merge leads in a circle.
pub(super) async fn merge(
    source: OwnedPatient,
    State(app): State<App>,
    context: RequestContext,
    Form(form): Form<MergeForm>,
) -> Result<Redirect, Problem> {
    let target = PatientId::parse(&form.into).ok_or_else(Problem::not_found)?;
    let target = OwnedPatient::find(&app, source.owner(), &target).await?;
    if source.id() == target.id() {
        return Err(Problem::refused("merge-itself"));
    }
    let mut work = Work::begin(&app.db, context).await?;
    let both = patients::hold_both(&mut work, (source.id(), target.id())).await.map_err(changed)?;
    let (from, to) = (&both.0, &both.1);
    let moved = recordings::move_all(&mut work, from, to).await?;
    patients::lead_on(&app, &mut work, source.owner(), (from, to), moved).await?;
    recordings::relabel(&mut work, to).await?;
    work.commit(Act::on_patient("patients-merged", source.id())).await?;
    Ok(Redirect::to(&format!("{}?done=merged", address(target.id()))))
}

/// The patient was there a moment ago: somebody else was faster.
fn changed(problem: Problem) -> Problem {
    match problem.status() {
        StatusCode::NOT_FOUND => Problem::new(StatusCode::CONFLICT, "patient-changed-meanwhile"),
        _ => problem,
    }
}

#[derive(Deserialize)]
pub(super) struct TakeBackForm {
    #[serde(default)]
    merge: String,
}

/// `POST /patients/{id}/unmerge`: the other patient is one of its own again, with the recordings and links that it
/// brought and that nobody has moved since.
pub(super) async fn take_back(
    target: OwnedPatient,
    State(app): State<App>,
    context: RequestContext,
    Form(form): Form<TakeBackForm>,
) -> Result<Redirect, Problem> {
    let id = MergeId::parse(&form.merge).ok_or_else(Problem::not_found)?;
    let mut work = Work::begin(&app.db, context).await?;
    let target = patients::hold(&mut work, target.id()).await.map_err(changed)?;
    let (source, moved) = patients::lead_back(&app, &mut work, &target, &id).await?;
    recordings::move_back(&mut work, &moved, &target, &source).await?;
    work.commit(Act::on_patient("merge-taken-back", source.id())).await?;
    Ok(Redirect::to(&format!("{}?done=taken-back", address(source.id()))))
}
