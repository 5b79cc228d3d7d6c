//! The link of an invitation: whoever has no account chooses a password and has one.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use secrecy::SecretString;
use serde::Deserialize;

use super::store;
use crate::accounts::{self, Entrance, Newcomer};
use crate::audit::{Act, Work};
use crate::clinics::store as clinics;
use crate::error::Problem;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::{Page, render};
use crate::http::context::RequestContext;
use crate::http::routes::{Routes, Visitor};
use crate::platform::random::fingerprint;
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new().get::<Visitor, _>("/invitation", show).post::<Visitor, _>("/invitation", join)
}

#[derive(Template)]
#[template(path = "clinics/invitation.html")]
struct InvitationPage {
    page: Page,
    code: String,
    failure: Option<String>,
}

/// `GET /invitation`: whoever is signed in has an account, where the invitation waits.
async fn show(_: Visitor, page: Page) -> Result<Response, Problem> {
    if page.account().is_some() {
        return Ok(Redirect::to("/account/invitations").into_response());
    }
    Ok(render(&InvitationPage { page, code: String::new(), failure: None })?.into_response())
}

#[derive(Deserialize)]
struct Given {
    code: String,
    password: SecretString,
}

/// `POST /invitation`.
async fn join(
    _: Visitor,
    State(app): State<App>,
    page: Page,
    Form(given): Form<Given>,
) -> Result<Response, Problem> {
    match begin(&app, page.context(), &given).await {
        Ok(session) => Ok(accounts::enter(&app, &session, "/recordings")),
        Err(problem) => {
            let Some(failure) = page.refusal(&problem) else { return Err(problem) };
            let shown = InvitationPage { page, code: given.code, failure: Some(failure) };
            Ok(problem.shown_on(render(&shown)?))
        }
    }
}

/// Makes the account with its place in the clinic, and begins a session.
async fn begin(app: &App, context: &RequestContext, given: &Given) -> Result<Entrance, Problem> {
    let secret_hash = fingerprint(given.code.trim());
    let Some(found) = store::of_secret(&app.db, &secret_hash, app.clock.now()).await? else {
        return Err(accounts::refuse_code(app, context).await);
    };
    let newcomer = Newcomer::parse(&found.name, &found.email)?;
    let hash = newcomer.hash(app, context, given.password.clone()).await?;
    let mut work = Work::begin(&app.db, context.clone()).await?;
    let answered = store::take(&mut work, (&found.id, &found.email), app.clock.now()).await?;
    let answered = answered.ok_or_else(|| Problem::refused("code-invalid"))?;
    let made = newcomer.begin(app, &mut work, context, &hash).await?;
    let (id, session) = made.ok_or_else(|| Problem::refused("invitation-sign-in"))?;
    clinics::add_member(&mut work, &answered, &id, app.clock.now()).await?;
    let act = Act::on_account("account-made", &id).by_account(&id).in_clinic(&answered.clinic_id);
    work.commit(act.with_detail("invitation")).await?;
    Ok(session)
}
