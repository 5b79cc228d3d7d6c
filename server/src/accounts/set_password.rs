//! Choosing a password with a one-time code: a new doctor's first one, or another after the old one was lost.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use secrecy::SecretString;
use serde::Deserialize;

use super::links::{self, Purpose};
use super::sign_in::{HOME, enter};
use super::{password, session, store, throttle};
use crate::error::Problem;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::{Page, render};
use crate::http::context::RequestContext;
use crate::http::routes::{Routes, Visitor};
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new().get::<Visitor, _>("/set-password", show).post::<Visitor, _>("/set-password", choose)
}

#[derive(Template)]
#[template(path = "accounts/set_password.html")]
struct SetPasswordPage {
    page: Page,
    code: String,
    failure: Option<String>,
}

async fn show(_: Visitor, page: Page) -> Result<Response, Problem> {
    Ok(render(&SetPasswordPage { page, code: String::new(), failure: None })?.into_response())
}

#[derive(Deserialize)]
struct Given {
    code: String,
    password: SecretString,
}

async fn choose(
    _: Visitor,
    State(app): State<App>,
    page: Page,
    Form(given): Form<Given>,
) -> Result<Response, Problem> {
    throttle::code(&app, page.context()).await?;
    match set(&app, page.context(), &given).await {
        Ok(session) => Ok(enter(&app, &session, HOME)),
        Err(problem) if problem.status().is_client_error() && !page.context().wants_json() => {
            let failure = Some(page.t_args(&problem.message_key(), problem.args()));
            let html = render(&SetPasswordPage { page, code: given.code, failure })?;
            Ok((problem.status(), html).into_response())
        }
        Err(problem) => Err(problem),
    }
}

/// Uses the code up, sets the password, ends all sessions of the account and begins a new one.
async fn set(app: &App, context: &RequestContext, given: &Given) -> Result<session::NewSession, Problem> {
    let invalid = || Problem::refused("code-invalid");
    let now = app.clock.now();
    let account_id =
        links::account_of(&app.db, now, Purpose::Password, &given.code).await?.ok_or_else(invalid)?;
    let account =
        store::find(&app.db, &account_id).await?.filter(|account| account.is_enabled).ok_or_else(invalid)?;
    password::check(&given.password, &[&account.email, &account.name])?;
    let hash = app.hasher.hash(&context.principal(), given.password.clone()).await?;
    let mut transaction = app.db.begin().await?;
    if !links::take(&mut transaction, now, Purpose::Password, &given.code).await? {
        return Err(invalid());
    }
    store::set_password(&mut transaction, &account_id, &hash).await?;
    session::end_all(&mut transaction, &account_id).await?;
    let session = session::begin_in(&mut transaction, app, &account_id, false).await?;
    transaction.commit().await?;
    store::note_sign_in(&app.db, &account_id, &context.browser_fingerprint(), now).await?;
    tracing::info!(account_id, "chose a password with a one-time code");
    Ok(session)
}
