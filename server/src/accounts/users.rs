//! What administrators do with accounts: let people in, give new codes, take rights away. They never choose or see a
//! password, and they do not see other doctors' patients.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;
use sqlx::{Any, Transaction};

use super::links::{self, Purpose};
use super::model::{Account, Email, NewAccount, PersonName};
use super::{session, store};
use crate::error::Problem;
use crate::http::auth::Admin;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::{Page, render};
use crate::http::routes::Routes;
use crate::ids::AccountId;
use crate::platform::db;
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get::<Admin, _>("/admin/users", show)
        .post::<Admin, _>("/admin/users", create)
        .post::<Admin, _>("/admin/users/{id}/code", give_code)
        .post::<Admin, _>("/admin/users/{id}/rights", change_rights)
}

#[derive(Template)]
#[template(path = "accounts/users.html")]
struct UsersPage {
    page: Page,
    accounts: Vec<Account>,
    own_id: String,
    new_code: Option<NewCode>,
    failure: Option<String>,
}

/// A code to hand over, shown once.
struct NewCode {
    email: String,
    link: String,
    code: String,
}

async fn show(admin: Admin, State(app): State<App>, page: Page) -> Result<Response, Problem> {
    users_page(&app, page, &admin, None).await
}

async fn users_page(
    app: &App,
    page: Page,
    admin: &Admin,
    new_code: Option<NewCode>,
) -> Result<Response, Problem> {
    let accounts = store::all(&app.db).await?;
    let own_id = admin.account_id().to_string();
    Ok(render(&UsersPage { page, accounts, own_id, new_code, failure: None })?.into_response())
}

/// The page again with what was wrong, for people; the problem itself for programs.
async fn refuse(app: &App, page: Page, admin: &Admin, problem: Problem) -> Result<Response, Problem> {
    if page.context().wants_json() || problem.status() != axum::http::StatusCode::UNPROCESSABLE_ENTITY {
        return Err(problem);
    }
    let accounts = store::all(&app.db).await?;
    let failure = Some(page.t_args(&problem.message_key(), problem.args()));
    let own_id = admin.account_id().to_string();
    let html = render(&UsersPage { page, accounts, own_id, new_code: None, failure })?;
    Ok((problem.status(), html).into_response())
}

#[derive(Deserialize)]
struct NewUser {
    email: String,
    name: String,
    #[serde(default)]
    is_admin: Option<String>,
}

async fn create(
    admin: Admin,
    State(app): State<App>,
    page: Page,
    Form(new): Form<NewUser>,
) -> Result<Response, Problem> {
    match insert(&app, &admin, &new).await {
        Ok(code) => users_page(&app, page, &admin, Some(code)).await,
        Err(problem) => refuse(&app, page, &admin, problem).await,
    }
}

async fn insert(app: &App, admin: &Admin, new: &NewUser) -> Result<NewCode, Problem> {
    let email = Email::parse(&new.email).ok_or_else(|| Problem::refused("bad-email"))?;
    let name = PersonName::parse(&new.name).ok_or_else(|| Problem::refused("bad-name"))?;
    let (id, now) = (app.random.id(app.clock.now()).to_string(), app.clock.now());
    let new = NewAccount { email, name, is_admin: new.is_admin.is_some(), password_hash: None };
    let mut transaction = app.db.begin().await?;
    if !store::insert(&mut transaction, &id, &new, now).await? {
        return Err(Problem::refused("email-taken"));
    }
    let code = new_code(&mut transaction, app, &id, new.email.as_str()).await?;
    transaction.commit().await?;
    tracing::info!(by = %admin.account_id(), account_id = id, is_admin = new.is_admin, "made an account");
    Ok(code)
}

async fn new_code(
    transaction: &mut Transaction<'_, Any>,
    app: &App,
    account_id: &str,
    email: &str,
) -> Result<NewCode, Problem> {
    let code = links::make(transaction, app, Purpose::Password, Some(account_id)).await?;
    let link = format!("{}/set-password#{}", app.config.app_url, code.expose());
    Ok(NewCode { email: email.to_owned(), link, code: code.expose().to_owned() })
}

#[derive(Deserialize)]
struct Nothing {}

/// A new code for somebody who lost theirs or their password. The old password keeps working until it is used.
async fn give_code(
    admin: Admin,
    State(app): State<App>,
    page: Page,
    Path(id): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Problem> {
    let id = AccountId::parse(&id).ok_or_else(Problem::not_found)?;
    let account = store::find(&app.db, id.as_str()).await?.ok_or_else(Problem::not_found)?;
    let mut transaction = app.db.begin().await?;
    let code = new_code(&mut transaction, &app, &account.id, &account.email).await?;
    transaction.commit().await?;
    tracing::info!(by = %admin.account_id(), account_id = account.id, "gave a new password code");
    users_page(&app, page, &admin, Some(code)).await
}

/// What to change: one thing at a time.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Change {
    Enable,
    Disable,
    MakeAdmin,
    RemoveAdmin,
}

#[derive(Deserialize)]
struct Rights {
    change: Change,
}

async fn change_rights(
    admin: Admin,
    State(app): State<App>,
    page: Page,
    Path(id): Path<String>,
    Form(Rights { change }): Form<Rights>,
) -> Result<Response, Problem> {
    let id = AccountId::parse(&id).ok_or_else(Problem::not_found)?;
    match apply(&app, id.as_str(), change).await {
        Ok(()) => {
            tracing::info!(by = %admin.account_id(), account_id = %id, ?change, "changed an account");
            Ok(Redirect::to("/admin/users").into_response())
        }
        Err(problem) => refuse(&app, page, &admin, problem).await,
    }
}

/// The last enabled administrator keeps the rights; a disabled account loses its sessions at once.
async fn apply(app: &App, id: &str, change: Change) -> Result<(), Problem> {
    let mut transaction = app.db.begin().await?;
    db::lock(&mut transaction, store::ADMINISTRATORS).await?;
    let account = store::find_in(&mut transaction, id).await?.ok_or_else(Problem::not_found)?;
    let takes_rights = matches!(change, Change::Disable | Change::RemoveAdmin);
    let is_last = account.is_admin && store::other_administrators(&mut transaction, id).await? == 0;
    if takes_rights && is_last {
        return Err(Problem::refused("last-administrator"));
    }
    match change {
        Change::Enable => store::set_enabled(&mut transaction, id, true).await?,
        Change::Disable => {
            store::set_enabled(&mut transaction, id, false).await?;
            session::end_all(&mut transaction, id).await?;
        }
        Change::MakeAdmin => store::set_admin(&mut transaction, id, true).await?,
        Change::RemoveAdmin => store::set_admin(&mut transaction, id, false).await?,
    }
    Ok(transaction.commit().await?)
}
