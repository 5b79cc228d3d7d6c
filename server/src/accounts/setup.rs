//! The first log-in of a new platform: whoever holds the printed code becomes its administrator.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use secrecy::SecretString;
use serde::Deserialize;

use super::links::{self, Purpose};
use super::model::{Email, NewAccount, PersonName};
use super::sign_in::{HOME, enter};
use super::{password, session, store, throttle};
use crate::error::Problem;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::{Page, render};
use crate::http::context::RequestContext;
use crate::http::routes::{Routes, Visitor};
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new().get::<Visitor, _>("/setup", show).post::<Visitor, _>("/setup", make)
}

#[derive(Template)]
#[template(path = "accounts/setup.html")]
struct SetupPage {
    page: Page,
    given: Given,
    failure: Option<String>,
}

#[derive(Clone, Default, Deserialize)]
struct Given {
    code: String,
    email: String,
    name: String,
    password: SecretString,
}

/// On a platform that has accounts this page does not exist.
async fn show(_: Visitor, State(app): State<App>, page: Page) -> Result<Response, Problem> {
    if !store::is_empty(&app.db).await? {
        return Err(Problem::not_found());
    }
    Ok(render(&SetupPage { page, given: Given::default(), failure: None })?.into_response())
}

async fn make(
    _: Visitor,
    State(app): State<App>,
    page: Page,
    Form(given): Form<Given>,
) -> Result<Response, Problem> {
    if !store::is_empty(&app.db).await? {
        return Err(Problem::not_found());
    }
    throttle::code(&app, page.context()).await?;
    match first_administrator(&app, page.context(), &given).await {
        Ok(session) => Ok(enter(&app, &session, HOME)),
        Err(problem) if problem.status().is_client_error() && !page.context().wants_json() => {
            let failure = Some(page.t_args(&problem.message_key(), problem.args()));
            Ok((problem.status(), render(&SetupPage { page, given, failure })?).into_response())
        }
        Err(problem) => Err(problem),
    }
}

async fn first_administrator(
    app: &App,
    context: &RequestContext,
    given: &Given,
) -> Result<session::NewSession, Problem> {
    let email = Email::parse(&given.email).ok_or_else(|| Problem::refused("bad-email"))?;
    let name = PersonName::parse(&given.name).ok_or_else(|| Problem::refused("bad-name"))?;
    password::check(&given.password, &[email.as_str(), name.as_str()])?;
    let password_hash = Some(app.hasher.hash(&context.principal(), given.password.clone()).await?);
    let (now, id) = (app.clock.now(), app.random.id(app.clock.now()).to_string());
    let mut transaction = app.db.begin().await?;
    if !links::take(&mut transaction, now, Purpose::Setup, &given.code).await? {
        return Err(Problem::refused("code-invalid"));
    }
    links::withdraw(&mut transaction, Purpose::Setup).await?;
    let new = NewAccount { email, name, is_admin: true, password_hash };
    store::insert(&mut transaction, &id, &new, now).await?;
    let session = session::begin_in(&mut transaction, app, &id, false).await?;
    transaction.commit().await?;
    store::note_sign_in(&app.db, &id, &context.browser_fingerprint(), now).await?;
    tracing::info!(account_id = %id, "made the first administrator");
    Ok(session)
}
