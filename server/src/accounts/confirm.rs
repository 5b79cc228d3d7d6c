//! Showing once more that the account is one's own, before something that reaches other people: by the second factor
//! where there is one, else by the password.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

use super::model::KnownAccount;
use super::password_page::verify_own;
use super::{second_factor, session_store, throttle};
use crate::error::Problem;
use crate::http::audit::{self, About, Act, Work};
use crate::http::auth::{SettingUp, SignedIn};
use crate::http::browser::csrf::Form;
use crate::http::browser::page::{Page, render};
use crate::http::browser::redirect::local_path;
use crate::http::identity::Assurance;
use crate::http::routes::Routes;
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get::<SettingUp, _>("/account/confirm", show)
        .post::<SettingUp, _>("/account/confirm", confirm)
}

#[derive(Template)]
#[template(path = "accounts/confirm.html")]
struct ConfirmPage {
    page: Page,
    next: String,
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

async fn show(_: SettingUp, page: Page, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    Ok(render(&ConfirmPage { page, next: or_account(&asked.next), failure: None })?.into_response())
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
            Ok(problem.shown_on(render(&ConfirmPage { page, next, failure: Some(failure) })?))
        }
    }
}

async fn step_up(app: &App, page: &Page, who: &SignedIn, given: Given) -> Result<(), Problem> {
    if who.identity().has_second_factor {
        return by_second_factor(app, page, who, &given.code).await;
    }
    verify_own(app, page, who, given.password).await?;
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    session_store::step_up(&mut work, who, Assurance::Password, app.clock.now()).await?;
    Ok(work.commit(Act::on_account("stepped-up", who.account_id())).await?)
}

async fn by_second_factor(
    app: &App,
    page: &Page,
    who: &SignedIn,
    code: &SecretString,
) -> Result<(), Problem> {
    let attempt = throttle::own_password(app, page.context(), &who.identity().session).await?;
    let account = KnownAccount::from(who);
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    let Some(way) =
        second_factor::accept(&mut work, app, &account, (page.context(), code.expose_secret())).await?
    else {
        drop(work);
        audit::note(page.context(), "own-code-wrong", About::account(account.as_str()));
        attempt.failed(app).await?;
        return Err(Problem::refused("wrong-second-step"));
    };
    session_store::step_up(&mut work, who, Assurance::SecondFactor, app.clock.now()).await?;
    work.commit(Act::on_account("stepped-up", &account).with_detail(way.as_str())).await?;
    attempt.succeeded(app).await
}
