//! Choosing a password with a one-time code: a new doctor's first one, or another after the old one was lost.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use secrecy::SecretString;
use serde::Deserialize;

use super::arrival::{HOME, enter};
use super::links::{self, Purpose};
use super::mails::{self, Notification};
use super::model::Account;
use super::newcomer::refuse_code;
use super::notices::Kind;
use super::session::Entrance;
use super::{notices, password, renewal, store};
use crate::audit::{Act, Work};
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
    match set(&app, page.context(), &given).await {
        Ok(session) => Ok(enter(&app, &session, HOME)),
        Err(problem) => {
            let Some(failure) = page.refusal(&problem) else { return Err(problem) };
            let shown = SetPasswordPage { page, code: given.code, failure: Some(failure) };
            Ok(problem.shown_on(render(&shown)?))
        }
    }
}

/// Uses the code up, sets the password, ends what the old one let in and begins a session.
async fn set(app: &App, context: &RequestContext, given: &Given) -> Result<Entrance, Problem> {
    let Some(account) = account_of(app, &given.code).await? else {
        return Err(refuse_code(app, context).await);
    };
    password::check(&given.password, password::CHOSEN, &[&account.email, &account.name])?;
    let hash = app.hasher.hash(&context.principal(), given.password.clone()).await?;
    let mut work = Work::begin(&app.db, context.clone()).await?;
    store::hold(&mut work, &account.id).await?;
    if !links::take(&mut work, app.clock.now(), Purpose::Password, &given.code).await? {
        return Err(invalid());
    }
    let session = renewal::set(&mut work, app, &account.id, &hash, context).await?;
    let session = session.ok_or_else(invalid)?;
    if account.has_password {
        notices::add(&mut work, app, &account.id, Kind::SetByLink).await?;
        let owner = (&account.id, context.locale());
        mails::notify(&mut work, app, owner, Notification::PasswordChanged).await?;
    }
    work.commit(Act::on_account("password-set", &account.id).by_account(&account.id)).await?;
    Ok(session)
}

fn invalid() -> Problem {
    Problem::refused("code-invalid")
}

/// The enabled account a code is for.
async fn account_of(app: &App, code: &str) -> Result<Option<Account>, Problem> {
    let found = links::account_of(&app.db, app.clock.now(), Purpose::Password, code).await?;
    let Some(id) = found else { return Ok(None) };
    Ok(store::find(&app.db, &id).await?.filter(|account| account.is_enabled))
}
