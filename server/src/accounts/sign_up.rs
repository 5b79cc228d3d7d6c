//! Asking for an account, where the operator has switched that on (`ALLOW_PUBLIC_SIGNUP`). An administrator of the
//! platform decides; nobody learns whether the address has an account.

mod decide;
mod store;

use std::time::Duration;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use secrecy::SecretString;
use serde::Deserialize;

use super::newcomer::Newcomer;
use super::throttle;
use crate::audit::{Act, Work};
use crate::error::Problem;
use crate::http::auth::Admin;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::{Page, render};
use crate::http::routes::{Routes, Visitor};
use crate::state::App;

pub(super) use store::{SignUp, waiting};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get::<Visitor, _>("/signup", show)
        .post::<Visitor, _>("/signup", ask)
        .post::<Admin, _>("/admin/users/sign-ups", decide::decide)
}

/// How long somebody waits for an answer.
const LIFETIME: Duration = Duration::from_hours(30 * 24);
/// Most people who wait at a time: strangers fill no database.
const MOST_WAITING: i64 = 200;

#[derive(Template)]
#[template(path = "accounts/sign_up.html")]
struct SignUpPage {
    page: Page,
    given: Given,
    is_sent: bool,
    failure: Option<String>,
}

#[derive(Clone, Default, Deserialize)]
struct Given {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: SecretString,
}

fn must_be_on(app: &App) -> Result<(), Problem> {
    if app.config.is_sign_up_open { Ok(()) } else { Err(Problem::new(StatusCode::NOT_FOUND, "sign-up-off")) }
}

async fn show(_: Visitor, State(app): State<App>, page: Page) -> Result<Response, Problem> {
    must_be_on(&app)?;
    let shown = SignUpPage { page, given: Given::default(), is_sent: false, failure: None };
    Ok(render(&shown)?.into_response())
}

/// `POST /signup`: the same answer, after the same work, whether the address has an account, waits already, or neither.
async fn ask(
    _: Visitor,
    State(app): State<App>,
    page: Page,
    Form(given): Form<Given>,
) -> Result<Response, Problem> {
    must_be_on(&app)?;
    match keep(&app, &page, &given).await {
        Ok(()) => {
            let shown = SignUpPage { page, given, is_sent: true, failure: None };
            Ok(render(&shown)?.into_response())
        }
        Err(problem) => {
            let Some(failure) = page.refusal(&problem) else { return Err(problem) };
            let shown = SignUpPage { page, given, is_sent: false, failure: Some(failure) };
            Ok(problem.shown_on(render(&shown)?))
        }
    }
}

async fn keep(app: &App, page: &Page, given: &Given) -> Result<(), Problem> {
    throttle::sign_up(app, page.context()).await?;
    let who = Newcomer::parse(&given.name, &given.email)?;
    let hash = who.hash(app, page.context(), given.password.clone()).await?;
    let now = app.clock.now();
    let id = store::SignUpId::new(app.random.id(now));
    let mut work = Work::begin(&app.db, page.context().clone()).await?;
    if store::count_waiting(&mut work, now).await? >= MOST_WAITING {
        return Err(Problem::refused("sign-up-full"));
    }
    store::insert(&mut work, &id, (&who, &hash), (now, now.plus(LIFETIME))).await?;
    Ok(work.commit(Act::on_nothing("sign-up-asked")).await?)
}
