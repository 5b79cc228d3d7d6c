//! What administrators do with a request: confirm it, or not.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::store::{self, Request};
use crate::accounts::notices::{self, Kind};
use crate::accounts::{browsers, users};
use crate::error::Problem;
use crate::http::audit::{self, About};
use crate::http::auth::Admin;
use crate::http::browser::csrf::Form;
use crate::http::browser::page::Page;
use crate::state::App;

#[derive(Deserialize)]
pub(super) struct Nothing {}

/// `POST /admin/requests/{id}/confirm`: the browser that asked may now set the password.
pub(super) async fn confirm(
    admin: Admin,
    State(app): State<App>,
    page: Page,
    Path(id): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, Problem> {
    let request = find(&app, &id).await?;
    match try_confirm(&app, &page, &admin, &request).await {
        Ok(()) => {
            note(&page, "password-request-confirmed", &request);
            Ok(Redirect::to("/admin/users").into_response())
        }
        Err(problem) => users::refuse(&app, page, &admin, problem).await,
    }
}

/// `POST /admin/requests/{id}/refuse`: the request ends.
pub(super) async fn refuse(
    _: Admin,
    State(app): State<App>,
    page: Page,
    Path(id): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Problem> {
    let request = find(&app, &id).await?;
    store::delete(&app.db, &request.id).await?;
    note(&page, "password-request-refused", &request);
    Ok(Redirect::to("/admin/users"))
}

async fn find(app: &App, id: &str) -> Result<Request, Problem> {
    let pending = store::pending(&app.db, app.clock.now()).await?;
    pending.into_iter().find(|request| request.id == id).ok_or_else(Problem::not_found)
}

fn note(page: &Page, action: &'static str, request: &Request) {
    audit::note(
        page.context(),
        action,
        About { account_id: request.account_id.as_deref(), ..About::NOTHING },
    );
}

/// Nobody confirms for themselves: neither for the own account nor for a request that comes from a browser of their
/// own. The owner is told whoever it was.
async fn try_confirm(app: &App, page: &Page, admin: &Admin, request: &Request) -> Result<(), Problem> {
    let account_id = request.account_id.as_deref().ok_or_else(Problem::not_found)?;
    if account_id == admin.account_id().as_str() {
        return Err(Problem::refused("own-request"));
    }
    let is_here = request.browser_hash == page.context().browser_fingerprint();
    let now = app.clock.now();
    if is_here || browsers::is_known(&app.db, admin.account_id().as_str(), &request.browser_hash, now).await?
    {
        return Err(Problem::refused("request-from-own-browser"));
    }
    let mut transaction = app.db.begin().await?;
    if !store::confirm(&mut transaction, &request.id, admin.account_id().as_str(), now).await? {
        return Err(Problem::refused("request-confirmed-already"));
    }
    notices::add(&mut transaction, app, account_id, Kind::RequestConfirmed).await?;
    Ok(transaction.commit().await?)
}
