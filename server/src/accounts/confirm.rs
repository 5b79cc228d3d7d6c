//! Showing once more that the account is one's own, before something that reaches other people: by the second factor
//! where there is one, else by the password.

use askama::Template;
use axum::Json;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use webauthn_rs::prelude::RequestChallengeResponse;

use super::model::KnownAccount;
use super::password_page::verify_own;
use super::second_factor::{self, Shown, Ways};
use super::{session_store, throttle};
use crate::audit::{self, About, Act, Work};
use crate::error::Problem;
use crate::http::auth::{SettingUp, SignedIn};
use crate::http::browser::csrf::Form;
use crate::http::browser::page::{Page, render};
use crate::http::browser::redirect::local_path;
use crate::http::context::RequestContext;
use crate::http::identity::Assurance;
use crate::http::routes::Routes;
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get::<SettingUp, _>("/account/confirm", show)
        .post::<SettingUp, _>("/account/confirm", confirm)
        .post::<SettingUp, _>("/account/confirm/passkey", challenge)
}

#[derive(Template)]
#[template(path = "accounts/confirm.html")]
struct ConfirmPage {
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

fn or_account(next: &str) -> String {
    local_path(next).unwrap_or("/account").to_owned()
}

async fn show(
    who: SettingUp,
    State(app): State<App>,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let ways = Ways::of(&app, &KnownAccount::from(&*who)).await?;
    Ok(render(&ConfirmPage { page, next: or_account(&asked.next), ways, failure: None })?.into_response())
}

#[derive(Deserialize)]
struct Given {
    #[serde(default)]
    next: String,
    #[serde(default)]
    password: SecretString,
    /// In its place where the account has a second factor.
    #[serde(default)]
    code: SecretString,
    #[serde(default)]
    passkey: String,
}

/// `POST /account/confirm`: for ten minutes the owner counts as known.
async fn confirm(
    who: SettingUp,
    State(app): State<App>,
    page: Page,
    Form(given): Form<Given>,
) -> Result<Response, Problem> {
    let next = or_account(&given.next);
    match step_up(&app, &page, &who, given).await {
        Ok(()) => Ok(Redirect::to(&next).into_response()),
        Err(problem) => {
            let Some(failure) = page.refusal(&problem) else { return Err(problem) };
            let ways = Ways::of(&app, &KnownAccount::from(&*who)).await?;
            Ok(problem.shown_on(render(&ConfirmPage { page, next, ways, failure: Some(failure) })?))
        }
    }
}

async fn step_up(app: &App, page: &Page, who: &SignedIn, given: Given) -> Result<(), Problem> {
    if who.identity().has_second_factor {
        return by_second_factor(app, page, who, &given).await;
    }
    verify_own(app, page, who, given.password).await?;
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    session_store::step_up(&mut work, who, Assurance::Password, app.clock.now()).await?;
    Ok(work.commit(Act::on_account("stepped-up", who.account_id())).await?)
}

async fn by_second_factor(app: &App, page: &Page, who: &SignedIn, given: &Given) -> Result<(), Problem> {
    let attempt = throttle::own_password(app, page.context(), &who.identity().session).await?;
    let account = KnownAccount::from(who);
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    let shown = Shown { code: given.code.expose_secret(), passkey: &given.passkey };
    let context = page.context();
    let Some(way) = second_factor::accept(&mut work, app, &account, (context, shown)).await? else {
        drop(work);
        audit::note(page.context(), "own-code-wrong", About::account(account.as_str()));
        attempt.failed(app).await?;
        return Err(Problem::refused("wrong-second-step"));
    };
    session_store::step_up(&mut work, who, Assurance::SecondFactor, app.clock.now()).await?;
    work.commit(Act::on_account("stepped-up", &account).with_detail(way.as_str())).await?;
    attempt.succeeded(app).await
}

#[derive(Deserialize)]
struct Nothing {}

/// `POST /account/confirm/passkey`: what the browser hands to the device, as JSON.
async fn challenge(
    who: SettingUp,
    State(app): State<App>,
    context: RequestContext,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Json<RequestChallengeResponse>, Problem> {
    let account = KnownAccount::from(&*who);
    let mut work = Work::begin(&app.db, context.clone()).await?;
    let challenge = second_factor::ask_for_passkey(&mut work, &app, (&account, &context)).await?;
    work.commit(Act::on_account("passkey-asked", &account).unlisted()).await?;
    Ok(Json(challenge))
}
