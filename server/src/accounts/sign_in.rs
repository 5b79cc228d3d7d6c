//! Signing in and out.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse as _, Redirect, Response};
use secrecy::SecretString;
use serde::Deserialize;

use super::model::Email;
use super::session::{self, NewSession};
use super::{store, throttle};
use crate::error::Problem;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::{Page, render};
use crate::http::browser::redirect::local_path;
use crate::http::routes::{Routes, Visitor};
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get::<Visitor, _>("/login", show)
        .post::<Visitor, _>("/login", sign_in)
        .post::<Visitor, _>("/logout", sign_out)
}

/// Where people land after signing in.
pub(super) const HOME: &str = "/recordings";

#[derive(Template)]
#[template(path = "accounts/login.html")]
struct LoginPage {
    page: Page,
    next: String,
    email: String,
    failure: Option<String>,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    next: String,
}

async fn show(_: Visitor, page: Page, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let next = local_path(&asked.next).unwrap_or_default().to_owned();
    if page.account().is_some() {
        return Ok(Redirect::to(if next.is_empty() { HOME } else { &next }).into_response());
    }
    Ok(render(&LoginPage { page, next, email: String::new(), failure: None })?.into_response())
}

#[derive(Deserialize)]
struct Credentials {
    email: String,
    password: SecretString,
    #[serde(default)]
    remember: Option<String>,
    #[serde(default)]
    next: String,
}

async fn sign_in(
    _: Visitor,
    State(app): State<App>,
    page: Page,
    Form(given): Form<Credentials>,
) -> Result<Response, Problem> {
    let next = local_path(&given.next).unwrap_or_default().to_owned();
    let (remember, typed) = (given.remember.is_some(), given.email.trim().to_owned());
    let outcome = match authenticate(&app, &page, given).await {
        Ok(Some(account_id)) => {
            let session = admit(&app, &page, &account_id, remember).await?;
            return Ok(enter(&app, &session, if next.is_empty() { HOME } else { &next }));
        }
        Ok(None) => Problem::new(StatusCode::UNAUTHORIZED, "wrong-credentials"),
        Err(problem) if problem.status() == StatusCode::TOO_MANY_REQUESTS && !page.context().wants_json() => {
            problem
        }
        Err(problem) => return Err(problem),
    };
    if page.context().wants_json() {
        return Err(outcome);
    }
    let failure = Some(page.t_args(&outcome.message_key(), outcome.args()));
    let html = render(&LoginPage { page, next, email: typed, failure })?;
    Ok((outcome.status(), html).into_response())
}

/// The account these credentials open. Unknown addresses, disabled accounts and wrong passwords take the same work
/// and give the same answer.
async fn authenticate(app: &App, page: &Page, given: Credentials) -> Result<Option<String>, Problem> {
    let email = Email::parse(&given.email);
    let subject =
        email.as_ref().map_or_else(|| given.email.to_lowercase(), |email| email.as_str().to_owned());
    let attempt = throttle::sign_in(app, page.context(), &subject).await?;
    let found = match &email {
        Some(email) => store::credentials(&app.db, email).await?,
        None => None,
    };
    let hash = found.as_ref().and_then(|(_, hash, _)| hash.as_deref());
    let principal = page.context().principal();
    let is_right = app.hasher.verify(&principal, given.password, hash).await?;
    match found {
        Some((id, _, true)) if is_right => {
            attempt.forgive(&app.db).await?;
            Ok(Some(id))
        }
        _ => Ok(None),
    }
}

/// Opens a new session in place of whatever session the browser had.
async fn admit(app: &App, page: &Page, account_id: &str, remember: bool) -> Result<NewSession, Problem> {
    if let Some(old) = page.context().session_token() {
        session::end(&app.db, old).await?;
    }
    let now = app.clock.now();
    store::note_sign_in(&app.db, account_id, &page.context().browser_fingerprint(), now).await?;
    throttle::sweep(&app.db, now).await?;
    tracing::info!(request_id = page.context().id(), account_id, "signed in");
    Ok(session::begin(app, account_id, remember).await?)
}

/// Sends the browser on with the cookie of its new session.
pub(super) fn enter(app: &App, session: &NewSession, to: &str) -> Response {
    let mut response = Redirect::to(to).into_response();
    if let Some(line) = session.cookie(app.config.secure_cookies) {
        response.headers_mut().append(SET_COOKIE, line);
    }
    response
}

#[derive(Deserialize)]
struct Nothing {}

async fn sign_out(
    _: Visitor,
    State(app): State<App>,
    page: Page,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Problem> {
    if let Some(token) = page.context().session_token() {
        session::end(&app.db, token).await?;
    }
    let mut response = Redirect::to("/login").into_response();
    if let Some(line) = session::farewell(app.config.secure_cookies) {
        response.headers_mut().append(SET_COOKIE, line);
    }
    Ok(response)
}
