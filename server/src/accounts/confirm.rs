//! Showing the password again, before something that reaches other people.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use secrecy::SecretString;
use serde::Deserialize;

use super::password_page::verify_own;
use super::session_store;
use crate::error::Problem;
use crate::http::audit::{Act, Work};
use crate::http::auth::SignedIn;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::{Page, render};
use crate::http::browser::redirect::local_path;
use crate::http::identity::Assurance;
use crate::http::routes::Routes;
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get::<SignedIn, _>("/account/confirm", show)
        .post::<SignedIn, _>("/account/confirm", confirm)
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

async fn show(_: SignedIn, page: Page, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    Ok(render(&ConfirmPage { page, next: or_account(&asked.next), failure: None })?.into_response())
}

#[derive(Deserialize)]
struct Given {
    #[serde(default)]
    next: String,
    password: SecretString,
}

/// `POST /account/confirm`: for ten minutes the owner counts as known.
async fn confirm(
    who: SignedIn,
    State(app): State<App>,
    page: Page,
    Form(given): Form<Given>,
) -> Result<Response, Problem> {
    let next = or_account(&given.next);
    match step_up(&app, &page, &who, given.password).await {
        Ok(()) => Ok(Redirect::to(&next).into_response()),
        Err(problem) => {
            let Some(failure) = page.refusal(&problem) else { return Err(problem) };
            Ok(problem.shown_on(render(&ConfirmPage { page, next, failure: Some(failure) })?))
        }
    }
}

async fn step_up(app: &App, page: &Page, who: &SignedIn, password: SecretString) -> Result<(), Problem> {
    verify_own(app, page, who, password).await?;
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    session_store::step_up(&mut work, who, Assurance::Password, app.clock.now()).await?;
    Ok(work.commit(Act::on_account("stepped-up", who.account_id())).await?)
}
