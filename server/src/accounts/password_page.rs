//! The own account: who one is, and another password.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use secrecy::SecretString;
use serde::Deserialize;

use super::model::Account;
use super::sign_in::enter;
use super::{password, session, store, throttle};
use crate::error::Problem;
use crate::http::auth::SignedIn;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::{Page, render};
use crate::http::context::RequestContext;
use crate::http::routes::Routes;
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new().get::<SignedIn, _>("/account", show).post::<SignedIn, _>("/account", change)
}

#[derive(Template)]
#[template(path = "accounts/account.html")]
struct AccountPage {
    page: Page,
    account: Account,
    failure: Option<String>,
}

async fn show(who: SignedIn, State(app): State<App>, page: Page) -> Result<Response, Problem> {
    let account = own(&app, &who).await?;
    Ok(render(&AccountPage { page, account, failure: None })?.into_response())
}

async fn own(app: &App, who: &SignedIn) -> Result<Account, Problem> {
    store::find(&app.db, who.account_id().as_str()).await?.ok_or_else(Problem::not_found)
}

#[derive(Deserialize)]
struct Given {
    current: SecretString,
    password: SecretString,
}

async fn change(
    who: SignedIn,
    State(app): State<App>,
    page: Page,
    Form(given): Form<Given>,
) -> Result<Response, Problem> {
    let account = own(&app, &who).await?;
    match replace(&app, page.context(), &account, given).await {
        Ok(session) => Ok(enter(&app, &session, "/account")),
        Err(problem) if problem.status().is_client_error() && !page.context().wants_json() => {
            let failure = Some(page.t_args(&problem.message_key(), problem.args()));
            Ok((problem.status(), render(&AccountPage { page, account, failure })?).into_response())
        }
        Err(problem) => Err(problem),
    }
}

/// Checks the old password, sets the new one, ends all sessions and begins a new one here.
async fn replace(
    app: &App,
    context: &RequestContext,
    account: &Account,
    given: Given,
) -> Result<session::NewSession, Problem> {
    let attempt = throttle::own_password(app, &account.id).await?;
    let stored = store::password_hash(&app.db, &account.id).await?;
    if !app.hasher.verify(&context.principal(), given.current, stored.as_deref()).await? {
        return Err(Problem::refused("wrong-current-password"));
    }
    attempt.forgive(&app.db).await?;
    password::check(&given.password, &[&account.email, &account.name])?;
    let hash = app.hasher.hash(&context.principal(), given.password).await?;
    let mut transaction = app.db.begin().await?;
    store::set_password(&mut transaction, &account.id, &hash).await?;
    session::end_all(&mut transaction, &account.id).await?;
    let session = session::begin_in(&mut transaction, app, &account.id, false).await?;
    transaction.commit().await?;
    tracing::info!(account_id = account.id, "changed the password");
    Ok(session)
}
