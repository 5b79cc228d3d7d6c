//! The second page of a sign-in. Until it is passed the browser is signed in nowhere.

use askama::Template;
use axum::Json;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use webauthn_rs::prelude::RequestChallengeResponse;

use super::accept::{Shown, Ways, accept, ask_for_passkey};
use super::half::{self, Half};
use crate::accounts::arrival::{HOME, SECOND_STEP, arrive, enter};
use crate::accounts::notices::{self, Kind};
use crate::accounts::session::{self, Entrance, NewSession};
use crate::accounts::session_model::Known;
use crate::accounts::throttle::Attempt;
use crate::accounts::{store, throttle};
use crate::audit::{self, About, Act, Work};
use crate::error::Problem;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::{Page, render};
use crate::http::browser::redirect::local_path;
use crate::http::context::RequestContext;
use crate::http::identity::Assurance;
use crate::http::routes::{Routes, Visitor};
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get::<Visitor, _>(SECOND_STEP, show)
        .post::<Visitor, _>(SECOND_STEP, pass)
        .post::<Visitor, _>("/login/second-step/passkey", challenge)
}

#[derive(Template)]
#[template(path = "accounts/second_step.html")]
struct StepPage {
    page: Page,
    next: String,
    ways: Ways,
    failure: Option<String>,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    next: String,
}

async fn show(
    _: Visitor,
    State(app): State<App>,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let next = local_path(&asked.next).unwrap_or(HOME).to_owned();
    let browser = page.context().browser_fingerprint();
    let Some(half) = half::find(app.db.read(), &browser, app.clock.now()).await? else {
        return Ok(Redirect::to("/login?over=1").into_response());
    };
    let ways = Ways::of(&app, &half.account_id).await?;
    Ok(render(&StepPage { page, next, ways, failure: None })?.into_response())
}

#[derive(Deserialize)]
struct Given {
    #[serde(default)]
    next: String,
    #[serde(default)]
    code: SecretString,
    /// A device's answer, in its place.
    #[serde(default)]
    passkey: String,
}

/// `POST /login/second-step`.
async fn pass(
    _: Visitor,
    State(app): State<App>,
    page: Page,
    Form(given): Form<Given>,
) -> Result<Response, Problem> {
    let next = local_path(&given.next).unwrap_or(HOME).to_owned();
    match complete(&app, page.context(), &given).await {
        Ok(Some(session)) => Ok(enter(&app, &Entrance::Session(session), &next)),
        Ok(None) if page.context().wants_json() => Err(Problem::sign_in_needed()),
        Ok(None) => Ok(Redirect::to("/login?over=1").into_response()),
        Err(problem) => {
            let Some(failure) = page.refusal(&problem) else { return Err(problem) };
            let browser = page.context().browser_fingerprint();
            let ways = match half::find(app.db.read(), &browser, app.clock.now()).await? {
                Some(half) => Ways::of(&app, &half.account_id).await?,
                None => Ways::default(),
            };
            Ok(problem.shown_on(render(&StepPage { page, next, ways, failure: Some(failure) })?))
        }
    }
}

/// The session that a right code opens; `None` when this browser waits for nothing any more.
async fn complete(app: &App, context: &RequestContext, given: &Given) -> Result<Option<NewSession>, Problem> {
    let browser = context.browser_fingerprint();
    let Some(half) = half::find(app.db.read(), &browser, app.clock.now()).await? else { return Ok(None) };
    let about = About::account(half.account_id.as_str());
    let attempt = throttle::second_step(app, context, &half.account_id).await;
    let attempt = attempt.inspect_err(|_| audit::note(context, "second-step-limited", about))?;
    match admit(app, context, &half, given).await? {
        Tried::Right(session) => {
            attempt.succeeded(app).await?;
            Ok(Some(session))
        }
        Tried::Wrong => Err(wrong(app, context, &half, attempt).await?),
        Tried::Over => Ok(None),
    }
}

/// What a look at a code said.
enum Tried {
    Right(NewSession),
    Wrong,
    /// Meanwhile the password was changed, the account disabled, or the browser let in by another request.
    Over,
}

async fn admit(app: &App, context: &RequestContext, half: &Half, given: &Given) -> Result<Tried, Problem> {
    let account = &half.account_id;
    let mut work = Work::begin(&app.db, context.clone()).await?;
    let is_there = store::hold_enabled(&mut work, account).await?
        && half::take(&mut work, half, &context.browser_fingerprint()).await?;
    if !is_there {
        return Ok(Tried::Over);
    }
    let shown = Shown { code: given.code.expose_secret(), passkey: &given.passkey };
    let Some(way) = accept(&mut work, app, account, (context, shown)).await? else {
        return Ok(Tried::Wrong);
    };
    let known = Known { assurance: Assurance::SecondFactor, at: app.clock.now() };
    let session = session::open(&mut work, app, account, context, (half.is_remembered, known)).await?;
    arrive(&mut work, app, (account, half.is_new_device), context).await?;
    work.commit(Act::on_account("sign-in", account).by_account(account).with_detail(way.as_str())).await?;
    Ok(Tried::Right(session))
}

/// Counts a wrong code. Whoever typed it knows the password: in a browser that is not known, the owner is told.
async fn wrong(
    app: &App,
    context: &RequestContext,
    half: &Half,
    attempt: Attempt,
) -> Result<Problem, Problem> {
    let act = Act::on_account("second-step-failed", &half.account_id);
    let mut work = Work::begin(&app.db, context.clone()).await?;
    if !attempt.is_known_browser {
        notices::renew(&mut work, app, &half.account_id, Kind::SecondStepFailed).await?;
    }
    work.commit(act).await?;
    attempt.failed(app).await?;
    Ok(Problem::refused("wrong-second-step"))
}

#[derive(Deserialize)]
struct Nothing {}

/// `POST /login/second-step/passkey`: what the browser hands to the device, as JSON.
async fn challenge(
    _: Visitor,
    State(app): State<App>,
    context: RequestContext,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Json<RequestChallengeResponse>, Problem> {
    let browser = context.browser_fingerprint();
    let half = half::find(app.db.read(), &browser, app.clock.now()).await?;
    let Half { account_id, .. } = half.ok_or_else(Problem::sign_in_needed)?;
    let mut work = Work::begin(&app.db, context.clone()).await?;
    let challenge = ask_for_passkey(&mut work, &app, (&account_id, &context)).await?;
    work.commit(Act::on_account("passkey-asked", &account_id).unlisted()).await?;
    Ok(Json(challenge))
}
